//! Policies: the switch of each category; category 0 is the default for those still to come.

use domain::policy::Policy;

use crate::arg::args;
use crate::automation::touch;
use crate::{Error, Read, Result, Row, Tx};

fn read(row: &Row) -> Result<Policy> {
    let hours = match row.opt_text("hours")? {
        Some(_) => Some(row.json("hours")?),
        None => None,
    };
    Ok(Policy {
        category: row.id("category_id")?,
        mode: row.word("mode")?,
        target: row.real("target")?,
        confidence: row.real("confidence")?,
        rollout: row.real("rollout")?,
        holdout: row.real("holdout")?,
        blind: row.real("blind")?,
        languages: row.json("languages")?,
        hours,
        never: row.json("never")?,
        pooled: row.bool("pooled")?,
        version: row.int("version")?,
        changed_at: row.int("changed_at")?,
        changed_by: row.text("changed_by")?,
        reason: row.opt_text("reason")?,
    })
}

pub async fn all(mut db: impl Read) -> Result<Vec<Policy>> {
    let rows = db.all("SELECT * FROM policies ORDER BY category_id", args![]).await?;
    rows.iter().map(read).collect()
}

/// Writes a policy, new or changed.
pub async fn put(tx: &mut Tx, policy: &Policy) -> Result<()> {
    let text = |value: Result<String, serde_json::Error>| {
        value.map_err(|e| Error::Unreadable {
            column: "policies".into(),
            id: String::new(),
            why: e.to_string(),
        })
    };
    let hours = policy.hours.as_ref().map(|hours| text(serde_json::to_string(hours))).transpose()?;
    tx.execute_one(
        "INSERT INTO policies (category_id, mode, target, confidence, rollout, holdout, blind, languages, hours, never, \
         pooled, version, changed_at, changed_by, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         ON CONFLICT (category_id) DO UPDATE SET mode = excluded.mode, target = excluded.target, \
         confidence = excluded.confidence, rollout = excluded.rollout, holdout = excluded.holdout, \
         blind = excluded.blind, languages = excluded.languages, hours = excluded.hours, never = excluded.never, \
         pooled = excluded.pooled, version = excluded.version, changed_at = excluded.changed_at, \
         changed_by = excluded.changed_by, reason = excluded.reason",
        args![
            policy.category,
            policy.mode,
            policy.target,
            policy.confidence,
            policy.rollout,
            policy.holdout,
            policy.blind,
            text(serde_json::to_string(&policy.languages))?,
            hours,
            text(serde_json::to_string(&policy.never))?,
            policy.pooled,
            policy.version,
            policy.changed_at,
            &policy.changed_by,
            policy.reason.clone()
        ],
    )
    .await?;
    touch(tx).await
}
