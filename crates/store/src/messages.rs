//! What was written in a ticket: public replies and internal notes.

use domain::tickets::Message;
use domain::{MessageId, Millis, TicketId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

impl Row {
    pub(crate) fn message(&self) -> Result<Message> {
        Ok(Message {
            id: self.id("id")?,
            ticket: self.id("ticket_id")?,
            kind: self.word("kind")?,
            author: self.word("author")?,
            user: self.opt_id("user_id")?,
            responder: self.opt_word("responder")?,
            body: self.text("body")?,
            html: self.opt_text("html")?,
            answer: self.opt_id("answer_id")?,
            answer_version: self.opt_int("answer_version")?,
            created_at: self.int("created_at")?,
        })
    }
}

/// Adds a message; `mail` is the Message-ID it arrived under.
pub async fn insert(tx: &mut Tx, message: &Message, mail: Option<&str>) -> Result<()> {
    let m = message;
    tx.execute(
        "INSERT INTO messages (id, ticket_id, kind, author, user_id, responder, body, html, answer_id, answer_version, \
         mail_message_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            m.id,
            m.ticket,
            m.kind,
            m.author,
            m.user,
            m.responder,
            &m.body,
            m.html.as_deref(),
            m.answer,
            m.answer_version,
            mail,
            m.created_at
        ],
    )
    .await?;
    Ok(())
}

/// Makes a public message an internal note.
pub async fn make_note(tx: &mut Tx, id: MessageId) -> Result<()> {
    tx.execute_one("UPDATE messages SET kind = 'note' WHERE id = $1", args![id]).await
}

/// Whether anyone has written to the requester, or heard from them, after this message.
pub async fn any_public_after(mut db: impl Read, ticket: TicketId, message: MessageId) -> Result<bool> {
    let sql = "SELECT id FROM messages WHERE ticket_id = $1 AND id > $2 AND kind = 'public' LIMIT 1";
    Ok(db.optional(sql, args![ticket, message]).await?.is_some())
}

pub async fn by_id(mut db: impl Read, id: MessageId) -> Result<Option<Message>> {
    let row = db.optional("SELECT * FROM messages WHERE id = $1", args![id]).await?;
    row.map(|row| row.message()).transpose()
}

/// The message that came in under this Message-ID: the same mail is taken once.
pub async fn by_mail(mut db: impl Read, mail: &str) -> Result<Option<Message>> {
    let row = db.optional("SELECT * FROM messages WHERE mail_message_id = $1", args![mail]).await?;
    row.map(|row| row.message()).transpose()
}

/// The whole conversation, oldest first.
pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Vec<Message>> {
    let rows = db.all("SELECT * FROM messages WHERE ticket_id = $1 ORDER BY id", args![ticket]).await?;
    rows.iter().map(Row::message).collect()
}

/// What the requester asked first: the text that is understood.
pub async fn first(mut db: impl Read, ticket: TicketId) -> Result<Option<Message>> {
    let row =
        db.optional("SELECT * FROM messages WHERE ticket_id = $1 ORDER BY id LIMIT 1", args![ticket]).await?;
    row.map(|row| row.message()).transpose()
}

/// How many messages a requester has sent to a ticket since `since`, for the reopen cap and rate limits.
pub async fn from_requester_since(mut db: impl Read, ticket: TicketId, since: Millis) -> Result<i64> {
    let row = db
        .one(
            "SELECT COUNT(*) AS n FROM messages WHERE ticket_id = $1 AND author = 'requester' AND created_at >= $2",
            args![ticket, since],
        )
        .await?;
    row.int("n")
}
