//! Suggestions that somebody has put aside, by what identifies them.

use domain::{Millis, UserId};

use crate::arg::args;
use crate::{Read, Result, Tx};

/// Those put aside after `since`.
pub async fn since(mut db: impl Read, since: Millis) -> Result<Vec<String>> {
    let rows = db.all("SELECT suggestion FROM dismissals WHERE created_at > $1", args![since]).await?;
    rows.iter().map(|row| row.text("suggestion")).collect()
}

pub async fn put(tx: &mut Tx, suggestion: &str, user: Option<UserId>, now: Millis) -> Result<()> {
    tx.execute(
        "INSERT INTO dismissals (suggestion, user_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (suggestion) DO UPDATE SET user_id = excluded.user_id, created_at = excluded.created_at",
        args![suggestion, user, now],
    )
    .await?;
    Ok(())
}

pub async fn delete(tx: &mut Tx, suggestion: &str) -> Result<()> {
    tx.execute("DELETE FROM dismissals WHERE suggestion = $1", args![suggestion]).await?;
    Ok(())
}
