//! Learning: labels mended by hand, many at once, and the way back.

use app::automation;
use app::learning::{self, Mend};
use axum::extract::State;
use axum::http::StatusCode;
use domain::{AnswerId, Millis, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::{Json, Path};
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, mend)).routes(routes!(undo))
}

/// Tickets whose label was mended in one act.
#[derive(Debug, Serialize, ToSchema)]
struct MendItem {
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String)]
    id: i64,
    /// What they teach instead; null: that no answer fits.
    answer: Option<AnswerRef>,
    user: Option<UserId>,
    /// How they were found, in words.
    found: String,
    tickets: i64,
    created_at: Millis,
    undone_at: Option<Millis>,
}

fn as_text<S: serde::Serializer>(id: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMend {
    /// Numbers of tickets that have been answered: up to 10,000.
    tickets: Vec<i64>,
    /// What they are to teach; null: that no answer fits.
    answer: Option<AnswerId>,
    /// How they were found, in words.
    #[serde(default)]
    found: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Mended {
    id: String,
}

/// The last acts of mending, newest first
#[utoipa::path(get, path = "/learning/mends", tag = "learning", responses((status = 200, body = Page<MendItem>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<MendItem>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let item = |act: learning::Act| MendItem {
        id: act.id,
        answer: act.answer.map(|id| AnswerRef::of(&snapshot, id)),
        user: act.user,
        found: act.found,
        tickets: act.tickets,
        created_at: act.created_at,
        undone_at: act.undone_at,
    };
    let acts = learning::mends(&state.app).await?;
    Ok(axum::Json(Page::whole(acts.into_iter().map(item).collect())))
}

/// Gives tickets another answer to learn from, all of them or none; what certifies stays as it was
#[utoipa::path(post, path = "/learning/mends", tag = "learning", request_body = NewMend,
    responses((status = 201, body = Mended), (status = 422)))]
async fn mend(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(new): Json<NewMend>,
) -> Result<(StatusCode, axum::Json<Mended>), Problem> {
    let NewMend { tickets, answer, found } = new;
    let id = learning::mend(&state.app, &caller, Mend { tickets, answer, found }).await?;
    Ok((StatusCode::CREATED, axum::Json(Mended { id: id.to_string() })))
}

/// Undoes an act of mending, however long ago
#[utoipa::path(delete, path = "/learning/mends/{id}", tag = "learning", params(("id" = String, Path)),
    responses((status = 204), (status = 404)))]
async fn undo(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    learning::undo(&state.app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
