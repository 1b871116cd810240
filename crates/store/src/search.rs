//! The index of tickets by their words: subject, requester and everything that was written.

use domain::TicketId;

use crate::arg::args;
use crate::{Read, Result, Tx};

/// Words of very long tickets beyond this many bytes are not found; an engine's own limit is a little above it.
const MOST: usize = 200_000;

/// Puts a ticket into the index, in place of what was there.
pub async fn index(tx: &mut Tx, ticket: TicketId, texts: &[&str]) -> Result<()> {
    let mut words = texts.join("\n");
    words.truncate(words.floor_char_boundary(MOST));
    let sql = tx.dialect().index_ticket();
    tx.execute(sql, args![ticket, words]).await?;
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
