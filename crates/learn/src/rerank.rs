//! A second look at the likeliest answers: the classifier's margin together with how near the answer's own past
//! tickets are. A conditional logit (`McFadden` 1974) over the few candidates of a text, fitted out of fold, so that
//! its probabilities are calibrated by construction.

use crate::linalg::solve;

/// How many things are known of one candidate.
pub(crate) const FEATURES: usize = 8;
pub(crate) type Features = [f64; FEATURES];

/// A text's candidates and which of them was right, if any was.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) candidates: Vec<Features>,
    pub(crate) right: Option<usize>,
    pub(crate) importance: f64,
}

/// Weights over [`Features`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rerank {
    pub(crate) weights: Features,
}

const RIDGE: f64 = 1.0;
const STEPS: usize = 30;

/// Margin, and the likeness of the answer's tickets in words and in meaning: the nearest, the mean of the nearest
/// three and ten.
pub(crate) fn features(margin: f64, likeness: &mut [(f32, f32)]) -> Features {
    let count = (likeness.len() as f64).ln_1p();
    likeness.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let words = [1, 3, 10].map(|n| mean(likeness.iter().map(|l| l.0), n));
    likeness.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
    let meaning = [1, 3, 10].map(|n| mean(likeness.iter().map(|l| l.1), n));
    [margin, words[0], words[1], words[2], count, meaning[0], meaning[1], meaning[2]]
}

/// Of the first `n`, where those that are missing count as 0.
fn mean(likeness: impl Iterator<Item = f32>, n: usize) -> f64 {
    likeness.take(n).map(f64::from).sum::<f64>() / n as f64
}

impl Rerank {
    /// Starts from the sharpness alone, which is what remains when there is nothing to learn from.
    pub(crate) fn fit(choices: &[Choice], sharpness: f64) -> Self {
        let mut weights = [0.0; FEATURES];
        weights[0] = sharpness;
        let start = weights;
        let mut best = loss(&weights, &start, choices);
        for _ in 0..STEPS {
            let (gradient, curvature) = derivatives(&weights, &start, choices);
            let Some(step) = solve(curvature, gradient, FEATURES) else { break };
            let before = weights;
            let mut size = 1.0;
            let mut better = f64::INFINITY;
            while size > 1e-3 {
                for i in 0..FEATURES {
                    weights[i] = before[i] - size * step[i];
                }
                better = loss(&weights, &start, choices);
                if better <= best {
                    break;
                }
                size /= 2.0;
            }
            if better > best {
                weights = before;
                break;
            }
            let gain = best - better;
            best = better;
            if gain < 1e-9 * (1.0 + best.abs()) {
                break;
            }
        }
        Self { weights }
    }

    pub(crate) fn score(&self, features: &Features) -> f64 {
        self.weights.iter().zip(features).map(|(w, f)| w * f).sum()
    }
}

fn known(choices: &[Choice]) -> impl Iterator<Item = (&Choice, usize)> {
    choices.iter().filter_map(|c| c.right.map(|r| (c, r)))
}

fn probabilities(weights: &Features, choice: &Choice) -> Vec<f64> {
    let z: Vec<f64> =
        choice.candidates.iter().map(|f| f.iter().zip(weights).map(|(a, b)| a * b).sum()).collect();
    normalise(&z)
}

/// exp, normalised.
pub(crate) fn normalise(z: &[f64]) -> Vec<f64> {
    let top = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let e: Vec<f64> = z.iter().map(|v| (v - top).exp()).collect();
    let sum: f64 = e.iter().sum();
    e.into_iter().map(|v| v / sum).collect()
}

fn loss(weights: &Features, start: &Features, choices: &[Choice]) -> f64 {
    let fit: f64 = known(choices)
        .map(|(c, right)| -probabilities(weights, c)[right].max(1e-300).ln() * c.importance)
        .sum();
    fit + 0.5 * RIDGE * weights.iter().zip(start).map(|(w, s)| (w - s) * (w - s)).sum::<f64>()
}

fn derivatives(weights: &Features, start: &Features, choices: &[Choice]) -> (Vec<f64>, Vec<f64>) {
    let mut gradient: Vec<f64> = weights.iter().zip(start).map(|(w, s)| RIDGE * (w - s)).collect();
    let mut curvature = vec![0.0; FEATURES * FEATURES];
    for i in 0..FEATURES {
        curvature[i * FEATURES + i] = RIDGE;
    }
    for (choice, right) in known(choices) {
        let p = probabilities(weights, choice);
        let mut mean = [0.0; FEATURES];
        for (f, p) in choice.candidates.iter().zip(&p) {
            for i in 0..FEATURES {
                mean[i] += p * f[i];
            }
        }
        for i in 0..FEATURES {
            gradient[i] += (mean[i] - choice.candidates[right][i]) * choice.importance;
        }
        for (f, p) in choice.candidates.iter().zip(&p) {
            for i in 0..FEATURES {
                for j in 0..=i {
                    curvature[i * FEATURES + j] +=
                        choice.importance * p * (f[i] - mean[i]) * (f[j] - mean[j]);
                }
            }
        }
    }
    (gradient, curvature)
}
