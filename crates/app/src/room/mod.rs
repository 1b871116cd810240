//! The control room: all categories at a glance, sorted by what is worth doing next; what a switch would do; what it
//! would have done; and what each responder earns.

use std::collections::HashMap;

use domain::answers::Category;
use domain::certificate::Standing as Proof;
use domain::metrics::Work;
use domain::policy::Policy;
use domain::room::curve::{at, curve, loosest};
use domain::room::{Next, Standing, least_to_prove};
use domain::stats::Rate;
use domain::time::DAY;
use domain::words::Mode;
use domain::{CategoryId, Millis};
use store::room::Month;

use crate::automation::Snapshot;
use crate::guardrail::{self, Stands};
use crate::{App, Error, Result, automation, settings};

pub mod history;
pub mod replay;
pub mod stack;
pub mod what_if;

pub use history::History;

/// What the table calls a month, and the stretches and length of its trend.
pub const MONTH: Millis = 30 * DAY;
pub const WEEK: Millis = 7 * DAY;
const WEEKS: i64 = 8;
/// Thresholds of a curve.
pub const STEPS: usize = 200;

/// A category in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub category: CategoryId,
    pub tickets: i64,
    /// A certificate for the target holds.
    pub proved: bool,
    /// Right ones among the reviews of what was sent, in its uniform sample.
    pub reviewed: Rate,
    /// Tickets of the month at or above the threshold that held then.
    pub covered: Rate,
    /// Past tickets at or above the threshold that would hold.
    pub expected: Rate,
    pub csat_automatic: Rate,
    pub csat_people: Rate,
    pub reopened_automatic: Rate,
    pub reopened_people: Rate,
    /// If only the confirmed answers saved work, and if the silent ones did too.
    pub hours: (f64, f64),
    pub stands: Stands,
    pub paused_at: Option<Millis>,
    pub trend: Vec<Week>,
    pub next: Next,
}

/// A week of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = RoomWeek)]
pub struct Week {
    pub from: Millis,
    pub tickets: i64,
    /// First answered by another responder than an agent.
    pub automatic: i64,
}

/// Every category, what is worth doing next first.
pub async fn table(app: &App) -> Result<Vec<Row>> {
    let (snapshot, now) = (automation::snapshot(app).await?, app.now());
    let history = history::load(app, &snapshot).await?;
    let months: HashMap<_, _> = store::room::month(&app.db, now - MONTH).await?.into_iter().collect();
    let reviewed: HashMap<_, _> =
        store::room::reviewed(&app.db).await?.into_iter().map(|(id, of, right)| (id, (right, of))).collect();
    let mut trends = trends(app, now).await?;
    let work = settings::load(app).await?.work();
    let row = |category: &Category| {
        let id = category.id;
        let month = months.get(&id).copied().unwrap_or_default();
        let (right, of) = reviewed.get(&id).copied().unwrap_or_default();
        let trend = trends.remove(&id).unwrap_or_else(|| weeks(now));
        Row { trend, ..row(&snapshot, &history, id, month, Rate::new(right, of), &work, now) }
    };
    let mut rows: Vec<Row> = snapshot.categories.iter().map(row).collect();
    rows.sort_by(|a, b| a.next.before(a.tickets, &b.next, b.tickets).then(b.tickets.cmp(&a.tickets)));
    Ok(rows)
}

