//! `/api/v1`: thin handlers, one file a capability. What a route asks of its caller stands in [`crate::access`].

pub mod answers;
pub mod attachments;
pub mod audit;
pub mod categories;
mod document;
pub mod drift;
pub mod dry_run;
pub mod events;
pub mod experiments;
pub mod guardrail;
pub mod jobs;
pub mod learning;
pub mod mailbox;
pub mod metrics;
pub mod models;
pub mod people;
mod policy;
pub mod readings;
pub mod replay;
pub mod reviews;
pub mod room;
pub mod rules;
pub mod session;
pub mod settings;
pub mod suggestions;
pub mod tickets;
pub mod versions;

use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::AppState;
use crate::problem::ProblemBody;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Deskwise",
        description = "Self-hosted customer support. Errors are application/problem+json."
    ),
    // The last two stand only in parameters, which do not register what they refer to.
    components(schemas(ProblemBody, domain::words::Sort, domain::words::View))
)]
struct Document;

/// Every route of the API with its description.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", v1())
}

fn v1() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(attachments::router())
        .merge(answers::router())
        .merge(audit::router())
        .merge(categories::router())
        .merge(drift::router())
        .merge(dry_run::router())
        .merge(events::router())
        .merge(experiments::router())
        .merge(guardrail::router())
        .merge(versions::router())
        .merge(jobs::router())
        .merge(learning::router())
        .merge(suggestions::router())
        .merge(mailbox::router())
        .merge(metrics::router())
        .merge(models::router())
        .merge(people::router())
        .merge(readings::router())
        .merge(replay::router())
        .merge(reviews::router())
        .merge(room::router())
        .merge(rules::router())
        .merge(session::router())
        .merge(settings::router())
        .merge(tickets::router())
}

/// The OpenAPI document, as it is served and committed.
pub fn openapi() -> utoipa::openapi::OpenApi {
    document::exact(router().into_openapi())
}
