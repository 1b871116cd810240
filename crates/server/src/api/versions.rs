//! The versions of a category's policy, and the way back to one; and what a switch withdraws.

use app::policies::{self, Version};
use app::recall::Recalled;
use axum::extract::State;
use domain::hours::Hours;
use domain::policy::{Difference, Never};
use domain::words::{Mode, Order};
use domain::{CategoryId, Millis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::categories::{Switched, item};
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, PageQuery};
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(restore))
}

/// What became of automatic replies that had not been sent when their category stopped answering by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Recall {
    /// How many were withdrawn.
    withdrawn: usize,
    /// Numbers of tickets whose reply was with the mail server at that moment, and left before this answer.
    left: Vec<i64>,
    /// Numbers of tickets whose reply was still being sent ten seconds later.
    unrecalled: Vec<i64>,
}

impl From<Recalled> for Recall {
    fn from(it: Recalled) -> Self {
        Self { withdrawn: it.withdrawn, left: it.left, unrecalled: it.unrecalled }
    }
}

/// A policy as it was.
#[derive(Debug, Serialize, ToSchema)]
struct PolicyVersion {
    version: i64,
    /// The one in force.
    current: bool,
    mode: Mode,
    precision: f64,
    confidence: f64,
    rollout: f64,
    holdout: f64,
    blind: f64,
    languages: Vec<String>,
    hours: Option<Hours>,
    never: Never,
    order: Order,
    pooled: bool,
    /// Null: as Deskwise came.
    changed_at: Option<Millis>,
    changed_by: String,
    reason: Option<String>,
    /// What it changed of the version before; null for the first that is known.
    changes: Option<Vec<Difference>>,
    /// What returning to it would change now.
    back: Vec<Difference>,
}

impl From<Version> for PolicyVersion {
    fn from(it: Version) -> Self {
        let Version { policy, changed, back, current } = it;
        Self {
            version: policy.version,
            current,
            mode: policy.mode,
            precision: policy.target,
            confidence: policy.confidence,
            rollout: policy.rollout,
            holdout: policy.holdout,
            blind: policy.blind,
            languages: policy.languages,
            hours: policy.hours,
            never: policy.never,
            order: policy.order,
            pooled: policy.pooled,
            changed_at: (policy.version > 0).then_some(policy.changed_at),
            changed_by: policy.changed_by,
            reason: policy.reason,
            changes: changed,
            back,
        }
    }
}

/// Every version of a category's policy, newest first: who changed what, when and why
#[utoipa::path(get, path = "/categories/{id}/policy/versions", tag = "categories",
    params(("id" = CategoryId, Path), PageQuery),
    responses((status = 200, body = Page<PolicyVersion>), (status = 404)))]
async fn list(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<PolicyVersion>>, Problem> {
    let limit = query.limit()?;
    let versions = policies::versions(&state.app, id, query.id()?, limit + 1).await?;
    let items = versions.into_iter().map(PolicyVersion::from).collect();
    Ok(axum::Json(Page::of(items, limit, |it: &PolicyVersion| it.version.to_string())))
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Return {
    /// Why, beside "Back to version 3".
    reason: Option<String>,
}

/// Returns to an earlier version of a category's policy, which becomes a new version
#[utoipa::path(post, path = "/categories/{id}/policy/versions/{version}/restore", tag = "categories",
    params(("id" = CategoryId, Path), ("version" = i64, Path)), request_body = Return,
    responses((status = 200, body = Switched), (status = 404), (status = 422)))]
async fn restore(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path((id, version)): Path<(CategoryId, i64)>,
    Json(body): Json<Return>,
) -> Result<axum::Json<Switched>, Problem> {
    let done = policies::restore(&state.app, &caller, id, version, body.reason).await?;
    Ok(axum::Json(Switched { category: item(&state, id).await?, recall: done.recalled.into() }))
}
