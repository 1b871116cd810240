//! What customers said of how their tickets were solved.

use domain::words::{RatingValue, Responder};
use domain::{Millis, TicketId};

use crate::arg::args;
use crate::{Read, Result, Tx};

/// A ticket's rating; there is at most one, and it can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub value: RatingValue,
    pub comment: Option<String>,
    /// Who had answered when it was given first.
    pub responder: Responder,
    pub created_at: Millis,
    pub updated_at: Millis,
}

pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Option<Rating>> {
    let row = db.optional("SELECT * FROM ratings WHERE ticket_id = $1", args![ticket]).await?;
    row.map(|row| {
        Ok(Rating {
            value: row.word("value")?,
            comment: row.opt_text("comment")?,
            responder: row.word("responder")?,
            created_at: row.int("created_at")?,
            updated_at: row.int("updated_at")?,
        })
    })
    .transpose()
}

/// Records a rating, or changes the one there is. It stays with whoever had answered when it was given first.
pub async fn put(
    tx: &mut Tx,
    ticket: TicketId,
    value: RatingValue,
    comment: Option<&str>,
    responder: Responder,
    now: Millis,
) -> Result<()> {
    tx.execute_one(
        "INSERT INTO ratings (ticket_id, value, comment, responder, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (ticket_id) DO UPDATE SET value = excluded.value, \
         comment = excluded.comment, updated_at = excluded.updated_at",
        args![ticket, value, comment, responder, now],
    )
    .await
}
