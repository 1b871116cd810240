//! The what-if curve: how many past tickets would have been answered at each threshold, and how many rightly.

use serde::Serialize;

/// What a threshold comes to on past tickets. Counts, so that whoever draws it can say how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = CurveStep)]
pub struct Step {
    pub threshold: f64,
    /// Tickets at or above it.
    pub answered: i64,
    /// Those of them whose answer was right.
    pub right: i64,
}

impl Step {
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.answered.max(1) as f64
    }
}

/// At most `steps` thresholds from the strictest to the loosest, the last of which answers everything. `judged` are
/// scores with whether the answer was right, in any order.
pub fn curve(judged: impl IntoIterator<Item = (f64, bool)>, steps: usize) -> Vec<Step> {
    let mut ranked: Vec<(f64, bool)> = judged.into_iter().filter(|(score, _)| score.is_finite()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let total = ranked.len();
    let steps = steps.clamp(1, total.max(1));
    let (mut out, mut right, mut next) = (Vec::with_capacity(steps), 0, 1);
    for (index, (score, is_right)) in ranked.iter().enumerate() {
        right += i64::from(*is_right);
        // Tickets of one score stand or fall together.
        let is_last_of_score = ranked.get(index + 1).is_none_or(|(after, _)| after < score);
        if is_last_of_score && (index + 1) * steps >= next * total {
            out.push(Step { threshold: *score, answered: index as i64 + 1, right });
            next = (index + 1) * steps / total + 1;
        }
    }
    out
}

/// The step that answers most while at least `target` of its answers are right. As with a certificate, an answer that is
/// more likely wrong than right is not sent, however good the average: no threshold lies below half the target.
pub fn loosest(curve: &[Step], target: f64) -> Option<Step> {
    // A target of 90% is kept by 9 of 10, whatever the rounding of 0.9.
    let keeps = |step: &&Step| step.precision() >= target - 1e-9 && step.threshold >= target / 2.0;
    curve.iter().rev().find(keeps).copied()
}

/// What exactly this threshold comes to.
pub fn at(judged: impl IntoIterator<Item = (f64, bool)>, threshold: f64) -> Step {
    let mut step = Step { threshold, answered: 0, right: 0 };
    for (_, right) in judged.into_iter().filter(|(score, _)| *score >= threshold) {
        step.answered += 1;
        step.right += i64::from(right);
    }
    step
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_curve_by_hand() {
        let judged = [(0.9, true), (0.8, true), (0.8, false), (0.5, true), (0.1, false)];
        let steps = curve(judged, 10);
        let counts: Vec<_> = steps.iter().map(|s| (s.answered, s.right)).collect();
        assert_eq!(counts, [(1, 1), (3, 2), (4, 3), (5, 3)]);
        // Precision is not monotone in the threshold: 3 of 4 is better than 2 of 3.
        assert_eq!(loosest(&steps, 0.75), Some(Step { threshold: 0.5, answered: 4, right: 3 }));
        assert_eq!(loosest(&steps, 0.9).map(|s| s.answered), Some(1));
        assert_eq!(loosest(&curve([(0.3, false)], 5), 0.5), None);
        // All right so far, but the score itself says that it will not stay so.
        assert_eq!(loosest(&curve([(0.9, true), (0.2, true)], 5), 0.9).map(|s| s.answered), Some(1));
        assert_eq!(curve([], 5), []);
        assert_eq!(at(judged, 0.8), steps[1]);
    }

    proptest! {
        #[test]
        fn steps_are_few_strictly_falling_and_say_what_their_threshold_comes_to(
            judged in proptest::collection::vec((0..40_u8, any::<bool>()), 1..300), most in 1..60_usize,
        ) {
            let judged: Vec<(f64, bool)> = judged.into_iter().map(|(s, r)| (f64::from(s) / 40.0, r)).collect();
            let steps = curve(judged.clone(), most);
            prop_assert!(!steps.is_empty() && steps.len() <= most);
            prop_assert!(steps.windows(2).all(|w| w[0].threshold > w[1].threshold));
            prop_assert_eq!(steps.last().map(|s| s.answered), Some(judged.len() as i64));
            for step in steps {
                prop_assert_eq!(at(judged.clone(), step.threshold), step);
            }
        }
    }
}
