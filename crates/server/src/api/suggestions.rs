//! What the stock of answers lacks, or has too much of; and how far an answer has come with the learner.

use app::answers::{standing, suggestions};
use app::automation;
use axum::Json;
use axum::extract::State;
use domain::AnswerId;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::Path;
use crate::{AppState, Problem};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(standing_of))
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

/// Two answers that say almost the same.
#[derive(Debug, Serialize, ToSchema)]
struct AlikeAnswers {
    one: AnswerRef,
    other: AnswerRef,
    /// Share of words in which they differ, 0 to 1.
    differ: f64,
}

#[derive(Debug, Serialize, ToSchema)]
struct Suggestions {
    /// How far back was looked, in days.
    days: i64,
    /// Freely answered tickets that were looked at.
    looked: usize,
    /// Most used first.
    missing: Vec<MissingAnswer>,
    /// The most alike first.
    merge: Vec<AlikeAnswers>,
    /// Not used for so long, by nobody and no rule, and not published.
    retire: Vec<AnswerRef>,
}

/// Answers that are missing, that could be merged, or that nobody needs
#[utoipa::path(get, path = "/answers/suggestions", tag = "answers", responses((status = 200, body = Suggestions)))]
async fn list(State(state): State<AppState>) -> Result<Json<Suggestions>, Problem> {
    let found = suggestions::suggestions(&state.app).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    let missing = |it: suggestions::Missing| MissingAnswer {
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
    let alike = |it: suggestions::Alike| AlikeAnswers {
        one: AnswerRef::of(&snapshot, it.one),
        other: AnswerRef::of(&snapshot, it.other),
        differ: it.differ,
    };
    Ok(Json(Suggestions {
        days: suggestions::LOOKED_BACK / domain::time::DAY,
        looked: found.looked,
        missing: found.missing.into_iter().map(missing).collect(),
        merge: found.merge.into_iter().map(alike).collect(),
        retire: found.retire.into_iter().map(|id| AnswerRef::of(&snapshot, id)).collect(),
    }))
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
