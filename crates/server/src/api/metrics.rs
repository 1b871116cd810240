//! The numbers on which every switch is decided.

use app::metrics::{self, Question, Report, csv, report};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use domain::words::{Channel, Dimension, Period};
use domain::{CategoryId, Millis, time::DAY};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Json as Body;
use crate::extract::Query;
use crate::{AppState, Problem, SignedIn};

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(numbers)).routes(routes!(table)).routes(routes!(
        mail,
        ask_for_mail,
        stop_mail
    ))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Tickets created from here on, epoch milliseconds; the last 30 days when left out.
    from: Option<Millis>,
    /// Tickets created before, epoch milliseconds; now when left out.
    to: Option<Millis>,
    /// Only this category and those below it.
    category: Option<CategoryId>,
    /// Who answered first, or `none`.
    responder: Option<String>,
    /// A language code, or `none`.
    language: Option<String>,
    channel: Option<Channel>,
    /// The id of the person who replied last, or `none`.
    agent: Option<String>,
    /// The team of the person who replied last, or `none`.
    team: Option<String>,
    /// The buckets of the chart.
    #[serde(default)]
    period: Period,
    /// What `groups` tells apart.
    by: Option<Dimension>,
}

impl Asked {
    fn question(self, now: Millis) -> Result<Question, Problem> {
        let to = self.to.unwrap_or(now + 1);
        Ok(Question {
            category: self.category,
            responder: with_or_without("responder", self.responder)?,
            language: with_or_without("language", self.language)?,
            channel: self.channel,
            agent: with_or_without("agent", self.agent)?,
            team: with_or_without("team", self.team)?,
            period: self.period,
            by: self.by.unwrap_or(Dimension::Category),
            ..Question::of(self.from.unwrap_or(to - 30 * DAY), to)
        })
    }
}

/// A value of a dimension as the filters take it: `none` asks for tickets without one.
pub(super) fn with_or_without<T: std::str::FromStr<Err: std::fmt::Display>>(
    field: &str,
    asked: Option<String>,
) -> Result<Option<Option<T>>, Problem> {
    let read = |text: String| match text.as_str() {
        "none" => Ok(None),
        text => text.parse().map(Some).map_err(|e: T::Err| app::Error::invalid(field, e.to_string())),
    };
    Ok(asked.map(read).transpose()?)
}

/// Automation as bounds, CSAT, times, contacts and agents' work over the tickets created in a period
#[utoipa::path(get, path = "/metrics", tag = "metrics", params(Asked), responses((status = 200, body = Report)))]
async fn numbers(State(state): State<AppState>, Query(asked): Query<Asked>) -> Result<Json<Report>, Problem> {
    let question = asked.question(state.app.now())?;
    Ok(Json(report(&state.app, &question).await?))
}

/// The same as CSV: the period, the period before, each value of `by`, and each bucket of the chart
#[utoipa::path(get, path = "/metrics/csv", tag = "metrics", params(Asked),
    responses((status = 200, body = String, content_type = "text/csv")))]
async fn table(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Problem> {
    let question = asked.question(state.app.now())?;
    let table = csv(&report(&state.app, &question).await?)?;
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"metrics.csv\""),
    ];
    Ok((head, table))
}

/// Whether the caller gets the report by mail.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ReportMail {
    /// Null: not at all.
    every: Option<Period>,
    /// When the next one is sent, on the morning after the period has ended.
    next_at: Option<Millis>,
    /// Whether mail may leave at all: the public address and the reply address are set.
    may_send: bool,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportMailBody {
    every: Period,
}

async fn told(state: &AppState, it: Option<metrics::Subscription>) -> Result<Json<ReportMail>, Problem> {
    let may_send = app::settings::load(&state.app).await?.may_send();
    let (every, next_at) = it.map(|it| (it.every, it.next_at)).unzip();
    Ok(Json(ReportMail { every, next_at, may_send }))
}

/// Whether the caller gets the report by mail, and when next
#[utoipa::path(get, path = "/metrics/mail", tag = "metrics",
    responses((status = 200, body = ReportMail), (status = 409)))]
async fn mail(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
) -> Result<Json<ReportMail>, Problem> {
    let it = metrics::subscription(&state.app, caller.person()?).await?;
    told(&state, it).await
}

/// Sends the caller the report of every day, week or month from now on
#[utoipa::path(put, path = "/metrics/mail", tag = "metrics", request_body = ReportMailBody,
    responses((status = 200, body = ReportMail), (status = 409), (status = 422)))]
async fn ask_for_mail(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Body(body): Body<ReportMailBody>,
) -> Result<Json<ReportMail>, Problem> {
    let it = metrics::subscribe(&state.app, caller.person()?, body.every).await?;
    told(&state, Some(it)).await
}

/// Sends the caller no more reports
#[utoipa::path(delete, path = "/metrics/mail", tag = "metrics", responses((status = 204), (status = 409)))]
async fn stop_mail(State(state): State<AppState>, SignedIn(caller): SignedIn) -> Result<StatusCode, Problem> {
    metrics::unsubscribe(&state.app, caller.person()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
