//! Experiments: two policies, models, wordings or orders of responders, compared with intervals that always hold.

use app::automation::{self, Snapshot};
use app::experiments::{self, NewExperiment, Shown};
use axum::extract::State;
use axum::http::StatusCode;
use domain::experiments::{Case, Comparison, Estimate, Point, RECONTACT_WINDOW, Subject, Verdict, WINDOW};
use domain::stats::Rate;
use domain::words::{ExperimentKind, ExperimentState, Outcome, Side};
use domain::{CategoryId, ExperimentId, Millis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::{Json, Path};
use crate::paging::Page;
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(one))
        .routes(routes!(start))
        .routes(routes!(stop))
        .routes(routes!(adopt))
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentCategory)]
struct Named {
    id: CategoryId,
    name: String,
}

/// An experiment, and what it shows in words.
#[derive(Debug, Serialize, ToSchema)]
struct ExperimentItem {
    id: ExperimentId,
    name: String,
    kind: ExperimentKind,
    subject: Subject,
    /// Both sides are the same: a test of the tooling itself.
    same: bool,
    /// Null: all categories.
    category: Option<Named>,
    /// Of an experiment with wordings.
    answer: Option<AnswerRef>,
    state: ExperimentState,
    /// The share of requesters who take part, half of them on each side.
    share: f64,
    reason: Option<String>,
    created_by: String,
    created_at: Millis,
    started_at: Option<Millis>,
    ends_at: Option<Millis>,
    ended_at: Option<Millis>,
    /// Why it ended.
    end: Option<String>,
    /// The side that was taken over.
    adopted: Option<Side>,
    /// Tickets on each side.
    tickets_a: i64,
    tickets_b: i64,
    /// Requesters who take part, and those whose first ticket is counted in every outcome.
    taking_part: i64,
    counted: i64,
    verdict: Verdict,
}

/// Both sides in one outcome: shares of tickets, or of 14 days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExperimentOutcome)]
struct OutcomeView {
    outcome: Outcome,
    /// How those who gave no rating are counted, in CSAT.
    silent: Option<Case>,
    a: Estimate,
    b: Estimate,
    /// B less A.
    difference: Estimate,
    /// The side that does better, if that is shown.
    better: Option<Side>,
    /// At the end of days, oldest first, 60 at most.
    path: Vec<Point>,
}

impl From<Comparison> for OutcomeView {
    fn from(it: Comparison) -> Self {
        let better = it.better();
        let Comparison { outcome, silent, a, b, difference, path, .. } = it;
        Self { outcome, silent, a, b, difference, better, path }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct ExperimentView {
    #[serde(flatten)]
    item: ExperimentItem,
    outcomes: Vec<OutcomeView>,
    /// Of those asked for a rating, who gave one.
    answered_a: Rate,
    answered_b: Rate,
    /// When a ticket is counted, after it came; times are capped there.
    window_ms: Millis,
    recontact_window_ms: Millis,
}

fn item(snapshot: &Snapshot, shown: &Shown) -> ExperimentItem {
    let it = shown.experiment.clone();
    let category = snapshot.category(it.category).map(|c| Named { id: c.id, name: c.name.clone() });
    let answer = match it.subject {
        Subject::Wording { answer, .. } => Some(AnswerRef::of(snapshot, answer)),
        _ => None,
    };
    ExperimentItem {
        id: it.id,
        kind: it.subject.kind(),
        same: it.subject.is_same(),
        category,
        answer,
        state: it.state(),
        name: it.name,
        subject: it.subject,
        share: it.share,
        reason: it.reason,
        created_by: it.created_by,
        created_at: it.created_at,
        started_at: it.started_at,
        ends_at: it.ends_at,
        ended_at: it.ended_at,
        end: it.end,
        adopted: it.adopted,
        tickets_a: shown.tickets.0,
        tickets_b: shown.tickets.1,
        taking_part: shown.results.taking_part,
        counted: shown.results.counted,
        verdict: shown.verdict.clone(),
    }
}

async fn view(state: &AppState, id: ExperimentId) -> Result<ExperimentView, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let shown = experiments::one(&state.app, id).await?;
    let item = item(&snapshot, &shown);
    let results = shown.results;
    Ok(ExperimentView {
        item,
        outcomes: results.comparisons.iter().cloned().map(OutcomeView::from).collect(),
        answered_a: results.answered_a,
        answered_b: results.answered_b,
        window_ms: WINDOW,
        recontact_window_ms: RECONTACT_WINDOW,
    })
}

/// All experiments, newest first, each with what it shows in words
#[utoipa::path(get, path = "/experiments", tag = "experiments", responses((status = 200, body = Page<ExperimentItem>)))]
async fn list(State(state): State<AppState>) -> Result<axum::Json<Page<ExperimentItem>>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let shown = experiments::all(&state.app).await?;
    Ok(axum::Json(Page::whole(shown.iter().map(|s| item(&snapshot, s)).collect())))
}

