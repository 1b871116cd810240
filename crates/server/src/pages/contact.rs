//! `/contact`: the form, and the page that says that a question arrived.

use std::net::IpAddr;

use app::journey::intake::{self, NewTicket};
use app::limits::{self, Limit};
use app::{App, Error, FieldError, customer, help};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::links::Purpose;
use domain::time::{DAY, HOUR};
use domain::words::Channel;
use domain::{CategoryId, net};
use serde::Deserialize;

use super::failure::PageError;
use super::form::{MOST_BYTES, MOST_FILES, Submitted};
use super::{Frame, page};
use crate::{AppState, ClientAddress};

/// Questions from one network in an hour: an office shares one address.
const BY_NETWORK: Limit = Limit { most: 30, window: HOUR };
/// Questions in the name of one address in an hour.
const BY_ADDRESS: Limit = Limit { most: 6, window: HOUR };

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/contact", get(form).post(submit)).route("/contact/sent/{token}", get(sent))
}

/// What was filled in, so that nobody has to type it again.
#[derive(Debug, Default)]
struct Filled {
    name: String,
    email: String,
    category: String,
    subject: String,
    message: String,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactPage {
    frame: Frame,
    filled: Filled,
    categories: Vec<(CategoryId, String)>,
    errors: Vec<FieldError>,
    most_files: usize,
    most_mb: usize,
}

impl ContactPage {
    async fn load(state: &AppState, filled: Filled, errors: Vec<FieldError>) -> Result<Self, PageError> {
        let frame = Frame::load(state).await?;
        let pick = frame.settings.categories_on_form;
        let categories = if pick { help::categories(&state.app).await? } else { Vec::new() };
        Ok(Self {
            frame,
            filled,
            categories,
            errors,
            most_files: MOST_FILES,
            most_mb: MOST_BYTES / 1024 / 1024,
        })
    }

    /// What is wrong with a field; empty when nothing is.
    fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|error| error.field == field).map_or("", |error| &error.message)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn picked(&self, id: &CategoryId) -> bool {
        self.filled.category == id.to_string()
    }
}

#[derive(Debug, Deserialize)]
struct Prefilled {
    #[serde(default)]
    subject: String,
}

async fn form(State(state): State<AppState>, Query(asked): Query<Prefilled>) -> Result<Response, PageError> {
    let subject = asked.subject.chars().filter(|c| !c.is_control()).take(200).collect();
    page(&ContactPage::load(&state, Filled { subject, ..Filled::default() }, Vec::new()).await?)
}

async fn submit(
    State(state): State<AppState>,
    ClientAddress(address): ClientAddress,
    submitted: Submitted,
) -> Result<Response, PageError> {
    let filled = Filled {
        name: submitted.text("name").into(),
        email: submitted.text("email").into(),
        category: submitted.text("category").into(),
        subject: submitted.text("subject").into(),
        message: submitted.text("message").into(),
    };
    let mut errors = wrong(&filled, &submitted);
    if errors.is_empty() {
        match take(&state.app, address, &filled, submitted).await {
            Ok(path) => return Ok(Redirect::to(&path).into_response()),
            Err(Error::Invalid(fields)) => errors = in_our_words(fields),
            Err(error) => return Err(error.into()),
        }
    }
    let mut response = page(&ContactPage::load(&state, filled, errors).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// What a person can put right, in words for people.
fn wrong(filled: &Filled, submitted: &Submitted) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: String| errors.push(FieldError::new(field, message));
    if filled.email.is_empty() {
        wrong("email", "Enter your address, so that we can answer.".into());
    } else if !net::is_mail_address(&filled.email) {
        wrong("email", "This is not a complete address. It should look like name@example.com.".into());
    }
    if filled.message.is_empty() {
        wrong("message", "Write what we can help you with.".into());
    }
    if let Some(message) = submitted.wrong_files() {
        wrong("files", message);
    }
    // Programs fill in everything; a person whose browser did gets to see the field.
    if !submitted.text("website").is_empty() {
        wrong("website", "Leave this field empty: it tells programs from people.".into());
    }
    errors
}

/// The application names its fields as the API does.
fn in_our_words(fields: Vec<FieldError>) -> Vec<FieldError> {
    let named = |field: &str| match field {
        "requester.email" => "email",
        "requester.name" => "name",
        "body" => "message",
        "attachments" => "files",
        "category" => "category",
        _ => "subject",
    };
    fields
        .into_iter()
        .map(|e| FieldError::new(named(&e.field), format!("This field {}.", e.message)))
        .collect()
}

async fn take(app: &App, address: IpAddr, filled: &Filled, submitted: Submitted) -> Result<String, Error> {
    let email = filled.email.to_lowercase();
    let buckets =
        vec![(format!("form:{}", network(address)), BY_NETWORK), (format!("form:{email}"), BY_ADDRESS)];
    limits::take(app, buckets).await?;
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut new = NewTicket::new(Channel::Form, email, filled.message.as_str());
    new.requester_name = given(&filled.name);
    new.subject = given(&filled.subject);
    new.category = filled.category.parse().ok();
    new.attachments = submitted.files;
    let taken = intake::take(app, None, new).await?;
    customer::link(app, &taken.ticket, Purpose::Sent, DAY).await
}

/// One subscriber usually has a whole /64 of IPv6.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("{:?}", &v6.segments()[..4]),
    }
}

#[derive(Template)]
#[template(path = "sent.html")]
struct SentPage {
    frame: Frame,
    number: i64,
}

/// Shows no link to the ticket: whoever typed an address need not own it. The link comes by mail.
async fn sent(State(state): State<AppState>, Path(token): Path<String>) -> Result<Response, PageError> {
    let ticket = customer::open(&state.app, &token, Purpose::Sent).await?;
    page(&SentPage { frame: Frame::load(&state).await?, number: ticket.number })
}
