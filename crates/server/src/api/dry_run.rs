//! A rule tried on past tickets before it is saved.

use app::automation;
use app::rules::dry_run::{self, Asked, DryRun, Met, Outcome};
use axum::extract::State;
use domain::rules::Conditions;
use domain::stats::Rate;
use domain::{AnswerId, CategoryId, Millis, RuleId, TicketId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rules::AnswerRef;
use crate::extract::Json;
use crate::{AppState, Problem};

/// Tickets listed at most; the counts are of all.
const SHOWN: usize = 50;
/// Days that are tried when none are named: four whole weeks.
const DAYS: i64 = 28;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(try_out))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DryRunBody {
    /// The rule that this is a change of; a new one when left out.
    rule: Option<RuleId>,
    conditions: Conditions,
    answer: AnswerId,
    /// Where it would be asked; where it is, or after all others, when left out.
    position: Option<i64>,
    /// How many days back, 1 to 366; 28 when left out.
    days: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DryRunView {
    from: Millis,
    to: Millis,
    /// Tickets that came in this time and were tried, the newest first.
    tried: i64,
    /// There were more tickets than can be tried.
    cut: bool,
    /// Tickets that it would answer: right, wrong, or nobody has said.
    answered: i64,
    /// Of those, the ones in categories that answer by themselves today.
    switched_on: i64,
    /// How often its answer is the one that an agent chose unseen, of the tickets where that is known.
    right: Rate,
    /// Met, but taken by an earlier rule; met, but kept for people by the never-list.
    earlier: i64,
    never: i64,
    /// Where the tickets that it would answer belong, the most first.
    categories: Vec<DryRunCategory>,
    /// Tickets that meet its conditions, at most 50: wrong ones first, the newest first among equals.
    tickets: Vec<DryRunTicket>,
}

#[derive(Debug, Serialize, ToSchema)]
struct DryRunCategory {
    id: CategoryId,
    name: String,
    tickets: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct DryRunTicket {
    number: i64,
    /// Its subject, or how it begins.
    title: String,
    at: Millis,
    outcome: Outcome,
    /// The earlier rule, or what of the never-list was found.
    why: Option<String>,
    /// What an agent chose; null when that is not known or no answer fitted.
    truth: Option<AnswerRef>,
}

/// Which past tickets a rule would have answered, and how often rightly. Changes nothing
#[utoipa::path(post, path = "/rules/dry-run", tag = "rules", request_body = DryRunBody,
    responses((status = 200, body = DryRunView), (status = 404), (status = 422)))]
async fn try_out(
    State(state): State<AppState>,
    Json(body): Json<DryRunBody>,
) -> Result<axum::Json<DryRunView>, Problem> {
    let DryRunBody { rule, conditions, answer, position, days } = body;
    let asked = Asked { rule, conditions, answer, position, days: days.unwrap_or(DAYS) };
    let run = dry_run::dry_run(&state.app, asked).await?;
    let snapshot = automation::snapshot(&state.app).await?;
    let shown: Vec<&Met> = run.met.iter().take(SHOWN).collect();
    let ids: Vec<TicketId> = shown.iter().map(|m| m.ticket).collect();
    let titles = app::room::replay::titles(&state.app, &ids).await?;
    let ticket = |met: &&Met| {
        let (number, title) = titles.get(&met.ticket)?.clone();
        Some(DryRunTicket {
            number,
            title,
            at: met.at,
            outcome: met.outcome,
            why: met.why.clone(),
            truth: met.truth.map(|truth| AnswerRef::of(&snapshot, truth)),
        })
    };
    let tickets = shown.iter().filter_map(ticket).collect();
    let (right, wrong) = (run.count(Outcome::Right), run.count(Outcome::Wrong));
    let name = |id| snapshot.category(id).map(|c| c.name.clone()).unwrap_or_default();
    Ok(axum::Json(DryRunView {
        from: run.from,
        to: run.to,
        tried: run.looked,
        cut: run.cut,
        answered: right + wrong + run.count(Outcome::Unknown),
        switched_on: run.switched_on,
        right: Rate::new(right, right + wrong),
        earlier: run.count(Outcome::Earlier),
        never: run.count(Outcome::Never),
        categories: by_category(&run)
            .into_iter()
            .map(|(id, tickets)| DryRunCategory { id, name: name(id), tickets })
            .collect(),
        tickets,
    }))
}

fn by_category(run: &DryRun) -> Vec<(CategoryId, i64)> {
    let mut counts: BTreeMap<CategoryId, i64> = BTreeMap::new();
    for met in run.met.iter().filter(|m| m.outcome < Outcome::Earlier) {
        *counts.entry(met.category).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, tickets)| std::cmp::Reverse(*tickets));
    counts
}
