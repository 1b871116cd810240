//! Work that failed too often and waits for a person.

use app::jobs::dead;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{JobId, Millis};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Path;
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(retry)).routes(routes!(remove))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DeadJob {
    pub id: JobId,
    pub kind: String,
    pub error: Option<String>,
    pub attempts: i64,
    pub created_at: Millis,
    pub dead_at: Option<Millis>,
}

/// The failed jobs, newest first.
#[utoipa::path(get, path = "/jobs/dead", tag = "jobs", responses((status = 200, body = Page<DeadJob>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<DeadJob>>, Problem> {
    let jobs = dead::list(&state.app).await?;
    let items = jobs.into_iter().map(|job| DeadJob {
        id: job.id,
        kind: job.kind,
        error: job.error,
        attempts: job.attempts,
        created_at: job.created_at,
        dead_at: job.dead_at,
    });
    Ok(axum::Json(Page::whole(items.collect())))
}

/// Tries a failed job again.
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 204), (status = 404)))]
async fn retry(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<JobId>,
) -> Result<StatusCode, Problem> {
    dead::retry(&state.app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a failed job up.
#[utoipa::path(delete, path = "/jobs/{id}", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 204), (status = 404)))]
async fn remove(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<JobId>,
) -> Result<StatusCode, Problem> {
    dead::remove(&state.app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
