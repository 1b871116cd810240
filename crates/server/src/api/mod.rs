//! `/api/v1`: thin handlers, one file a capability. What a route asks of its caller stands in [`crate::access`].

mod metrics;

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
    components(schemas(ProblemBody))
)]
struct Document;

/// Every route of the API with its description.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .nest("/api/v1", OpenApiRouter::new().merge(metrics::router()))
}

/// The OpenAPI document, as it is served and committed.
pub fn openapi() -> utoipa::openapi::OpenApi {
    router().into_openapi()
}
