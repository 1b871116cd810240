//! Policies: the switch of each category; category 0 is the default for those still to come.

use domain::CategoryId;
use domain::policy::Policy;

use crate::arg::args;
use crate::automation::touch;
use crate::{Arg, Error, Read, Result, Row, Tx};

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
        order: row.word("stack")?,
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

/// The policy of its own that a category has.
pub async fn of(mut db: impl Read, category: CategoryId) -> Result<Option<Policy>> {
    let row = db.optional("SELECT * FROM policies WHERE category_id = $1", args![category]).await?;
    row.as_ref().map(read).transpose()
}

/// Writes a policy, new or changed, and keeps this version of it.
pub async fn put(tx: &mut Tx, policy: &Policy) -> Result<()> {
    tx.execute_one(
        "INSERT INTO policies (category_id, mode, target, confidence, rollout, holdout, blind, languages, hours, never, \
         pooled, version, changed_at, changed_by, reason, stack) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (category_id) DO UPDATE SET mode = excluded.mode, target = excluded.target, \
         confidence = excluded.confidence, rollout = excluded.rollout, holdout = excluded.holdout, \
         blind = excluded.blind, languages = excluded.languages, hours = excluded.hours, never = excluded.never, \
         pooled = excluded.pooled, version = excluded.version, changed_at = excluded.changed_at, \
         changed_by = excluded.changed_by, reason = excluded.reason, stack = excluded.stack",
        columns(policy)?,
    )
    .await?;
    keep(tx, policy).await?;
    touch(tx).await
}

/// Keeps a version, unless it is kept already.
pub async fn keep(tx: &mut Tx, policy: &Policy) -> Result<()> {
    tx.execute(
        "INSERT INTO policy_versions (category_id, mode, target, confidence, rollout, holdout, blind, languages, hours, \
         never, pooled, version, changed_at, changed_by, reason, stack) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (category_id, version) DO NOTHING",
        columns(policy)?,
    )
    .await?;
    Ok(())
}

fn columns(policy: &Policy) -> Result<Vec<Arg>> {
    let text = |value: Result<String, serde_json::Error>| {
        value.map_err(|e| Error::Unreadable {
            column: "policies".into(),
            id: String::new(),
            why: e.to_string(),
        })
    };
    let hours = policy.hours.as_ref().map(|hours| text(serde_json::to_string(hours))).transpose()?;
    Ok(args![
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
        policy.reason.clone(),
        policy.order
    ])
}

/// The versions of a category's policy before `before`, newest first.
pub async fn versions(
    mut db: impl Read,
    category: CategoryId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Policy>> {
    let rows = db
        .all(
            "SELECT * FROM policy_versions WHERE category_id = $1 AND version < $2 ORDER BY version DESC LIMIT $3",
            args![category, before.unwrap_or(i64::MAX), limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

pub async fn version(mut db: impl Read, category: CategoryId, version: i64) -> Result<Option<Policy>> {
    let row = db
        .optional(
            "SELECT * FROM policy_versions WHERE category_id = $1 AND version = $2",
            args![category, version],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The first version after `since` that did not answer automatically, if there was one.
pub async fn left_auto(mut db: impl Read, category: CategoryId, since: i64) -> Result<Option<Policy>> {
    let row = db
        .optional(
            "SELECT * FROM policy_versions WHERE category_id = $1 AND version > $2 AND mode <> 'auto' \
             ORDER BY version LIMIT 1",
            args![category, since],
        )
        .await?;
    row.as_ref().map(read).transpose()
}
