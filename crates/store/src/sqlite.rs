//! SQLite: many readers, one writer that commits what waits for it together.
//!
//! Each closure runs in a savepoint of a shared transaction, so that one that fails takes nothing with it; a
//! COMMIT with `synchronous=FULL` then makes up to [`BATCH`] of them durable at once, and only then are their
//! callers told.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::arg::bind_sqlite;
use crate::db::Shared;
use crate::tx::{Conn, Tx};
use crate::{Arg, Error, Result, Row};

/// Most closures committed together.
const BATCH: usize = 64;
/// Writers that may wait before callers are slowed down.
const QUEUE: usize = 4096;
const READERS: u32 = 4;

#[derive(Debug, Clone)]
pub struct Sqlite {
    readers: SqlitePool,
    writer: mpsc::Sender<Job>,
    ending: Arc<Ending>,
    shared: Arc<Shared>,
}

/// How the writer is told to end, and how its end is awaited.
#[derive(Debug)]
struct Ending {
    asked: Notify,
    task: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

/// Runs a closure against the writer's transaction; true when it succeeded and awaits the commit.
type Run = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, bool> + Send>;

struct Job {
    run: Run,
    /// Told after COMMIT, or with the reason why there was none.
    ack: oneshot::Sender<Result<()>>,
}

impl Sqlite {
    pub(crate) async fn open(path: &Path, shared: Arc<Shared>) -> Result<Self> {
        let unopened =
            |e: &dyn std::fmt::Display| Error::Open { place: path.display().to_string(), why: e.to_string() };
        if let Some(dir) = path.parent() {
            tokio::fs::create_dir_all(dir).await.map_err(|e| unopened(&e))?;
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .statement_cache_capacity(512)
            .pragma("cache_size", "-16000")
            .busy_timeout(Duration::from_secs(10));
        let writer = options.connect().await.map_err(|e| unopened(&e))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await
            .map_err(|e| unopened(&e))?;
        let (sender, jobs) = mpsc::channel(QUEUE);
        let ending = Arc::new(Ending { asked: Notify::new(), task: tokio::sync::Mutex::new(None) });
        let writer = Tx::new(Conn::Sqlite(writer), shared.clone());
        *ending.task.lock().await = Some(tokio::spawn(run_writer(writer, jobs, ending.clone())));
        Ok(Self { readers, writer: sender, ending, shared })
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) async fn rows(&self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        let rows = sqlx::query_with(sql, bind_sqlite(args)?).fetch_all(&self.readers).await;
        rows.map(|rows| rows.into_iter().map(Row::Sqlite).collect()).map_err(Error::from_engine)
    }

    pub(crate) async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        let claim = crate::idempotency::current();
        let claimed = claim.clone();
        let (result_to, result) = oneshot::channel::<Result<T, E>>();
        let (ack, acked) = oneshot::channel();
        let run: Run = Box::new(move |tx| {
            Box::pin(async move {
                tx.claim = claim;
                let outcome = run_in_savepoint(tx, &change).await;
                tx.claim = None;
                let ok = outcome.is_ok();
                // The caller may have gone away; its change stands or falls with the transaction all the same.
                drop(result_to.send(outcome));
                ok
            })
        });
        self.writer.send(Job { run, ack }).await.map_err(|_| Error::Closed)?;
        let outcome = result.await.map_err(|_| Error::Closed)??;
        acked.await.map_err(|_| Error::Closed)??;
        claimed.inspect(|claim| claim.committed());
        Ok(outcome)
    }

    /// Commits what is queued, refuses what comes later, and leaves one file behind.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.ending.asked.notify_one();
        if let Some(task) = self.ending.task.lock().await.take() {
            // A writer that panicked has said so itself.
            drop(task.await);
        }
    }
}

async fn run_in_savepoint<T, E, F>(tx: &mut Tx, change: &F) -> Result<T, E>
where
    E: From<Error>,
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
{
    tx.execute("SAVEPOINT change", vec![]).await?;
    let outcome = match change(tx).await {
        Ok(value) => tx.flush().await.map(|()| value).map_err(E::from),
        Err(error) => Err(error),
    };
    if outcome.is_err() {
        tx.forget();
        tx.execute("ROLLBACK TO change", vec![]).await?;
    }
    tx.execute("RELEASE change", vec![]).await?;
    outcome
}

async fn run_writer(mut tx: Tx, mut jobs: mpsc::Receiver<Job>, ending: Arc<Ending>) {
    loop {
        let first = tokio::select! {
            biased;
            first = jobs.recv() => first,
            () = ending.asked.notified() => {
                jobs.close();
                continue;
            }
        };
        let Some(first) = first else { break };
        if let Err(error) = tx.execute("BEGIN IMMEDIATE", vec![]).await {
            drop(first.ack.send(Err(error)));
            continue;
        }
        let mut waiting = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next.take() {
            if (job.run)(&mut tx).await {
                waiting.push(job.ack);
            }
            if waiting.len() < BATCH {
                next = jobs.try_recv().ok();
            }
        }
        let committed = tx.execute("COMMIT", vec![]).await;
        let failure = committed.err().map(|e| e.to_string());
        if failure.is_some() {
            // A COMMIT that failed may leave the transaction open; everything in it is given up together.
            drop(tx.execute("ROLLBACK", vec![]).await);
        }
        for ack in waiting {
            let result = match &failure {
                None => Ok(()),
                Some(why) if why.contains("full") => Err(Error::Full),
                Some(why) => Err(Error::Engine(sqlx::Error::Protocol(why.clone()))),
            };
            drop(ack.send(result));
        }
    }
    if let Conn::Sqlite(conn) = tx.conn
        && let Err(error) = conn.close().await
    {
        tracing::warn!(%error, "closing the database");
    }
}
