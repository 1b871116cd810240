//! What happened, in the order of its ids: the audit entry, the live event and the truth behind the numbers.

use domain::{EventId, Millis, TicketId};
use serde::Serialize;

use crate::arg::args;
use crate::many::{chunks, values};
use crate::{Read, Result, Row, Tx};

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Deskwise itself: a policy, a schedule.
    System,
    User(domain::UserId),
    Token(domain::TokenId),
    Requester(domain::RequesterId),
}

impl Actor {
    pub fn kind(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User(_) => "user",
            Self::Token(_) => "token",
            Self::Requester(_) => "requester",
        }
    }

    pub fn id(self) -> Option<i64> {
        match self {
            Self::System => None,
            Self::User(id) => Some(id.0),
            Self::Token(id) => Some(id.0),
            Self::Requester(id) => Some(id.0),
        }
    }
}

/// An event about to be recorded. `data` holds ids and numbers, never text of a customer.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub at: Millis,
    pub kind: &'static str,
    pub actor: Actor,
    pub ticket: Option<TicketId>,
    /// The category, answer, user… it is about, when it is not a ticket.
    pub subject: Option<i64>,
    pub data: String,
}

impl NewEvent {
    pub fn new(at: Millis, kind: &'static str, actor: Actor) -> Self {
        Self { at, kind, actor, ticket: None, subject: None, data: "{}".into() }
    }

    #[must_use]
    pub fn ticket(mut self, id: TicketId) -> Self {
        self.ticket = Some(id);
        self
    }

    #[must_use]
    pub fn subject(mut self, id: impl Into<i64>) -> Self {
        self.subject = Some(id.into());
        self
    }

    #[must_use]
    pub fn data(mut self, data: &impl Serialize) -> Self {
        // Only maps with non-text keys cannot be written as JSON, and no event has one.
        self.data = serde_json::to_string(data).unwrap_or_else(|_| "{}".into());
        self
    }
}

/// A recorded event.
#[derive(Debug, Clone)]
pub struct Event {
    pub id: EventId,
    pub at: Millis,
    pub kind: String,
    pub actor_kind: String,
    pub actor_id: Option<i64>,
    pub ticket: Option<TicketId>,
    pub subject: Option<i64>,
    pub data: serde_json::Value,
}

impl Event {
    pub(crate) fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id("id")?,
            at: row.int("at")?,
            kind: row.text("kind")?,
            actor_kind: row.text("actor_kind")?,
            actor_id: row.opt_int("actor_id")?,
            ticket: row.opt_id("ticket_id")?,
            subject: row.opt_int("subject_id")?,
            data: row.json("data")?,
        })
    }
}

pub(crate) async fn insert(tx: &mut Tx, events: Vec<(EventId, NewEvent)>) -> Result<()> {
    for some in chunks(&events) {
        let args = some.iter().flat_map(|(id, event)| {
            args![
                *id,
                event.at,
                event.kind,
                event.actor.kind(),
                event.actor.id(),
                event.ticket,
                event.subject,
                &event.data
            ]
        });
        let args = args.collect();
        let sql = format!(
            "INSERT INTO events (id, at, kind, actor_kind, actor_id, ticket_id, subject_id, data) VALUES {}",
            values(some.len(), 8)
        );
        tx.execute_built(sql, args).await?;
    }
    Ok(())
}

/// Events after `after`, oldest first. Transactions may commit in another order than their ids: a follower
/// therefore reads again from a little before the last one it has seen.
pub async fn since(mut db: impl Read, after: EventId, limit: i64) -> Result<Vec<Event>> {
    let rows = db.all("SELECT * FROM events WHERE id > $1 ORDER BY id LIMIT $2", args![after, limit]).await?;
    rows.iter().map(Event::from_row).collect()
}

/// How far back a follower reads again: longer than a transaction takes, plus how far clocks of replicas differ.
pub const OVERLAP: i64 = crate::ids::distance(10_000);

/// What a console is told of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub id: EventId,
    pub kind: String,
    /// The number of the ticket it is about.
    pub ticket: Option<i64>,
}

