//! How many tickets there are in each view, and what else asks for attention.

use domain::UserId;
use domain::words::View;

use super::list::view_condition;
use crate::{Db, Read, Result};

/// Views are counted up to here: beyond, nobody needs the number beside the navigation, and counting a million
/// tickets at every look would take most of a second.
const MOST_COUNTED: i64 = 10_000;

/// The numbers beside the navigation, at most 10,000 each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub inbox: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub pending: i64,
    pub on_hold: i64,
    pub solved: i64,
    pub all: i64,
    /// Mails that wait for settings or for a person.
    pub mailbox: i64,
    /// Jobs that were given up.
    pub dead: i64,
}

/// Counts every view as `me` sees it.
pub async fn counts(db: &Db, me: Option<UserId>) -> Result<Counts> {
    let mut sql = String::from("SELECT ");
    let mut args = Vec::new();
    for &view in View::ALL.iter().filter(|v| **v != View::All) {
        sql.push_str("(SELECT COUNT(*) FROM (SELECT 1 FROM tickets WHERE ");
        view_condition(view, me).write(db.dialect(), &mut sql, &mut args);
        sql.push_str(&format!(" LIMIT {MOST_COUNTED}) few) AS {view}, "));
    }
    sql.push_str(
        "(SELECT COUNT(*) FROM mails WHERE state IN ('held', 'dead', 'mailbox')) AS mailbox, \
         (SELECT COUNT(*) FROM jobs WHERE dead_at IS NOT NULL) AS dead",
    );
    let mut reader = db;
    let rows = reader.all_built(sql, args).await?;
    let Some(row) = rows.first() else { return Ok(Counts::default()) };
    let open = row.int("inbox")?;
    let (pending, on_hold, solved) = (row.int("pending")?, row.int("on_hold")?, row.int("solved")?);
    Ok(Counts {
        inbox: open,
        mine: row.int("mine")?,
        unassigned: row.int("unassigned")?,
        pending,
        on_hold,
        solved,
        // Every ticket has one of these statuses.
        all: (open + pending + on_hold + solved).min(MOST_COUNTED),
        mailbox: row.int("mailbox")?,
        dead: row.int("dead")?,
    })
}
