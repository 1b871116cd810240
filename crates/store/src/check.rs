//! Whether a database is sound, as far as the engine can tell.

use crate::{Db, Read, Result};

/// What is wrong; nothing when all is well.
pub async fn unsound(mut db: &Db) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    if matches!(db, Db::Sqlite(_)) {
        for row in db.all("PRAGMA integrity_check(20)", vec![]).await? {
            let line = row.text("integrity_check")?;
            if line != "ok" {
                wrong.push(line);
            }
        }
        for row in db.all("PRAGMA foreign_key_check", vec![]).await? {
            wrong.push(format!(
                "a row of {} refers to a missing row of {}",
                row.text("table")?,
                row.text("parent")?
            ));
        }
    }
    // Both engines: every ticket has its first message, and counts agree.
    let sql = "SELECT COUNT(*) AS n FROM tickets WHERE NOT EXISTS (SELECT 1 FROM messages WHERE messages.ticket_id = tickets.id)";
    let empty = db.one(sql, vec![]).await?.int("n")?;
    if empty > 0 {
        wrong.push(format!("{empty} tickets have no message"));
    }
    Ok(wrong)
}
