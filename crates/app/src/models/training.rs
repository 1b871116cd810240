//! Training: on threads of low priority, so that whoever waits for an answer does not wait for it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{CategoryId, Millis};
use learn::{Config, Phase, Role, Row};
use serde_json::json;
use store::queue::Job;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::changes::{Changes, Stakes};
use crate::automation::{self, InUse, Snapshot};
use crate::journey::learn::rows;
use crate::{Actor, App, Error, NewEvent, Result, certificates};

pub(super) const ENDED: &str = "ended";
/// How often progress is told.
const TELL: Duration = Duration::from_secs(1);
/// Progress that stands still is told again, as a sign of life.
const TELL_AGAIN: Duration = Duration::from_secs(30);

/// What came of a training.
#[derive(Debug, Clone, PartialEq)]
pub struct Trained {
    pub version: i64,
    pub in_use: bool,
    /// With the model that was in use before, if there was one.
    pub compared: Option<Changes>,
    /// Why it is in use, or why not.
    pub why: String,
    pub summary: learn::Summary,
    pub bytes: usize,
    pub took: Duration,
}

/// Trains on everything labelled, stores the model and puts it into use unless it is worse than the one before.
/// `progress` is told the phase and how much of it is done.
pub async fn train_now(app: &App, progress: &(dyn Fn(&str, f64) + Send + Sync)) -> Result<Trained> {
    train(app, Asked { by_schedule: false }, progress).await
}

/// What the job `train` is given.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) by_schedule: bool,
}

async fn train(app: &App, asked: Asked, progress: &(dyn Fn(&str, f64) + Send + Sync)) -> Result<Trained> {
    let result = train_and_choose(app, asked, progress).await;
    tell(app, ENDED, 1.0).await?;
    result
}

async fn train_and_choose(
    app: &App,
    asked: Asked,
    progress: &(dyn Fn(&str, f64) + Send + Sync),
) -> Result<Trained> {
    let started = Instant::now();
    progress("reading", 0.0);
    tell(app, "reading", 0.0).await?;
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let rows = Arc::new(rows(app, &snapshot).await?);
    let (model, compared) = fit(app, rows, &snapshot, before(app, &snapshot).await?, progress).await?;
    let (use_it, why) = match &compared {
        None => (true, "put into use: there was no other model".into()),
        Some(changes) => {
            let stakes = Stakes {
                compared_by_experiment: crate::experiments::compares_models(app).await?,
                certificates_hold: asked.by_schedule && certificates::all_hold(&snapshot, app.now()),
                new_answers: new_answers(&snapshot, &model),
            };
            changes.verdict(stakes)
        }
    };
    progress("storing", 0.0);
    let mut model = model;
    model.set_train_millis(started.elapsed().as_millis() as u64);
    let summary = model.summary().clone();
    let bytes = Arc::new(model.to_bytes());
    drop(model);
    let version = store_model(app, &summary, compared.as_ref(), &why, bytes.clone(), use_it).await?;
    app.automation.look_again();
    if use_it {
        progress("certifying", 0.0);
        certificates::ensure(app).await?;
    }
    let took = started.elapsed();
    Ok(Trained { version, in_use: use_it, compared, why, summary, bytes: bytes.len(), took })
}

/// The model in use and when it was made.
async fn before(app: &App, snapshot: &Snapshot) -> Result<Option<(Arc<InUse>, Millis)>> {
    let info = store::models::in_use(&app.db).await?;
    Ok(snapshot.model.clone().zip(info.map(|i| i.created_at)))
}

/// Whether the candidate knows answers that the model in use does not.
fn new_answers(snapshot: &Snapshot, candidate: &learn::Model) -> bool {
    let known = snapshot.model.as_ref().map(|it| it.model.labels()).unwrap_or_default();
    candidate.labels().iter().any(|label| !known.contains(label))
}

type Fitted = Result<(learn::Model, Option<Changes>), learn::Error>;

/// Fits on a thread of its own. Telling of progress must not wait for the learner, nor the learner for it.
async fn fit(
    app: &App,
    rows: Arc<Vec<Row>>,
    snapshot: &Arc<Snapshot>,
    before: Option<(Arc<InUse>, Millis)>,
    progress: &(dyn Fn(&str, f64) + Send + Sync),
) -> Result<(learn::Model, Option<Changes>)> {
    let state = Arc::new(Mutex::new((Phase::Features, 0.0_f32)));
    let (done, mut fitted) = oneshot::channel::<Fitted>();
    let shared = state.clone();
    let snapshot = snapshot.clone();
    let config = Config { encoder: app.encoder.clone(), ..Config::default() };
    let work = move || {
        // The learner's worker threads inherit this; on systems without priorities training is merely not shy.
        rustix::process::nice(10).ok();
        let note = |phase, share| *shared.lock().unwrap_or_else(PoisonError::into_inner) = (phase, share);
        let fitted = learn::fit(&rows, &config, &note).map(|model| {
            let compared = before.map(|(before, at)| {
                let parts = learn::compare_by(&before.model, &model, &recent(&model, &rows, at), |row| {
                    category_name(&snapshot, row)
                });
                Changes::of(parts)
            });
            (model, compared)
        });
        drop(done.send(fitted));
    };
    let spawned = std::thread::Builder::new().name("train".into()).spawn(work);
    spawned.map_err(|e| Error::Conflict(format!("the training thread could not be started: {e}")))?;
    let (mut last_told, mut told_at) = (None, Instant::now());
    loop {
        match tokio::time::timeout(TELL, &mut fitted).await {
            Ok(Ok(result)) => return result.map_err(|e| Error::Conflict(e.to_string())),
            Ok(Err(_)) => return Err(Error::Conflict("training stopped unexpectedly".into())),
            Err(_) => {
                let (phase, share) = *state.lock().unwrap_or_else(PoisonError::into_inner);
                let (phase, share) = (phase_in_words(phase), f64::from((share * 100.0).round() / 100.0));
                progress(phase, share);
                let silent = told_at.elapsed() > TELL_AGAIN;
                if silent || last_told != Some((phase, share)) {
                    tell(app, phase, share).await?;
                    (last_told, told_at) = (Some((phase, share)), Instant::now());
                }
            }
        }
    }
}

