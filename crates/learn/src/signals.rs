//! What the gate looks at besides the top probability: a question that the classifier has never been taught can
//! look certain to it, yet have unheard words and no near neighbour.

use crate::calibrate::softmax;
use crate::logistic::logit;
use crate::neighbours::{Neighbours, Spread};

/// Answers that are ranked and whose tickets are searched.
pub(crate) const RANKED: usize = 5;
/// Nearest tickets that have a vote.
const VOTES: usize = 10;
pub(crate) const WIDTH: usize = 16;

/// An answer with its margin and probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) label: usize,
    pub(crate) margin: f64,
    pub(crate) probability: f64,
}

/// The likeliest answers, best first.
pub(crate) fn rank(margins: &[f32], sharpness: f64) -> (Vec<Candidate>, f64) {
    let probabilities = softmax(margins, sharpness);
    let entropy = -probabilities.iter().filter(|p| **p > 1e-12).map(|p| p * p.ln()).sum::<f64>();
    let mut order: Vec<usize> = (0..margins.len()).collect();
    let by_margin = |a: &usize, b: &usize| margins[*b].total_cmp(&margins[*a]).then(a.cmp(b));
    if order.len() > RANKED {
        order.select_nth_unstable_by(RANKED, by_margin);
        order.truncate(RANKED);
    }
    order.sort_unstable_by(by_margin);
    let candidates = order
        .into_iter()
        .map(|label| Candidate {
            label,
            margin: f64::from(margins[label]),
            probability: probabilities[label],
        })
        .collect();
    (candidates, entropy)
}

/// A near ticket: its place in memory, its label (`classes` for none), and how similar it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub(crate) ticket: usize,
    pub(crate) label: usize,
    pub(crate) similarity: f32,
}

/// The tickets of the candidates and of questions that no answer fits, nearest first.
pub(crate) fn near(
    memory: &Neighbours,
    candidates: &[Candidate],
    classes: usize,
    text: &Spread,
) -> Vec<Near> {
    let mut found = Vec::new();
    for label in candidates.iter().map(|c| c.label).chain([classes]) {
        found.extend(memory.group(label).map(|ticket| Near {
            ticket,
            label,
            similarity: memory.similarity(ticket, text),
        }));
    }
    found.sort_unstable_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.ticket.cmp(&b.ticket)));
    found
}

/// Everything about a text that the signals are made from.
pub(crate) struct Evidence<'a> {
    pub(crate) candidates: &'a [Candidate],
    pub(crate) entropy: f64,
    pub(crate) near: &'a [Near],
    pub(crate) classes: usize,
    /// Share of words never seen, and the number of words.
    pub(crate) unseen: f64,
    pub(crate) words: usize,
    /// How reliable the top answer was out of fold, as log-odds.
    pub(crate) reliability: f64,
}

/// The signals in their fixed order. All finite whatever the text.
pub(crate) fn signals(e: &Evidence<'_>) -> Vec<f64> {
    let top = e.candidates.first().copied().unwrap_or(Candidate { label: 0, margin: -1.0, probability: 0.0 });
    let second = e.candidates.get(1).map_or(-1.0, |c| c.margin);
    let best = |wanted: &dyn Fn(usize) -> bool| {
        e.near.iter().find(|n| wanted(n.label)).map_or(0.0, |n| f64::from(n.similarity))
    };
    let own = best(&|l| l == top.label);
    let rival = best(&|l| l != top.label && l != e.classes);
    let misfit = best(&|l| l == e.classes);
    let votes = &e.near[..e.near.len().min(VOTES)];
    let weight = |n: &Near| f64::from(n.similarity).max(0.0).powi(2) + 1e-6;
    let all: f64 = votes.iter().map(weight).sum();
    let agreeing: f64 = votes.iter().filter(|n| n.label == top.label).map(weight).sum();
    let third: Vec<f64> =
        e.near.iter().filter(|n| n.label == top.label).take(3).map(|n| f64::from(n.similarity)).collect();
    let odds = logit(top.probability.min(1.0 - 1e-6)).max(-6.0);
    let lead = top.margin - second;
    vec![
        odds,
        top.margin,
        lead,
        own,
        own - rival,
        misfit,
        if all > 0.0 { agreeing / all } else { 0.0 },
        third.iter().sum::<f64>() / 3.0,
        e.unseen,
        (e.words as f64).ln_1p(),
        e.reliability,
        e.entropy,
        top.margin.max(0.0),
        (top.margin + 0.5).min(0.0),
        own * own,
        own * lead,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_of_nothing_are_finite() {
        let e = Evidence {
            candidates: &[],
            entropy: 0.0,
            near: &[],
            classes: 3,
            unseen: 1.0,
            words: 0,
            reliability: 0.0,
        };
        let signals = signals(&e);
        assert_eq!(signals.len(), WIDTH);
        assert!(signals.iter().all(|s| s.is_finite()));
    }

    #[test]
    fn ranking_is_by_margin() {
        let (ranked, entropy) = rank(&[0.1, 0.9, -1.0, 0.3, 0.0, -0.2, 0.9], 2.0);
        assert_eq!(ranked.iter().map(|c| c.label).collect::<Vec<_>>(), vec![1, 6, 3, 0, 4]);
        assert!(entropy > 0.0);
    }
}
