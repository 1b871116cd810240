//! Rules that people wrote, and the tickets that one can be tried on.

use domain::rules::Rule;
use domain::{AnswerId, CategoryId, Millis, RuleId, TicketId};

use crate::arg::args;
use crate::automation::touch;
use crate::{Error, Read, Result, Row, Tx};

fn read(row: &Row) -> Result<Rule> {
    Ok(Rule {
        id: row.id("id")?,
        name: row.text("name")?,
        position: row.int("position")?,
        active: row.bool("active")?,
        conditions: row.json("conditions")?,
        answer: row.id("answer_id")?,
        created_at: row.int("created_at")?,
        updated_at: row.int("updated_at")?,
    })
}

/// All of them, in the order in which they are asked.
pub async fn all(mut db: impl Read) -> Result<Vec<Rule>> {
    let rows = db.all("SELECT * FROM rules ORDER BY position, id", args![]).await?;
    rows.iter().map(read).collect()
}

fn conditions(rule: &Rule) -> Result<String> {
    serde_json::to_string(&rule.conditions).map_err(|e| Error::Unreadable {
        column: "conditions".into(),
        id: format!(" (id {})", rule.id),
        why: e.to_string(),
    })
}

/// Writes a rule, new or changed.
pub async fn put(tx: &mut Tx, rule: &Rule) -> Result<()> {
    tx.execute_one(
        "INSERT INTO rules (id, name, position, active, conditions, answer_id, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET name = excluded.name, \
         position = excluded.position, active = excluded.active, conditions = excluded.conditions, \
         answer_id = excluded.answer_id, updated_at = excluded.updated_at",
        args![
            rule.id,
            &rule.name,
            rule.position,
            rule.active,
            conditions(rule)?,
            rule.answer,
            rule.created_at,
            rule.updated_at
        ],
    )
    .await?;
    touch(tx).await
}

pub async fn delete(tx: &mut Tx, rule: RuleId) -> Result<()> {
    tx.execute_one("DELETE FROM rules WHERE id = $1", args![rule]).await?;
    touch(tx).await
}

/// A past ticket that a rule can be tried on.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub ticket: TicketId,
    /// Where it came in, before an agent moved it.
    pub category: CategoryId,
    pub language: Option<String>,
    /// What an agent chose or a reviewer said without having seen a suggestion; the inner None: no answer fitted.
    pub truth: Option<Option<AnswerId>>,
}

/// The `most` newest tickets since a moment, newest first.
pub async fn past(mut db: impl Read, since: Millis, most: i64) -> Result<Vec<Past>> {
    let rows = db
        .all(
            "SELECT t.id, COALESCE(r.category_id, t.routed_category_id) AS category, \
             COALESCE(r.language, t.language) AS language, l.answer_id, (l.ticket_id IS NOT NULL) AS told \
             FROM tickets t LEFT JOIN readings r ON r.ticket_id = t.id \
             LEFT JOIN labels l ON l.ticket_id = t.id AND l.unseen \
             WHERE t.created_at >= $1 ORDER BY t.created_at DESC, t.id DESC LIMIT $2",
            args![since, most],
        )
        .await?;
    let past = |row: &Row| {
        let answer = row.opt_id("answer_id")?;
        Ok(Past {
            ticket: row.id("id")?,
            category: row.id("category")?,
            language: row.opt_text("language")?,
            truth: row.bool("told")?.then_some(answer),
        })
    };
    rows.iter().map(past).collect()
}
