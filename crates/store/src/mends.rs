//! Labels mended by hand: many tickets in one act, undone as a whole. The newest act that is not undone holds.

use domain::{AnswerId, Millis, TicketId, UserId};

use crate::arg::args;
use crate::many::{chunks, placeholders, values};
use crate::{Arg, Read, Result, Row, Tx};

/// Acts listed at most.
const LISTED: i64 = 200;

/// One act of mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub id: i64,
    /// None: no answer fits.
    pub answer: Option<AnswerId>,
    pub user: Option<UserId>,
    /// What that person is called.
    pub by: Option<String>,
    /// How its tickets were found, in words.
    pub found: String,
    pub tickets: i64,
    pub created_at: Millis,
    pub undone_at: Option<Millis>,
}

/// Writes an act and the tickets it mends; its id.
pub async fn insert(tx: &mut Tx, act: &Act, tickets: &[TicketId]) -> Result<i64> {
    let id: i64 = tx.id(act.created_at);
    tx.execute_one(
        "INSERT INTO mends (id, answer_id, user_id, found, tickets, created_at, undone_at) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        args![id, act.answer, act.user, act.found.clone(), act.tickets, act.created_at],
    )
    .await?;
    for some in chunks(tickets) {
        let sql = format!("INSERT INTO mended (ticket_id, mend_id) VALUES {}", values(some.len(), 2));
        tx.execute_built(sql, some.iter().flat_map(|&ticket| args![ticket, id]).collect()).await?;
    }
    Ok(id)
}

/// Undoes an act; says whether it was there and held.
pub async fn undo(tx: &mut Tx, id: i64, now: Millis) -> Result<bool> {
    let sql = "UPDATE mends SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    Ok(tx.execute(sql, args![id, now]).await? > 0)
}

fn read(row: &Row) -> Result<Act> {
    Ok(Act {
        id: row.int("id")?,
        answer: row.opt_id("answer_id")?,
        user: row.opt_id("user_id")?,
        by: row.opt_text("user_name")?,
        found: row.text("found")?,
        tickets: row.int("tickets")?,
        created_at: row.int("created_at")?,
        undone_at: row.opt_int("undone_at")?,
    })
}

/// The last acts, newest first.
pub async fn newest(mut db: impl Read) -> Result<Vec<Act>> {
    let rows = db
        .all(
            "SELECT m.*, u.name AS user_name FROM mends m LEFT JOIN users u ON u.id = m.user_id ORDER BY m.id DESC LIMIT $1",
            args![LISTED],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Those of these numbers whose tickets have a label, with the tickets.
pub async fn labelled(mut db: impl Read, numbers: &[i64]) -> Result<Vec<(i64, TicketId)>> {
    let mut found = Vec::with_capacity(numbers.len());
    for some in chunks(numbers) {
        let sql = format!(
            "SELECT t.id, t.number FROM tickets t JOIN labels l ON l.ticket_id = t.id WHERE t.number IN ({})",
            placeholders(some.len())
        );
        for row in &db.all_built(sql, some.iter().map(|&n| Arg::from(n)).collect()).await? {
            found.push((row.int("number")?, row.id("id")?));
        }
    }
    Ok(found)
}
