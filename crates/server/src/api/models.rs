//! Models: which is in use, what training does, and the way back.

use app::{automation, models};
use axum::extract::State;
use axum::http::StatusCode;
use domain::Millis;
use domain::words::{ModelState, TrainWhen};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Path;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(train)).routes(routes!(put_in_use))
}

#[derive(Debug, Serialize, ToSchema)]
struct Models {
    in_use: Option<i64>,
    /// Why this server cannot read the model in use, if so: agents answer until that is mended.
    unreadable: Option<String>,
    /// The encoder whose embeddings are used beside the n-grams: SHA-256 of its weights.
    encoder: Option<String>,
    training: Option<Training>,
    next: NextTraining,
    items: Vec<ModelItem>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Training {
    phase: String,
    /// From 0 to 1, within the phase.
    progress: f64,
}

/// What the next training waits for.
#[derive(Debug, Serialize, ToSchema)]
struct NextTraining {
    when: TrainWhen,
    /// Labels given or mended since the newest model was made.
    new_labels: i64,
    /// So many make a training worth its while, where it waits for that.
    enough: i64,
    /// When it is due by the clock.
    next_at: Option<Millis>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ModelItem {
    version: i64,
    state: ModelState,
    created_at: Millis,
    in_use_at: Option<Millis>,
    bytes: i64,
    /// Figures on tickets that it did not learn from.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    summary: serde_json::Value,
}

async fn all(state: &AppState) -> Result<Models, Problem> {
    let kept = models::all(&state.app).await?;
    let training = models::training(&state.app).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    let models::Outlook { when, new_labels, enough, next_at } = models::outlook(&state.app).await?;
    Ok(Models {
        next: NextTraining { when, new_labels, enough, next_at },
        unreadable: snapshot.unreadable.as_ref().map(automation::Unreadable::in_words),
        encoder: state.app.encoder.as_ref().map(|e| e.id().to_owned()),
        in_use: kept.iter().find(|m| m.state == ModelState::InUse).map(|m| m.version),
        training: training.map(|(phase, progress)| Training { phase, progress }),
        items: kept
            .into_iter()
            .map(|m| ModelItem {
                version: m.version,
                state: m.state,
                created_at: m.created_at,
                in_use_at: m.in_use_at,
                bytes: m.bytes,
                summary: m.summary,
            })
            .collect(),
    })
}

/// The models that are kept, newest first
#[utoipa::path(get, path = "/models", tag = "models", responses((status = 200, body = Models)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Models>, Problem> {
    Ok(axum::Json(all(&state).await?))
}

/// Trains a model in the background; it is put into use unless it is worse than the one before
#[utoipa::path(post, path = "/models/training", tag = "models", responses((status = 202, body = Models)))]
async fn train(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
) -> Result<(StatusCode, axum::Json<Models>), Problem> {
    models::request_training(&state.app, caller.actor).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(all(&state).await?)))
}

/// Puts a kept model into use
#[utoipa::path(post, path = "/models/{version}/use", tag = "models", params(("version" = i64, Path)),
    responses((status = 200, body = Models), (status = 404)))]
async fn put_in_use(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(version): Path<i64>,
) -> Result<axum::Json<Models>, Problem> {
    models::put_in_use(&state.app, caller.actor, version).await?;
    Ok(axum::Json(all(&state).await?))
}
