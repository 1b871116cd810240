//! The first step: every incoming message finds a home, once.
//!
//! Checks and cleaning happen before the transaction; the transaction writes the requester, the ticket, its first
//! message, its words for search, the event and the job that understands it, all or nothing.

use domain::metrics::RECONTACT;
use domain::tickets::{Message, Requester, Ticket, excerpt};
use domain::words::{Author, CategorySource, Channel, MessageKind};
use domain::{CategoryId, MessageId, Millis, RequesterId, TicketId};
use serde_json::{Map, Value, json};
use store::attachments::Attachment;
use store::queue::NewJob;
use store::{Tx, attachments, messages, requesters, search, tickets};

use crate::fields::Fields;
use crate::jobs::OfTicket;
use crate::{Actor, App, Error, NewEvent, Result};

pub(crate) mod files;
mod later;

pub use files::{MOST_ATTACHMENTS, MOST_BYTES, NewAttachment};
pub use later::{FollowUp, follow_up, note_from_machine};

/// A question as it came in.
#[derive(Debug, Clone)]
pub struct NewTicket {
    pub channel: Channel,
    pub requester_email: String,
    pub requester_name: Option<String>,
    pub subject: Option<String>,
    pub body: String,
    /// As it came; it is sanitised here.
    pub html: Option<String>,
    /// The requester's pick.
    pub category: Option<CategoryId>,
    pub language: Option<String>,
    pub custom: Map<String, Value>,
    pub attachments: Vec<NewAttachment>,
    /// The Message-ID it arrived under, without angle brackets: the same mail is taken once.
    pub mail_message_id: Option<String>,
    /// Written by a machine: it gets no automatic answer of any kind.
    pub from_machine: bool,
}

impl NewTicket {
    /// With nothing but what every ticket has.
    pub fn new(channel: Channel, requester_email: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            channel,
            requester_email: requester_email.into(),
            requester_name: None,
            subject: None,
            body: body.into(),
            html: None,
            category: None,
            language: None,
            custom: Map::new(),
            attachments: Vec::new(),
            mail_message_id: None,
            from_machine: false,
        }
    }
}

/// What was written for a question that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub ticket: Ticket,
    pub requester: Requester,
    pub message: Message,
    pub attachments: Vec<Attachment>,
    /// The mail had been taken before; nothing was written now.
    pub again: bool,
}

/// Checked and cleaned, with everything decided that a transaction may not decide twice.
#[derive(Debug, Clone)]
pub struct Prepared {
    new: NewTicket,
    /// `None`: the requester.
    actor: Option<Actor>,
    number: i64,
    secret: Vec<u8>,
    now: Millis,
}

/// Takes a question in: a ticket, its first message, and the job that understands it. `actor` is who files it, when
/// that is not the requester.
pub async fn take(app: &App, actor: Option<Actor>, new: NewTicket) -> Result<Taken> {
    let prepared = prepare(app, actor, new).await?;
    let taken = app
        .db
        .write(move |tx| {
            let prepared = prepared.clone();
            Box::pin(async move { write(tx, &prepared).await })
        })
        .await?;
    app.wake();
    Ok(taken)
}

/// Checks a question without writing it, for callers that write more in the same transaction.
pub async fn prepare(app: &App, actor: Option<Actor>, mut new: NewTicket) -> Result<Prepared> {
    let mut fields = Fields::default();
    new.requester_email = fields.email("requester.email", &new.requester_email);
    new.requester_name = fields.line("requester.name", new.requester_name.as_deref());
    new.subject = fields.line("subject", new.subject.as_deref());
    new.body = match new.attachments.is_empty() {
        true => fields.body("body", &new.body),
        false => fields.text("body", &new.body),
    };
    new.html = clean(&mut fields, new.html.as_deref());
    new.language = fields.language("language", new.language.as_deref());
    fields.custom("custom", &new.custom);
    files::check(&mut fields, &mut new.attachments);
    if let Some(category) = new.category
        && !tickets::has_category(&app.db, category).await?
    {
        fields
            .wrong("category", format!("there is no category {category}; GET /api/v1/categories lists them"));
    }
    fields.done()?;
    let number = app.db.next_number().await?;
    Ok(Prepared { new, actor, number, secret: app.secret().to_vec(), now: app.now() })
}

