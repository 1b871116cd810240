//! SQLite: many readers, one writer that commits what waits for it together.
//!
//! The writer has a thread of its own, on which closures and the engine's calls run without changing threads: a
//! change of a dozen statements costs what the statements cost. Readers run where blocking is allowed.
//!
//! Each closure runs in a savepoint of a shared transaction, so that one that fails takes nothing with it; a
//! COMMIT with `synchronous=FULL` then makes up to [`BATCH`] of them durable at once, and only then are their
//! callers told.

use std::path::Path;
use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::db::Shared;
use crate::tx::{Conn, Tx};
use crate::{Arg, Error, Result, Row};

pub(crate) mod connection;
mod readers;

use connection::Access;
use readers::Readers;

/// Most closures committed together.
const BATCH: usize = 64;
/// Writers that may wait before callers are slowed down.
const QUEUE: usize = 4096;

#[derive(Debug, Clone)]
pub struct Sqlite {
    readers: Arc<Readers>,
    writer: mpsc::Sender<Job>,
    ending: Arc<Ending>,
    shared: Arc<Shared>,
}

/// How the writer is told to end, and how its end is awaited.
#[derive(Debug)]
struct Ending {
    asked: Notify,
    ended: tokio::sync::Mutex<Option<oneshot::Receiver<()>>>,
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
        // The writer first: it creates the file.
        let writer = connection::open(path, Access::Write)?;
        let readers = Arc::new(Readers::open(path)?);
        let (sender, jobs) = mpsc::channel(QUEUE);
        let (ends, ended) = oneshot::channel();
        let ending = Arc::new(Ending { asked: Notify::new(), ended: tokio::sync::Mutex::new(Some(ended)) });
        let writer = Tx::new(Conn::Sqlite(writer.into()), shared.clone());
        let (runtime, asked) = (tokio::runtime::Handle::current(), ending.clone());
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || {
                runtime.block_on(run_writer(writer, jobs, asked));
                // Nobody may be waiting for the end.
                let _ = ends.send(());
            })
            .map_err(|e| unopened(&e))?;
        Ok(Self { readers, writer: sender, ending, shared })
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) async fn rows(&self, sql: sqlx::SqlStr, args: Vec<Arg>) -> Result<Vec<Row>> {
        self.readers.rows(sql, args).await
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
        if let Some(ended) = self.ending.ended.lock().await.take() {
            // A writer that panicked has said so itself.
            drop(ended.await);
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
        let failure = tx.execute("COMMIT", vec![]).await.err();
        if failure.is_some() {
            // A COMMIT that failed may leave the transaction open; everything in it is given up together.
            drop(tx.execute("ROLLBACK", vec![]).await);
        }
        for ack in waiting {
            let result = match &failure {
                None => Ok(()),
                Some(Error::Full) => Err(Error::Full),
                Some(why) => Err(Error::Commit(why.to_string())),
            };
            drop(ack.send(result));
        }
    }
    if let Conn::Sqlite(connection) = tx.conn
        && let Ok(connection) = connection.into_inner()
        && let Err((_, error)) = connection.close()
    {
        tracing::warn!(%error, "closing the database");
    }
}
