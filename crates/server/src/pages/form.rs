//! A form as a browser sends it, with or without files.

use std::collections::HashMap;

use app::journey::intake::NewAttachment;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Form, FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};

use super::failure::PageError;

/// Files of one form.
pub(super) const MOST_FILES: usize = 5;
/// Bytes of all files of one form together.
pub(super) const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Bytes of a whole request, with room for the texts.
pub(super) const MOST_BODY: usize = MOST_BYTES + 1024 * 1024;

/// The fields that were filled in, and the files.
#[derive(Debug, Default)]
pub(super) struct Submitted {
    fields: HashMap<String, String>,
    pub(super) files: Vec<NewAttachment>,
}

impl Submitted {
    /// The text of a field, without space around it; empty when it was not sent.
    pub(super) fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    /// What is wrong with the files, in words for their sender.
    pub(super) fn wrong_files(&self) -> Option<String> {
        let bytes: usize = self.files.iter().map(|file| file.content.len()).sum();
        if self.files.len() > MOST_FILES {
            return Some(format!("You chose {} files; at most {MOST_FILES} can be sent.", self.files.len()));
        }
        (bytes > MOST_BYTES).then(|| format!("The files may have {} MB together.", MOST_BYTES / 1024 / 1024))
    }
}

impl<S: Send + Sync> FromRequest<S> for Submitted {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/") {
            let Form(fields) = Form::<HashMap<String, String>>::from_request(request, state)
                .await
                .map_err(|rejection| refused(rejection.status()))?;
            return Ok(Self { fields, files: Vec::new() });
        }
        let parts = Multipart::from_request(request, state).await.map_err(|_| PageError::unreadable())?;
        read(parts).await
    }
}

async fn read(mut parts: Multipart) -> Result<Submitted, PageError> {
    let broken = |error: MultipartError| refused(error.status());
    let mut submitted = Submitted::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        if let Some(name) = part.file_name().map(str::to_owned) {
            submitted.files.extend(file(part, name).await.map_err(broken)?);
        } else {
            let name = part.name().unwrap_or_default().to_owned();
            submitted.fields.insert(name, part.text().await.map_err(broken)?);
        }
    }
    Ok(submitted)
}

/// A file; a browser sends an empty one without a name where none was chosen.
async fn file(part: Field<'_>, name: String) -> Result<Option<NewAttachment>, MultipartError> {
    let media_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let content = part.bytes().await?;
    Ok((!name.is_empty() || !content.is_empty()).then_some(NewAttachment { name, media_type, content }))
}

fn refused(status: StatusCode) -> PageError {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => PageError::too_large(MOST_BYTES / 1024 / 1024),
        _ => PageError::unreadable(),
    }
}
