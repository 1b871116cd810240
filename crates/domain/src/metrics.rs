//! What is counted, and how: automation as bounds, CSAT, times, contacts, agents' work.
//!
//! Everything is a fold over [`TicketFacts`], one for each ticket, so that every number can be opened down to its
//! tickets ([`Counted`]) and recomputed from the events ([`replay`]). The facts of a day are kept packed ([`packed`]).

mod counted;
mod fold;
mod numbers;
pub mod packed;
mod path;
mod replay;
mod selection;
mod spread;
mod stretches;
mod tally;

use std::sync::Arc;

use crate::time::{DAY, MINUTE};
use crate::words::{Channel, RatingValue, Resolution, Responder, Verdict};
use crate::{CategoryId, Millis, TicketId, UserId};

pub use counted::Outcome;
pub use fold::{Fold, Folded, Group, Plan, Point};
pub use numbers::{AgentHours, Automation, ByResponder, Numbers, Saved, Times, Work};
pub use path::{Goal, GoalKind, Pace, Path, Reached, path};
pub use replay::{Happening, replay};
pub use selection::{Key, Selection};

/// Times count as at most this, so that one forgotten ticket does not speak for all.
pub const LONGEST: Millis = 14 * DAY;
/// Who writes again this soon after a solution has come back.
pub const RECONTACT: Millis = 7 * DAY;
/// An agent who wrote something was at work for this stretch of the clock.
pub const STRETCH: Millis = 15 * MINUTE;

/// What the metrics know of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct TicketFacts {
    pub id: TicketId,
    pub created_at: Millis,
    pub category: CategoryId,
    pub channel: Channel,
    pub language: Option<Arc<str>>,
    /// The person who wrote the last public reply.
    pub agent: Option<UserId>,
    pub first_reply_at: Option<Millis>,
    pub first_reply_by: Option<Responder>,
    /// The solution that stands.
    pub solved_at: Option<Millis>,
    pub solved_by: Option<Responder>,
    /// Solutions that did not stand: when it was solved and when it was open again, in turn.
    pub turns: Vec<Millis>,
    pub touched_by_agent: bool,
    pub resolution: Option<Resolution>,
    pub surveyed: bool,
    pub rating: Option<(RatingValue, Responder)>,
    /// Public replies of the team and of Deskwise.
    pub replies: u32,
    /// Its requester came back within [`RECONTACT`] of a solution.
    pub recontacted: bool,
    /// An agent gave the first reply and had a suggested answer in view.
    pub suggested: bool,
    /// … and started from that answer.
    pub suggestion_used: bool,
    /// What the review of an answer sent by itself said, where the uniform sample chose it.
    pub verdict: Option<Verdict>,
    /// Who wrote something in which [`STRETCH`] since 1970; sorted, each once.
    pub stretches: Vec<(UserId, i64)>,
}

impl TicketFacts {
    /// A ticket of which nothing is known but that it came in.
    pub fn asked(id: TicketId, created_at: Millis, category: CategoryId, channel: Channel) -> Self {
        Self {
            id,
            created_at,
            category,
            channel,
            language: None,
            agent: None,
            first_reply_at: None,
            first_reply_by: None,
            solved_at: None,
            solved_by: None,
            turns: Vec::new(),
            touched_by_agent: false,
            resolution: None,
            surveyed: false,
            rating: None,
            replies: 0,
            recontacted: false,
            suggested: false,
            suggestion_used: false,
            verdict: None,
            stretches: Vec::new(),
        }
    }

    /// Whether it came in while Deskwise was there. Of imported history nobody knows what an automatic answer would
    /// have done, or who came back.
    pub fn is_live(&self) -> bool {
        self.channel != Channel::Import
    }

    /// The responder that answered it by itself. A ticket gets at most one such answer, and it is the first reply.
    pub fn automatic(&self) -> Option<Responder> {
        self.first_reply_by.filter(|r| *r != Responder::Agent)
    }

    /// From its beginning to the first reply.
    pub fn first_reply(&self) -> Option<Millis> {
        self.first_reply_at.map(|at| (at - self.created_at).clamp(0, LONGEST))
    }

    /// From its beginning to the solution that stands.
    pub fn full_resolution(&self) -> Option<Millis> {
        self.solved_at.map(|at| (at - self.created_at).clamp(0, LONGEST))
    }

    /// Solved by a single public reply, for good.
    pub fn is_one_touch(&self) -> bool {
        self.is_live() && self.solved_at.is_some() && self.replies == 1 && self.turns.is_empty()
    }

    /// Whether it waited for somebody at a moment: it had come before and was not solved.
    pub fn waits_at(&self, at: Millis) -> bool {
        self.is_live() && self.waits().any(|(from, until)| from < at && until.is_none_or(|until| until >= at))
    }

    /// From when until when it was not solved, in order; the last may be open.
    pub fn waits(&self) -> impl Iterator<Item = (Millis, Option<Millis>)> + '_ {
        let begins = std::iter::once(self.created_at).chain(self.turns.iter().skip(1).step_by(2).copied());
        let ends = self.turns.iter().step_by(2).copied().map(Some).chain(std::iter::once(self.solved_at));
        begins.zip(ends)
    }
}

#[cfg(test)]
mod tests;
