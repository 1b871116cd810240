//! Training: features, out-of-fold scores, the gate, and the model that is used.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::error::Error;
use crate::evaluate::calibrating_role;
use crate::linear::{Effort, LANES, NO_LABEL, Sparse, train};
use crate::logistic::Logistic;
use crate::look::{CANDIDATES, Look, search, top};
use crate::model::{Counts, Judge, Model, Summary, reliability};
use crate::neighbours::{Neighbours, Ticket};
use crate::rerank::{Choice, Rerank};
use crate::roles::{Role, assign, folds};
use crate::vocabulary::{Counted, Vocabulary};
use crate::weights::{MOST, Weights};
use crate::{Config, Method, Phase, Row, Scored, calibrate, measure, text};

/// More answers than this are a free text, not a choice.
pub(crate) const MOST_LABELS: usize = 4_000;

/// Trains a model. The same rows, configuration and version of this crate give the same model on any number of
/// threads.
///
/// ```
/// use learn::{Config, Row, fit};
/// let rows: Vec<Row> = (0..60)
///     .map(|i| {
///         let (text, label) = match i % 3 {
///             0 => ("my card has not arrived", Some("card_arrival")),
///             1 => ("i forgot my password", Some("password")),
///             _ => ("what is the meaning of life", None),
///         };
///         Row::new(i, text, label)
///     })
///     .collect();
/// let model = fit(&rows, &Config::default(), &|_, _| {})?;
/// let reading = model.read("where is my card?");
/// assert_eq!(reading.ranked[0].label, "card_arrival");
/// # Ok::<(), learn::Error>(())
/// ```
pub fn fit(rows: &[Row], config: &Config, progress: &(dyn Fn(Phase, f32) + Sync)) -> Result<Model, Error> {
    check(rows)?;
    let roles = match config.method {
        Method::Split => assign(rows, config.seed),
        Method::CrossFit => vec![Some(Role::Fit); rows.len()],
    };
    fit_with_roles(rows, &roles, config, progress)
}

/// As [`fit`], with roles that the caller has given (`None` leaves a row out).
pub fn fit_with_roles(
    rows: &[Row],
    roles: &[Option<Role>],
    config: &Config,
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> Result<Model, Error> {
    check(rows)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(config.threads)
        .build()
        .map_err(|e| Error::Threads(e.to_string()))?;
    pool.install(|| run(rows, roles, config, progress))
}

fn check(rows: &[Row]) -> Result<(), Error> {
    if rows.is_empty() {
        return Err(Error::NoRows);
    }
    if let Some(row) = rows.iter().find(|r| !(r.weight.is_finite() && r.weight >= 0.0)) {
        return Err(Error::Weight { id: row.id, weight: row.weight.to_string() });
    }
    Ok(())
}

/// The tickets that train, worked up.
struct Material<'a> {
    rows: Vec<&'a Row>,
    counted: Vec<Counted>,
    labels: Vec<u32>,
    importance: Vec<f32>,
    classes: usize,
}

/// What a round of training leaves for judging.
struct Round {
    vocabulary: Vocabulary,
    x: Sparse,
    labels: Vec<u32>,
    importance: Vec<f32>,
    memory: Neighbours,
}

/// A row seen by a model that did not learn from it.
struct OutOfFold {
    row: usize,
    look: Look,
}

