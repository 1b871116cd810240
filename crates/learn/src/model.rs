//! A trained model: reads texts, says why, and knows its own scores.

use std::sync::Arc;

use embed::Encoder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Row;
use crate::calibrate::Bin;
use crate::certify::Scored;
use crate::embedded::Text;
use crate::logistic::{Logistic, logit};
use crate::look::{CANDIDATES, Look, Near, search, top};
use crate::neighbours::Neighbours;
use crate::rerank::Rerank;
use crate::roles::Role;
use crate::signals::signals;
use crate::text::clean;
use crate::vocabulary::{Counted, Vocabulary};
use crate::weights::Weights;

/// Answers that a reading names.
const RANKED: usize = 5;
/// Tickets that are prepared together: far fewer than the encoder remembers.
pub(crate) const AT_ONCE: usize = 4_096;

/// What a model makes of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The likeliest answers (up to five), best first.
    pub ranked: Vec<Ranked>,
    /// The gate's calibrated probability that the first of them is right. Thresholds are on this number.
    pub score: f64,
    /// From 0 (like what was seen before) to 1 (unlike anything).
    pub novelty: f64,
}

/// An answer and how probable it is, given that some known answer fits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// The answer.
    pub label: String,
    /// 0 to 1.
    pub probability: f64,
}

/// A past ticket like the text. `label` is `None` when no answer fitted it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// The ticket's number, as in its [`Row`].
    pub id: i64,
    /// The answer that was right for it.
    pub label: Option<String>,
    /// Cosine, 0 to 1: of n-grams, or with an encoder the mean of that and the embeddings'.
    pub similarity: f64,
}

/// How many tickets had which role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Tickets that train.
    pub fit: usize,
    /// Tickets that place thresholds.
    pub select: usize,
    /// Tickets that certify.
    pub certify: usize,
    /// Tickets that figures are reported on.
    pub report: usize,
    /// Tickets of requesters who serve another role.
    pub left_out: usize,
    /// Questions that no answer fits, among those that fit.
    pub unknown: usize,
}

/// Figures about a model. Accuracy, macro-F1 and calibration are over known questions with the report role; if
/// there are none, out of fold over those that fit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What it reads: n-grams, or n-grams and embeddings.
    pub kind: String,
    /// Format of its file.
    pub version: u32,
    /// Tickets that it was fitted to.
    pub train_size: usize,
    /// Different answers that it knows.
    pub labels: usize,
    /// How many features it reads.
    pub features: usize,
    /// How the tickets were used.
    pub counts: Counts,
    /// Share of questions whose likeliest answer is right, 0 to 1.
    pub accuracy: f64,
    /// Mean over the answers of F1, 0 to 1.
    pub macro_f1: f64,
    /// Expected calibration error, 0 to 1; see [`crate::calibration`].
    pub ece: f64,
    /// The reliability diagram that it sums up.
    pub bins: Vec<Bin>,
    /// Filled in by the caller, whose clock it is.
    pub train_millis: Option<u64>,
}

/// A trained model. Cheap to share behind an `Arc`; reading needs no lock.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) labels: Vec<String>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) weights: Weights,
    pub(crate) memory: Neighbours,
    /// What reads meanings, if the model was trained with it.
    pub(crate) encoder: Option<Arc<Encoder>>,
    pub(crate) judge: Judge,
    pub(crate) scores: Vec<Scored>,
    pub(crate) summary: Summary,
}

/// What turns margins and neighbours into probabilities.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judge {
    pub(crate) sharpness: f64,
    pub(crate) rerank: Rerank,
    /// Share right when predicted, out of fold and smoothed, as log-odds; one for each label.
    pub(crate) reliability: Vec<f64>,
    pub(crate) gate: Logistic,
    pub(crate) novelty: Logistic,
}

impl Judge {
    pub(crate) fn signals(&self, look: &Look) -> Vec<f64> {
        signals(look, self.reliability.get(look.label()).copied().unwrap_or(0.0))
    }
}

impl Model {
    /// Makes ready for reading many texts, on all cores of the current pool: they are embedded in batches, which is
    /// several times faster than one by one. Without an encoder there is nothing to prepare.
    pub fn prepare(&self, texts: &[&str]) {
        if let Some(encoder) = &self.encoder {
            encoder.embed_all(texts, &|_| {});
        }
    }

    /// Reads one text: what [`crate::normalise`] returned for a ticket. Never fails; a text without a word that the
    /// model knows is novel, and its score low.
    ///
    /// ```
    /// # use learn::Row;
    /// # let row = |i: i64| match i % 3 {
    /// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
    /// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
    /// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
    /// # };
    /// use learn::{Config, fit};
    /// let model = fit(&(0..300).map(row).collect::<Vec<_>>(), &Config::default(), &|_, _| {})?;
    /// let known = model.read("my card has not arrived");
    /// let unknown = model.read("who won on tuesday?");
    /// assert!(known.score > unknown.score && known.novelty < unknown.novelty);
    /// # Ok::<(), learn::Error>(())
    /// ```
    pub fn read(&self, text: &str) -> Reading {
        let look = self.look(text);
        let signals = self.judge.signals(&look);
        Reading {
            score: self.judge.gate.probability(&signals),
            novelty: self.judge.novelty.probability(&signals),
            ranked: look
                .candidates
                .iter()
                .take(RANKED)
                .map(|c| Ranked { label: self.labels[c.label].clone(), probability: c.probability })
                .collect(),
        }
    }

