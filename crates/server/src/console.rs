//! The console: files that were built before and are part of the binary.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use crate::AppState;
use crate::problem::{Kind, Problem};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

/// What is shown where the binary was built without the console.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Deskwise</title>\
    <p>This binary was built without the console. Run <code>make build</code>; the API is at \
    <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p></html>";

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/console", get(|| async { Redirect::permanent("/console/") }))
        .route("/console/", get(index))
        .route("/console/{*path}", get(file))
}

/// The page that every address of the console begins with.
async fn index() -> Response {
    match Files::get("index.html") {
        Some(file) => ([(header::CACHE_CONTROL, "no-cache")], Html(file.data.into_owned())).into_response(),
        None => Html(NOT_BUILT).into_response(),
    }
}

async fn file(Path(path): Path<String>) -> Response {
    let Some(file) = Files::get(&path) else {
        // The console's own addresses have no dot at their end; a file that is missing must not look like a page.
        let name = path.rsplit('/').next().unwrap_or_default();
        return if name.contains('.') && path.starts_with("assets/") {
            Problem::new(Kind::NotFound, "there is no such file").into_response()
        } else {
            index().await
        };
    };
    // Names of built files carry a hash of what is in them.
    let caching =
        if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(&path))),
        (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
    ];
    (StatusCode::OK, headers, file.data.into_owned()).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
