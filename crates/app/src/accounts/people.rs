//! The people of the team: added, changed, asked to join.

use domain::net::{is_mail_address, mail_key};
use domain::words::Role;
use domain::{Millis, UserId};
use store::Tx;
use store::events::{Actor, NewEvent};
pub use store::users::User;

use super::passwords;
use crate::{App, Error, FieldError, Result};

/// Someone about to be added.
#[derive(Debug, Clone)]
pub struct NewUser {
    pub email: String,
    pub name: String,
    pub role: Role,
    pub password: String,
}

impl NewUser {
    /// Everything but the password, which is checked when it is hashed.
    pub(super) fn checked(mut self) -> Result<Self> {
        let mut errors = Vec::new();
        self.email = mail_key(&self.email);
        self.name = String::from(self.name.trim());
        if !is_mail_address(&self.email) {
            errors.push(FieldError::new("email", format!("{:?} is not a mail address", self.email)));
        }
        if let Err(message) = name_is_right(&self.name) {
            errors.push(FieldError::new("name", message));
        }
        if errors.is_empty() { Ok(self) } else { Err(Error::Invalid(errors)) }
    }
}

pub(super) fn name_is_right(name: &str) -> Result<(), String> {
    match name.chars().count() {
        1..=80 if !name.chars().any(char::is_control) => Ok(()),
        _ => Err("1 to 80 characters are expected, without line breaks".into()),
    }
}

/// `none` is how filters ask for people without a team.
fn team_is_right(team: &str) -> Result<(), String> {
    match team.trim() {
        "none" => Err("\"none\" stands for people without a team; another name is expected".into()),
        team => name_is_right(team),
    }
}

/// Everyone, in the order they came.
pub async fn list(app: &App) -> Result<Vec<User>> {
    Ok(store::users::all(&app.db).await?)
}

/// One of them.
pub async fn find(app: &App, id: UserId) -> Result<Option<User>> {
    Ok(store::users::by_id(&app.db, id).await?)
}

/// Adds someone with a password, as the command line does.
pub async fn add(app: &App, actor: Actor, new: NewUser) -> Result<User> {
    let mut new = new.checked()?;
    let hash = passwords::hash(app, std::mem::take(&mut new.password)).await?;
    let now = app.now();
    app.db
        .write(move |tx| {
            let (new, hash) = (new.clone(), hash.clone());
            Box::pin(async move { insert(tx, actor, new, hash, now).await })
        })
        .await
}

/// Writes a checked user, and ends the first admin's offer.
pub(super) async fn insert(
    tx: &mut Tx,
    actor: Actor,
    new: NewUser,
    hash: String,
    now: Millis,
) -> Result<User> {
    if store::users::by_email(&mut *tx, &new.email).await?.is_some() {
        return Err(Error::Conflict(format!("{} has an account already", new.email)));
    }
    let user = User {
        id: tx.id(now),
        email: new.email,
        name: new.name,
        role: new.role,
        password_hash: Some(hash),
        active: true,
        team: None,
        created_at: now,
        last_seen_at: None,
    };
    store::users::insert(tx, &user).await?;
    store::invitations::take_first_admin(tx).await?;
    tx.event(
        NewEvent::new(now, "user.changed", actor)
            .subject(user.id)
            .data(&serde_json::json!({ "added": true, "role": user.role })),
    );
    Ok(user)
}

/// What may change of a person.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    pub name: Option<String>,
    pub role: Option<Role>,
    pub active: Option<bool>,
    /// Reports are broken down by it; null takes the person out of it.
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<String>)]
    pub team: Option<Option<String>>,
}

/// Changes a person. The last admin stays one.
pub async fn change(app: &App, actor: Actor, id: UserId, change: UserChange) -> Result<User> {
    if let Some(Err(message)) = change.name.as_deref().map(|name| name_is_right(name.trim())) {
        return Err(Error::invalid("name", message));
    }
    if let Some(Some(Err(message))) = change.team.as_ref().map(|team| team.as_deref().map(team_is_right)) {
        return Err(Error::invalid("team", message));
    }
    let now = app.now();
    let user = app
        .db
        .write(move |tx| {
            let change = change.clone();
            Box::pin(async move {
                let mut user = by_id(&mut *tx, id).await?;
                user.name = change.name.map_or(user.name, |name| name.trim().to_owned());
                user.role = change.role.unwrap_or(user.role);
                user.active = change.active.unwrap_or(user.active);
                user.team = change.team.map_or(user.team, |team| team.map(|team| team.trim().to_owned()));
                write(tx, actor, &user, now).await?;
                Ok::<_, Error>(user)
            })
        })
        .await?;
    app.callers.forget();
    Ok(user)
}

/// Gives someone another password and ends their sessions.
pub async fn set_password(app: &App, actor: Actor, id: UserId, password: String) -> Result<()> {
    let (hash, now) = (passwords::hash(app, password).await?, app.now());
    app.db
        .write(move |tx| {
            let hash = hash.clone();
            Box::pin(async move {
                let mut user = by_id(&mut *tx, id).await?;
                user.password_hash = Some(hash);
                store::users::delete_sessions_of(tx, id).await?;
                write(tx, actor, &user, now).await
            })
        })
        .await?;
    app.callers.forget();
    Ok(())
}

async fn by_id(db: impl store::Read, id: UserId) -> Result<User> {
    store::users::by_id(db, id).await?.ok_or_else(|| Error::NotFound(format!("user {id}")))
}

async fn write(tx: &mut Tx, actor: Actor, user: &User, now: Millis) -> Result<()> {
    store::users::update(tx, user).await?;
    if !user.active {
        store::users::delete_sessions_of(tx, user.id).await?;
    }
    if store::users::active_admins(&mut *tx).await? == 0 {
        return Err(Error::Conflict("this is the last admin; make someone else an admin first".into()));
    }
    tx.event(
        NewEvent::new(now, "user.changed", actor)
            .subject(user.id)
            .data(&serde_json::json!({ "role": user.role, "active": user.active })),
    );
    Ok(())
}

/// Addresses of the admins who can sign in.
pub(crate) async fn admins(app: &App) -> Result<Vec<String>> {
    let users = store::users::all(&app.db).await?;
    Ok(users.into_iter().filter(|u| u.active && u.role == Role::Admin).map(|u| u.email).collect())
}
