//! Work that happens after its cause has committed. One file a job; each may run twice without harm, loads what
//! its payload points to, and is done when that is gone.

pub mod dead;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use store::queue::Job;

use crate::journey::{deliver, survey};
use crate::{App, Error};

/// Jobs claimed and run together.
const BATCH: i64 = 64;
/// Jobs of a batch that run at the same time.
const CONCURRENT: usize = 16;
/// How long an idle runner waits before it looks again for what other processes enqueued.
const IDLE: Duration = Duration::from_millis(200);

/// What a job about a ticket is given.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct OfTicket {
    pub ticket: domain::TicketId,
}

/// What a job about a solution is given: it is about this one, not about a later one of the same ticket.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct OfSolution {
    pub ticket: domain::TicketId,
    pub solved_at: domain::Millis,
}

/// What a job about a mail is given.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct OfMail {
    pub mail: domain::MailId,
}

/// What a job about a message is given.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct OfMessage {
    pub message: domain::MessageId,
}

/// How a job ended.
#[derive(Debug)]
pub enum Outcome {
    /// Done, or nothing left to do.
    Done,
    /// Worth another try, later.
    Retry(String),
    /// Trying again will not help: a person must look.
    Fail(String),
}

impl From<Result<(), Error>> for Outcome {
    fn from(result: Result<(), Error>) -> Self {
        match result {
            Ok(()) => Self::Done,
            Err(error @ (Error::Store(_) | Error::Outside(_) | Error::TooMany { .. })) => {
                Self::Retry(error.to_string())
            }
            // What the job was about is gone.
            Err(Error::NotFound(_)) => Self::Done,
            Err(error) => Self::Fail(error.to_string()),
        }
    }
}

/// What a job is about, or that it can never be run.
fn about<T: serde::de::DeserializeOwned>(job: &Job) -> Result<T, Outcome> {
    serde_json::from_str(&job.payload)
        .map_err(|e| Outcome::Fail(format!("cannot read the payload {:?}: {e}", job.payload)))
}

async fn dispatch(app: &Arc<App>, job: &Job) -> Outcome {
    run_kind(app, job).await.unwrap_or_else(|unreadable| unreadable)
}

async fn run_kind(app: &Arc<App>, job: &Job) -> Result<Outcome, Outcome> {
    Ok(match job.kind.as_str() {
        "confirm" => deliver::confirm(app, about::<OfTicket>(job)?.ticket).await.into(),
        "deliver" => deliver::deliver(app, about::<OfMessage>(job)?.message).await.into(),
        "mail" => deliver::send(app, about::<OfMail>(job)?.mail, job).await,
        "settle" => survey::settle(app, about(job)?).await.into(),
        "survey" => survey::survey(app, about(job)?).await.into(),
        // Jobs of a kind this version does not know are kept for a person to see.
        other => Outcome::Fail(format!("this version knows no job of the kind {other:?}")),
    })
}

/// Runs due jobs until `stop` resolves.
pub async fn run(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    loop {
        let ran = match run_due(&app).await {
            Ok(ran) => ran,
            Err(error) => {
                tracing::error!(%error, "cannot claim jobs");
                0
            }
        };
        if ran > 0 {
            // A stop asked for meanwhile is honoured between batches.
            if futures::FutureExt::now_or_never(&mut stop).is_some() {
                return;
            }
            continue;
        }
        tokio::select! {
            () = &mut stop => return,
            () = app.wake.notified() => {}
            () = tokio::time::sleep(IDLE) => {}
        }
    }
}

/// Claims and runs one batch of due jobs; says how many there were.
pub async fn run_due(app: &Arc<App>) -> Result<usize, Error> {
    let jobs = app.db.claim(BATCH, app.now()).await?;
    let count = jobs.len();
    let done: Vec<_> = futures::stream::iter(jobs)
        .map(|job| async move { run_one(app, &job).await.then_some(job.id) })
        .buffer_unordered(CONCURRENT)
        .filter_map(std::future::ready)
        .collect()
        .await;
    if !done.is_empty() {
        app.db.complete(done).await?;
    }
    Ok(count)
}

/// Runs everything that is due, and what that enqueues for now, until nothing is left. For tests and commands.
pub async fn drain(app: &Arc<App>) -> Result<usize, Error> {
    let mut total = 0;
    loop {
        match run_due(app).await? {
            0 => return Ok(total),
            n => total += n,
        }
    }
}

async fn run_one(app: &Arc<App>, job: &Job) -> bool {
    let (why, hopeless) = match dispatch(app, job).await {
        Outcome::Done => return true,
        Outcome::Retry(why) => (why, false),
        Outcome::Fail(why) => (why, true),
    };
    tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, why, "a job failed");
    if let Err(error) = app.db.failed(job, why, hopeless, app.now()).await {
        // Its lease runs out and it is claimed again.
        tracing::error!(job = %job.id, %error, "cannot record that a job failed");
    }
    false
}
