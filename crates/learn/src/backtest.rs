//! Yesterday replayed: train on what was known, decide what came next, and see what would have been right.

use serde::{Deserialize, Serialize};

use crate::binomial::interval;
use crate::certify::{Scored, Verdict, certify};
use crate::error::Error;
use crate::fit::fit;
use crate::roles::{Role, in_order};
use crate::{Config, Phase, Row};

/// How to replay.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Share of the tickets, from the oldest, that is history when the replay begins.
    pub history: f64,
    /// How many times the model is trained anew as the replay goes on.
    pub steps: usize,
    /// The precision to certify, 0 to 1.
    pub target: f64,
    /// The error that its confidence leaves, 0 to 1.
    pub delta: f64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { history: 2.0 / 3.0, steps: 1, target: 0.95, delta: 0.05 }
    }
}

/// One stretch of the replay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Time of the first ticket, in milliseconds since 1970 UTC, where tickets have times.
    pub from: Option<i64>,
    /// Time of the last.
    pub to: Option<i64>,
    /// Tickets that the model was trained on.
    pub trained_on: usize,
    /// Tickets replayed.
    pub tickets: usize,
    /// The certificate that the stretch was answered under, or why there was none.
    pub verdict: Verdict,
    /// Tickets answered under the certificate.
    pub answered: usize,
    /// The wrong ones among them.
    pub errors: usize,
}

/// A replay's outcome.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Backtest {
    /// In the order of time.
    pub steps: Vec<Step>,
    /// Every replayed ticket with [`Role::Report`]; `predicted` indexes `labels`.
    pub scores: Vec<Scored>,
    /// Every answer that was predicted.
    pub labels: Vec<String>,
}

impl Backtest {
    /// Tickets replayed, answered, and answered wrongly.
    pub fn totals(&self) -> (usize, usize, usize) {
        self.steps.iter().fold((0, 0, 0), |t, s| (t.0 + s.tickets, t.1 + s.answered, t.2 + s.errors))
    }
}

/// Replays a history forward in time, training on the past alone. Rows without a time have no order: a seeded hash
/// stratified by label stands in for it. Rows that may not certify are learnt from, not replayed. Evaluation on a
/// rolling origin, as forecasters call it (Tashman 2000).
///
/// ```
/// # use learn::Row;
/// # let row = |i: i64| match i % 3 {
/// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
/// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
/// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
/// # };
/// use learn::{Config, Plan, backtest};
/// let rows: Vec<Row> = (0..900).map(|i| Row { at: Some(i * 60_000), ..row(i) }).collect();
/// let plan = Plan { steps: 2, ..Plan::default() };
/// let replay = backtest(&rows, &plan, &Config::default(), &|_, _| {})?;
/// let (replayed, answered, wrong) = replay.totals();
/// assert_eq!((replay.steps.len(), replayed), (2, 300));
/// assert!(answered > 150 && wrong <= answered / 20);
/// # Ok::<(), learn::Error>(())
/// ```
///
/// # Errors
/// Those of [`fit`](crate::fit()), where a stretch of the past cannot be learnt from.
pub fn backtest(
    rows: &[Row],
    plan: &Plan,
    config: &Config,
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> Result<Backtest, Error> {
    let order = in_order(rows, config.seed);
    let steps = plan.steps.max(1);
    let start =
        ((order.len() as f64 * plan.history.clamp(0.0, 1.0)) as usize).clamp(1.min(order.len()), order.len());
    let mut out = Backtest { steps: Vec::new(), scores: Vec::new(), labels: Vec::new() };
    let edges: Vec<usize> = (0..=steps).map(|i| start + (order.len() - start) * i / steps).collect();
    for edge in edges.windows(2) {
        let past: Vec<Row> = order[..edge[0]].iter().map(|&i| rows[i].clone()).collect();
        let next: Vec<&Row> =
            order[edge[0]..edge[1]].iter().map(|&i| &rows[i]).filter(|r| r.certifies).collect();
        if next.is_empty() {
            continue;
        }
        let model = fit(&past, config, progress)?;
        let verdict = certify(model.scores(), plan.target, plan.delta);
        let mut scores: Vec<Scored> = model.score_all(next.iter().copied(), Role::Report);
        let threshold = match &verdict {
            Verdict::Certified(certificate) => certificate.threshold,
            Verdict::Need { .. } => f64::INFINITY,
        };
        let answered: Vec<&Scored> = scores.iter().filter(|s| s.score >= threshold).collect();
        out.steps.push(Step {
            from: next.iter().filter_map(|r| r.at).min(),
            to: next.iter().filter_map(|r| r.at).max(),
            trained_on: past.len(),
            tickets: next.len(),
            answered: answered.len(),
            errors: answered.iter().filter(|s| !s.right).count(),
            verdict,
        });
        for score in &mut scores {
            let name = &model.labels()[score.predicted as usize];
            let known = out.labels.iter().position(|l| l == name);
            score.predicted = known.unwrap_or_else(|| {
                out.labels.push(name.clone());
                out.labels.len() - 1
            }) as u32;
        }
        out.scores.append(&mut scores);
    }
    Ok(out)
}

/// A point of the coverage–precision curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// The lowest score that is answered, 0 to 1.
    pub threshold: f64,
    /// Share of all tickets at or above the threshold, 0 to 1.
    pub coverage: f64,
    /// How many they are.
    pub answered: usize,
    /// Share of them that are right, 0 to 1.
    pub precision: f64,
    /// Lower end of the precision's two-sided exact interval, for this point taken alone.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// How precision falls as more is answered, in up to `points` steps. Tickets that certify are never looked at: a
/// curve that shows them would spoil their proof.
///
/// ```
/// use learn::{Role, Scored, curve};
/// let scores: Vec<Scored> = (0..100)
///     .map(|i| Scored { id: i, role: Role::Report, predicted: 0, score: i as f64 / 100.0, right: i >= 10, known: true })
///     .collect();
/// let points = curve(&scores, 10, 0.95);
/// assert_eq!(points.len(), 10);
/// assert_eq!(points[8].precision, 1.0);
/// assert_eq!(points[9].precision, 0.9);
/// ```
pub fn curve(scores: &[Scored], points: usize, confidence: f64) -> Vec<Point> {
    let mut ranked: Vec<&Scored> = scores
        .iter()
        .filter(|s| matches!(s.role, Role::Select | Role::Report) && s.score.is_finite())
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    let total = ranked.len();
    let mut out: Vec<Point> = Vec::with_capacity(points);
    for i in 1..=points.min(total) {
        let threshold = ranked[total * i / points.min(total) - 1].score;
        let answered = ranked.partition_point(|s| s.score >= threshold);
        if out.last().is_some_and(|p| p.answered == answered) {
            continue;
        }
        let right = ranked[..answered].iter().filter(|s| s.right).count();
        let (low, high) = interval(right, answered, confidence);
        let precision = right as f64 / answered as f64;
        out.push(Point {
            threshold,
            coverage: answered as f64 / total as f64,
            answered,
            precision,
            low,
            high,
        });
    }
    out
}
