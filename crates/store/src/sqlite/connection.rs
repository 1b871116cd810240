//! One connection to a SQLite file: its settings, its statements, and the rows they give.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement};

use crate::{Arg, Error, Result};

/// How long a change waits for one of another process (a command beside a running server).
const BUSY: Duration = Duration::from_secs(10);
/// Prepared statements kept: more than there are in this crate.
const STATEMENTS: usize = 512;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Write,
    Read,
}

/// Opens a file; a writer creates it.
pub(crate) fn open(path: &Path, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let opened = || -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(BUSY)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        if access == Access::Write {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // Acknowledged means on disk, also after a loss of power.
            connection.pragma_update(None, "synchronous", "FULL")?;
        }
        connection.pragma_update(None, "foreign_keys", true)?;
        // 16 MB a connection.
        connection.pragma_update(None, "cache_size", -16_000)?;
        Ok(connection)
    };
    opened().map_err(|e| Error::Open { place: path.display().to_string(), why: e.to_string() })
}

/// Runs a statement to its end and says how many rows it changed.
pub(crate) fn execute(connection: &Connection, sql: &str, args: Vec<Arg>) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    Ok(connection.changes())
}

/// All rows of a query.
pub(crate) fn rows(connection: &Connection, sql: &str, args: Vec<Arg>) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, args)?;
    let columns: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let values = (0..columns.len()).map(|place| row.get(place)).collect::<Result<_, _>>()?;
        found.push(Row { columns: columns.clone(), values });
    }
    Ok(found)
}

/// `$1`, `$2`, … are names to SQLite, numbered as they first occur in the text; their own number is meant.
fn bind(statement: &mut Statement<'_>, mut args: Vec<Arg>) -> rusqlite::Result<()> {
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name.get(1..)?.parse::<usize>().ok());
        let index = number.unwrap_or(place) - 1;
        let Some(arg) = args.get_mut(index) else {
            return Err(rusqlite::Error::InvalidParameterCount(args.len(), index + 1));
        };
        let value = match std::mem::replace(arg, Arg::Int(None)) {
            Arg::Int(value) => value.map(Value::Integer),
            Arg::Real(value) => value.map(Value::Real),
            Arg::Text(value) => value.map(Value::Text),
            Arg::Bool(value) => value.map(|b| Value::Integer(b.into())),
            Arg::Bytes(value) => value.map(Value::Blob),
        };
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

/// A row, read out of the engine.
#[derive(Debug)]
pub struct Row {
    columns: Arc<[String]>,
    values: Vec<Value>,
}

/// Why a column cannot be read.
pub(crate) type Unread = String;

/// What can be read out of a column.
pub(crate) trait Column: Sized {
    fn of(value: &Value) -> Option<Self>;
}

impl Row {
    pub(crate) fn try_get<T: Column>(&self, column: &str) -> Result<T, Unread> {
        let place = self.columns.iter().position(|name| name == column);
        let value = place.and_then(|place| self.values.get(place)).ok_or("there is no such column")?;
        T::of(value).ok_or_else(|| format!("it holds {}", ValueRef::from(value).data_type()))
    }
}

impl<T: Column> Column for Option<T> {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::of(value).map(Some),
        }
    }
}

impl Column for i64 {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }
}

impl Column for f64 {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Real(value) => Some(*value),
            Value::Integer(value) => Some(*value as Self),
            _ => None,
        }
    }
}

impl Column for bool {
    fn of(value: &Value) -> Option<Self> {
        i64::of(value).map(|value| value != 0)
    }
}

impl Column for String {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Text(value) => Some(value.clone()),
            _ => None,
        }
    }
}

impl Column for Vec<u8> {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Blob(value) => Some(value.clone()),
            _ => None,
        }
    }
}
