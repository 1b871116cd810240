//! The one error of the application: what a caller did wrong, or what failed underneath.

/// A field that cannot be accepted, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// "ticket 12", "answer 7312…": what was looked for.
    #[error("there is no {0}")]
    NotFound(String),
    #[error("your role does not allow this: {0}")]
    Forbidden(&'static str),
    #[error("sign in first")]
    SignedOut,
    #[error("{}", .0.iter().map(|e| format!("{}: {}", e.field, e.message)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<FieldError>),
    #[error(transparent)]
    Link(#[from] domain::links::BadLink),
    /// The state of things does not allow it (now).
    #[error("{0}")]
    Conflict(String),
    #[error("too many attempts; try again in {seconds} s")]
    TooMany { seconds: i64 },
    /// The world outside (SMTP, a translator) did not do its part; the text is for the admin.
    #[error("{0}")]
    Outside(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, message)])
    }
}

pub use store::Error as StoreError;

pub type Result<T, E = Error> = std::result::Result<T, E>;
