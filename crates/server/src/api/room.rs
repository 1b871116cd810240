//! The control room: every category by what is worth doing next; what a switch would do; the stack of responders.

use app::guardrail::Stands;
use app::room::stack::{Layer, Stack};
use app::room::what_if::{Example, WhatIf};
use app::room::{self, Row, Week};
use app::{automation, automation::Snapshot};
use axum::extract::State;
use domain::room::Next;
use domain::room::curve::Step;
use domain::stats::Rate;
use domain::words::{Mode, Responder};
use domain::{CategoryId, Millis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::categories::CategoryRef;
use super::rules::AnswerRef;
use crate::extract::{Path, Query};
use crate::{AppState, Problem};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(table))
        .routes(routes!(what_if))
        .routes(routes!(examples))
        .routes(routes!(stack))
}

/// What hours rest on, as the settings assume it.
#[derive(Debug, Serialize, ToSchema)]
struct Assumed {
    minutes_per_ticket: f64,
    minutes_per_mistake: f64,
}

async fn assumed(state: &AppState) -> Result<Assumed, Problem> {
    let work = app::settings::load(&state.app).await?.work();
    Ok(Assumed { minutes_per_ticket: work.minutes_per_ticket, minutes_per_mistake: work.minutes_per_mistake })
}

#[derive(Debug, Serialize, ToSchema)]
struct Room {
    /// What is worth doing next comes first.
    items: Vec<RoomRow>,
    assumed: Assumed,
}

#[derive(Debug, Serialize, ToSchema)]
struct RoomRow {
    category: CategoryRef,
    parent: Option<CategoryRef>,
    /// Of the last 30 days, like all other counts where nothing else is said.
    tickets: i64,
    mode: Mode,
    rollout: f64,
    /// What the mode comes to now, and why where that is something else.
    effective: Mode,
    effective_why: String,
    /// The precision promised, and whether a certificate proves it.
    target: f64,
    proved: bool,
    /// Right ones among the reviews of what was sent by itself, in the uniform sample alone.
    reviewed: Rate,
    /// Tickets at or above the threshold that held when they came.
    covered: Rate,
    /// Past tickets at or above the threshold that would hold now.
    expected: Rate,
    csat_automatic: Rate,
    csat_people: Rate,
    reopened_automatic: Rate,
    reopened_people: Rate,
    /// If only the confirmed answers saved work, and if the silent ones did too.
    hours_low: f64,
    hours_high: f64,
    guardrail: Stands,
    paused_at: Option<Millis>,
    /// The last eight weeks.
    trend: Vec<Week>,
    next: Next,
}

fn reference(snapshot: &Snapshot, id: CategoryId) -> Option<CategoryRef> {
    snapshot.category(id).map(|c| CategoryRef { id, name: c.name.clone() })
}

fn row(snapshot: &Snapshot, it: Row, now: Millis) -> Option<RoomRow> {
    let category = reference(snapshot, it.category)?;
    let parent = snapshot.category(it.category)?.parent.and_then(|id| reference(snapshot, id));
    let policy = &snapshot.policy(it.category).policy;
    let (effective, why) = app::policies::effective(snapshot, it.category, now);
    Some(RoomRow {
        category,
        parent,
        tickets: it.tickets,
        mode: policy.mode,
        rollout: policy.rollout,
        effective,
        effective_why: why.unwrap_or_default(),
        target: policy.target,
        proved: it.proved,
        reviewed: it.reviewed,
        covered: it.covered,
        expected: it.expected,
        csat_automatic: it.csat_automatic,
        csat_people: it.csat_people,
        reopened_automatic: it.reopened_automatic,
        reopened_people: it.reopened_people,
        hours_low: it.hours.0,
        hours_high: it.hours.1,
        guardrail: it.stands,
        paused_at: it.paused_at,
        trend: it.trend,
        next: it.next,
    })
}

/// Every category with its numbers of 30 days, what is worth doing next first
#[utoipa::path(get, path = "/control-room", tag = "categories", responses((status = 200, body = Room)))]
async fn table(State(state): State<AppState>) -> Result<axum::Json<Room>, Problem> {
    let rows = room::table(&state.app).await?;
    let (snapshot, now) = (automation::snapshot(&state.app).await?, state.app.now());
    let items = rows.into_iter().filter_map(|it| row(&snapshot, it, now)).collect();
    Ok(axum::Json(Room { items, assumed: assumed(&state).await? }))
}

/// What a switch would do, from the team's own history: an expectation, where a certificate is a proof.
#[derive(Debug, Serialize, ToSchema)]
struct WhatIfView {
    /// From the strictest threshold to the loosest, which answers everything.
    steps: Vec<Step>,
    /// Past tickets that it rests on, none of which trained the model or is kept to certify.
    seen: i64,
    from: Option<Millis>,
    to: Option<Millis>,
    /// Tickets of the last 30 days.
    month: i64,
    model_version: Option<i64>,
    /// What the certified threshold comes to on these tickets; null without a certificate.
    certified: Option<Step>,
    assumed: Assumed,
}

