//! Learning: labelled tickets looked over, mended by hand, many at once, and the way back.

use app::automation::{self, Snapshot};
use app::learning::{self, Labelled, Mend, Wanted};
use axum::extract::State;
use axum::http::StatusCode;
use domain::time::DAY;
use domain::words::{Choice, CustomerWord, LabelSource};
use domain::{AnswerId, Millis, TicketId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::metrics::with_or_without;
use super::rules::AnswerRef;
use super::tickets::dto::CategoryName;
use crate::extract::{Json, Path, Query};
use crate::paging::{self, Page};
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, mend))
        .routes(routes!(undo))
        .routes(routes!(tickets))
        .routes(routes!(labels))
}

/// Tickets whose label was mended in one act.
#[derive(Debug, Serialize, ToSchema)]
struct MendItem {
    #[serde(serialize_with = "as_text")]
    #[schema(value_type = String)]
    id: i64,
    /// What they teach instead; null: that no answer fits.
    answer: Option<AnswerRef>,
    user: Option<UserId>,
    /// What that person is called.
    by: Option<String>,
    /// How they were found, in words.
    found: String,
    tickets: i64,
    created_at: Millis,
    undone_at: Option<Millis>,
}

fn as_text<S: serde::Serializer>(id: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMend {
    /// Numbers of tickets that have been answered: up to 10,000.
    tickets: Vec<i64>,
    /// What they are to teach; null: that no answer fits.
    answer: Option<AnswerId>,
    /// How they were found, in words.
    #[serde(default)]
    found: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Mended {
    id: String,
}

/// The last acts of mending, newest first
#[utoipa::path(get, path = "/learning/mends", tag = "learning", responses((status = 200, body = Page<MendItem>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<MendItem>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let item = |act: learning::Act| MendItem {
        id: act.id,
        answer: act.answer.map(|id| AnswerRef::of(&snapshot, id)),
        user: act.user,
        by: act.by,
        found: act.found,
        tickets: act.tickets,
        created_at: act.created_at,
        undone_at: act.undone_at,
    };
    let acts = learning::mends(&state.app).await?;
    Ok(axum::Json(Page::whole(acts.into_iter().map(item).collect())))
}

/// Gives tickets another answer to learn from, all of them or none; what certifies stays as it was
#[utoipa::path(post, path = "/learning/mends", tag = "learning", request_body = NewMend,
    responses((status = 201, body = Mended), (status = 422)))]
async fn mend(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(new): Json<NewMend>,
) -> Result<(StatusCode, axum::Json<Mended>), Problem> {
    let NewMend { tickets, answer, found } = new;
    let id = learning::mend(&state.app, &caller, Mend { tickets, answer, found }).await?;
    Ok((StatusCode::CREATED, axum::Json(Mended { id: id.to_string() })))
}

/// Undoes an act of mending, however long ago
#[utoipa::path(delete, path = "/learning/mends/{id}", tag = "learning", params(("id" = String, Path)),
    responses((status = 204), (status = 404)))]
async fn undo(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<i64>,
) -> Result<StatusCode, Problem> {
    learning::undo(&state.app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Words that must all occur.
    q: Option<String>,
    /// Similar to this: a ticket's number, or the words of a question. At most 200, the most similar first; not
    /// together with `q` or `cursor`.
    similar: Option<String>,
    /// Labelled with this answer, or `none`: that no answer fits.
    answer: Option<String>,
    source: Option<LabelSource>,
    /// Only tickets about which sources disagree, and which nobody has mended.
    #[serde(default)]
    conflicts: bool,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many items, at most 100.
    limit: Option<String>,
}

/// A ticket, its label, and what else was said about which answer is right.
#[derive(Debug, Serialize, ToSchema)]
struct LabelledItem {
    number: i64,
    subject: Option<String>,
    /// The beginning of the first message.
    excerpt: String,
    category: CategoryName,
    created_at: Millis,
    /// The label; null: no answer fits.
    answer: Option<AnswerRef>,
    source: LabelSource,
    /// Whether it was said without having seen a suggestion: then it proves, too.
    unseen: bool,
    /// How an agent used an answer, where one replied.
    choice: Option<Choice>,
    /// The answer that this agent chose; null: written freely.
    chosen: Option<AnswerRef>,
    /// Share of words that differ from the chosen answer's text, 0 to 1.
    edited: Option<f64>,
    customer: Option<CustomerWord>,
    /// Whether somebody mended it.
    mended: bool,
    /// What it teaches since; null: that no answer fits.
    mended_answer: Option<AnswerRef>,
    /// How similar it is to what was asked for, 0 to 1; null unless `similar` was.
    similarity: Option<f64>,
}

fn item(snapshot: &Snapshot, it: Labelled, similarity: Option<f64>) -> LabelledItem {
    let answer = |id: Option<AnswerId>| id.map(|id| AnswerRef::of(snapshot, id));
    let name = snapshot.category(it.category).map(|c| c.name.clone()).unwrap_or_default();
    LabelledItem {
        number: it.number,
        subject: it.subject,
        excerpt: it.excerpt,
        category: CategoryName { id: it.category, name },
        created_at: it.created_at,
        answer: answer(it.answer),
        source: it.source,
        unseen: it.unseen,
        choice: it.choice,
        chosen: answer(it.chosen),
        edited: it.edited,
        customer: it.customer,
        mended: it.mended.is_some(),
        mended_answer: answer(it.mended.and_then(|m| m.answer)),
        similarity,
    }
}

/// Labelled tickets, to look over and mend: newest first, or the most similar first
#[utoipa::path(get, path = "/learning/tickets", tag = "learning", params(Asked),
    responses((status = 200, body = Page<LabelledItem>), (status = 409), (status = 422)))]
