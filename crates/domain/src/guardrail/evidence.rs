//! Evidence that failures have become more frequent than allowed, from a stream that is looked at as often as one
//! likes.
//!
//! It is money won by betting against the promise (Waudby-Smith & Ramdas, arXiv:2010.09686). A bet on the odds of a
//! failure being `k` times those allowed multiplies its stake by `q/ε` at a failure and by `(1 − q)/(1 − ε)` at a
//! success, where `ε` is the share allowed and `q` the share betted on. While failures happen with a chance of at
//! most `ε`, whatever came before, such a stake cannot grow on average. Three bets (`k` = 2, 3.5 and 6) share the
//! money, so that neither a small nor a large fall is missed; an unlucky mix costs at most a factor of three.
//!
//! A single stake laid at the beginning would be lost during a long good stretch, and blind to a fall that comes
//! later. So money is laid anew all the time, in proportion to the time that passes: one unit a year, in the way of
//! the Shiryaev–Roberts e-detector (Shin, Ramdas & Rinaldo, arXiv:2203.03532). With `M` the wealth and `w` the share
//! of a year since the last look, `M ← (M + w)·L`. Because `E[L] ≤ 1` under the promise, `M + (T − Σw)` is a
//! nonnegative supermartingale that begins at `T`, and by Ville's inequality
//!
//! > the chance that `M` ever reaches `1/α` within `T` years is at most `α·T`.
//!
//! So the chance of a false alarm is at most `α` in the first year, and `α` more for each further one. Laying the
//! money by time, not by look, keeps this true when looks become five times as many. The time between two looks
//! must not depend on how the second one turns out, which is why reviews are chosen by a hash.
//!
//! The alternatives: a sum over a fixed grid of beginnings is the same thing, coarser; CUSUM takes the largest
//! instead of the sum, with an alarm level that must be simulated for every target; a test of fixed size each week
//! is slower (the benchmark `bench/guardrail` compares).

use crate::Millis;
use crate::time::DAY;

const YEAR: f64 = 365.0 * DAY as f64;
/// How many times the odds allowed each bet is on.
const ODDS: [f64; 3] = [2.0, 3.5, 6.0];

/// The wealth of whoever bets against the promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    bets: [Bet; ODDS.len()],
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Bet {
    wealth: f64,
    /// By what a failure and a success multiply it.
    failure: f64,
    success: f64,
}

impl Bet {
    fn grown(&self, failures: u64, of: u64) -> f64 {
        match (failures, of) {
            (0, 1) => self.success,
            (1, 1) => self.failure,
            _ => {
                let successes = of.saturating_sub(failures) as f64;
                (failures as f64 * self.failure.ln() + successes * self.success.ln()).exp()
            }
        }
    }
}

impl Evidence {
    /// Against a share of failures of at most `allowed`, which lies between 0 and 1.
    pub fn against(allowed: f64) -> Self {
        let allowed = allowed.clamp(1e-6, 1.0 - 1e-6);
        let odds = allowed / (1.0 - allowed);
        let bets = ODDS.map(|k| {
            let betted = k * odds / (1.0 + k * odds);
            Bet { wealth: 0.0, failure: betted / allowed, success: (1.0 - betted) / (1.0 - allowed) }
        });
        Self { bets }
    }

    /// Takes in some outcomes seen together, `elapsed` after the ones before.
    pub fn observe(&mut self, elapsed: Millis, failures: u64, of: u64) {
        let laid = elapsed.max(0) as f64 / YEAR / ODDS.len() as f64;
        for bet in &mut self.bets {
            let stake = bet.wealth + laid;
            if stake > 0.0 {
                // A wealth beyond all numbers is still only an alarm.
                bet.wealth = (stake * bet.grown(failures, of)).min(f64::MAX / 4.0);
            }
        }
    }

    pub fn wealth(&self) -> f64 {
        self.bets.iter().map(|b| b.wealth).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The expected wealth after outcomes that fail with chance `p` is at most what was laid.
    #[test]
    fn under_the_promise_money_does_not_grow_on_average() {
        for allowed in [0.01, 0.05, 0.3] {
            let outcome = |failures| {
                let mut e = Evidence::against(allowed);
                e.observe((YEAR / 12.0) as Millis, 0, 0);
                e.observe(0, failures, 1);
                e.wealth()
            };
            let mean = allowed * outcome(1) + (1.0 - allowed) * outcome(0);
            assert!((mean - 1.0 / 12.0).abs() < 1e-9, "{allowed}: {mean}");
        }
    }

    proptest! {
        /// Fewer failures never make more evidence: so the boundary of the promise is its worst case.
        #[test]
        fn evidence_rises_with_failures(
            outcomes in prop::collection::vec(any::<bool>(), 1..60), flip in any::<prop::sample::Index>(),
        ) {
            let wealth = |outcomes: &[bool]| {
                let mut e = Evidence::against(0.05);
                for &failed in outcomes {
                    e.observe(DAY / 5, u64::from(failed), 1);
                }
                e.wealth()
            };
            let mut better = outcomes.clone();
            better[flip.index(outcomes.len())] = false;
            prop_assert!(wealth(&better) <= wealth(&outcomes) * (1.0 + 1e-12));
        }

        #[test]
        fn it_stays_a_number(failures in 0_u64..1_000_000, more in 0_u64..1_000_000, allowed in 0.0..=1.0_f64) {
            let mut e = Evidence::against(allowed);
            for _ in 0..5 {
                e.observe(DAY, failures, failures + more);
            }
            prop_assert!(e.wealth().is_finite() && e.wealth() >= 0.0);
        }
    }
}
