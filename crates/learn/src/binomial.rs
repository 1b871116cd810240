//! Exact binomial tails from integer counts.

/// Natural logarithm of n!, by Stirling's series with five terms; its error is below 1e-12 from n = 16 on.
pub(crate) fn ln_factorial(n: usize) -> f64 {
    const SMALL: usize = 16;
    if n < SMALL {
        return (2..=n).map(|k| (k as f64).ln()).sum();
    }
    let x = n as f64 + 1.0;
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0
        + inverse * (-1.0 / 360.0 + inverse * (1.0 / 1260.0 + inverse * (-1.0 / 1680.0 + inverse / 1188.0))))
        / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series
}

/// P(X ≤ `errors`) for X ~ Binomial(`n`, `p`): how likely so few errors would be if their true rate were `p`.
///
/// ```
/// // 59 answers without an error prove 95% precision with 95% confidence; 58 do not.
/// assert!(learn::binomial_tail(59, 0, 0.05) <= 0.05);
/// assert!(learn::binomial_tail(58, 0, 0.05) > 0.05);
/// ```
pub fn binomial_tail(n: usize, errors: usize, p: f64) -> f64 {
    if errors >= n || p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    let odds = p.ln() - (-p).ln_1p();
    let first = ln_factorial(n) - ln_factorial(errors) - ln_factorial(n - errors)
        + errors as f64 * p.ln()
        + (n - errors) as f64 * (-p).ln_1p();
    // Sum downwards from the largest index; terms are taken relative to the first one.
    let (mut sum, mut relative, mut largest) = (0.0_f64, 0.0_f64, 0.0_f64);
    for k in (0..=errors).rev() {
        if relative > largest {
            sum *= (largest - relative).exp();
            largest = relative;
        }
        let term = (relative - largest).exp();
        sum += term;
        if term < sum * 1e-18 && relative < largest {
            break;
        }
        if k > 0 {
            relative += (k as f64 / (n - k + 1) as f64).ln() - odds;
        }
    }
    (first + largest + sum.ln()).exp().min(1.0)
}

/// The two-sided exact interval of a rate (Clopper and Pearson 1934), at `confidence` (e.g. 0.95): low and high end,
/// 0 to 1.
///
/// ```
/// let (low, high) = learn::interval(97, 100, 0.95);
/// assert!((low - 0.9148).abs() < 1e-4 && (high - 0.9938).abs() < 1e-4);
/// assert_eq!(learn::interval(0, 0, 0.95), (0.0, 1.0));
/// ```
pub fn interval(right: usize, n: usize, confidence: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let half = (1.0 - confidence) / 2.0;
    // Lower end: P(X ≥ right | p) = half, that is P(wrong ≤ n − right | 1 − p) = half.
    let low = |k: usize| if k == 0 { 0.0 } else { 1.0 - solve(n, n - k, half) };
    (low(right), 1.0 - low(n - right))
}

/// The `p` at which `binomial_tail(n, errors, p)` falls to `tail`.
fn solve(n: usize, errors: usize, tail: f64) -> f64 {
    let (mut a, mut b) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(a, b);
        if binomial_tail(n, errors, middle) > tail { a = middle } else { b = middle }
    }
    f64::midpoint(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn direct(n: usize, errors: usize, p: f64) -> f64 {
        let mut sum = 0.0;
        let mut choose = 1.0;
        for k in 0..=errors {
            sum += choose * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32);
            choose *= (n - k) as f64 / (k + 1) as f64;
        }
        sum
    }

    #[test]
    fn agrees_with_the_plain_sum() {
        for (n, e, p) in
            [(10, 0, 0.05), (10, 3, 0.5), (50, 2, 0.05), (60, 55, 0.9), (200, 9, 0.02), (20, 19, 0.3)]
        {
            let (ours, plain) = (binomial_tail(n, e, p), direct(n, e, p));
            assert!((ours - plain).abs() < 1e-10, "{n} {e} {p}: {ours} {plain}");
        }
    }

    #[test]
    fn edges_are_sane() {
        assert!((binomial_tail(0, 0, 0.05) - 1.0).abs() < 1e-12);
        assert!((binomial_tail(5, 5, 0.05) - 1.0).abs() < 1e-12);
        assert!(binomial_tail(100_000, 4_000, 0.05) < 1e-40);
        let (low, high) = interval(95, 100, 0.95);
        assert!((low - 0.8872).abs() < 1e-3 && (high - 0.9836).abs() < 1e-3);
        assert_eq!(interval(0, 0, 0.95), (0.0, 1.0));
        assert!((interval(10, 10, 0.95).1 - 1.0).abs() < 1e-12);
    }
}
