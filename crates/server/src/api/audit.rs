//! The audit: everything that happened, in words.

use app::history;
use axum::extract::State;
use domain::{EventId, Millis};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Query;
use crate::paging::{Page, PageQuery};
use crate::{AppState, Problem};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Debug, Serialize, ToSchema)]
struct ActorView {
    #[schema(example = "user")]
    kind: String,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct AuditEntry {
    id: EventId,
    at: Millis,
    #[schema(example = "policy.changed")]
    kind: String,
    actor: ActorView,
    /// The number of the ticket it is about.
    ticket_number: Option<i64>,
    text: String,
}

impl From<history::Entry> for AuditEntry {
    fn from(e: history::Entry) -> Self {
        let actor = ActorView { kind: e.actor_kind, name: e.actor };
        Self { id: e.id, at: e.at, kind: e.kind, actor, ticket_number: e.ticket, text: e.text }
    }
}

/// What happened, newest first
#[utoipa::path(get, path = "/audit", tag = "audit", params(PageQuery),
    responses((status = 200, body = Page<AuditEntry>)))]
async fn list(
    State(state): State<AppState>,
    Query(query): Query<PageQuery>,
) -> Result<axum::Json<Page<AuditEntry>>, Problem> {
    let limit = query.limit()?;
    let entries = history::page(&state.app, query.id()?, limit + 1).await?;
    let items = entries.into_iter().map(AuditEntry::from).collect();
    Ok(axum::Json(Page::of(items, limit, |entry: &AuditEntry| entry.id.0.to_string())))
}
