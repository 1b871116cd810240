//! Files that came with a message, or went out with one.

use domain::{AttachmentId, MessageId, Millis, TicketId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

/// What is known of a file without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub ticket: TicketId,
    pub message: MessageId,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

impl Row {
    fn attachment(&self) -> Result<Attachment> {
        Ok(Attachment {
            id: self.id("id")?,
            ticket: self.id("ticket_id")?,
            message: self.id("message_id")?,
            name: self.text("name")?,
            media_type: self.text("media_type")?,
            size: self.int("size")?,
        })
    }
}

pub async fn insert(tx: &mut Tx, attachment: &Attachment, content: &[u8], now: Millis) -> Result<()> {
    let a = attachment;
    tx.execute(
        "INSERT INTO attachments (id, ticket_id, message_id, name, media_type, size, content, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![a.id, a.ticket, a.message, &a.name, &a.media_type, a.size, content, now],
    )
    .await?;
    Ok(())
}

/// All files of a ticket, without their content.
pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Vec<Attachment>> {
    let rows = db
        .all(
            "SELECT id, ticket_id, message_id, name, media_type, size FROM attachments WHERE ticket_id = $1 ORDER BY id",
            args![ticket],
        )
        .await?;
    rows.iter().map(Row::attachment).collect()
}

/// Whether any came with the ticket: some policies never answer those.
pub async fn any(mut db: impl Read, ticket: TicketId) -> Result<bool> {
    let row = db.optional("SELECT id FROM attachments WHERE ticket_id = $1 LIMIT 1", args![ticket]).await?;
    Ok(row.is_some())
}

/// The files of one message, with their content.
pub async fn of_message(mut db: impl Read, message: MessageId) -> Result<Vec<(Attachment, Vec<u8>)>> {
    let sql = "SELECT * FROM attachments WHERE message_id = $1 ORDER BY id";
    let rows = db.all(sql, args![message]).await?;
    rows.iter().map(|row| Ok((row.attachment()?, row.bytes("content")?))).collect()
}

/// A file with its content.
pub async fn content(mut db: impl Read, id: AttachmentId) -> Result<Option<(Attachment, Vec<u8>)>> {
    let row = db.optional("SELECT * FROM attachments WHERE id = $1", args![id]).await?;
    row.map(|row| Ok((row.attachment()?, row.bytes("content")?))).transpose()
}
