//! A category's past weeks as if its policy had been on, ticket by ticket.

use app::automation;
use app::room::replay::{self, Asked, Basis, Outcome, Replayed};
use axum::extract::State;
use domain::words::Responder;
use domain::{CategoryId, Millis, TicketId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::{Path, Query};
use crate::paging::{bad_cursor, limit};
use crate::{AppState, Problem};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// How many weeks back, 1 to 520; as far as there is anything when left out.
    weeks: Option<i64>,
    /// Another target than the policy's, 0.5 to 0.999.
    precision: Option<f64>,
    /// Only tickets with this outcome.
    show: Option<Outcome>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many items, at most 100.
    limit: Option<String>,
}

/// A page of tickets, with the totals of all of them whatever is shown.
#[derive(Debug, Serialize, ToSchema)]
struct ReplayView {
    /// Wrong answers first, then right ones, then tickets left to agents; newest first among equals.
    items: Vec<ReplayedTicket>,
    next: Option<String>,
    tickets: i64,
    wrong: i64,
    right: i64,
    unanswered: i64,
    target: f64,
    threshold: Option<f64>,
    /// Where the threshold came from. `history`: nothing is proved. `nothing`: none kept the target.
    basis: Basis,
    /// Tickets scored when the model was trained, which neither trained it nor are kept to certify, and tickets that
    /// it read when they came in and that were answered without a suggestion.
    stored: i64,
    live: i64,
    /// When the first and the last of them came.
    from: Option<Millis>,
    to: Option<Millis>,
    /// When the newest came that could be replayed at all.
    newest: Option<Millis>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ReplayedTicket {
    number: i64,
    /// Its subject, or how it begins.
    title: String,
    at: Millis,
    outcome: Outcome,
    responder: Responder,
    /// What would have been sent or, where it was left to an agent, suggested.
    answer: Option<AnswerRef>,
    /// What was right; null when no answer fitted.
    right: Option<AnswerRef>,
    score: f64,
    reason: String,
    live: bool,
}

fn check(wanted: &Wanted) -> Result<(), Problem> {
    if let Some(weeks) = wanted.weeks.filter(|weeks| !(1..=520).contains(weeks)) {
        return Err(Problem::field("weeks", format!("{weeks} is not between 1 and 520")));
    }
    if let Some(precision) = wanted.precision.filter(|p| !(0.5..=0.999).contains(p)) {
        return Err(Problem::field("precision", format!("{precision} is not between 0.5 and 0.999")));
    }
    Ok(())
}

/// Where a page begins: behind this ticket of this outcome.
fn cursor(text: &str) -> Result<(Outcome, TicketId), Problem> {
    let read = || {
        let (outcome, ticket) = text.split_once('.')?;
        let outcome = match outcome {
            "wrong" => Outcome::Wrong,
            "right" => Outcome::Right,
            "unanswered" => Outcome::Unanswered,
            _ => return None,
        };
        Some((outcome, ticket.parse().ok()?))
    };
    read().ok_or_else(|| bad_cursor(text))
}

fn cursor_of(ticket: &Replayed) -> String {
    let outcome = match ticket.outcome {
        Outcome::Wrong => "wrong",
        Outcome::Right => "right",
        Outcome::Unanswered => "unanswered",
    };
    format!("{outcome}.{}", ticket.ticket)
}

/// The last weeks as if this policy had been on, wrong answers first
#[utoipa::path(get, path = "/categories/{id}/replay", tag = "categories", params(("id" = CategoryId, Path), Wanted),
    responses((status = 200, body = ReplayView), (status = 404), (status = 422)))]
async fn show(
    State(state): State<AppState>,
    Path(id): Path<CategoryId>,
    Query(wanted): Query<Wanted>,
) -> Result<axum::Json<ReplayView>, Problem> {
    check(&wanted)?;
    let most = limit(wanted.limit.as_deref())? as usize;
    let after = wanted.cursor.as_deref().map(cursor).transpose()?;
    let asked = Asked { weeks: wanted.weeks, precision: wanted.precision };
    let replay = replay::replay(&state.app, id, asked).await?;
    let is_later = |t: &&Replayed| {
        after.is_none_or(|(outcome, ticket)| {
            t.outcome > outcome || (t.outcome == outcome && t.ticket < ticket)
        })
    };
    let is_wanted = |t: &&Replayed| wanted.show.is_none_or(|outcome| t.outcome == outcome);
    let found: Vec<&Replayed> =
        replay.tickets.iter().filter(is_wanted).filter(is_later).take(most + 1).collect();
    let page = &found[..found.len().min(most)];
    let next = page.last().filter(|_| found.len() > most).map(|last| cursor_of(last));
    let times = replay.tickets.iter().map(|t| t.at);
    let live = replay.tickets.iter().filter(|t| t.live).count() as i64;
    let tickets = replay.tickets.len() as i64;
    Ok(axum::Json(ReplayView {
        items: items(&state, page).await?,
        next,
        tickets,
        wrong: replay.count(Outcome::Wrong),
        right: replay.count(Outcome::Right),
        unanswered: replay.count(Outcome::Unanswered),
        target: replay.target,
        threshold: replay.threshold,
        basis: replay.basis,
        stored: tickets - live,
        live,
        from: times.clone().min(),
        to: times.max(),
        newest: replay.newest,
    }))
}

async fn items(state: &AppState, page: &[&Replayed]) -> Result<Vec<ReplayedTicket>, Problem> {
    let snapshot = automation::snapshot(&state.app).await?;
    let ids: Vec<TicketId> = page.iter().map(|t| t.ticket).collect();
    let mut titles = replay::titles(&state.app, &ids).await?;
    let item = |t: &&Replayed| {
        let (number, title) = titles.remove(&t.ticket)?;
        Some(ReplayedTicket {
            number,
            title,
            at: t.at,
            outcome: t.outcome,
            responder: t.responder,
            answer: t.answer.map(|id| AnswerRef::of(&snapshot, id)),
            right: t.truth.map(|id| AnswerRef::of(&snapshot, id)),
            score: t.score,
            reason: t.reason.clone(),
            live: t.live,
        })
    };
    Ok(page.iter().filter_map(item).collect())
}
