//! What the stock of answers lacks, or has too much of; and how far an answer has come with the learner.

use app::answers::{standing, suggestions};
use app::automation;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::AnswerId;
use domain::stats::Rate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::Path;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(put_aside, take_up))
        .routes(routes!(standing_of))
}

/// A ticket as an example.
#[derive(Debug, Serialize, ToSchema)]
struct ExampleTicket {
    number: i64,
    subject: String,
}

/// An answer that agents write again and again.
#[derive(Debug, Serialize, ToSchema)]
struct MissingAnswer {
    /// By which it is put aside.
    id: String,
    /// Its telling words.
    title: String,
    /// Replies that follow it.
    uses: usize,
    /// In how many wordings.
    wordings: usize,
    /// The most frequent wording, as a Liquid template.
    body: String,
    language: Option<String>,
    /// The newest tickets that were answered so.
    tickets: Vec<ExampleTicket>,
}

/// Two answers that may be one.
#[derive(Debug, Serialize, ToSchema)]
struct AlikeAnswers {
    /// By which it is put aside.
    id: String,
    one: AnswerRef,
    other: AnswerRef,
    /// Share of words in which they differ, 0 to 1; null where it is not small.
    differ: Option<f64>,
    /// Of the tickets that got one of them from somebody who saw no suggestion: how many the learner would have given
    /// the other; null where it is not many.
    confused: Option<Rate>,
}

#[derive(Debug, Serialize, ToSchema)]
struct UnneededAnswer {
    /// By which it is put aside.
    id: String,
    answer: AnswerRef,
}

#[derive(Debug, Serialize, ToSchema)]
struct Suggestions {
    /// How far back was looked, in days.
    days: i64,
    /// Freely answered tickets that were looked at.
    looked: usize,
    /// Most used first.
    missing: Vec<MissingAnswer>,
    /// Those whose words differ least first, then the most confused.
    merge: Vec<AlikeAnswers>,
    /// Not used for so long, by nobody and no rule, and not published.
    retire: Vec<UnneededAnswer>,
}

/// Answers that are missing, that could be merged, or that nobody needs
#[utoipa::path(get, path = "/answers/suggestions", tag = "answers", responses((status = 200, body = Suggestions)))]
async fn list(State(state): State<AppState>) -> Result<Json<Suggestions>, Problem> {
    let found = suggestions::suggestions(&state.app).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    let missing = |it: suggestions::Missing| MissingAnswer {
        id: suggestions::missing_id(&it.template),
        title: it.template.title,
        uses: it.template.uses,
        wordings: it.template.wordings,
        body: it.template.body,
        language: it.template.language,
        tickets: it
            .tickets
            .into_iter()
            .map(|t| ExampleTicket { number: t.number, subject: t.subject })
            .collect(),
    };
    let alike = |it: suggestions::Pair| AlikeAnswers {
        id: suggestions::pair_id(&it),
        one: AnswerRef::of(&snapshot, it.one),
        other: AnswerRef::of(&snapshot, it.other),
        differ: it.differ,
        confused: it.confused,
    };
    let unneeded =
        |id| UnneededAnswer { id: suggestions::retire_id(id), answer: AnswerRef::of(&snapshot, id) };
    Ok(Json(Suggestions {
        days: suggestions::LOOKED_BACK / domain::time::DAY,
        looked: found.looked,
        missing: found.missing.into_iter().map(missing).collect(),
        merge: found.merge.into_iter().map(alike).collect(),
        retire: found.retire.into_iter().map(unneeded).collect(),
    }))
}

/// Puts a suggestion aside for as many days as are looked back
#[utoipa::path(put, path = "/answers/suggestions/{id}/dismissal", tag = "answers", params(("id" = String, Path)),
    responses((status = 204), (status = 404)))]
async fn put_aside(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    suggestions::put_aside(&state.app, &caller, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a suggestion up again
#[utoipa::path(delete, path = "/answers/suggestions/{id}/dismissal", tag = "answers", params(("id" = String, Path)),
    responses((status = 204), (status = 404)))]
async fn take_up(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    suggestions::put_aside(&state.app, &caller, id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far an answer has come with the learner.
#[derive(Debug, Serialize, ToSchema)]
struct AnswerStanding {
    /// Tickets labelled with it, or with one that is interchangeable with it.
    examples: i64,
    /// Whether the model in use can choose it.
    known: bool,
    /// Whether its category holds a certificate now.
    certified: bool,
    /// How many more tickets that were labelled without a suggestion in view would prove its category, about; null
    /// before the first attempt, where more would not help, and with a certificate.
    more: Option<i64>,
    /// Such tickets that its category got in a week, over the last four.
    weekly: f64,
    /// In how many weeks there would be enough at that pace.
    weeks: Option<i64>,
}

/// How far an answer has come with the learner
#[utoipa::path(get, path = "/answers/{id}/standing", tag = "answers", params(("id" = AnswerId, Path)),
    responses((status = 200, body = AnswerStanding), (status = 404)))]
async fn standing_of(
    State(state): State<AppState>,
    Path(id): Path<AnswerId>,
) -> Result<Json<AnswerStanding>, Problem> {
    let found = standing::standing(&state.app, id).await?;
    Ok(Json(AnswerStanding {
        weeks: found.weeks(),
        examples: found.examples,
        known: found.known,
        certified: found.certified,
        more: found.more.filter(|_| !found.certified),
        weekly: found.weekly,
    }))
}
