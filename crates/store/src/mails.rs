//! Mail on its way out: each row is one mail with everything fixed that its receiver will see.

use domain::words::{Delivery, MailKind};
use domain::{MailId, MessageId, Millis, TicketId};
use serde::{Deserialize, Serialize};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

/// The headers that are ours to choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailHeaders {
    pub from_name: String,
    pub from_address: String,
    pub reply_to: Option<String>,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    /// `Auto-Submitted` and the like.
    pub more: Vec<(String, String)>,
}

/// A mail as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredMail {
    pub id: MailId,
    pub kind: MailKind,
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    pub to: String,
    pub subject: String,
    pub body: String,
    pub headers: MailHeaders,
    /// Without angle brackets.
    pub message_id: String,
    pub state: Delivery,
    pub attempts: i64,
    pub error: Option<String>,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
}

impl Row {
    fn mail(&self) -> Result<StoredMail> {
        Ok(StoredMail {
            id: self.id("id")?,
            kind: self.word("kind")?,
            ticket: self.opt_id("ticket_id")?,
            message: self.opt_id("message_id")?,
            to: self.text("to_address")?,
            subject: self.text("subject")?,
            body: self.text("body")?,
            headers: self.json("headers")?,
            message_id: self.text("mail_message_id")?,
            state: self.word("state")?,
            attempts: self.int("attempts")?,
            error: self.opt_text("error")?,
            created_at: self.int("created_at")?,
            sent_at: self.opt_int("sent_at")?,
        })
    }
}

pub async fn insert(tx: &mut Tx, mail: &StoredMail) -> Result<()> {
    let m = mail;
    tx.execute(
        "INSERT INTO mails (id, kind, ticket_id, message_id, to_address, subject, body, headers, mail_message_id, state, \
         attempts, error, created_at, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            m.id,
            m.kind,
            m.ticket,
            m.message,
            &m.to,
            &m.subject,
            &m.body,
            headers(&m.headers),
            &m.message_id,
            m.state,
            m.attempts,
            m.error.clone(),
            m.created_at,
            m.sent_at
        ],
    )
    .await?;
    Ok(())
}

/// Writes what a held mail says once it may leave, and that it may. `false` when it was no longer held.
pub async fn release(tx: &mut Tx, mail: &StoredMail) -> Result<bool> {
    let m = mail;
    let changed = tx
        .execute(
            "UPDATE mails SET subject = $2, body = $3, headers = $4, mail_message_id = $5, state = $6, error = NULL \
             WHERE id = $1 AND state = 'held'",
            args![m.id, &m.subject, &m.body, headers(&m.headers), &m.message_id, m.state],
        )
        .await?;
    Ok(changed > 0)
}

fn headers(headers: &MailHeaders) -> String {
    // Only maps with non-text keys cannot be written as JSON, and there is none here.
    serde_json::to_string(headers).unwrap_or_else(|_| "{}".into())
}

/// Records how an attempt ended.
pub async fn attempted(
    tx: &mut Tx,
    id: MailId,
    state: Delivery,
    error: Option<&str>,
    sent_at: Option<Millis>,
) -> Result<()> {
    tx.execute_one(
        "UPDATE mails SET state = $2, error = $3, sent_at = $4, attempts = attempts + 1 WHERE id = $1",
        args![id, state, error, sent_at],
    )
    .await
}

/// Takes a mail back that has not left. `false` when it has, or was taken back before.
pub async fn withdraw(tx: &mut Tx, id: MailId, why: &str) -> Result<bool> {
    let changed = tx
        .execute(
            "UPDATE mails SET state = 'withdrawn', error = $2 WHERE id = $1 AND state IN ('waiting', 'held')",
            args![id, why],
        )
        .await?;
    Ok(changed > 0)
}

/// Gives a mail that did not leave another life. `false` when its state does not allow it.
pub async fn retry(tx: &mut Tx, id: MailId) -> Result<bool> {
    let changed = tx
        .execute(
            "UPDATE mails SET state = 'waiting', error = NULL, attempts = 0 \
             WHERE id = $1 AND state IN ('dead', 'mailbox', 'withdrawn')",
            args![id],
        )
        .await?;
    Ok(changed > 0)
}

pub async fn by_id(mut db: impl Read, id: MailId) -> Result<Option<StoredMail>> {
    let row = db.optional("SELECT * FROM mails WHERE id = $1", args![id]).await?;
    row.map(|row| row.mail()).transpose()
}

/// The mail that carries a message of a ticket.
pub async fn by_message(mut db: impl Read, message: MessageId) -> Result<Option<StoredMail>> {
    let row = db.optional("SELECT * FROM mails WHERE message_id = $1", args![message]).await?;
    row.map(|row| row.mail()).transpose()
}

/// Ours with this Message-ID: what an incoming mail answers.
pub async fn by_message_id(mut db: impl Read, message_id: &str) -> Result<Option<StoredMail>> {
    let row = db.optional("SELECT * FROM mails WHERE mail_message_id = $1", args![message_id]).await?;
    row.map(|row| row.mail()).transpose()
}

/// All mails of a ticket, oldest first.
pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Vec<StoredMail>> {
    let rows = db.all("SELECT * FROM mails WHERE ticket_id = $1 ORDER BY id", args![ticket]).await?;
    rows.iter().map(Row::mail).collect()
}

/// Mails that wait for the public address and the reply address to be set.
pub async fn held(mut db: impl Read) -> Result<Vec<MailId>> {
    let rows = db.all("SELECT id FROM mails WHERE state = 'held' ORDER BY id", vec![]).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// A page of the mailbox, newest first, before `before`; each with the number of its ticket.
pub async fn page(
    mut db: impl Read,
    state: Option<Delivery>,
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<(StoredMail, Option<i64>)>> {
    let before = before.unwrap_or(MailId(i64::MAX));
    let state = state.map_or("", Delivery::as_str);
    let rows = db
        .all(
            "SELECT mails.*, tickets.number AS ticket_number FROM mails LEFT JOIN tickets ON tickets.id = mails.ticket_id \
             WHERE mails.id < $1 AND ($2 = '' OR mails.state = $2) ORDER BY mails.id DESC LIMIT $3",
            args![before, state, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.mail()?, row.opt_int("ticket_number")?))).collect()
}

/// When the automatic mails to an address since `since` were made, oldest first, those taken back left out.
pub async fn automatic_since(mut db: impl Read, to: &str, since: Millis) -> Result<Vec<Millis>> {
    let rows = db
        .all(
            "SELECT created_at FROM mails WHERE to_address = $1 AND created_at > $2 AND state <> 'withdrawn' \
             AND kind IN ('automatic', 'survey', 'confirmation') ORDER BY created_at",
            args![to, since],
        )
        .await?;
    rows.iter().map(|row| row.int("created_at")).collect()
}

/// The Message-IDs of a ticket's conversation, oldest first: what came in and what went out.
pub async fn thread(mut db: impl Read, ticket: TicketId) -> Result<Vec<String>> {
    let rows = db
        .all(
            "SELECT mail_message_id, created_at FROM messages WHERE ticket_id = $1 AND kind = 'public' \
             AND mail_message_id IS NOT NULL UNION ALL SELECT mail_message_id, created_at FROM mails \
             WHERE ticket_id = $1 AND state NOT IN ('held', 'withdrawn') ORDER BY created_at",
            args![ticket],
        )
        .await?;
    rows.iter().map(|row| row.text("mail_message_id")).collect()
}
