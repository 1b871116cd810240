//! PostgreSQL: any number of replicas; a transaction that lost a race is run again.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::postgres::{PgPool, PgPoolOptions};

use crate::arg::bind_postgres;
use crate::db::Shared;
use crate::tx::{Conn, Tx};
use crate::{Arg, Error, Result, Row};

const CONNECTIONS: u32 = 16;
/// What a closure read is still true when it commits what it made of it, or it is run again: of two changes to one
/// row the second does not silently undo the first.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";
/// A closure that loses this many races in a row meets a fault, not bad luck.
const ATTEMPTS: u32 = 12;

#[derive(Debug, Clone)]
pub struct Postgres {
    pool: PgPool,
    shared: Arc<Shared>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, shared: Arc<Shared>) -> Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(Duration::from_secs(10))
            .connect(url)
            .await
            // The address may hold a password; only the driver's words are shown.
            .map_err(|e| Error::Open { place: "the PostgreSQL address given".into(), why: e.to_string() })?;
        Ok(Self { pool, shared })
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) async fn rows(&self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        let rows = sqlx::query_with(sql, bind_postgres(args)?).fetch_all(&self.pool).await;
        rows.map(|rows| rows.into_iter().map(Row::Postgres).collect()).map_err(Error::from_engine)
    }

    pub(crate) async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        let claim = crate::idempotency::current();
        let mut attempt = 0;
        loop {
            attempt += 1;
            let transaction = self.pool.begin_with(BEGIN).await.map_err(Error::from_engine)?;
            let mut tx = Tx::new(Conn::Postgres(transaction), self.shared.clone());
            tx.claim.clone_from(&claim);
            let lost = match self.attempt(&mut tx, &change).await? {
                Attempt::Done(value) => match commit(tx).await {
                    Ok(()) => {
                        claim.inspect(|claim| claim.committed());
                        return Ok(value);
                    }
                    Err(error) => error,
                },
                Attempt::Lost(error) => error,
            };
            if attempt == ATTEMPTS || !lost.is_transient() {
                return Err(lost.into());
            }
            tracing::debug!(attempt, %lost, "running a change again");
            let jitter = rand::random::<u64>() % 4;
            tokio::time::sleep(Duration::from_millis((1 << attempt.min(6)) + jitter)).await;
        }
    }

    /// Runs the closure once. The statement that made it fail is remembered by the transaction, because the
    /// closure's own error type may hide it.
    async fn attempt<T, E, F>(&self, tx: &mut Tx, change: &F) -> Result<Attempt<T>, E>
    where
        E: From<Error>,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
    {
        match change(tx).await {
            Ok(value) => match tx.flush().await {
                Ok(()) => Ok(Attempt::Done(value)),
                Err(error) if error.is_transient() => Ok(Attempt::Lost(error)),
                Err(error) => Err(error.into()),
            },
            Err(error) => match tx.lost.take() {
                Some(lost) => Ok(Attempt::Lost(lost)),
                None => Err(error),
            },
        }
    }

    /// A transaction that sees the database as it is now, whatever others change meanwhile.
    pub(crate) async fn snapshot(&self) -> Result<Tx> {
        let transaction = self.pool.begin().await.map_err(Error::from_engine)?;
        let mut tx = Tx::new(Conn::Postgres(transaction), self.shared.clone());
        tx.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", vec![]).await?;
        Ok(tx)
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

enum Attempt<T> {
    Done(T),
    Lost(Error),
}

async fn commit(tx: Tx) -> Result<()> {
    match tx.conn {
        Conn::Postgres(transaction) => transaction.commit().await.map_err(Error::from_engine),
        Conn::Sqlite(_) => Ok(()),
    }
}
