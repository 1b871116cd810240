//! Times in steps: quantiles within 1% from a few thousand counters, however many times there are.

use super::Times;

/// Steps to each doubling. A value lies at most 1/128 of itself from the middle of its step.
const STEPS: u32 = 64;
const BITS: u32 = STEPS.trailing_zeros();

/// How many times fell into each step (Gil Tene's `HdrHistogram`: linear within a doubling).
#[derive(Debug, Clone, Default)]
pub(super) struct Spread {
    steps: Vec<u32>,
    n: i64,
}

impl Spread {
    pub(super) fn add(&mut self, value: i64) {
        let step = step(value);
        if step >= self.steps.len() {
            self.steps.resize(step + 1, 0);
        }
        self.steps[step] += 1;
        self.n += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        if other.steps.len() > self.steps.len() {
            self.steps.resize(other.steps.len(), 0);
        }
        for (own, count) in self.steps.iter_mut().zip(&other.steps) {
            *own += count;
        }
        self.n += other.n;
    }

    pub(super) fn times(&self) -> Times {
        Times { n: self.n, median_ms: self.quantile(0.5), p90_ms: self.quantile(0.9) }
    }

    /// As [`crate::stats::quantile`] interpolates, between the middles of the two steps.
    fn quantile(&self, q: f64) -> Option<i64> {
        let last = (self.n > 0).then(|| self.n - 1)?;
        let at = q * last as f64;
        let (low, high) = (self.ranked(at.floor() as i64)?, self.ranked(at.ceil() as i64)?);
        Some(low + ((high - low) as f64 * at.fract()).round() as i64)
    }

    /// The value at a rank from 0.
    fn ranked(&self, rank: i64) -> Option<i64> {
        let mut seen = 0;
        for (step, &count) in self.steps.iter().enumerate() {
            seen += i64::from(count);
            if seen > rank {
                return Some(middle(step));
            }
        }
        None
    }
}

/// Values below [`STEPS`] have a step of their own.
fn step(value: i64) -> usize {
    let value = value.max(0) as u64;
    let doubling = (value | 1).ilog2().saturating_sub(BITS);
    (u64::from(doubling * STEPS) + (value >> doubling)) as usize
}

fn middle(step: usize) -> i64 {
    let (step, steps) = (step as u64, u64::from(STEPS));
    if step < 2 * steps {
        return step as i64;
    }
    let doubling = step / steps - 1;
    let low = (step - doubling * steps) << doubling;
    (low + (1 << doubling) / 2) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quantile;

    proptest::proptest! {
        #[test]
        fn quantiles_lie_within_one_per_cent(mut values in proptest::collection::vec(0i64..1_300_000_000, 1..400)) {
            let mut spread = Spread::default();
            for &value in &values {
                spread.add(value);
            }
            values.sort_unstable();
            for (found, q) in [(spread.times().median_ms, 0.5), (spread.times().p90_ms, 0.9)] {
                let exact = quantile(&values, q).unwrap();
                let error = (found.unwrap() - exact).abs() as f64;
                proptest::prop_assert!(error <= 0.01 * exact as f64 + 1.0, "{found:?} for {exact}");
            }
        }
    }

    #[test]
    fn steps_follow_each_other_without_a_gap() {
        let mut before = 0;
        for value in 0..1_000_000 {
            let step = step(value);
            assert!(step == before || step == before + 1, "{value}");
            assert!((middle(step) - value).abs() * 128 <= value.max(127), "{value}");
            before = step;
        }
    }
}
