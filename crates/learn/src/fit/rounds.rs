//! Rounds of training: features and weights from some of the tickets, and how the others look to them.

use rayon::prelude::*;

use crate::embedded::{Embedded, Text};
use crate::linear::{Effort, LANES, Sparse, train};
use crate::look::{CANDIDATES, Look, search, top};
use crate::neighbours::{Neighbours, Ticket};
use crate::roles::folds;
use crate::vocabulary::{Counted, Vocabulary};
use crate::weights::Weights;
use crate::{Config, Phase, Row, calibrate};

/// The tickets that train, worked up.
pub(super) struct Material<'a> {
    pub(super) rows: Vec<&'a Row>,
    pub(super) counted: Vec<Counted>,
    /// Embeddings of the rows, where there is an encoder.
    pub(super) embedded: Embedded,
    pub(super) labels: Vec<u32>,
    pub(super) importance: Vec<f32>,
    pub(super) classes: usize,
}

/// What a round of training leaves for judging.
pub(super) struct Round {
    pub(super) vocabulary: Vocabulary,
    pub(super) x: Sparse,
    pub(super) labels: Vec<u32>,
    pub(super) importance: Vec<f32>,
    pub(super) memory: Neighbours,
}

/// A row seen by a model that did not learn from it.
pub(super) struct OutOfFold {
    pub(super) row: usize,
    pub(super) look: Look,
}

pub(super) fn prepare(material: &Material<'_>, which: &[usize], config: &Config) -> Round {
    // With few tickets every n-gram counts; with many, what occurs once is a typo or a name.
    let least = if which.len() < 2_000 { 1 } else { 2 };
    let vocabulary =
        Vocabulary::learn(which.iter().map(|&i| &material.counted[i]), least, config.most_features);
    let texts = texts(material, which, &vocabulary);
    let mut x = Sparse::new(vocabulary.len() + material.embedded.width());
    for text in &texts {
        x.push(&text.joined(vocabulary.len()));
    }
    let labels = which.iter().map(|&i| material.labels[i]).collect();
    let importance = which.iter().map(|&i| material.importance[i]).collect();
    let tickets: Vec<Ticket> = which
        .iter()
        .zip(texts)
        .map(|(&i, text)| (material.rows[i].id, material.labels[i] as usize, text))
        .collect();
    let memory = Neighbours::remember(&tickets, material.classes, material.embedded.width());
    Round { vocabulary, x, labels, importance, memory }
}

/// What the chosen rows look like to a vocabulary.
fn texts(material: &Material<'_>, which: &[usize], vocabulary: &Vocabulary) -> Vec<Text> {
    which
        .par_iter()
        .map(|&i| Text {
            grams: vocabulary.vector(&material.counted[i]),
            meaning: material.embedded.row(i).to_vec(),
        })
        .collect()
}

fn effort(config: &Config) -> Effort {
    Effort { cost: config.cost, tolerance: config.tolerance, passes: config.passes, seed: config.seed }
}

pub(super) fn out_of_fold(
    material: &Material<'_>,
    config: &Config,
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> (f64, Vec<OutOfFold>) {
    let n = config.folds.clamp(2, 20);
    let fold = folds(&material.rows, n, config.seed);
    let mut sharpness = None;
    let mut out = Vec::with_capacity(material.rows.len());
    for f in 0..n {
        progress(Phase::OutOfFold, f as f32 / n as f32);
        let (held, rest): (Vec<usize>, Vec<usize>) =
            (0..material.rows.len()).partition(|&i| usize::from(fold[i]) == f);
        if held.is_empty() || rest.is_empty() {
            continue;
        }
        let round = prepare(material, &rest, config);
        let seen = texts(material, &held, &round.vocabulary);
        let margins = held_margins(material, &round, &seen, config);
        let classes = material.classes;
        // One number from a fifth of the rows is as good as from all, and all margins need not be kept.
        let sharp = *sharpness.get_or_insert_with(|| {
            let labels: Vec<u32> = held.iter().map(|&i| material.labels[i]).collect();
            calibrate::sharpness(&margins, classes, &labels)
        });
        let scored =
            held.par_iter().zip(&seen).zip(margins.par_chunks_exact(classes)).map(|((&i, text), m)| {
                let found = search(&round.memory, &top(m, CANDIDATES), classes, text, round.vocabulary.len());
                let counted = &material.counted[i];
                let unseen = round.vocabulary.unseen(counted);
                OutOfFold { row: i, look: Look::new(m, sharp, &found, unseen, counted.words.len()) }
            });
        out.extend(scored.collect::<Vec<_>>());
    }
    progress(Phase::OutOfFold, 1.0);
    (sharpness.unwrap_or(1.0), out)
}

fn held_margins(material: &Material<'_>, round: &Round, texts: &[Text], config: &Config) -> Vec<f32> {
    let classes = material.classes;
    let split: Vec<(Vec<u32>, Vec<f32>)> =
        texts.iter().map(|t| t.joined(round.vocabulary.len()).into_iter().unzip()).collect();
    let blocks = train(&round.x, &round.labels, &round.importance, classes, effort(config), |block| {
        let margins: Vec<[f32; LANES]> = split.iter().map(|(c, v)| block.margins(c, v)).collect();
        (block.first, margins)
    });
    let mut out = vec![0.0; texts.len() * classes];
    for (first, margins) in blocks {
        let width = LANES.min(classes - first);
        for (row, lane) in out.chunks_exact_mut(classes).zip(margins) {
            row[first..first + width].copy_from_slice(&lane[..width]);
        }
    }
    out
}

pub(super) fn final_weights(material: &Material<'_>, round: &Round, config: &Config) -> Weights {
    let classes = material.classes;
    let blocks = train(&round.x, &round.labels, &round.importance, classes, effort(config), |b| b);
    let width = round.x.width;
    let mut dense = vec![0.0_f32; width * classes];
    let mut bias = vec![0.0; classes];
    for block in blocks {
        let count = LANES.min(classes - block.first);
        for (row, lane) in dense.chunks_exact_mut(classes).zip(&block.weights) {
            row[block.first..block.first + count].copy_from_slice(&lane[..count]);
        }
        bias[block.first..block.first + count].copy_from_slice(&block.bias[..count]);
    }
    let mut use_of = vec![0.0_f32; width];
    for (&c, &v) in round.x.columns.iter().zip(&round.x.values) {
        use_of[c as usize] += v * v;
    }
    for used in &mut use_of {
        *used = used.sqrt();
    }
    Weights::pack(&dense, bias, &use_of, config.most_weights.min(u32::MAX as usize))
}
