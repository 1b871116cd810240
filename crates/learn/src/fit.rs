//! Training: features, out-of-fold scores, the gate, and the model that is used.

mod judging;
mod rounds;

use std::collections::BTreeSet;

use rayon::prelude::*;

use self::judging::{judge, stream_share};
use self::rounds::{Material, OutOfFold, final_weights, out_of_fold, prepare};
use crate::embedded::Embedded;
use crate::error::Error;
use crate::evaluate::calibrating_role;
use crate::linear::NO_LABEL;
use crate::model::{Counts, Model, Summary};
use crate::roles::{Role, assign};
use crate::vocabulary::Counted;
use crate::{Config, Method, Phase, Row, Scored, measure, text};

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
///
/// # Errors
/// Too few tickets or answers to learn from, too many different answers, a weight that is no weight, or no threads.
pub fn fit(rows: &[Row], config: &Config, progress: &(dyn Fn(Phase, f32) + Sync)) -> Result<Model, Error> {
    check(rows)?;
    let roles = match config.method {
        Method::Split => assign(rows, config.seed),
        Method::CrossFit => vec![Some(Role::Fit); rows.len()],
    };
    fit_with_roles(rows, &roles, config, progress)
}

/// As [`fit`], with a role for each row that the caller has given (`None` leaves a row out).
///
/// # Errors
/// As [`fit`].
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

fn run(
    rows: &[Row],
    roles: &[Option<Role>],
    config: &Config,
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> Result<Model, Error> {
    progress(Phase::Features, 0.0);
    let fits = || rows.iter().zip(roles).filter(|(_, role)| **role == Some(Role::Fit)).map(|r| r.0);
    let mended: Vec<Row> = fits().filter_map(as_mended).collect();
    let mut as_mended = mended.iter();
    let fitting: Vec<&Row> =
        fits().filter_map(|row| if row.mend.is_some() { as_mended.next() } else { Some(row) }).collect();
    let labels = label_names(&fitting)?;
    let counted: Vec<Counted> = fitting.par_iter().map(|r| Counted::of(&text::clean(&r.text))).collect();
    let index = |label: Option<&String>| {
        label.and_then(|l| labels.binary_search(l).ok()).map_or(NO_LABEL, |i| i as u32)
    };
    let material = Material {
        labels: fitting.iter().map(|r| index(r.label.as_ref())).collect(),
        importance: fitting.iter().map(|r| r.weight).collect(),
        classes: labels.len(),
        embedded: Embedded::of(config.encoder.as_ref(), &fitting, &|share| {
            progress(Phase::Embeddings, share);
        }),
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
        encoder: config.encoder.clone(),
        judge,
        scores: Vec::new(),
        summary: Summary::default(),
    };
    progress(Phase::Final, 0.8);
    finish(&mut model, rows, roles, &material, &scored, config);
    progress(Phase::Final, 1.0);
    Ok(model)
}

/// A mended row with the label that it teaches.
fn as_mended(row: &Row) -> Option<Row> {
    row.mend.as_ref().map(|mend| Row { label: mend.label.clone(), ..row.clone() })
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
    let judged = model.scored_all(&wanted);
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
        kind: if config.encoder.is_some() { "n-grams and embeddings" } else { "n-grams" }.to_owned(),
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
