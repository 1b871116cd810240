//! Rules that people wrote.

use domain::RuleId;
use domain::rules::Rule;

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
