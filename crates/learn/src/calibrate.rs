//! Margins to probabilities by temperature scaling (Guo et al. 2017, arXiv:1706.04599), and how well probabilities
//! keep their word: the expected calibration error (Naeini et al. 2015).

use serde::{Deserialize, Serialize};

/// exp(margin × sharpness), normalised. Written over `margins`' copy in f64.
pub(crate) fn softmax(margins: &[f32], sharpness: f64) -> Vec<f64> {
    let top = margins.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut out: Vec<f64> = margins.iter().map(|m| (f64::from(m - top) * sharpness).exp()).collect();
    let sum: f64 = out.iter().sum();
    for p in &mut out {
        *p /= sum;
    }
    out
}

/// The sharpness (inverse temperature) that makes the true labels likeliest, by golden-section search on the mean
/// negative log-likelihood, which is convex in it. `margins` holds a row of `classes` for each label.
pub(crate) fn sharpness(margins: &[f32], classes: usize, labels: &[u32]) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_895;
    let loss = |sharpness: f64| -> f64 {
        let mut sum = 0.0;
        for (row, &label) in margins.chunks_exact(classes).zip(labels) {
            let Some(&own) = row.get(label as usize) else { continue };
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let total: f64 = row.iter().map(|m| (f64::from(m - top) * sharpness).exp()).sum();
            sum += total.ln() - f64::from(own - top) * sharpness;
        }
        sum
    };
    // A sharpness beyond 20 would call any difference certain; little data must not say so.
    let (mut low, mut high) = (0.2_f64.ln(), 20.0_f64.ln());
    for _ in 0..24 {
        let width = (high - low) * GOLDEN;
        let (a, b) = (high - width, low + width);
        if loss(a.exp()) < loss(b.exp()) { high = b } else { low = a }
    }
    f64::midpoint(low, high).exp()
}

/// One bin of a reliability diagram.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Mean probability that was said.
    pub said: f64,
    /// Share that was right.
    pub right: f64,
    /// How many were said.
    pub count: usize,
}

/// Expected calibration error (Naeini et al. 2015), 0 to 1: the mean gap between probability said and share right, over
/// ten bins of equal width. Empty bins are left out of the returned diagram.
///
/// ```
/// let (ece, bins) = learn::calibration(&[(0.75, true), (0.75, true), (0.75, true), (0.75, false)]);
/// assert!(ece < 1e-12);
/// assert_eq!(bins[0].count, 4);
/// ```
pub fn calibration(said: &[(f64, bool)]) -> (f64, Vec<Bin>) {
    let mut bins = vec![(0.0, 0_usize, 0_usize); 10];
    for &(p, right) in said {
        let bin = &mut bins[((p * 10.0) as usize).min(9)];
        *bin = (bin.0 + p, bin.1 + usize::from(right), bin.2 + 1);
    }
    let bins: Vec<Bin> = bins
        .into_iter()
        .filter(|b| b.2 > 0)
        .map(|(sum, right, count)| Bin {
            said: sum / count as f64,
            right: right as f64 / count as f64,
            count,
        })
        .collect();
    let total = said.len().max(1) as f64;
    (bins.iter().map(|b| (b.said - b.right).abs() * b.count as f64 / total).sum(), bins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one_and_keep_order() {
        let p = softmax(&[1.0, -1.0, 0.5], 3.0);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(p[0] > p[2] && p[2] > p[1]);
    }

    #[test]
    fn sharpness_finds_the_rate_of_error() {
        // Margins ±1; right 9 times of 10: the likeliest probability of the top answer is 0.9 = 1/(1+exp(−2s)).
        let mut margins = Vec::new();
        let mut labels = Vec::new();
        for i in 0..100 {
            margins.extend([1.0, -1.0]);
            labels.push(u32::from(i % 10 == 0));
        }
        let s = sharpness(&margins, 2, &labels);
        assert!((s - 9.0_f64.ln() / 2.0).abs() < 0.01, "{s}");
        assert!(sharpness(&[1.0, -1.0], 2, &[0]) <= 20.0);
    }
}
