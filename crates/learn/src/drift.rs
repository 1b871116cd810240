//! Whether the stream has moved away from what a model learnt: other questions, other words, or less often right.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Row;
use crate::binomial::ln_factorial;
use crate::model::{AT_ONCE, Model};
use crate::text::clean;
use crate::vocabulary::Counted;

/// A quantity before and after, and how likely such a difference is by chance alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shift {
    /// In the older tickets.
    pub before: f64,
    /// In the newer ones.
    pub after: f64,
    /// A small p says that it is no chance.
    pub p: f64,
}

/// What moved between two sets of tickets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Total variation distance between the mixes of predicted answers (0 to 1) as `after`, and its expectation
    /// without any drift as `before`; p by Pearson's χ².
    pub mix: Shift,
    /// Share of words that the model does not know; p by Welch's test.
    pub unseen_words: Shift,
    /// Mean novelty; p by Welch's test.
    pub novelty: Shift,
    /// Share of known questions whose top answer was right; p by Fisher's exact test that it did not fall.
    /// `None` where either set has no labels.
    pub accuracy: Option<Shift>,
    /// By how much scores promise more than is right, over known questions (−1 to 1); p by Welch's test. `None` where
    /// either set has no labels.
    pub calibration: Option<Shift>,
}

/// What drift looks at in one ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glance {
    /// The ticket's number, as in its [`Row`].
    pub id: i64,
    /// The likeliest answer, as [`Model::labels`] counts.
    pub predicted: u32,
    /// Share of its words that the model does not know, 0 to 1.
    pub unseen: f64,
    /// 0 to 1.
    pub novelty: f64,
    /// How likely the likeliest answer is right, 0 to 1.
    pub score: f64,
    /// Whether it was; `None` for a ticket without a label.
    pub right: Option<bool>,
}

/// Compares the tickets that a model was reported on (`before`) with newer ones, by the mix of predicted answers
/// (total variation, Pearson's χ² 1900), words and novelty (Welch 1947) and, where labels are known, by how often the
/// model is right (Fisher's exact test, 1922). Each p stands alone: who looks at all four often should ask for less
/// than a single test's.
///
/// ```
/// # use learn::Row;
/// # let row = |i: i64| match i % 3 {
/// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
/// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
/// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
/// # };
/// use learn::{Config, drift, fit};
/// let model = fit(&(0..300).map(row).collect::<Vec<_>>(), &Config::default(), &|_, _| {})?;
/// let before: Vec<Row> = (300..600).map(row).collect();
/// let same = drift(&model, &before, &(600..900).map(row).collect::<Vec<_>>());
/// assert!(same.unseen_words.p > 0.05);
/// let moved: Vec<Row> = (0..300).map(|i| Row::new(i, "el paquete nunca ha llegado", None)).collect();
/// assert!(drift(&model, &before, &moved).unseen_words.p < 0.001);
/// # Ok::<(), learn::Error>(())
/// ```
pub fn drift(model: &Model, before: &[Row], after: &[Row]) -> Drift {
    Drift::between(&model.glances(before), &model.glances(after))
}

impl Drift {
    /// As [`drift`], from glances taken earlier: of parts of them, or of other stretches of time.
    pub fn between(before: &[Glance], after: &[Glance]) -> Self {
        let known = |glances: &[Glance]| -> Vec<Glance> {
            glances.iter().filter(|g| g.right.is_some()).copied().collect()
        };
        let (old, new) = (known(before), known(after));
        let right = |glances: &[Glance]| glances.iter().filter(|g| g.right == Some(true)).count();
        let labelled = !old.is_empty() && !new.is_empty();
        Self {
            mix: mix(before, after),
            unseen_words: means(before, after, |g| g.unseen),
            novelty: means(before, after, |g| g.novelty),
            accuracy: labelled.then(|| Shift {
                before: right(&old) as f64 / old.len() as f64,
                after: right(&new) as f64 / new.len() as f64,
                p: fewer(right(&old), old.len(), right(&new), new.len()),
            }),
            calibration: labelled
                .then(|| means(&old, &new, |g| g.score - f64::from(u8::from(g.right == Some(true))))),
        }
    }
}

