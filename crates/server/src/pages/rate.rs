//! `/rate/{signed}`: good or bad, a comment, and changing one's mind.

use app::customer::{self, MOST_COMMENT};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::words::RatingValue;
use serde::Deserialize;

use super::failure::PageError;
use super::form::Submitted;
use super::{Frame, page};
use crate::AppState;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/rate/{token}", get(show).post(rate))
}

#[derive(Template)]
#[template(path = "rate.html")]
struct RatePage {
    frame: Frame,
    token: String,
    number: i64,
    subject: Option<String>,
    value: Option<RatingValue>,
    comment: String,
    saved: bool,
    error: String,
    most_comment: usize,
}

impl RatePage {
    fn is(&self, value: &str) -> bool {
        self.value.is_some_and(|v| v.as_str() == value)
    }
}

#[derive(Debug, Deserialize)]
struct Saved {
    saved: Option<String>,
}

async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    Query(saved): Query<Saved>,
) -> Result<Response, PageError> {
    let saved = saved.saved.is_some();
    page(&RatePage { saved, ..view(&state, token).await? })
}

async fn view(state: &AppState, token: String) -> Result<RatePage, PageError> {
    let (ticket, rating) = customer::rateable(&state.app, &token).await?;
    Ok(RatePage {
        frame: Frame::load(state).await?,
        token,
        number: ticket.number,
        subject: ticket.subject,
        value: rating.as_ref().map(|rating| rating.value),
        comment: rating.and_then(|rating| rating.comment).unwrap_or_default(),
        saved: false,
        error: String::new(),
        most_comment: MOST_COMMENT,
    })
}

async fn rate(
    State(state): State<AppState>,
    Path(token): Path<String>,
    submitted: Submitted,
) -> Result<Response, PageError> {
    let comment = submitted.text("comment").to_owned();
    let value = submitted.text("value").parse::<RatingValue>().ok();
    let error = match value {
        None => "Choose good or bad.".to_owned(),
        Some(value) => match customer::rate(&state.app, &token, value, Some(comment.clone())).await {
            Ok(()) => return Ok(Redirect::to(&format!("/rate/{token}?saved=1")).into_response()),
            Err(app::Error::Invalid(errors)) => {
                errors.first().map_or_else(String::new, |e| format!("The comment {}.", e.message))
            }
            Err(error) => return Err(error.into()),
        },
    };
    let mut response = page(&RatePage { value, comment, error, ..view(&state, token).await? })?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
