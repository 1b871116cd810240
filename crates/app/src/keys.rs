//! Secrets that the installation makes for itself, kept in the database so that all replicas share them. Each has
//! a purpose; the newest of a purpose signs, older ones still verify.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use store::events::{Actor, NewEvent};

use crate::{App, Error, Result};

/// The secrets of a purpose, newest first; never empty.
pub type Secrets = Arc<Vec<Vec<u8>>>;

#[derive(Debug, Default)]
pub(crate) struct KeyCache(Mutex<HashMap<&'static str, Secrets>>);

impl KeyCache {
    /// Forgets what was read, so that rotated keys are seen.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The secret that signs for `purpose` ("links", "arms", "reply-address", …), made on first use.
pub async fn secret(app: &App, purpose: &'static str) -> Result<Vec<u8>> {
    let all = secrets(app, purpose).await?;
    all.first().cloned().ok_or_else(|| Error::NotFound(format!("key for {purpose}")))
}

/// All secrets of `purpose` that may still verify, newest first.
pub async fn secrets(app: &App, purpose: &'static str) -> Result<Secrets> {
    if let Some(known) = app.keys.0.lock().unwrap_or_else(PoisonError::into_inner).get(purpose) {
        return Ok(known.clone());
    }
    let mut found = store::keys::of(&app.db, purpose).await?;
    if found.is_empty() {
        let (first, now) = (app.secret(), app.now());
        found = app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    store::keys::found(tx, purpose, &first, now).await?;
                    Ok::<_, Error>(store::keys::of(tx, purpose).await?)
                })
            })
            .await?;
    }
    let found = Arc::new(found);
    app.keys.0.lock().unwrap_or_else(PoisonError::into_inner).insert(purpose, found.clone());
    Ok(found)
}

/// From now on a fresh secret signs for `purpose`; what was signed before still verifies.
pub async fn rotate(app: &App, actor: Actor, purpose: &'static str) -> Result<()> {
    let (secret, now) = (app.secret(), app.now());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                store::keys::rotate(tx, purpose, &secret, now).await?;
                tx.event(
                    NewEvent::new(now, "keys.changed", actor)
                        .data(&serde_json::json!({ "purpose": purpose })),
                );
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.keys.forget();
    Ok(())
}
