//! The fourth step: writes what was decided and, where it says so, the automatic reply.

use std::collections::{HashMap, HashSet};

use domain::tickets::{Requester, Ticket, Waits};
use domain::words::{Action, Channel, MessageKind, Responder, Status};
use domain::{AnswerId, MessageId, Millis, TicketId};
use serde_json::json;
use store::Tx;
use store::decisions::Stored;
use store::experiments::{self, Assigned};
use store::queue::NewJob;
use store::readings::Question;
use store::replies::{self, Waiting};

use super::understand::Thought;
use crate::automation::Snapshot;
use crate::jobs::OfTicket;
use crate::templates::{self, Named, Person, TicketValues, Values, value};
use crate::tickets::{Reply, add_reply};
use crate::{Actor, App, Error, NewEvent, Result, settings};

pub(crate) mod footer;

/// An automatic reply, rendered before the transaction.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    answer: AnswerId,
    version: i64,
    body: String,
    waits: Waits,
}

/// Renders the replies that are to be sent. One that cannot be made is suggested instead, and says why.
pub(super) async fn prepare(
    app: &App,
    snapshot: &Snapshot,
    mut thoughts: Vec<Thought>,
) -> Result<(Vec<Thought>, HashMap<TicketId, Prepared>)> {
    let mut replies = HashMap::new();
    for thought in &mut thoughts {
        if !thought.decided.stored.decision.sends() {
            continue;
        }
        match reply(app, snapshot, thought).await? {
            Ok(prepared) => {
                replies.insert(thought.question.ticket, prepared);
            }
            Err(why) => {
                let decision = &mut thought.decided.stored.decision;
                decision.action = Action::Suggest;
                decision.reason = format!("{}, but {why}", decision.reason);
            }
        }
    }
    Ok((thoughts, replies))
}

async fn reply(app: &App, snapshot: &Snapshot, thought: &Thought) -> Result<Result<Prepared, String>> {
    let gone = || Error::NotFound(format!("ticket with id {}", thought.question.ticket));
    let ticket = store::tickets::by_id(&app.db, thought.question.ticket).await?.ok_or_else(gone)?;
    let requester = store::requesters::by_id(&app.db, ticket.requester).await?.ok_or_else(gone)?;
    let values = values(app, &ticket, &requester, None).await?;
    let language = thought.reading.language.as_deref();
    let Some(answer) = thought.decided.stored.decision.answer.and_then(|id| snapshot.answer(id)) else {
        return Ok(Err("the answer is gone".into()));
    };
    let Ok(template) = answer.text(language) else { return Ok(Err("the answer has no text".into())) };
    Ok(match templates::render(thought.decided.wording.as_deref().unwrap_or(template), &values) {
        Err(error) => Err(error.to_string()),
        Ok(text) if text.trim().is_empty() => Err("its text comes out empty".into()),
        Ok(text) => Ok(Prepared {
            answer: answer.answer.id,
            version: answer.answer.version,
            body: footer::with(&text, language.or(answer.language)),
            waits: settings::load(app).await?.waits(),
        }),
    })
}

/// What templates can speak of, for this ticket.
pub async fn values(
    app: &App,
    ticket: &Ticket,
    requester: &Requester,
    agent: Option<&str>,
) -> Result<Values> {
    let settings = settings::load(app).await?;
    let link = crate::customer::page_link(app, ticket).await?;
    Ok(Values {
        requester: Person::new(requester.name.as_deref(), &requester.email),
        ticket: TicketValues {
            number: ticket.number,
            subject: value(ticket.subject.as_deref().unwrap_or_default()),
            link: settings.link(&link).unwrap_or_default(),
        },
        company: Named { name: value(&settings.company_name) },
        agent: Named { name: value(agent.unwrap_or(&settings.company_name)) },
    })
}

/// Writes readings, decisions and replies for the tickets that have none yet.
pub(super) async fn write(
    tx: &mut Tx,
    thoughts: &[Thought],
    prepared: &HashMap<TicketId, Prepared>,
    now: Millis,
) -> Result<()> {
    let mut decisions: Vec<Stored> = Vec::with_capacity(thoughts.len());
    for thought in thoughts {
        let mut stored = thought.decided.stored.clone();
        if prepared.contains_key(&stored.ticket) && is_taken(tx, stored.ticket).await? {
            stored.decision.action = Action::Agent;
            stored.decision.responder = Responder::Agent;
            stored.decision.reason = "A person has been here already".into();
        }
        decisions.push(stored);
    }
    let first: HashSet<TicketId> = store::decisions::insert(tx, &decisions).await?.into_iter().collect();
    let readings: Vec<_> =
        thoughts.iter().map(|t| &t.reading).filter(|r| first.contains(&r.ticket)).cloned().collect();
    store::readings::insert(tx, &readings).await?;
    for (stored, thought) in decisions.iter().zip(thoughts).filter(|(d, _)| first.contains(&d.ticket)) {
        let Thought { question, decided, .. } = thought;
        tx.event(record(stored, &decided.assigned, thought.reading.language.as_deref(), now));
        experiments::assign(tx, stored.ticket, question.requester, question.created_at, &decided.assigned)
            .await?;
        if let Some(reply) = prepared.get(&stored.ticket).filter(|_| stored.decision.sends()) {
            let reply = automatic(stored.decision.responder, reply);
            let message = add_reply(tx, now, stored.ticket, reply).await?;
            replies::waits(tx, &waiting(message, stored, decided.in_force)).await?;
        } else if waits_for_word(question) {
            tx.enqueue(NewJob::now("confirm", &OfTicket { ticket: stored.ticket }, now));
        }
    }
    Ok(())
}

/// Whether the requester hears that the question arrived, when no answer follows at once. What came through the
/// API is confirmed by whoever called it.
fn waits_for_word(question: &Question) -> bool {
    matches!(question.channel, Channel::Form | Channel::Mail) && !question.from_machine
}

/// Whether someone was faster than the decision, seen under the ticket's lock.
async fn is_taken(tx: &mut Tx, ticket: TicketId) -> Result<bool> {
    let now = store::tickets::for_change(tx, ticket).await?;
    Ok(now.is_none_or(|t| t.touched_by_agent || t.messages_count > 1 || t.status != Status::New))
}

/// Until it has left it can be taken back, by whoever switches off what let it be sent.
fn waiting(message: MessageId, stored: &Stored, policy_version: i64) -> Waiting {
    let Stored { ticket, category, .. } = *stored;
    Waiting { message, ticket, category, policy_version, sending_at: None }
}

fn automatic(responder: Responder, reply: &Prepared) -> Reply {
    Reply {
        actor: Actor::System,
        responder,
        kind: MessageKind::Public,
        body: reply.body.clone(),
        answer: Some(reply.answer),
        answer_version: Some(reply.version),
        status: Some(Status::Solved),
        waits: reply.waits,
        attachments: Vec::new(),
    }
}

/// Which answer it was stands in the decision alone, which knows from whom it must be hidden.
fn record(stored: &Stored, assigned: &[Assigned], language: Option<&str>, now: Millis) -> NewEvent {
    let d = &stored.decision;
    let sides: Vec<_> =
        assigned.iter().map(|it| json!({ "experiment": it.experiment, "side": it.side })).collect();
    NewEvent::new(now, "decision.made", Actor::System).ticket(stored.ticket).subject(stored.category).data(
        &json!({
            "mode": d.mode, "action": d.action, "arm": d.arm, "responder": d.responder,
            "model": stored.model_version, "policy": stored.policy_version, "experiments": sides,
            "language": language,
        }),
    )
}
