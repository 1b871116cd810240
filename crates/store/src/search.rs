//! The index of tickets by their words: subject, requester and everything that was written.

use domain::TicketId;

use crate::arg::args;
use crate::{Db, Read, Result, Tx};

mod words;

/// Words of very long tickets beyond this many bytes are not found.
const MOST: usize = 200_000;

/// Puts a ticket into the index, in place of what was there.
pub async fn index(tx: &mut Tx, ticket: TicketId, texts: &[&str]) -> Result<()> {
    let mut line = String::new();
    for word in words::distinct(texts) {
        if line.len() + word.len() >= MOST {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    let sql = tx.dialect().index_ticket();
    tx.execute(sql, args![ticket, line]).await?;
    Ok(())
}

/// Puts a ticket into the index as it stands in this transaction.
pub async fn index_again(tx: &mut Tx, ticket: TicketId) -> Result<()> {
    let rows = tx
        .all(
            "SELECT tickets.subject, requesters.name, requesters.email, messages.body FROM tickets \
             JOIN requesters ON requesters.id = tickets.requester_id JOIN messages ON messages.ticket_id = tickets.id \
             WHERE tickets.id = $1 ORDER BY messages.id",
            args![ticket],
        )
        .await?;
    let Some(first) = rows.first() else { return Ok(()) };
    let mut texts = vec![
        first.opt_text("subject")?.unwrap_or_default(),
        first.opt_text("name")?.unwrap_or_default(),
        first.text("email")?,
    ];
    for row in &rows {
        texts.push(row.text("body")?);
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    index(tx, ticket, &texts).await
}

/// Which tickets to look for, by age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    /// Ids between these two, both excluded.
    pub(crate) after: i64,
    pub(crate) before: i64,
    pub(crate) newest_first: bool,
    pub(crate) limit: i64,
}

/// The ids of tickets in which all the words of `text` occur, the last one perhaps as a beginning. `None` when
/// there is no word in it.
pub(crate) async fn find(mut db: &Db, text: &str, window: Window) -> Result<Option<Vec<i64>>> {
    let Some(typed) = words::typed(text) else { return Ok(None) };
    let dialect = db.dialect();
    let query = dialect.words_query(&typed.words, typed.beginning.as_deref());
    let sql = if window.newest_first { dialect.find_newest() } else { dialect.find_oldest() };
    let rows = db.all(sql, args![query, window.after, window.before, window.limit]).await?;
    rows.iter().map(|row| row.int("id")).collect::<Result<_>>().map(Some)
}
