//! Comparing the two sides in four outcomes, each a number from 0 to 1 for every ticket.
//!
//! **What enters, and when.** The first ticket of each requester: later ones of the same person are answered alike but
//! not counted, because two tickets of one person are not two pieces of evidence. It enters when its window has closed,
//! whatever happened: failures come earlier than successes, so what is only half over would look worse than it is.
//!
//! **The difference** of the means is estimated ticket by ticket: with `y` the outcome, `m` the mean of those before and
//! `s` = 1 on side B and −1 on side A, `u = (1 + s(y − m))/2` lies in [0, 1]. As each side has half the requesters by a
//! fair coin, `E[u] = 1/2 + (B − A)/4`, whatever `m`. A [`Sequence`] for the mean of `u` is thus one for the difference,
//! and where the sides are the same, `E[u]` is 1/2 given everything before, however the questions change meanwhile.

use super::Sequence;
use super::results::{Case, Comparison, Estimate, Later, Point, Results, Seen};
use crate::Millis;
use crate::stats::Rate;
use crate::time::DAY;
use crate::words::{Outcome, RatingValue, Side};

/// The chance that any of the outcomes ever shows a difference that is not there.
pub const ALPHA: f64 = 0.05;
const SHARED: f64 = ALPHA / Outcome::ALL.len() as f64;
/// When a ticket is counted, after it came. Times are capped here.
pub const WINDOW: Millis = 14 * DAY;
/// How soon somebody must write again for it to count.
pub const RECONTACT_WINDOW: Millis = 7 * DAY;
/// Steps in which means and differences are told apart: a quarter of a point.
const STEPS: usize = 400;
/// Points of a drawing at most.
const POINTS: usize = 60;

/// The sequence of the difference of two sides.
#[derive(Debug, Clone)]
pub struct Difference {
    sequence: Sequence,
    sum: f64,
}

impl Default for Difference {
    fn default() -> Self {
        Self { sequence: Sequence::new(SHARED, 0.25, 0.75, 2 * STEPS), sum: 0.0 }
    }
}

impl Difference {
    /// Takes in a ticket's outcome, from 0 to 1.
    pub fn observe(&mut self, side: Side, outcome: f64) {
        let before = (0.5 + self.sum) / (self.sequence.count() as f64 + 1.0);
        let off = (outcome - before) / 2.0;
        self.sequence.observe(if side == Side::B { 0.5 + off } else { 0.5 - off });
        self.sum += outcome;
    }

    /// 1 when B is shown to have more, −1 when less.
    pub fn found(&self) -> i8 {
        self.sequence.refutes(0.5)
    }

    /// B less A, from −1 to 1.
    pub fn interval(&self) -> (f64, f64) {
        let (low, high) = self.sequence.interval();
        (4.0 * (low - 0.5), 4.0 * (high - 0.5))
    }
}

/// One outcome while it is counted.
struct Counting {
    outcome: Outcome,
    silent: Option<Case>,
    sides: [(Sequence, f64); 2],
    difference: Difference,
    path: Vec<Point>,
}

impl Counting {
    fn new(outcome: Outcome, silent: Option<Case>) -> Self {
        let side = || (Sequence::new(SHARED, 0.0, 1.0, STEPS), 0.0);
        Self { outcome, silent, sides: [side(), side()], difference: Difference::default(), path: Vec::new() }
    }

    /// When a ticket enters, and with what.
    fn value(&self, seen: &Seen) -> Option<(Millis, f64)> {
        if self.outcome == Outcome::Recontact {
            return Some((seen.came_at + RECONTACT_WINDOW, f64::from(u8::from(seen.again?))));
        }
        let later = seen.later?;
        let value = match (self.outcome, self.silent) {
            (Outcome::Csat, Some(Case::Best)) => f64::from(u8::from(later.rating != Some(RatingValue::Bad))),
            (Outcome::Csat, _) => f64::from(u8::from(later.rating == Some(RatingValue::Good))),
            (Outcome::Time, _) => {
                later.solved_after.map_or(1.0, |t| (t as f64 / WINDOW as f64).clamp(0.0, 1.0))
            }
            _ => f64::from(u8::from(later.confirmed)),
        };
        Some((seen.came_at + WINDOW, value))
    }

    fn observe(&mut self, side: Side, value: f64) {
        let (sequence, sum) = &mut self.sides[usize::from(side == Side::B)];
        sequence.observe(value);
        *sum += value;
        self.difference.observe(side, value);
    }

    fn point(&self, at: Millis) -> Point {
        let [a, b] = [0, 1].map(|side: usize| {
            let (sequence, sum) = &self.sides[side];
            let (low, high) = sequence.interval();
            let n = sequence.count() as i64;
            Estimate { n, mean: (n > 0).then(|| sum / n as f64), low, high }
        });
        let (low, high) = self.difference.interval();
        let mean = a.mean.zip(b.mean).map(|(a, b)| b - a);
        Point { at, a, b, difference: Estimate { n: a.n + b.n, mean, low, high } }
    }

    fn run(mut self, seen: &[Seen]) -> Comparison {
        let mut values: Vec<(Millis, Side, f64)> =
            seen.iter().filter_map(|s| self.value(s).map(|(at, value)| (at, s.side, value))).collect();
        values.sort_by_key(|v| v.0);
        let day = |at: Millis| at.div_euclid(DAY);
        for (i, &(at, side, value)) in values.iter().enumerate() {
            self.observe(side, value);
            if values.get(i + 1).is_none_or(|next| day(next.0) != day(at)) {
                self.path.push(self.point(at));
            }
        }
        let last = self.point(0);
        let apart = self.path.len().div_ceil(POINTS).max(1);
        let mut path: Vec<Point> = self.path.iter().rev().step_by(apart).copied().collect();
        path.reverse();
        Comparison {
            outcome: self.outcome,
            silent: self.silent,
            a: last.a,
            b: last.b,
            difference: last.difference,
            found: self.difference.found(),
            variance: self.difference.sequence.variance(),
            path,
        }
    }
}

