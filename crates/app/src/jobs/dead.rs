//! Jobs that failed too often: seen, tried again or given up by a person.

use domain::{JobId, Millis};
use store::events::{Actor, NewEvent};

use crate::{App, Caller, Error, Result};

pub use store::queue::Job;

/// Most dead letters shown at once.
const SHOWN: i64 = 100;

/// The dead letters, newest first.
pub async fn list(app: &App) -> Result<Vec<Job>> {
    Ok(store::queue::dead(&app.db, SHOWN).await?)
}

/// Gives a dead letter another life.
pub async fn retry(app: &App, caller: &Caller, id: JobId) -> Result<()> {
    let (now, actor) = (app.now(), caller.actor);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                found(id, store::queue::revive(tx, id, now).await?)?;
                tx.event(changed(now, actor, id, "retried"));
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Gives a dead letter up.
pub async fn remove(app: &App, caller: &Caller, id: JobId) -> Result<()> {
    let (now, actor) = (app.now(), caller.actor);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                found(id, store::queue::bury(tx, id).await?)?;
                tx.event(changed(now, actor, id, "given_up"));
                Ok::<_, Error>(())
            })
        })
        .await
}

fn found(id: JobId, found: bool) -> Result<()> {
    if found { Ok(()) } else { Err(Error::NotFound(format!("failed job {id}"))) }
}

fn changed(now: Millis, actor: Actor, id: JobId, what: &str) -> NewEvent {
    NewEvent::new(now, "job.changed", actor).subject(id).data(&serde_json::json!({ "what": what }))
}
