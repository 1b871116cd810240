//! A ticket's conversation as it is shown: who wrote, what became of it, how it was rated.

use domain::tickets::Message;
use domain::words::{Delivery, RatingValue};
use domain::{Millis, TicketId};

use crate::arg::args;
use crate::{Read, Result, Row};

/// A message with the names that are shown beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spoken {
    pub message: Message,
    pub user_name: Option<String>,
    pub answer_title: Option<String>,
    /// How its mail fares, and what went wrong last.
    pub delivery: Option<(Delivery, Option<String>)>,
    /// An automatic reply that was withdrawn before it was sent: when, and why.
    pub withdrawn: Option<(Millis, String)>,
}

/// All messages of a ticket, oldest first.
pub async fn conversation(mut db: impl Read, ticket: TicketId) -> Result<Vec<Spoken>> {
    let rows = db
        .all(
            "SELECT m.*, u.name AS user_name, a.title AS answer_title, s.state, s.error, w.at AS withdrawn_at, \
             w.why AS withdrawn_why FROM messages m \
             LEFT JOIN users u ON u.id = m.user_id LEFT JOIN answers a ON a.id = m.answer_id \
             LEFT JOIN mails s ON s.ticket_id = m.ticket_id AND s.message_id = m.id AND m.author <> 'requester' \
             LEFT JOIN replies_withdrawn w ON w.message_id = m.id \
             WHERE m.ticket_id = $1 ORDER BY m.id",
            args![ticket],
        )
        .await?;
    rows.iter().map(spoken).collect()
}

fn spoken(row: &Row) -> Result<Spoken> {
    let error = row.opt_text("error")?;
    Ok(Spoken {
        message: row.message()?,
        user_name: row.opt_text("user_name")?,
        answer_title: row.opt_text("answer_title")?,
        delivery: row.opt_word("state")?.map(|state| (state, error)),
        withdrawn: row.opt_int("withdrawn_at")?.zip(row.opt_text("withdrawn_why")?),
    })
}

/// What its requester said about how a ticket was solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub value: RatingValue,
    pub comment: Option<String>,
    pub at: Millis,
}

pub async fn rating(mut db: impl Read, ticket: TicketId) -> Result<Option<Rating>> {
    let row = db
        .optional("SELECT value, comment, updated_at FROM ratings WHERE ticket_id = $1", args![ticket])
        .await?;
    let read = |row: Row| {
        Ok(Rating {
            value: row.word("value")?,
            comment: row.opt_text("comment")?,
            at: row.int("updated_at")?,
        })
    };
    row.map(read).transpose()
}
