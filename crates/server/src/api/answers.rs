//! Answers: list, edit, preview, import.

#![expect(clippy::option_option, reason = "left out and null are different wishes")]

use std::collections::HashMap;

use app::answers::{self, AnswerChange, Imported};
use app::automation::{self, ReadyAnswer, Snapshot};
use app::templates::{self, Values};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use bytes::Bytes;
use domain::answers::Variant;
use domain::{AnswerId, CategoryId, Millis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use super::categories::CategoryRef;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, bad_cursor, limit};
use crate::{AppState, Problem, SignedIn};

/// Largest file of answers.
const MOST_FILE: usize = 8 << 20;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(preview))
        .routes(routes!(import).layer(DefaultBodyLimit::max(MOST_FILE)))
        .routes(routes!(get, change))
}

#[derive(Debug, Serialize, ToSchema)]
struct AnswerItem {
    id: AnswerId,
    key: String,
    title: String,
    category: Option<CategoryRef>,
    /// Empty until someone writes it.
    body: String,
    /// Whether there is a text that could be sent.
    sendable: bool,
    published: bool,
    languages: Vec<String>,
    archived: bool,
    interchangeable_with: Vec<AnswerId>,
    used_30d: i64,
    updated_at: Millis,
    variants: Vec<Variant>,
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Words that title, key or text must hold.
    q: Option<String>,
    category: Option<CategoryId>,
    /// Whether archived ones are listed instead of the others.
    archived: Option<bool>,
    cursor: Option<String>,
    limit: Option<String>,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct AnswerBody {
    title: Option<String>,
    /// A Liquid template; `null` or blank takes the text away.
    #[serde(deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<String>)]
    body: Option<Option<String>>,
    #[serde(deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<CategoryId>)]
    category: Option<Option<CategoryId>>,
    published: Option<bool>,
    archived: Option<bool>,
    /// All of them; those left out are removed.
    variants: Option<Vec<Variant>>,
    /// An answer that says the same as far as customers are concerned; `null` for none.
    #[serde(deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<AnswerId>)]
    interchangeable: Option<Option<AnswerId>>,
}

impl From<AnswerBody> for AnswerChange {
    fn from(body: AnswerBody) -> Self {
        Self {
            title: body.title,
            body: body.body,
            category: body.category,
            published: body.published,
            archived: body.archived,
            variants: body.variants,
            interchangeable: body.interchangeable,
        }
    }
}

fn item(snapshot: &Snapshot, it: &ReadyAnswer, used: &HashMap<AnswerId, i64>) -> AnswerItem {
    let answer = &it.answer;
    let category = answer.category.and_then(|id| snapshot.category(id));
    let group = answer.interchangeable;
    let alike = |other: &&std::sync::Arc<ReadyAnswer>| {
        group.is_some() && other.answer.interchangeable == group && other.answer.id != answer.id
    };
    AnswerItem {
        id: answer.id,
        key: answer.key.clone(),
        title: answer.title.clone(),
        category: category.map(|c| CategoryRef { id: c.id, name: c.name.clone() }),
        body: answer.body.clone().unwrap_or_default(),
        sendable: !answer.archived && (answer.body.is_some() || !it.variants.is_empty()),
        published: answer.published,
        languages: it.languages(),
        archived: answer.archived,
        interchangeable_with: snapshot.answers.iter().filter(alike).map(|a| a.answer.id).collect(),
        used_30d: used.get(&answer.id).copied().unwrap_or(0),
        updated_at: answer.updated_at,
        variants: it.variants.clone(),
    }
}

async fn one(state: &AppState, id: AnswerId) -> Result<AnswerItem, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let used = answers::used_30d(&state.app).await?;
    Ok(item(&snapshot, &*answers::find(&snapshot, id)?, &used))
}

