//! The stamp of everything that decisions rest on: categories, answers, rules, policies, certificates, model.
//! Whoever changes one of them raises it in the same transaction; every replica looks at it and reads again.

use crate::arg::args;
use crate::{Read, Result, Tx};

pub async fn stamp(mut db: impl Read) -> Result<i64> {
    let row = db.optional("SELECT next FROM counters WHERE name = 'automation'", args![]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

pub(crate) async fn touch(tx: &mut Tx) -> Result<()> {
    tx.execute(
        "INSERT INTO counters (name, next) VALUES ('automation', 1) \
         ON CONFLICT (name) DO UPDATE SET next = counters.next + 1",
        args![],
    )
    .await?;
    Ok(())
}
