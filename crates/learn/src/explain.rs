//! Why: the words that spoke for and against an answer.

use serde::{Deserialize, Serialize};

use crate::grams;
use crate::look::top;
use crate::model::Model;
use crate::text::{ADDRESS, LINK, NUMBER, clean};
use crate::vocabulary::Counted;

/// A word of the text and what it did: positive spoke for the answer, negative against it. In units of margin,
/// compared with the next likeliest answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// As the model read it: lower case.
    pub word: String,
    /// Its share of the margin.
    pub weight: f64,
}

impl Model {
    /// The words of `text` that weighed most for or against `label`, heaviest first. A linear model's margin is a
    /// sum over n-grams, so that weight times value is each one's due share (Lundberg and Lee 2017, arXiv:1705.07874,
    /// corollary 1, with features that are nearly always 0). Each word gets the n-grams within it, and half of each
    /// pair that it is part of; what an embedding says belongs to no word and is left out. Empty for a label that the
    /// model does not know.
    ///
    /// ```
    /// # use learn::Row;
    /// # let row = |i: i64| match i % 3 {
    /// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
    /// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
    /// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
    /// # };
    /// use learn::{Config, fit};
    /// let model = fit(&(0..60).map(row).collect::<Vec<_>>(), &Config::default(), &|_, _| {})?;
    /// let words = model.explain("has my card arrived?", "card", 5);
    /// assert!(words.iter().any(|w| w.word == "card" && w.weight > 0.0));
    /// assert!(model.explain("has my card arrived?", "no such answer", 5).is_empty());
    /// # Ok::<(), learn::Error>(())
    /// ```
    pub fn explain(&self, text: &str, label: &str, most: usize) -> Vec<Word> {
        let Ok(label) = self.labels.binary_search_by(|l| l.as_str().cmp(label)) else { return Vec::new() };
        let clean = clean(text);
        let seen = self.text(&Counted::of(&clean), text);
        let ranked = top(&self.margins(&seen), 4);
        let vector = seen.grams;
        let rivals: Vec<usize> = ranked.into_iter().filter(|&l| l != label).take(3).collect();
        let tokens: Vec<&str> = clean.split(' ').collect();
        let mut weights = vec![0.0_f64; tokens.len()];
        let mut counts: Vec<u32> = vec![0; vector.len()];
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        grams::each(&clean, |gram| {
            let Some(feature) = self.vocabulary.feature(gram.hash) else { return };
            let Ok(at) = vector.binary_search_by_key(&feature, |v| v.0) else { return };
            counts[at] += 1;
            places.push((at, gram.first as usize, gram.last as usize));
        });
        for (at, first, last) in places {
            let (feature, value) = vector[at];
            let others: f32 = rivals.iter().map(|&r| self.weights.weight(feature, r)).sum();
            let mine = self.weights.weight(feature, label) - others / rivals.len().max(1) as f32;
            let share = f64::from(mine * value) / f64::from(counts[at]);
            weights[first] += share / 2.0;
            weights[last] += share / 2.0;
        }
        let mut words: Vec<Word> = Vec::new();
        for (token, weight) in tokens.iter().zip(weights) {
            let word = shown(token);
            match words.iter_mut().find(|w| w.word == word) {
                Some(known) => known.weight += weight,
                None if !word.is_empty() => words.push(Word { word, weight }),
                None => {}
            }
        }
        words.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        words.truncate(most);
        words.retain(|w| w.weight.abs() > 1e-6);
        words
    }
}

fn shown(token: &str) -> String {
    let core = token.trim_matches(|c: char| !c.is_alphanumeric() && !(LINK..=NUMBER).contains(&c));
    core.replace(LINK, "(link)").replace(ADDRESS, "(address)").replace(NUMBER, "(number)")
}
