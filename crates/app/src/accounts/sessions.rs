//! Signing in and out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Millis;
use domain::net::mail_key;
use domain::time::{DAY, MINUTE};
use store::Tx;
use store::events::{Actor, NewEvent};
use store::users::User;

use super::credentials;
use super::passwords;
use crate::limits::{self, Limit};
use crate::{App, Error, Result};

/// How long a session holds after it was last used.
pub const SESSION: Millis = 30 * DAY;
const PER_ACCOUNT: Limit = Limit { most: 10, window: 15 * MINUTE };
/// An office shares an address.
const PER_ADDRESS: Limit = Limit { most: 50, window: 15 * MINUTE };

/// A session just begun. The token goes into the cookie and is stored nowhere.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub token: String,
    pub user: User,
    pub expires_at: Millis,
}

/// Signs in with address and password; `from` is the client's network address.
pub async fn sign_in(app: &App, email: &str, password: String, from: &str) -> Result<NewSession> {
    let email = mail_key(email);
    let account = format!("sign-in {email}");
    limits::take(app, vec![(account.clone(), PER_ACCOUNT), (format!("sign-in from {from}"), PER_ADDRESS)])
        .await?;
    let user = store::users::by_email(&app.db, &email).await?.filter(|user| user.active);
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let matches = passwords::matches(password, hash).await?;
    let Some(user) = user.filter(|_| matches) else {
        return Err(Error::invalid("password", "address or password is wrong"));
    };
    let (secret, now) = (token(app), app.now());
    let begun = secret.clone();
    app.db
        .write(move |tx| {
            let (account, user, secret) = (account.clone(), user.clone(), begun.clone());
            Box::pin(async move {
                store::attempts::clear(tx, &account).await?;
                begin(tx, user, secret, now).await
            })
        })
        .await
}

/// 256 random bits as text.
pub(super) fn token(app: &App) -> String {
    URL_SAFE_NO_PAD.encode(app.secret())
}

/// Begins a session inside the transaction that made or recognised its user.
pub(super) async fn begin(tx: &mut Tx, user: User, token: String, now: Millis) -> Result<NewSession> {
    let (expires_at, hash) = (now + SESSION, credentials::hash(&token));
    store::users::insert_session(tx, &hash, user.id, now, expires_at).await?;
    store::users::seen(tx, &hash, user.id, now, expires_at).await?;
    tx.event(NewEvent::new(now, "session.begun", Actor::User(user.id)).subject(user.id));
    Ok(NewSession { token, user, expires_at })
}

/// Ends the session with this token.
pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    let hash = credentials::hash(token);
    app.db
        .write(move |tx| {
            Box::pin(async move { Ok::<_, Error>(store::users::delete_session(tx, &hash).await?) })
        })
        .await?;
    app.callers.forget();
    Ok(())
}
