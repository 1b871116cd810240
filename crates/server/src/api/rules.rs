//! Rules: conditions under which an answer is given whatever the learner thinks.

use app::automation::{self, Snapshot};
use app::rules::{self, RuleChange};
use axum::extract::State;
use axum::http::StatusCode;
use domain::rules::{Conditions, Rule};
use domain::{AnswerId, RuleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Json, Path};
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change, remove))
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AnswerRef {
    pub(super) id: AnswerId,
    pub(super) title: String,
}

impl AnswerRef {
    pub(super) fn of(snapshot: &Snapshot, id: AnswerId) -> Self {
        Self { id, title: snapshot.answer(id).map(|a| a.answer.title.clone()).unwrap_or_default() }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct RuleItem {
    id: RuleId,
    name: String,
    /// Rules are asked in this order; the first that applies answers.
    position: i64,
    active: bool,
    conditions: Conditions,
    answer: AnswerRef,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct RuleBody {
    name: Option<String>,
    position: Option<i64>,
    active: Option<bool>,
    conditions: Option<Conditions>,
    answer: Option<AnswerId>,
}

impl From<RuleBody> for RuleChange {
    fn from(body: RuleBody) -> Self {
        let RuleBody { name, position, active, conditions, answer } = body;
        Self { name, position, active, conditions, answer }
    }
}

fn item(snapshot: &Snapshot, rule: &Rule) -> RuleItem {
    RuleItem {
        id: rule.id,
        name: rule.name.clone(),
        position: rule.position,
        active: rule.active,
        conditions: rule.conditions.clone(),
        answer: AnswerRef::of(snapshot, rule.answer),
    }
}

/// Rules in the order in which they are asked
#[utoipa::path(get, path = "/rules", tag = "rules", responses((status = 200, body = Page<RuleItem>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<RuleItem>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let items = snapshot.rules.iter().map(|r| item(&snapshot, &r.rule)).collect();
    Ok(axum::Json(Page::whole(items)))
}

/// Adds a rule; at least one condition is needed
#[utoipa::path(post, path = "/rules", tag = "rules", request_body = RuleBody,
    responses((status = 201, body = RuleItem), (status = 422)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<RuleBody>,
) -> Result<(StatusCode, axum::Json<RuleItem>), Problem> {
    let made = rules::create(&state.app, caller.actor, body.into()).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    Ok((StatusCode::CREATED, axum::Json(item(&snapshot, &made))))
}

/// Changes a rule
#[utoipa::path(patch, path = "/rules/{id}", tag = "rules", params(("id" = RuleId, Path)), request_body = RuleBody,
    responses((status = 200, body = RuleItem), (status = 404), (status = 422)))]
async fn change(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<RuleId>,
    Json(body): Json<RuleBody>,
) -> Result<axum::Json<RuleItem>, Problem> {
    let changed = rules::change(&state.app, caller.actor, id, body.into()).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    Ok(axum::Json(item(&snapshot, &changed)))
}

/// Removes a rule
#[utoipa::path(delete, path = "/rules/{id}", tag = "rules", params(("id" = RuleId, Path)),
    responses((status = 204), (status = 404)))]
async fn remove(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<RuleId>,
) -> Result<StatusCode, Problem> {
    rules::remove(&state.app, caller.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
