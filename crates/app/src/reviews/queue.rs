//! What waits to be reviewed, and how the team gets on with it.

use domain::reviews::agreement::{Agreement, agreement};
use domain::tickets::Ticket;
use domain::time::DAY;
use domain::words::Role;
use domain::{AnswerId, Millis, guardrail};
use store::reviews::{self, Task};
use store::tickets;

use crate::{App, Caller, Result, automation, settings};

/// Most tasks shown at once.
const MOST: i64 = 50;
/// Agreement is counted over so many days.
const AGREEMENT_DAYS: Millis = 90;

/// A ticket that waits for the caller.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub task: Task,
    pub ticket: Ticket,
    /// What the requester asked.
    pub body: String,
    /// Where two chose differently: what they chose, for whoever decides between them.
    pub choices: Vec<Option<AnswerId>>,
}

/// How the team gets on.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// A day's reviews, as the settings say.
    pub budget: i64,
    /// Today, by everyone and by the caller.
    pub done: i64,
    pub own: i64,
    /// Waiting for the caller.
    pub own_waiting: i64,
    /// Not settled, and older than 72 hours.
    pub waiting: i64,
    pub late: i64,
    /// Of the last 90 days.
    pub agreement: Agreement,
}

/// The tickets that wait for the caller, longest first.
pub async fn queue(app: &App, caller: &Caller) -> Result<Vec<Waiting>> {
    let tasks = reviews::waiting_for(&app.db, caller.user(), caller.role == Role::Admin, MOST).await?;
    let mut waiting = Vec::with_capacity(tasks.len());
    for task in tasks {
        let Some(ticket) = tickets::by_id(&app.db, task.ticket).await? else { continue };
        let body = store::messages::first(&app.db, task.ticket).await?.map(|m| m.body).unwrap_or_default();
        let choices = match task.disputed {
            true => reviews::choices(&app.db, task.ticket).await?.iter().map(|r| r.choice.answer).collect(),
            false => Vec::new(),
        };
        waiting.push(Waiting { task, ticket, body, choices });
    }
    Ok(waiting)
}

pub async fn progress(app: &App, caller: &Caller) -> Result<Progress> {
    let (settings, now) = (settings::load(app).await?, app.now());
    let zone = domain::periods::zone(&settings.time_zone);
    let today = domain::periods::starts(domain::words::Period::Day, &zone, now, now + 1, 1);
    let today = today.first().copied().unwrap_or(now - DAY);
    let (done, own) = reviews::done_since(&app.db, caller.user(), today).await?;
    let (waiting, late) = reviews::open(&app.db, now - guardrail::LATE).await?;
    let own_waiting = reviews::count_waiting_for(&app.db, caller.user(), caller.role == Role::Admin).await?;
    let snapshot = automation::snapshot(app).await?;
    let label = |answer: Option<AnswerId>| answer.map(|a| snapshot.label(a));
    let pairs = reviews::pairs(&app.db, now - AGREEMENT_DAYS * DAY).await?;
    let pairs: Vec<_> = pairs.into_iter().map(|(a, b)| (label(a), label(b))).collect();
    Ok(Progress {
        budget: settings.reviews_a_day,
        done,
        own,
        own_waiting,
        waiting,
        late,
        agreement: agreement(&pairs),
    })
}
