//! Models: versioned, in parts, the last few kept.

use domain::Millis;
use domain::words::ModelState;

use crate::arg::args;
use crate::automation::touch;
use crate::{Read, Result, Row, Tx};

/// Size of a part: small enough for one statement on either engine.
const PART: usize = 1_000_000;
/// How many versions are kept.
const KEPT: i64 = 5;

/// A model without its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInfo {
    pub version: i64,
    pub state: ModelState,
    pub summary: serde_json::Value,
    pub bytes: i64,
    pub created_at: Millis,
    pub in_use_at: Option<Millis>,
}

fn read(row: &Row) -> Result<ModelInfo> {
    Ok(ModelInfo {
        version: row.int("version")?,
        state: row.word("state")?,
        summary: row.json("summary")?,
        bytes: row.int("bytes")?,
        created_at: row.int("created_at")?,
        in_use_at: row.opt_int("in_use_at")?,
    })
}

/// All that are kept whole, newest first.
pub async fn all(mut db: impl Read) -> Result<Vec<ModelInfo>> {
    let rows = db
        .all(
            "SELECT * FROM models WHERE parts = (SELECT COUNT(*) FROM model_parts WHERE model_parts.version = models.version) \
             ORDER BY version DESC",
            args![],
        )
        .await?;
    rows.iter().map(read).collect()
}

pub async fn in_use(mut db: impl Read) -> Result<Option<ModelInfo>> {
    let row =
        db.optional("SELECT * FROM models WHERE state = 'in_use' ORDER BY version DESC", args![]).await?;
    row.as_ref().map(read).transpose()
}

/// A model's bytes, put together again.
pub async fn content(mut db: impl Read, version: i64) -> Result<Vec<u8>> {
    let rows =
        db.all("SELECT content FROM model_parts WHERE version = $1 ORDER BY part", args![version]).await?;
    let mut content = Vec::new();
    for row in &rows {
        content.extend_from_slice(&row.bytes("content")?);
    }
    Ok(content)
}

/// How many parts a model of this size has.
pub fn parts(bytes: usize) -> usize {
    bytes.div_ceil(PART)
}

/// Opens a candidate under the next version; its parts follow.
pub async fn begin(tx: &mut Tx, bytes: usize, summary: &serde_json::Value, now: Millis) -> Result<i64> {
    let row = tx
        .one(
            "INSERT INTO counters (name, next) VALUES ('models', 1) \
             ON CONFLICT (name) DO UPDATE SET next = counters.next + 1 RETURNING next",
            args![],
        )
        .await?;
    let version = row.int("next")?;
    tx.execute_one(
        "INSERT INTO models (version, state, summary, bytes, parts, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![version, ModelState::Candidate, summary.to_string(), bytes as i64, parts(bytes) as i64, now],
    )
    .await?;
    Ok(version)
}

/// Writes the part with this index of the whole content.
pub async fn put_part(tx: &mut Tx, version: i64, part: usize, content: &[u8]) -> Result<()> {
    let some = content.chunks(PART).nth(part).unwrap_or_default();
    tx.execute_one(
        "INSERT INTO model_parts (version, part, content) VALUES ($1, $2, $3)",
        args![version, part as i64, some],
    )
    .await
}

/// Drops what is neither in use nor among the last few nor `needed`.
pub async fn prune(tx: &mut Tx, newest: i64, needed: &[i64]) -> Result<()> {
    let old = "SELECT version FROM models WHERE state <> 'in_use' AND version <= $1";
    for row in tx.all(old, args![newest - KEPT]).await? {
        let old = row.int("version")?;
        if needed.contains(&old) {
            continue;
        }
        tx.execute("DELETE FROM model_parts WHERE version = $1", args![old]).await?;
        tx.execute("DELETE FROM models WHERE version = $1", args![old]).await?;
    }
    Ok(())
}

/// Puts a version into use instead of whichever was; an unknown one is [`crate::Error::NoRow`].
pub async fn put_in_use(tx: &mut Tx, version: i64, now: Millis) -> Result<()> {
    tx.execute(
        "UPDATE models SET state = 'retired' WHERE state = 'in_use' AND version <> $1",
        args![version],
    )
    .await?;
    tx.execute_one(
        "UPDATE models SET state = 'in_use', in_use_at = $2 WHERE version = $1",
        args![version, now],
    )
    .await?;
    touch(tx).await
}
