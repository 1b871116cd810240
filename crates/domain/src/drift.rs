//! Drift: whether the questions of a category are still those that its certificate was made from. What is measured
//! comes from the learner; here stands what is a finding, since when, and what is said of it.
//!
//! A look compares the tickets of the last week with those that the model was reported on. A finding needs both: a
//! difference that chance hardly explains, and one large enough to matter, because among thousands of tickets every
//! small change is beyond chance.

use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::certificate::VALID_FOR;
use crate::numerals::percent;
use crate::time::DAY;
use crate::words::Measure;

/// How often a scope is looked at.
pub const EVERY: Millis = DAY;
/// The stretch of newest tickets that is compared.
pub const WINDOW: Millis = 7 * DAY;
/// The stretch whose days are shown, and in which a beginning is looked for.
pub const SHOWN: Millis = 28 * DAY;
/// Fewer tickets than this on either side show nothing.
pub const LEAST: usize = 100;
/// Chance that drift is found during a certificate's whole life though there is none.
const ALPHA: f64 = 0.05;

/// A quantity in the older and in the newer tickets, and how likely such a difference is by chance alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = DriftFigure)]
pub struct Figure {
    pub measure: Measure,
    pub before: f64,
    pub after: f64,
    pub p: f64,
}

impl Figure {
    /// Whether the difference is beyond chance and large enough to matter. Fewer unknown words, less novelty and
    /// scores that promise too little are no reason to doubt a certificate.
    pub fn is_drift(&self) -> bool {
        let looks = (VALID_FOR / EVERY) as f64 * Measure::ALL.len() as f64;
        self.p <= ALPHA / looks && self.after - self.before >= self.matters()
    }

    /// The least rise that counts. Of the mix: the share of tickets that would have to be of another answer, beyond
    /// what two samples of these sizes differ by anyway.
    const fn matters(&self) -> f64 {
        match self.measure {
            Measure::Mix => 0.15,
            Measure::Words | Measure::Novelty | Measure::Calibration => 0.05,
        }
    }

    /// For the certificate's reason and the page.
    pub fn in_words(&self) -> String {
        let (before, after) = (percent(self.before.max(0.0)), percent(self.after));
        match self.measure {
            Measure::Mix => format!("{after} of the tickets ask something else than before"),
            Measure::Words => format!("{after} of the words are new to the model, {before} before"),
            Measure::Novelty => format!("questions look {after} novel on average, {before} before"),
            Measure::Calibration => {
                format!("scores promise {} points more than is right", points(self.after))
            }
        }
    }
}

fn points(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// One day of a scope: sums over its tickets, so that days can be put together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = DriftDay)]
pub struct Day {
    /// Its beginning, in UTC.
    pub at: Millis,
    pub tickets: i64,
    /// Means over the day's tickets.
    pub words: f64,
    pub novelty: f64,
    /// Share of its tickets by which the answers' mix differs from the older tickets'.
    pub mix: f64,
}

impl Day {
    const fn value(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Mix => Some(self.mix),
            Measure::Words => Some(self.words),
            Measure::Novelty => Some(self.novelty),
            // Labels are too few for days.
            Measure::Calibration => None,
        }
    }
}

/// When a measure began to be higher: the split of the days into two stretches, each with one level, that leaves the
/// least squares (Hinkley 1970). `None` without days.
pub fn since(days: &[Day], measure: Measure) -> Option<Millis> {
    let values: Vec<(Millis, f64, f64)> = days
        .iter()
        .filter(|d| d.tickets > 0)
        .filter_map(|d| Some((d.at, d.tickets as f64, d.value(measure)?)))
        .collect();
    let sums = |part: &[(Millis, f64, f64)]| {
        part.iter().fold((0.0, 0.0), |(n, sum), (_, tickets, v)| (n + tickets, sum + tickets * v))
    };
    // Least squares within is most squares between.
    let between = |at: &usize| {
        let ((n, a), (m, b)) = (sums(&values[..*at]), sums(&values[*at..]));
        let rise = b / m - a / n;
        if rise > 0.0 { rise * rise * n * m / (n + m) } else { 0.0 }
    };
    let best = (1..values.len()).max_by(|a, b| between(a).total_cmp(&between(b)));
    best.or((!values.is_empty()).then_some(0)).map(|at| values[at].0)
}

/// What a look found, in words; `None` when nothing is.
pub fn verdict(figures: &[Figure]) -> Option<String> {
    let found: Vec<String> = figures.iter().filter(|f| f.is_drift()).map(Figure::in_words).collect();
    (!found.is_empty()).then(|| found.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(measure: Measure, before: f64, after: f64, p: f64) -> Figure {
        Figure { measure, before, after, p }
    }

    #[test]
    fn a_finding_is_beyond_chance_and_large_enough() {
        assert!(figure(Measure::Words, 0.02, 0.12, 1e-6).is_drift());
        assert!(
            !figure(Measure::Words, 0.02, 0.12, 0.01).is_drift(),
            "one of 240 looks in a certificate's life"
        );
        assert!(!figure(Measure::Words, 0.02, 0.04, 1e-9).is_drift(), "too small to matter");
        assert!(!figure(Measure::Novelty, 0.3, 0.1, 1e-9).is_drift(), "good news");
        assert!(!figure(Measure::Mix, 0.05, 0.15, 1e-9).is_drift());
        assert!(figure(Measure::Mix, 0.05, 0.25, 1e-9).is_drift());
    }

    #[test]
    fn the_verdict_names_what_moved() {
        let quiet = figure(Measure::Mix, 0.05, 0.06, 0.4);
        assert_eq!(verdict(&[quiet]), None);
        let words = figure(Measure::Words, 0.02, 0.12, 1e-9);
        assert_eq!(verdict(&[quiet, words]).unwrap(), "12% of the words are new to the model, 2% before");
    }

    #[test]
    fn the_beginning_is_where_the_level_changes() {
        let day = |i: i64, novelty: f64| Day { at: i * DAY, tickets: 30, novelty, ..Day::default() };
        let days: Vec<Day> =
            (0..28).map(|i| day(i, if i < 20 { 0.1 } else { 0.4 } + 0.01 * (i % 3) as f64)).collect();
        assert_eq!(since(&days, Measure::Novelty), Some(20 * DAY));
        assert_eq!(since(&[], Measure::Novelty), None);
        assert_eq!(since(&days[..1], Measure::Novelty), Some(0));
        // Empty days say nothing.
        let mut gaps = days;
        gaps[19].tickets = 0;
        assert_eq!(since(&gaps, Measure::Novelty), Some(20 * DAY));
    }
}
