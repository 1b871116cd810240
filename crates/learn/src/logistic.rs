//! Small logistic regressions over standardised signals, by Newton's method with a ridge that keeps them sensible
//! with little data.

use crate::linalg::solve;

/// Weights over signals; the first weight is the intercept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Logistic {
    pub(crate) mean: Vec<f64>,
    pub(crate) scale: Vec<f64>,
    pub(crate) weights: Vec<f64>,
}

const RIDGE: f64 = 1.0;
const STEPS: usize = 40;

impl Logistic {
    /// Fits P(`right`) to rows of signals. Without rows of both kinds, it says their smoothed share for everything.
    pub(crate) fn fit(rows: &[Vec<f64>], right: &[bool], importance: &[f64]) -> Self {
        let width = rows.first().map_or(0, Vec::len);
        let (mean, scale) = standard(rows, width);
        let yes: f64 = right.iter().zip(importance).filter(|r| *r.0).map(|r| r.1).sum();
        let all: f64 = importance.iter().sum();
        // Laplace's rule: with no data the answer is one half.
        let share = (yes + 1.0) / (all + 2.0);
        let mut weights = vec![0.0; width + 1];
        weights[0] = (share / (1.0 - share)).ln();
        let model = Self { mean, scale, weights };
        if right.iter().all(|r| *r) || !right.iter().any(|r| *r) {
            return model;
        }
        let standardised: Vec<Vec<f64>> = rows.iter().map(|r| model.standardise(r)).collect();
        model.descend(&standardised, right, importance)
    }

    fn descend(mut self, rows: &[Vec<f64>], right: &[bool], importance: &[f64]) -> Self {
        let n = self.weights.len();
        let mut best = self.loss(rows, right, importance);
        for _ in 0..STEPS {
            let mut gradient = vec![0.0; n];
            let mut curvature = vec![0.0; n * n];
            for ((row, &right), &importance) in rows.iter().zip(right).zip(importance) {
                let p = sigmoid(dot(&self.weights, row));
                let (error, spread) =
                    ((p - f64::from(u8::from(right))) * importance, (p * (1.0 - p)) * importance);
                for i in 0..n {
                    gradient[i] += error * row[i];
                    for j in 0..=i {
                        curvature[i * n + j] += spread * row[i] * row[j];
                    }
                }
            }
            for i in 0..n {
                let ridge = if i == 0 { 1e-6 } else { RIDGE };
                gradient[i] += ridge * self.weights[i];
                curvature[i * n + i] += ridge;
            }
            let Some(step) = solve(curvature, gradient, n) else { break };
            // Newton's step is halved until it helps.
            let before = self.weights.clone();
            let mut size = 1.0;
            let mut better = best;
            while size > 1e-3 {
                for i in 0..n {
                    self.weights[i] = before[i] - size * step[i];
                }
                better = self.loss(rows, right, importance);
                if better <= best {
                    break;
                }
                size /= 2.0;
            }
            if better > best {
                self.weights = before;
                break;
            }
            let gain = best - better;
            best = better;
            if gain < 1e-9 * (1.0 + best.abs()) {
                break;
            }
        }
        self
    }

    fn loss(&self, rows: &[Vec<f64>], right: &[bool], importance: &[f64]) -> f64 {
        let fit: f64 = rows
            .iter()
            .zip(right)
            .zip(importance)
            .map(|((row, &right), &importance)| {
                let z = dot(&self.weights, row);
                let signed = if right { -z } else { z };
                importance * (signed.max(0.0) + (-signed.abs()).exp().ln_1p())
            })
            .sum();
        fit + 0.5 * RIDGE * self.weights[1..].iter().map(|w| w * w).sum::<f64>()
    }

    /// With a leading 1 for the intercept.
    fn standardise(&self, signals: &[f64]) -> Vec<f64> {
        let mut out = Vec::with_capacity(signals.len() + 1);
        out.push(1.0);
        // Nothing further out than six deviations was seen in training; further it is not trusted.
        out.extend(
            signals.iter().enumerate().map(|(i, s)| ((s - self.mean[i]) / self.scale[i]).clamp(-6.0, 6.0)),
        );
        out
    }

    pub(crate) fn probability(&self, signals: &[f64]) -> f64 {
        let mut z = self.weights[0];
        for (i, s) in signals.iter().enumerate() {
            z += self.weights[i + 1] * ((s - self.mean[i]) / self.scale[i]).clamp(-6.0, 6.0);
        }
        sigmoid(z)
    }

    /// Whether stored weights fit `width` signals and are numbers.
    pub(crate) fn is_sound(&self, width: usize) -> bool {
        self.mean.len() == width
            && self.scale.len() == width
            && self.weights.len() == width + 1
            && self.mean.iter().chain(&self.weights).all(|v| v.is_finite())
            && self.scale.iter().all(|v| v.is_finite() && *v > 0.0)
    }
}

fn standard(rows: &[Vec<f64>], width: usize) -> (Vec<f64>, Vec<f64>) {
    let n = rows.len().max(1) as f64;
    let mut mean = vec![0.0; width];
    let mut scale = vec![0.0; width];
    for row in rows {
        for (m, v) in mean.iter_mut().zip(row) {
            *m += v / n;
        }
    }
    for row in rows {
        for (i, v) in row.iter().enumerate() {
            scale[i] += (v - mean[i]) * (v - mean[i]) / n;
        }
    }
    for s in &mut scale {
        *s = if *s > 1e-12 { s.sqrt() } else { 1.0 };
    }
    (mean, scale)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(crate) fn sigmoid(z: f64) -> f64 {
    if z >= 0.0 { 1.0 / (1.0 + (-z).exp()) } else { z.exp() / (1.0 + z.exp()) }
}

pub(crate) fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_a_slope_and_an_intercept() {
        let rows: Vec<Vec<f64>> = (0..1000).map(|i| vec![f64::from(i % 100) / 50.0 - 1.0, 0.5]).collect();
        let right: Vec<bool> =
            (0..1000).map(|i| (i * 7919 % 1000) as f64 / 1000.0 < sigmoid(3.0 * rows[i][0])).collect();
        let model = Logistic::fit(&rows, &right, &vec![1.0; 1000]);
        for x in [-0.8, 0.0, 0.8] {
            assert!((model.probability(&[x, 0.5]) - sigmoid(3.0 * x)).abs() < 0.06);
        }
    }

    #[test]
    fn without_contrast_it_says_the_smoothed_share() {
        let model = Logistic::fit(&[vec![1.0], vec![2.0]], &[true, true], &[1.0, 1.0]);
        assert!((model.probability(&[50.0]) - 0.75).abs() < 1e-9);
        let empty = Logistic::fit(&[], &[], &[]);
        assert!((empty.probability(&[]) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn separable_data_stay_finite() {
        let rows: Vec<Vec<f64>> = (0..50).map(|i| vec![f64::from(i)]).collect();
        let right: Vec<bool> = (0..50).map(|i| i > 25).collect();
        let model = Logistic::fit(&rows, &right, &vec![1.0; 50]);
        let p = model.probability(&[1e9]);
        assert!(p.is_finite() && p < 1.0);
    }
}
