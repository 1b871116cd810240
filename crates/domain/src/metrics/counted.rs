//! What makes a ticket count in a number: the same rule counts it and lists it.

use super::TicketFacts;
use crate::Millis;
use crate::words::{Counted, RatingValue, Resolution, Responder, Verdict};

/// How a ticket stands with automation. Each live ticket has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Confirmed,
    Silent,
    Failed,
    Undecided,
    Agent,
    Open,
}

impl TicketFacts {
    /// `None` for imported history, which no automatic answer could have met.
    pub fn outcome(&self) -> Option<Outcome> {
        if !self.is_live() {
            return None;
        }
        Some(match (self.automatic(), self.resolution) {
            // A failed automatic answer stays one, also when an agent has taken over since.
            (Some(_), Some(Resolution::Failed)) => Outcome::Failed,
            _ if self.touched_by_agent => Outcome::Agent,
            (Some(_), Some(Resolution::Confirmed)) => Outcome::Confirmed,
            (Some(_), Some(Resolution::Silent)) => Outcome::Silent,
            (Some(_), None) => Outcome::Undecided,
            (None, _) => Outcome::Open,
        })
    }
}

impl Counted {
    /// Whether the ticket is one of those. `until` is the end of the period, at which the backlog is looked at.
    #[inline]
    pub fn holds(self, f: &TicketFacts, until: Millis) -> bool {
        let rated = |value| f.rating.is_some_and(|(given, _)| given == value);
        match self {
            Self::Tickets => true,
            Self::Live => f.is_live(),
            Self::Confirmed => f.outcome() == Some(Outcome::Confirmed),
            Self::Silent => f.outcome() == Some(Outcome::Silent),
            Self::Failed => f.outcome() == Some(Outcome::Failed),
            Self::Undecided => f.outcome() == Some(Outcome::Undecided),
            Self::Agent => f.outcome() == Some(Outcome::Agent),
            Self::Open => f.outcome() == Some(Outcome::Open),
            Self::Automatic => f.automatic().is_some(),
            Self::Surveyed => f.surveyed,
            Self::Rated => f.rating.is_some(),
            Self::Good => rated(RatingValue::Good),
            Self::Bad => rated(RatingValue::Bad),
            Self::FirstReply => f.first_reply_at.is_some(),
            Self::Solved => f.solved_at.is_some(),
            Self::LiveSolved => f.is_live() && f.solved_at.is_some(),
            Self::OneTouch => f.is_one_touch(),
            Self::EverSolved => f.is_live() && (f.solved_at.is_some() || !f.turns.is_empty()),
            Self::Recontact => Self::EverSolved.holds(f, until) && f.recontacted,
            Self::Backlog => f.waits_at(until),
            Self::SolvedByAgents => f.is_live() && f.solved_by == Some(Responder::Agent),
            Self::Suggested => f.suggested,
            Self::SuggestionUsed => f.suggestion_used,
            Self::Reviewed => f.verdict.is_some(),
            Self::ReviewedRight => f.verdict == Some(Verdict::Right),
        }
    }
}
