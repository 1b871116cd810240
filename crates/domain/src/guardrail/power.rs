//! What the guardrail can see: how large a fall would be found within a month, by a simulation that always gives
//! the same answer.

use super::{Evidence, REVIEWS_ALPHA};
use crate::random::Random;
use crate::time::DAY;

/// How long a fall has time to be found.
pub const MONTH: i64 = 30;
/// In how many of the simulated cases it must be found.
pub const SURE: f64 = 0.8;
const RUNS: u64 = 500;
/// Precision is tried in steps of this.
const STEP: f64 = 0.005;

/// The highest precision that, once answers have fallen to it, would be found to be below `target` within a month
/// in four of five cases. None when even answers that are always wrong would not be: too few reviews.
pub fn found_within_a_month(target: f64, reviews_a_day: f64) -> Option<f64> {
    let steps = (target / STEP).floor() as u32;
    // The same draws for every precision, so that a larger fall is never found more rarely.
    let found = |step: u32| share_found(target, f64::from(step) * STEP, reviews_a_day) >= SURE;
    if !found(0) {
        return None;
    }
    let (mut low, mut high) = (0, steps + 1);
    while high - low > 1 {
        let middle = u32::midpoint(low, high);
        if found(middle) { low = middle } else { high = middle }
    }
    Some(f64::from(low) * STEP)
}

/// In which share of cases a fall to `precision` is found within a month, beginning without any evidence.
fn share_found(target: f64, precision: f64, reviews_a_day: f64) -> f64 {
    let reviews = (reviews_a_day * MONTH as f64).round() as u64;
    if reviews == 0 {
        return 0.0;
    }
    let apart = MONTH * DAY / reviews as i64;
    let found = (0..RUNS).filter(|&run| {
        let mut random = Random(run);
        let mut evidence = Evidence::against(1.0 - target);
        (0..reviews).any(|_| {
            evidence.observe(apart, u64::from(random.unit() >= precision), 1);
            evidence.wealth() >= 1.0 / REVIEWS_ALPHA
        })
    });
    found.count() as f64 / RUNS as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_reviews_find_smaller_falls() {
        let at = |a_day| found_within_a_month(0.95, a_day).unwrap();
        let (few, some, many) = (at(2.0), at(5.0), at(25.0));
        assert!(few < some && some < many && many < 0.95, "{few} {some} {many}");
        // Five a day find a fall to 80%, not one to 90%.
        assert!((0.80..0.90).contains(&some), "{some}");
    }

    #[test]
    fn without_reviews_nothing_is_found() {
        assert_eq!(found_within_a_month(0.95, 0.0), None);
        assert_eq!(found_within_a_month(0.5, 0.1), None);
    }
}