async fn tickets(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<axum::Json<Page<LabelledItem>>, Problem> {
    let limit = paging::limit(asked.limit.as_deref())?;
    let text = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (words, similar) = (text(asked.q), text(asked.similar));
    let before = asked.cursor.map(|cursor| match cursor.parse() {
        Ok(id) => Ok(TicketId(id)),
        Err(_) => Err(paging::bad_cursor(&cursor)),
    });
    let wanted = Wanted {
        answer: with_or_without("answer", asked.answer)?,
        source: asked.source,
        conflicts: asked.conflicts,
        words,
        before: before.transpose()?,
    };
    let snapshot = automation::snapshot(&state.app).await?;
    let Some(to) = similar else {
        let (found, next) = learning::list(&state.app, &wanted, limit).await?;
        let items = found.into_iter().map(|it| item(&snapshot, it, None)).collect();
        return Ok(axum::Json(Page { items, next: next.map(|id| id.to_string()) }));
    };
    if wanted.words.is_some() || wanted.before.is_some() {
        return Err(Problem::field("similar", "is asked for alone, not together with q or cursor"));
    }
    let found = learning::similar(&state.app, &wanted, &to).await?.into_iter();
    let items = found.map(|near| item(&snapshot, near.labelled, Some(near.similarity))).collect();
    Ok(axum::Json(Page::whole(items)))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Since {
    /// Of tickets of the last so many days, 1 to 3,650; 90 when left out.
    days: Option<i64>,
}

/// Labels of one kind.
#[derive(Debug, Serialize, ToSchema)]
struct LabelCount {
    source: LabelSource,
    /// How an agent used an answer; null for labels that are no agent's.
    choice: Option<Choice>,
    customer: Option<CustomerWord>,
    /// Whether the customer's word speaks against it.
    against: bool,
    unseen: bool,
    tickets: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct LabelCounts {
    since: Millis,
    items: Vec<LabelCount>,
    /// Those of them that teach what somebody mended.
    mended: i64,
}

/// How many labels of which kind there are
#[utoipa::path(get, path = "/learning/labels", tag = "learning", params(Since),
    responses((status = 200, body = LabelCounts), (status = 422)))]
async fn labels(
    State(state): State<AppState>,
    Query(Since { days }): Query<Since>,
) -> Result<axum::Json<LabelCounts>, Problem> {
    let days = days.unwrap_or(90);
    if !(1..=3_650).contains(&days) {
        return Err(Problem::field("days", format!("{days} is not from 1 to 3650")));
    }
    let since = state.app.now() - days * DAY;
    let found = learning::counts(&state.app, since).await?;
    let count = |it: learning::Count| LabelCount {
        source: it.source,
        choice: it.choice,
        customer: it.customer,
        against: it.customer.is_some_and(CustomerWord::is_against),
        unseen: it.unseen,
        tickets: it.tickets,
    };
    let items = found.counts.into_iter().map(count).collect();
    Ok(axum::Json(LabelCounts { since, items, mended: found.mended }))
}