fn run(
    rows: &[Row],
    roles: &[Option<Role>],
    config: &Config,
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> Result<Model, Error> {
    progress(Phase::Features, 0.0);
    let fitting: Vec<&Row> =
        rows.iter().zip(roles).filter(|(_, role)| **role == Some(Role::Fit)).map(|r| r.0).collect();
    let labels = label_names(&fitting)?;
    let counted: Vec<Counted> = fitting.par_iter().map(|r| Counted::of(&text::clean(&r.text))).collect();
    let index = |label: Option<&String>| {
        label.and_then(|l| labels.binary_search(l).ok()).map_or(NO_LABEL, |i| i as u32)
    };
    let material = Material {
        labels: fitting.iter().map(|r| index(r.label.as_ref())).collect(),
        importance: fitting.iter().map(|r| r.weight).collect(),
        classes: labels.len(),
        rows: fitting,
        counted,
    };
    progress(Phase::Features, 1.0);

    let (sharpness, mut scored) = out_of_fold(&material, config, progress);
    progress(Phase::Gate, 0.0);
    let judge =
        judge(&material, sharpness, &mut scored, config.unknown_share.or_else(|| stream_share(rows, roles)));
    progress(Phase::Gate, 1.0);

    progress(Phase::Final, 0.0);
    let every: Vec<usize> = (0..material.rows.len()).collect();
    let round = prepare(&material, &every, config);
    let weights = final_weights(&material, &round, config);
    let mut model = Model {
        labels,
        vocabulary: round.vocabulary,
        weights,
        memory: round.memory,
        judge,
        scores: Vec::new(),
        summary: Summary::default(),
    };
    progress(Phase::Final, 0.8);
    finish(&mut model, rows, roles, &material, &scored, config);
    progress(Phase::Final, 1.0);
    Ok(model)
}

fn label_names(fitting: &[&Row]) -> Result<Vec<String>, Error> {
    let names: BTreeSet<&str> = fitting.iter().filter_map(|r| r.label.as_deref()).collect();
    let unknown = fitting.iter().filter(|r| r.label.is_none()).count();
    match names.len() {
        0 => Err(if fitting.is_empty() { Error::NoRows } else { Error::NoLabels { rows: fitting.len() } }),
        1 if unknown == 0 => Err(Error::OneLabel {
            label: names.first().map(|s| (*s).to_owned()).unwrap_or_default(),
            rows: fitting.len(),
        }),
        n if n > MOST_LABELS => Err(Error::TooManyLabels { labels: n, most: MOST_LABELS }),
        _ => Ok(names.into_iter().map(str::to_owned).collect()),
    }
}

fn prepare(material: &Material<'_>, which: &[usize], config: &Config) -> Round {
    // With few tickets every n-gram counts; with many, what occurs once is a typo or a name.
    let least = if which.len() < 2_000 { 1 } else { 2 };
    let vocabulary =
        Vocabulary::learn(which.iter().map(|&i| &material.counted[i]), least, config.most_features);
    let vectors: Vec<Vec<(u32, f32)>> =
        which.par_iter().map(|&i| vocabulary.vector(&material.counted[i])).collect();
    let mut x = Sparse::new(vocabulary.len());
    for vector in &vectors {
        x.push(vector);
    }
    let labels = which.iter().map(|&i| material.labels[i]).collect();
    let importance = which.iter().map(|&i| material.importance[i]).collect();
    let tickets: Vec<Ticket> = which
        .iter()
        .zip(vectors)
        .map(|(&i, v)| (material.rows[i].id, material.labels[i] as usize, v))
        .collect();
    let memory = Neighbours::remember(&tickets, material.classes);
    Round { vocabulary, x, labels, importance, memory }
}

fn effort(config: &Config) -> Effort {
    Effort { cost: config.cost, tolerance: config.tolerance, passes: config.passes, seed: config.seed }
}

fn out_of_fold(
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
        let vectors: Vec<Vec<(u32, f32)>> =
            held.par_iter().map(|&i| round.vocabulary.vector(&material.counted[i])).collect();
        let margins = held_margins(material, &round, &vectors, config);
        let classes = material.classes;
        // One number from a fifth of the rows is as good as from all, and all margins need not be kept.
        let sharp = *sharpness.get_or_insert_with(|| {
            let labels: Vec<u32> = held.iter().map(|&i| material.labels[i]).collect();
            calibrate::sharpness(&margins, classes, &labels)
        });
        let scored =
            held.par_iter().zip(&vectors).zip(margins.par_chunks_exact(classes)).map(|((&i, v), m)| {
                let found = search(&round.memory, &top(m, CANDIDATES), classes, v, round.vocabulary.len());
                let counted = &material.counted[i];
                let unseen = round.vocabulary.unseen(counted);
                OutOfFold { row: i, look: Look::new(m, sharp, &found, unseen, counted.words.len()) }
            });
        out.extend(scored.collect::<Vec<_>>());
    }
    progress(Phase::OutOfFold, 1.0);
    (sharpness.unwrap_or(1.0), out)
}

fn held_margins(
    material: &Material<'_>,
    round: &Round,
    vectors: &[Vec<(u32, f32)>],
    config: &Config,
) -> Vec<f32> {
    let classes = material.classes;
    let split: Vec<(Vec<u32>, Vec<f32>)> = vectors.iter().map(|v| v.iter().copied().unzip()).collect();
    let blocks = train(&round.x, &round.labels, &round.importance, classes, effort(config), |block| {
        let margins: Vec<[f32; LANES]> = split.iter().map(|(c, v)| block.margins(c, v)).collect();
        (block.first, margins)
    });
    let mut out = vec![0.0; vectors.len() * classes];
    for (first, margins) in blocks {
        let width = LANES.min(classes - first);
        for (row, lane) in out.chunks_exact_mut(classes).zip(margins) {
            row[first..first + width].copy_from_slice(&lane[..width]);
        }
    }
    out
}

/// How much more an unknown question counts for the gate, so that they make up their share of the stream.
fn lift(unknown: usize, all: usize, share: Option<f64>) -> f64 {
    const MOST: f64 = 30.0;
    match share {
        Some(share) if unknown > 0 && share > 0.0 && share < 1.0 => {
            let wanted = share / (1.0 - share) * (all - unknown) as f64;
            (wanted / unknown as f64).clamp(1.0 / MOST, MOST)
        }
        _ => 1.0,
    }
}

/// The stream's share of unknown questions, by the tickets that select, where there are enough to say.
fn stream_share(rows: &[Row], roles: &[Option<Role>]) -> Option<f64> {
    const LEAST: usize = 200;
    let select: Vec<&Row> =
        rows.iter().zip(roles).filter(|(_, role)| **role == Some(Role::Select)).map(|r| r.0).collect();
    let unknown = select.iter().filter(|r| r.label.is_none()).count();
    (select.len() >= LEAST).then(|| unknown as f64 / select.len() as f64)
}

