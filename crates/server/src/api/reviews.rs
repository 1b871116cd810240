//! Reviews: people choose what they would have answered, and only then see what was sent.

#![expect(clippy::option_option, reason = "left out and null are different wishes")]

use app::automation::{self, Snapshot};
use app::reviews::{self, Revealed};
use axum::extract::State;
use axum::http::StatusCode;
use domain::reviews::Standing;
use domain::stats::Rate;
use domain::words::{Sample, Verdict};
use domain::{AnswerId, Millis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::categories::CategoryRef;
use super::rules::AnswerRef;
use crate::extract::{Json, Path};
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(queue))
        .routes(routes!(progress))
        .routes(routes!(give, mark))
        .routes(routes!(adjudicate))
}

#[derive(Debug, Serialize, ToSchema)]
struct ReviewTask {
    /// The ticket's number.
    number: i64,
    category: CategoryRef,
    subject: Option<String>,
    /// What the requester asked.
    body: String,
    language: Option<String>,
    received_at: Millis,
    asked_at: Millis,
    sample: Sample,
    /// Two people chose differently: what they chose, null where no answer fitted. Empty otherwise.
    choices: Vec<Option<AnswerRef>>,
    disputed: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct ReviewProgress {
    /// Reviews a day that the team has set itself.
    budget: i64,
    done_today: i64,
    own_today: i64,
    /// What the caller may review or decide now.
    own_waiting: i64,
    /// Of the whole team.
    waiting: i64,
    /// Of those, asked for more than 72 hours ago.
    late: i64,
    /// Of tickets that two people looked at in the last 90 days: how often they chose the same answer.
    agreed: Rate,
    /// Cohen's kappa: agreement beyond chance, 1 at most; null when there is nothing to compare.
    kappa: Option<f64>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReviewBody {
    /// What would have been right; `null` when no answer fits.
    #[serde(default, deserialize_with = "domain::patch::nullable")]
    #[schema(value_type = Option<AnswerId>, required)]
    answer: Option<Option<AnswerId>>,
}

impl ReviewBody {
    /// "No answer fits" is said, not left unsaid.
    fn said(self) -> Result<Option<AnswerId>, app::Error> {
        let missing = "is missing; an answer's id is expected, or null when no answer fits";
        self.answer.ok_or_else(|| app::Error::invalid("answer", missing))
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HarmBody {
    harmful: bool,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ReviewStanding {
    /// A second person is to choose as well.
    Waiting,
    /// Two people chose differently.
    Disputed,
    Settled,
}

#[derive(Debug, Serialize, ToSchema)]
struct Reviewed {
    number: i64,
    chosen: Option<AnswerRef>,
    sent: Option<AnswerRef>,
    /// What the requester got; null where nothing was sent by itself.
    sent_text: Option<String>,
    probability: Option<f64>,
    threshold: Option<f64>,
    /// What the caller's choice says of what was sent.
    verdict: Verdict,
    standing: ReviewStanding,
}

fn reviewed(snapshot: &Snapshot, it: Revealed) -> Reviewed {
    let answer = |id: Option<AnswerId>| id.map(|id| AnswerRef::of(snapshot, id));
    Reviewed {
        number: it.ticket,
        chosen: answer(it.chosen),
        sent_text: it.text,
        sent: answer(it.sent),
        probability: it.probability,
        threshold: it.threshold,
        verdict: it.verdict,
        standing: match it.standing {
            Standing::Waiting => ReviewStanding::Waiting,
            Standing::Disputed => ReviewStanding::Disputed,
            Standing::Settled { .. } => ReviewStanding::Settled,
        },
    }
}

/// Tickets that wait for the caller's review, longest first; none of them says what was sent
#[utoipa::path(get, path = "/reviews", tag = "reviews", responses((status = 200, body = Page<ReviewTask>)))]
async fn queue(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<Page<ReviewTask>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let task = |it: reviews::Waiting| ReviewTask {
        number: it.ticket.number,
        category: CategoryRef {
            id: it.task.category,
            name: snapshot.category(it.task.category).map(|c| c.name.clone()).unwrap_or_default(),
        },
        subject: it.ticket.subject,
        body: it.body,
        language: it.ticket.language,
        received_at: it.ticket.created_at,
        asked_at: it.task.created_at,
        sample: it.task.sample,
        choices: it.choices.into_iter().map(|c| c.map(|id| AnswerRef::of(&snapshot, id))).collect(),
        disputed: it.task.disputed,
    };
    let waiting = reviews::queue(&state.app, &caller).await?;
    Ok(axum::Json(Page::whole(waiting.into_iter().map(task).collect())))
}

/// What has been reviewed today, what waits, and how far people agree
#[utoipa::path(get, path = "/reviews/progress", tag = "reviews", responses((status = 200, body = ReviewProgress)))]
async fn progress(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<ReviewProgress>, Problem> {
    let it = reviews::progress(&state.app, &caller).await?;
    Ok(axum::Json(ReviewProgress {
        budget: it.budget,
        done_today: it.done,
        own_today: it.own,
        own_waiting: it.own_waiting,
        waiting: it.waiting,
        late: it.late,
        agreed: it.agreement.agreed,
        kappa: it.agreement.kappa,
    }))
}

/// Stores what the caller would have answered, and shows what was sent
#[utoipa::path(post, path = "/reviews/{number}", tag = "reviews", params(("number" = i64, Path)),
    request_body = ReviewBody,
    responses((status = 201, body = Reviewed), (status = 404), (status = 409), (status = 422)))]
async fn give(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
    Json(body): Json<ReviewBody>,
) -> Result<(StatusCode, axum::Json<Reviewed>), Problem> {
    let it = reviews::give(&state.app, &caller, number, body.said()?).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    Ok((StatusCode::CREATED, axum::Json(reviewed(&snapshot, it))))
}

/// Says whether the wrong answer that was sent does harm
#[utoipa::path(patch, path = "/reviews/{number}", tag = "reviews", params(("number" = i64, Path)),
    request_body = HarmBody, responses((status = 200, body = Reviewed), (status = 404), (status = 409)))]
async fn mark(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
    Json(body): Json<HarmBody>,
) -> Result<axum::Json<Reviewed>, Problem> {
    let it = reviews::mark(&state.app, &caller, number, body.harmful).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    Ok(axum::Json(reviewed(&snapshot, it)))
}

/// Decides where two people chose differently
#[utoipa::path(post, path = "/reviews/{number}/decision", tag = "reviews", params(("number" = i64, Path)),
    request_body = ReviewBody,
    responses((status = 201, body = Reviewed), (status = 404), (status = 409), (status = 422)))]
async fn adjudicate(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
    Json(body): Json<ReviewBody>,
) -> Result<(StatusCode, axum::Json<Reviewed>), Problem> {
    let it = reviews::adjudicate(&state.app, &caller, number, body.said()?).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    Ok((StatusCode::CREATED, axum::Json(reviewed(&snapshot, it))))
}
