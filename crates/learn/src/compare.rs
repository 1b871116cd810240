//! Two models on the same tickets: a paired test, because the tickets' difficulty is shared.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Row;
use crate::binomial::binomial_tail;
use crate::model::Model;

/// How two models did on the same known questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Known questions that both were asked.
    pub tickets: usize,
    /// Those that both got right.
    pub both_right: usize,
    /// Those that only the old model got right.
    pub only_old: usize,
    /// Those that only the new model got right.
    pub only_new: usize,
    /// Those that neither got right.
    pub neither: usize,
    /// How likely so few tickets that only the new model gets right would be, if it were as good as the old one:
    /// small means that the new model is worse.
    pub p_worse: f64,
    /// Likewise for the old model: small means that the new one is better.
    pub p_better: f64,
}

impl Comparison {
    /// What is found in parts, taken together.
    pub fn together<'p>(parts: impl IntoIterator<Item = &'p Self>) -> Self {
        let (mut both, mut old, mut new, mut neither) = (0, 0, 0, 0);
        for part in parts {
            both += part.both_right;
            old += part.only_old;
            new += part.only_new;
            neither += part.neither;
        }
        Self::of(both, old, new, neither)
    }

    /// How often the old and the new model were right.
    pub fn right(&self) -> (usize, usize) {
        (self.both_right + self.only_old, self.both_right + self.only_new)
    }

    /// From counts, by `McNemar`'s test in its exact form (`McNemar` 1947): where just one is right, it is a coin's
    /// toss which, if they are equally good.
    ///
    /// ```
    /// let compared = learn::Comparison::of(900, 30, 8, 62);
    /// assert_eq!(compared.tickets, 1_000);
    /// assert!(compared.p_worse < 0.001 && compared.p_better > 0.99);
    /// ```
    pub fn of(both_right: usize, only_old: usize, only_new: usize, neither: usize) -> Self {
        let differing = only_old + only_new;
        Self {
            tickets: both_right + differing + neither,
            both_right,
            only_old,
            only_new,
            neither,
            p_worse: binomial_tail(differing, only_new, 0.5),
            p_better: binomial_tail(differing, only_old, 0.5),
        }
    }
}

/// Compares two models on tickets that trained neither. Rows without a label are left out. See [`Comparison::of`] for
/// the test.
///
/// ```
/// # use learn::Row;
/// # let row = |i: i64| match i % 3 {
/// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
/// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
/// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
/// # };
/// use learn::{Config, compare, fit};
/// let few: Vec<Row> = (0..6).map(row).collect();
/// let many: Vec<Row> = (0..60).map(row).collect();
/// let (old, new) = (fit(&few, &Config::default(), &|_, _| {})?, fit(&many, &Config::default(), &|_, _| {})?);
/// let recent: Vec<Row> = (1_000..1_030).map(row).collect();
/// let compared = compare(&old, &new, &recent);
/// assert_eq!(compared.tickets, 20);
/// assert!(compared.p_worse > 0.05, "the new one is not shown to be worse");
/// # Ok::<(), learn::Error>(())
/// ```
pub fn compare(old: &Model, new: &Model, rows: &[Row]) -> Comparison {
    compare_by(old, new, rows, |_| ()).remove(&()).unwrap_or_else(|| Comparison::of(0, 0, 0, 0))
}

/// The same for each part of the tickets, as `part` tells them apart.
pub fn compare_by<K: Ord + Send>(
    old: &Model,
    new: &Model,
    rows: &[Row],
    part: impl Fn(&Row) -> K + Sync,
) -> BTreeMap<K, Comparison> {
    let outcomes: Vec<(K, usize)> = rows
        .par_iter()
        .filter(|row| row.label.is_some())
        .map(|row| (part(row), 2 * usize::from(!is_right(old, row)) + usize::from(!is_right(new, row))))
        .collect();
    let mut parts: BTreeMap<K, [usize; 4]> = BTreeMap::new();
    for (part, outcome) in outcomes {
        parts.entry(part).or_default()[outcome] += 1;
    }
    let of = |[both, old, new, neither]: [usize; 4]| Comparison::of(both, old, new, neither);
    parts.into_iter().map(|(part, counts)| (part, of(counts))).collect()
}

fn is_right(model: &Model, row: &Row) -> bool {
    let look = model.look(&row.text);
    look.candidates.first().map(|c| model.labels[c.label].as_str()) == row.label.as_deref()
}

#[cfg(test)]
mod tests {
    use super::Comparison;

    #[test]
    fn only_differences_count() {
        let same = Comparison::of(900, 10, 10, 80);
        assert!(same.p_worse > 0.5 && same.p_better > 0.5);
        let worse = Comparison::of(900, 30, 5, 65);
        assert!(worse.p_worse < 0.001 && worse.p_better > 0.99);
        let none = Comparison::of(0, 0, 0, 0);
        assert_eq!((none.p_worse, none.p_better), (1.0, 1.0));
    }
}
