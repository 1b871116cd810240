//! What is counted, and how: automation as bounds, CSAT by responder, reply and resolution times.
//!
//! Everything is a fold over [`TicketFacts`], one for each ticket, so that every number can be opened down to its
//! tickets and recomputed from the events.

mod replay;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::stats::{Rate, quantile};
use crate::words::{RatingValue, Resolution, Responder};
use crate::{CategoryId, Millis, TicketId};

pub use replay::{Happening, replay};

/// What the metrics know of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketFacts {
    pub id: TicketId,
    pub category: CategoryId,
    pub created_at: Millis,
    pub first_reply_at: Option<Millis>,
    pub first_reply_by: Option<Responder>,
    pub solved_at: Option<Millis>,
    pub solved_by: Option<Responder>,
    pub touched_by_agent: bool,
    pub resolution: Option<Resolution>,
    pub surveyed: bool,
    pub rating: Option<(RatingValue, Responder)>,
}

impl TicketFacts {
    /// The responder that answered it by itself. A ticket gets at most one such answer, and it is the first reply.
    pub fn automatic(&self) -> Option<Responder> {
        self.first_reply_by.filter(|r| *r != Responder::Agent)
    }
}

/// Share of tickets resolved without an agent's touch, as bounds: silence is never counted as success.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = AutomationShare)]
pub struct Automation {
    pub tickets: i64,
    /// Answered automatically, and the customer said that it helped.
    pub confirmed: i64,
    /// Answered automatically, and no word within the window.
    pub silent: i64,
    /// Answered automatically, but the customer replied, reopened or rated it bad.
    pub failed: i64,
    /// Answered automatically, and the window is still open.
    pub undecided: i64,
    /// An agent wrote or changed something.
    pub agent: i64,
    /// Nobody has answered yet.
    pub open: i64,
    /// `confirmed / tickets`.
    pub low: f64,
    /// `(confirmed + silent) / tickets`.
    pub high: f64,
}

impl Automation {
    fn add(&mut self, facts: &TicketFacts) {
        self.tickets += 1;
        match (facts.automatic(), facts.resolution) {
            // A failed automatic answer stays one, also when an agent has taken over since.
            (Some(_), Some(Resolution::Failed)) => self.failed += 1,
            _ if facts.touched_by_agent => self.agent += 1,
            (Some(_), Some(Resolution::Confirmed)) => self.confirmed += 1,
            (Some(_), Some(Resolution::Silent)) => self.silent += 1,
            (Some(_), None) => self.undecided += 1,
            (None, _) => self.open += 1,
        }
        self.low = share(self.confirmed, self.tickets);
        self.high = share(self.confirmed + self.silent, self.tickets);
    }
}

/// How one responder does.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ByResponder {
    pub responder: Responder,
    pub answered: i64,
    pub confirmed: i64,
    pub silent: i64,
    pub failed: i64,
    pub surveys: i64,
    pub good: i64,
    pub bad: i64,
    /// Ratings for each survey sent; ratings that nobody asked for count in `csat` alone.
    pub response_rate: Rate,
    /// Good ratings among all ratings.
    pub csat: Rate,
}

/// Times in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Times {
    pub n: i64,
    pub median_ms: Option<i64>,
    pub p90_ms: Option<i64>,
}

impl Times {
    fn of(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        Self { n: values.len() as i64, median_ms: quantile(&values, 0.5), p90_ms: quantile(&values, 0.9) }
    }
}

/// One set of numbers over some tickets.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Numbers {
    pub automation: Automation,
    pub responders: Vec<ByResponder>,
    pub first_reply: Times,
    pub resolution: Times,
}

#[derive(Default)]
struct Tally {
    answered: i64,
    confirmed: i64,
    silent: i64,
    failed: i64,
    surveys: i64,
    responses: i64,
    good: i64,
    bad: i64,
}

/// Counts `tickets` once.
pub fn count<'a>(tickets: impl IntoIterator<Item = &'a TicketFacts>) -> Numbers {
    let mut automation = Automation::default();
    let mut tallies: BTreeMap<Responder, Tally> = BTreeMap::new();
    let (mut replies, mut resolutions) = (Vec::new(), Vec::new());
    for facts in tickets {
        automation.add(facts);
        if let Some(at) = facts.first_reply_at {
            replies.push((at - facts.created_at).max(0));
        }
        if let Some(at) = facts.solved_at {
            resolutions.push((at - facts.created_at).max(0));
        }
        tally(facts, &mut tallies);
    }
    let responders = tallies.into_iter().map(|(responder, t)| by_responder(responder, &t)).collect();
    Numbers { automation, responders, first_reply: Times::of(replies), resolution: Times::of(resolutions) }
}

