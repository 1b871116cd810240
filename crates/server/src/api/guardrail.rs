//! A category's guardrail: whether what is sent there is still right, and how a paused category comes back.

use app::automation;
use app::guardrail::{self, Stands, Task};
use axum::extract::State;
use domain::words::{PauseKind, Verdict};
use domain::{AnswerId, CategoryId, Millis};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::Path;
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(wrong)).routes(routes!(resume))
}

#[derive(Debug, Serialize, ToSchema)]
struct Guardrail {
    state: Stands,
    pause: Option<PauseView>,
    /// Since when reviews are counted: the category was switched on, or resumed.
    since: Option<Millis>,
    /// The precision that reviews are tested against.
    target: f64,
    right: i64,
    /// Wrong, but harmless.
    wrong: i64,
    harmful: i64,
    /// Reviews asked for in the last two weeks, and those of them left undone for 72 hours.
    asked: i64,
    late: i64,
    /// How far reviews speak against the promise, and at how much the category is paused.
    evidence: f64,
    limit: f64,
    returns: ReturnsView,
    /// Reviews of what is sent, a day.
    reviews_a_day: f64,
    /// The highest precision that a fall to would be found within a month, in four of five cases; null: none.
    finds: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PauseView {
    kind: PauseKind,
    at: Millis,
    why: String,
    /// What has to happen before it can be resumed; null when it can be now.
    blocked: Option<String>,
}

/// Answers that had two days to come back, and those that did.
#[derive(Debug, Serialize, ToSchema)]
struct ReturnsView {
    sent: i64,
    back: i64,
    /// What may come back; null until enough has been sent.
    allowed: Option<f64>,
    /// Clearly more in the last week than before: reviews are five times as many.
    rises: bool,
}

async fn view(state: &AppState, id: CategoryId) -> Result<axum::Json<Guardrail>, Problem> {
    let it = guardrail::state(&state.app, id).await?;
    let blocked = it.blocked;
    Ok(axum::Json(Guardrail {
        state: it.stands,
        pause: it.pause.map(|p| PauseView { kind: p.kind, at: p.at, why: p.why, blocked }),
        since: it.since,
        target: it.target,
        right: it.right,
        wrong: it.wrong,
        harmful: it.harmful,
        asked: it.backlog.wanted,
        late: it.backlog.late,
        evidence: it.wealth,
        limit: it.limit,
        returns: ReturnsView {
            sent: it.returns.sent,
            back: it.returns.back,
            allowed: it.returns.allowed,
            rises: it.returns.rises,
        },
        reviews_a_day: it.reviews_a_day,
        finds: it.finds,
    }))
}

/// How the guardrail of a category stands
#[utoipa::path(get, path = "/categories/{id}/guardrail", tag = "categories", params(("id" = CategoryId, Path)),
    responses((status = 200, body = Guardrail), (status = 404)))]
async fn show(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
) -> Result<axum::Json<Guardrail>, Problem> {
    view(&state, id).await
}

/// What a review found wrong.
#[derive(Debug, Serialize, ToSchema)]
struct WrongAnswer {
    /// The ticket's number.
    number: i64,
    verdict: Verdict,
    sent: Option<AnswerRef>,
    /// What would have been right; null when no answer fits.
    right: Option<AnswerRef>,
    reviewed_at: Millis,
}

/// The wrong answers behind the guardrail's counts, newest first
#[utoipa::path(get, path = "/categories/{id}/guardrail/wrong", tag = "categories", params(("id" = CategoryId, Path)),
    responses((status = 200, body = Page<WrongAnswer>)))]
async fn wrong(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
) -> Result<axum::Json<Page<WrongAnswer>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let answer = |id: Option<AnswerId>| id.map(|id| AnswerRef::of(&snapshot, id));
    let item = |(number, task): (i64, Task)| {
        let settled = task.settled?;
        Some(WrongAnswer {
            number,
            verdict: settled.verdict,
            sent: answer(task.sent),
            right: answer(settled.answer),
            reviewed_at: settled.at,
        })
    };
    let wrong = guardrail::wrong(&state.app, id).await?;
    Ok(axum::Json(Page::whole(wrong.into_iter().filter_map(item).collect())))
}

/// Resumes a paused category; where answers were wrong, a new certificate has to be proved first
#[utoipa::path(post, path = "/categories/{id}/guardrail/resumption", tag = "categories",
    params(("id" = CategoryId, Path)), responses((status = 200, body = Guardrail), (status = 404), (status = 409)))]
async fn resume(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<CategoryId>,
) -> Result<axum::Json<Guardrail>, Problem> {
    guardrail::resume(&state.app, &caller, id).await?;
    view(&state, id).await
}