impl Model {
    /// What [`Drift::between`] compares, for each of the rows, on all cores of the current pool.
    pub fn glances(&self, rows: &[Row]) -> Vec<Glance> {
        let part = |rows: &[Row]| {
            self.prepare(&rows.iter().map(|r| r.text.as_str()).collect::<Vec<_>>());
            rows.par_iter().map(|row| self.glance(row)).collect::<Vec<_>>()
        };
        rows.chunks(AT_ONCE).flat_map(part).collect()
    }

    fn glance(&self, row: &Row) -> Glance {
        let look = self.look(&row.text);
        let signals = self.judge.signals(&look);
        let name = &self.labels[look.label()];
        Glance {
            id: row.id,
            predicted: look.label() as u32,
            unseen: self.vocabulary.unseen(&Counted::of(&clean(&row.text))),
            novelty: self.judge.novelty.probability(&signals),
            score: self.judge.gate.probability(&signals),
            right: row.label.as_ref().map(|l| l == name),
        }
    }
}

/// Answers expected fewer than five times are taken together, as the χ² approximation asks.
fn mix(old: &[Glance], new: &[Glance]) -> Shift {
    let mut counts: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
    for (side, glances) in [old, new].into_iter().enumerate() {
        for glance in glances {
            counts.entry(glance.predicted).or_default()[side] += 1.0;
        }
    }
    let (n, m) = (old.len() as f64, new.len() as f64);
    if n == 0.0 || m == 0.0 {
        return Shift { before: 0.0, after: 0.0, p: 1.0 };
    }
    let smaller = n.min(m) / (n + m);
    let mut cells: Vec<[f64; 2]> = Vec::new();
    let mut rest = [0.0; 2];
    for cell in counts.into_values() {
        if (cell[0] + cell[1]) * smaller < 5.0 {
            rest = [rest[0] + cell[0], rest[1] + cell[1]];
        } else {
            cells.push(cell);
        }
    }
    if rest[0] + rest[1] > 0.0 {
        cells.push(rest);
    }
    let mut statistic = 0.0;
    let (mut distance, mut expected) = (0.0, 0.0);
    for [a, b] in &cells {
        let share = (a + b) / (n + m);
        statistic += (a - n * share).powi(2) / (n * share) + (b - m * share).powi(2) / (m * share);
        distance += (a / n - b / m).abs() / 2.0;
        // The mean absolute difference of two sampled shares, were they the same.
        let spread = (share * (1.0 - share) * (1.0 / n + 1.0 / m)).sqrt();
        expected += spread * std::f64::consts::FRAC_2_PI.sqrt() / 2.0;
    }
    Shift { before: expected, after: distance, p: chi_square_tail(statistic, cells.len().saturating_sub(1)) }
}

