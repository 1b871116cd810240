//! What a request shows, and whom it stands for. Only hashes are stored: who reads the database cannot sign in.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::Millis;
use domain::time::{MINUTE, SECOND};
use sha2::{Digest, Sha256};
use store::events::Actor;

use super::sessions::SESSION;
use crate::{App, Caller, Error, Result, settings};

/// Beginning of every API token, so that people and scanners recognise one.
pub const TOKEN_PREFIX: &str = "dw_";
/// How long an answer of the database about a credential is believed; revoking is seen within this time.
const BELIEVED: Millis = SECOND / 2;
/// How often it is noted that someone was here.
const SEEN_EVERY: Millis = 5 * MINUTE;
/// Entries of the cache before it is emptied.
const CACHED: usize = 10_000;

/// What came with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    Session(String),
    Token(String),
}

pub(crate) type Hash = [u8; 32];

pub(crate) fn hash(secret: &str) -> Hash {
    Sha256::digest(secret.as_bytes()).into()
}

impl Credential {
    /// The name under which what this credential did is kept; tells nothing about the secret.
    pub fn scope(&self) -> String {
        let (kind, secret) = match self {
            Self::Session(secret) => ("session", secret),
            Self::Token(secret) => ("token", secret),
        };
        let hash = hash(secret);
        format!("{kind}:{}", domain::numerals::hex(&hash[..16]))
    }
}

#[derive(Debug, Default)]
pub(crate) struct CallerCache(Mutex<HashMap<Hash, (Millis, Caller)>>);

impl CallerCache {
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn get(&self, hash: &Hash, now: Millis) -> Option<Caller> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(hash)
            .filter(|(at, _)| (*at..*at + BELIEVED).contains(&now))
            .map(|(_, caller)| caller.clone())
    }

    fn put(&self, hash: Hash, now: Millis, caller: &Caller) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CACHED {
            known.clear();
        }
        known.insert(hash, (now, caller.clone()));
    }
}

/// Whom a credential stands for; `None` when it does not hold (any more).
pub async fn authenticate(app: &App, credential: &Credential) -> Result<Option<Caller>> {
    let (Credential::Session(secret) | Credential::Token(secret)) = credential;
    let (hash, now) = (hash(secret), app.now());
    if let Some(caller) = app.callers.get(&hash, now) {
        return Ok(Some(caller));
    }
    let caller = match credential {
        Credential::Session(_) => by_session(app, hash, now).await?,
        Credential::Token(_) => by_token(app, hash, now).await?,
    };
    if let Some(caller) = &caller {
        app.callers.put(hash, now, caller);
    }
    Ok(caller)
}

async fn by_session(app: &App, hash: Hash, now: Millis) -> Result<Option<Caller>> {
    let Some(session) = store::users::session(&app.db, &hash, now).await? else { return Ok(None) };
    let user = session.user;
    if now - session.seen_at >= SEEN_EVERY {
        let id = user.id;
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<_, Error>(store::users::seen(tx, &hash, id, now, now + SESSION).await?)
                })
            })
            .await?;
    }
    let who_may_switch = settings::load(app).await?.who_may_switch;
    Ok(Some(Caller { actor: Actor::User(user.id), role: user.role, name: user.name, who_may_switch }))
}

async fn by_token(app: &App, hash: Hash, now: Millis) -> Result<Option<Caller>> {
    let Some(token) = store::users::token(&app.db, &hash).await? else { return Ok(None) };
    if token.last_used_at.is_none_or(|at| now - at >= SEEN_EVERY) {
        let id = token.id;
        app.db
            .write(move |tx| {
                Box::pin(async move { Ok::<_, Error>(store::users::token_used(tx, id, now).await?) })
            })
            .await?;
    }
    let who_may_switch = settings::load(app).await?.who_may_switch;
    Ok(Some(Caller { actor: Actor::Token(token.id), role: token.role, name: token.name, who_may_switch }))
}
