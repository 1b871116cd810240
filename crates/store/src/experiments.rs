//! Experiments, and the tickets that take part in them.

use domain::experiments::{Experiment, Later, RECONTACT_WINDOW, Seen, WINDOW};
use domain::words::Side;
use domain::{ExperimentId, Millis, RequesterId, TicketId};

use crate::arg::args;
use crate::automation::touch;
use crate::{Error, Read, Result, Row, Tx};

/// On which side of an experiment a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    pub experiment: ExperimentId,
    pub side: Side,
}

/// An experiment that a ticket takes part in, and on which side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub experiment: ExperimentId,
    pub name: String,
    pub side: Side,
}

fn read(row: &Row) -> Result<Experiment> {
    Ok(Experiment {
        id: row.id("id")?,
        name: row.text("name")?,
        category: row.id("category_id")?,
        subject: row.json("subject")?,
        share: row.real("share")?,
        reason: row.opt_text("reason")?,
        created_by: row.text("created_by")?,
        created_at: row.int("created_at")?,
        started_at: row.opt_int("started_at")?,
        ends_at: row.opt_int("ends_at")?,
        ended_at: row.opt_int("ended_at")?,
        end: row.opt_text("end_why")?,
        adopted: row.opt_word("adopted")?,
    })
}

/// Newest first.
pub async fn all(mut db: impl Read) -> Result<Vec<Experiment>> {
    let rows = db.all("SELECT * FROM experiments ORDER BY id DESC", args![]).await?;
    rows.iter().map(read).collect()
}

/// Those that were started and have not ended.
pub async fn running(mut db: impl Read) -> Result<Vec<Experiment>> {
    let rows = db
        .all(
            "SELECT * FROM experiments WHERE started_at IS NOT NULL AND ended_at IS NULL ORDER BY id",
            args![],
        )
        .await?;
    rows.iter().map(read).collect()
}

pub async fn of(mut db: impl Read, id: ExperimentId) -> Result<Option<Experiment>> {
    let row = db.optional("SELECT * FROM experiments WHERE id = $1", args![id]).await?;
    row.as_ref().map(read).transpose()
}

pub async fn insert(tx: &mut Tx, it: &Experiment) -> Result<()> {
    let subject = serde_json::to_string(&it.subject).map_err(|e| Error::Unreadable {
        column: "subject".into(),
        id: it.id.to_string(),
        why: e.to_string(),
    })?;
    tx.execute_one(
        "INSERT INTO experiments (id, name, category_id, subject, share, reason, created_by, created_at, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            it.id,
            &it.name,
            it.category,
            subject,
            it.share,
            it.reason.clone(),
            &it.created_by,
            it.created_at,
            it.ends_at
        ],
    )
    .await
}

/// Writes what can change: when it began and ended, why, and what was taken over.
pub async fn update(tx: &mut Tx, it: &Experiment) -> Result<()> {
    tx.execute_one(
        "UPDATE experiments SET started_at = $2, ended_at = $3, end_why = $4, adopted = $5 WHERE id = $1",
        args![it.id, it.started_at, it.ended_at, it.end.clone(), it.adopted],
    )
    .await?;
    touch(tx).await
}

/// Notes on which sides a ticket is.
pub async fn assign(
    tx: &mut Tx,
    ticket: TicketId,
    requester: RequesterId,
    came_at: Millis,
    sides: &[Assigned],
) -> Result<()> {
    for it in sides {
        tx.execute_one(
            "INSERT INTO experiment_tickets (ticket_id, experiment_id, side, requester_id, came_at) \
             VALUES ($1, $2, $3, $4, $5)",
            args![ticket, it.experiment, it.side, requester, came_at],
        )
        .await?;
    }
    Ok(())
}

/// The experiments that a ticket takes part in.
pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Vec<Part>> {
    let rows = db
        .all(
            "SELECT e.id, e.name, t.side FROM experiment_tickets t JOIN experiments e ON e.id = t.experiment_id \
             WHERE t.ticket_id = $1 ORDER BY e.id",
            args![ticket],
        )
        .await?;
    let part =
        |row: &Row| Ok(Part { experiment: row.id("id")?, name: row.text("name")?, side: row.word("side")? });
    rows.iter().map(part).collect()
}

