//! Certificates: every attempt to prove a promise, and when it stopped holding.

use domain::certificate::Certificate;
use domain::{CategoryId, Millis};

use crate::arg::args;
use crate::automation::touch;
use crate::{Read, Result, Row, Tx};

fn read(row: &Row) -> Result<Certificate> {
    Ok(Certificate {
        id: row.id("id")?,
        category: row.id("category_id")?,
        model_version: row.int("model_version")?,
        target: row.real("target")?,
        confidence: row.real("confidence")?,
        attempt: row.int("attempt")?,
        threshold: row.opt_real("threshold")?,
        total: row.int("total")?,
        answered: row.int("answered")?,
        errors: row.int("errors")?,
        unknown_share: row.real("unknown_share")?,
        need: row.opt_int("need")?,
        why: row.opt_text("why")?,
        created_at: row.int("created_at")?,
        lapses_at: row.int("lapses_at")?,
        lapsed_at: row.opt_int("lapsed_at")?,
        lapse_reason: row.opt_text("lapse_reason")?,
    })
}

/// The last attempt for each category, model and promise, newest first.
pub async fn latest(mut db: impl Read) -> Result<Vec<Certificate>> {
    let rows = db
        .all(
            "SELECT * FROM certificates WHERE id IN \
             (SELECT MAX(id) FROM certificates GROUP BY category_id, model_version, target, confidence) ORDER BY id DESC",
            args![],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// How often it was tried for a category.
pub async fn attempts(mut db: impl Read, category: CategoryId) -> Result<i64> {
    let row =
        db.one("SELECT COUNT(*) AS tried FROM certificates WHERE category_id = $1", args![category]).await?;
    row.int("tried")
}

pub async fn insert(tx: &mut Tx, it: &Certificate) -> Result<()> {
    tx.execute_one(
        "INSERT INTO certificates (id, category_id, model_version, target, confidence, attempt, threshold, total, \
         answered, errors, unknown_share, need, why, created_at, lapses_at, lapsed_at, lapse_reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        args![
            it.id,
            it.category,
            it.model_version,
            it.target,
            it.confidence,
            it.attempt,
            it.threshold,
            it.total,
            it.answered,
            it.errors,
            it.unknown_share,
            it.need,
            it.why.clone(),
            it.created_at,
            it.lapses_at,
            it.lapsed_at,
            it.lapse_reason.clone()
        ],
    )
    .await?;
    touch(tx).await
}

/// Ends what holds for a category; says whether there was anything.
pub async fn lapse(tx: &mut Tx, category: CategoryId, why: &str, now: Millis) -> Result<bool> {
    let changed = tx
        .execute(
            "UPDATE certificates SET lapsed_at = $2, lapse_reason = $3 WHERE category_id = $1 AND lapsed_at IS NULL",
            args![category, now, why],
        )
        .await?;
    if changed > 0 {
        touch(tx).await?;
    }
    Ok(changed > 0)
}
