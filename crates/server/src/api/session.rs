//! Signing in and out, the first admin, and joining by invitation.

use app::accounts::people::NewUser;
use app::accounts::sessions::{self, NewSession, SESSION};
use app::accounts::{Credential, first_admin, invitations};
use app::settings::Settings;
use app::{Caller, Permission, settings};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::UserId;
use domain::time::Simulated;
use domain::words::Role;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::auth::{self, SESSION_COOKIE, SignedIn};
use crate::extract::Json;
use crate::{AppState, ClientAddress, Problem};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show, sign_in, sign_out))
        .routes(routes!(accept_first))
        .routes(routes!(join))
}

/// Who is signed in, and what the console needs to know about this installation.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    /// Null for an API token.
    pub user: Option<SessionUser>,
    pub role: Role,
    pub company: Company,
    pub setup: Setup,
    /// Whether this caller may switch automation on and off.
    pub may_switch: bool,
    /// The server's present, in milliseconds since 1970: what "2 min ago" is counted from.
    pub now: domain::Millis,
    /// In the demo's story, where it stands; null otherwise.
    pub simulated: Option<Simulated>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SessionUser {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Company {
    pub name: String,
    pub colour: String,
}

/// What is still to be done in the first hour.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "a list of things done or not done")]
pub struct Setup {
    pub has_model: bool,
    pub has_answers: bool,
    pub public_url_set: bool,
    pub mail_ready: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstAdmin {
    pub token: String,
    pub name: String,
    pub email: String,
    pub password: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    pub token: String,
    pub name: String,
    pub password: String,
}

/// The session behind the cookie, which is set anew: it holds from its last use.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = SessionView), (status = 401)))]
async fn show(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let settings = settings::load(&state.app).await?;
    let body = axum::Json(view(&state, &caller, &settings).await?);
    let Some(Credential::Session(token)) = auth::credential(&headers) else {
        return Ok(body.into_response());
    };
    Ok(([(header::SET_COOKIE, cookie(&token, SESSION / 1000, &settings)?)], body).into_response())
}

/// Signs in; the answer sets the cookie.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn,
    responses((status = 200, body = SessionView), (status = 422), (status = 429)))]
async fn sign_in(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    Json(body): Json<SignIn>,
) -> Result<Response, Problem> {
    auth::check_own_page(&state, &headers).await?;
    let session = sessions::sign_in(&state.app, &body.email, body.password, &from.to_string()).await?;
    begun(&state, session).await
}

/// Ends the session.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn sign_out(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(Credential::Session(token)) = auth::credential(&headers) {
        sessions::sign_out(&state.app, &token).await?;
    }
    let settings = settings::load(&state.app).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie("", 0, &settings)?)]).into_response())
}

/// Makes the first admin with the link printed at the first start.
#[utoipa::path(post, path = "/first-admin", tag = "session", request_body = FirstAdmin,
    responses((status = 200, body = SessionView), (status = 409), (status = 422)))]
async fn accept_first(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(body): Json<FirstAdmin>,
) -> Result<Response, Problem> {
    auth::check_own_page(&state, &headers).await?;
    let new = NewUser { email: body.email, name: body.name, role: Role::Admin, password: body.password };
    begun(&state, first_admin::accept(&state.app, &body.token, new).await?).await
}

/// Joins the team by an invitation's link.
#[utoipa::path(post, path = "/invitations/acceptance", tag = "session", request_body = Acceptance,
    responses((status = 200, body = SessionView), (status = 409), (status = 422)))]
async fn join(
    State(state): State<AppState>,
    headers: HeaderMap,
    Json(body): Json<Acceptance>,
) -> Result<Response, Problem> {
    auth::check_own_page(&state, &headers).await?;
    begun(&state, invitations::accept(&state.app, &body.token, body.name, body.password).await?).await
}

async fn begun(state: &AppState, session: NewSession) -> Result<Response, Problem> {
    let settings = settings::load(&state.app).await?;
    let caller = Caller {
        actor: app::Actor::User(session.user.id),
        role: session.user.role,
        name: session.user.name,
        who_may_switch: settings.who_may_switch,
    };
    let cookie = cookie(&session.token, SESSION / 1000, &settings)?;
    Ok(([(header::SET_COOKIE, cookie)], axum::Json(view(state, &caller, &settings).await?)).into_response())
}

/// Secure once the installation says that it is reached over https: a cookie marked so before would be lost.
fn cookie(token: &str, seconds: i64, settings: &Settings) -> Result<HeaderValue, Problem> {
    let https = settings.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::try_from(text).map_err(|_| Problem::from(app::Error::Outside("the session's cookie".into())))
}

async fn view(state: &AppState, caller: &Caller, settings: &Settings) -> Result<SessionView, Problem> {
    let user = match caller.user() {
        Some(id) => app::accounts::people::find(&state.app, id).await?,
        None => None,
    };
    let setup = app::accounts::setup::done(&state.app).await?;
    Ok(SessionView {
        role: caller.role,
        user: user.map(|user| SessionUser {
            id: user.id,
            name: user.name,
            email: user.email,
            role: user.role,
        }),
        company: Company { name: settings.company_name.clone(), colour: settings.colour.clone() },
        setup: Setup {
            has_model: setup.has_model,
            has_answers: setup.has_answers,
            public_url_set: settings.public_url.is_some(),
            mail_ready: settings.may_send() && settings.smtp.is_some(),
        },
        may_switch: caller.may(Permission::SwitchAutomation),
        now: state.app.now(),
        simulated: state.app.clock.simulated(),
    })
}
