//! Around every request: an id, the client's address, headers that keep browsers careful, one line in the log.

use std::net::{IpAddr, SocketAddr};

use app::{App, settings};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::net::Network;
use tracing::Instrument;

use crate::AppState;
use crate::problem::Problem;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What Mantine needs, and nothing else: its styles are inline.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'; manifest-src 'self'";

/// Where a request comes from, as far as it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        _: &S,
    ) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(IpAddr::from([0, 0, 0, 0]))))
    }
}

/// The outermost layer.
pub(crate) async fn around(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = request_id(&state.app, request.headers());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let address = client_address(&state.app, peer, request.headers().clone()).await;
    request.extensions_mut().insert(ClientAddress(address));
    // The route's pattern, never the path: a path may hold a signed link.
    let route = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned());
    let method = request.method().clone();
    let span = tracing::info_span!("request", id, %method, route = route.as_deref());
    let started = state.app.now();
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        let headers = std::mem::take(response.headers_mut());
        response = problem.respond(Some(id.clone()));
        for (name, value) in &headers {
            response.headers_mut().entry(name).or_insert(value.clone());
        }
    }
    let (status, ms) = (response.status().as_u16(), state.app.now() - started);
    state.counts.answered(&method, route.as_deref().unwrap_or("none"), status, ms);
    span.in_scope(|| tracing::debug!(status, ms, "done"));
    finish(response.headers_mut(), &id);
    response
}

fn finish(headers: &mut HeaderMap, id: &str) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    // What is not said to be cached is somebody's data.
    set(header::CACHE_CONTROL, "no-store");
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

/// The id a proxy gave, when it looks like one, or a fresh one.
fn request_id(app: &App, headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|v| v.to_str().ok());
    let plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    match given.filter(plain) {
        Some(id) => id.to_owned(),
        None => domain::numerals::hex(&app.secret()[..8]),
    }
}

async fn client_address(app: &App, peer: Option<IpAddr>, headers: HeaderMap) -> IpAddr {
    let peer = peer.unwrap_or(IpAddr::from([127, 0, 0, 1])).to_canonical();
    let Ok(settings) = settings::load(app).await else { return peer };
    let trusted: Vec<Network> = settings.trusted_proxies.iter().filter_map(|n| n.parse().ok()).collect();
    believed(peer, &headers, &trusted)
}

/// Walks `X-Forwarded-For` from the nearest hop and stops at the first address that is no trusted proxy.
fn believed(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let mut believed = peer;
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(str::trim)
        .collect();
    for hop in hops.iter().rev() {
        if !trusted.iter().any(|network| network.contains(believed)) {
            break;
        }
        let Ok(next) = hop.parse::<IpAddr>() else { break };
        believed = next.to_canonical();
    }
    believed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("6.6.6.6, 1.2.3.4, 10.0.0.2"));
        let from =
            |peer: &str, trusted: &[Network]| believed(peer.parse().unwrap(), &headers, trusted).to_string();
        assert_eq!(from("9.9.9.9", &trusted), "9.9.9.9");
        assert_eq!(from("10.0.0.1", &trusted), "1.2.3.4");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
    }
}
