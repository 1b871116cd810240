//! Tokens for programs. Shown once, stored as a hash, seen by every replica at once.

use domain::TokenId;
use domain::words::Role;
use store::events::NewEvent;
pub use store::users::Token;

use super::credentials::{self, TOKEN_PREFIX};
use super::{people, sessions};
use crate::{App, Caller, Error, Result};

/// The tokens that hold.
pub async fn list(app: &App) -> Result<Vec<Token>> {
    Ok(store::users::tokens(&app.db).await?)
}

/// Makes a token; the second value is its secret, told this once.
pub async fn create(app: &App, caller: &Caller, name: &str, role: Role) -> Result<(Token, String)> {
    let name = name.trim().to_owned();
    people::name_is_right(&name).map_err(|message| Error::invalid("name", message))?;
    let secret = format!("{TOKEN_PREFIX}{}", sessions::token(app));
    let hash = credentials::hash(&secret);
    let (now, actor, created_by) = (app.now(), caller.actor, caller.user());
    let token = app
        .db
        .write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                let token = Token {
                    id: tx.id(now),
                    name,
                    role,
                    created_at: now,
                    last_used_at: None,
                    revoked_at: None,
                };
                store::users::insert_token(tx, &token, &hash, created_by).await?;
                tx.event(
                    NewEvent::new(now, "token.changed", actor)
                        .subject(token.id)
                        .data(&serde_json::json!({ "role": role })),
                );
                Ok::<_, Error>(token)
            })
        })
        .await?;
    Ok((token, secret))
}

/// Ends a token.
pub async fn revoke(app: &App, caller: &Caller, id: TokenId) -> Result<()> {
    let (now, actor) = (app.now(), caller.actor);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if !store::users::revoke_token(tx, id, now).await? {
                    return Err(Error::NotFound(format!("token {id}")));
                }
                tx.event(
                    NewEvent::new(now, "token.changed", actor)
                        .subject(id)
                        .data(&serde_json::json!({ "revoked": true })),
                );
                Ok(())
            })
        })
        .await?;
    app.callers.forget();
    Ok(())
}
