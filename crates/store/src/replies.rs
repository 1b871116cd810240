//! Automatic replies between being decided and having left, and those that were withdrawn before.

use std::collections::HashMap;

use domain::{CategoryId, MessageId, Millis, TicketId};

use crate::arg::args;
use crate::dialect::Dialect;
use crate::{Db, Read, Result, Row, Tx};

/// A reply that has not left yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub message: MessageId,
    pub ticket: TicketId,
    /// Whose policy let it be sent, and which version of that.
    pub category: CategoryId,
    pub policy_version: i64,
    /// Since when it is being handed to the mail server.
    pub sending_at: Option<Millis>,
}

fn waiting(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        message: row.id("message_id")?,
        ticket: row.id("ticket_id")?,
        category: row.id("category_id")?,
        policy_version: row.int("policy_version")?,
        sending_at: row.opt_int("sending_at")?,
    })
}

/// Notes that a reply is on its way. Once is enough.
pub async fn waits(tx: &mut Tx, it: &Waiting) -> Result<()> {
    tx.execute(
        "INSERT INTO replies_waiting (message_id, ticket_id, category_id, policy_version, sending_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (message_id) DO NOTHING",
        args![it.message, it.ticket, it.category, it.policy_version, it.sending_at],
    )
    .await?;
    Ok(())
}

/// Writes by which version of the policy a reply may be sent.
pub async fn renew(tx: &mut Tx, it: &Waiting) -> Result<()> {
    let sql = "UPDATE replies_waiting SET policy_version = $2, sending_at = NULL WHERE message_id = $1";
    tx.execute_one(sql, args![it.message, it.policy_version]).await
}

pub async fn of_message(mut db: impl Read, message: MessageId) -> Result<Option<Waiting>> {
    let row = db.optional("SELECT * FROM replies_waiting WHERE message_id = $1", args![message]).await?;
    row.as_ref().map(waiting).transpose()
}

/// Replies of these categories that can still be taken back, oldest first.
pub async fn unsent(tx: &mut Tx, categories: &[CategoryId], limit: i64) -> Result<Vec<Waiting>> {
    let among = tx.dialect().among("category_id", 1);
    let sql = format!(
        "SELECT * FROM replies_waiting WHERE {among} AND sending_at IS NULL ORDER BY message_id LIMIT $2"
    );
    let rows = tx.all_built(sql, args![listed(categories), limit]).await?;
    rows.iter().map(waiting).collect()
}

/// Replies of these categories that are being sent at this moment, each with its ticket's number.
pub async fn being_sent(mut db: &Db, categories: &[CategoryId]) -> Result<Vec<(MessageId, i64)>> {
    let among = Dialect::among(db.dialect(), "w.category_id", 1);
    let sql = format!(
        "SELECT w.message_id, t.number FROM replies_waiting w JOIN tickets t ON t.id = w.ticket_id \
         WHERE {among} AND w.sending_at IS NOT NULL ORDER BY w.message_id"
    );
    let rows = db.all_built(sql, args![listed(categories)]).await?;
    rows.iter().map(|row| Ok((row.id("message_id")?, row.int("number")?))).collect()
}

fn listed(categories: &[CategoryId]) -> String {
    categories.iter().map(|c| c.0.to_string()).collect::<Vec<_>>().join(",")
}

/// Notes that it is being sent, since when; `None`: it waits again.
pub async fn sending(tx: &mut Tx, message: MessageId, since: Option<Millis>) -> Result<()> {
    let sql = "UPDATE replies_waiting SET sending_at = $2 WHERE message_id = $1";
    tx.execute(sql, args![message, since]).await?;
    Ok(())
}

/// Forgets a reply that has left, or never will.
pub async fn gone(tx: &mut Tx, message: MessageId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM replies_waiting WHERE message_id = $1", args![message]).await? > 0)
}

/// A reply that was withdrawn before it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub message: MessageId,
    pub ticket: TicketId,
    pub category: CategoryId,
    pub at: Millis,
    pub why: String,
    /// Somebody had gone on from it on the ticket's page: only its mail was not sent.
    pub seen: bool,
    /// How often a switch had been changed by then.
    pub switch: i64,
}

pub async fn withdraw(tx: &mut Tx, it: &Withdrawn) -> Result<()> {
    tx.execute_one(
        "INSERT INTO replies_withdrawn (message_id, ticket_id, category_id, at, why, seen, switch) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![it.message, it.ticket, it.category, it.at, it.why.as_str(), it.seen, it.switch],
    )
    .await
}

/// The replies of a ticket that were withdrawn.
pub async fn withdrawn(mut db: impl Read, ticket: TicketId) -> Result<HashMap<MessageId, Withdrawn>> {
    let rows = db.all("SELECT * FROM replies_withdrawn WHERE ticket_id = $1", args![ticket]).await?;
    let read = |row: &Row| {
        let it = Withdrawn {
            message: row.id("message_id")?,
            ticket: row.id("ticket_id")?,
            category: row.id("category_id")?,
            at: row.int("at")?,
            why: row.text("why")?,
            seen: row.bool("seen")?,
            switch: row.int("switch")?,
        };
        Ok((it.message, it))
    };
    rows.iter().map(read).collect()
}

/// The replies of these categories that were withdrawn since a change of the switches.
pub async fn withdrawn_since(mut db: &Db, categories: &[CategoryId], switch: i64) -> Result<Vec<MessageId>> {
    let among = Dialect::among(db.dialect(), "category_id", 1);
    let sql = format!(
        "SELECT message_id FROM replies_withdrawn WHERE {among} AND switch >= $2 ORDER BY message_id"
    );
    let rows = db.all_built(sql, args![listed(categories), switch]).await?;
    rows.iter().map(|row| row.id("message_id")).collect()
}
