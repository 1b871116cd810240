//! `Idempotency-Key` on any POST: sent again with the same body, it answers the same and makes nothing twice.
//!
//! What was made and the key are kept by one transaction (see `store::idempotency`); the answer follows in a
//! second one. Should the process die in between, a repeat is told that it was done, and nothing is made twice.

use std::time::Duration;

use app::accounts::Credential;
use app::idempotency::{self, Claim, Kept};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, IntoResponseParts, Response, ResponseParts};
use sha2::{Digest, Sha256};

use crate::AppState;
use crate::problem::{Kind, Problem};

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Most of a body that is read to recognise it; routes have their own, lower limits.
const MOST: usize = 32 << 20;
/// How long a repeat waits for the first request to be answered: 20 times 100 ms.
const WAITS: u32 = 20;
const WAIT: Duration = Duration::from_millis(100);

/// Marks an answer that must not be kept, because it tells a secret once.
#[derive(Debug, Clone, Copy)]
pub struct Unrepeatable;

impl IntoResponseParts for Unrepeatable {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

/// The layer around the API, inside the guard: without credentials a key means nothing.
pub async fn once(State(state): State<AppState>, request: Request, next: Next) -> Result<Response, Problem> {
    let key = if request.method() == Method::POST { key(request.headers())? } else { None };
    let Some((key, credential)) = key.zip(request.extensions().get::<Credential>().cloned()) else {
        return Ok(next.run(request).await);
    };
    let route = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MOST).await.map_err(|e| Problem::new(Kind::TooLarge, e.to_string()))?;
    let claim = Claim::new(credential.scope(), route, key, Sha256::digest(&body).to_vec(), state.app.now());
    if let Some(kept) = idempotency::find(&state.app, &claim).await? {
        return repeat(&state, &claim, kept).await;
    }
    let request = Request::from_parts(parts, Body::from(body));
    let response = idempotency::under(claim.clone(), next.run(request)).await;
    if claim.is_lost() {
        // The one that was faster may not have committed yet.
        for _ in 0..WAITS {
            if let Some(kept) = idempotency::find(&state.app, &claim).await? {
                return repeat(&state, &claim, kept).await;
            }
            tokio::time::sleep(WAIT).await;
        }
        return Ok(response);
    }
    if claim.is_committed() { keep(&state, claim, response).await } else { Ok(response) }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let plain = |text: &&str| (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
    match value.to_str().ok().filter(plain) {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(Problem::field("Idempotency-Key", "1 to 255 visible ASCII characters are expected")),
    }
}

/// Remembers the answer and passes it on.
async fn keep(
    state: &AppState,
    claim: std::sync::Arc<Claim>,
    response: Response,
) -> Result<Response, Problem> {
    if response.extensions().get::<Unrepeatable>().is_some() {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MOST).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&body).into_owned();
    if let Err(error) = idempotency::answered(&state.app, claim, parts.status.as_u16(), text).await {
        // What was made is kept all the same, and so is its key.
        tracing::warn!(%error, "cannot remember the answer to a request with an idempotency key");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Answers as the first request was answered.
async fn repeat(state: &AppState, claim: &Claim, kept: Kept) -> Result<Response, Problem> {
    let mut kept = Some(kept);
    for _ in 0..WAITS {
        let Some(found) = kept else { break };
        if found.body_hash != claim.body_hash {
            let detail = "this key came with another body before; a key stands for one request";
            return Err(Problem::new(Kind::KeyReused, detail));
        }
        if let Some((status, text)) = found.response {
            return Ok(replayed(status, text));
        }
        tokio::time::sleep(WAIT).await;
        kept = idempotency::find(&state.app, claim).await?;
    }
    let detail = "a request with this key was carried out; its answer is not told again";
    Err(Problem::new(Kind::AlreadyDone, detail))
}

fn replayed(status: i64, text: String) -> Response {
    let status =
        u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    let problem = status.is_client_error() || status.is_server_error();
    let media = if problem { "application/problem+json" } else { "application/json" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (REPLAYED, HeaderValue::from_static("true")),
    ];
    (status, headers, Bytes::from(text)).into_response()
}
