//! The numbers on which every switch is decided.

use app::metrics::{Question, Report, csv, report};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use domain::periods::Period;
use domain::words::{Channel, Dimension};
use domain::{CategoryId, Millis, time::DAY};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Query;
use crate::{AppState, Problem};

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(metrics)).routes(routes!(table))
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
async fn metrics(State(state): State<AppState>, Query(asked): Query<Asked>) -> Result<Json<Report>, Problem> {
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
