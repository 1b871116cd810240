//! Packing the facts of days that have changed, and proving that what is kept is what happened.

use domain::Millis;
use domain::UserId;
use domain::metrics::{Happening, TicketFacts, replay};
use domain::time::{DAY, SECOND};
use store::metrics;

use crate::{App, Error, Result};

/// How often changed days are packed again. Until then reports read their tickets.
pub(crate) const EVERY: Millis = 15 * SECOND;
/// Days packed at once; the newest first, because most reports are about them.
const MOST_DAYS: usize = 200;

/// Now and then, on one replica at a time, packs what has changed.
pub async fn schedule(app: &App) -> Result<()> {
    if app.db.is_due("recount", EVERY, app.now()).await? {
        recount(app).await?;
    }
    Ok(())
}

/// Packs days that have changed, some at a time; says how many.
pub async fn recount(app: &App) -> Result<usize> {
    let days = metrics::changed_days(&app.db).await?;
    let mut packed = 0;
    for day in days.into_iter().rev().take(MOST_DAYS) {
        packed += usize::from(pack(app, day).await?);
    }
    Ok(packed)
}

/// Reads the notes of a change first and the facts after them: what changes in between leaves a note that stays.
async fn pack(app: &App, day: i64) -> Result<bool> {
    let seen = metrics::changes(&app.db, day).await?;
    let facts = metrics::facts(&app.db, day * DAY, (day + 1) * DAY).await?;
    app.db
        .write(move |tx| {
            let (facts, seen) = (facts.clone(), seen.clone());
            Box::pin(async move { Ok::<_, Error>(metrics::put_day(tx, day, &facts, &seen).await?) })
        })
        .await
}

/// What recounting everything came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recounted {
    pub days: usize,
    /// Days that were kept otherwise than their tickets say, although nothing had changed.
    pub differed: Vec<i64>,
}

/// Compares every day with its tickets and, when `write`, packs all of them anew. `told` hears the share done.
pub async fn recount_all(app: &App, write: bool, told: &(dyn Fn(f64) + Send + Sync)) -> Result<Recounted> {
    let mut all = metrics::days(&app.db).await?;
    all.extend(metrics::kept_days(&app.db).await?);
    all.sort_unstable();
    all.dedup();
    let mut recounted = Recounted { days: all.len(), differed: Vec::new() };
    for (index, &day) in all.iter().enumerate() {
        let kept = metrics::facts_of(&app.db, &[day]).await?.pop();
        let facts = metrics::facts(&app.db, day * DAY, (day + 1) * DAY).await?;
        let same = kept.map_or(facts.is_empty(), |(_, kept)| kept.holds(&facts));
        // A day that is changing meanwhile is none that differs.
        if !same && metrics::changes(&app.db, day).await?.is_empty() {
            recounted.differed.push(day);
        }
        if write {
            pack(app, day).await?;
        }
        told((index + 1) as f64 / all.len() as f64);
    }
    Ok(recounted)
}

/// Recomputes the facts of every ticket created in `from..to` from the events, and returns those whose rows say
/// something else. An empty list is the proof that the numbers rest on what happened.
pub async fn differing(
    app: &App,
    from: Millis,
    to: Millis,
) -> Result<Vec<(TicketFacts, Option<TicketFacts>)>> {
    let mut differing = Vec::new();
    for kept in metrics::facts(&app.db, from, to).await? {
        let recomputed = replayed(app, kept.id).await?;
        if recomputed.as_ref() != Some(&kept) {
            differing.push((kept, recomputed));
        }
    }
    Ok(differing)
}

/// The facts of a ticket, from its events alone.
pub async fn replayed(app: &App, ticket: domain::TicketId) -> Result<Option<TicketFacts>> {
    let suggestion = store::decisions::of(&app.db, ticket).await?.and_then(|d| d.decision.answer);
    let events = store::events::of_ticket(&app.db, ticket).await?;
    let happenings = events.iter().map(|named| &named.event).map(|event| Happening {
        at: event.at,
        kind: &event.kind,
        subject: event.subject,
        by_team: matches!(event.actor_kind.as_str(), "user" | "token"),
        user: event.actor_id.filter(|_| event.actor_kind == "user").map(UserId),
        data: &event.data,
    });
    Ok(replay(ticket, suggestion, happenings))
}
