//! Colleagues asked to join by a link that holds a week.

use domain::Millis;
use domain::net::{is_mail_address, mail_key};
use domain::time::DAY;
use domain::words::Role;
use store::events::NewEvent;
pub use store::invitations::Invitation;

use super::people::{self, NewUser};
use super::sessions::{self, NewSession};
use super::{credentials, passwords};
use crate::outbox::Writer;
use crate::{App, Caller, Error, FieldError, Result};

const HOLDS: Millis = 7 * DAY;

/// Whom to ask.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    pub email: String,
    pub name: Option<String>,
    pub role: Role,
}

/// The invitations that can still be accepted.
pub async fn list(app: &App) -> Result<Vec<Invitation>> {
    Ok(store::invitations::open(&app.db, app.now()).await?)
}

/// An invitation just made.
#[derive(Debug, Clone)]
pub struct Made {
    pub invitation: Invitation,
    /// The secret of its link, told this once.
    pub secret: String,
    /// Whether a mail with the link was put into the outbox.
    pub mailed: bool,
}

/// Makes an invitation; an earlier one for the same address stops working.
pub async fn create(app: &App, caller: &Caller, new: NewInvitation) -> Result<Made> {
    let new = checked(new)?;
    if store::users::by_email(&app.db, &new.email).await?.is_some() {
        return Err(Error::Conflict(format!("{} has an account already", new.email)));
    }
    let (secret, now, actor, created_by) = (sessions::token(app), app.now(), caller.actor, caller.user());
    let hash = credentials::hash(&secret);
    let (writer, path) = (Writer::load(app).await?, format!("/console/join/{secret}"));
    let (invitation, mailed) = app
        .db
        .write(move |tx| {
            let (new, writer, path) = (new.clone(), writer.clone(), path.clone());
            Box::pin(async move {
                store::invitations::delete_of(tx, &new.email).await?;
                let invitation = Invitation {
                    id: tx.id(now),
                    email: new.email,
                    name: new.name,
                    role: new.role,
                    created_by,
                    created_at: now,
                    expires_at: now + HOLDS,
                };
                store::invitations::insert(tx, &invitation, &hash).await?;
                tx.event(
                    NewEvent::new(now, "user.changed", actor)
                        .subject(invitation.id)
                        .data(&serde_json::json!({ "invited": true, "role": invitation.role })),
                );
                let name = invitation.name.as_deref();
                let mail = writer.invitation(tx, &invitation.email, name, &path).await?;
                Ok::<_, Error>((invitation, mail.is_some()))
            })
        })
        .await?;
    app.wake();
    Ok(Made { invitation, secret, mailed })
}

fn checked(mut new: NewInvitation) -> Result<NewInvitation> {
    let mut errors = Vec::new();
    new.email = mail_key(&new.email);
    if !is_mail_address(&new.email) {
        errors.push(FieldError::new("email", format!("{:?} is not a mail address", new.email)));
    }
    if let Some(Err(message)) = new.name.as_deref().map(people::name_is_right) {
        errors.push(FieldError::new("name", message));
    }
    if errors.is_empty() { Ok(new) } else { Err(Error::Invalid(errors)) }
}

/// Withdraws an invitation.
pub async fn withdraw(app: &App, caller: &Caller, id: i64) -> Result<()> {
    let (now, actor) = (app.now(), caller.actor);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if !store::invitations::delete(tx, id).await? {
                    return Err(Error::NotFound(format!("open invitation {id}")));
                }
                tx.event(
                    NewEvent::new(now, "user.changed", actor)
                        .subject(id)
                        .data(&serde_json::json!({ "withdrawn": true })),
                );
                Ok(())
            })
        })
        .await
}

/// Joins by the link's secret, with a name and a password of one's own, and signs in.
pub async fn accept(app: &App, secret: &str, name: String, password: String) -> Result<NewSession> {
    let dead = || Error::Conflict("this invitation does not hold any more; ask for another one".into());
    let (hash, now) = (credentials::hash(secret), app.now());
    let invitation = store::invitations::by_token(&app.db, &hash, now).await?.ok_or_else(dead)?;
    let new = NewUser { email: invitation.email, name, role: invitation.role, password: String::new() }
        .checked()?;
    let (password_hash, token, id) =
        (passwords::hash(app, password).await?, sessions::token(app), invitation.id);
    let inviter = invitation.created_by.map_or(store::events::Actor::System, store::events::Actor::User);
    app.db
        .write(move |tx| {
            let (new, password_hash, token) = (new.clone(), password_hash.clone(), token.clone());
            Box::pin(async move {
                if !store::invitations::accept(tx, id, now).await? {
                    return Err(dead());
                }
                let user = people::insert(tx, inviter, new, password_hash, now).await?;
                sessions::begin(tx, user, token, now).await
            })
        })
        .await
}
