//! The web: the API under `/api/v1`, the console, the public pages. The only crate that names axum.

pub mod access;
pub mod api;
pub mod auth;
mod console;
pub mod extract;
pub mod idempotency;
mod live;
mod operations;
mod pages;
pub mod paging;
pub mod problem;
mod request;
mod state;

use std::sync::Arc;

use app::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::get;

pub use auth::SignedIn;
pub use problem::{Kind, Problem};
pub use request::ClientAddress;
pub use state::AppState;

/// Everything this server answers.
pub fn router(app: Arc<App>) -> Router {
    routes(AppState::new(app))
}

fn routes(state: AppState) -> Router {
    let routes = api::router().split_for_parts().0;
    let document = api::openapi().to_json().unwrap_or_default();
    let api = routes
        .route_layer(from_fn_with_state(state.clone(), idempotency::once))
        .route_layer(from_fn_with_state(state.clone(), auth::guard))
        .layer(DefaultBodyLimit::max(extract::BODY_LIMIT))
        .route("/api/openapi.json", get(move || serve_document(document.clone())));
    Router::new()
        .merge(api)
        .merge(operations::router())
        .merge(console::router())
        .merge(pages::router(&state))
        .fallback(pages::not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(from_fn_with_state(state.clone(), request::around))
        .with_state(state)
}

/// Answers on `listener` until `stop` resolves, and then until what was begun is answered.
pub async fn serve(
    app: Arc<App>,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let state = AppState::new(app);
    let live = state.live.clone();
    let service = routes(state).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let stop = async move {
        stop.await;
        // Streams of live events would keep the server from ending.
        live.close();
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}

#[expect(clippy::unused_async, reason = "a handler")]
async fn serve_document(document: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], document)
}

async fn not_allowed(method: axum::http::Method) -> Problem {
    Problem::new(Kind::MethodNotAllowed, format!("{method} is not possible here"))
}
