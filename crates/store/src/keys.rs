//! Secrets by purpose. The newest signs, older ones still verify until they are removed.

use domain::Millis;

use crate::arg::args;
use crate::{Read, Result, Tx};

/// The secrets of a purpose, newest first.
pub async fn of(mut db: impl Read, purpose: &str) -> Result<Vec<Vec<u8>>> {
    let rows =
        db.all("SELECT secret FROM keys WHERE purpose = $1 ORDER BY version DESC", args![purpose]).await?;
    rows.iter().map(|row| row.bytes("secret")).collect()
}

/// Stores the first secret of a purpose, unless another replica was faster.
pub async fn found(tx: &mut Tx, purpose: &str, secret: &[u8], now: Millis) -> Result<()> {
    tx.execute(
        "INSERT INTO keys (purpose, version, secret, created_at) VALUES ($1, 1, $2, $3) \
         ON CONFLICT (purpose, version) DO NOTHING",
        args![purpose, secret, now],
    )
    .await?;
    Ok(())
}

/// Adds a secret that signs from now on.
pub async fn rotate(tx: &mut Tx, purpose: &str, secret: &[u8], now: Millis) -> Result<()> {
    tx.execute_one(
        "INSERT INTO keys (purpose, version, secret, created_at) \
         SELECT $1, COALESCE(MAX(version), 0) + 1, $2, $3 FROM keys WHERE purpose = $1",
        args![purpose, secret, now],
    )
    .await
}
