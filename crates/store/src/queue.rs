//! The durable queue: jobs are rows, enqueued by the transaction that causes them, leased by whoever runs them.
//!
//! A job runs at least once. One whose lease ran out (its process died) is claimed again; one that fails is
//! tried again with back-off and, after [`ATTEMPTS`], lies among the dead letters until a person looks.

use domain::time::{HOUR, MINUTE, SECOND};
use domain::{JobId, Millis};
use serde::Serialize;

use crate::arg::args;
use crate::many::{chunks, placeholders, values};
use crate::{Arg, Db, Error, Read, Result, Row, Tx};

/// How often a job is tried before it becomes a dead letter: over about a day.
pub const ATTEMPTS: i64 = 12;
/// How long a claimed job is left alone. Handlers that take longer renew it.
pub const LEASE: Millis = 5 * MINUTE;

/// A job about to be enqueued. The payload holds ids; whoever runs it loads what they point to.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub kind: &'static str,
    pub payload: String,
    pub run_at: Millis,
    pub created_at: Millis,
}

impl NewJob {
    /// A job to run as soon as the transaction has committed.
    pub fn now(kind: &'static str, payload: &impl Serialize, now: Millis) -> Self {
        Self::at(kind, payload, now, now)
    }

    pub fn at(kind: &'static str, payload: &impl Serialize, run_at: Millis, now: Millis) -> Self {
        let payload = serde_json::to_string(payload).unwrap_or_else(|_| "null".into());
        Self { kind, payload, run_at, created_at: now }
    }
}

/// A claimed or dead job.
#[derive(Debug, Clone)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub payload: String,
    pub run_at: Millis,
    /// How often it has been claimed, this time included.
    pub attempts: i64,
    pub error: Option<String>,
    pub created_at: Millis,
    pub dead_at: Option<Millis>,
}

impl Job {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id("id")?,
            kind: row.text("kind")?,
            payload: row.text("payload")?,
            run_at: row.int("run_at")?,
            attempts: row.int("attempts")?,
            error: row.opt_text("error")?,
            created_at: row.int("created_at")?,
            dead_at: row.opt_int("dead_at")?,
        })
    }
}

pub(crate) async fn insert(tx: &mut Tx, jobs: Vec<(JobId, NewJob)>) -> Result<()> {
    for some in chunks(&jobs) {
        let args = some
            .iter()
            .flat_map(|(id, job)| args![*id, job.kind, &job.payload, job.run_at, 0_i64, job.created_at]);
        let args = args.collect();
        let sql = format!(
            "INSERT INTO jobs (id, kind, payload, run_at, attempts, created_at) VALUES {}",
            values(some.len(), 6)
        );
        tx.execute_built(sql, args).await?;
    }
    Ok(())
}

impl Db {
    /// Leases up to `limit` due jobs.
    pub async fn claim(&self, limit: i64, now: Millis) -> Result<Vec<Job>> {
        let sql = self.dialect().claim_jobs();
        self.write(move |tx| {
            Box::pin(async move {
                let rows = tx.all(sql, args![limit, now + LEASE, now]).await?;
                let mut jobs: Vec<Job> = rows.iter().map(Job::from_row).collect::<Result<_>>()?;
                jobs.sort_by_key(|job| (job.run_at, job.id));
                Ok::<_, Error>(jobs)
            })
        })
        .await
    }