/// Answers by title
#[utoipa::path(get, path = "/answers", tag = "answers", params(Asked), responses((status = 200, body = Page<AnswerItem>)))]
async fn list(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<axum::Json<Page<AnswerItem>>, Problem> {
    let limit = limit(asked.limit.as_deref())?;
    let from = match &asked.cursor {
        Some(cursor) => cursor.parse::<usize>().map_err(|_| bad_cursor(cursor))?,
        None => 0,
    };
    let snapshot = automation::snapshot(&state.app).await?;
    let used = answers::used_30d(&state.app).await?;
    let words: Vec<String> = asked.q.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let fits = |it: &&std::sync::Arc<ReadyAnswer>| {
        let answer = &it.answer;
        let text = || {
            format!("{} {} {}", answer.title, answer.key, answer.body.as_deref().unwrap_or_default())
                .to_lowercase()
        };
        answer.archived == asked.archived.unwrap_or(false)
            && asked.category.is_none_or(|c| answer.category == Some(c))
            && (words.is_empty() || words.iter().all(|w| text().contains(w)))
    };
    let mut items: Vec<AnswerItem> = snapshot
        .answers
        .iter()
        .filter(fits)
        .skip(from)
        .take(limit as usize + 1)
        .map(|it| item(&snapshot, it, &used))
        .collect();
    let more = items.len() as i64 > limit;
    items.truncate(limit as usize);
    let next = more.then(|| (from + limit as usize).to_string());
    Ok(axum::Json(Page { items, next }))
}

/// Adds an answer
#[utoipa::path(post, path = "/answers", tag = "answers", request_body = AnswerBody,
    responses((status = 201, body = AnswerItem), (status = 422)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<AnswerBody>,
) -> Result<(StatusCode, axum::Json<AnswerItem>), Problem> {
    let id = answers::create(&state.app, caller.actor, body.into()).await?;
    Ok((StatusCode::CREATED, axum::Json(one(&state, id).await?)))
}

/// One answer with its texts in other languages
#[utoipa::path(get, path = "/answers/{id}", tag = "answers", params(("id" = AnswerId, Path)),
    responses((status = 200, body = AnswerItem), (status = 404)))]
async fn get(
    State(state): State<AppState>,
    Path(id): Path<AnswerId>,
) -> Result<axum::Json<AnswerItem>, Problem> {
    Ok(axum::Json(one(&state, id).await?))
}

/// Changes an answer; a changed text ends the certificates that rested on it
#[utoipa::path(patch, path = "/answers/{id}", tag = "answers", params(("id" = AnswerId, Path)),
    request_body = AnswerBody, responses((status = 200, body = AnswerItem), (status = 404), (status = 422)))]
async fn change(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<AnswerId>,
    Json(body): Json<AnswerBody>,
) -> Result<axum::Json<AnswerItem>, Problem> {
    answers::change(&state.app, caller.actor, id, body.into()).await?;
    Ok(axum::Json(one(&state, id).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreviewBody {
    body: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Preview {
    text: String,
    html: String,
}

/// Renders a text with example values
#[utoipa::path(post, path = "/answers/preview", tag = "answers", request_body = PreviewBody,
    responses((status = 200, body = Preview), (status = 422)))]
async fn preview(
    State(state): State<AppState>,
    Json(body): Json<PreviewBody>,
) -> Result<axum::Json<Preview>, Problem> {
    let company = app::settings::load(&state.app).await?.company_name.clone();
    let text = templates::render(&body.body, &Values::example(&company))
        .map_err(|error| Problem::field("body", error.to_string()))?;
    Ok(axum::Json(Preview { html: templates::html(&text), text }))
}

/// Takes answers from a CSV file with the columns title, body and, if wanted, key, category and language
#[utoipa::path(post, path = "/answers/import", tag = "answers",
    request_body(content = String, content_type = "text/csv"), responses((status = 200, body = Imported), (status = 422)))]
async fn import(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    file: Bytes,
) -> Result<axum::Json<Imported>, Problem> {
    Ok(axum::Json(answers::import(&state.app, caller.actor, &file).await?))
}
