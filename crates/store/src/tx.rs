//! A transaction of either engine, with the events and jobs that belong to it.

use domain::{EventId, JobId, Millis};
use sqlx::{Postgres, Transaction};

use crate::arg::bind_postgres;
use crate::db::Shared;
use crate::dialect::Dialect;
use crate::events::NewEvent;
use crate::queue::NewJob;
use crate::sqlite::connection;
use crate::{Arg, Error, Read, Result, Row};

pub(crate) enum Conn {
    /// Used by one closure after the other; the lock is never waited for.
    Sqlite(std::sync::Mutex<rusqlite::Connection>),
    Postgres(Transaction<'static, Postgres>),
}

/// What a closure given to [`crate::Db::write`] works with.
pub struct Tx {
    pub(crate) conn: Conn,
    pub(crate) shared: std::sync::Arc<Shared>,
    pub(crate) events: Vec<(EventId, NewEvent)>,
    pub(crate) jobs: Vec<(JobId, NewJob)>,
    /// The last statement that lost a race: the whole closure is to be run again.
    pub(crate) lost: Option<Error>,
    /// The request's key, to be remembered together with what it made.
    pub(crate) claim: Option<std::sync::Arc<crate::idempotency::Claim>>,
}

impl Tx {
    pub(crate) fn new(conn: Conn, shared: std::sync::Arc<Shared>) -> Self {
        Self { conn, shared, events: Vec::new(), jobs: Vec::new(), lost: None, claim: None }
    }

    /// A fresh id, sorted by `now`.
    pub fn id<T: From<i64>>(&self, now: Millis) -> T {
        T::from(self.shared.ids.next(now))
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.conn {
            Conn::Sqlite(_) => Dialect::Sqlite,
            Conn::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs a statement and says how many rows it changed.
    pub async fn execute(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<u64> {
        self.execute_text(sqlx::SqlSafeStr::into_sql_str(sql), args).await
    }

    /// Like [`Tx::execute`] for statements whose length depends on the number of rows.
    pub(crate) async fn execute_built(&mut self, sql: String, args: Vec<Arg>) -> Result<u64> {
        self.execute_text(sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(sql)), args).await
    }

    async fn execute_text(&mut self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<u64> {
        let changed = match &mut self.conn {
            Conn::Sqlite(conn) => {
                connection::execute(alone(conn), sql.as_str(), args).map_err(Error::from_sqlite)
            }
            Conn::Postgres(tx) => sqlx::query_with(sql, bind_postgres(args)?)
                .execute(&mut **tx)
                .await
                .map(|r| r.rows_affected())
                .map_err(Error::from_engine),
        };
        changed.map_err(|e| self.noted(e))
    }

    /// Runs a statement that must change a row.
    pub async fn execute_one(&mut self, sql: &'static str, args: Vec<Arg>) -> Result<()> {
        match self.execute(sql, args).await? {
            0 => Err(Error::NoRow(sql.to_owned())),
            _ => Ok(()),
        }
    }

    /// Records what happened: the audit entry and the live event in one. Written when the closure succeeds.
    pub fn event(&mut self, event: NewEvent) {
        let id = self.id(event.at);
        self.events.push((id, event));
    }

    /// Enqueues work that must happen after this transaction, and only if it commits.
    pub fn enqueue(&mut self, job: NewJob) {
        let id = self.id(job.created_at);
        self.jobs.push((id, job));
    }

    /// Writes what was recorded and enqueued; called once the closure has succeeded.
    pub(crate) async fn flush(&mut self) -> Result<()> {
        let events = std::mem::take(&mut self.events);
        let jobs = std::mem::take(&mut self.jobs);
        if let Some(claim) = self.claim.take().filter(|_| !events.is_empty()) {
            crate::idempotency::write(self, &claim).await?;
        }
        crate::metrics::note_changes(self, &events).await?;
        crate::events::insert(self, events).await?;
        crate::queue::insert(self, jobs).await
    }

    /// Remembers an error that asks for another run.
    fn noted(&mut self, error: Error) -> Error {
        if error.is_transient() {
            self.lost = Some(Error::Race(error.to_string()));
        }
        error
    }

    /// Forgets what a failed closure wanted to record.
    pub(crate) fn forget(&mut self) {
        self.events.clear();
        self.jobs.clear();
    }
}

impl Read for Tx {
    async fn rows(&mut self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        let rows = match &mut self.conn {
            Conn::Sqlite(conn) => connection::rows(alone(conn), sql.as_str(), args)
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect())
                .map_err(Error::from_sqlite),
            Conn::Postgres(tx) => sqlx::query_with(sql, bind_postgres(args)?)
                .fetch_all(&mut **tx)
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect())
                .map_err(Error::from_engine),
        };
        rows.map_err(|e| self.noted(e))
    }
}

/// Whoever holds the transaction has the connection to himself.
fn alone(connection: &mut std::sync::Mutex<rusqlite::Connection>) -> &rusqlite::Connection {
    connection.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner)
}
