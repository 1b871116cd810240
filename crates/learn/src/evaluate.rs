//! A model held against tickets set apart: the figures of `deskwise evaluate`.

use serde::{Deserialize, Serialize};

use crate::certify::{Scored, Verdict, certify};
use crate::error::Error;
use crate::fit::fit_with_roles;
use crate::measure::{Seen, auroc, figures};
use crate::random::hash;
use crate::roles::Role;
use crate::{Config, Method, Phase, Row};

/// The tickets of an evaluation. Without tickets to calibrate by, scores are out of fold (`cross_fit`).
#[derive(Debug, Clone, Copy)]
pub struct Sets<'a> {
    /// Tickets that the model learns from.
    pub train: &'a [Row],
    /// Tickets that select a threshold and certify it; may be empty.
    pub calibrate: &'a [Row],
    /// Tickets that nothing but the figures is taken from.
    pub test: &'a [Row],
}

/// What came out. Accuracy, macro-F1 and ECE (each 0 to 1) are over test rows with a label.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Tickets trained on.
    pub train_size: usize,
    /// Tickets tested on, unknown questions among them.
    pub test_size: usize,
    /// Different answers that the model knows.
    pub labels: usize,
    /// Share of questions whose likeliest answer is right.
    pub accuracy: f64,
    /// Mean over the answers of F1, the harmonic mean of precision and recall.
    pub macro_f1: f64,
    /// Expected calibration error, see [`crate::calibration`].
    pub ece: f64,
    /// Features and one fit, in seconds.
    pub train_seconds: f64,
    /// One decision, in milliseconds.
    pub predict_ms: Quantiles,
    /// What was proved before the test was looked at.
    pub certificate: Proof,
    /// What that does on the test.
    pub selective: Selective,
    /// `None` when the test has no unknown questions.
    pub unknown: Option<Unknown>,
    /// The model that was tested.
    pub model: About,
}

/// Two quantiles, in the unit of the field that holds them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// The median.
    pub p50: f64,
    /// What 99 of 100 stay below.
    pub p99: f64,
}

/// The certificate, or why there is none (`threshold` is `None`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proof {
    /// `split` or `cross_fit`; the latter is approximate.
    pub method: String,
    /// The precision that was to be proved, 0 to 1.
    pub precision: f64,
    /// 1 − δ, 0 to 1.
    pub confidence: f64,
    /// The lowest score that is answered.
    pub threshold: Option<f64>,
    /// Tickets that certified, answered or not.
    pub calibration_total: usize,
    /// Those at or above the threshold.
    pub calibration_n: usize,
    /// The wrong ones among these.
    pub calibration_errors: usize,
    /// Share of the certifying tickets that no answer fitted, 0 to 1.
    pub unknown_share: f64,
}

/// What the certified threshold does on the test. Unknown questions count as wrong if answered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Selective {
    /// Share of all test tickets that are answered, 0 to 1.
    pub coverage: f64,
    /// Share of the answered ones that are right; `None` when none is answered.
    pub precision: Option<f64>,
    /// Share of the known questions that are answered, 0 to 1.
    pub coverage_known: f64,
}

/// How well the score tells unknown questions from known ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Unknown {
    /// See [`crate::auroc`].
    pub auroc: f64,
    /// Unknown questions in the test.
    pub n: usize,
}

/// Which model was tested.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// What it is made of, in a word or two.
    pub kind: String,
    /// Format of its file.
    pub version: u32,
    /// Size of its file.
    pub bytes: usize,
}

