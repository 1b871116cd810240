//! Connections that only read. A query runs on a thread that may block, so that a long one holds up no request.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::connection::{self, Access};
use crate::{Arg, Error, Result, Row};

const READERS: u32 = 4;

#[derive(Debug)]
pub(crate) struct Readers {
    free: Mutex<Vec<Connection>>,
    /// As many permits as there are connections free.
    permits: Semaphore,
}

impl Readers {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let free: Result<Vec<_>> = (0..READERS).map(|_| connection::open(path, Access::Read)).collect();
        Ok(Self { free: Mutex::new(free?), permits: Semaphore::new(READERS as usize) })
    }

    pub(crate) async fn rows(self: &Arc<Self>, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        // Given back by the thread, also when the caller has gone away meanwhile.
        self.permits.acquire().await.map_err(|_| Error::Closed)?.forget();
        let readers = self.clone();
        let read = tokio::task::spawn_blocking(move || {
            let found = readers.read(sql.as_str(), args);
            readers.permits.add_permits(1);
            found
        });
        read.await.map_err(|_| Error::Closed)?
    }

    fn read(&self, sql: &str, args: Vec<Arg>) -> Result<Vec<Row>> {
        let taken = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = taken.ok_or(Error::Closed)?;
        let found = connection::rows(&reader, sql, args);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        found.map(|rows| rows.into_iter().map(Row::Sqlite).collect()).map_err(Error::from_sqlite)
    }

    /// Waits for the queries that run, and closes all connections; later ones are refused.
    pub(crate) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(READERS).await {
            all.forget();
        }
        self.permits.close();
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