    /// Keeps a long job from being claimed by others.
    pub async fn renew(&self, id: JobId, now: Millis) -> Result<()> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.execute("UPDATE jobs SET lease_until = $2 WHERE id = $1", args![id, now + LEASE]).await?;
                Ok::<_, Error>(())
            })
        })
        .await
    }

    /// Removes jobs that are done.
    pub async fn complete(&self, ids: Vec<JobId>) -> Result<()> {
        self.write(move |tx| {
            let ids = ids.clone();
            Box::pin(async move {
                for some in chunks(&ids) {
                    let sql = format!("DELETE FROM jobs WHERE id IN ({})", placeholders(some.len()));
                    tx.execute_built(sql, some.iter().map(|&id| Arg::from(id)).collect()).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await
    }

    /// Puts a failed job back, or among the dead letters when it has been tried often enough or `hopeless`.
    pub async fn failed(&self, job: &Job, why: String, hopeless: bool, now: Millis) -> Result<()> {
        let (id, attempts) = (job.id, job.attempts);
        let dead = hopeless || attempts >= ATTEMPTS;
        self.write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                let dead_at = dead.then_some(now);
                tx.execute(
                    "UPDATE jobs SET lease_until = NULL, error = $2, run_at = $3, dead_at = $4 WHERE id = $1",
                    args![id, why, now + back_off(attempts), dead_at],
                )
                .await?;
                Ok::<_, Error>(())
            })
        })
        .await
    }

    /// True for the one caller, over all replicas, whose turn it is to run the schedule `name` now.
    pub async fn is_due(&self, name: &'static str, every: Millis, now: Millis) -> Result<bool> {
        self.is_due_since(name, now, now + every, now).await
    }

    /// The same for a schedule that is first due at `first` and after this turn at `next`.
    pub async fn is_due_since(
        &self,
        name: &'static str,
        first: Millis,
        next: Millis,
        now: Millis,
    ) -> Result<bool> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.execute(
                    "INSERT INTO schedules (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
                    args![name, first],
                )
                .await?;
                let changed = tx
                    .execute(
                        "UPDATE schedules SET next_at = $2 WHERE name = $1 AND next_at <= $3",
                        args![name, next, now],
                    )
                    .await?;
                Ok::<_, Error>(changed > 0)
            })
        })
        .await
    }
}

/// Forgets when a schedule is due next.
pub async fn forget_schedule(tx: &mut Tx, name: &'static str) -> Result<()> {
    tx.execute("DELETE FROM schedules WHERE name = $1", args![name]).await?;
    Ok(())
}

/// Removes a job inside the transaction that did its work, so that it is done exactly once.
pub async fn complete(tx: &mut Tx, id: JobId) -> Result<()> {
    tx.execute("DELETE FROM jobs WHERE id = $1", args![id]).await?;
    Ok(())
}

/// Gives a dead letter another life; whether there was such a one.
pub async fn revive(tx: &mut Tx, id: JobId, now: Millis) -> Result<bool> {
    let sql =
        "UPDATE jobs SET dead_at = NULL, attempts = 0, run_at = $2 WHERE id = $1 AND dead_at IS NOT NULL";
    Ok(tx.execute(sql, args![id, now]).await? > 0)
}

/// Gives a dead letter up; whether there was such a one.
pub async fn bury(tx: &mut Tx, id: JobId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM jobs WHERE id = $1 AND dead_at IS NOT NULL", args![id]).await? > 0)
}

/// 5 s, 20 s, 80 s, … up to six hours.
fn back_off(attempts: i64) -> Millis {
    let exponent = attempts.clamp(1, 12) as u32 - 1;
    (5 * SECOND * 4_i64.pow(exponent)).min(6 * HOUR)
}

/// When the next job falls due, for whoever waits.
pub async fn next_due(mut db: impl Read) -> Result<Option<Millis>> {
    let row = db
        .one("SELECT MIN(run_at) AS at FROM jobs WHERE dead_at IS NULL AND lease_until IS NULL", vec![])
        .await?;
    row.opt_int("at")
}

/// Jobs that wait or run: (due now, all).
pub async fn backlog(mut db: impl Read, now: Millis) -> Result<(i64, i64)> {
    let row = db
        .one(
            "SELECT COUNT(*) AS waiting, CAST(COALESCE(SUM(CASE WHEN run_at <= $1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS due \
             FROM jobs WHERE dead_at IS NULL",
            args![now],
        )
        .await?;
    Ok((row.int("due")?, row.int("waiting")?))
}

pub async fn count_dead(mut db: impl Read) -> Result<i64> {
    db.one("SELECT COUNT(*) AS n FROM jobs WHERE dead_at IS NOT NULL", vec![]).await?.int("n")
}

/// The dead letters, newest first.
pub async fn dead(mut db: impl Read, limit: i64) -> Result<Vec<Job>> {
    let rows = db
        .all("SELECT * FROM jobs WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT $1", args![limit])
        .await?;
    rows.iter().map(Job::from_row).collect()
}

/// Whether a job of this kind waits or runs.
pub async fn waits(mut db: impl Read, kind: &str) -> Result<bool> {
    let row =
        db.optional("SELECT id FROM jobs WHERE kind = $1 AND dead_at IS NULL LIMIT 1", args![kind]).await?;
    Ok(row.is_some())
}
