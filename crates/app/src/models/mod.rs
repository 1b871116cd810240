//! Models: trained in the background, compared with the one in use, promoted only when not worse, kept for a
//! rollback.

use domain::words::ExperimentKind;
use store::models::ModelInfo;
use store::queue::NewJob;

use crate::{Actor, App, Error, NewEvent, Result};

mod changes;
mod schedule;
mod training;

pub use changes::{Change, Changes, Part};
pub(crate) use schedule::{ASK, plan_anew};
pub use schedule::{Outlook, outlook, schedule};
use training::Asked;
pub(crate) use training::run_job;
pub use training::{Trained, train_now};

/// All that are kept, newest first.
pub async fn all(app: &App) -> Result<Vec<ModelInfo>> {
    Ok(store::models::all(&app.db).await?)
}

/// Training as the last event told it; none when it has ended or has not been heard of for a while.
pub async fn training(app: &App) -> Result<Option<(String, f64)>> {
    let Some(event) = store::events::newest(&app.db, "training.progress").await? else { return Ok(None) };
    let phase = event.data["phase"].as_str().unwrap_or_default().to_owned();
    let silent = app.now() - event.at > 2 * domain::time::MINUTE;
    if phase == training::ENDED || silent {
        return Ok(None);
    }
    Ok(Some((phase, event.data["progress"].as_f64().unwrap_or(0.0))))
}

/// Asks for a training, unless one is waiting or running.
pub async fn request_training(app: &App, actor: Actor) -> Result<()> {
    request(app, actor, Asked { by_schedule: false }).await
}

async fn request(app: &App, actor: Actor, asked: Asked) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if store::queue::waits(&mut *tx, "train").await? {
                    return Ok(());
                }
                tx.enqueue(NewJob::now("train", &asked, now));
                tx.event(
                    NewEvent::new(now, "training.progress", actor)
                        .data(&serde_json::json!({ "phase": "waiting", "progress": 0.0 })),
                );
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Ends the experiments with models: what is in use is part of what they compare against.
async fn model_changed(tx: &mut store::Tx, now: domain::Millis) -> Result<()> {
    let with_models = |e: &domain::experiments::Experiment| e.subject.kind() == ExperimentKind::Model;
    crate::experiments::end_those(tx, "another model came into use", now, with_models).await
}

/// Puts a kept version into use: a rollback, or a candidate that was not promoted by itself.
pub async fn put_in_use(app: &App, actor: Actor, version: i64) -> Result<()> {
    if !all(app).await?.iter().any(|m| m.version == version) {
        return Err(Error::NotFound(format!(
            "model {version}; GET /api/v1/models lists those that are kept"
        )));
    }
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                store::models::put_in_use(tx, version, now).await?;
                model_changed(tx, now).await?;
                tx.event(
                    NewEvent::new(now, "model.changed", actor)
                        .subject(version)
                        .data(&serde_json::json!({ "version": version, "by_hand": true })),
                );
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.automation.look_again();
    crate::certificates::ensure(app).await?;
    Ok(())
}