/// Writes what was prepared.
pub async fn write(tx: &mut Tx, prepared: &Prepared) -> Result<Taken> {
    let Prepared { new, number, secret, now, .. } = prepared;
    if let Some(mail) = &new.mail_message_id
        && let Some(message) = messages::by_mail(&mut *tx, mail).await?
    {
        return taken_before(tx, message).await;
    }
    let name = new.requester_name.as_deref();
    let has_written = new.channel == Channel::Mail;
    let requester =
        requesters::known(tx, &new.requester_email, name, new.language.as_deref(), has_written, *now).await?;
    let ticket = first_state(tx.id(*now), prepared, &requester, *number, secret);
    tickets::insert(tx, &ticket).await?;
    let message = from_requester(tx, ticket.id, &new.body, new.html.clone(), *now);
    messages::insert(tx, &message, new.mail_message_id.as_deref()).await?;
    let attachments = files::insert(tx, &message, &new.attachments).await?;
    let subject = ticket.subject.as_deref().unwrap_or_default();
    let name = requester.name.as_deref().unwrap_or_default();
    search::index(tx, ticket.id, &[subject, name, &requester.email, &message.body]).await?;
    let actor = prepared.actor.unwrap_or(Actor::Requester(requester.id));
    if !new.from_machine {
        came_back(tx, requester.id, *now).await?;
    }
    let data = json!({
        "channel": ticket.channel, "category": ticket.category, "message": message.id, "language": ticket.language,
    });
    tx.event(NewEvent::new(*now, "ticket.created", actor).ticket(ticket.id).subject(message.id).data(&data));
    tx.enqueue(NewJob::now("understand", &OfTicket { ticket: ticket.id }, *now));
    Ok(Taken { ticket, requester, message, attachments, again: false })
}

/// Whoever asks again soon after a solution has come back for it.
async fn came_back(tx: &mut Tx, requester: RequesterId, now: Millis) -> Result<()> {
    for ticket in tickets::came_back(tx, requester, now - RECONTACT, now).await? {
        let data = json!({ "recontacted": { "from": false, "to": true } });
        tx.event(
            NewEvent::new(now, "ticket.changed", Actor::Requester(requester)).ticket(ticket).data(&data),
        );
    }
    Ok(())
}

fn first_state(
    id: TicketId,
    prepared: &Prepared,
    requester: &Requester,
    number: i64,
    secret: &[u8],
) -> Ticket {
    let Prepared { new, now, .. } = prepared;
    let (category, category_source) = match new.category {
        Some(category) => (category, CategorySource::Requester),
        None => (CategoryId::UNCATEGORISED, CategorySource::Predicted),
    };
    Ticket {
        subject: new.subject.clone(),
        excerpt: excerpt(&new.body),
        category,
        category_source,
        routed_category: category,
        language: new.language.clone(),
        secret: secret.to_vec(),
        custom: Value::Object(new.custom.clone()),
        from_machine: new.from_machine,
        ..Ticket::asked(id, number, new.channel, requester.id, *now)
    }
}

async fn taken_before(tx: &mut Tx, message: Message) -> Result<Taken> {
    let gone = || Error::NotFound(format!("ticket of message {}", message.id));
    let ticket = tickets::by_id(&mut *tx, message.ticket).await?.ok_or_else(gone)?;
    let requester = requesters::by_id(&mut *tx, ticket.requester).await?.ok_or_else(gone)?;
    let mut attachments = attachments::of_ticket(&mut *tx, ticket.id).await?;
    attachments.retain(|a| a.message == message.id);
    Ok(Taken { ticket, requester, message, attachments, again: true })
}

fn from_requester(tx: &Tx, ticket: TicketId, body: &str, html: Option<String>, now: Millis) -> Message {
    Message {
        id: tx.id::<MessageId>(now),
        ticket,
        kind: MessageKind::Public,
        author: Author::Requester,
        user: None,
        responder: None,
        body: body.to_owned(),
        html,
        answer: None,
        answer_version: None,
        created_at: now,
    }
}

/// Only harmless markup is kept; nothing is loaded from elsewhere when it is shown.
fn clean(fields: &mut Fields, html: Option<&str>) -> Option<String> {
    let html = fields.text("html", html?);
    let mut policy = ammonia::Builder::default();
    policy.rm_tags(["img"]);
    let clean = policy.clean(&html).to_string();
    (!clean.trim().is_empty()).then_some(clean)
}
