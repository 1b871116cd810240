//! Drift: whether the questions are still those that the certificates were made from.

use app::automation::{self, Snapshot};
use app::drift::{self, Shown};
use axum::extract::State;
use axum::http::StatusCode;
use domain::drift::{Day, Figure};
use domain::{CategoryId, Millis};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::paging::Page;
use crate::{AppState, Problem};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(look))
}

/// The last look at a category, or at all tickets.
#[derive(Debug, Serialize, ToSchema)]
struct DriftItem {
    /// Null: all tickets together.
    category: Option<Named>,
    looked_at: Millis,
    /// Tickets that the model was reported on.
    older: i64,
    /// Tickets of the last week.
    newer: i64,
    figures: Vec<FigureItem>,
    /// The last four weeks, as far as the model in use has read them.
    days: Vec<Day>,
    drifted: Option<Drifted>,
    /// Answers that more tickets ask for than before.
    risen: Vec<Risen>,
    /// Newer tickets that show it best.
    tickets: Vec<Example>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DriftCategory)]
struct Named {
    id: CategoryId,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DriftMeasured)]
struct FigureItem {
    #[serde(flatten)]
    figure: Figure,
    /// Beyond chance, and large enough to matter.
    drifts: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct Drifted {
    why: String,
    /// When it began.
    since: Millis,
    /// When it was first seen.
    found_at: Millis,
}

/// Shares of the tickets.
#[derive(Debug, Serialize, ToSchema)]
struct Risen {
    answer: AnswerRef,
    before: f64,
    after: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DriftTicket)]
struct Example {
    number: i64,
    subject: String,
}

fn item(snapshot: &Snapshot, Shown { look, tickets }: Shown) -> DriftItem {
    let named = |id| snapshot.category(id).map(|c| Named { id, name: c.name.clone() });
    DriftItem {
        category: named(look.category),
        looked_at: look.looked_at,
        older: look.older,
        newer: look.newer,
        figures: look
            .found
            .figures
            .into_iter()
            .map(|figure| FigureItem { drifts: figure.is_drift(), figure })
            .collect(),
        days: look.found.days,
        drifted: look.drifted.map(|d| Drifted { why: d.why, since: d.since, found_at: d.found_at }),
        risen: look
            .found
            .risen
            .into_iter()
            .map(|r| Risen { answer: AnswerRef::of(snapshot, r.answer), before: r.before, after: r.after })
            .collect(),
        tickets: tickets.into_iter().map(|(number, subject)| Example { number, subject }).collect(),
    }
}

/// The last looks: all tickets first, then categories with drift, then the others
#[utoipa::path(get, path = "/drift", tag = "drift", responses((status = 200, body = Page<DriftItem>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<DriftItem>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let shown = drift::shown(&state.app).await?;
    // A category that is gone has nothing to show.
    let is_there =
        |s: &Shown| s.look.category == CategoryId::DEFAULT || snapshot.category(s.look.category).is_some();
    let items = shown.into_iter().filter(is_there).map(|s| item(&snapshot, s)).collect();
    Ok(axum::Json(Page::whole(items)))
}

/// Looks again in the background, instead of once a day
#[utoipa::path(post, path = "/drift/look", tag = "drift", responses((status = 202)))]
async fn look(State(state): State<AppState>) -> Result<StatusCode, Problem> {
    drift::request(&state.app).await?;
    Ok(StatusCode::ACCEPTED)
}
