//! Writing imported history: tickets with all that became of them, in one go and without consequences.

use domain::import::PastTicket;
use domain::words::{Author, CategorySource, Channel, LabelSource, MessageKind, Responder, Status};
use domain::{AnswerId, CategoryId, MessageId, Millis, RequesterId, TicketId};
use serde_json::json;

use crate::arg::args;
use crate::events::{Actor, NewEvent};
use crate::{Read, Result, Tx};

/// A past ticket with what its category and answer are called here.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub past: PastTicket,
    pub number: i64,
    pub secret: Vec<u8>,
    pub category: CategoryId,
    pub answer: Option<AnswerId>,
    pub excerpt: String,
}

/// Writes one past ticket; `false` when its reference is already here.
pub async fn insert(tx: &mut Tx, row: &Resolved) -> Result<bool> {
    let past = &row.past;
    let requester = requester(tx, past).await?;
    let id: TicketId = tx.id(past.created_at);
    if !insert_ticket(tx, id, requester, row).await? {
        return Ok(false);
    }
    message(tx, id, past.created_at, &past.body, Author::Requester, None).await?;
    let replied_at = past.first_reply_at.or(past.solved_at).unwrap_or(past.created_at);
    if let Some(reply) = &past.reply {
        message(tx, id, replied_at, reply, Author::Agent, row.answer).await?;
    }
    let subject = past.subject.as_deref().unwrap_or_default();
    let name = past.name.as_deref().unwrap_or_default();
    let reply = past.reply.as_deref().unwrap_or_default();
    crate::search::index(tx, id, &[subject, name, &past.email, &past.body, reply]).await?;
    // Nobody had seen a suggestion of ours when these answers were given.
    tx.execute(
        "INSERT INTO labels (ticket_id, answer_id, source, unseen, propensity, created_at) \
         VALUES ($1, $2, $3, TRUE, $4, $5)",
        args![id, row.answer, LabelSource::Import, 1.0, replied_at],
    )
    .await?;
    if let Some(value) = past.rating {
        let at = past.solved_at.unwrap_or(replied_at);
        tx.execute(
            "INSERT INTO ratings (ticket_id, value, comment, responder, created_at, updated_at) \
             VALUES ($1, $2, NULL, $3, $4, $4)",
            args![id, value, Responder::Agent, at],
        )
        .await?;
    }
    // Dated when it happened, so that followers of live events are not flooded.
    let event = NewEvent::new(past.created_at, "ticket.imported", Actor::System).ticket(id).data(&json!({
        "category": row.category, "answer": row.answer, "first_reply_at": past.first_reply_at,
        "solved_at": past.solved_at, "rating": past.rating,
    }));
    tx.event(event);
    Ok(true)
}

async fn requester(tx: &mut Tx, past: &PastTicket) -> Result<RequesterId> {
    let id: RequesterId = tx.id(past.created_at);
    let row = tx
        .one(
            "INSERT INTO requesters (id, email, name, language, created_at, has_written) VALUES ($1, $2, $3, $4, $5, TRUE) \
             ON CONFLICT (email) DO UPDATE SET name = COALESCE(requesters.name, excluded.name) RETURNING id",
            args![id, &past.email, past.name.clone(), past.language.clone(), past.created_at],
        )
        .await?;
    row.id("id")
}

async fn insert_ticket(tx: &mut Tx, id: TicketId, requester: RequesterId, row: &Resolved) -> Result<bool> {
    let past = &row.past;
    let answered = past.solved_at.is_some() || past.first_reply_at.is_some() || past.reply.is_some();
    let status = if answered { Status::Closed } else { Status::Open };
    let by = answered.then_some(Responder::Agent);
    let updated_at = past.solved_at.or(past.first_reply_at).unwrap_or(past.created_at);
    let messages = 1 + i64::from(past.reply.is_some());
    let changed = tx
        .execute(
            "INSERT INTO tickets (id, number, reference, channel, status, subject, excerpt, requester_id, category_id, \
             category_source, routed_category_id, language, assignee_id, secret, custom, created_at, updated_at, \
             messages_count, first_reply_at, first_reply_by, solved_at, solved_by, closed_at, reopened, \
             touched_by_agent, resolution, resolved_at, survey_sent_at, answer_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $11, NULL, $12, '{}', $13, $14, $15, $16, $17, $18, \
             $19, $18, 0, $20, NULL, NULL, NULL, $21) ON CONFLICT (reference) DO NOTHING",
            args![
                id,
                row.number,
                &past.reference,
                Channel::Import,
                status,
                past.subject.clone(),
                &row.excerpt,
                requester,
                row.category,
                CategorySource::Import,
                past.language.clone(),
                row.secret.clone(),
                past.created_at,
                updated_at,
                messages,
                past.first_reply_at,
                past.first_reply_at.and(by),
                past.solved_at,
                past.solved_at.and(by),
                answered,
                row.answer
            ],
        )
        .await?;
    Ok(changed > 0)
}

async fn message(
    tx: &mut Tx,
    ticket: TicketId,
    at: Millis,
    body: &str,
    author: Author,
    answer: Option<AnswerId>,
) -> Result<()> {
    let id: MessageId = tx.id(at);
    let responder = (author == Author::Agent).then_some(Responder::Agent);
    tx.execute(
        "INSERT INTO messages (id, ticket_id, kind, author, user_id, responder, body, html, answer_id, answer_version, \
         mail_message_id, created_at) VALUES ($1, $2, $3, $4, NULL, $5, $6, NULL, $7, NULL, NULL, $8)",
        args![id, ticket, MessageKind::Public, author, responder, body, answer, at],
    )
    .await?;
    Ok(())
}

/// The category called `name`, made if there is none yet; `key` is its name as compared.
pub async fn category(tx: &mut Tx, name: &str, key: &str, now: Millis) -> Result<CategoryId> {
    let id: CategoryId = tx.id(now);
    let row = tx
        .one(
            "INSERT INTO categories (id, name, name_key, parent_id, created_at) VALUES ($1, $2, $3, NULL, $4) \
             ON CONFLICT (name_key) DO UPDATE SET name = categories.name RETURNING id",
            args![id, name, key, now],
        )
        .await?;
    crate::automation::touch(tx).await?;
    row.id("id")
}

/// The answer with this key or title; made without a text if there is none yet.
pub async fn answer(
    tx: &mut Tx,
    key: &str,
    title: &str,
    category: CategoryId,
    now: Millis,
) -> Result<AnswerId> {
    let same = "SELECT id FROM answers WHERE key = $1 OR title = $2 ORDER BY archived, id LIMIT 1";
    if let Some(row) = tx.optional(same, args![key, title]).await? {
        return row.id("id");
    }
    let id: AnswerId = tx.id(now);
    tx.execute(
        "INSERT INTO answers (id, key, title, body, category_id, published, archived, interchangeable, version, \
         created_at, updated_at) VALUES ($1, $2, $3, NULL, $4, FALSE, FALSE, NULL, 1, $5, $5)",
        args![id, key, title, category, now],
    )
    .await?;
    crate::automation::touch(tx).await?;
    Ok(id)
}
