//! How the team's reviews are spread: first what every category needs to be watched at all, then the rest.

use crate::TicketId;
use crate::arms::places;

/// Reviews a day that every category answering by itself needs, where it sends as many.
pub const LEAST: f64 = 5.0;
/// How many times as many when drift or "this did not help" rises.
pub const CLOSER: f64 = 5.0;
/// Of what is left beyond those: the share that goes to answers picked for being uncertain.
const UNCERTAIN: f64 = 1.0 / 3.0;

/// Share of tickets that two people look at, where there are two.
const BY_TWO: f64 = 0.2;

/// Chance as it falls for one ticket: always the same for the same key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lot {
    chosen: f64,
    by_two: f64,
}

impl Lot {
    pub fn of(key: &[u8], ticket: TicketId) -> Self {
        let [chosen, by_two, _] = places(key, b"reviews", ticket.0);
        Self { chosen, by_two }
    }

    /// Whether it is in a uniform sample of this share.
    pub fn is_in(self, share: f64) -> bool {
        self.chosen < share
    }

    /// How many people are to look at it.
    pub fn wanted(self, reviewers: usize) -> i64 {
        if reviewers > 1 && self.by_two < BY_TWO { 2 } else { 1 }
    }
}

/// A category that wants reviews.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    pub sent_a_day: f64,
    pub closer: bool,
}

/// Reviews a day for one category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    /// Of the uniform sample of what was sent.
    pub uniform: f64,
    /// Of those picked because the learner was least sure.
    pub uncertain: f64,
}

/// Spreads `budget` reviews a day. What categories need to be watched comes first, even beyond the budget:
/// automation that nobody watches is paused, not watched less.
pub fn spread(budget: f64, demands: &[Demand]) -> Vec<Quota> {
    let needed = |d: &Demand| (if d.closer { CLOSER * LEAST } else { LEAST }).min(d.sent_a_day);
    let mut quotas: Vec<Quota> =
        demands.iter().map(|d| Quota { uniform: needed(d), uncertain: 0.0 }).collect();
    let spare = (budget - quotas.iter().map(|q| q.uniform).sum::<f64>()).max(0.0);
    let room: Vec<f64> =
        demands.iter().zip(&quotas).map(|(d, q)| (d.sent_a_day - q.uniform).max(0.0)).collect();
    let all: f64 = room.iter().sum();
    if all > 0.0 {
        let spare = spare.min(all);
        for (quota, room) in quotas.iter_mut().zip(room) {
            let more = spare * room / all;
            quota.uncertain = more * UNCERTAIN;
            quota.uniform += more - quota.uncertain;
        }
    }
    quotas
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(sent_a_day: f64) -> Demand {
        Demand { sent_a_day, closer: false }
    }

    #[test]
    fn every_category_gets_its_five_and_busy_ones_the_rest() {
        let quotas = spread(15.0, &[demand(100.0), demand(3.0)]);
        assert!((quotas[1].uniform - 3.0).abs() < 1e-9 && quotas[1].uncertain == 0.0, "{quotas:?}");
        // 15 − 5 − 3 = 7 are left: a third for the uncertain ones.
        assert!((quotas[0].uniform - (5.0 + 7.0 * 2.0 / 3.0)).abs() < 1e-9, "{quotas:?}");
        assert!((quotas[0].uncertain - 7.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn what_watching_needs_comes_before_the_budget() {
        let quotas = spread(15.0, &[demand(50.0), Demand { sent_a_day: 60.0, closer: true }, demand(40.0)]);
        let uniform: Vec<f64> = quotas.iter().map(|q| q.uniform).collect();
        assert_eq!(uniform, [5.0, 25.0, 5.0]);
    }

    #[test]
    fn lots_meet_their_share_and_never_change() {
        let lots: Vec<Lot> = (0..10_000).map(|id| Lot::of(b"key", TicketId(id))).collect();
        let share = |count: usize| count as f64 / 10_000.0;
        assert!((share(lots.iter().filter(|l| l.is_in(0.3)).count()) - 0.3).abs() < 0.02);
        assert!((share(lots.iter().filter(|l| l.wanted(2) == 2).count()) - BY_TWO).abs() < 0.02);
        assert!(lots.iter().all(|l| l.wanted(1) == 1 && l.is_in(1.0)));
        assert_eq!(lots[7], Lot::of(b"key", TicketId(7)));
    }

    #[test]
    fn nothing_is_asked_for_beyond_what_was_sent() {
        assert_eq!(spread(15.0, &[demand(2.0)])[0], Quota { uniform: 2.0, uncertain: 0.0 });
        assert!(spread(15.0, &[]).is_empty());
    }
}
