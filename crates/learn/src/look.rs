//! A text held against what the classifier and the remembered tickets know: the evidence that probabilities, the
//! gate and novelty are made from.

use std::cell::RefCell;

use crate::calibrate::softmax;
use crate::embedded::Text;
use crate::neighbours::{Neighbours, Spread};
use crate::rerank::{Features, Rerank, features, normalise};

/// Answers that get a second look.
pub(crate) const CANDIDATES: usize = 8;
/// Nearest tickets that have a vote.
const VOTES: usize = 10;

/// An answer that may be right.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) label: usize,
    pub(crate) margin: f64,
    pub(crate) features: Features,
    /// Its share among the nearest tickets, weighted by likeness: of words, and of meaning.
    pub(crate) votes: f64,
    pub(crate) agreed: f64,
    pub(crate) probability: f64,
}

/// What a text looks like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    /// Best first.
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) entropy: f64,
    /// Likeness of the nearest question that no answer fitted.
    pub(crate) misfit: f64,
    /// Likewise by embedding.
    pub(crate) odd: f64,
    /// Share of words never seen, and the number of words.
    pub(crate) unseen: f64,
    pub(crate) words: usize,
}

/// A near ticket: its place in memory, its label (`classes` for none), and how similar it is
/// in words and in meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub(crate) ticket: usize,
    pub(crate) label: usize,
    pub(crate) similarity: f32,
    pub(crate) meaning: f32,
}

thread_local! {
    static SPREAD: RefCell<Spread> = RefCell::new(Spread::default());
}

/// The labels with the largest margins, largest first.
pub(crate) fn top(margins: &[f32], most: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..margins.len()).collect();
    let by_margin = |a: &usize, b: &usize| margins[*b].total_cmp(&margins[*a]).then(a.cmp(b));
    if order.len() > most {
        order.select_nth_unstable_by(most, by_margin);
        order.truncate(most);
    }
    order.sort_unstable_by(by_margin);
    order
}

/// The tickets of these labels and of questions that no answer fits, with their likeness, in order of memory.
pub(crate) fn search(
    memory: &Neighbours,
    labels: &[usize],
    classes: usize,
    text: &Text,
    width: usize,
) -> Vec<Near> {
    SPREAD.with_borrow_mut(|spread| {
        spread.set(text, width);
        let mut found = Vec::new();
        for &label in labels.iter().chain([&classes]) {
            found.extend(memory.group(label).map(|ticket| Near {
                ticket,
                label,
                similarity: memory.similarity(ticket, spread),
                meaning: memory.meaning(ticket, spread),
            }));
        }
        found
    })
}

impl Look {
    /// Before any second look: probabilities by margin alone.
    pub(crate) fn new(margins: &[f32], sharpness: f64, found: &[Near], unseen: f64, words: usize) -> Self {
        let classes = margins.len();
        let probabilities = softmax(margins, sharpness);
        let entropy = -probabilities.iter().filter(|p| **p > 1e-12).map(|p| p * p.ln()).sum::<f64>();
        let votes = Votes::count(found, |n| n.similarity);
        let agreement = Votes::count(found, |n| n.meaning);
        let candidates = top(margins, CANDIDATES)
            .into_iter()
            .map(|label| {
                let mut likeness: Vec<(f32, f32)> =
                    found.iter().filter(|n| n.label == label).map(|n| (n.similarity, n.meaning)).collect();
                Candidate {
                    label,
                    margin: f64::from(margins[label]),
                    features: features(f64::from(margins[label]), &mut likeness),
                    votes: votes.share(label),
                    agreed: agreement.share(label),
                    probability: probabilities[label],
                }
            })
            .collect();
        let nearest = |of: fn(&Near) -> f32| {
            f64::from(found.iter().filter(|n| n.label == classes).map(of).fold(0.0, f32::max))
        };
        Self {
            candidates,
            entropy,
            misfit: nearest(|n| n.similarity),
            odd: nearest(|n| n.meaning),
            unseen,
            words,
        }
    }

    /// Shares the candidates' probability out anew, by margin and likeness together.
    pub(crate) fn rerank(&mut self, rerank: &Rerank) {
        let inside: f64 = self.candidates.iter().map(|c| c.probability).sum();
        let scores: Vec<f64> = self.candidates.iter().map(|c| rerank.score(&c.features)).collect();
        for (candidate, p) in self.candidates.iter_mut().zip(normalise(&scores)) {
            candidate.probability = p * inside;
        }
        self.candidates.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.label.cmp(&b.label)));
    }

    /// The likeliest answer.
    pub(crate) fn label(&self) -> usize {
        self.candidates.first().map_or(0, |c| c.label)
    }
}

/// What the nearest tickets vote for, each by the square of its likeness.
struct Votes {
    votes: Vec<(usize, f64)>,
    all: f64,
}

impl Votes {
    fn count(found: &[Near], of: fn(&Near) -> f32) -> Self {
        let bar = vote_bar(found, of);
        let votes: Vec<(usize, f64)> = found
            .iter()
            .filter(|n| of(n) >= bar)
            .map(|n| (n.label, f64::from(of(n)).max(0.0).powi(2) + 1e-6))
            .collect();
        Self { all: votes.iter().map(|v| v.1).sum(), votes }
    }

    fn share(&self, label: usize) -> f64 {
        let own: f64 = self.votes.iter().filter(|v| v.0 == label).map(|v| v.1).sum();
        if self.all > 0.0 { own / self.all } else { 0.0 }
    }
}

/// The likeness of the last ticket that has a vote.
fn vote_bar(found: &[Near], of: fn(&Near) -> f32) -> f32 {
    if found.len() <= VOTES {
        return f32::NEG_INFINITY;
    }
    let mut likeness: Vec<f32> = found.iter().map(of).collect();
    let (_, bar, _) = likeness.select_nth_unstable_by(VOTES - 1, |a, b| b.total_cmp(a));
    *bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranking_is_by_margin() {
        assert_eq!(top(&[0.1, 0.9, -1.0, 0.3, 0.0, -0.2, 0.9], 5), vec![1, 6, 3, 0, 4]);
    }

    #[test]
    fn a_second_look_can_turn_the_order_and_keeps_the_sum() {
        let found = [Near { ticket: 0, label: 1, similarity: 0.9, meaning: 0.0 }];
        let mut look = Look::new(&[0.11, 0.1, -1.0], 5.0, &found, 0.0, 3);
        let before: f64 = look.candidates.iter().map(|c| c.probability).sum();
        assert_eq!(look.label(), 0);
        look.rerank(&Rerank { weights: [5.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] });
        assert_eq!(look.label(), 1);
        assert!((look.candidates.iter().map(|c| c.probability).sum::<f64>() - before).abs() < 1e-9);
    }
}
