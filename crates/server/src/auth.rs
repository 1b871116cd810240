//! Who is calling: a bearer token, or the console's session cookie with an Origin check. Asked before any
//! handler runs, together with the right to the route.

use app::accounts::Credential;
use app::{Caller, settings};
use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::AppState;
use crate::access::{self, Access};
use crate::problem::{Kind, Problem};

pub const SESSION_COOKIE: &str = "deskwise_session";

/// The layer around the API: authenticates, checks the origin and asks for the route's permission.
pub async fn guard(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let path = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned()).unwrap_or_default();
    let Some(access) = access::of(request.method(), &path) else {
        tracing::error!(method = %request.method(), path, "a route is missing from the access table");
        return Err(Problem::new(Kind::Forbidden, "nobody may use this route"));
    };
    let caller = authenticate(&state, request.method(), request.headers(), access).await?;
    match (access, &caller) {
        (Access::Open, _) | (Access::SignedIn, Some(_)) => {}
        (Access::Needs(permission), Some((_, caller))) => caller.require(permission)?,
        (_, None) => return Err(Problem::from(app::Error::SignedOut)),
    }
    if let Some((credential, caller)) = caller {
        request.extensions_mut().insert(credential);
        request.extensions_mut().insert(caller);
    }
    Ok(next.run(request).await)
}

async fn authenticate(
    state: &AppState,
    method: &Method,
    headers: &HeaderMap,
    access: Access,
) -> Result<Option<(Credential, Caller)>, Problem> {
    let Some(credential) = credential(headers) else {
        return Ok(None);
    };
    let caller = app::accounts::authenticate(&state.app, &credential).await?;
    if matches!(credential, Credential::Session(_)) && !method.is_safe() {
        check_origin(state, headers).await?;
    }
    match caller {
        Some(caller) => Ok(Some((credential, caller))),
        // An old cookie must not keep anyone from signing in again.
        None if access == Access::Open => Ok(None),
        None => {
            Err(Problem::new(Kind::SignedOut, "the session or token does not hold any more; sign in again"))
        }
    }
}

/// A bearer token wins over a cookie: whoever sends one means it.
pub fn credential(headers: &HeaderMap) -> Option<Credential> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| {
        let (scheme, token) = v.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Credential::Token(token.trim().to_owned()))
    });
    bearer.or_else(|| cookie(headers, SESSION_COOKIE).map(Credential::Session))
}

pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, value)| value.to_owned())
}

/// A browser says where a request comes from; another site's pages must not act with this one's cookie.
async fn check_origin(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let refused = |why: &str| Err(Problem::new(Kind::ForeignOrigin, why));
    let Some(origin) = text(header::ORIGIN) else {
        return refused("a change with the session cookie needs the Origin header that browsers send");
    };
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    if !host.is_empty() && text(header::HOST).is_some_and(|own| own.eq_ignore_ascii_case(host)) {
        return Ok(());
    }
    let settings = settings::load(&state.app).await?;
    if settings.public_url.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(origin)) {
        return Ok(());
    }
    refused("the Origin header names another site than this one")
}

/// For sign-in and joining, which set a cookie: a browser must come from our own page; programs send no Origin.
pub async fn check_own_page(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(header::ORIGIN) {
        Some(_) => check_origin(state, headers).await,
        None => Ok(()),
    }
}

/// The caller, as an extractor. Only behind [`guard`].
#[derive(Debug, Clone)]
pub struct SignedIn(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Caller>().cloned();
        caller.map(Self).ok_or_else(|| Problem::from(app::Error::SignedOut))
    }
}
