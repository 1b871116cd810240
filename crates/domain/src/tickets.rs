//! Tickets, messages and the people who write them, as plain values.

mod outcome;
mod transitions;

pub use transitions::{Addition, InvalidTransition};

use crate::words::{Author, CategorySource, Channel, MessageKind, Resolution, Responder, Status};
use crate::{AnswerId, CategoryId, MessageId, Millis, RequesterId, TicketId, UserId};

/// A customer's question and all that became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    pub number: i64,
    /// The id in the history it was imported from.
    pub reference: Option<String>,
    pub channel: Channel,
    pub status: Status,
    pub subject: Option<String>,
    /// The beginning of the first message, for lists.
    pub excerpt: String,
    pub requester: RequesterId,
    pub category: CategoryId,
    pub category_source: CategorySource,
    /// Where the live routing sent it; stays when an agent moves the ticket.
    pub routed_category: CategoryId,
    pub language: Option<String>,
    pub assignee: Option<UserId>,
    /// Signed links hold only while this stays as it is.
    pub secret: Vec<u8>,
    pub custom: serde_json::Value,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub messages_count: i64,
    pub first_reply_at: Option<Millis>,
    pub first_reply_by: Option<Responder>,
    pub solved_at: Option<Millis>,
    pub solved_by: Option<Responder>,
    pub closed_at: Option<Millis>,
    pub reopened: i64,
    pub touched_by_agent: bool,
    pub resolution: Option<Resolution>,
    pub resolved_at: Option<Millis>,
    pub survey_sent_at: Option<Millis>,
    /// Its requester came back within a week of a solution.
    pub recontacted_at: Option<Millis>,
    /// Written by a machine (RFC 3834): never answered, surveyed or confirmed automatically.
    pub from_machine: bool,
    pub answer: Option<AnswerId>,
}

impl Ticket {
    /// A question just asked: new, in no category, and nothing done about it.
    pub fn asked(id: TicketId, number: i64, channel: Channel, requester: RequesterId, at: Millis) -> Self {
        Self {
            id,
            number,
            reference: None,
            channel,
            status: Status::New,
            subject: None,
            excerpt: String::new(),
            requester,
            category: CategoryId::UNCATEGORISED,
            category_source: CategorySource::Predicted,
            routed_category: CategoryId::UNCATEGORISED,
            language: None,
            assignee: None,
            secret: Vec::new(),
            custom: serde_json::json!({}),
            created_at: at,
            updated_at: at,
            messages_count: 1,
            first_reply_at: None,
            first_reply_by: None,
            solved_at: None,
            solved_by: None,
            closed_at: None,
            reopened: 0,
            touched_by_agent: false,
            resolution: None,
            resolved_at: None,
            survey_sent_at: None,
            recontacted_at: None,
            from_machine: false,
            answer: None,
        }
    }

    /// Imported history causes no decision, reply, survey or notification.
    pub fn is_history(&self) -> bool {
        self.channel == Channel::Import
    }
}

/// A public reply or an internal note.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: MessageId,
    pub ticket: TicketId,
    pub kind: MessageKind,
    pub author: Author,
    pub user: Option<UserId>,
    pub responder: Option<Responder>,
    pub body: String,
    /// Sanitised HTML, when the message came with any.
    pub html: Option<String>,
    pub answer: Option<AnswerId>,
    pub answer_version: Option<i64>,
    pub created_at: Millis,
}

/// Someone who asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Requester {
    pub id: RequesterId,
    pub email: String,
    pub name: Option<String>,
    pub language: Option<String>,
    /// Whether this address has written to us through a channel that shows who wrote.
    pub has_written: bool,
}

/// The first 200 characters or so of a message on one line, for lists.
pub fn excerpt(body: &str) -> String {
    let mut line = String::new();
    for word in body.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(60));
        if line.len() > 200 {
            line.push('…');
            break;
        }
    }
    line
}

/// How long Deskwise waits after a ticket was solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waits {
    /// Until it asks how it went.
    pub survey: Millis,
    /// Until silence counts as such.
    pub silence: Millis,
}
