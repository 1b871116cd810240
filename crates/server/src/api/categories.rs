//! Categories with their policy, its certificate, and how automation does there.

#![expect(clippy::option_option, reason = "left out and null are different wishes")]

use std::collections::HashMap;

use app::categories::{self, CategoryChange, NewCategory};
use app::policies::{self, Scope};
use app::{Actor, automation};
use axum::extract::State;
use axum::http::StatusCode;
use domain::CategoryId;
use domain::policy::PolicyChange;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::policy::{Certificate, Need, Policy};
use super::versions::Recall;
use crate::extract::{Json, Path};
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(change))
        .routes(routes!(set_policy))
        .routes(routes!(set_all))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryRef {
    pub id: CategoryId,
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryItem {
    id: CategoryId,
    name: String,
    parent: Option<CategoryRef>,
    tickets_30d: i64,
    open: i64,
    policy: Policy,
    /// The promise that holds now.
    certificate: Option<Certificate>,
    /// The last attempt in words, whether it succeeded or not.
    certificate_text: Option<String>,
    need: Option<Need>,
    automation: Automation,
}

/// Tickets of the last 30 days that were resolved without an agent's touch: confirmed by the customer, or without
/// a word; and those where an automatic answer failed.
#[derive(Debug, Default, Serialize, ToSchema)]
struct Automation {
    confirmed: i64,
    silent: i64,
    failed: i64,
    total: i64,
}

/// A category after a switch, and what the switch withdrew.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Switched {
    #[serde(flatten)]
    pub(super) category: CategoryItem,
    pub(super) recall: Recall,
}

/// All categories after a switch of all, and what it withdrew.
#[derive(Debug, Serialize, ToSchema)]
struct SwitchedAll {
    items: Vec<CategoryItem>,
    next: Option<String>,
    recall: Recall,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCategoryBody {
    name: String,
    parent: Option<CategoryId>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CategoryChangeBody {
    name: Option<String>,
    /// `null` makes it stand by itself.
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<CategoryId>)]
    parent: Option<Option<CategoryId>>,
}

async fn items(state: &AppState) -> Result<Vec<CategoryItem>, Problem> {
    let app = &state.app;
    let snapshot = automation::snapshot(app).await?;
    let load = categories::load(app).await?;
    let recent: HashMap<_, _> = load.recent.into_iter().map(|r| (r.category, r)).collect();
    let open: HashMap<_, _> = load.open.into_iter().collect();
    let item = |category: &domain::answers::Category| {
        let attempt = snapshot.certificate(category.id);
        let parent = category.parent.and_then(|id| snapshot.category(id));
        let recent = recent.get(&category.id);
        CategoryItem {
            id: category.id,
            name: category.name.clone(),
            parent: parent.map(|p| CategoryRef { id: p.id, name: p.name.clone() }),
            tickets_30d: recent.map_or(0, |r| r.total),
            open: open.get(&category.id).copied().unwrap_or(0),
            policy: Policy::of(&snapshot, category.id, app.now()),
            certificate: Certificate::of(&snapshot, category.id, app.now()),
            certificate_text: attempt.map(domain::certificate::Certificate::text),
            need: attempt.and_then(Need::of),
            automation: recent.map_or_else(Automation::default, |r| Automation {
                confirmed: r.confirmed,
                silent: r.silent,
                failed: r.failed,
                total: r.total,
            }),
        }
    };
    Ok(snapshot.categories.iter().map(item).collect())
}

pub(super) async fn item(state: &AppState, id: CategoryId) -> Result<CategoryItem, Problem> {
    let found = items(state).await?.into_iter().find(|c| c.id == id);
    found.ok_or_else(|| app::Error::NotFound(format!("category {id}")).into())
}

/// All categories by name, each with its policy
#[utoipa::path(get, path = "/categories", tag = "categories", responses((status = 200, body = Page<CategoryItem>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<CategoryItem>>, Problem> {
    Ok(axum::Json(Page::whole(items(&state).await?)))
}

/// Adds a category
#[utoipa::path(post, path = "/categories", tag = "categories", request_body = NewCategoryBody,
    responses((status = 201, body = CategoryItem), (status = 422)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewCategoryBody>,
) -> Result<(StatusCode, axum::Json<CategoryItem>), Problem> {
    let actor: Actor = caller.actor;
    let new = NewCategory { name: body.name, parent: body.parent };
    let made = categories::create(&state.app, actor, new).await?;
    Ok((StatusCode::CREATED, axum::Json(item(&state, made.id).await?)))
}

/// Renames a category, or puts it below another
#[utoipa::path(patch, path = "/categories/{id}", tag = "categories", params(("id" = CategoryId, Path)),
    request_body = CategoryChangeBody, responses((status = 200, body = CategoryItem), (status = 404), (status = 422)))]
async fn change(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<CategoryId>,
    Json(body): Json<CategoryChangeBody>,
) -> Result<axum::Json<CategoryItem>, Problem> {
    let change = CategoryChange { name: body.name, parent: body.parent };
    categories::change(&state.app, caller.actor, id, change).await?;
    Ok(axum::Json(item(&state, id).await?))
}

/// Switches a category's automation, and tries for its certificate where it needs one. Switched off, automatic replies
/// that have not been sent are withdrawn; the answer waits up to ten seconds for those being sent at that moment
#[utoipa::path(put, path = "/categories/{id}/policy", tag = "categories", params(("id" = CategoryId, Path)),
    request_body = PolicyChange, responses((status = 200, body = Switched), (status = 404), (status = 422)))]
async fn set_policy(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<CategoryId>,
    Json(change): Json<PolicyChange>,
) -> Result<axum::Json<Switched>, Problem> {
    let done = policies::set(&state.app, &caller, Scope::Category(id), change).await?;
    Ok(axum::Json(Switched { category: item(&state, id).await?, recall: done.recalled.into() }))
}

/// Switches every category and the default for later ones, under one pooled certificate
#[utoipa::path(put, path = "/policies", tag = "categories", request_body = PolicyChange,
    responses((status = 200, body = SwitchedAll), (status = 422)))]
async fn set_all(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(change): Json<PolicyChange>,
) -> Result<axum::Json<SwitchedAll>, Problem> {
    let done = policies::set(&state.app, &caller, Scope::All, change).await?;
    Ok(axum::Json(SwitchedAll { items: items(&state).await?, next: None, recall: done.recalled.into() }))
}
