//! Drift: the last look at each category, and the questions that a look compares.

use domain::drift::{Day, Figure};
use domain::{AnswerId, CategoryId, Millis, TicketId};
use serde::{Deserialize, Serialize};

use crate::arg::args;
use crate::automation::touch;
use crate::many::{chunks, placeholders};
use crate::{Arg, Error, Read, Result, Row, Tx};

/// An answer that more tickets ask for than before, as shares of the tickets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Risen {
    pub answer: AnswerId,
    pub before: f64,
    pub after: f64,
}

/// What a look saw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    pub figures: Vec<Figure>,
    pub days: Vec<Day>,
    /// Most risen first.
    pub risen: Vec<Risen>,
    /// Newer tickets that show it best.
    pub tickets: Vec<TicketId>,
}

/// What is wrong, if something is.
#[derive(Debug, Clone, PartialEq)]
pub struct Drifted {
    pub why: String,
    /// When it began.
    pub since: Millis,
    /// When it was first seen.
    pub found_at: Millis,
}

/// The last look at a category, or at all tickets (0).
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    pub category: CategoryId,
    pub model_version: i64,
    pub looked_at: Millis,
    /// Tickets compared: those that the model was reported on, and those of the last week.
    pub older: i64,
    pub newer: i64,
    pub found: Found,
    pub drifted: Option<Drifted>,
    /// Only labels of tickets that came later may certify it anew.
    pub labels_from: Option<Millis>,
}

fn read(row: &Row) -> Result<Look> {
    let drifted = match (row.opt_text("why")?, row.opt_int("since")?, row.opt_int("found_at")?) {
        (Some(why), Some(since), Some(found_at)) => Some(Drifted { why, since, found_at }),
        _ => None,
    };
    Ok(Look {
        category: row.id("category_id")?,
        model_version: row.int("model_version")?,
        looked_at: row.int("looked_at")?,
        older: row.int("older")?,
        newer: row.int("newer")?,
        found: row.json("found")?,
        drifted,
        labels_from: row.opt_int("labels_from")?,
    })
}

pub async fn all(mut db: impl Read) -> Result<Vec<Look>> {
    let rows = db.all("SELECT * FROM drifts ORDER BY category_id", args![]).await?;
    rows.iter().map(read).collect()
}

/// Keeps the look in place of the one before.
pub async fn put(tx: &mut Tx, look: &Look) -> Result<()> {
    let found = serde_json::to_string(&look.found).map_err(|e| Error::Unreadable {
        column: "found".into(),
        id: look.category.to_string(),
        why: e.to_string(),
    })?;
    let drifted = look.drifted.as_ref();
    tx.execute(
        "INSERT INTO drifts (category_id, model_version, looked_at, older, newer, found, why, since, found_at, labels_from) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (category_id) DO UPDATE SET \
         model_version = excluded.model_version, looked_at = excluded.looked_at, older = excluded.older, \
         newer = excluded.newer, found = excluded.found, why = excluded.why, since = excluded.since, \
         found_at = excluded.found_at, labels_from = excluded.labels_from",
        args![
            look.category,
            look.model_version,
            look.looked_at,
            look.older,
            look.newer,
            found,
            drifted.map(|d| d.why.clone()),
            drifted.map(|d| d.since),
            drifted.map(|d| d.found_at),
            look.labels_from
        ],
    )
    .await?;
    touch(tx).await
}

/// A ticket as drift looks at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub ticket: TicketId,
    pub subject: Option<String>,
    pub body: String,
    pub created_at: Millis,
    /// Whether somebody said what answers it, and what: None is no answer.
    pub label: Option<Option<AnswerId>>,
    /// Where the live routing sent it; None for history.
    pub routed: Option<CategoryId>,
}

/// The newest tickets that were read since `since`, at most `most`, newest first.
pub async fn newest(mut db: impl Read, since: Millis, most: i64) -> Result<Vec<TicketId>> {
    let rows = db
        .all(
            "SELECT ticket_id FROM readings WHERE created_at >= $1 ORDER BY ticket_id DESC LIMIT $2",
            args![since, most],
        )
        .await?;
    rows.iter().map(|row| row.id("ticket_id")).collect()
}

/// The questions of these tickets.
pub async fn questions(mut db: impl Read, tickets: &[TicketId]) -> Result<Vec<Question>> {
    let mut found = Vec::with_capacity(tickets.len());
    for some in chunks(tickets) {
        let sql = format!(
            "SELECT t.id, t.subject, t.created_at, m.body, l.answer_id, r.category_id, \
             CASE WHEN l.ticket_id IS NULL THEN FALSE ELSE TRUE END AS labelled \
             FROM tickets t JOIN messages m ON m.id = (SELECT MIN(id) FROM messages WHERE ticket_id = t.id) \
             LEFT JOIN labels l ON l.ticket_id = t.id LEFT JOIN readings r ON r.ticket_id = t.id \
             WHERE t.id IN ({})",
            placeholders(some.len())
        );
        let rows = db.all_built(sql, some.iter().map(|&id| Arg::from(id)).collect()).await?;
        for row in &rows {
            let label = row.opt_id("answer_id")?;
            found.push(Question {
                ticket: row.id("id")?,
                subject: row.opt_text("subject")?,
                body: row.text("body")?,
                created_at: row.int("created_at")?,
                label: row.bool("labelled")?.then_some(label),
                routed: row.opt_id("category_id")?,
            });
        }
    }
    Ok(found)
}
