//! `/t/{signed}`: a customer's conversation, and what they can do with it.

use app::customer::{self, Conversation};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::quotes::cut;
use domain::tickets::Message;
use domain::words::{Author, Status};
use domain::{AttachmentId, Millis};
use serde::Deserialize;

use super::failure::PageError;
use super::form::{MOST_BYTES, MOST_FILES, Submitted};
use super::text::{SafeHtml, paragraphs};
use super::{Frame, page};
use crate::AppState;

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/t/{token}", get(show))
        .route("/t/{token}/reply", post(reply))
        .route("/t/{token}/helped", post(helped))
        .route("/t/{token}/not-helped", post(not_helped))
        .route("/t/{token}/files/{id}", get(file))
}

/// A file as its reader sees it.
struct File {
    id: AttachmentId,
    name: String,
    size: String,
}

/// A message as its reader sees it.
struct Shown {
    who: String,
    ours: bool,
    automatic: bool,
    at: Millis,
    text: SafeHtml,
    quoted: Option<SafeHtml>,
    files: Vec<File>,
}

#[derive(Template)]
#[template(path = "ticket.html")]
struct TicketPage {
    frame: Frame,
    token: String,
    title: String,
    number: i64,
    status: &'static str,
    messages: Vec<Shown>,
    ask_whether_it_helped: bool,
    /// What was just done, to be confirmed.
    done: Option<&'static str>,
    draft: String,
    error: String,
    most_files: usize,
    most_mb: usize,
}

#[derive(Debug, Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    fn in_words(&self) -> Option<&'static str> {
        match self.done.as_str() {
            "helped" => Some("Good to hear. Thank you for telling us."),
            "not-helped" => Some("Thank you for telling us. A person will read this and answer you."),
            "reply" => Some("Your message has arrived. A person will read it."),
            _ => None,
        }
    }
}

async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, PageError> {
    let conversation = customer::conversation(&state.app, &token).await?;
    page(&view(&state, token, conversation, done.in_words()).await?)
}

async fn view(
    state: &AppState,
    token: String,
    conversation: Conversation,
    done: Option<&'static str>,
) -> Result<TicketPage, PageError> {
    let frame = Frame::load(state).await?;
    let ticket = &conversation.ticket;
    let title = ticket.subject.clone().unwrap_or_else(|| "Your question".to_owned());
    Ok(TicketPage {
        messages: conversation.messages.iter().map(|m| shown(m, &conversation, frame.company())).collect(),
        number: ticket.number,
        status: status(ticket.status),
        ask_whether_it_helped: customer::may_say_whether_it_helped(ticket),
        done,
        draft: String::new(),
        error: String::new(),
        most_files: MOST_FILES,
        most_mb: MOST_BYTES / 1024 / 1024,
        title,
        token,
        frame,
    })
}

fn shown(message: &Message, conversation: &Conversation, company: &str) -> Shown {
    let cut = cut(&message.body);
    let own = conversation.requester.name.as_deref().unwrap_or(&conversation.requester.email);
    let files = conversation.attachments.iter().filter(|file| file.message == message.id);
    Shown {
        who: if message.author == Author::Requester { own } else { company }.to_owned(),
        ours: message.author != Author::Requester,
        automatic: message.author == Author::Automatic,
        at: message.created_at,
        text: paragraphs(cut.own),
        quoted: (!cut.quoted.is_empty()).then(|| paragraphs(cut.quoted)),
        files: files.map(|f| File { id: f.id, name: f.name.clone(), size: size(f.size) }).collect(),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::New | Status::Open => "With us",
        Status::Pending => "Waiting for you",
        Status::OnHold => "On hold",
        Status::Solved => "Answered",
        Status::Closed => "Closed",
    }
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

async fn reply(
    State(state): State<AppState>,
    Path(token): Path<String>,
    submitted: Submitted,
) -> Result<Response, PageError> {
    let text = submitted.text("message").to_owned();
    let missing = || "Write a message, or choose a file.".to_owned();
    let empty = text.is_empty() && submitted.files.is_empty();
    let error = match submitted.wrong_files().or_else(|| empty.then(missing)) {
        Some(error) => error,
        None => match customer::reply(&state.app, &token, text.clone(), submitted.files).await {
            Ok(_) => return Ok(back(&token, "reply")),
            Err(app::Error::Invalid(errors)) => {
                errors.first().map_or_else(missing, |e| format!("Your message {}.", e.message))
            }
            Err(error) => return Err(error.into()),
        },
    };
    let conversation = customer::conversation(&state.app, &token).await?;
    let view = TicketPage { draft: text, error, ..view(&state, token, conversation, None).await? };
    let mut response = page(&view)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn helped(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, PageError> {
    customer::helped(&state.app, &token).await?;
    Ok(back(&token, "helped"))
}

async fn not_helped(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, PageError> {
    customer::not_helped(&state.app, &token).await?;
    Ok(back(&token, "not-helped"))
}

/// Back to the page, so that loading it again does nothing twice.
fn back(token: &str, done: &str) -> Response {
    Redirect::to(&format!("/t/{token}?done={done}#end")).into_response()
}

/// A file is always saved, never shown as a page of ours.
async fn file(
    State(state): State<AppState>,
    Path((token, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let missing = || app::Error::NotFound(format!("file {id}"));
    let id: AttachmentId = id.parse().map_err(|_| missing())?;
    let (file, content) = customer::attachment(&state.app, &token, id).await?;
    let ascii: String = file.name.chars().map(|c| if c.is_ascii_graphic() { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{}\"", ascii.replace(['"', '\\'], "_"));
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, content).into_response())
}
