//! Accuracy, macro-averaged F1, calibration, and the area under the curve.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calibrate::{Bin, calibration};

/// A known question after the fact. `truth` is `None` for an answer that the model never learnt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) predicted: u32,
    pub(crate) truth: Option<u32>,
    pub(crate) said: f64,
}

/// Figures over known questions; all 0 when there are none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Share of questions whose likeliest answer is right, 0 to 1.
    pub accuracy: f64,
    /// Mean over the answers of F1, 0 to 1.
    pub macro_f1: f64,
    /// Expected calibration error, 0 to 1; see [`crate::calibration`].
    pub ece: f64,
    /// The reliability diagram that it sums up.
    pub bins: Vec<Bin>,
}

pub(crate) fn figures(seen: &[Seen]) -> Figures {
    // Right, predicted and true counts for each answer that occurs among the truths.
    let mut counts: BTreeMap<u32, [usize; 3]> = BTreeMap::new();
    let mut right = 0;
    for s in seen {
        counts.entry(s.truth.unwrap_or(u32::MAX)).or_default()[2] += 1;
        counts.entry(s.predicted).or_default()[1] += 1;
        if s.truth == Some(s.predicted) {
            counts.entry(s.predicted).or_default()[0] += 1;
            right += 1;
        }
    }
    let scores: Vec<f64> = counts
        .values()
        .filter(|c| c[2] > 0)
        .map(|[right, predicted, truth]| 2.0 * *right as f64 / (*predicted + *truth) as f64)
        .collect();
    let said: Vec<(f64, bool)> = seen.iter().map(|s| (s.said, s.truth == Some(s.predicted))).collect();
    let (ece, bins) = calibration(&said);
    Figures {
        accuracy: f64::from(right) / seen.len().max(1) as f64,
        macro_f1: scores.iter().sum::<f64>() / scores.len().max(1) as f64,
        ece,
        bins,
    }
}

/// Area under the ROC curve: the chance that a score of the first kind exceeds one of the second (ties count
/// half; Hanley and `McNeil` 1982), 0 to 1. `None` when either is missing.
///
/// ```
/// assert_eq!(learn::auroc(&[0.9, 0.8], &[0.1, 0.8]), Some(0.875));
/// assert_eq!(learn::auroc(&[], &[0.1]), None);
/// ```
pub fn auroc(higher: &[f64], lower: &[f64]) -> Option<f64> {
    if higher.is_empty() || lower.is_empty() {
        return None;
    }
    let mut sorted = lower.to_vec();
    sorted.sort_by(f64::total_cmp);
    let wins: f64 = higher
        .iter()
        .map(|h| {
            let below = sorted.partition_point(|l| l < h);
            let upto = sorted.partition_point(|l| l <= h);
            below as f64 + (upto - below) as f64 / 2.0
        })
        .sum();
    Some(wins / (higher.len() as f64 * lower.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let seen = [(0, Some(0)), (0, Some(0)), (1, Some(0)), (1, Some(1)), (0, None)]
            .map(|(predicted, truth)| Seen { predicted, truth, said: 0.6 });
        let f = figures(&seen);
        assert!((f.accuracy - 0.6).abs() < 1e-12);
        // F1: label 0 has 2·2/(3+3), label 1 has 2·1/(2+1), the unlearnt one 0.
        assert!((f.macro_f1 - (2.0 / 3.0 + 2.0 / 3.0) / 3.0).abs() < 1e-12);
        assert!(f.ece < 1e-12);
        assert_eq!(figures(&[]).accuracy, 0.0);
    }
}