fn tally(facts: &TicketFacts, tallies: &mut BTreeMap<Responder, Tally>) {
    if let Some(responder) = facts.solved_by {
        let t = tallies.entry(responder).or_default();
        t.answered += 1;
        match facts.resolution {
            Some(Resolution::Confirmed) => t.confirmed += 1,
            Some(Resolution::Silent) => t.silent += 1,
            Some(Resolution::Failed) => t.failed += 1,
            None => {}
        }
    }
    // A survey and its rating belong to whoever had answered when it was given.
    let rated = facts.rating.map(|(_, responder)| responder);
    if let (true, Some(asked)) = (facts.surveyed, rated.or(facts.solved_by).or(facts.first_reply_by)) {
        let t = tallies.entry(asked).or_default();
        t.surveys += 1;
        t.responses += i64::from(rated.is_some());
    }
    if let Some((value, responder)) = facts.rating {
        let t = tallies.entry(responder).or_default();
        match value {
            RatingValue::Good => t.good += 1,
            RatingValue::Bad => t.bad += 1,
        }
    }
}

fn by_responder(responder: Responder, t: &Tally) -> ByResponder {
    let ratings = t.good + t.bad;
    ByResponder {
        responder,
        answered: t.answered,
        confirmed: t.confirmed,
        silent: t.silent,
        failed: t.failed,
        surveys: t.surveys,
        good: t.good,
        bad: t.bad,
        response_rate: Rate::new(t.responses, t.surveys),
        csat: Rate::new(t.good, ratings),
    }
}

fn share(count: i64, of: i64) -> f64 {
    if of == 0 { 0.0 } else { count as f64 / of as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(solved_by: Responder, resolution: Option<Resolution>) -> TicketFacts {
        TicketFacts {
            id: TicketId(1),
            category: CategoryId(1),
            created_at: 0,
            first_reply_at: Some(60_000),
            first_reply_by: Some(solved_by),
            solved_at: Some(120_000),
            solved_by: Some(solved_by),
            touched_by_agent: solved_by == Responder::Agent,
            resolution,
            surveyed: true,
            rating: None,
        }
    }

    #[test]
    fn silence_is_not_success() {
        let tickets = [
            facts(Responder::Learner, Some(Resolution::Confirmed)),
            facts(Responder::Learner, Some(Resolution::Silent)),
            facts(Responder::Rules, None),
            facts(Responder::Agent, Some(Resolution::Confirmed)),
        ];
        let a = count(&tickets).automation;
        assert_eq!((a.confirmed, a.silent, a.undecided, a.agent), (1, 1, 1, 1));
        assert!((a.low - 0.25).abs() < 1e-9 && (a.high - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_failed_answer_counts_as_failed_after_an_agent_took_over() {
        let mut taken_over = facts(Responder::Agent, Some(Resolution::Failed));
        taken_over.first_reply_by = Some(Responder::Learner);
        let a = count([&taken_over]).automation;
        assert_eq!((a.failed, a.agent), (1, 0));
    }

    #[test]
    fn csat_goes_to_whoever_had_answered() {
        let mut ticket = facts(Responder::Agent, None);
        ticket.rating = Some((RatingValue::Bad, Responder::Learner));
        let numbers = count([&ticket]);
        let learner = numbers.responders.iter().find(|r| r.responder == Responder::Learner).unwrap();
        assert_eq!((learner.bad, learner.good, learner.csat.of), (1, 0, 1));
    }

    proptest::proptest! {
        #[test]
        fn bounds_are_ordered_and_parts_add_up(kinds in proptest::collection::vec((0usize..4, 0usize..4), 0..60)) {
            let resolutions = [None, Some(Resolution::Confirmed), Some(Resolution::Silent), Some(Resolution::Failed)];
            let all: Vec<_> = kinds.iter().map(|&(r, s)| facts(Responder::ALL[r], resolutions[s])).collect();
            let a = count(&all).automation;
            proptest::prop_assert!(0.0 <= a.low && a.low <= a.high && a.high <= 1.0);
            proptest::prop_assert_eq!(a.confirmed + a.silent + a.failed + a.undecided + a.agent + a.open, a.tickets);
        }
    }
}
