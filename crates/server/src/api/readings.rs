//! What was understood of a ticket, and answers made ready for it.

use app::automation;
use app::readings::{self, Shown};
use axum::extract::State;
use domain::AnswerId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::{Path, Query};
use crate::{AppState, Problem, SignedIn};

/// How much of a text is shown beside a suggestion.
const PREVIEW: usize = 200;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(reading)).routes(routes!(draft))
}

#[derive(Debug, Serialize, ToSchema)]
struct ReadingView {
    /// `blind`: hidden until the agent has chosen. `shadow`, `off`: nothing is suggested in this mode. `none`: nothing
    /// was read.
    state: Shown,
    language: Option<LanguageView>,
    model_version: Option<i64>,
    score: Option<f64>,
    threshold: Option<f64>,
    /// From 0 (like what was seen before) to 1 (unlike anything).
    novelty: Option<f64>,
    ranked: Vec<RankedView>,
    why: Vec<WordView>,
    similar: Vec<SimilarView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct LanguageView {
    code: String,
    confidence: f64,
}

#[derive(Debug, Serialize, ToSchema)]
struct RankedView {
    answer: Suggested,
    probability: f64,
}

#[derive(Debug, Serialize, ToSchema)]
struct Suggested {
    id: AnswerId,
    title: String,
    sendable: bool,
    body_preview: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct WordView {
    word: String,
    weight: f64,
}

#[derive(Debug, Serialize, ToSchema)]
struct SimilarView {
    number: i64,
    subject: String,
    answer: Option<AnswerRef>,
    similarity: f64,
}

/// Language, ranked answers, why, and past tickets like it
#[utoipa::path(get, path = "/tickets/{number}/reading", tag = "tickets", params(("number" = i64, Path)),
    responses((status = 200, body = ReadingView), (status = 404)))]
async fn reading(
    State(state): State<AppState>,
    Path(number): Path<i64>,
) -> Result<axum::Json<ReadingView>, Problem> {
    let view = readings::of(&state.app, number).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    let reading = view.reading.as_ref();
    let language = reading.and_then(|r| r.language.as_deref());
    let suggested = |id: AnswerId| {
        let answer = snapshot.answer(id);
        let text =
            answer.and_then(|a| a.draft(language).ok().or(a.answer.body.as_deref())).unwrap_or_default();
        Suggested {
            id,
            title: answer.map(|a| a.answer.title.clone()).unwrap_or_default(),
            sendable: answer.is_some_and(|a| a.text(language).is_ok()),
            body_preview: text.chars().take(PREVIEW).collect(),
        }
    };
    Ok(axum::Json(ReadingView {
        state: view.shown,
        language: reading.and_then(|r| {
            let confidence = r.language_confidence.unwrap_or(1.0);
            r.language.clone().map(|code| LanguageView { code, confidence })
        }),
        model_version: reading.and_then(|r| r.model_version),
        score: reading.and_then(|r| r.score),
        threshold: view.threshold,
        novelty: reading.and_then(|r| r.novelty),
        ranked: reading
            .map(|r| &r.ranked[..])
            .unwrap_or_default()
            .iter()
            .map(|r| RankedView { answer: suggested(r.answer), probability: r.probability })
            .collect(),
        why: view.why.into_iter().map(|w| WordView { word: w.word, weight: w.weight }).collect(),
        similar: view
            .similar
            .into_iter()
            .map(|s| SimilarView {
                number: s.number,
                subject: s.subject,
                answer: s.answer.map(|id| AnswerRef::of(&snapshot, id)),
                similarity: s.similarity,
            })
            .collect(),
    }))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DraftOf {
    answer: AnswerId,
}

#[derive(Debug, Serialize, ToSchema)]
struct Draft {
    body: String,
}

/// An answer rendered for this ticket, in its language, for the agent to edit
#[utoipa::path(get, path = "/tickets/{number}/draft", tag = "tickets", params(("number" = i64, Path), DraftOf),
    responses((status = 200, body = Draft), (status = 404), (status = 409)))]
async fn draft(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
    Query(asked): Query<DraftOf>,
) -> Result<axum::Json<Draft>, Problem> {
    let body = readings::draft(&state.app, &caller, number, asked.answer).await?;
    Ok(axum::Json(Draft { body }))
}