    pub(crate) fn look(&self, text: &str) -> Look {
        let counted = Counted::of(&clean(text));
        let text = self.text(&counted, text);
        let margins = self.margins(&text);
        let found = self.search(&margins, &text);
        let unseen = self.vocabulary.unseen(&counted);
        let mut look = Look::new(&margins, self.judge.sharpness, &found, unseen, counted.words.len());
        look.rerank(&self.judge.rerank);
        look
    }

    /// What the model says of a ticket whose answer is known, to certify or to report with.
    ///
    /// ```
    /// # use learn::Row;
    /// # let row = |i: i64| match i % 3 {
    /// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
    /// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
    /// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
    /// # };
    /// use learn::{Config, Role, fit};
    /// let model = fit(&(0..60).map(row).collect::<Vec<_>>(), &Config::default(), &|_, _| {})?;
    /// let scored = model.score(&row(600), Role::Report);
    /// assert!(scored.right && scored.known && (0.0..=1.0).contains(&scored.score));
    /// # Ok::<(), learn::Error>(())
    /// ```
    pub fn score(&self, row: &Row, role: Role) -> Scored {
        self.scored(row, role).0
    }

    /// [`Self::score`] of many tickets, in their order, on all cores of the current pool.
    pub fn score_all<'a>(&self, rows: impl IntoIterator<Item = &'a Row>, role: Role) -> Vec<Scored> {
        let wanted: Vec<(&Row, Role)> = rows.into_iter().map(|row| (row, role)).collect();
        self.scored_all(&wanted).into_iter().map(|(scored, _)| scored).collect()
    }

    /// A part at a time, so that what was prepared is still remembered when it is read.
    pub(crate) fn scored_all(&self, wanted: &[(&Row, Role)]) -> Vec<(Scored, f64)> {
        let part = |some: &[(&Row, Role)]| {
            self.prepare(&some.iter().map(|w| w.0.text.as_str()).collect::<Vec<_>>());
            some.par_iter().map(|(row, role)| self.scored(row, *role)).collect::<Vec<_>>()
        };
        wanted.chunks(AT_ONCE).flat_map(part).collect()
    }

    /// With the probability said for the top answer.
    pub(crate) fn scored(&self, row: &Row, role: Role) -> (Scored, f64) {
        let look = self.look(&row.text);
        let best = look.candidates.first();
        let scored = Scored {
            id: row.id,
            role,
            predicted: look.label() as u32,
            score: self.judge.gate.probability(&self.judge.signals(&look)),
            right: row.label.is_some() && row.label.as_deref() == best.map(|c| self.labels[c.label].as_str()),
            known: row.label.is_some(),
        };
        (scored, best.map_or(0.0, |c| c.probability))
    }

    pub(crate) fn text(&self, counted: &Counted, text: &str) -> Text {
        Text {
            grams: self.vocabulary.vector(counted),
            meaning: self.encoder.as_ref().map_or_else(Vec::new, |e| e.embed(text)),
        }
    }

    pub(crate) fn margins(&self, text: &Text) -> Vec<f32> {
        self.weights.margins(&text.joined(self.vocabulary.len()))
    }

    fn search(&self, margins: &[f32], text: &Text) -> Vec<Near> {
        search(&self.memory, &top(margins, CANDIDATES), self.labels.len(), text, self.vocabulary.len())
    }

    /// The most similar past tickets among those of the likeliest answers, nearest first, at most `most`: nearest
    /// neighbours (Cover and Hart 1967) by cosine.
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
    /// let near = model.neighbours("my card has not arrived", 3);
    /// assert_eq!(near.len(), 3);
    /// assert_eq!(near[0].label.as_deref(), Some("card"));
    /// assert!(near.is_sorted_by(|a, b| a.similarity >= b.similarity));
    /// # Ok::<(), learn::Error>(())
    /// ```
    pub fn neighbours(&self, text: &str, most: usize) -> Vec<Neighbour> {
        let text = self.text(&Counted::of(&clean(text)), text);
        let mut found = self.search(&self.margins(&text), &text);
        if self.encoder.is_some() {
            for near in &mut found {
                near.similarity = f32::midpoint(near.similarity, near.meaning);
            }
        }
        found.sort_unstable_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.ticket.cmp(&b.ticket)));
        found
            .into_iter()
            .take(most)
            .filter(|n| n.similarity > 0.0)
            .map(|n| Neighbour {
                id: self.memory.ids[n.ticket],
                label: self.labels.get(n.label).cloned(),
                similarity: f64::from(n.similarity).clamp(0.0, 1.0),
            })
            .collect()
    }

    /// The answers, in the order that [`Scored::predicted`] counts.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The scores of the tickets that select, certify and report, by this very model.
    pub fn scores(&self) -> &[Scored] {
        &self.scores
    }

    /// Figures from when it was trained.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Notes how long training took, by the caller's clock.
    pub fn set_train_millis(&mut self, millis: u64) {
        self.summary.train_millis = Some(millis);
    }

    /// Bytes that the model takes in memory, scores left out.
    pub fn memory_bytes(&self) -> usize {
        self.weights.bytes() + self.memory.bytes() + self.vocabulary.bytes()
    }
}

/// Out-of-fold counts per label, smoothed towards the overall rate by ten tickets.
pub(crate) fn reliability(predicted: &[(usize, bool)], classes: usize) -> Vec<f64> {
    let right = predicted.iter().filter(|p| p.1).count() as f64;
    let rate = (right + 1.0) / (predicted.len() as f64 + 2.0);
    let mut counts = vec![(0.0, 0.0); classes];
    for &(label, right) in predicted {
        counts[label].0 += f64::from(u8::from(right));
        counts[label].1 += 1.0;
    }
    counts.into_iter().map(|(right, n)| logit((right + 10.0 * rate) / (n + 10.0))).collect()
}
