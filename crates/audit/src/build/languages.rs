//! The language of each ticket, and the file's as a whole.

use std::collections::HashMap;

use crate::forecast::ratio;
use crate::tickets::Tickets;

/// Where it cannot be told.
pub(super) const UNTOLD: &str = "und";

/// A language for every ticket: what the file says, or a guess. A guess that is not sure counts where its language is
/// a usual one of this file.
pub(super) fn of_each(tickets: &Tickets) -> Vec<String> {
    const SURE: f64 = 0.8;
    const USUAL: f64 = 0.05;
    let guesses: Vec<(String, bool)> = tickets
        .all
        .iter()
        .map(|ticket| match (&ticket.language, || learn::language(&ticket.text)) {
            (Some(code), _) => (code.clone(), true),
            (None, guess) => {
                guess().map_or((UNTOLD.to_owned(), false), |l| (l.code.to_owned(), l.confidence >= SURE))
            }
        })
        .collect();
    let mut sure: HashMap<&str, usize> = HashMap::new();
    for (code, _) in guesses.iter().filter(|g| g.1) {
        *sure.entry(code).or_default() += 1;
    }
    let all: usize = sure.values().sum();
    let usual = |code: &str| sure.get(code).is_some_and(|n| ratio(*n, all) >= USUAL);
    let known: Vec<bool> = guesses.iter().map(|(code, sure)| *sure || usual(code)).collect();
    guesses
        .into_iter()
        .zip(known)
        .map(|((code, _), known)| if known { code } else { UNTOLD.into() })
        .collect()
}

/// Languages with their tickets, most first.
pub(super) fn counted(languages: &[String]) -> Vec<(String, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for code in languages {
        *counts.entry(code).or_default() += 1;
    }
    let mut ranked: Vec<(String, usize)> = counts.into_iter().map(|(l, n)| (l.to_owned(), n)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}
