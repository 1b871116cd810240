//! The order between switching and what rests on switches. A transaction that decides or sends [`hold`]s the
//! switches; one that changes them [`moved`] them. So each of the first comes wholly before a change or sees it,
//! on every replica, and once the change is committed, what came before can be found and taken back.

use crate::arg::args;
use crate::{Read, Result, Tx};

/// How often a switch was changed: other than it was means other policies or pauses.
pub async fn count(mut db: impl Read) -> Result<i64> {
    let row = db.optional("SELECT next FROM counters WHERE name = 'switches'", args![]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

/// Keeps the switches as they are until this transaction ends; says how often they were changed. To be called before
/// anything is read that must not be older.
pub async fn hold(tx: &mut Tx) -> Result<i64> {
    if let Some(queue) = tx.dialect().queue_for_switches(false) {
        tx.execute(queue, args![]).await?;
    }
    let row = tx.optional(tx.dialect().read_switches(), args![]).await?;
    row.map_or(Ok(0), |row| row.int("next"))
}

/// Waits until nobody holds the switches, counts a change of them, and says how many there were with it. To be
/// called first in its transaction.
pub async fn moved(tx: &mut Tx) -> Result<i64> {
    if let Some(queue) = tx.dialect().queue_for_switches(true) {
        tx.execute(queue, args![]).await?;
    }
    let row = tx
        .one(
            "INSERT INTO counters (name, next) VALUES ('switches', 1) \
             ON CONFLICT (name) DO UPDATE SET next = counters.next + 1 RETURNING next",
            args![],
        )
        .await?;
    row.int("next")
}
