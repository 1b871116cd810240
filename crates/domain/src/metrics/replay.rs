//! Recomputing what the metrics count from the events alone: the proof that the tickets' columns, which are faster
//! to read, say nothing else.

use serde::Deserialize;
use serde_json::Value;

use super::TicketFacts;
use crate::words::{MessageKind, RatingValue, Responder};
use crate::{CategoryId, Millis, TicketId};

/// An event of a ticket, as it was recorded.
#[derive(Debug, Clone, Copy)]
pub struct Happening<'a> {
    pub at: Millis,
    pub kind: &'a str,
    /// What it is about beside the ticket: of a decision, the category.
    pub subject: Option<i64>,
    /// Whether a person of the team did it.
    pub by_team: bool,
    pub data: &'a Value,
}

/// The facts of a ticket from its events, oldest first; `None` when they do not tell of its beginning.
pub fn replay<'a>(id: TicketId, events: impl IntoIterator<Item = Happening<'a>>) -> Option<TicketFacts> {
    let mut facts = None;
    for event in events {
        match (&mut facts, event.kind) {
            (None, "ticket.created") => facts = Some(created(id, event)),
            (None, "ticket.imported") => facts = Some(imported(id, event)),
            (Some(facts), _) => apply(facts, event),
            (None, _) => {}
        }
    }
    facts
}

fn field<T: for<'de> Deserialize<'de>>(data: &Value, name: &str) -> Option<T> {
    data.get(name).and_then(|value| T::deserialize(value).ok())
}

fn created(id: TicketId, event: Happening<'_>) -> TicketFacts {
    TicketFacts {
        id,
        category: field(event.data, "category").unwrap_or(CategoryId::UNCATEGORISED),
        created_at: event.at,
        first_reply_at: None,
        first_reply_by: None,
        solved_at: None,
        solved_by: None,
        touched_by_agent: false,
        resolution: None,
        surveyed: false,
        rating: None,
    }
}

/// History tells everything at once, and everything in it was done by agents.
fn imported(id: TicketId, event: Happening<'_>) -> TicketFacts {
    let first_reply_at = field(event.data, "first_reply_at");
    let solved_at = field(event.data, "solved_at");
    let agent = |at: Option<Millis>| at.map(|_| Responder::Agent);
    TicketFacts {
        first_reply_at,
        first_reply_by: agent(first_reply_at),
        solved_at,
        solved_by: agent(solved_at),
        touched_by_agent: field(event.data, "answered").unwrap_or(false),
        rating: field::<RatingValue>(event.data, "rating").map(|value| (value, Responder::Agent)),
        ..created(id, event)
    }
}

fn apply(facts: &mut TicketFacts, event: Happening<'_>) {
    match event.kind {
        "decision.made" => facts.category = event.subject.map_or(facts.category, CategoryId),
        "message.added" => message(facts, event),
        "ticket.changed" => changed(facts, event),
        // Nobody has answered yet; whether it was solved stands in what changed of the ticket.
        "reply.withdrawn" if field(event.data, "seen") == Some(false) => {
            facts.first_reply_at = None;
            facts.first_reply_by = None;
        }
        "survey.sent" => facts.surveyed = true,
        "rating.given" => {
            let value: Option<RatingValue> = field(event.data, "value");
            facts.rating = value.zip(field(event.data, "responder")).or(facts.rating);
        }
        _ => {}
    }
}

fn message(facts: &mut TicketFacts, event: Happening<'_>) {
    let Some(responder) = field::<Responder>(event.data, "responder") else { return };
    facts.touched_by_agent |= responder == Responder::Agent;
    if field(event.data, "kind") == Some(MessageKind::Public) {
        facts.first_reply_at = facts.first_reply_at.or(Some(event.at));
        facts.first_reply_by = facts.first_reply_by.or(Some(responder));
    }
}

/// Each changed field holds what it was (`from`) and what it is (`to`).
fn changed(facts: &mut TicketFacts, event: Happening<'_>) {
    facts.touched_by_agent |= event.by_team;
    let to = |name: &str| event.data.get(name).and_then(|change| change.get("to"));
    if let Some(category) = to("category").and_then(|v| CategoryId::deserialize(v).ok()) {
        facts.category = category;
    }
    if let Some(resolution) = to("resolution") {
        facts.resolution = Option::deserialize(resolution).ok().flatten();
    }
    if let Some(by) = to("solved_by") {
        facts.solved_by = Option::deserialize(by).ok().flatten();
        facts.solved_at = facts.solved_by.map(|_| event.at);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::words::Resolution;

    #[test]
    fn an_automatic_answer_that_failed_and_an_agent_who_took_over() {
        let events = [
            (1, "ticket.created", None, false, json!({ "category": "1" })),
            (2, "decision.made", Some(7), false, json!({})),
            (2, "message.added", None, false, json!({ "kind": "public", "responder": "learner" })),
            (2, "ticket.changed", None, false, json!({ "solved_by": { "from": null, "to": "learner" } })),
            (5, "message.added", None, false, json!({ "kind": "public", "responder": null })),
            (
                5,
                "ticket.changed",
                None,
                false,
                json!({
                    "solved_by": { "from": "learner", "to": null }, "resolution": { "from": null, "to": "failed" },
                }),
            ),
            (9, "message.added", None, true, json!({ "kind": "public", "responder": "agent" })),
        ];
        let events = events.iter().map(|(at, kind, subject, by_team, data)| Happening {
            at: *at,
            kind,
            subject: *subject,
            by_team: *by_team,
            data,
        });
        let facts = replay(TicketId(3), events).unwrap();
        assert_eq!((facts.category, facts.first_reply_at), (CategoryId(7), Some(2)));
        assert_eq!((facts.solved_by, facts.solved_at), (None, None));
        assert_eq!(facts.resolution, Some(Resolution::Failed));
        assert!(facts.touched_by_agent && facts.automatic() == Some(Responder::Learner));
    }
}
