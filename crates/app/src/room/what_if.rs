//! What a category's switch would do at each target, and tickets on both sides of a threshold.

use domain::certificate::Standing;
use domain::room::curve::{Step, at, curve};
use domain::{AnswerId, CategoryId, Millis, TicketId};

use super::history::{self, Past};
use super::{MONTH, STEPS, looked_up};
use crate::{App, Result};

/// The curve, from the strictest threshold to the loosest, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    pub steps: Vec<Step>,
    /// Past tickets, and when the first and the last of them came.
    pub seen: i64,
    pub from: Option<Millis>,
    pub to: Option<Millis>,
    /// Tickets of the last 30 days.
    pub month: i64,
    pub model_version: Option<i64>,
    /// What the certified threshold comes to on these tickets, while a certificate holds.
    pub certified: Option<Step>,
}

pub async fn what_if(app: &App, id: CategoryId) -> Result<WhatIf> {
    let snapshot = looked_up(app, id).await?;
    let history = history::load(app, &snapshot).await?;
    let times = history.past.iter().filter(|p| p.category == id && !p.live).map(|p| p.at);
    let certified = match snapshot.standing(id, app.now()) {
        Standing::Valid { threshold, .. } => Some(at(history.judged(&snapshot, id), threshold)),
        Standing::Missing(_) => None,
    };
    Ok(WhatIf {
        steps: curve(history.judged(&snapshot, id), STEPS),
        seen: history.judged(&snapshot, id).count() as i64,
        from: times.clone().min(),
        to: times.max(),
        month: store::room::came(&app.db, id, app.now() - MONTH).await?,
        model_version: snapshot.model_version(),
        certified,
    })
}

/// A past ticket beside a threshold.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub ticket: TicketId,
    pub number: i64,
    /// Subject, or how the text begins.
    pub title: String,
    pub at: Millis,
    pub score: f64,
    pub predicted: AnswerId,
    pub truth: Option<AnswerId>,
    pub right: bool,
}

/// The stored tickets nearest to a threshold: at or above it, and below it, nearest first.
pub async fn examples(
    app: &App,
    id: CategoryId,
    threshold: f64,
    each: usize,
) -> Result<(Vec<Example>, Vec<Example>)> {
    let snapshot = looked_up(app, id).await?;
    let history = history::load(app, &snapshot).await?;
    let mut here: Vec<Past> = history.past.into_iter().filter(|p| p.category == id && !p.live).collect();
    here.sort_by(|a, b| a.score.total_cmp(&b.score).then(a.ticket.cmp(&b.ticket)));
    let split = here.partition_point(|p| p.score < threshold);
    let above: Vec<Past> = here[split..].iter().take(each).cloned().collect();
    let below: Vec<Past> = here[..split].iter().rev().take(each).cloned().collect();
    Ok((shown(app, above).await?, shown(app, below).await?))
}

async fn shown(app: &App, past: Vec<Past>) -> Result<Vec<Example>> {
    let ids: Vec<TicketId> = past.iter().map(|p| p.ticket).collect();
    let mut titles = store::room::titles(&app.db, &ids).await?;
    let example = |past: Past| {
        let (number, title) = titles.remove(&past.ticket)?;
        Some(Example {
            ticket: past.ticket,
            number,
            title,
            at: past.at,
            score: past.score,
            predicted: past.predicted,
            truth: past.truth,
            right: past.right,
        })
    };
    Ok(past.into_iter().filter_map(example).collect())
}
