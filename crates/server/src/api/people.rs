//! The team: its people, those invited, and the tokens of programs.

use app::accounts::invitations::{self, NewInvitation};
use app::accounts::people::{self, UserChange};
use app::accounts::tokens;
use app::settings;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use domain::words::Role;
use domain::{Millis, TokenId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Json, Path};
use crate::idempotency::Unrepeatable;
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_users))
        .routes(routes!(change_user))
        .routes(routes!(list_invitations, invite))
        .routes(routes!(withdraw))
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(revoke_token))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub active: bool,
    pub team: Option<String>,
    pub created_at: Millis,
    pub last_seen_at: Option<Millis>,
}

impl From<people::User> for UserView {
    fn from(user: people::User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            email: user.email,
            role: user.role,
            active: user.active,
            team: user.team,
            created_at: user.created_at,
            last_seen_at: user.last_seen_at,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    pub id: String,
    pub email: String,
    pub name: Option<String>,
    pub role: Role,
    pub created_at: Millis,
    pub expires_at: Millis,
}

impl From<invitations::Invitation> for InvitationView {
    fn from(i: invitations::Invitation) -> Self {
        Self {
            id: i.id.to_string(),
            email: i.email,
            name: i.name,
            role: i.role,
            created_at: i.created_at,
            expires_at: i.expires_at,
        }
    }
}

/// An invitation just made: the only time its link is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewInvitationView {
    pub id: String,
    pub email: String,
    pub role: Role,
    /// Absolute once `public_url` is set, a path of the console before.
    pub link: String,
    pub expires_at: Millis,
    /// Whether it is also on its way by mail.
    pub mailed: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    pub role: Role,
    pub created_at: Millis,
    pub last_used_at: Option<Millis>,
}

impl From<tokens::Token> for TokenView {
    fn from(token: tokens::Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            role: token.role,
            created_at: token.created_at,
            last_used_at: token.last_used_at,
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    pub name: String,
    pub role: Role,
}

/// A token just made: the only time its secret is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewTokenView {
    pub id: TokenId,
    pub name: String,
    pub role: Role,
    pub token: String,
}

/// Everyone of the team.
#[utoipa::path(get, path = "/users", tag = "people", responses((status = 200, body = Page<UserView>)))]
async fn list_users(State(state): State<AppState>) -> Result<axum::Json<Page<UserView>>, Problem> {
    let users = people::list(&state.app).await?;
    Ok(axum::Json(Page::whole(users.into_iter().map(UserView::from).collect())))
}

/// Changes someone's name, role, or whether they may come in.
#[utoipa::path(patch, path = "/users/{id}", tag = "people", params(("id" = UserId, Path)), request_body = UserChange,
    responses((status = 200, body = UserView), (status = 404), (status = 409), (status = 422)))]
async fn change_user(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<UserId>,
    Json(body): Json<UserChange>,
) -> Result<axum::Json<UserView>, Problem> {
    Ok(axum::Json(people::change(&state.app, caller.actor, id, body).await?.into()))
}

/// Invitations that can still be accepted.
#[utoipa::path(get, path = "/invitations", tag = "people", responses((status = 200, body = Page<InvitationView>)))]
async fn list_invitations(
    State(state): State<AppState>,
) -> Result<axum::Json<Page<InvitationView>>, Problem> {
    let open = invitations::list(&state.app).await?;
    Ok(axum::Json(Page::whole(open.into_iter().map(InvitationView::from).collect())))
}

/// Asks someone to join.
#[utoipa::path(post, path = "/invitations", tag = "people", request_body = NewInvitation,
    responses((status = 201, body = NewInvitationView), (status = 409), (status = 422)))]
async fn invite(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewInvitation>,
) -> Result<impl IntoResponse, Problem> {
    let made = invitations::create(&state.app, &caller, body).await?;
    let path = format!("/console/join/{}", made.secret);
    let link = settings::load(&state.app).await?.link(&path).unwrap_or(path);
    let view = NewInvitationView {
        id: made.invitation.id.to_string(),
        email: made.invitation.email,
        role: made.invitation.role,
        link,
        expires_at: made.invitation.expires_at,
        mailed: made.mailed,
    };
    Ok((StatusCode::CREATED, Unrepeatable, axum::Json(view)))
}

/// Withdraws an invitation.
#[utoipa::path(delete, path = "/invitations/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 204), (status = 404)))]
async fn withdraw(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    invitations::withdraw(&state.app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The tokens that hold, without their secrets.
#[utoipa::path(get, path = "/tokens", tag = "people", responses((status = 200, body = Page<TokenView>)))]
async fn list_tokens(State(state): State<AppState>) -> Result<axum::Json<Page<TokenView>>, Problem> {
    let all = tokens::list(&state.app).await?;
    Ok(axum::Json(Page::whole(all.into_iter().map(TokenView::from).collect())))
}

/// Makes a token for a program.
#[utoipa::path(post, path = "/tokens", tag = "people", request_body = NewToken,
    responses((status = 201, body = NewTokenView), (status = 422)))]
async fn create_token(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewToken>,
) -> Result<impl IntoResponse, Problem> {
    let (token, secret) = tokens::create(&state.app, &caller, &body.name, body.role).await?;
    let view = NewTokenView { id: token.id, name: token.name, role: token.role, token: secret };
    Ok((StatusCode::CREATED, Unrepeatable, axum::Json(view)))
}

/// Ends a token.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "people", params(("id" = TokenId, Path)),
    responses((status = 204), (status = 404)))]
async fn revoke_token(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<TokenId>,
) -> Result<StatusCode, Problem> {
    tokens::revoke(&state.app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
