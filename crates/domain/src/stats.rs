//! Small statistics for pages: rates with their interval, medians and other quantiles.

use serde::Serialize;

/// A rate with what it was counted from and its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Rate {
    pub count: i64,
    pub of: i64,
    /// `count / of`, from 0 to 1; `None` when nothing was counted.
    pub rate: Option<f64>,
    pub low: f64,
    pub high: f64,
}

impl Rate {
    pub fn new(count: i64, of: i64) -> Self {
        let (low, high) = wilson(count, of);
        Self { count, of, rate: (of > 0).then(|| count as f64 / of as f64), low, high }
    }
}

/// The Wilson score interval at 95% (E. B. Wilson, JASA 1927), from 0 to 1. Nothing counted says nothing: (0, 1).
pub fn wilson(count: i64, of: i64) -> (f64, f64) {
    wilson_at(count, of, 1.959_964)
}

/// The same with `z` standard deviations to each side.
pub fn wilson_at(count: i64, of: i64, z: f64) -> (f64, f64) {
    if of <= 0 {
        return (0.0, 1.0);
    }
    let n = of as f64;
    let p = (count as f64 / n).clamp(0.0, 1.0);
    let z2 = z * z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    ((centre - half).max(0.0), (centre + half).min(1.0))
}

/// The `q`-quantile (0 to 1) of sorted values, linearly between neighbours (type 7 of Hyndman & Fan, 1996).
pub fn quantile(sorted: &[i64], q: f64) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q.clamp(0.0, 1.0) * last as f64;
    let low = sorted.get(at.floor() as usize)?;
    let high = sorted.get(at.ceil() as usize)?;
    Some(low + ((high - low) as f64 * at.fract()).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_a_table() {
        let (low, high) = wilson(8, 10);
        assert!((low - 0.4902).abs() < 1e-3 && (high - 0.9433).abs() < 1e-3, "{low} {high}");
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert!(wilson(0, 20).0 < 1e-12 && wilson(20, 20).1 > 1.0 - 1e-12);
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7], 0.9), Some(7));
        assert_eq!(quantile(&[0, 10], 0.5), Some(5));
        assert_eq!(quantile(&[0, 1, 2, 3, 100], 0.5), Some(2));
    }
}