/// How coverage and precision would move with the threshold
#[utoipa::path(get, path = "/categories/{id}/what-if", tag = "categories", params(("id" = CategoryId, Path)),
    responses((status = 200, body = WhatIfView), (status = 404)))]
async fn what_if(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
) -> Result<axum::Json<WhatIfView>, Problem> {
    let WhatIf { steps, seen, from, to, month, model_version, certified } =
        room::what_if::what_if(&state.app, id).await?;
    let view = WhatIfView {
        steps,
        seen,
        from,
        to,
        month,
        model_version,
        certified,
        assumed: assumed(&state).await?,
    };
    Ok(axum::Json(view))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Beside {
    /// From 0 to 1.
    threshold: f64,
}

/// Past tickets on both sides of a threshold, nearest first.
#[derive(Debug, Serialize, ToSchema)]
struct Examples {
    above: Vec<ExampleView>,
    below: Vec<ExampleView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ExampleView {
    number: i64,
    /// Its subject, or how it begins.
    title: String,
    at: Millis,
    score: f64,
    /// What would be answered.
    predicted: AnswerRef,
    /// What was right; null when no answer fitted.
    answer: Option<AnswerRef>,
    right: bool,
}

/// How many are shown on each side.
const EXAMPLES: usize = 5;

/// Past tickets on both sides of a threshold
#[utoipa::path(get, path = "/categories/{id}/examples", tag = "categories",
    params(("id" = CategoryId, Path), Beside), responses((status = 200, body = Examples), (status = 404), (status = 422)))]
async fn examples(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
    Query(beside): Query<Beside>,
) -> Result<axum::Json<Examples>, Problem> {
    if !(0.0..=1.0).contains(&beside.threshold) {
        return Err(Problem::field("threshold", format!("{} is not between 0 and 1", beside.threshold)));
    }
    let snapshot = automation::snapshot(&state.app).await?;
    let view = |it: Example| ExampleView {
        number: it.number,
        title: it.title,
        at: it.at,
        score: it.score,
        predicted: AnswerRef::of(&snapshot, it.predicted),
        answer: it.truth.map(|id| AnswerRef::of(&snapshot, id)),
        right: it.right,
    };
    let (above, below) = room::what_if::examples(&state.app, id, beside.threshold, EXAMPLES).await?;
    let views = |some: Vec<Example>| some.into_iter().map(view).collect();
    Ok(axum::Json(Examples { above: views(above), below: views(below) }))
}

/// The tickets of the last 30 days on their way down the stack.
#[derive(Debug, Serialize, ToSchema)]
struct StackView {
    tickets: i64,
    /// Kept for people by the never-list, before anyone was asked.
    never: i64,
    /// Nobody has answered yet.
    open: i64,
    /// In the order in which they are asked.
    layers: Vec<LayerView>,
    assumed: Assumed,
}

#[derive(Debug, Serialize, ToSchema)]
struct LayerView {
    responder: Responder,
    /// Tickets that reached it, those it answered first, and those it handed on.
    asked: i64,
    taken: i64,
    handed_on: i64,
    confirmed: i64,
    silent: i64,
    /// Reopened, or rated bad.
    failed: i64,
    /// Too early to say.
    undecided: i64,
    csat: Rate,
    /// Ratings asked for and not given.
    unrated: i64,
    /// If all of these were bad, and if all were good; null when nothing was asked.
    csat_worst: Option<f64>,
    csat_best: Option<f64>,
    median_reply_ms: Option<i64>,
    /// Minutes of agents' work, by the assumption.
    agent_minutes: f64,
}

/// Each responder of a category, in order, on one scale
#[utoipa::path(get, path = "/categories/{id}/stack", tag = "categories", params(("id" = CategoryId, Path)),
    responses((status = 200, body = StackView), (status = 404)))]
async fn stack(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
) -> Result<axum::Json<StackView>, Problem> {
    let Stack { tickets, never, open, layers } = room::stack::stack(&state.app, id).await?;
    let view = |it: Layer| LayerView {
        responder: it.responder,
        asked: it.asked,
        taken: it.taken,
        handed_on: it.handed_on,
        confirmed: it.confirmed,
        silent: it.silent,
        failed: it.failed,
        undecided: it.undecided,
        csat: it.csat,
        unrated: it.unrated,
        csat_worst: it.csat_worst,
        csat_best: it.csat_best,
        median_reply_ms: it.median_reply_ms,
        agent_minutes: it.agent_minutes,
    };
    let layers = layers.into_iter().map(view).collect();
    Ok(axum::Json(StackView { tickets, never, open, layers, assumed: assumed(&state).await? }))
}
