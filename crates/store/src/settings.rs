//! The settings of an installation: one row each, the value as JSON.

use domain::Millis;
use serde_json::{Map, Value};

use crate::arg::args;
use crate::{Read, Result, Tx};

/// All settings that were ever changed, by name.
pub async fn all(mut db: impl Read) -> Result<Map<String, Value>> {
    let rows = db.all("SELECT name, value FROM settings", vec![]).await?;
    rows.iter().map(|row| Ok((row.text("name")?, row.json("value")?))).collect()
}

pub async fn put(tx: &mut Tx, name: &str, value: &Value, now: Millis) -> Result<()> {
    tx.execute_one(
        "INSERT INTO settings (name, value, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        args![name, value.to_string(), now],
    )
    .await
}
