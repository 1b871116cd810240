//! Recomputing what the metrics count from the events alone: the proof that the tickets' columns, which are faster
//! to read, say nothing else.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::{STRETCH, TicketFacts};
use crate::arms::shows_suggestions;
use crate::words::{Arm, Channel, MessageKind, Mode, RatingValue, Responder, Sample, Verdict};
use crate::{AnswerId, CategoryId, Millis, TicketId, UserId};

/// An event of a ticket, as it was recorded.
#[derive(Debug, Clone, Copy)]
pub struct Happening<'a> {
    pub at: Millis,
    pub kind: &'a str,
    /// What it is about beside the ticket: of a decision the category, of a message its id.
    pub subject: Option<i64>,
    /// Whether a person of the team or their program did it, and who.
    pub by_team: bool,
    pub user: Option<UserId>,
    pub data: &'a Value,
}

/// The facts of a ticket from its events, oldest first; `None` when they do not tell of its beginning. `suggestion`
/// is the answer of its decision, which no event names.
pub fn replay<'a>(
    id: TicketId,
    suggestion: Option<AnswerId>,
    events: impl IntoIterator<Item = Happening<'a>>,
) -> Option<TicketFacts> {
    let mut told: Option<Told> = None;
    for event in events {
        match (&mut told, event.kind) {
            (None, "ticket.created") => told = Some(Told::new(created(id, event), suggestion)),
            (None, "ticket.imported") => told = Some(Told::new(imported(id, event), None)),
            (Some(told), _) => told.apply(event),
            (None, _) => {}
        }
    }
    told.map(Told::facts)
}

fn field<T: for<'de> Deserialize<'de>>(data: &Value, name: &str) -> Option<T> {
    data.get(name).and_then(|value| T::deserialize(value).ok())
}

fn language(data: &Value) -> Option<Arc<str>> {
    field::<String>(data, "language").map(Into::into)
}

fn created(id: TicketId, event: Happening<'_>) -> TicketFacts {
    let category = field(event.data, "category").unwrap_or(CategoryId::UNCATEGORISED);
    let channel = field(event.data, "channel").unwrap_or(Channel::Api);
    TicketFacts { language: language(event.data), ..TicketFacts::asked(id, event.at, category, channel) }
}

/// History tells everything at once, and everything in it was done by agents.
fn imported(id: TicketId, event: Happening<'_>) -> TicketFacts {
    let first_reply_at = field(event.data, "first_reply_at");
    let solved_at = field(event.data, "solved_at");
    let agent = |at: Option<Millis>| at.map(|_| Responder::Agent);
    TicketFacts {
        channel: Channel::Import,
        first_reply_at,
        first_reply_by: agent(first_reply_at),
        solved_at,
        solved_by: agent(solved_at),
        touched_by_agent: field(event.data, "answered").unwrap_or(false),
        rating: field::<RatingValue>(event.data, "rating").map(|value| (value, Responder::Agent)),
        replies: u32::from(field(event.data, "reply").unwrap_or(false)),
        ..created(id, event)
    }
}

/// A public reply of ours.
struct Reply {
    message: Option<i64>,
    by: Responder,
    user: Option<UserId>,
    answer: Option<AnswerId>,
    at: Millis,
}

/// What is known after some of the events.
struct Told {
    facts: TicketFacts,
    suggestion: Option<AnswerId>,
    /// Since when a suggestion has been in view.
    shown: Option<Millis>,
    replies: Vec<Reply>,
    /// A reply was withdrawn unseen at this moment: what it had solved never was.
    withdrawn_at: Option<Millis>,
}

impl Told {
    fn new(facts: TicketFacts, suggestion: Option<AnswerId>) -> Self {
        Self { facts, suggestion, shown: None, replies: Vec::new(), withdrawn_at: None }
    }

