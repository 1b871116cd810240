//! The stack of a category: each responder in the order in which they are asked, all measured on one scale.

use std::collections::HashMap;

use domain::CategoryId;
use domain::stats::{Rate, quantile};
use domain::words::Responder;
use store::room::{Rated, Taken, Walked};

use super::{MONTH, looked_up};
use crate::{App, Result, settings};

/// The tickets of the last 30 days on their way down.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    pub tickets: i64,
    /// Kept for people by the never-list, before anyone was asked.
    pub never: i64,
    /// Nobody has answered yet.
    pub open: i64,
    pub layers: Vec<Layer>,
}

/// What one responder was asked, took, and made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub responder: Responder,
    /// Tickets that reached it.
    pub asked: i64,
    /// Those that it answered first, and those that it handed on.
    pub taken: i64,
    pub handed_on: i64,
    pub confirmed: i64,
    pub silent: i64,
    pub failed: i64,
    /// Too early to say.
    pub undecided: i64,
    /// Good ratings among all that were given.
    pub csat: Rate,
    /// Ratings asked for and not given: at worst all of them bad, at best all good.
    pub unrated: i64,
    pub csat_worst: Option<f64>,
    pub csat_best: Option<f64>,
    pub median_reply_ms: Option<i64>,
    /// Minutes of agents' work, by the stated assumption.
    pub agent_minutes: f64,
}

/// Who is asked, in order. The crowd takes its place here once there is one.
const ORDER: [Responder; 3] = [Responder::Rules, Responder::Learner, Responder::Agent];

pub async fn stack(app: &App, id: CategoryId) -> Result<Stack> {
    looked_up(app, id).await?;
    let (db, since) = (&app.db, app.now() - MONTH);
    let walked = store::room::walked(db, id, since, domain::decide::NEVER).await?;
    let taken = store::room::taken(db, id, since).await?;
    let rated = store::room::rated(db, id, since).await?;
    let mut waits: HashMap<Responder, Vec<i64>> = HashMap::new();
    for (responder, wait) in store::room::reply_times(db, id, since).await? {
        waits.entry(responder).or_default().push(wait.max(0));
    }
    let minutes = settings::load(app).await?.minutes_per_ticket;
    let layers = ORDER.map(|responder| {
        let taken = taken.iter().find(|t| t.responder == responder).copied();
        let rated = rated.iter().find(|r| r.responder == responder).copied();
        let waits = waits.remove(&responder).unwrap_or_default();
        layer(responder, walked, taken, rated, waits, minutes)
    });
    Ok(Stack { tickets: walked.tickets, never: walked.never, open: walked.open, layers: layers.into() })
}

fn layer(
    responder: Responder,
    walked: Walked,
    taken: Option<Taken>,
    rated: Option<Rated>,
    mut waits: Vec<i64>,
    minutes: f64,
) -> Layer {
    let none = Taken { responder, taken: 0, confirmed: 0, silent: 0, failed: 0 };
    let Taken { taken, confirmed, silent, failed, .. } = taken.unwrap_or(none);
    let Rated { asked: surveys, good, bad, .. } =
        rated.unwrap_or(Rated { responder, asked: 0, good: 0, bad: 0 });
    let reached = match responder {
        Responder::Rules => walked.decided - walked.never,
        Responder::Agent => taken,
        _ => walked.decided - walked.never - walked.ruled,
    };
    // A rule may be asked in a blind ticket, whose decision names the blind share alone.
    let asked = reached.max(taken);
    let unrated = (surveys - good - bad).max(0);
    let of = good + bad + unrated;
    let share = |count: i64| (of > 0).then(|| count as f64 / of as f64);
    waits.sort_unstable();
    Layer {
        responder,
        asked,
        taken,
        handed_on: asked - taken,
        confirmed,
        silent,
        failed,
        undecided: (taken - confirmed - silent - failed).max(0),
        csat: Rate::new(good, good + bad),
        unrated,
        csat_worst: share(good),
        csat_best: share(good + unrated),
        median_reply_ms: quantile(&waits, 0.5),
        agent_minutes: if responder == Responder::Agent { taken as f64 * minutes } else { 0.0 },
    }
}
