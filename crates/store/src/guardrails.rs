//! Guardrails: since when a category is watched, and whether it is paused.

use domain::guardrail::{Backlog, Day, Pause};
use domain::time::DAY;
use domain::{CategoryId, Millis};

use crate::arg::args;
use crate::automation::touch;
use crate::{Read, Result, Row, Tx, switches};

#[derive(Debug, Clone, PartialEq)]
pub struct Guardrail {
    pub category: CategoryId,
    /// When the present watch began: when it was first seen to send, or was resumed.
    pub since: Millis,
    /// Tickets decided until then have been sampled.
    pub sampled_to: Millis,
    pub pause: Option<Pause>,
    /// After a pause for what was wrong: only labels of tickets that came later may prove it anew.
    pub labels_from: Option<Millis>,
}

fn read(row: &Row) -> Result<Guardrail> {
    let pause = match (row.opt_int("paused_at")?, row.opt_word("pause_kind")?) {
        (Some(at), Some(kind)) => {
            Some(Pause { kind, at, why: row.opt_text("pause_why")?.unwrap_or_default() })
        }
        _ => None,
    };
    Ok(Guardrail {
        category: row.id("category_id")?,
        since: row.int("since")?,
        sampled_to: row.int("sampled_to")?,
        pause,
        labels_from: row.opt_int("labels_from")?,
    })
}

pub async fn all(mut db: impl Read) -> Result<Vec<Guardrail>> {
    let rows = db.all("SELECT * FROM guardrails ORDER BY category_id", args![]).await?;
    rows.iter().map(read).collect()
}

pub async fn of(mut db: impl Read, category: CategoryId) -> Result<Option<Guardrail>> {
    let row = db.optional("SELECT * FROM guardrails WHERE category_id = $1", args![category]).await?;
    row.as_ref().map(read).transpose()
}

/// Begins to watch a category, unless it is watched already.
pub async fn begin(tx: &mut Tx, category: CategoryId, now: Millis) -> Result<()> {
    let sql = "INSERT INTO guardrails (category_id, since, sampled_to) VALUES ($1, $2, $2) ON CONFLICT (category_id) DO NOTHING";
    if tx.execute(sql, args![category, now]).await? > 0 {
        touch(tx).await?;
    }
    Ok(())
}

pub async fn sampled(tx: &mut Tx, category: CategoryId, to: Millis) -> Result<()> {
    let sql = "UPDATE guardrails SET sampled_to = $2 WHERE category_id = $1";
    tx.execute_one(sql, args![category, to]).await
}

/// Pauses a category; says whether it was not paused before. The first in its transaction, as with every switch.
pub async fn pause(tx: &mut Tx, category: CategoryId, pause: &Pause) -> Result<bool> {
    switches::moved(tx).await?;
    let sql = "UPDATE guardrails SET paused_at = $2, pause_kind = $3, pause_why = $4 WHERE category_id = $1 AND paused_at IS NULL";
    let changed = tx.execute(sql, args![category, pause.at, pause.kind, pause.why.as_str()]).await? > 0;
    if changed {
        touch(tx).await?;
    }
    Ok(changed)
}

/// Ends a pause and begins the watch anew; says whether there was one. `labels_from` stays when it is None. The first
/// in its transaction, as with every switch.
pub async fn resume(
    tx: &mut Tx,
    category: CategoryId,
    labels_from: Option<Millis>,
    now: Millis,
) -> Result<bool> {
    switches::moved(tx).await?;
    let sql = "UPDATE guardrails SET paused_at = NULL, pause_kind = NULL, pause_why = NULL, since = $2, \
               labels_from = COALESCE($3, labels_from) WHERE category_id = $1 AND paused_at IS NOT NULL";
    let changed = tx.execute(sql, args![category, now, labels_from]).await? > 0;
    if changed {
        touch(tx).await?;
    }
    Ok(changed)
}

/// What was sent by itself in a category from `since` until `until`, by day, and what of it came back within
/// `window`.
pub async fn days(
    mut db: impl Read,
    category: CategoryId,
    since: Millis,
    until: Millis,
    window: Millis,
) -> Result<Vec<Day>> {
    let rows = db
        .all(
            "SELECT d.created_at / $5 AS day, COUNT(*) AS sent, \
             COUNT(CASE WHEN t.resolution = 'failed' AND t.resolved_at - d.created_at <= $4 THEN 1 END) AS back \
             FROM decisions d JOIN tickets t ON t.id = d.ticket_id \
             WHERE d.category_id = $1 AND d.created_at >= $2 AND d.created_at < $3 \
             AND d.mode = 'auto' AND d.arm = 'rollout' AND d.action = 'auto' \
             AND d.ticket_id NOT IN (SELECT ticket_id FROM replies_withdrawn WHERE category_id = $1) \
             GROUP BY d.created_at / $5 ORDER BY 1",
            args![category, since, until, window, DAY],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Day { start: row.int("day")? * DAY, sent: row.int("sent")?, back: row.int("back")? }))
        .collect()
}

/// Reviews asked for in a category since `since`, and those of them not done that were asked for before `late`.
pub async fn backlog(
    mut db: impl Read,
    category: CategoryId,
    since: Millis,
    late: Millis,
) -> Result<Backlog> {
    let row = db
        .one(
            "SELECT COUNT(*) AS wanted, COUNT(CASE WHEN settled_at IS NULL AND created_at < $3 THEN 1 END) AS late \
             FROM review_tasks WHERE category_id = $1 AND created_at >= $2 AND sample = 'sent'",
            args![category, since, late],
        )
        .await?;
    Ok(Backlog { wanted: row.int("wanted")?, late: row.int("late")? })
}
