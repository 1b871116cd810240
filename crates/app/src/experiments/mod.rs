//! Experiments: made, started, stopped, watched, and the better side taken over.
//!
//! An experiment never loosens anything: no side does more than the category's switch allows, each needs a certificate
//! of its own to send by itself, and the guardrail's pause holds for both. What an experiment rests on ends it when it
//! changes: another policy, another model, another text.

mod adopt;
mod cache;
mod check;
mod running;

use std::sync::Arc;

use domain::experiments::{Experiment, Results, Subject, Verdict, verdict};
use domain::time::MINUTE;
use domain::words::{ExperimentKind, ExperimentState};
use domain::{CategoryId, ExperimentId, Millis};
use serde_json::json;
use store::{Tx, experiments, switches};

use crate::{Actor, App, Caller, Error, NewEvent, Result, automation};

pub use adopt::adopt;
pub(crate) use cache::ResultsCache;
pub use check::NewExperiment;
pub use running::Running;
pub(crate) use running::{Part, ready};

/// How often windows are closed and ends looked at.
const EVERY: Millis = 10 * MINUTE;

/// An experiment with what it shows.
#[derive(Debug, Clone)]
pub struct Shown {
    pub experiment: Experiment,
    pub results: Arc<Results>,
    pub verdict: Verdict,
    /// All tickets on either side, with those that are not counted because their requester is already.
    pub tickets: (i64, i64),
}

/// All experiments, newest first.
pub async fn all(app: &App) -> Result<Vec<Shown>> {
    let mut shown = Vec::new();
    for experiment in experiments::all(&app.db).await? {
        shown.push(show(app, experiment).await?);
    }
    Ok(shown)
}

pub async fn one(app: &App, id: ExperimentId) -> Result<Shown> {
    show(app, find(app, id).await?).await
}

async fn find(app: &App, id: ExperimentId) -> Result<Experiment> {
    experiments::of(&app.db, id).await?.ok_or_else(|| missing(id))
}

fn missing(id: ExperimentId) -> Error {
    Error::NotFound(format!("experiment {id}"))
}

async fn show(app: &App, experiment: Experiment) -> Result<Shown> {
    let progress = experiments::progress(&app.db, experiment.id).await?;
    let results = app.results.get(app, experiment.id, progress).await?;
    let verdict = verdict(&experiment, &results);
    Ok(Shown { experiment, results, verdict, tickets: (progress.a, progress.b) })
}

/// Makes an experiment; it begins when it is started.
pub async fn create(app: &App, caller: &Caller, new: NewExperiment) -> Result<ExperimentId> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let now = app.now();
    let experiment = check::checked(app, &snapshot, new, &caller.name, now).await?;
    let actor = caller.actor;
    app.db
        .write(move |tx| {
            let mut experiment = experiment.clone();
            Box::pin(async move {
                experiment.id = tx.id(now);
                experiments::insert(tx, &experiment).await?;
                record(tx, &experiment, actor, now);
                Ok::<_, Error>(experiment.id)
            })
        })
        .await
}

/// Lets tickets take part that come from now on, and tries for the certificates that its sides need.
pub async fn start(app: &App, caller: &Caller, id: ExperimentId) -> Result<()> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    check::can_run(app, &snapshot, &find(app, id).await?).await?;
    let (now, actor) = (app.now(), caller.actor);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                switches::moved(tx).await?;
                let mut experiment = experiments::of(&mut *tx, id).await?.ok_or_else(|| missing(id))?;
                if experiment.state() != ExperimentState::Draft {
                    return Err(Error::Conflict("it was started already".into()));
                }
                let running = experiments::running(&mut *tx).await?;
                if let Some(other) = running.iter().find(|other| experiment.mixes_with(other)) {
                    return Err(Error::Conflict(format!(
                        "“{}” runs there with the same kind of difference, and their effects could not be told apart; stop it \
                         first",
                        other.name
                    )));
                }
                experiment.started_at = Some(now);
                experiments::update(tx, &experiment).await?;
                record(tx, &experiment, actor, now);
                Ok(())
            })
        })
        .await?;
    app.automation.look_again();
    crate::certificates::ensure(app).await?;
    Ok(())
}

