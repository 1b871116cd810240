//! Writing imported history: tickets with all that became of them, in one go and without consequences.

use domain::import::PastTicket;
use domain::tickets::{Message, Ticket};
use domain::words::{
    Author, CategorySource, Channel, CustomerWord, LabelSource, MessageKind, RatingValue, Responder, Status,
};
use domain::{AnswerId, CategoryId, Millis, RequesterId, TicketId};
use serde_json::json;

use crate::arg::args;
use crate::events::{Actor, NewEvent};
use crate::labels::Label;
use crate::{Read, Result, Tx, labels, messages, requesters, search, tickets};

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
    if tickets::by_reference(&mut *tx, &past.reference).await?.is_some() {
        return Ok(false);
    }
    let (name, language) = (past.name.as_deref(), past.language.as_deref());
    let requester = requesters::known(tx, &past.email, name, language, true, past.created_at).await?;
    let ticket = ticket(tx.id(past.created_at), requester.id, row);
    tickets::insert(tx, &ticket).await?;
    let replied_at = past.first_reply_at.or(past.solved_at).unwrap_or(past.created_at);
    message(tx, ticket.id, past.created_at, &past.body, Author::Requester, None).await?;
    if let Some(reply) = &past.reply {
        message(tx, ticket.id, replied_at, reply, Author::Agent, row.answer).await?;
    }
    let or_empty = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let (subject, name, reply) = (or_empty(&past.subject), or_empty(&past.name), or_empty(&past.reply));
    search::index(tx, ticket.id, &[&subject, &name, &past.email, &past.body, &reply]).await?;
    // Nobody had seen a suggestion of ours when these answers were given.
    let label = Label {
        ticket: ticket.id,
        answer: row.answer,
        source: LabelSource::Import,
        unseen: true,
        propensity: 1.0,
        created_at: replied_at,
    };
    labels::insert(tx, &label).await?;
    if let Some(value) = past.rating {
        let at = past.solved_at.unwrap_or(replied_at);
        tx.execute(
            "INSERT INTO ratings (ticket_id, value, comment, responder, created_at, updated_at) \
             VALUES ($1, $2, NULL, $3, $4, $4)",
            args![ticket.id, value, Responder::Agent, at],
        )
        .await?;
        let word = match value {
            RatingValue::Good => CustomerWord::RatedGood,
            RatingValue::Bad => CustomerWord::RatedBad,
        };
        labels::put_customer(tx, ticket.id, word, at).await?;
    }
    // Dated when it happened, so that followers of live events are not flooded.
    let event =
        NewEvent::new(past.created_at, "ticket.imported", Actor::System).ticket(ticket.id).data(&json!({
            "category": row.category, "answer": row.answer, "first_reply_at": past.first_reply_at,
            "solved_at": past.solved_at, "rating": past.rating, "answered": ticket.touched_by_agent,
            "reply": past.reply.is_some(), "language": past.language,
        }));
    tx.event(event);
    Ok(true)
}

fn ticket(id: TicketId, requester: RequesterId, row: &Resolved) -> Ticket {
    let past = &row.past;
    let answered = past.solved_at.is_some() || past.first_reply_at.is_some() || past.reply.is_some();
    let by_agent = |at: Option<Millis>| at.map(|_| Responder::Agent);
    Ticket {
        id,
        number: row.number,
        reference: Some(past.reference.clone()),
        channel: Channel::Import,
        status: if answered { Status::Closed } else { Status::Open },
        subject: past.subject.clone(),
        excerpt: row.excerpt.clone(),
        requester,
        category: row.category,
        category_source: CategorySource::Import,
        routed_category: row.category,
        language: past.language.clone(),
        assignee: None,
        secret: row.secret.clone(),
        custom: json!({}),
        created_at: past.created_at,
        updated_at: past.solved_at.or(past.first_reply_at).unwrap_or(past.created_at),
        messages_count: 1 + i64::from(past.reply.is_some()),
        first_reply_at: past.first_reply_at,
        first_reply_by: by_agent(past.first_reply_at),
        solved_at: past.solved_at,
        solved_by: by_agent(past.solved_at),
        closed_at: past.solved_at,
        reopened: 0,
        touched_by_agent: answered,
        resolution: None,
        resolved_at: None,
        survey_sent_at: None,
        recontacted_at: None,
        from_machine: false,
        answer: row.answer,
    }
}

async fn message(
    tx: &mut Tx,
    ticket: TicketId,
    at: Millis,
    body: &str,
    author: Author,
    answer: Option<AnswerId>,
) -> Result<()> {
    let message = Message {
        id: tx.id(at),
        ticket,
        kind: MessageKind::Public,
        author,
        user: None,
        responder: (author == Author::Agent).then_some(Responder::Agent),
        body: body.to_owned(),
        html: None,
        answer,
        answer_version: None,
        created_at: at,
    };
    messages::insert(tx, &message, None).await
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