/// Writes down what had become, at its close, of every ticket whose window has closed.
pub async fn close_windows(tx: &mut Tx, now: Millis) -> Result<()> {
    tx.execute(
        "UPDATE experiment_tickets SET again = (CASE WHEN \
         EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = experiment_tickets.ticket_id AND m.author = 'requester' \
         AND m.created_at > experiment_tickets.came_at AND m.created_at <= experiment_tickets.came_at + $2) \
         OR EXISTS (SELECT 1 FROM events e WHERE e.ticket_id = experiment_tickets.ticket_id \
         AND e.kind = 'answer.not_helped' AND e.at <= experiment_tickets.came_at + $2) \
         OR EXISTS (SELECT 1 FROM tickets t WHERE t.requester_id = experiment_tickets.requester_id \
         AND t.id <> experiment_tickets.ticket_id AND t.channel <> 'import' \
         AND t.created_at > experiment_tickets.came_at AND t.created_at <= experiment_tickets.came_at + $2) \
         THEN TRUE ELSE FALSE END) WHERE again IS NULL AND came_at <= $1",
        args![now - RECONTACT_WINDOW, RECONTACT_WINDOW],
    )
    .await?;
    tx.execute(
        "UPDATE experiment_tickets SET \
         confirmed = (SELECT CASE WHEN t.resolution = 'confirmed' AND t.resolved_at <= experiment_tickets.came_at + $2 \
         THEN TRUE ELSE FALSE END FROM tickets t WHERE t.id = experiment_tickets.ticket_id), \
         asked = (SELECT CASE WHEN t.survey_sent_at <= experiment_tickets.came_at + $2 THEN TRUE ELSE FALSE END \
         FROM tickets t WHERE t.id = experiment_tickets.ticket_id), \
         rating = (SELECT r.value FROM ratings r WHERE r.ticket_id = experiment_tickets.ticket_id \
         AND r.created_at <= experiment_tickets.came_at + $2), \
         solved_after = (SELECT t.solved_at - t.created_at FROM tickets t WHERE t.id = experiment_tickets.ticket_id \
         AND t.solved_at <= experiment_tickets.came_at + $2), \
         closed_at = came_at + $2 WHERE closed_at IS NULL AND came_at <= $1",
        args![now - WINDOW, WINDOW],
    )
    .await?;
    Ok(())
}

/// The first ticket of each requester in an experiment, in the order in which they came.
pub async fn seen(mut db: impl Read, experiment: ExperimentId) -> Result<Vec<Seen>> {
    let rows = db
        .all(
            "SELECT * FROM experiment_tickets x WHERE experiment_id = $1 AND NOT EXISTS \
             (SELECT 1 FROM experiment_tickets e WHERE e.experiment_id = x.experiment_id \
             AND e.requester_id = x.requester_id AND e.ticket_id < x.ticket_id) ORDER BY came_at, ticket_id",
            args![experiment],
        )
        .await?;
    rows.iter().map(seen_row).collect()
}

fn seen_row(row: &Row) -> Result<Seen> {
    let later = match row.opt_int("closed_at")? {
        None => None,
        Some(_) => Some(Later {
            confirmed: row.bool("confirmed")?,
            asked: row.bool("asked")?,
            rating: row.opt_word("rating")?,
            solved_after: row.opt_int("solved_after")?,
        }),
    };
    Ok(Seen { side: row.word("side")?, came_at: row.int("came_at")?, again: row.opt_bool("again")?, later })
}

/// How far an experiment is: as long as nothing of it changes, neither do its results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Tickets on each side: those of one requester all count here.
    pub a: i64,
    pub b: i64,
    /// Of how many it is known whether the requester wrote again, and how they ended.
    pub again: i64,
    pub closed: i64,
}

pub async fn progress(mut db: impl Read, experiment: ExperimentId) -> Result<Progress> {
    let row = db
        .one(
            "SELECT COUNT(CASE WHEN side = 'a' THEN 1 END) AS a, COUNT(CASE WHEN side = 'b' THEN 1 END) AS b, \
             COUNT(again) AS again, COUNT(closed_at) AS closed FROM experiment_tickets WHERE experiment_id = $1",
            args![experiment],
        )
        .await?;
    Ok(Progress { a: row.int("a")?, b: row.int("b")?, again: row.int("again")?, closed: row.int("closed")? })
}