/// The newest changes after `after`, newest first, at most `limit`.
pub async fn changes(mut db: impl Read, after: EventId, limit: i64) -> Result<Vec<Change>> {
    let rows = db
        .all(
            "SELECT events.id, events.kind, tickets.number FROM events \
             LEFT JOIN tickets ON tickets.id = events.ticket_id \
             WHERE events.id > $1 ORDER BY events.id DESC LIMIT $2",
            args![after, limit],
        )
        .await?;
    let change =
        |row: &Row| Ok(Change { id: row.id("id")?, kind: row.text("kind")?, ticket: row.opt_int("number")? });
    rows.iter().map(change).collect()
}

/// Events after `after` on which every process must read something again.
pub async fn to_heed(mut db: impl Read, after: EventId) -> Result<Vec<Event>> {
    let rows = db
        .all(
            "SELECT * FROM events WHERE id > $1 \
             AND kind IN ('settings.changed', 'keys.changed', 'user.changed', 'token.changed') ORDER BY id",
            args![after],
        )
        .await?;
    rows.iter().map(Event::from_row).collect()
}

/// The newest event's id, or 0.
pub async fn last(mut db: impl Read) -> Result<EventId> {
    db.one("SELECT COALESCE(MAX(id), 0) AS id FROM events", vec![]).await?.id("id")
}

/// All that happened to a ticket, oldest first.
pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Vec<Named>> {
    let rows = db
        .all(
            "SELECT e.*, u.name AS user_name, k.name AS token_name, COALESCE(r.name, r.email) AS requester_name \
             FROM events e LEFT JOIN users u ON e.actor_kind = 'user' AND u.id = e.actor_id \
             LEFT JOIN tokens k ON e.actor_kind = 'token' AND k.id = e.actor_id \
             LEFT JOIN requesters r ON e.actor_kind = 'requester' AND r.id = e.actor_id \
             WHERE e.ticket_id = $1 ORDER BY e.id",
            args![ticket],
        )
        .await?;
    rows.iter().map(Named::from_row).collect()
}

/// A page of the audit, newest first, before `before`.
pub async fn page(mut db: impl Read, before: Option<EventId>, limit: i64) -> Result<Vec<Named>> {
    let before = before.unwrap_or(EventId(i64::MAX));
    let rows = db
        .all(
            "SELECT e.*, u.name AS user_name, k.name AS token_name, COALESCE(r.name, r.email) AS requester_name, \
             t.number FROM events e LEFT JOIN users u ON e.actor_kind = 'user' AND u.id = e.actor_id \
             LEFT JOIN tokens k ON e.actor_kind = 'token' AND k.id = e.actor_id \
             LEFT JOIN requesters r ON e.actor_kind = 'requester' AND r.id = e.actor_id \
             LEFT JOIN tickets t ON t.id = e.ticket_id WHERE e.id < $1 ORDER BY e.id DESC LIMIT $2",
            args![before, limit],
        )
        .await?;
    let named = |row: &Row| Ok(Named { number: row.opt_int("number")?, ..Named::from_row(row)? });
    rows.iter().map(named).collect()
}

/// An event with the name of who did it.
#[derive(Debug, Clone)]
pub struct Named {
    pub event: Event,
    /// `None` for Deskwise itself and for those who are gone.
    pub actor_name: Option<String>,
    /// The ticket's number, where several tickets may be listed.
    pub number: Option<i64>,
}

impl Named {
    fn from_row(row: &Row) -> Result<Self> {
        let name =
            row.opt_text("user_name")?.or(row.opt_text("token_name")?).or(row.opt_text("requester_name")?);
        Ok(Self { event: Event::from_row(row)?, actor_name: name, number: None })
    }
}

/// The newest event of a kind.
pub async fn newest(mut db: impl Read, kind: &str) -> Result<Option<Event>> {
    let row =
        db.optional("SELECT * FROM events WHERE kind = $1 ORDER BY id DESC LIMIT 1", args![kind]).await?;
    row.as_ref().map(Event::from_row).transpose()
}
