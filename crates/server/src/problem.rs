//! Errors as the client sees them: RFC 9457 `application/problem+json` with a stable `type`.
//!
//! A fault of ours says nothing to the client but a request id, and everything to the log.

use app::{Error, FieldError, StoreError};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The catalogue: every `type` there is, with its status and title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    MalformedJson,
    BadRequest,
    SignedOut,
    Forbidden,
    ForeignOrigin,
    NotFound,
    MethodNotAllowed,
    Conflict,
    AlreadyExists,
    AlreadyDone,
    TooLarge,
    MediaType,
    InvalidField,
    KeyReused,
    TooMany,
    Internal,
    Outside,
    DiskFull,
}

impl Kind {
    pub const ALL: &'static [Self] = &[
        Self::MalformedJson,
        Self::BadRequest,
        Self::SignedOut,
        Self::Forbidden,
        Self::ForeignOrigin,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::AlreadyExists,
        Self::AlreadyDone,
        Self::TooLarge,
        Self::MediaType,
        Self::InvalidField,
        Self::KeyReused,
        Self::TooMany,
        Self::Internal,
        Self::Outside,
        Self::DiskFull,
    ];

    fn row(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::MalformedJson => ("/problems/malformed-json", 400, "The body is not JSON"),
            Self::BadRequest => ("/problems/bad-request", 400, "The request cannot be read"),
            Self::SignedOut => ("/problems/signed-out", 401, "Sign in first"),
            Self::Forbidden => ("/problems/forbidden", 403, "Not allowed"),
            Self::ForeignOrigin => ("/problems/foreign-origin", 403, "The request comes from another site"),
            Self::NotFound => ("/problems/not-found", 404, "Not found"),
            Self::MethodNotAllowed => ("/problems/method-not-allowed", 405, "This cannot be done here"),
            Self::Conflict => ("/problems/conflict", 409, "Not possible in this state"),
            Self::AlreadyExists => ("/problems/already-exists", 409, "Exists already"),
            Self::AlreadyDone => ("/problems/already-done", 409, "Done already"),
            Self::TooLarge => ("/problems/too-large", 413, "The body is too large"),
            Self::MediaType => ("/problems/media-type", 415, "The body has the wrong type"),
            Self::InvalidField => ("/problems/invalid-field", 422, "A field cannot be accepted"),
            Self::KeyReused => {
                ("/problems/key-reused", 422, "The idempotency key was used for something else")
            }
            Self::TooMany => ("/problems/too-many", 429, "Too many attempts"),
            Self::Internal => ("/problems/internal", 500, "Something failed on our side"),
            Self::Outside => ("/problems/outside", 502, "Another system did not do its part"),
            Self::DiskFull => ("/problems/disk-full", 503, "The disk is full"),
        }
    }

    pub fn uri(self) -> &'static str {
        self.row().0
    }

    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.row().1).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// An error on its way to the client.
#[derive(Debug, Clone)]
pub struct Problem {
    pub kind: Kind,
    pub detail: String,
    pub errors: Vec<FieldError>,
    pub retry_after_s: Option<i64>,
}

/// The body of an error.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    #[schema(example = "/problems/invalid-field")]
    pub r#type: &'static str,
    pub title: &'static str,
    pub status: u16,
    pub detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), retry_after_s: None }
    }

    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let error = FieldError::new(field, message);
        let detail = format!("{}: {}", error.field, error.message);
        Self { errors: vec![error], ..Self::new(Kind::InvalidField, detail) }
    }

    /// The response, with the id under which the log knows this request.
    pub fn respond(self, request_id: Option<String>) -> Response {
        let (r#type, status, title) = self.kind.row();
        let body = ProblemBody {
            r#type,
            title,
            status,
            detail: self.detail.clone(),
            errors: self.errors.clone(),
            request_id,
        };
        let mut response = (self.kind.status(), Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if self.kind == Kind::SignedOut {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        // The layer that knows the request id renders it again.
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.respond(None)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let text = error.to_string();
        match error {
            Error::NotFound(_) | Error::Link(_) => Self::new(Kind::NotFound, text),
            Error::Forbidden(_) => Self::new(Kind::Forbidden, text),
            Error::SignedOut => Self::new(Kind::SignedOut, text),
            Error::Invalid(errors) => Self { errors, ..Self::new(Kind::InvalidField, text) },
            Error::Conflict(_) => Self::new(Kind::Conflict, text),
            Error::TooMany { seconds } => {
                Self { retry_after_s: Some(seconds), ..Self::new(Kind::TooMany, text) }
            }
            Error::Outside(_) => Self::new(Kind::Outside, text),
            Error::Store(error) => from_store(&error),
            other => internal(&other),
        }
    }
}

fn from_store(error: &StoreError) -> Problem {
    match error {
        StoreError::Duplicate { what, .. } => {
            tracing::info!(what, "a uniqueness rule was hit");
            Problem::new(Kind::AlreadyExists, "something with this name or address exists already")
        }
        StoreError::Full => {
            tracing::error!("the disk is full");
            Problem::new(Kind::DiskFull, "nothing was changed; try again when the operator has made room")
        }
        other => internal(other),
    }
}

fn internal(error: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%error, "a request failed");
    Problem::new(Kind::Internal, "the operator finds the reason in the log under this request id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_uri_of_its_own() {
        let uris: std::collections::HashSet<_> = Kind::ALL.iter().map(|k| k.uri()).collect();
        assert_eq!(uris.len(), Kind::ALL.len());
    }

    #[test]
    fn our_faults_say_nothing_to_the_client() {
        let error = Error::Store(StoreError::NoRow("UPDATE secrets".into()));
        let problem = Problem::from(error);
        assert_eq!(problem.kind, Kind::Internal);
        assert!(!problem.detail.contains("secrets"));
    }
}