/// Trains, certifies `target` at 1 − `delta` (both 0 to 1), and tests: accuracy, macro-F1 and calibration on known
/// questions; coverage and precision of what the certificate lets through, in the terms of selective classification
/// (El-Yaniv and Wiener 2010). `nanos` is the caller's monotonic clock, in nanoseconds.
///
/// ```
/// # use learn::Row;
/// # let row = |i: i64| match i % 3 {
/// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
/// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
/// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
/// # };
/// use learn::{Config, Sets, evaluate};
/// let set = |from, to| (from..to).map(row).collect::<Vec<_>>();
/// let (train, calibrate, test) = (set(0, 300), set(300, 900), set(900, 1_200));
/// let start = std::time::Instant::now();
/// let evaluation = evaluate(
///     Sets { train: &train, calibrate: &calibrate, test: &test },
///     0.95,
///     0.05,
///     &Config::default(),
///     &|| start.elapsed().as_nanos() as u64,
///     &|_, _| {},
/// )?;
/// assert!(evaluation.accuracy > 0.95);
/// assert!(evaluation.certificate.threshold.is_some());
/// # Ok::<(), learn::Error>(())
/// ```
///
/// # Errors
/// Those of [`fit`](crate::fit()).
pub fn evaluate(
    sets: Sets<'_>,
    target: f64,
    delta: f64,
    config: &Config,
    nanos: &(dyn Fn() -> u64 + Sync),
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> Result<Evaluation, Error> {
    let mut rows = sets.train.to_vec();
    let mut roles = vec![Some(Role::Fit); rows.len()];
    for row in sets.calibrate {
        roles.push(Some(calibrating_role(row.id, config.seed)));
        rows.push(row.clone());
    }
    let split = !sets.calibrate.is_empty();
    let config = Config { method: if split { Method::Split } else { Method::CrossFit }, ..config.clone() };
    // One thread reports at a time, so relaxed counters are exact.
    let spent = std::sync::Mutex::new((0_u64, 0_u64));
    let model = fit_with_roles(&rows, &roles, &config, &|phase, share| {
        progress(phase, share);
        let Ok(mut spent) = spent.lock() else { return };
        match (phase, share) {
            (Phase::Features | Phase::Final, 0.0) => spent.1 = nanos(),
            (Phase::Features, _) | (Phase::Final, 0.8) => spent.0 += nanos().saturating_sub(spent.1),
            _ => {}
        }
    })?;
    let train_seconds = spent.lock().map_or(0.0, |s| s.0 as f64 / 1e9);

    let mut millis: Vec<f64> = Vec::with_capacity(sets.test.len());
    let mut scores: Vec<Scored> = Vec::with_capacity(sets.test.len());
    let mut seen: Vec<Seen> = Vec::with_capacity(sets.test.len());
    for row in sets.test {
        let before = nanos();
        let reading = model.read(&row.text);
        millis.push(nanos().saturating_sub(before) as f64 / 1e6);
        let best = reading.ranked.first();
        let index =
            |label: &str| model.labels().binary_search_by(|l| l.as_str().cmp(label)).ok().map(|i| i as u32);
        let predicted = best.and_then(|r| index(&r.label)).unwrap_or(0);
        let truth = row.label.as_deref().and_then(index);
        let right = row.label.is_some() && truth == Some(predicted);
        scores.push(Scored {
            id: row.id,
            role: Role::Report,
            predicted,
            score: reading.score,
            right,
            known: row.label.is_some(),
        });
        if row.label.is_some() {
            seen.push(Seen { predicted, truth, said: best.map_or(0.0, |r| r.probability) });
        }
    }
    millis.sort_by(f64::total_cmp);
    let quantile =
        |q: f64| millis.get(((millis.len() as f64 * q) as usize).min(millis.len().saturating_sub(1)));
    let certificate = proof(&certify(model.scores(), target, delta), model.scores(), split, target, delta);
    let figures = figures(&seen);
    let side =
        |known: bool| -> Vec<f64> { scores.iter().filter(|s| s.known == known).map(|s| s.score).collect() };
    let strange = side(false);
    Ok(Evaluation {
        train_size: model.summary().train_size,
        test_size: sets.test.len(),
        labels: model.labels().len(),
        accuracy: figures.accuracy,
        macro_f1: figures.macro_f1,
        ece: figures.ece,
        train_seconds,
        predict_ms: Quantiles {
            p50: quantile(0.5).copied().unwrap_or(0.0),
            p99: quantile(0.99).copied().unwrap_or(0.0),
        },
        selective: selective(&scores, certificate.threshold),
        certificate,
        unknown: auroc(&side(true), &strange).map(|auroc| Unknown { auroc, n: strange.len() }),
        model: About {
            kind: model.summary().kind.clone(),
            version: model.summary().version,
            bytes: model.to_bytes().len(),
        },
    })
}

/// A sixth of the tickets places the grid, the rest certifies.
pub(crate) fn calibrating_role(id: i64, seed: u64) -> Role {
    if hash(seed ^ 5, id as u64).is_multiple_of(6) { Role::Select } else { Role::Certify }
}

fn proof(verdict: &Verdict, scores: &[Scored], split: bool, target: f64, delta: f64) -> Proof {
    let reserve: Vec<&Scored> = scores.iter().filter(|s| s.role == Role::Certify).collect();
    let unknown = reserve.iter().filter(|s| !s.known).count();
    let (threshold, answered, errors) = match verdict {
        Verdict::Certified(c) => (Some(c.threshold), c.answered, c.errors),
        Verdict::Need { .. } => (None, 0, 0),
    };
    Proof {
        method: if split { "split" } else { "cross_fit" }.to_owned(),
        precision: target,
        confidence: 1.0 - delta,
        threshold,
        calibration_total: reserve.len(),
        calibration_n: answered,
        calibration_errors: errors,
        unknown_share: unknown as f64 / reserve.len().max(1) as f64,
    }
}

fn selective(scores: &[Scored], threshold: Option<f64>) -> Selective {
    let above: Vec<&Scored> = scores.iter().filter(|s| threshold.is_some_and(|t| s.score >= t)).collect();
    let known = scores.iter().filter(|s| s.known).count();
    Selective {
        coverage: above.len() as f64 / scores.len().max(1) as f64,
        precision: (!above.is_empty())
            .then(|| above.iter().filter(|s| s.right).count() as f64 / above.len() as f64),
        coverage_known: above.iter().filter(|s| s.known).count() as f64 / known.max(1) as f64,
    }
}
