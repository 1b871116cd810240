//! `deskwise demo --story`: the company goes through the control room by itself, in accelerated time. Nothing is
//! staged: the certificates come from the learner, the pause from the guardrail's own test, and people act by the
//! functions behind the console, under their names.

mod audit;
mod chapters;
mod clock;
mod tell;
mod world;

use std::sync::Arc;
use std::time::Duration;

use ::demo::Company;
use app::App;
use app::settings::{self, SettingsChange};
use domain::Millis;
use domain::time::{Clock, DAY, HOUR, SystemClock};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::demo::{history, stage};
use crate::failure::Failure;
use crate::place::Place;

use chapters::Story;
pub(crate) use clock::StoryClock;
use world::World;

/// Days that the story's past covers.
const PAST_DAYS: i64 = 120;
/// So long ago the story begins, so that it ends at about the present.
const BEGINS: Millis = 9 * 7 * DAY;
/// Reviews a day that the head of support asks for.
const REVIEWS: i64 = 25;

/// How a story is played.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    /// Tickets of the past; as many a day come while the story plays.
    pub(crate) tickets: usize,
    pub(crate) seed: u64,
    /// What the first category promises.
    pub(crate) precision: f64,
    /// The least that a simulated day takes, for those who watch.
    pub(crate) a_day: Duration,
}

/// The precision that a past of so many tickets can prove for the first category.
pub(crate) fn provable(tickets: usize) -> f64 {
    match tickets {
        6_000.. => 0.9,
        _ => 0.8,
    }
}

/// How many tickets the past holds unless somebody says otherwise.
pub(crate) const TICKETS: u32 = 10_000;

/// The clock at the beginning: a Monday morning some weeks ago.
pub(crate) fn clock() -> Arc<StoryClock> {
    Arc::new(StoryClock::at(monday(SystemClock.now() - BEGINS) + 9 * HOUR))
}

/// The Monday before a moment, in UTC. 1970 began on a Thursday.
fn monday(moment: Millis) -> Millis {
    let day = moment.div_euclid(DAY);
    (day - (day + 3).rem_euclid(7)) * DAY
}

/// The company as it is when the story begins: its past, its people, everything off.
pub(crate) async fn set_up(
    app: &Arc<App>,
    company: &Company,
    pace: &Pace,
    url: Option<String>,
) -> Result<Vec<stage::SignIn>, Failure> {
    let sign_ins = stage::people_and_settings(app, company, url).await?;
    let change = SettingsChange {
        survey_after_ms: Some(DAY),
        silent_after_ms: Some(7 * DAY),
        reviews_a_day: Some(REVIEWS),
        ..SettingsChange::default()
    };
    settings::change(app, app::Actor::System, change).await?;
    stage::answers_and_rules(app, company).await?;
    let now = app.now();
    history::import(app, company, pace.seed, pace.tickets, now - PAST_DAYS * DAY, now).await?;
    Ok(sign_ins)
}

/// Plays the story to its end.
pub(crate) async fn play(
    app: Arc<App>,
    clock: Arc<StoryClock>,
    company: Company,
    place: &Place,
    pace: Pace,
) -> Result<(), Failure> {
    let desk = super::desk::Desk::of(&app, &company).await?;
    let a_day = pace.tickets as f64 / PAST_DAYS as f64;
    let world = World::new(app, clock, desk, pace.seed, a_day);
    Story::new(world, company, audit::folder(&place.data), pace).await?.play().await
}

/// The past once more, as the export of the last month.
fn last_month(seed: u64, tickets: usize, now: Millis) -> Vec<::demo::PastTicket> {
    let all = ::demo::history(seed, tickets, now - PAST_DAYS * DAY, now);
    all.filter(|ticket| ticket.created_at >= now - 30 * DAY).collect()
}

/// Secrets and samples of a story come from its seed.
pub(crate) fn random(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}
