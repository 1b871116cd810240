//! Work that happens after its cause has committed. One file a job; each may run twice without harm, loads what
//! its payload points to, and is done when that is gone.

pub mod dead;
mod understand;

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use store::queue::Job;
use tokio::task::JoinSet;

use crate::journey::{self, deliver, survey};
use crate::recall::{self, RECALL};
use crate::{App, Error, drift, experiments, metrics, models, reviews};

/// Jobs claimed and run together.
const BATCH: i64 = 64;
/// Jobs of a batch that run at the same time.
const CONCURRENT: usize = 16;
/// Batches that run apart at the same time.
const MOST_APART: usize = 8;
const UNDERSTAND: &str = "understand";
const TRAIN: &str = "train";
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
        RECALL => recall::run_job(app, about(job)?).await.into(),
        drift::JOB => drift::look(app).await.map(drop).into(),
        "settle" => survey::settle(app, about(job)?).await.into(),
        "survey" => survey::survey(app, about(job)?).await.into(),
        TRAIN => models::run_job(app, job).await.into(),
        UNDERSTAND => journey::understand::understand(app, &[about::<OfTicket>(job)?.ticket]).await.into(),
        // Jobs of a kind this version does not know are kept for a person to see.
        other => Outcome::Fail(format!("this version knows no job of the kind {other:?}")),
    })
}

/// Runs due jobs until `stop` resolves. Decisions come first and are made here, many at a time; whatever may wait
/// for the world outside or takes long runs apart, so that no ticket waits for it.
pub async fn run(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut apart = JoinSet::new();
    let (mut asked, mut counted) = (0, 0);
    loop {
        if app.now() - counted >= metrics::EVERY {
            counted = app.now();
            if let Err(error) = metrics::schedule(&app).await {
                tracing::error!(%error, "cannot count again what has changed");
            }
        }
        if app.now() - asked >= models::ASK {
            asked = app.now();
            schedule(&app).await;
        }
        let ran = match claim(&app).await {
            Ok(claimed) => {
                let count = claimed.count();
                let Claimed { questions, others, long } = claimed;
                if !others.is_empty() {
                    let app = app.clone();
                    apart.spawn(async move { run_all(&app, others).await });
                }
                for job in long {
                    let app = app.clone();
                    tokio::spawn(async move { run_all(&app, vec![job]).await });
                }
                understand::many(&app, questions).await;
                count
            }
            Err(error) => {
                tracing::error!(%error, "cannot claim jobs");
                0
            }
        };
        while apart.len() > MOST_APART {
            apart.join_next().await;
        }
        while apart.try_join_next().is_some() {}
        // A stop asked for meanwhile is honoured between batches.
        if ran > 0 && futures::FutureExt::now_or_never(&mut stop).is_none() {
            continue;
        }
        tokio::select! {
            biased;
            () = &mut stop => break,
            () = app.wake.notified() => {}
            () = tokio::time::sleep(IDLE) => {}
        }
    }
    apart.join_all().await;
}

/// Does or asks for what is done now and then, where it is time: learning, looking for drift, choosing reviews.
pub async fn schedule(app: &App) {
    if let Err(error) = models::schedule(app).await {
        tracing::error!(%error, "cannot see whether there is something to learn");
    }
    if let Err(error) = drift::schedule(app).await {
        tracing::error!(%error, "cannot ask whether the questions have changed");
    }
    if let Err(error) = experiments::schedule(app).await {
        tracing::error!(%error, "cannot count what became of experiments");
    }
    if let Err(error) = reviews::schedule(app).await {
        tracing::error!(%error, "cannot choose what is to be reviewed");
    }
    if let Err(error) = metrics::schedule_mail(app).await {
        tracing::error!(%error, "cannot mail the reports that are due");
    }
}

/// Claims and runs one batch of due jobs; says how many there were.
pub async fn run_due(app: &Arc<App>) -> Result<usize, Error> {
    let claimed = claim(app).await?;
    let count = claimed.count();
    let Claimed { questions, mut others, long } = claimed;
    others.extend(long);
    understand::many(app, questions).await;
    run_all(app, others).await;
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

/// Claimed jobs, by how they are run.
struct Claimed {
    questions: Vec<Job>,
    others: Vec<Job>,
    long: Vec<Job>,
}

impl Claimed {
    fn count(&self) -> usize {
        self.questions.len() + self.others.len() + self.long.len()
    }
}

async fn claim(app: &App) -> Result<Claimed, Error> {
    let jobs = app.db.claim(BATCH, app.now()).await?;
    let (questions, rest): (Vec<_>, Vec<_>) = jobs.into_iter().partition(|job| job.kind == UNDERSTAND);
    let (long, others) = rest.into_iter().partition(|job| [TRAIN, drift::JOB].contains(&job.kind.as_str()));
    Ok(Claimed { questions, others, long })
}

async fn run_all(app: &Arc<App>, jobs: Vec<Job>) {
    let done: Vec<_> = futures::stream::iter(jobs)
        .map(|job| async move { run_one(app, &job).await.then_some(job.id) })
        .buffer_unordered(CONCURRENT)
        .filter_map(std::future::ready)
        .collect()
        .await;
    complete(app, done).await;
}

async fn complete(app: &App, done: Vec<domain::JobId>) {
    if done.is_empty() {
        return;
    }
    if let Err(error) = app.db.complete(done).await {
        // Their leases run out and they are run again, which does no harm.
        tracing::error!(%error, "cannot record that jobs are done");
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