fn row(
    snapshot: &Snapshot,
    history: &History,
    id: CategoryId,
    month: Month,
    reviewed: Rate,
    work: &Work,
    now: Millis,
) -> Row {
    let policy = &snapshot.policy(id).policy;
    let proof = snapshot.standing(id, now);
    let expected = expected(snapshot, history, id, &proof);
    let stands = guardrail::stands(snapshot, id, now);
    let standing = Standing {
        tickets: month.tickets,
        mode: policy.mode,
        rollout: policy.rollout,
        holdout: policy.holdout,
        blind: policy.blind,
        paused: stands == Stands::Paused,
        proved: matches!(proof, Proof::Valid { .. }),
        target: policy.target,
        coverage: expected.rate.filter(|rate| *rate > 0.0),
        seen: history.judged(snapshot, id).count() as i64,
        reviewed,
        need: need(snapshot, history, id, policy, now),
    };
    let hours = |helped: i64| work.hours_saved(helped as f64, month.failed as f64);
    Row {
        category: id,
        tickets: month.tickets,
        proved: standing.proved,
        reviewed,
        covered: Rate::new(month.above, month.measured),
        expected,
        csat_automatic: Rate::new(month.automatic_good, month.automatic_rated),
        csat_people: Rate::new(month.people_good, month.people_rated),
        reopened_automatic: Rate::new(month.automatic_reopened, month.automatic),
        reopened_people: Rate::new(month.people_reopened, month.people),
        hours: (hours(month.confirmed), hours(month.confirmed + month.silent)),
        stands,
        paused_at: snapshot.pause(id).filter(|_| policy.mode == Mode::Auto).map(|pause| pause.at),
        trend: Vec::new(),
        next: standing.next(),
    }
}

/// Past tickets that would be answered: above the proved threshold or, without a proof, above the loosest one that
/// kept the target. A category too new to have any is judged by its certificate.
fn expected(snapshot: &Snapshot, history: &History, id: CategoryId, proof: &Proof) -> Rate {
    let judged = history.judged(snapshot, id);
    let seen = judged.clone().count() as i64;
    match (proof, snapshot.certificate(id)) {
        (Proof::Valid { .. }, Some(certificate)) if seen == 0 => {
            Rate::new(certificate.answered, certificate.total)
        }
        (Proof::Valid { threshold, .. }, _) => Rate::new(at(judged, *threshold).answered, seen),
        (Proof::Missing(_), _) => {
            let target = snapshot.policy(id).policy.target;
            Rate::new(loosest(&curve(judged, STEPS), target).map_or(0, |step| step.answered), seen)
        }
    }
}

/// Labelled tickets that are missing for a certificate: as the last attempt said, or by how many are kept for one.
fn need(snapshot: &Snapshot, history: &History, id: CategoryId, policy: &Policy, now: Millis) -> Option<i64> {
    let last = snapshot.certificate(id);
    if let Some(attempt) = last.filter(|c| c.is_current(policy, snapshot.model_version(), now)) {
        return attempt.need;
    }
    let kept: i64 = match policy.pooled {
        true => history.reserve.values().sum(),
        false => history.reserve.get(&id).copied().unwrap_or(0),
    };
    let tries = last.map_or(0, |c| c.attempt) + 1;
    let least = least_to_prove(policy.target, learn::attempt_delta(1.0 - policy.confidence, tries as u32));
    (kept < least).then_some(least - kept)
}

/// Empty weeks up to now.
fn weeks(now: Millis) -> Vec<Week> {
    (0..WEEKS).map(|i| Week { from: now - (WEEKS - i) * WEEK, tickets: 0, automatic: 0 }).collect()
}

async fn trends(app: &App, now: Millis) -> Result<HashMap<CategoryId, Vec<Week>>> {
    let mut trends: HashMap<CategoryId, Vec<Week>> = HashMap::new();
    for stretch in store::room::stretches(&app.db, now - WEEKS * WEEK, WEEK).await? {
        let trend = trends.entry(stretch.category).or_insert_with(|| weeks(now));
        // What came in this very millisecond, or from a clock that is ahead, belongs to the last week.
        let index = (stretch.index.max(0) as usize).min(trend.len() - 1);
        trend[index].tickets += stretch.tickets;
        trend[index].automatic += stretch.automatic;
    }
    Ok(trends)
}

/// The snapshot, if there is such a category.
async fn looked_up(app: &App, id: CategoryId) -> Result<std::sync::Arc<Snapshot>> {
    let snapshot = automation::snapshot(app).await?;
    match snapshot.category(id) {
        Some(_) => Ok(snapshot),
        None => Err(Error::NotFound(format!("category {id}"))),
    }
}
