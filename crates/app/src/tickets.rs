//! Working on tickets: replies, notes, changes of status, category and assignee.

use domain::tickets::{Addition, InvalidTransition, Message, Ticket, Waits};
use domain::words::{Author, CategorySource, MessageKind, Responder, Status};
use domain::{AnswerId, CategoryId, MessageId, Millis, TicketId, UserId};
use serde_json::{Map, Value, json};
use store::queue::NewJob;
use store::{Tx, messages, search, tickets};

use crate::fields::Fields;
use crate::jobs::{OfMessage, OfSolution};
use crate::journey::intake::{NewAttachment, files};
use crate::journey::learn;
use crate::{Actor, App, Error, NewEvent, Result, settings};

mod view;

pub use view::{
    Attachment, Counts, Filter, Listed, ListedDecision, Page, Part, Position, Rating, Spoken, Whole,
    attachment, author_name, behind, counts, fresh, list, whole,
};

impl From<InvalidTransition> for Error {
    fn from(invalid: InvalidTransition) -> Self {
        Self::Conflict(invalid.to_string())
    }
}

/// A reply or a note about to be written.
#[derive(Debug, Clone)]
pub struct Reply {
    pub actor: Actor,
    pub responder: Responder,
    pub kind: MessageKind,
    pub body: String,
    pub answer: Option<AnswerId>,
    pub answer_version: Option<i64>,
    /// The status afterwards; `None` leaves it to the rules.
    pub status: Option<Status>,
    pub waits: Waits,
    pub attachments: Vec<NewAttachment>,
}

/// Writes a reply or a note with all that follows from it: the ticket's new state, events, the job that delivers
/// it, and those that ask for a rating and settle the resolution once it is solved.
pub async fn add_reply(tx: &mut Tx, now: Millis, ticket: TicketId, reply: Reply) -> Result<MessageId> {
    let before = held(tx, ticket).await?;
    let Reply { actor, responder, kind, body, answer, answer_version, status, waits, attachments } = reply;
    let after = before.clone().answered(Addition { kind, responder, answer, status }, now)?;
    let by_agent = responder == Responder::Agent;
    let message = Message {
        id: tx.id(now),
        ticket,
        kind,
        author: if by_agent { Author::Agent } else { Author::Automatic },
        user: user(actor),
        responder: Some(responder),
        body,
        html: None,
        answer,
        answer_version,
        created_at: now,
    };
    messages::insert(tx, &message, None).await?;
    files::insert(tx, &message, &attachments).await?;
    tickets::update(tx, &after).await?;
    search::index_again(tx, ticket).await?;
    record_message(tx, actor, &message);
    record_change(tx, actor, &before, &after, now);
    if kind == MessageKind::Public {
        tx.enqueue(NewJob::now("deliver", &OfMessage { message: message.id }, now));
    }
    when_solved(tx, &before, &after, waits, now);
    Ok(message.id)
}

/// What an agent writes.
#[derive(Debug, Clone)]
pub struct AgentReply {
    pub kind: MessageKind,
    pub body: String,
    /// The answer it was started from.
    pub answer: Option<AnswerId>,
    pub status: Option<Status>,
    pub attachments: Vec<NewAttachment>,
}

/// Adds an agent's reply or note.
pub async fn reply(app: &App, actor: Actor, number: i64, mut input: AgentReply) -> Result<MessageId> {
    let mut fields = Fields::default();
    let body = fields.body("body", &input.body);
    files::check(&mut fields, &mut input.attachments);
    fields.done()?;
    let waits = settings::load(app).await?.waits();
    let (ticket, now) = (by_number(app, number).await?, app.now());
    let used = learn::used(app, actor, &ticket, input.answer, &body).await?;
    let chosen = (input.kind == MessageKind::Public).then_some((ticket.clone(), used));
    let ticket = ticket.id;
    let reply = Reply {
        actor,
        responder: Responder::Agent,
        kind: input.kind,
        body,
        answer: input.answer,
        answer_version: None,
        status: input.status,
        waits,
        attachments: input.attachments,
    };
    let id = app
        .db
        .write(move |tx| {
            let (reply, chosen) = (reply.clone(), chosen.clone());
            Box::pin(async move {
                let id = add_reply(tx, now, ticket, reply).await?;
                if let Some((ticket, used)) = &chosen {
                    learn::note_choice(tx, ticket, used, now).await?;
                }
                Ok::<_, Error>(id)
            })
        })
        .await?;
    app.wake();
    Ok(id)
}

/// What to change; `None` leaves things as they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    pub status: Option<Status>,
    pub category: Option<CategoryId>,
    /// `Some(None)` takes the ticket from whoever has it.
    pub assignee: Option<Option<UserId>>,
}

