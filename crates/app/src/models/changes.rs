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

/// What is at stake besides which model is better.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stakes {
    /// While models are compared with each other, a new one waits for a person to choose it.
    pub(super) compared_by_experiment: bool,
    /// Every promise that is asked for is proved of the model in use: another would have to prove them again, and each
    /// attempt spends of the same error allowed. Not where a person asked for the training.
    pub(super) certificates_hold: bool,
    /// The candidate knows answers that the model in use does not.
    pub(super) new_answers: bool,
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

    /// Whether the candidate is put into use, and why.
    pub(super) fn verdict(&self, stakes: Stakes) -> (bool, String) {
        let few = self.whole.tickets < LEAST;
        let (use_it, why) = match self.change() {
            _ if stakes.compared_by_experiment => {
                (false, "an experiment compares models, so a person chooses".into())
            }
            Change::Worse => (false, "it is worse beyond chance".into()),
            Change::Better => (true, "it is better beyond chance".into()),
            Change::Same if stakes.certificates_hold && !stakes.new_answers => (
                false,
                "it is not better beyond chance and knows no new answer, and every certificate rests on the model in use"
                    .into(),
            ),
            Change::Same if few => (true, format!("fewer than {LEAST} recent tickets show no difference")),
            Change::Same => (true, "it is not worse beyond chance".into()),
        };
        (use_it, format!("{}: {why}", if use_it { "put into use" } else { "kept aside" }))
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
        let why = all.verdict(Stakes::default());
        assert_eq!(why, (true, "put into use: it is not worse beyond chance".into()));
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
    fn a_certificate_that_holds_is_given_up_only_for_something() {
        let in_use = |counts, stakes| changes(&[("A", counts)]).verdict(stakes).0;
        let (better, same, worse) = ([30, 1, 24, 5], [80, 3, 4, 9], [20, 25, 1, 5]);
        let certified = Stakes { certificates_hold: true, ..Stakes::default() };
        assert!(in_use(better, certified) && !in_use(same, certified) && !in_use(worse, certified));
        assert!(in_use(same, Stakes { new_answers: true, ..certified }));
        assert!(in_use(same, Stakes::default()) && !in_use(worse, Stakes::default()));
        assert!(!in_use(better, Stakes { compared_by_experiment: true, ..Stakes::default() }));
    }

    #[test]
    fn few_tickets_decide_nothing() {
        let few = changes(&[("A", [0, 40, 0, 0])]);
        assert_eq!(few.change(), Change::Same);
        assert_eq!(changes(&[("A", [10, 40, 0, 0])]).change(), Change::Worse);
        let why = few.verdict(Stakes::default());
        assert_eq!(why, (true, "put into use: fewer than 50 recent tickets show no difference".into()));
        assert_eq!(
            Changes::of([]).in_words(),
            "on 0 recent tickets it was right 0 times, the model in use 0 times; in no category a difference beyond chance"
        );
    }
}