fn means(old: &[Glance], new: &[Glance], value: impl Fn(&Glance) -> f64) -> Shift {
    let moments = |glances: &[Glance]| {
        let n = glances.len() as f64;
        let mean = glances.iter().map(&value).sum::<f64>() / n.max(1.0);
        let variance = glances.iter().map(|g| (value(g) - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        (mean, variance / n.max(1.0), n)
    };
    let (before, after) = (moments(old), moments(new));
    let error = (before.1 + after.1).sqrt();
    let differ = (after.0 - before.0).abs();
    let p = if before.2 < 2.0 || after.2 < 2.0 || differ <= 0.0 {
        1.0
    } else if error > 0.0 {
        2.0 * normal_tail(differ / error)
    } else {
        // All equal within each set, where Welch's test has nothing to go by: of all ways to deal these values out,
        // just this one and its mirror image lie so far apart.
        let ways = ln_factorial(old.len() + new.len()) - ln_factorial(old.len()) - ln_factorial(new.len());
        (2.0 * (-ways).exp()).min(1.0)
    };
    Shift { before: before.0, after: after.0, p }
}

/// P(Z > z) for a standard normal, by a continued fraction and a series (Abramowitz & Stegun 26.2).
fn normal_tail(z: f64) -> f64 {
    let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    if z < 3.0 {
        let (mut term, mut sum) = (z, z);
        for k in 1..100 {
            term *= z * z / f64::from(2 * k + 1);
            sum += term;
        }
        return (0.5 - density * sum).max(0.0);
    }
    let fraction = (1..60).rev().fold(0.0, |rest, k| f64::from(k) / (z + rest));
    density / (z + fraction)
}

/// P(χ² > x) by Wilson and Hilferty's normal approximation (1931).
fn chi_square_tail(x: f64, degrees: usize) -> f64 {
    if degrees == 0 {
        return 1.0;
    }
    let k = degrees as f64;
    let z = ((x / k).cbrt() - (1.0 - 2.0 / (9.0 * k))) / (2.0 / (9.0 * k)).sqrt();
    if z >= 0.0 { normal_tail(z) } else { 1.0 - normal_tail(-z) }
}

/// Fisher's exact test: the chance of so few right answers in the second set, given both sets' totals.
fn fewer(right_old: usize, n_old: usize, right_new: usize, n_new: usize) -> f64 {
    let right = right_old + right_new;
    let choose = |n: usize, k: usize| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
    let all = choose(n_old + n_new, right);
    let least = right.saturating_sub(n_old);
    let sum: f64 =
        (least..=right_new).map(|k| (choose(n_new, k) + choose(n_old, right - k) - all).exp()).sum();
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_agree_with_tables() {
        assert!((normal_tail(1.96) - 0.025).abs() < 1e-4);
        assert!((normal_tail(4.0) - 3.167e-5).abs() < 1e-8);
        assert!((normal_tail(0.0) - 0.5).abs() < 1e-12);
        assert!((chi_square_tail(18.31, 10) - 0.05).abs() < 1e-3);
        // Fisher's tea: three of four against one of four.
        assert!((fewer(3, 4, 1, 4) - 0.2429).abs() < 1e-3);
        assert!((fewer(3, 4, 4, 4) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_changed_stream_is_noticed_and_an_unchanged_one_is_not() {
        let row = |i: i64| {
            let (text, label) = match i % 3 {
                0 => (format!("card {} is late", i % 17), "card"),
                1 => (format!("password {} forgotten", i % 17), "password"),
                _ => (format!("refund my order {}", i % 17), "refund"),
            };
            Row::new(i, text, Some(label))
        };
        let rows: Vec<Row> = (0..600).map(row).collect();
        let config = crate::Config { threads: 1, ..Default::default() };
        let model = crate::fit(&rows, &config, &|_, _| {}).unwrap();
        let same = drift(&model, &rows[..300], &rows[300..]);
        assert!(same.mix.p > 0.05 && same.accuracy.unwrap().p > 0.05);
        let other: Vec<Row> =
            (0..200).map(|i| Row::new(i, "refund of parcel unheard elsewhere", Some("card"))).collect();
        let moved = drift(&model, &rows[..300], &other);
        assert!(moved.mix.p < 1e-6 && moved.unseen_words.p < 1e-6 && moved.accuracy.unwrap().p < 1e-6);
        // Not one word known where all were: nothing varies, and still it is no chance.
        let foreign: Vec<Row> = (0..10).map(|i| Row::new(i, "el paquete nunca ha llegado", None)).collect();
        let spoken: Vec<Row> = (0..10).map(|i| Row::new(i, "refund my order", None)).collect();
        assert!(drift(&model, &spoken, &foreign).unseen_words.p < 1e-4);
        assert!((drift(&model, &spoken, &spoken).unseen_words.p - 1.0).abs() < 1e-9);
        let nothing = drift(&model, &[], &[]);
        assert!((nothing.mix.p - 1.0).abs() < 1e-9 && nothing.accuracy.is_none());
    }
}
