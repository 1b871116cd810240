//! Who gets the report by mail.

use domain::words::Period;
use domain::{Millis, UserId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

/// Somebody's wish for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub user: UserId,
    pub every: Period,
    pub next_at: Millis,
}

fn read(row: &Row) -> Result<Wish> {
    Ok(Wish { user: row.id("user_id")?, every: row.word("every")?, next_at: row.int("next_at")? })
}

pub async fn of(mut db: impl Read, user: UserId) -> Result<Option<Wish>> {
    let row = db.optional("SELECT * FROM report_mails WHERE user_id = $1", args![user]).await?;
    row.as_ref().map(read).transpose()
}

/// Those whose time has come, with their addresses; people who can no longer sign in are left out.
pub async fn due(mut db: impl Read, now: Millis) -> Result<Vec<(Wish, String)>> {
    let rows = db
        .all(
            "SELECT r.*, u.email FROM report_mails r JOIN users u ON u.id = r.user_id \
             WHERE r.next_at <= $1 AND u.active = TRUE ORDER BY r.user_id",
            args![now],
        )
        .await?;
    rows.iter().map(|row| Ok((read(row)?, row.text("email")?))).collect()
}

pub async fn put(tx: &mut Tx, wish: &Wish) -> Result<()> {
    tx.execute(
        "INSERT INTO report_mails (user_id, every, next_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET every = excluded.every, next_at = excluded.next_at",
        args![wish.user, wish.every, wish.next_at],
    )
    .await?;
    Ok(())
}

/// Moves a wish on to `next_at`, for the one caller that still finds it as it was.
pub async fn take(tx: &mut Tx, wish: &Wish, next_at: Millis) -> Result<bool> {
    let sql = "UPDATE report_mails SET next_at = $4 WHERE user_id = $1 AND every = $2 AND next_at = $3";
    Ok(tx.execute(sql, args![wish.user, wish.every, wish.next_at, next_at]).await? > 0)
}

pub async fn delete(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.execute("DELETE FROM report_mails WHERE user_id = $1", args![user]).await?;
    Ok(())
}