fn judge(
    material: &Material<'_>,
    sharpness: f64,
    seen: &mut [OutOfFold],
    unknown_share: Option<f64>,
) -> Judge {
    let truth = |s: &OutOfFold| material.labels[s.row] as usize;
    let choices: Vec<Choice> = seen
        .iter()
        .map(|s| Choice {
            candidates: s.look.candidates.iter().map(|c| c.features).collect(),
            right: s.look.candidates.iter().position(|c| c.label == truth(s)),
            importance: f64::from(material.importance[s.row]),
        })
        .collect();
    let rerank = Rerank::fit(&choices, sharpness);
    for s in seen.iter_mut() {
        s.look.rerank(&rerank);
    }
    let predicted: Vec<(usize, bool)> =
        seen.iter().map(|s| (s.look.label(), s.look.label() == truth(s))).collect();
    let nothing = Logistic::fit(&[], &[], &[]);
    let mut judge = Judge {
        sharpness,
        rerank,
        reliability: reliability(&predicted, material.classes),
        gate: nothing.clone(),
        novelty: nothing,
    };
    let rows: Vec<Vec<f64>> = seen.iter().map(|s| judge.signals(&s.look)).collect();
    let right: Vec<bool> = predicted.iter().map(|p| p.1).collect();
    let unknown: Vec<bool> = seen.iter().map(|s| material.labels[s.row] == NO_LABEL).collect();
    let lift = lift(unknown.iter().filter(|u| **u).count(), unknown.len(), unknown_share);
    let importance: Vec<f64> = seen
        .iter()
        .zip(&unknown)
        .map(|(s, unknown)| f64::from(material.importance[s.row]) * if *unknown { lift } else { 1.0 })
        .collect();
    judge.gate = Logistic::fit(&rows, &right, &importance);
    judge.novelty = Logistic::fit(&rows, &unknown, &importance);
    judge
}

fn final_weights(material: &Material<'_>, round: &Round, config: &Config) -> Weights {
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
    Weights::pack(&dense, bias, &use_of, config.most_weights.min(MOST))
}

fn finish(
    model: &mut Model,
    rows: &[Row],
    roles: &[Option<Role>],
    material: &Material<'_>,
    oof: &[OutOfFold],
    config: &Config,
) {
    let wanted: Vec<(&Row, Role)> = rows
        .iter()
        .zip(roles)
        .filter_map(|(row, role)| role.filter(|r| *r != Role::Fit).map(|r| (row, r)))
        .collect();
    let judged: Vec<(Scored, f64)> = wanted.par_iter().map(|(row, role)| model.scored(row, *role)).collect();
    let names: Vec<Option<u32>> = wanted
        .iter()
        .map(|(row, _)| row.label.as_ref().and_then(|l| model.labels.binary_search(l).ok()).map(|i| i as u32))
        .collect();
    let mut seen: Vec<measure::Seen> = judged
        .iter()
        .zip(&names)
        .filter(|((s, _), _)| s.role == Role::Report && s.known)
        .map(|((s, p), truth)| measure::Seen { predicted: s.predicted, truth: *truth, said: *p })
        .collect();
    if seen.is_empty() {
        seen = oof
            .iter()
            .filter(|o| material.labels[o.row] != NO_LABEL)
            .map(|o| measure::Seen {
                predicted: o.look.label() as u32,
                truth: Some(material.labels[o.row]),
                said: o.look.candidates.first().map_or(0.0, |c| c.probability),
            })
            .collect();
    }
    let figures = measure::figures(&seen);
    let count = |role: Role| roles.iter().filter(|r| **r == Some(role)).count();
    model.summary = Summary {
        kind: "n-grams".to_owned(),
        version: u32::from(crate::file::FORMAT),
        train_size: material.rows.len(),
        labels: model.labels.len(),
        features: model.vocabulary.len(),
        counts: Counts {
            fit: count(Role::Fit),
            select: count(Role::Select),
            certify: count(Role::Certify),
            report: count(Role::Report),
            left_out: roles.iter().filter(|r| r.is_none()).count(),
            unknown: material.labels.iter().filter(|l| **l == NO_LABEL).count(),
        },
        accuracy: figures.accuracy,
        macro_f1: figures.macro_f1,
        ece: figures.ece,
        bins: figures.bins,
        train_millis: None,
    };
    if config.method == Method::Split {
        model.scores = judged.into_iter().map(|j| j.0).collect();
    } else {
        model.scores = oof.iter().map(|o| out_of_fold_score(model, material, o, config.seed)).collect();
    }
}

fn out_of_fold_score(model: &Model, material: &Material<'_>, held: &OutOfFold, seed: u64) -> Scored {
    let row = material.rows[held.row];
    let truth = material.labels[held.row];
    Scored {
        id: row.id,
        role: calibrating_role(row.id, seed),
        predicted: held.look.label() as u32,
        score: model.judge.gate.probability(&model.judge.signals(&held.look)),
        right: truth as usize == held.look.label(),
        known: truth != NO_LABEL,
    }
}
