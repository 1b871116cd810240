//! The only traits: what the world outside does for us, implemented in `channels`.

use futures::future::BoxFuture;

/// A mail as it leaves, every header of which is fixed before the first attempt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OutgoingMail {
    pub from_name: String,
    pub from_address: String,
    pub to: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub body: String,
    /// Without angle brackets.
    pub message_id: String,
    pub date: domain::Millis,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    /// `Auto-Submitted` and the like.
    pub headers: Vec<(String, String)>,
    pub files: Vec<MailFile>,
}

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MailFile {
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

/// How to reach the SMTP server.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    pub username: Option<String>,
    pub password: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    Tls,
    Starttls,
    None,
}

/// Why a mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Worth another try: connection, 4xx.
    #[error("{0}")]
    Temporary(String),
    /// 5xx, a bad address: never.
    #[error("{0}")]
    Permanent(String),
}

/// Mails that one process hands over at the same time: many servers refuse more connections, and what waits for one
/// could not be taken back.
pub const MAILS_AT_ONCE: usize = 4;

/// Hands one mail to one server.
pub trait Mailer: Send + Sync + 'static {
    fn send(&self, smtp: &Smtp, mail: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>>;
}
