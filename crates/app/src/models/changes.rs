//! What changed from the model in use to a candidate, on recent tickets that neither has learnt from: as a whole, and
//! category by category, in words.

use learn::Comparison;
use serde::Serialize;

/// Fewer tickets than this show nothing.
const LEAST: usize = 50;
/// How often something that is no difference may be called one.
const LEVEL: f64 = 0.05;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    Better,
    Worse,
    /// No difference beyond chance.
    Same,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    pub category: String,
    #[serde(flatten)]
    pub compared: Comparison,
    pub change: Change,
}

/// A candidate beside the model in use.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changes {
    #[serde(flatten)]
    pub whole: Comparison,
    /// Most tickets first.
    pub parts: Vec<Part>,
}

impl Changes {
    /// Finds out which categories changed: an exact test for each, the level kept over all of them (Holm 1979).
    pub fn of(categories: impl IntoIterator<Item = (String, Comparison)>) -> Self {
        let mut parts: Vec<Part> = categories
            .into_iter()
            .map(|(category, compared)| Part { category, compared, change: Change::Same })
            .collect();
        parts.sort_by(|a, b| p(&a.compared).total_cmp(&p(&b.compared)));
        let many = parts.len();
        let found = |(index, part): &(usize, &mut Part)| p(&part.compared) <= LEVEL / (many - index) as f64;
        for (_, part) in parts.iter_mut().enumerate().take_while(found) {
            let better = part.compared.only_new > part.compared.only_old;
            part.change = if better { Change::Better } else { Change::Worse };
        }
        parts.sort_by_key(|part| std::cmp::Reverse(part.compared.tickets));
        Self { whole: Comparison::together(parts.iter().map(|part| &part.compared)), parts }
    }

    /// As a whole, beyond chance. A label that the model in use does not know counts against it, as it would live.
    pub fn change(&self) -> Change {
        let Comparison { tickets, p_worse, p_better, .. } = self.whole;
        match () {
            () if tickets < LEAST => Change::Same,
            () if p_worse < LEVEL => Change::Worse,
            () if p_better < LEVEL => Change::Better,
            () => Change::Same,
        }
    }

    pub fn in_words(&self) -> String {
        let (old, new) = self.whole.right();
        let tickets = self.whole.tickets;
        let mut text =
            format!("on {tickets} recent tickets it was right {new} times, the model in use {old} times");
        let name = |change| {
            let some = self.parts.iter().filter(move |part| part.change == change).map(|part| {
                let (old, new) = part.compared.right();
                format!("{} ({new} of {} instead of {old})", part.category, part.compared.tickets)
            });
            some.collect::<Vec<_>>().join(", ")
        };
        let (better, worse) = (name(Change::Better), name(Change::Worse));
        for (word, categories) in [("better", &better), ("worse", &worse)] {
            if !categories.is_empty() {
                text.push_str(&format!("; {word} on {categories}"));
            }
        }
        text.push_str(match better.is_empty() && worse.is_empty() {
            true => "; in no category a difference beyond chance",
            false => "; elsewhere no difference beyond chance",
        });
        text
    }
}

/// How likely so uneven a split would be, in either direction, if both models were equally good.
fn p(compared: &Comparison) -> f64 {
    (2.0 * compared.p_worse.min(compared.p_better)).min(1.0)
}

/// What became of a trained model, and why.
pub(super) fn why(changes: Option<&Changes>, waits: bool) -> String {
    match changes {
        None => "put into use: there was no other model".into(),
        Some(_) if waits => "kept aside: an experiment compares models, so a person chooses".into(),
        Some(changes) => match changes.change() {
            Change::Worse => "kept aside: it is worse beyond chance".into(),
            Change::Better => "put into use: it is better beyond chance".into(),
            Change::Same if changes.whole.tickets < LEAST => {
                format!("put into use: fewer than {LEAST} recent tickets show no difference")
            }
            Change::Same => "put into use: it is not worse beyond chance".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(parts: &[(&str, [usize; 4])]) -> Changes {
        let of = |&(name, [both, old, new, neither]): &(&str, [usize; 4])| {
            (name.to_owned(), Comparison::of(both, old, new, neither))
        };
        Changes::of(parts.iter().map(of))
    }

    #[test]
    fn what_changed_is_said_for_each_category_that_did() {
        let all =
            changes(&[("Refunds", [30, 1, 14, 5]), ("Sign-in", [20, 15, 0, 25]), ("Boards", [80, 3, 4, 9])]);
        assert_eq!(
            all.in_words(),
            "on 206 recent tickets it was right 148 times, the model in use 149 times; better on Refunds (44 of 50 \
             instead of 31); worse on Sign-in (20 of 60 instead of 35); elsewhere no difference beyond chance"
        );
        assert_eq!(all.change(), Change::Same);
        assert_eq!(
            all.parts.iter().map(|p| p.change).collect::<Vec<_>>(),
            [Change::Same, Change::Worse, Change::Better]
        );
        assert_eq!(why(Some(&all), false), "put into use: it is not worse beyond chance");
    }

    #[test]
    fn the_more_categories_there_are_the_more_it_takes() {
        // One in a hundred and twenty-eight, twice: found alone, and not as one of twenty.
        let one = ("A", [10, 0, 7, 0]);
        assert_eq!(changes(&[one]).parts[0].change, Change::Better);
        let many: Vec<_> = std::iter::once(one).chain((0..19).map(|_| ("B", [10, 1, 1, 0]))).collect();
        assert!(changes(&many).parts.iter().all(|part| part.change == Change::Same));
        assert!(changes(&many).in_words().ends_with("in no category a difference beyond chance"));
    }

    #[test]
    fn few_tickets_decide_nothing() {
        let few = changes(&[("A", [0, 40, 0, 0])]);
        assert_eq!(few.change(), Change::Same);
        assert_eq!(changes(&[("A", [10, 40, 0, 0])]).change(), Change::Worse);
        assert_eq!(why(Some(&few), false), "put into use: fewer than 50 recent tickets show no difference");
        assert_eq!(
            Changes::of([]).in_words(),
            "on 0 recent tickets it was right 0 times, the model in use 0 times; in no category a difference beyond chance"
        );
    }
}
