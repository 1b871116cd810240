//! The first admin: a one-time link printed at the first start, dead once anyone exists.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Millis;
use domain::time::MINUTE;
use domain::words::Role;
use sha2::{Digest, Sha256};
use store::invitations::FirstAdmin;

use super::people::NewUser;
use super::sessions::{self, NewSession};
use super::{passwords, people};
use crate::{App, Error, Result, keys};

/// How long the link holds; another one is printed when it has run out.
const HOLDS: Millis = 30 * MINUTE;
const PURPOSE: &str = "first-admin";

/// The secret of the link, the same on all replicas; `None` once there are users.
pub async fn offer(app: &App) -> Result<Option<String>> {
    if store::users::exist(&app.db).await? {
        return Ok(None);
    }
    let now = app.now();
    let fresh = FirstAdmin { nonce: app.secret().to_vec(), expires_at: now + HOLDS };
    let offered = app
        .db
        .write(move |tx| {
            let fresh = fresh.clone();
            Box::pin(async move {
                store::invitations::offer_first_admin(tx, &fresh, now).await?;
                Ok::<_, Error>(store::invitations::first_admin(tx).await?)
            })
        })
        .await?;
    match offered {
        Some(offered) => Ok(Some(link_secret(app, &offered).await?)),
        None => Ok(None),
    }
}

/// 256 bits made from a key and the offer's nonce, so that every replica finds the same and the offer's row alone
/// opens nothing.
async fn link_secret(app: &App, offered: &FirstAdmin) -> Result<String> {
    let key = keys::secret(app, PURPOSE).await?;
    let mut hash = Sha256::new();
    hash.update(&key);
    hash.update(&offered.nonce);
    Ok(URL_SAFE_NO_PAD.encode(hash.finalize()))
}

/// Makes the first admin and signs them in.
pub async fn accept(app: &App, secret: &str, new: NewUser) -> Result<NewSession> {
    let dead = || {
        Error::Conflict(
            "this link does not hold any more; restart the server to have a new one printed".into(),
        )
    };
    let offered = store::invitations::first_admin(&app.db).await?.ok_or_else(dead)?;
    // Comparing hashes keeps the time taken from telling how much of the secret was right.
    let same =
        super::credentials::hash(secret) == super::credentials::hash(&link_secret(app, &offered).await?);
    if !same || offered.expires_at <= app.now() {
        return Err(dead());
    }
    let mut new = new.checked()?;
    new.role = Role::Admin;
    let hash = passwords::hash(app, std::mem::take(&mut new.password)).await?;
    let (now, token) = (app.now(), sessions::token(app));
    app.db
        .write(move |tx| {
            let (new, hash, token) = (new.clone(), hash.clone(), token.clone());
            Box::pin(async move {
                let taken = store::invitations::take_first_admin(tx).await?;
                if !taken || store::users::exist(&mut *tx).await? {
                    return Err(dead());
                }
                let user = people::insert(tx, store::events::Actor::System, new, hash, now).await?;
                sessions::begin(tx, user, token, now).await
            })
        })
        .await
}