    fn apply(&mut self, event: Happening<'_>) {
        let facts = &mut self.facts;
        match event.kind {
            "decision.made" => {
                facts.category = event.subject.map_or(facts.category, CategoryId);
                facts.language = facts.language.take().or_else(|| language(event.data));
                let (mode, arm) = (field::<Mode>(event.data, "mode"), field::<Arm>(event.data, "arm"));
                let shows = mode.zip(arm).is_some_and(|(mode, arm)| shows_suggestions(mode, arm));
                self.shown = shows.then_some(event.at);
            }
            "message.added" => self.message(event),
            "ticket.changed" => self.changed(event),
            // Nobody has answered yet; whether it was solved stands in what changed of the ticket.
            "reply.withdrawn" if field(event.data, "seen") == Some(false) => {
                self.replies.retain(|reply| reply.message != event.subject);
                self.withdrawn_at = Some(event.at);
                facts.first_reply_at = None;
                facts.first_reply_by = None;
            }
            "survey.sent" => facts.surveyed = true,
            "rating.given" => {
                let value: Option<RatingValue> = field(event.data, "value");
                let by = facts.rating.map(|(_, by)| by).or(field(event.data, "responder"));
                facts.rating = value.zip(by).or(facts.rating);
            }
            "review.given" if field(event.data, "sample") == Some(Sample::Sent) => {
                facts.verdict = field::<Verdict>(event.data, "verdict");
            }
            _ => {}
        }
    }

    fn message(&mut self, event: Happening<'_>) {
        let Some(by) = field::<Responder>(event.data, "responder") else { return };
        let facts = &mut self.facts;
        facts.touched_by_agent |= by == Responder::Agent;
        if let Some(user) = event.user.filter(|_| by == Responder::Agent) {
            facts.stretches.push((user, event.at.div_euclid(STRETCH)));
        }
        if field(event.data, "kind") == Some(MessageKind::Public) {
            facts.first_reply_at = facts.first_reply_at.or(Some(event.at));
            facts.first_reply_by = facts.first_reply_by.or(Some(by));
            let answer = field(event.data, "answer");
            self.replies.push(Reply { message: event.subject, by, user: event.user, answer, at: event.at });
        }
    }

    /// Each changed field holds what it was (`from`) and what it is (`to`).
    fn changed(&mut self, event: Happening<'_>) {
        let facts = &mut self.facts;
        // Whoever switches off takes replies back, and has seen none of their tickets.
        let stood = self.withdrawn_at != Some(event.at);
        facts.touched_by_agent |= event.by_team && stood;
        let to = |name: &str| event.data.get(name).and_then(|change| change.get("to"));
        if let Some(category) = to("category").and_then(|v| CategoryId::deserialize(v).ok()) {
            facts.category = category;
        }
        if let Some(resolution) = to("resolution") {
            facts.resolution = Option::deserialize(resolution).ok().flatten();
        }
        if let Some(by) = to("solved_by") {
            facts.solved_by = Option::deserialize(by).ok().flatten();
            let solved_at = std::mem::replace(&mut facts.solved_at, facts.solved_by.map(|_| event.at));
            facts.turns.extend(solved_at.filter(|_| stood).into_iter().flat_map(|at| [at, event.at]));
        }
        facts.recontacted |= to("recontacted") == Some(&Value::Bool(true));
    }

    fn facts(self) -> TicketFacts {
        let Self { mut facts, suggestion, shown, replies, .. } = self;
        if facts.channel != Channel::Import {
            facts.replies = replies.len() as u32;
        }
        facts.agent = replies.iter().rev().find_map(|r| r.user.filter(|_| r.by == Responder::Agent));
        let first = replies.first().filter(|reply| reply.by == Responder::Agent);
        let seen = first.filter(|reply| shown.is_some_and(|at| at <= reply.at));
        facts.suggested = suggestion.is_some() && seen.is_some();
        facts.suggestion_used = facts.suggested && seen.and_then(|reply| reply.answer) == suggestion;
        facts.stretches.sort_unstable();
        facts.stretches.dedup();
        facts
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
            user: None,
            data,
        });
        let facts = replay(TicketId(3), None, events).unwrap();
        assert_eq!((facts.category, facts.first_reply_at), (CategoryId(7), Some(2)));
        assert_eq!((facts.solved_by, facts.solved_at), (None, None));
        assert_eq!(facts.resolution, Some(Resolution::Failed));
        assert!(facts.touched_by_agent && facts.automatic() == Some(Responder::Learner));
    }
}
