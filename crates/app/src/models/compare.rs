//! A candidate against the model in use, on recent tickets that neither has learnt from.

use std::collections::HashMap;

use learn::{Model, Role, Row};
use serde::Serialize;

/// Fewer tickets than this show nothing.
const LEAST: usize = 50;

/// Both on the same tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Comparison {
    pub tickets: usize,
    pub right_before: usize,
    pub right_after: usize,
    /// Tickets that only one of them got right.
    pub won: usize,
    pub lost: usize,
}

impl Comparison {
    /// Worse beyond chance: a one-sided sign test at 5% on the tickets where they differ.
    pub fn is_worse(&self) -> bool {
        let differ = (self.won + self.lost) as f64;
        self.tickets >= LEAST && self.lost as f64 - self.won as f64 > 1.645 * differ.sqrt()
    }

    pub fn in_words(&self) -> String {
        let Self { tickets, right_before, right_after, .. } = self;
        format!(
            "on {tickets} recent tickets it was right {right_after} times, the model in use {right_before} times"
        )
    }
}

/// Compares on the candidate's report tickets that came after the model in use was made. A label that the model in
/// use does not know counts against it, as it would live.
pub(super) fn compare(before: &Model, made_at: i64, after: &Model, rows: &[Row]) -> Comparison {
    let rows: HashMap<i64, &Row> = rows.iter().map(|row| (row.id, row)).collect();
    let mut result = Comparison { tickets: 0, right_before: 0, right_after: 0, won: 0, lost: 0 };
    for scored in after.scores().iter().filter(|s| s.role == Role::Report && s.known) {
        let Some(row) = rows.get(&scored.id).filter(|row| row.at.is_some_and(|at| at > made_at)) else {
            continue;
        };
        let said = before.read(&row.text);
        let right = said.ranked.first().is_some_and(|best| Some(&best.label) == row.label.as_ref());
        result.tickets += 1;
        result.right_before += usize::from(right);
        result.right_after += usize::from(scored.right);
        result.won += usize::from(scored.right && !right);
        result.lost += usize::from(right && !scored.right);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_difference_beyond_chance_is_worse() {
        let of = |tickets, won, lost| Comparison { tickets, right_before: 0, right_after: 0, won, lost };
        assert!(!of(200, 10, 12).is_worse());
        assert!(of(200, 2, 30).is_worse());
        assert!(!of(200, 30, 2).is_worse());
        assert!(!of(40, 0, 30).is_worse());
        assert!(!of(200, 0, 0).is_worse());
    }
}
