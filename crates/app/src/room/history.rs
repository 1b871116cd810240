//! Past tickets that a policy can be tried on: what the model in use says of tickets it was not fitted to, stored
//! when it was trained, and what it said of tickets that came since and were answered without a suggestion.
//!
//! The certify reserve is never handed out: whoever had seen it could choose a target by it, and it would prove
//! nothing any more.

use std::collections::HashMap;

use domain::{AnswerId, CategoryId, Millis, TicketId};
use learn::{Role, Scored};
use store::room::{Labelled, Live};

use crate::automation::{InUse, Snapshot};
use crate::{App, Result, certificates};

/// A past ticket with what the model says of it and what was right.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub ticket: TicketId,
    pub at: Millis,
    /// Where the live routing sends it.
    pub category: CategoryId,
    pub language: Option<String>,
    pub predicted: AnswerId,
    pub score: f64,
    /// Known for tickets that came in live.
    pub novelty: Option<f64>,
    pub right: bool,
    /// None: no answer fitted.
    pub truth: Option<AnswerId>,
    /// Read when it came in, by the model in use; else scored when the model was trained.
    pub live: bool,
}

/// All of them, of every category.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub past: Vec<Past>,
    /// How many tickets of each category are kept to certify.
    pub reserve: HashMap<CategoryId, i64>,
}

impl History {
    /// Scores of a category's stored tickets in the languages its policy covers, with whether the answer was right.
    pub fn judged<'a>(
        &'a self,
        snapshot: &'a Snapshot,
        category: CategoryId,
    ) -> impl Iterator<Item = (f64, bool)> + Clone + 'a {
        let languages = &snapshot.policy(category).policy.languages;
        let covered = |past: &&Past| {
            languages.is_empty() || past.language.as_ref().is_none_or(|l| languages.contains(l))
        };
        let here = self.past.iter().filter(move |p| p.category == category && !p.live);
        here.filter(covered).map(|past| (past.score, past.right))
    }
}

/// Reads them; nothing when there is no model.
pub async fn load(app: &App, snapshot: &Snapshot) -> Result<History> {
    let Some(model) = snapshot.model.clone() else { return Ok(History::default()) };
    let scores = model.model.scores();
    let first = TicketId(scores.iter().map(|s| s.id).min().unwrap_or(0));
    let labelled = store::room::labelled(&app.db, first, model.version).await?;
    let made_at = store::models::in_use(&app.db).await?.map_or(Millis::MAX, |info| info.created_at);
    Ok(gather(snapshot, &model, made_at, labelled))
}

fn gather(snapshot: &Snapshot, model: &InUse, made_at: Millis, labelled: Vec<Labelled>) -> History {
    let scores: HashMap<i64, &Scored> = model.model.scores().iter().map(|s| (s.id, s)).collect();
    let predicted = certificates::predicted(snapshot, model);
    let mut history = History::default();
    for ticket in labelled {
        match scores.get(&ticket.ticket.0) {
            Some(scored) => {
                let by_prediction = predicted.get(scored.predicted as usize).copied();
                let category = ticket.picked.or(by_prediction).unwrap_or(CategoryId::UNCATEGORISED);
                match scored.role {
                    Role::Fit => {}
                    Role::Certify => *history.reserve.entry(category).or_default() += 1,
                    Role::Select | Role::Report => {
                        history.past.extend(stored(model, scored, ticket, category));
                    }
                }
            }
            None if ticket.unbiased && ticket.created_at > made_at => {
                history.past.extend(live(snapshot, ticket));
            }
            None => {}
        }
    }
    history
}

fn stored(model: &InUse, scored: &Scored, ticket: Labelled, category: CategoryId) -> Option<Past> {
    let predicted = model.model.labels().get(scored.predicted as usize)?.parse().ok()?;
    Some(Past {
        ticket: ticket.ticket,
        at: ticket.created_at,
        category,
        language: ticket.language,
        predicted,
        score: scored.score,
        novelty: None,
        right: scored.right,
        truth: ticket.answer,
        live: false,
    })
}

fn live(snapshot: &Snapshot, ticket: Labelled) -> Option<Past> {
    let Live { answer, score, novelty } = ticket.live?;
    let category = ticket.picked.unwrap_or_else(|| snapshot.category_of(answer));
    // After a pause these are the reserve that a new certificate is proved on.
    if snapshot.guardrail(category).is_some_and(|g| g.labels_from.is_some()) {
        return None;
    }
    let right = ticket.answer.is_some_and(|truth| snapshot.label(truth) == snapshot.label(answer));
    Some(Past {
        ticket: ticket.ticket,
        at: ticket.created_at,
        category,
        language: ticket.language,
        predicted: answer,
        score,
        novelty: Some(novelty),
        right,
        truth: ticket.answer,
        live: true,
    })
}
