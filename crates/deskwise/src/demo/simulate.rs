//! The demo's world: customers write and react, agents work through the queue, time runs on.

use std::sync::Arc;
use std::time::Duration;

use ::demo::{Company, Live};
use app::{App, Error};
use domain::Millis;
use domain::time::{MINUTE, SECOND};
use domain::words::Status;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::task::JoinHandle;

use super::customers::{self, Case};
use super::desk::Desk;
use crate::failure::Failure;

/// How often the world looks around.
const TICK: Duration = Duration::from_millis(500);
/// New tickets at the beginning, so that there is something to see.
const FIRST: usize = 24;
/// From one ticket to the next.
const BETWEEN: std::ops::Range<Millis> = SECOND..7 * SECOND;
/// How long a ticket waits for an agent.
const AGENT: std::ops::Range<Millis> = 25 * SECOND..100 * SECOND;
/// The chance that somebody reviews a ticket, each time the world looks around: about one in half a minute.
const REVIEWS: f64 = 1.0 / 60.0;
/// How long a customer is followed.
const FOLLOWED: Millis = 10 * MINUTE;

/// Everyone in the demo's world.
struct World {
    app: Arc<App>,
    live: Live,
    random: StdRng,
    desk: Desk,
    cases: Vec<Case>,
    next_ticket: Millis,
}

/// Starts the world; it lives until the task is aborted.
pub(crate) async fn start(app: Arc<App>, company: Company, seed: u64) -> Result<JoinHandle<()>, Failure> {
    let desk = Desk::of(&app, &company).await?;
    let mut world = World {
        next_ticket: app.now(),
        app,
        live: Live::new(seed),
        random: StdRng::seed_from_u64(seed),
        desk,
        cases: Vec::new(),
    };
    Ok(tokio::spawn(async move {
        for _ in 0..FIRST {
            world.someone_writes().await;
        }
        loop {
            world.turn().await;
            tokio::time::sleep(TICK).await;
        }
    }))
}

impl World {
    async fn turn(&mut self) {
        let now = self.app.now();
        if now >= self.next_ticket {
            self.next_ticket = now + self.random.random_range(BETWEEN);
            self.someone_writes().await;
        }
        let mut cases = std::mem::take(&mut self.cases);
        for case in &mut cases {
            if let Err(error) = self.follow(case, now).await {
                // What a visitor does meanwhile (closing, replying) may make an act impossible; the world goes on.
                tracing::debug!(%error, "a simulated person could not act");
                case.over = matches!(error, Error::NotFound(_));
            }
        }
        if let Err(error) = self.someone_reviews(&cases).await {
            tracing::debug!(%error, "a simulated agent could not review");
        }
        cases.retain(|case| !case.over && now - case.written_at < FOLLOWED);
        self.cases = cases;
    }

    async fn someone_writes(&mut self) {
        let Some(live) = self.live.next() else { return };
        let patience = self.random.random_range(AGENT);
        match customers::write(&self.app, live, patience, &mut self.random).await {
            Ok(case) => self.cases.push(case),
            Err(error) => tracing::warn!(%error, "a simulated customer could not write"),
        }
    }

    /// Now and then, one of the agents reviews the ticket that has waited longest: they know what was right.
    async fn someone_reviews(&mut self, cases: &[Case]) -> Result<(), Error> {
        let agents = &self.desk.agents;
        if agents.is_empty() || !self.random.random_bool(REVIEWS) {
            return Ok(());
        }
        let caller = &agents[self.random.random_range(0..agents.len())];
        for waiting in app::reviews::queue(&self.app, caller).await? {
            let case = cases.iter().find(|case| case.number == waiting.ticket.number);
            let Some(case) = case.filter(|_| !waiting.task.disputed) else { continue };
            let answer = self.desk.answer(case.live.answer_key.as_ref());
            app::reviews::give(&self.app, caller, case.number, answer).await?;
            break;
        }
        Ok(())
    }

    /// Lets the people around one ticket do what they would do now.
    async fn follow(&mut self, case: &mut Case, now: Millis) -> Result<(), Error> {
        let ticket = app::tickets::by_number(&self.app, case.number).await?;
        let helped = self.desk.helped(&case.live, &ticket);
        let answered = ticket.first_reply_at.is_some();
        if answered {
            case.react(&self.app, &ticket, helped, now, &mut self.random).await?;
        }
        let waits = matches!(ticket.status, Status::New | Status::Open);
        if waits && now - ticket.updated_at >= case.patience {
            return self.desk.solve(&self.app, &case.live, &ticket).await;
        }
        Ok(())
    }
}
