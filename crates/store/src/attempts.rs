//! What is limited per time: failed sign-ins, form posts, automatic mails. Counted over all replicas.

use domain::Millis;

use crate::arg::args;
use crate::{Read, Result, Tx};

/// Attempts of a bucket since `since`: how many, and when the oldest of them was.
pub async fn count(mut db: impl Read, bucket: &str, since: Millis) -> Result<(i64, Option<Millis>)> {
    let sql = "SELECT COUNT(*) AS n, MIN(at) AS oldest FROM attempts WHERE bucket = $1 AND at > $2";
    let row = db.one(sql, args![bucket, since]).await?;
    Ok((row.int("n")?, row.opt_int("oldest")?))
}

pub async fn record(tx: &mut Tx, bucket: &str, now: Millis) -> Result<()> {
    let id: i64 = tx.id(now);
    tx.execute_one("INSERT INTO attempts (id, bucket, at) VALUES ($1, $2, $3)", args![id, bucket, now]).await
}

/// Starts a bucket afresh.
pub async fn clear(tx: &mut Tx, bucket: &str) -> Result<()> {
    tx.execute("DELETE FROM attempts WHERE bucket = $1", args![bucket]).await?;
    Ok(())
}

/// Forgets attempts that no limit looks at any more.
pub async fn delete_before(tx: &mut Tx, before: Millis) -> Result<()> {
    tx.execute("DELETE FROM attempts WHERE at < $1", args![before]).await?;
    Ok(())
}
