//! What may become of a ticket: each change takes the ticket as it is and gives the ticket as it will be.

use super::Ticket;
use crate::metrics::RECONTACT;
use crate::words::{MessageKind, Resolution, Responder, Status};
use crate::{AnswerId, Millis};

/// A change of status that the rules do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ticket that is {from} cannot become {to}: {why}")]
pub struct InvalidTransition {
    pub from: Status,
    pub to: Status,
    pub why: &'static str,
}

/// A message about to be added to a ticket by Deskwise or an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Addition {
    pub kind: MessageKind,
    pub responder: Responder,
    pub answer: Option<AnswerId>,
    /// The status asked for; `None` leaves the choice to the rules.
    pub status: Option<Status>,
}

impl Status {
    /// Whether somebody still has to do something.
    pub const fn is_solved(self) -> bool {
        matches!(self, Self::Solved | Self::Closed)
    }

    /// Whether an agent or Deskwise may move a ticket from here to `to`. Staying is always allowed.
    pub fn may_become(self, to: Self) -> Result<(), InvalidTransition> {
        let why = match (self, to) {
            (from, to) if from == to => return Ok(()),
            (_, Self::New) => "only a ticket nobody has touched is new",
            (Self::Closed, Self::Open) => return Ok(()),
            (Self::Closed, _) => "it is closed; open it again first",
            (from, Self::Closed) if from != Self::Solved => "only a solved ticket is closed",
            _ => return Ok(()),
        };
        Err(InvalidTransition { from: self, to, why })
    }
}

impl Ticket {
    /// The ticket with another status. `by` is who solves it, when that is what happens.
    pub fn moved(mut self, to: Status, by: Responder, at: Millis) -> Result<Self, InvalidTransition> {
        self.status.may_become(to)?;
        if self.status == to {
            return Ok(self);
        }
        let was_solved = self.status.is_solved();
        self.status = to;
        self.updated_at = at;
        match to {
            Status::Solved => {
                self.solved_at = Some(at);
                self.solved_by = Some(by);
            }
            Status::Closed => self.closed_at = Some(at),
            _ if was_solved => self.reopen(at),
            _ => {}
        }
        Ok(self)
    }

    /// The ticket after a reply or a note of an agent or of Deskwise.
    pub fn answered(mut self, addition: Addition, at: Millis) -> Result<Self, InvalidTransition> {
        let Addition { kind, responder, answer, status } = addition;
        self.messages_count += 1;
        self.updated_at = at;
        self.touched_by_agent |= responder == Responder::Agent;
        let to = status.unwrap_or(match (kind, self.status) {
            (MessageKind::Public, Status::New) => Status::Open,
            (_, unchanged) => unchanged,
        });
        if kind == MessageKind::Public {
            self.first_reply_at = self.first_reply_at.or(Some(at));
            self.first_reply_by = self.first_reply_by.or(Some(responder));
            self.answer = answer.or(self.answer);
        }
        self.moved(to, responder, at)
    }

    /// The ticket after its automatic reply was withdrawn before the requester had it: as if nobody had answered. One
    /// that somebody has moved on meanwhile stays where it was put.
    #[must_use]
    pub fn reply_withdrawn(mut self, at: Millis) -> Self {
        self.updated_at = at;
        self.first_reply_at = None;
        self.first_reply_by = None;
        self.answer = None;
        if self.resolution == Some(Resolution::Silent) {
            self.resolution = None;
            self.resolved_at = None;
        }
        if self.status == Status::Solved && self.is_resolved_automatically() {
            self.status = Status::New;
        } else if self.status == Status::Solved && self.solved_by.is_some_and(|by| by != Responder::Agent) {
            self.status = Status::Open;
        }
        if !self.status.is_solved() {
            self.solved_at = None;
            self.solved_by = None;
        }
        self
    }

    /// The ticket after a later message of its requester: it is a person's turn, whatever it was before, and what
    /// had been solved without an agent turns out not to have been.
    #[must_use]
    pub fn heard_again(mut self, at: Millis) -> Self {
        self.messages_count += 1;
        self.updated_at = at;
        self.came_back(at);
        if self.status.is_solved() {
            self.reopen(at);
        }
        if self.status != Status::New {
            self.status = Status::Open;
        }
        self
    }

    /// Whether it was solved without an agent having touched it.
    pub fn is_resolved_automatically(&self) -> bool {
        !self.touched_by_agent && self.solved_by.is_some_and(|by| by != Responder::Agent)
    }

    /// Its requester is here again; to be called before it is reopened.
    pub(super) fn came_back(&mut self, at: Millis) {
        let soon = self.solved_at.is_some_and(|solved| solved >= at - RECONTACT);
        if soon && !self.is_history() {
            self.recontacted_at = self.recontacted_at.or(Some(at));
        }
    }

    pub(super) fn reopen(&mut self, at: Millis) {
        if self.is_resolved_automatically() {
            self.resolution = Some(Resolution::Failed);
            self.resolved_at = Some(at);
        }
        self.reopened += 1;
        self.solved_at = None;
        self.solved_by = None;
        self.closed_at = None;
    }
}
