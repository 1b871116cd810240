//! What a page says when it cannot be shown: what happened, what is safe, and what to do.

use app::{Error, FieldError};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::links::BadLink;

use super::{Frame, page};
use crate::AppState;
use crate::problem::{Kind, Problem};

/// A failure on its way to a page.
#[derive(Debug, Clone)]
pub(crate) struct PageError {
    status: StatusCode,
    title: &'static str,
    text: String,
    retry_after_s: Option<i64>,
}

impl PageError {
    fn new(status: StatusCode, title: &'static str, text: impl Into<String>) -> Self {
        Self { status, title, text: text.into(), retry_after_s: None }
    }

    /// A fault of ours: everything to the log, nothing to the page.
    pub(super) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a page failed");
        let text =
            "Something failed on our side, and nothing of yours was changed. Please try again in a moment.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "This did not work", text)
    }

    pub(super) fn too_large(most_mb: usize) -> Self {
        let text = format!(
            "What you sent is too large: files may have {most_mb} MB together. Go back, and leave out or shrink the \
             largest; your text should still be there."
        );
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "The files are too large", text)
    }

    pub(super) fn unreadable() -> Self {
        let text =
            "The form did not arrive whole. Go back and send it again; your text should still be there.";
        Self::new(StatusCode::BAD_REQUEST, "The form could not be read", text)
    }

    fn missing() -> Self {
        let text = "The address may be mistyped, or what was here is gone.";
        Self::new(StatusCode::NOT_FOUND, "There is no page here", text)
    }
}

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        match error {
            Error::Link(BadLink::Expired) => Self::new(
                StatusCode::GONE,
                "This link has expired",
                "For your safety, links work for a while only. A newer mail of ours about your question has a fresh \
                 one; or write to us again.",
            ),
            Error::Link(BadLink::Invalid) => Self::new(
                StatusCode::NOT_FOUND,
                "This link does not work",
                "It may have been cut off on its way to you. Open it from the mail itself, or copy all of it, up to \
                 the last letter.",
            ),
            Error::NotFound(_) => Self::missing(),
            Error::TooMany { seconds } => {
                let minutes = (seconds + 59) / 60;
                let unit = if minutes == 1 { "minute" } else { "minutes" };
                let text = format!(
                    "Many messages came from here in a short time, so this one was not taken. Go back and send it again \
                     in {minutes} {unit}; your text should still be there."
                );
                Self {
                    retry_after_s: Some(seconds),
                    ..Self::new(StatusCode::TOO_MANY_REQUESTS, "Please wait a little", text)
                }
            }
            Error::Conflict(text) => Self::new(StatusCode::CONFLICT, "This cannot be done now", text),
            Error::Invalid(errors) => {
                let all = |e: &FieldError| format!("{} {}", e.field, e.message);
                let text = errors.iter().map(all).collect::<Vec<_>>().join("; ");
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Something is not right yet", text)
            }
            other => Self::internal(&other),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    frame: Frame,
    failure: &'a PageError,
}

/// Renders the failure a response carries, and what axum refused by itself.
pub(super) async fn dressed(state: &AppState, mut response: Response) -> Response {
    let failure = match (response.extensions_mut().remove::<PageError>(), response.status()) {
        (Some(failure), _) => failure,
        (None, StatusCode::BAD_REQUEST) => PageError::missing(),
        (None, StatusCode::PAYLOAD_TOO_LARGE) => PageError::too_large(super::form::MOST_BYTES / 1024 / 1024),
        (None, _) => return response,
    };
    rendered(state, &failure).await
}

async fn rendered(state: &AppState, failure: &PageError) -> Response {
    let Ok(frame) = Frame::load(state).await else {
        return (failure.status, failure.text.clone()).into_response();
    };
    let Ok(mut response) = page(&FailurePage { frame, failure }) else {
        return (failure.status, failure.text.clone()).into_response();
    };
    *response.status_mut() = failure.status;
    if let Some(seconds) = failure.retry_after_s {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    response
}

/// Where there is nothing: a page for people, a problem for programs.
pub(crate) async fn not_found(
    State(state): State<AppState>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let accepts = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if method == Method::GET && accepts.contains("text/html") && !uri.path().starts_with("/api/") {
        return rendered(&state, &PageError::missing()).await;
    }
    Problem::new(Kind::NotFound, format!("there is nothing at {}", uri.path())).into_response()
}
