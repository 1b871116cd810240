//! The company's desk: who sits there, which answers they have, and how they answer and review.

use std::collections::HashMap;

use ::demo::{Company, LiveTicket};
use app::accounts::people;
use app::tickets::AgentReply;
use app::{Actor, App, Caller, Error};
use domain::AnswerId;
use domain::tickets::Ticket;
use domain::words::{MessageKind, Responder, Status};

pub(crate) struct Desk {
    /// By the company's order.
    pub(crate) agents: Vec<Caller>,
    answers: HashMap<String, AnswerId>,
    keys: HashMap<AnswerId, String>,
}

impl Desk {
    pub(crate) async fn of(app: &App, company: &Company) -> Result<Self, Error> {
        let users = people::list(app).await?;
        let by_address = |email: &str| users.iter().find(|u| u.email == email);
        let agents = company.agents.iter().filter_map(|a| by_address(&a.email)).map(as_caller).collect();
        let snapshot = app::automation::snapshot(app).await?;
        let answers: HashMap<String, AnswerId> =
            snapshot.answers.iter().map(|a| (a.answer.key.clone(), a.answer.id)).collect();
        let keys = answers.iter().map(|(key, id)| (*id, key.clone())).collect();
        Ok(Self { agents, answers, keys })
    }

    /// An answer that was written meanwhile, known to the company's book as `key`.
    pub(crate) fn learns(&mut self, key: &str, answer: AnswerId) {
        self.answers.insert(key.to_owned(), answer);
        self.keys.insert(answer, key.to_owned());
    }

    pub(crate) fn answer(&self, key: Option<&String>) -> Option<AnswerId> {
        key.and_then(|key| self.answers.get(key)).copied()
    }

    /// Whether the first reply is what the customer needed; people ask back until it is.
    pub(crate) fn helped(&self, live: &LiveTicket, ticket: &Ticket) -> bool {
        match ticket.first_reply_by {
            Some(Responder::Agent) | None => true,
            Some(_) => {
                ticket.answer.and_then(|id| self.keys.get(&id)).is_some_and(|key| live.would_help(key))
            }
        }
    }

    /// The agent whose turn it is takes the ticket and solves it.
    pub(crate) async fn solve(&self, app: &App, live: &LiveTicket, ticket: &Ticket) -> Result<(), Error> {
        let Some(agent) = self.agents.get(live.agent % self.agents.len().max(1)) else { return Ok(()) };
        let again = ticket.first_reply_at.is_some();
        let answer = self.answer(live.answer_key.as_ref());
        let reply = AgentReply {
            kind: MessageKind::Public,
            body: live.reply.clone(),
            answer: if again { None } else { answer },
            status: Some(Status::Solved),
            attachments: Vec::new(),
        };
        if ticket.assignee.is_none() {
            let change = app::tickets::Change { assignee: Some(agent.user()), ..Default::default() };
            app::tickets::change(app, agent.actor, ticket.number, change).await?;
        }
        app::tickets::reply(app, agent.actor, ticket.number, reply).await?;
        Ok(())
    }
}

/// A person of the desk, as who acts.
pub(crate) fn as_caller(user: &people::User) -> Caller {
    Caller { actor: Actor::User(user.id), role: user.role, name: user.name.clone(), ..Caller::command_line() }
}