/// Changes a ticket.
pub async fn change(app: &App, actor: Actor, number: i64, change: Change) -> Result<Ticket> {
    let mut fields = Fields::default();
    if let Some(category) = change.category
        && !tickets::has_category(&app.db, category).await?
    {
        fields
            .wrong("category", format!("there is no category {category}; GET /api/v1/categories lists them"));
    }
    if let Some(Some(user)) = change.assignee
        && !tickets::has_agent(&app.db, user).await?
    {
        fields.wrong("assignee", format!("there is no active agent {user}; GET /api/v1/users lists them"));
    }
    fields.done()?;
    let waits = settings::load(app).await?.waits();
    let (ticket, now) = (by_number(app, number).await?.id, app.now());
    let after = app
        .db
        .write(move |tx| Box::pin(async move { write_change(tx, actor, ticket, change, waits, now).await }))
        .await?;
    app.wake();
    Ok(after)
}

async fn write_change(
    tx: &mut Tx,
    actor: Actor,
    ticket: TicketId,
    change: Change,
    waits: Waits,
    now: Millis,
) -> Result<Ticket> {
    let before = held(tx, ticket).await?;
    let mut after = before.clone();
    if let Some(category) = change.category.filter(|c| *c != before.category) {
        after.category = category;
        after.category_source = CategorySource::Agent;
    }
    if let Some(assignee) = change.assignee {
        after.assignee = assignee;
    }
    if let Some(status) = change.status {
        after = after.moved(status, Responder::Agent, now)?;
    }
    if after == before {
        return Ok(after);
    }
    after.touched_by_agent |= actor != Actor::System;
    after.updated_at = now;
    tickets::update(tx, &after).await?;
    record_change(tx, actor, &before, &after, now);
    when_solved(tx, &before, &after, waits, now);
    Ok(after)
}

/// Whether this installation holds any ticket.
pub async fn any(app: &App) -> Result<bool> {
    Ok(tickets::any(&app.db).await?)
}

/// The ticket with this number, or which one there is not.
pub async fn by_number(app: &App, number: i64) -> Result<Ticket> {
    tickets::by_number(&app.db, number).await?.ok_or_else(|| Error::NotFound(format!("ticket {number}")))
}

pub(crate) async fn held(tx: &mut Tx, id: TicketId) -> Result<Ticket> {
    tickets::for_change(tx, id).await?.ok_or_else(|| Error::NotFound(format!("ticket with id {id}")))
}

/// Enqueues what follows once a ticket has been solved.
pub(crate) fn when_solved(tx: &mut Tx, before: &Ticket, after: &Ticket, waits: Waits, now: Millis) {
    if before.status.is_solved() || after.status != Status::Solved {
        return;
    }
    let solution = OfSolution { ticket: after.id, solved_at: after.solved_at.unwrap_or(now) };
    tx.enqueue(NewJob::at("survey", &solution, now + waits.survey, now));
    tx.enqueue(NewJob::at("settle", &solution, now + waits.silence, now));
}

/// Records that a message was added.
pub(crate) fn record_message(tx: &mut Tx, actor: Actor, message: &Message) {
    let data = json!({
        "kind": message.kind, "author": message.author, "responder": message.responder, "answer": message.answer,
    });
    let event = NewEvent::new(message.created_at, "message.added", actor);
    tx.event(event.ticket(message.ticket).subject(message.id).data(&data));
}

/// Records what of a ticket changed, each field with what it was and what it is; nothing when nothing did.
pub(crate) fn record_change(tx: &mut Tx, actor: Actor, before: &Ticket, after: &Ticket, now: Millis) {
    let fields = [
        ("status", json!(before.status), json!(after.status)),
        ("category", json!(before.category), json!(after.category)),
        ("assignee", json!(before.assignee), json!(after.assignee)),
        ("resolution", json!(before.resolution), json!(after.resolution)),
        ("solved_by", json!(before.solved_by), json!(after.solved_by)),
        ("recontacted", json!(before.recontacted_at.is_some()), json!(after.recontacted_at.is_some())),
    ];
    let changed: Map<String, Value> = fields
        .into_iter()
        .filter(|(_, was, is)| was != is)
        .map(|(name, was, is)| (name.to_owned(), json!({ "from": was, "to": is })))
        .collect();
    if !changed.is_empty() {
        tx.event(NewEvent::new(now, "ticket.changed", actor).ticket(after.id).data(&changed));
    }
}

pub(crate) fn user(actor: Actor) -> Option<UserId> {
    match actor {
        Actor::User(id) => Some(id),
        Actor::System | Actor::Token(_) | Actor::Requester(_) => None,
    }
}
