//! The numbers on which every switch is decided.

use app::metrics::{Question, Report, report};
use axum::Json;
use axum::extract::State;
use domain::periods::Period;
use domain::{CategoryId, Millis, time::DAY};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Query;
use crate::{AppState, Problem};

pub(super) fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(metrics))
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
    /// The buckets of the chart.
    #[serde(default)]
    period: Period,
}

/// Automation as bounds, CSAT by responder, reply and resolution times, over the tickets created in a period
#[utoipa::path(get, path = "/metrics", tag = "metrics", params(Asked), responses((status = 200, body = Report)))]
async fn metrics(State(state): State<AppState>, Query(asked): Query<Asked>) -> Result<Json<Report>, Problem> {
    let to = asked.to.unwrap_or_else(|| state.app.now() + 1);
    let zone = app::settings::load(&state.app).await?.time_zone.clone();
    let question = Question {
        from: asked.from.unwrap_or(to - 30 * DAY),
        to,
        category: asked.category,
        period: asked.period,
        zone,
    };
    Ok(Json(report(&state.app, &question).await?))
}
