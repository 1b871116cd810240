//! When a model is trained without being asked for: when there is enough new to learn, or by the clock.

use domain::Millis;
use domain::periods::{next_at, next_on, zone};
use domain::time::{HOUR, MINUTE};
use domain::words::{Period, TrainWhen};
use store::Tx;
use store::models::ModelInfo;

use super::request;
use super::training::Asked;
use crate::automation::{self, Unreadable};
use crate::settings::{self, Settings};
use crate::{Actor, App, Result};

/// How often the runner asks [`schedule`].
pub(crate) const ASK: Millis = MINUTE;
/// How often labels are looked at to see whether there is enough new to learn.
const LOOK: Millis = 6 * HOUR;
/// New labels that make a training worth its while: this many, and this share of those known.
const ENOUGH: i64 = 100;
const ENOUGH_SHARE: f64 = 0.05;
/// The schedule of trainings by the clock.
const BY_CLOCK: &str = "learn by the clock";

/// What the next training waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    pub when: TrainWhen,
    /// Labels given or mended since the newest model was made.
    pub new_labels: i64,
    /// So many make a training worth its while, where it waits for that.
    pub enough: i64,
    /// When it is due by the clock.
    pub next_at: Option<Millis>,
}

pub async fn outlook(app: &App) -> Result<Outlook> {
    let settings = settings::load(app).await?;
    let last = store::models::all(&app.db).await?.into_iter().next();
    Ok(Outlook {
        when: settings.train_when,
        new_labels: new_labels(app, last.as_ref()).await?,
        enough: enough(last.as_ref()),
        next_at: next(&settings, app.now()),
    })
}

fn next(settings: &Settings, now: Millis) -> Option<Millis> {
    let (zone, hour) = (zone(&settings.time_zone), settings.train_hour);
    match settings.train_when {
        TrainWhen::Off | TrainWhen::Enough => None,
        TrainWhen::Daily => next_at(Period::Day, &zone, hour, now),
        TrainWhen::Weekly => next_on(settings.train_weekday, &zone, hour, now),
    }
}

async fn new_labels(app: &App, last: Option<&ModelInfo>) -> Result<i64> {
    Ok(store::labels::count_since(&app.db, last.map_or(0, |m| m.created_at)).await?)
}

fn enough(last: Option<&ModelInfo>) -> i64 {
    // In whichever role: those kept to prove something were known as well.
    let count = |role| last.and_then(|m| m.summary["counts"][role].as_i64()).unwrap_or(0);
    let known: i64 = ["fit", "select", "certify", "report", "left_out"].into_iter().map(count).sum();
    ENOUGH.max((known as f64 * ENOUGH_SHARE) as i64)
}

/// Another rhythm was chosen: what the clock said before does not count.
pub(crate) async fn plan_anew(tx: &mut Tx) -> Result<()> {
    Ok(store::queue::forget_schedule(tx, BY_CLOCK).await?)
}

/// Now and then, sees whether a training is due, and asks for it. By the clock too, only when there is anything new.
pub async fn schedule(app: &App) -> Result<()> {
    let now = app.now();
    if automation::snapshot(app).await?.unreadable.as_ref().is_some_and(Unreadable::is_lost) {
        // One from an earlier version of Deskwise, or damaged.
        return match app.db.is_due("mend", HOUR, now).await? {
            true => request(app, Actor::System, Asked { by_schedule: false }).await,
            false => Ok(()),
        };
    }
    let settings = settings::load(app).await?;
    let due = match (settings.train_when, next(&settings, now)) {
        (TrainWhen::Enough, _) => app.db.is_due("learn", LOOK, now).await?,
        (_, Some(next)) => app.db.is_due_since(BY_CLOCK, next, next, now).await?,
        (_, None) => false,
    };
    if !due {
        return Ok(());
    }
    let outlook = outlook(app).await?;
    let least = if outlook.when == TrainWhen::Enough { outlook.enough } else { 1 };
    if outlook.new_labels >= least {
        request(app, Actor::System, Asked { by_schedule: true }).await?;
    }
    Ok(())
}
