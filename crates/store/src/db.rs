//! The handle to the database: reads from a pool, writes through a closure that can be run again.

use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use sqlx::SqlSafeStr;

use crate::ids::Ids;
use crate::{Arg, DatabaseUrl, Error, Result, Row, Tx, migrate, postgres, sqlite};

/// What every transaction of this process shares.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) ids: Ids,
    numbers: Mutex<std::ops::Range<i64>>,
}

impl Shared {
    pub(crate) fn new() -> Self {
        Self { ids: Ids::starting_at(rand::random()), numbers: Mutex::new(0..0) }
    }
}

/// An open database. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Anything that can answer a query: the database itself, or a transaction (which sees its own changes).
pub trait Read: Send {
    #[doc(hidden)]
    fn rows(&mut self, sql: sqlx::SqlStr, args: Vec<Arg>) -> impl Future<Output = Result<Vec<Row>>> + Send;

    /// All rows of a query.
    fn all(&mut self, sql: &'static str, args: Vec<Arg>) -> impl Future<Output = Result<Vec<Row>>> + Send {
        self.rows(sql.into_sql_str(), args)
    }

    /// All rows of a query that was put together from a condition tree.
    fn all_built(&mut self, sql: String, args: Vec<Arg>) -> impl Future<Output = Result<Vec<Row>>> + Send {
        self.rows(sqlx::AssertSqlSafe(sql).into_sql_str(), args)
    }

    /// The first row, if there is one.
    fn optional(
        &mut self,
        sql: &'static str,
        args: Vec<Arg>,
    ) -> impl Future<Output = Result<Option<Row>>> + Send {
        async move { Ok(self.all(sql, args).await?.into_iter().next()) }
    }

    /// The first row of a query that always has one.
    fn one(&mut self, sql: &'static str, args: Vec<Arg>) -> impl Future<Output = Result<Row>> + Send {
        async move { self.optional(sql, args).await?.ok_or_else(|| Error::NoRow(sql.to_owned())) }
    }
}

impl Read for &Db {
    async fn rows(&mut self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        match self {
            Db::Sqlite(db) => db.rows(sql, args).await,
            Db::Postgres(db) => db.rows(sql, args).await,
        }
    }
}

impl<R: Read> Read for &mut R {
    async fn rows(&mut self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        (**self).rows(sql, args).await
    }
}

/// Ticket numbers are taken in blocks of this size, so that replicas do not queue for one row.
const NUMBER_BLOCK: i64 = 32;

impl Db {
    /// Opens the database, creating it if needed, and brings its schema up to date.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let shared = Arc::new(Shared::new());
        let db = match url {
            DatabaseUrl::Sqlite(path) => Self::Sqlite(sqlite::Sqlite::open(path, shared).await?),
            DatabaseUrl::Postgres(url) => Self::Postgres(postgres::Postgres::open(url, shared).await?),
        };
        migrate::run(&db).await?;
        Ok(db)
    }

    /// Runs `change` in a transaction and returns once it is durable. The closure may be run more than once and
    /// must therefore have no effect outside the transaction. An `Err` rolls everything back.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        match self {
            Self::Sqlite(db) => db.write(change).await,
            Self::Postgres(db) => db.write(change).await,
        }
    }

    /// The next ticket number. Unique over all replicas, growing, with gaps.
    pub async fn next_number(&self) -> Result<i64> {
        if let Some(number) = self.take_number() {
            return Ok(number);
        }
        let next = self
            .write(|tx| {
                Box::pin(async move {
                    let row = tx
                        .one(
                            "INSERT INTO counters (name, next) VALUES ('tickets', $1) \
                             ON CONFLICT (name) DO UPDATE SET next = counters.next + $2 RETURNING next",
                            crate::arg::args![1 + NUMBER_BLOCK, NUMBER_BLOCK],
                        )
                        .await?;
                    row.int("next")
                })
            })
            .await?;
        let mut numbers = self.shared().numbers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Another task may have fetched a block meanwhile; the smaller rest is given up.
        *numbers = next - NUMBER_BLOCK + 1..next;
        Ok(next - NUMBER_BLOCK)
    }

    fn take_number(&self) -> Option<i64> {
        self.shared().numbers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next()
    }

    fn shared(&self) -> &Shared {
        match self {
            Self::Sqlite(db) => db.shared(),
            Self::Postgres(db) => db.shared(),
        }
    }

    /// Ends the writer and closes all connections; what was acknowledged is on disk.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(db) => db.close().await,
            Self::Postgres(db) => db.close().await,
        }
    }

    /// `"sqlite"` or `"postgres"`, for people.
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}
