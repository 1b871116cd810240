//! A row of either engine, read by column name; what cannot be read is named.

use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::sqlite::connection::Row as SqliteRow;
use crate::{Error, Result};

/// One row of a result.
#[derive(Debug)]
pub enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! getters {
    ($($name:ident, $optional:ident: $type:ty;)*) => {$(
        pub fn $name(&self, column: &str) -> Result<$type> {
            match self {
                Self::Sqlite(row) => row.try_get(column),
                Self::Postgres(row) => row.try_get(column).map_err(|e| e.to_string()),
            }
            .map_err(|why| self.unreadable(column, &why))
        }
        pub fn $optional(&self, column: &str) -> Result<Option<$type>> {
            match self {
                Self::Sqlite(row) => row.try_get(column),
                Self::Postgres(row) => row.try_get(column).map_err(|e| e.to_string()),
            }
            .map_err(|why| self.unreadable(column, &why))
        }
    )*};
}

impl Row {
    getters! {
        int, opt_int: i64;
        real, opt_real: f64;
        text, opt_text: String;
        bool, opt_bool: bool;
        bytes, opt_bytes: Vec<u8>;
    }

    /// A typed id.
    pub fn id<T: From<i64>>(&self, column: &str) -> Result<T> {
        self.int(column).map(T::from)
    }

    pub fn opt_id<T: From<i64>>(&self, column: &str) -> Result<Option<T>> {
        Ok(self.opt_int(column)?.map(T::from))
    }

    /// A word of a closed vocabulary.
    pub fn word<T: std::str::FromStr<Err = domain::words::UnknownWord>>(&self, column: &str) -> Result<T> {
        self.text(column)?
            .parse()
            .map_err(|e: domain::words::UnknownWord| self.unreadable(column, &e.to_string()))
    }

    pub fn opt_word<T: std::str::FromStr<Err = domain::words::UnknownWord>>(
        &self,
        column: &str,
    ) -> Result<Option<T>> {
        self.opt_text(column)?
            .map(|t| {
                t.parse().map_err(|e: domain::words::UnknownWord| self.unreadable(column, &e.to_string()))
            })
            .transpose()
    }

    /// A JSON value kept as text.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(&self.text(column)?).map_err(|e| self.unreadable(column, &e.to_string()))
    }

    fn unreadable(&self, column: &str, why: &str) -> Error {
        let id = match self {
            Self::Sqlite(row) => row.try_get::<i64>("id").ok(),
            Self::Postgres(row) => row.try_get::<i64, _>("id").ok(),
        };
        let id = id.map_or_else(String::new, |id| format!(" (id {id})"));
        Error::Unreadable { column: column.to_owned(), id, why: why.to_owned() }
    }
}
