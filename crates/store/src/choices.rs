//! Agents' own choices: which answer, what had been suggested, and how much of it they rewrote. Kept whatever label
//! a review gives the ticket later.

use domain::words::Choice;
use domain::{AnswerId, Millis, TicketId, UserId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx, ids};

#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    pub ticket: TicketId,
    /// None: written freely.
    pub answer: Option<AnswerId>,
    /// What was suggested first, where the agent had been shown anything.
    pub suggested: Option<AnswerId>,
    pub kind: Choice,
    /// Share of words that differ from the answer's text, 0 to 1.
    pub edited: Option<f64>,
    pub unseen: bool,
    pub user: Option<UserId>,
    pub created_at: Millis,
}

/// Keeps the first choice of a ticket; says whether this was it.
pub async fn insert(tx: &mut Tx, chosen: &Chosen) -> Result<bool> {
    let changed = tx
        .execute(
            "INSERT INTO choices (ticket_id, answer_id, suggested_answer_id, kind, edited, unseen, user_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ticket_id) DO NOTHING",
            args![
                chosen.ticket,
                chosen.answer,
                chosen.suggested,
                chosen.kind,
                chosen.edited,
                chosen.unseen,
                chosen.user,
                chosen.created_at
            ],
        )
        .await?;
    Ok(changed > 0)
}

/// How often an answer was given, and another (or the same) predicted, to whoever had seen no suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub given: AnswerId,
    pub predicted: AnswerId,
    pub tickets: i64,
}

/// Of the tickets created since a moment.
pub async fn taken_since(mut db: impl Read, since: Millis) -> Result<Vec<Taken>> {
    let rows = db
        .all(
            "SELECT l.answer_id AS given, d.answer_id AS predicted, COUNT(*) AS tickets FROM labels l \
             JOIN decisions d ON d.ticket_id = l.ticket_id WHERE l.ticket_id >= $1 AND l.unseen = TRUE \
             AND l.answer_id IS NOT NULL AND d.answer_id IS NOT NULL AND d.rule_id IS NULL \
             GROUP BY l.answer_id, d.answer_id ORDER BY l.answer_id, d.answer_id",
            args![ids::first_at(since)],
        )
        .await?;
    let read = |row: &Row| {
        Ok(Taken { given: row.id("given")?, predicted: row.id("predicted")?, tickets: row.int("tickets")? })
    };
    rows.iter().map(read).collect()
}

/// A ticket that an agent answered freely, with the first reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Free {
    pub number: i64,
    pub subject: Option<String>,
    pub excerpt: String,
    pub requester: Option<String>,
    pub reply: String,
}

/// The newest tickets created since a moment that agents answered freely.
pub async fn free_since(mut db: impl Read, since: Millis, limit: i64) -> Result<Vec<Free>> {
    let rows = db
        .all(
            "SELECT t.number, t.subject, t.excerpt, r.name AS requester, m.body FROM choices c \
             JOIN tickets t ON t.id = c.ticket_id JOIN requesters r ON r.id = t.requester_id \
             JOIN messages m ON m.id = (SELECT MIN(id) FROM messages WHERE ticket_id = c.ticket_id \
             AND kind = 'public' AND responder = 'agent') \
             WHERE c.kind = 'free' AND c.ticket_id >= $1 ORDER BY c.ticket_id DESC LIMIT $2",
            args![ids::first_at(since), limit],
        )
        .await?;
    let read = |row: &Row| {
        Ok(Free {
            number: row.int("number")?,
            subject: row.opt_text("subject")?,
            excerpt: row.text("excerpt")?,
            requester: row.opt_text("requester")?,
            reply: row.text("body")?,
        })
    };
    rows.iter().map(read).collect()
}