/// Ends it: nobody takes part from now on. What took part is still counted when its window closes.
pub async fn stop(app: &App, caller: &Caller, id: ExperimentId, reason: Option<String>) -> Result<()> {
    let (now, actor, by) = (app.now(), caller.actor, caller.name.clone());
    let reason = reason.map(|r| r.trim().to_owned()).filter(|r| !r.is_empty());
    let why = reason.map_or_else(|| format!("by {by}"), |reason| format!("by {by}, {reason}"));
    app.db
        .write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                switches::moved(tx).await?;
                let experiment = experiments::of(&mut *tx, id).await?.ok_or_else(|| missing(id))?;
                if experiment.state() == ExperimentState::Ended {
                    return Err(Error::Conflict("it has ended already".into()));
                }
                end(tx, experiment, &why, actor, now).await
            })
        })
        .await?;
    app.automation.look_again();
    Ok(())
}

async fn end(tx: &mut Tx, experiment: Experiment, why: &str, actor: Actor, now: Millis) -> Result<()> {
    let ended = Experiment { ended_at: Some(now), end: Some(why.to_owned()), ..experiment };
    experiments::update(tx, &ended).await?;
    record(tx, &ended, actor, now);
    Ok(())
}

/// Ends the running experiments whose ground was changed.
pub(crate) async fn end_those(
    tx: &mut Tx,
    why: &str,
    now: Millis,
    which: impl Fn(&Experiment) -> bool + Send,
) -> Result<()> {
    for experiment in experiments::running(&mut *tx).await? {
        if which(&experiment) {
            end(tx, experiment, why, Actor::System, now).await?;
        }
    }
    Ok(())
}

/// Ends those that compare versions of a policy that was changed; `followers`: categories without one of their own.
pub(crate) async fn policy_changed(tx: &mut Tx, category: CategoryId, now: Millis) -> Result<()> {
    let mut followers = Vec::new();
    if category == CategoryId::DEFAULT {
        for experiment in experiments::running(&mut *tx).await? {
            if store::policies::of(&mut *tx, experiment.category).await?.is_none() {
                followers.push(experiment.category);
            }
        }
    }
    end_those(tx, "the policy was changed", now, |e| {
        let touched = e.category == category || followers.contains(&e.category);
        touched && e.subject.kind() == ExperimentKind::Policy
    })
    .await
}

/// Whether models are being compared: then none is promoted by itself.
pub(crate) async fn compares_models(app: &App) -> Result<bool> {
    let running = experiments::running(&app.db).await?;
    Ok(running.iter().any(|e| e.subject.kind() == ExperimentKind::Model))
}

/// The versions of the model that experiments may still need.
pub(crate) async fn needed_models(tx: &mut Tx) -> Result<Vec<i64>> {
    let all = experiments::all(&mut *tx).await?;
    let open = all.iter().filter(|e| e.state() != ExperimentState::Ended);
    Ok(open
        .filter_map(|e| match e.subject {
            Subject::Model { a, b } => Some([a, b]),
            _ => None,
        })
        .flatten()
        .collect())
}

/// Now and then, closes windows and ends what is over.
pub(crate) async fn schedule(app: &App) -> Result<()> {
    if app.db.is_due("experiments", EVERY, app.now()).await? { look(app).await } else { Ok(()) }
}

/// Writes down the outcomes whose window has closed, and ends the experiments whose time is over.
pub async fn look(app: &App) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                experiments::close_windows(tx, now).await?;
                end_those(tx, "its time was over", now, |e| e.ends_at.is_some_and(|end| end <= now)).await
            })
        })
        .await?;
    app.automation.look_again();
    Ok(())
}

fn record(tx: &mut Tx, experiment: &Experiment, actor: Actor, now: Millis) {
    tx.event(NewEvent::new(now, "experiment.changed", actor).subject(experiment.id).data(&json!({
        "name": experiment.name, "kind": experiment.subject.kind(), "category": experiment.category,
        "state": experiment.state(), "why": experiment.end, "adopted": experiment.adopted,
    })));
}