/// Compares the sides by the first ticket of each requester, as far as they have been counted at `now`.
pub fn results(seen: &[Seen], now: Millis) -> Results {
    let counted = |s: &&Seen| s.later.is_some();
    let answered = |side| {
        let asked = seen.iter().filter(|s| s.side == side).filter_map(|s| s.later);
        let asked: Vec<Later> = asked.filter(|later| later.asked).collect();
        Rate::new(asked.iter().filter(|l| l.rating.is_some()).count() as i64, asked.len() as i64)
    };
    let outcomes = [
        (Outcome::Confirmed, None),
        (Outcome::Recontact, None),
        (Outcome::Csat, Some(Case::Worst)),
        (Outcome::Csat, Some(Case::Best)),
        (Outcome::Time, None),
    ];
    let lately = |s: &&Seen| s.came_at + WINDOW > now - 28 * DAY;
    Results {
        taking_part: seen.len() as i64,
        counted: seen.iter().filter(counted).count() as i64,
        answered_a: answered(Side::A),
        answered_b: answered(Side::B),
        comparisons: outcomes.map(|(outcome, silent)| Counting::new(outcome, silent).run(seen)).to_vec(),
        lately: seen.iter().filter(counted).filter(lately).count() as i64,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::Random;
    use crate::time::HOUR;

    /// Tickets a quarter of an hour apart, confirmed with these chances.
    fn tickets(n: i64, confirmed: [f64; 2], seed: u64) -> Vec<Seen> {
        let mut random = Random(seed);
        let ticket = |i: i64| {
            let b = random.unit() < 0.5;
            let confirmed = random.unit() < confirmed[usize::from(b)];
            let rating = match (random.unit() < 0.2, confirmed) {
                (false, _) => None,
                (true, true) => Some(RatingValue::Good),
                (true, false) => Some(RatingValue::Bad),
            };
            let solved_after = Some(HOUR + (random.unit() * 20.0) as i64 * HOUR);
            let side = if b { Side::B } else { Side::A };
            let later = Later { confirmed, asked: true, rating, solved_after };
            Seen { side, came_at: i * HOUR / 4, again: Some(!confirmed), later: Some(later) }
        };
        (0..n).map(ticket).collect()
    }

    #[test]
    fn a_real_difference_is_found_in_the_right_direction() {
        let results = results(&tickets(3_000, [0.5, 0.65], 1), 40 * DAY);
        assert_eq!(results.better(Outcome::Confirmed), Some(Side::B));
        assert_eq!(results.better(Outcome::Recontact), Some(Side::B));
        assert_eq!(results.better(Outcome::Time), None);
        let confirmed = &results.comparisons[0];
        assert!(confirmed.difference.low > 0.0 && confirmed.difference.high > 0.15);
        assert!(confirmed.path.len() <= POINTS && confirmed.path.len() > 20);
        assert_eq!(confirmed.a.n + confirmed.b.n, 3_000);
    }

    #[test]
    fn a_rating_counts_only_if_it_holds_however_the_silent_felt() {
        // B is rated good more often, and bad more often too: more of them answer.
        let mut seen = tickets(2_000, [0.5, 0.5], 2);
        for (i, ticket) in seen.iter_mut().enumerate() {
            let answers = if ticket.side == Side::B { i % 2 == 0 } else { i % 10 == 0 };
            let value = if i % 4 < 2 { RatingValue::Good } else { RatingValue::Bad };
            if let Some(later) = &mut ticket.later {
                later.rating = answers.then_some(value);
            }
        }
        let results = results(&seen, 40 * DAY);
        let csat: Vec<_> = results.comparisons.iter().filter(|c| c.outcome == Outcome::Csat).collect();
        assert_eq!((csat[0].better(), csat[1].better()), (Some(Side::B), Some(Side::A)));
        assert_eq!(results.better(Outcome::Csat), None);
    }

    #[test]
    fn what_is_not_over_is_not_counted() {
        let mut seen = tickets(10, [0.5, 0.5], 3);
        seen[0].later = None;
        seen[1] = Seen { again: None, later: None, ..seen[1] };
        let results = results(&seen, 40 * DAY);
        let n = |i: usize| results.comparisons[i].difference.n;
        assert_eq!((results.taking_part, results.counted, n(0), n(1)), (10, 8, 8, 9));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]
        /// Same sides, looked at after every ticket: over all outcomes at most 5% ever show a difference.
        #[test]
        fn the_same_sides_are_rarely_told_apart(seed in any::<u64>(), rate in 0.05..0.95_f64) {
            let mut false_findings = 0;
            for run in 0..60 {
                let mut difference = Difference::default();
                let mut random = Random(seed.wrapping_add(run << 24));
                let mut drifting = rate;
                let mut found = false;
                for _ in 0..250 {
                    // The questions change meanwhile; a fair coin does not mind.
                    drifting = (drifting + 0.02 * (random.unit() - 0.5)).clamp(0.0, 1.0);
                    let side = if random.unit() < 0.5 { Side::A } else { Side::B };
                    difference.observe(side, f64::from(u8::from(random.unit() < drifting)));
                    found |= difference.found() != 0;
                }
                false_findings += u32::from(found);
            }
            // 1.25% of 60 is less than one; more than six by chance is rarer than one in ten thousand.
            prop_assert!(false_findings <= 6, "{false_findings} of 60");
        }
    }
}