/// The candidate's report tickets that came after the model in use was made: neither has learnt from them.
fn recent(candidate: &learn::Model, rows: &[Row], made_at: Millis) -> Vec<Row> {
    let reports: HashSet<i64> =
        candidate.scores().iter().filter(|s| s.role == Role::Report).map(|s| s.id).collect();
    rows.iter().filter(|r| reports.contains(&r.id) && r.at.is_some_and(|at| at > made_at)).cloned().collect()
}

/// The category in which the right answer of a ticket stands.
fn category_name(snapshot: &Snapshot, row: &Row) -> String {
    let answer = row.label.as_deref().and_then(|label| label.parse().ok());
    let category = answer.map_or(CategoryId::UNCATEGORISED, |answer| snapshot.category_of(answer));
    snapshot.category(category).map(|it| it.name.clone()).unwrap_or_default()
}

fn phase_in_words(phase: Phase) -> &'static str {
    match phase {
        Phase::Features => "features",
        Phase::Embeddings => "embeddings",
        Phase::OutOfFold => "out of fold",
        Phase::Gate => "gate",
        Phase::Final => "final",
    }
}

/// Writes a model part by part, so that nobody waits long behind it, and then switches to it at once.
async fn store_model(
    app: &App,
    summary: &learn::Summary,
    compared: Option<&Changes>,
    why: &str,
    bytes: Arc<Vec<u8>>,
    use_it: bool,
) -> Result<i64> {
    let now = app.now();
    let summary = json!({
        "kind": summary.kind, "train_size": summary.train_size, "labels": summary.labels, "features": summary.features,
        "accuracy": summary.accuracy, "macro_f1": summary.macro_f1, "ece": summary.ece,
        "counts": summary.counts, "bins": summary.bins, "train_millis": summary.train_millis,
        "compared": compared, "compared_text": compared.map(Changes::in_words), "why": why,
    });
    let whole = compared.map(|changes| changes.whole);
    let size = bytes.len();
    let version = app
        .db
        .write(move |tx| {
            let summary = summary.clone();
            Box::pin(async move { Ok::<_, Error>(store::models::begin(tx, size, &summary, now).await?) })
        })
        .await?;
    for part in 0..store::models::parts(size) {
        let bytes = bytes.clone();
        app.db
            .write(move |tx| {
                let bytes = bytes.clone();
                Box::pin(
                    async move { Ok::<_, Error>(store::models::put_part(tx, version, part, &bytes).await?) },
                )
            })
            .await?;
    }
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if use_it {
                    store::models::put_in_use(tx, version, now).await?;
                    super::model_changed(tx, now).await?;
                }
                let needed = crate::experiments::needed_models(tx).await?;
                store::models::prune(tx, version, &needed).await?;
                tx.event(NewEvent::new(now, "model.changed", Actor::System).subject(version).data(&json!({
                    "version": version, "in_use": use_it, "compared": whole,
                })));
                Ok::<_, Error>(())
            })
        })
        .await?;
    Ok(version)
}

async fn tell(app: &App, phase: &'static str, share: f64) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let data = json!({ "phase": phase, "progress": share });
                tx.event(NewEvent::new(now, "training.progress", Actor::System).data(&data));
                Ok::<_, Error>(())
            })
        })
        .await
}

/// How often a training keeps its job from being claimed by others.
const RENEW: Duration = Duration::from_mins(1);

/// The job `train`: keeps its lease while it works.
pub(crate) async fn run_job(app: &App, job: &Job) -> Result<()> {
    let asked = serde_json::from_str(&job.payload).unwrap_or_default();
    let training = train(app, asked, &|_, _| {});
    let mut training = std::pin::pin!(training);
    loop {
        match tokio::time::timeout(RENEW, &mut training).await {
            Ok(Ok(trained)) => {
                let Trained { version, in_use, took, .. } = trained;
                tracing::info!(version, in_use, seconds = took.as_secs_f64(), "trained a model");
                return Ok(());
            }
            Ok(Err(error)) => return Err(error),
            Err(_) => app.db.renew(job.id, app.now()).await?,
        }
    }
}