/// What is to be compared, for whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewExperimentBody {
    name: String,
    /// Missing: all categories. An experiment with policies names one, one with wordings none.
    #[serde(default)]
    category: Option<CategoryId>,
    /// The kind and both sides. The same twice tests the tooling itself. Side A of a wording is the present text.
    subject: Subject,
    /// The share of requesters who take part, half of them on each side.
    #[serde(default = "everyone")]
    share: f64,
    #[serde(default)]
    ends_at: Option<Millis>,
    #[serde(default)]
    reason: Option<String>,
}

fn everyone() -> f64 {
    1.0
}

/// Makes an experiment, which begins when it is started
#[utoipa::path(post, path = "/experiments", tag = "experiments", request_body = NewExperimentBody,
    responses((status = 201, body = ExperimentView), (status = 422)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewExperimentBody>,
) -> Result<(StatusCode, axum::Json<ExperimentView>), Problem> {
    let NewExperimentBody { name, category, subject, share, ends_at, reason } = body;
    let new = NewExperiment { name, category, subject, share, ends_at, reason };
    let id = experiments::create(&state.app, &caller, new).await?;
    Ok((StatusCode::CREATED, axum::Json(view(&state, id).await?)))
}

/// An experiment with its intervals, now and at the end of each day
#[utoipa::path(get, path = "/experiments/{id}", tag = "experiments", params(("id" = ExperimentId, Path)),
    responses((status = 200, body = ExperimentView), (status = 404)))]
async fn one(
    State(state): State<AppState>,
    Path(id): Path<ExperimentId>,
) -> Result<axum::Json<ExperimentView>, Problem> {
    Ok(axum::Json(view(&state, id).await?))
}

/// Starts it: tickets that come from now on take part
#[utoipa::path(post, path = "/experiments/{id}/start", tag = "experiments", params(("id" = ExperimentId, Path)),
    responses((status = 200, body = ExperimentView), (status = 404), (status = 409)))]
async fn start(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ExperimentId>,
) -> Result<axum::Json<ExperimentView>, Problem> {
    experiments::start(&state.app, &caller, id).await?;
    Ok(axum::Json(view(&state, id).await?))
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct Stop {
    reason: Option<String>,
}

/// Stops it: nobody takes part from now on; what took part is still counted when its time has come
#[utoipa::path(post, path = "/experiments/{id}/stop", tag = "experiments", params(("id" = ExperimentId, Path)),
    request_body = Stop, responses((status = 200, body = ExperimentView), (status = 404), (status = 409)))]
async fn stop(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ExperimentId>,
    Json(body): Json<Stop>,
) -> Result<axum::Json<ExperimentView>, Problem> {
    experiments::stop(&state.app, &caller, id, body.reason).await?;
    Ok(axum::Json(view(&state, id).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Adopt {
    side: Side,
}

/// Takes a side over for everyone, as if set by hand, and ends the experiment
#[utoipa::path(post, path = "/experiments/{id}/adoption", tag = "experiments", params(("id" = ExperimentId, Path)),
    request_body = Adopt, responses((status = 200, body = ExperimentView), (status = 404), (status = 409)))]
async fn adopt(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<ExperimentId>,
    Json(body): Json<Adopt>,
) -> Result<axum::Json<ExperimentView>, Problem> {
    experiments::adopt(&state.app, &caller, id, body.side).await?;
    Ok(axum::Json(view(&state, id).await?))
}
