//! Tickets as they are stored; lists and counts stand in modules of their own.

use domain::tickets::Ticket;
use domain::{CategoryId, Millis, RequesterId, TicketId, UserId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

mod conversation;
mod counts;
mod list;

pub use conversation::{Rating, Spoken, conversation, rating};
pub use counts::{Counts, counts};
pub use list::{Filter, Listed, ListedDecision, Page, Position, list};

impl Row {
    pub(crate) fn ticket(&self) -> Result<Ticket> {
        Ok(Ticket {
            id: self.id("id")?,
            number: self.int("number")?,
            reference: self.opt_text("reference")?,
            channel: self.word("channel")?,
            status: self.word("status")?,
            subject: self.opt_text("subject")?,
            excerpt: self.text("excerpt")?,
            requester: self.id("requester_id")?,
            category: self.id("category_id")?,
            category_source: self.word("category_source")?,
            routed_category: self.id("routed_category_id")?,
            language: self.opt_text("language")?,
            assignee: self.opt_id("assignee_id")?,
            secret: self.bytes("secret")?,
            custom: self.json("custom")?,
            created_at: self.int("created_at")?,
            updated_at: self.int("updated_at")?,
            messages_count: self.int("messages_count")?,
            first_reply_at: self.opt_int("first_reply_at")?,
            first_reply_by: self.opt_word("first_reply_by")?,
            solved_at: self.opt_int("solved_at")?,
            solved_by: self.opt_word("solved_by")?,
            closed_at: self.opt_int("closed_at")?,
            reopened: self.int("reopened")?,
            touched_by_agent: self.bool("touched_by_agent")?,
            resolution: self.opt_word("resolution")?,
            resolved_at: self.opt_int("resolved_at")?,
            survey_sent_at: self.opt_int("survey_sent_at")?,
            recontacted_at: self.opt_int("recontacted_at")?,
            from_machine: self.bool("from_machine")?,
            answer: self.opt_id("answer_id")?,
        })
    }
}

/// Adds a ticket with everything it holds, so that history can be imported as it was.
pub async fn insert(tx: &mut Tx, ticket: &Ticket) -> Result<()> {
    let t = ticket;
    tx.execute(
        "INSERT INTO tickets (id, number, reference, channel, status, subject, excerpt, requester_id, category_id, \
         category_source, routed_category_id, language, assignee_id, secret, custom, created_at, updated_at, \
         messages_count, first_reply_at, first_reply_by, solved_at, solved_by, closed_at, reopened, touched_by_agent, \
         resolution, resolved_at, survey_sent_at, answer_id, from_machine, recontacted_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24, $25, $26, $27, $28, $29, $30, $31)",
        args![
            t.id,
            t.number,
            t.reference.as_deref(),
            t.channel,
            t.status,
            t.subject.as_deref(),
            &t.excerpt,
            t.requester,
            t.category,
            t.category_source,
            t.routed_category,
            t.language.as_deref(),
            t.assignee,
            t.secret.as_slice(),
            t.custom.to_string(),
            t.created_at,
            t.updated_at,
            t.messages_count,
            t.first_reply_at,
            t.first_reply_by,
            t.solved_at,
            t.solved_by,
            t.closed_at,
            t.reopened,
            t.touched_by_agent,
            t.resolution,
            t.resolved_at,
            t.survey_sent_at,
            t.answer,
            t.from_machine,
            t.recontacted_at
        ],
    )
    .await?;
    Ok(())
}

/// Writes what can change. The ticket should have been read by [`for_change`] in the same transaction.
pub async fn update(tx: &mut Tx, ticket: &Ticket) -> Result<()> {
    let t = ticket;
    tx.execute_one(
        "UPDATE tickets SET status = $2, category_id = $3, category_source = $4, routed_category_id = $5, language = $6, \
         assignee_id = $7, secret = $8, updated_at = $9, messages_count = $10, first_reply_at = $11, \
         first_reply_by = $12, solved_at = $13, solved_by = $14, closed_at = $15, reopened = $16, \
         touched_by_agent = $17, resolution = $18, resolved_at = $19, survey_sent_at = $20, answer_id = $21, \
         recontacted_at = $22 WHERE id = $1",
        args![
            t.id,
            t.status,
            t.category,
            t.category_source,
            t.routed_category,
            t.language.as_deref(),
            t.assignee,
            t.secret.as_slice(),
            t.updated_at,
            t.messages_count,
            t.first_reply_at,
            t.first_reply_by,
            t.solved_at,
            t.solved_by,
            t.closed_at,
            t.reopened,
            t.touched_by_agent,
            t.resolution,
            t.resolved_at,
            t.survey_sent_at,
            t.answer,
            t.recontacted_at
        ],
    )
    .await
}

pub async fn by_id(mut db: impl Read, id: TicketId) -> Result<Option<Ticket>> {
    let row = db.optional("SELECT * FROM tickets WHERE id = $1", args![id]).await?;
    row.map(|row| row.ticket()).transpose()
}

pub async fn by_number(mut db: impl Read, number: i64) -> Result<Option<Ticket>> {
    let row = db.optional("SELECT * FROM tickets WHERE number = $1", args![number]).await?;
    row.map(|row| row.ticket()).transpose()
}

/// By the id it had in the history it was imported from.
pub async fn by_reference(mut db: impl Read, reference: &str) -> Result<Option<Ticket>> {
    let row = db.optional("SELECT * FROM tickets WHERE reference = $1", args![reference]).await?;
    row.map(|row| row.ticket()).transpose()
}

/// The ticket as it is now, held until this transaction ends: no other one changes it meanwhile.
pub async fn for_change(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>> {
    let row = tx.optional("UPDATE tickets SET custom = custom WHERE id = $1 RETURNING *", args![id]).await?;
    row.map(|row| row.ticket()).transpose()
}

/// Notes that a requester came back: on their tickets solved since `since` that nobody came back for yet. Returns
/// those.
pub async fn came_back(
    tx: &mut Tx,
    requester: RequesterId,
    since: Millis,
    now: Millis,
) -> Result<Vec<TicketId>> {
    let rows = tx
        .all(
            "UPDATE tickets SET recontacted_at = $3 WHERE requester_id = $1 AND solved_at >= $2 \
             AND recontacted_at IS NULL AND channel <> 'import' RETURNING id",
            args![requester, since, now],
        )
        .await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Whether there is any ticket.
pub async fn any(mut db: impl Read) -> Result<bool> {
    Ok(db.optional("SELECT id FROM tickets LIMIT 1", vec![]).await?.is_some())
}

/// Whether a ticket may belong to this category.
pub async fn has_category(mut db: impl Read, id: CategoryId) -> Result<bool> {
    Ok(db.optional("SELECT id FROM categories WHERE id = $1", args![id]).await?.is_some())
}

/// Whether a ticket may be given to this person.
pub async fn has_agent(mut db: impl Read, id: UserId) -> Result<bool> {
    let sql = "SELECT id FROM users WHERE id = $1 AND active = TRUE AND role <> 'viewer'";
    Ok(db.optional(sql, args![id]).await?.is_some())
}

/// A ticket by its number, with the names that are shown beside it.
pub async fn listed(mut db: impl Read, number: i64) -> Result<Option<Listed>> {
    let sql = format!("{} FROM tickets t {} WHERE t.number = $1", list::LISTED, list::JOINED);
    let rows = db.all_built(sql, args![number]).await?;
    rows.first().map(Row::listed).transpose()
}

/// How many tickets an address (in lower case) has opened since `since`.
pub async fn from_address_since(mut db: impl Read, address: &str, since: Millis) -> Result<i64> {
    let row = db
        .one(
            "SELECT COUNT(*) AS n FROM tickets JOIN requesters ON requesters.id = tickets.requester_id \
             WHERE requesters.email = $1 AND tickets.created_at > $2",
            args![address, since],
        )
        .await?;
    row.int("n")
}
