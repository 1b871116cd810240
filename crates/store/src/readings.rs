//! Readings: what was understood of a ticket, and the question it was understood from.

use domain::words::{CategorySource, Channel};
use domain::{AnswerId, CategoryId, Millis, RequesterId, TicketId};

use crate::arg::args;
use crate::many::{chunks, placeholders, values};
use crate::{Arg, Error, Read, Result, Row, Tx};

/// A ticket as far as understanding and deciding look at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub ticket: TicketId,
    pub channel: Channel,
    pub subject: Option<String>,
    pub category: CategoryId,
    pub category_source: CategorySource,
    /// As the requester or the channel said.
    pub language: Option<String>,
    pub requester: RequesterId,
    pub email: String,
    pub body: String,
    pub has_attachments: bool,
    /// Whether a person, or a later message, has been here already.
    pub taken: bool,
    pub from_machine: bool,
    pub created_at: Millis,
}

fn question(row: &Row) -> Result<Question> {
    Ok(Question {
        ticket: row.id("id")?,
        channel: row.word("channel")?,
        subject: row.opt_text("subject")?,
        category: row.id("category_id")?,
        category_source: row.word("category_source")?,
        language: row.opt_text("language")?,
        requester: row.id("requester_id")?,
        email: row.text("email")?,
        body: row.text("body")?,
        has_attachments: row.bool("has_attachments")?,
        from_machine: row.bool("from_machine")?,
        taken: row.bool("taken")?,
        created_at: row.int("created_at")?,
    })
}

/// The questions of those of `tickets` that nothing has been decided about yet.
pub async fn undecided(db: impl Read, tickets: &[TicketId]) -> Result<Vec<Question>> {
    let only = "AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.ticket_id = t.id)";
    questions(db, tickets, only).await
}

/// The questions of `tickets`, whatever became of them.
pub async fn asked(db: impl Read, tickets: &[TicketId]) -> Result<Vec<Question>> {
    questions(db, tickets, "").await
}

async fn questions(mut db: impl Read, tickets: &[TicketId], only: &'static str) -> Result<Vec<Question>> {
    let mut found = Vec::with_capacity(tickets.len());
    for some in chunks(tickets) {
        let sql = format!(
            "SELECT t.id, t.channel, t.subject, t.category_id, t.category_source, t.language, t.requester_id, \
             t.created_at, t.from_machine, r.email, m.body, (t.touched_by_agent OR t.messages_count > 1 OR t.status <> 'new') AS taken, \
             EXISTS (SELECT 1 FROM attachments a WHERE a.ticket_id = t.id) AS has_attachments \
             FROM tickets t JOIN requesters r ON r.id = t.requester_id \
             JOIN messages m ON m.id = (SELECT MIN(id) FROM messages WHERE ticket_id = t.id) \
             WHERE t.id IN ({}) {only} ORDER BY t.id",
            placeholders(some.len())
        );
        let rows = db.all_built(sql, some.iter().map(|&id| Arg::from(id)).collect()).await?;
        for row in &rows {
            found.push(question(row)?);
        }
    }
    Ok(found)
}

/// An answer with its calibrated probability.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Ranked {
    #[serde(rename = "a")]
    pub answer: AnswerId,
    #[serde(rename = "p")]
    pub probability: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub ticket: TicketId,
    pub language: Option<String>,
    pub language_confidence: Option<f64>,
    pub model_version: Option<i64>,
    pub ranked: Vec<Ranked>,
    pub score: Option<f64>,
    pub novelty: Option<f64>,
    /// Where the ticket was routed.
    pub category: CategoryId,
    pub created_at: Millis,
}

pub async fn of(mut db: impl Read, ticket: TicketId) -> Result<Option<Reading>> {
    let row = db.optional("SELECT * FROM readings WHERE ticket_id = $1", args![ticket]).await?;
    row.map(|row| {
        Ok(Reading {
            ticket,
            language: row.opt_text("language")?,
            language_confidence: row.opt_real("language_confidence")?,
            model_version: row.opt_int("model_version")?,
            ranked: row.json("ranked")?,
            score: row.opt_real("score")?,
            novelty: row.opt_real("novelty")?,
            category: row.id("category_id")?,
            created_at: row.int("created_at")?,
        })
    })
    .transpose()
}

/// Writes readings and routes their tickets accordingly; a ticket whose requester picked a category keeps it.
pub async fn insert(tx: &mut Tx, readings: &[Reading]) -> Result<()> {
    for some in chunks(readings) {
        let mut args = Vec::with_capacity(some.len() * 9);
        for it in some {
            let ranked = serde_json::to_string(&it.ranked).map_err(|e| Error::Unreadable {
                column: "ranked".into(),
                id: String::new(),
                why: e.to_string(),
            })?;
            args.extend(args![
                it.ticket,
                it.language.clone(),
                it.language_confidence,
                it.model_version,
                ranked,
                it.score,
                it.novelty,
                it.category,
                it.created_at
            ]);
        }
        let sql = format!(
            "INSERT INTO readings (ticket_id, language, language_confidence, model_version, ranked, score, novelty, \
             category_id, created_at) VALUES {} ON CONFLICT (ticket_id) DO NOTHING",
            values(some.len(), 9)
        );
        tx.execute_built(sql, args).await?;
        route(tx, some).await?;
    }
    Ok(())
}

async fn route(tx: &mut Tx, readings: &[Reading]) -> Result<()> {
    let args = readings.iter().flat_map(|it| args![it.ticket, it.category, it.language.clone()]).collect();
    // Both engines name the columns of VALUES alike.
    let sql = format!(
        "UPDATE tickets SET routed_category_id = v.column2, \
         category_id = CASE WHEN category_source = 'predicted' THEN v.column2 ELSE category_id END, \
         language = COALESCE(tickets.language, v.column3) FROM (VALUES {}) AS v WHERE tickets.id = v.column1",
        values(readings.len(), 3)
    );
    tx.execute_built(sql, args).await?;
    Ok(())
}
