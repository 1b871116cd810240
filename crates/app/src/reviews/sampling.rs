//! Choosing what is reviewed: every minute, by a keyed hash of the ticket, so that nobody can foresee or
//! influence it and every choice can be repeated.

use std::collections::HashMap;

use domain::guardrail::{RETURN_WINDOW, Returns};
use domain::reviews::budget::{Demand, Lot, Quota, spread};
use domain::time::{DAY, MINUTE};
use domain::words::{Mode, Role, Sample};
use domain::{CategoryId, Millis};
use serde_json::json;
use store::guardrails::{self, Guardrail};
use store::reviews::{self, Candidate, Task};

use crate::automation::Snapshot;
use crate::{Actor, App, Error, NewEvent, Result, automation, guardrail, keys, settings};

/// How often answers are chosen.
const CHOOSE: Millis = MINUTE;
/// How often all guardrails are looked at: a review looks at its own at once.
const LOOK: Millis = 10 * MINUTE;

/// What a watched category is to get.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub guardrail: Guardrail,
    /// Answers sent in the last day; in a paused category, tickets decided.
    pub a_day: Vec<Candidate>,
    pub returns: Returns,
    /// Reviews a day.
    pub quota: Quota,
}

impl Plan {
    fn share(&self, a_day: f64) -> f64 {
        (a_day / self.a_day.len().max(1) as f64).min(1.0)
    }

    /// Which of these new tickets are to be looked at, and how likely each was to be.
    fn choose(&self, new: &[Candidate], key: &[u8]) -> Vec<(Candidate, Sample, f64, Lot)> {
        let paused = self.guardrail.pause.is_some();
        let Quota { uniform, uncertain } = self.quota;
        let share = self.share(if paused { uniform + uncertain } else { uniform });
        let unsure = if paused { None } else { self.unsure_below(self.share(uncertain)) };
        let sample = if paused { Sample::All } else { Sample::Sent };
        new.iter()
            .filter_map(|it| {
                let lot = Lot::of(key, it.ticket);
                let picked = unsure.is_some_and(|limit| it.margin.is_some_and(|m| m <= limit));
                match (lot.is_in(share), picked) {
                    (true, _) => Some((it.clone(), sample, share, lot)),
                    (false, true) => Some((it.clone(), Sample::Uncertain, 1.0, lot)),
                    (false, false) => None,
                }
            })
            .collect()
    }

    /// The margin over the threshold below which this share of the last day's answers lies.
    fn unsure_below(&self, share: f64) -> Option<f64> {
        let mut margins: Vec<f64> = self.a_day.iter().filter_map(|c| c.margin).collect();
        margins.sort_by(f64::total_cmp);
        let count = (share * margins.len() as f64).floor() as usize;
        margins.get(count.checked_sub(1)?).copied()
    }
}

/// The plan for every category that is switched to answer by itself.
pub(crate) async fn plans(app: &App, snapshot: &Snapshot, now: Millis) -> Result<HashMap<CategoryId, Plan>> {
    let mut plans = Vec::new();
    for category in snapshot.categories.iter().map(|c| c.id) {
        if snapshot.policy(category).policy.mode != Mode::Auto {
            continue;
        }
        let Some(guardrail) = guardrails::of(&app.db, category).await? else { continue };
        let a_day = match guardrail.pause {
            Some(_) => reviews::decided(&app.db, category, now - DAY, now).await?,
            None => reviews::sent(&app.db, category, now - DAY, now).await?,
        };
        let until = now - RETURN_WINDOW;
        let days = guardrails::days(&app.db, category, guardrail.since, until, RETURN_WINDOW).await?;
        let quota = Quota { uniform: 0.0, uncertain: 0.0 };
        plans.push((category, Plan { guardrail, a_day, returns: Returns::of(&days), quota }));
    }
    let demand = |plan: &Plan| Demand {
        sent_a_day: plan.a_day.len() as f64,
        closer: plan.guardrail.pause.is_none()
            && (plan.returns.rises || snapshot.has_drifted(plan.guardrail.category)),
    };
    let demands: Vec<Demand> = plans.iter().map(|(_, plan)| demand(plan)).collect();
    let budget = settings::load(app).await?.reviews_a_day as f64;
    for ((_, plan), quota) in plans.iter_mut().zip(spread(budget, &demands)) {
        plan.quota = quota;
    }
    Ok(plans.into_iter().collect())
}

/// Chooses among what came since it last chose. Says how many tickets.
pub async fn sample(app: &App) -> Result<usize> {
    app.automation.look_again();
    let (snapshot, now) = (automation::snapshot(app).await?, app.now());
    begin(app, &snapshot, now).await?;
    let key = keys::secret(app, "arms").await?;
    let users = store::users::all(&app.db).await?;
    let reviewers = users.iter().filter(|u| u.active && u.role != Role::Viewer).count();
    let mut total = 0;
    for (category, plan) in plans(app, &snapshot, now).await? {
        let from = plan.guardrail.sampled_to;
        let new = match plan.guardrail.pause {
            Some(_) => reviews::decided(&app.db, category, from, now).await?,
            None => reviews::sent(&app.db, category, from, now).await?,
        };
        let task = |(it, sample, share, lot): (Candidate, Sample, f64, Lot)| Task {
            ticket: it.ticket,
            category,
            sample,
            share,
            sent: it.answer,
            wanted: lot.wanted(reviewers),
            disputed: false,
            created_at: now,
            settled: None,
            adjudicated_by: None,
        };
        let tasks: Vec<Task> = plan.choose(&new, &key).into_iter().map(task).collect();
        total += tasks.len();
        app.db
            .write(move |tx| {
                let tasks = tasks.clone();
                Box::pin(async move {
                    for task in &tasks {
                        reviews::insert_task(tx, task).await?;
                    }
                    guardrails::sampled(tx, category, now).await?;
                    if !tasks.is_empty() {
                        let data = json!({ "tickets": tasks.len() });
                        tx.event(
                            NewEvent::new(now, "review.asked", Actor::System).subject(category).data(&data),
                        );
                    }
                    Ok::<_, Error>(())
                })
            })
            .await?;
    }
    Ok(total)
}

/// Begins to watch the categories that were switched to answer by themselves since the last time.
async fn begin(app: &App, snapshot: &Snapshot, now: Millis) -> Result<()> {
    let new: Vec<(CategoryId, Millis)> = snapshot
        .categories
        .iter()
        .map(|c| (c.id, &snapshot.policy(c.id).policy))
        .filter(|(id, policy)| policy.mode == Mode::Auto && snapshot.guardrail(*id).is_none())
        // What was sent before this version knew reviews is not looked at again.
        .map(|(id, policy)| (id, policy.changed_at.max(now - DAY).min(now)))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    app.db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move {
                for (category, since) in new {
                    guardrails::begin(tx, category, since).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.automation.look_again();
    Ok(())
}

/// Now and then, by one replica: looks at the guardrails and chooses what is to be reviewed.
pub(crate) async fn schedule(app: &App) -> Result<()> {
    if app.db.is_due("reviews", CHOOSE, app.now()).await? {
        sample(app).await?;
    }
    if app.db.is_due("guardrails", LOOK, app.now()).await? {
        guardrail::look_at_all(app).await?;
    }
    Ok(())
}
