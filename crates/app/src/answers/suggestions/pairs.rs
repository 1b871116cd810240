//! Answers to put together: their texts say almost the same, or the learner takes one for the other.

use std::collections::BTreeMap;

use domain::AnswerId;
use domain::learning::{SLIGHT, edited};
use domain::stats::Rate;
use store::choices::Taken;

/// Two are confused when surely more than this share of their tickets were taken for the other's …
const CONFUSED: f64 = 0.2;
/// … and at least so many.
const LEAST: i64 = 10;

/// Two answers that may be one; the older is `one`.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub one: AnswerId,
    pub other: AnswerId,
    /// Share of words in which they differ, 0 to 1, where it is small.
    pub differ: Option<f64>,
    /// Of the tickets that got one of them from somebody who saw no suggestion: how many the learner would have given
    /// the other. Where it is many.
    pub confused: Option<Rate>,
}

/// Pairs found by either sign, those whose words differ least first, then the most confused.
pub(super) fn found(texts: &[(AnswerId, &str)], taken: &[Taken]) -> Vec<Pair> {
    let mut pairs: BTreeMap<(AnswerId, AnswerId), Pair> = BTreeMap::new();
    let mut pair = |a: AnswerId, b: AnswerId, note: &dyn Fn(&mut Pair)| {
        let (one, other) = (a.min(b), a.max(b));
        let new = Pair { one, other, differ: None, confused: None };
        note(pairs.entry((one, other)).or_insert(new));
    };
    for (one, other, differ) in alike(texts) {
        pair(one, other, &|pair| pair.differ = Some(differ));
    }
    for (one, other, rate) in confused(taken) {
        pair(one, other, &|pair| pair.confused = Some(rate));
    }
    let mut found: Vec<Pair> = pairs.into_values().collect();
    let order = |pair: &Pair| (pair.differ.unwrap_or(1.0), -pair.confused.map_or(0.0, |rate| rate.low));
    found.sort_by(|a, b| {
        let (a, b) = (order(a), order(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    found
}

/// Pairs of which few words differ.
fn alike(texts: &[(AnswerId, &str)]) -> Vec<(AnswerId, AnswerId, f64)> {
    let words: Vec<usize> = texts.iter().map(|(_, text)| text.split_whitespace().count()).collect();
    let mut found = Vec::new();
    for (i, &(one, text)) in texts.iter().enumerate() {
        for (j, &(other, with)) in texts.iter().enumerate().skip(i + 1) {
            let (short, long) = (words[i].min(words[j]), words[i].max(words[j]));
            // As many words must differ at least as one text is longer.
            if (long - short) as f64 > SLIGHT * long as f64 {
                continue;
            }
            let differ = edited(text, with);
            if differ <= SLIGHT {
                found.push((one, other, differ));
            }
        }
    }
    found
}

/// Pairs of which the learner often takes one for the other, in either direction.
fn confused(taken: &[Taken]) -> Vec<(AnswerId, AnswerId, Rate)> {
    let mut given: BTreeMap<AnswerId, i64> = BTreeMap::new();
    let mut mixed: BTreeMap<(AnswerId, AnswerId), i64> = BTreeMap::new();
    for it in taken {
        *given.entry(it.given).or_default() += it.tickets;
        if it.given != it.predicted {
            let pair = (it.given.min(it.predicted), it.given.max(it.predicted));
            *mixed.entry(pair).or_default() += it.tickets;
        }
    }
    let of = |id: &AnswerId| given.get(id).copied().unwrap_or(0);
    let rates = mixed.iter().map(|((one, other), &n)| (*one, *other, Rate::new(n, of(one) + of(other))));
    rates.filter(|(_, _, rate)| rate.count >= LEAST && rate.low > CONFUSED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_few_words_are_alike() {
        let board = "You find it under Archive on the page of your profile, where all boards are.";
        let other = "You find it under Archive on the page of your profile, where old boards are.";
        let texts = [(AnswerId(1), board), (AnswerId(2), "Press Forgot password."), (AnswerId(3), other)];
        let pairs = found(&texts, &[]);
        assert_eq!((pairs.len(), pairs[0].one, pairs[0].other), (1, AnswerId(1), AnswerId(3)));
        assert!(pairs[0].differ.is_some_and(|share| share > 0.0 && share < 0.1));
    }

    #[test]
    fn what_the_learner_cannot_tell_apart_is_found_in_either_direction() {
        let taken = |given, predicted, tickets| Taken {
            given: AnswerId(given),
            predicted: AnswerId(predicted),
            tickets,
        };
        let all = [
            taken(1, 1, 30),
            taken(1, 2, 20),
            taken(2, 1, 15),
            taken(2, 2, 35),
            taken(3, 1, 8),
            taken(3, 3, 2),
        ];
        let pairs = found(&[], &all);
        assert_eq!(pairs.len(), 1, "eight tickets show nothing: {pairs:?}");
        let rate = pairs[0].confused.unwrap();
        assert_eq!((pairs[0].one, pairs[0].other, rate.count, rate.of), (AnswerId(1), AnswerId(2), 35, 100));
    }
}
