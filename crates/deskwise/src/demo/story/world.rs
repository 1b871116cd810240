//! The story's world: what people will do is a queue of moments, and time leaps from each to the next. People act by
//! the same functions as everyone; jobs and schedules see the same clock.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use ::demo::{Live, LiveTicket, answered_at, moments};
use app::{App, Caller, Error, jobs};
use domain::Millis;
use domain::tickets::Ticket;
use domain::time::{DAY, HOUR, MINUTE};
use domain::words::{Responder, Status};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::clock::StoryClock;
use crate::demo::customers;
use crate::demo::desk::Desk;

/// How long a customer takes to read an automatic answer, and to rate after having been asked.
const READS: std::ops::Range<Millis> = 5 * MINUTE..3 * HOUR;
const RATES: std::ops::Range<Millis> = HOUR..20 * HOUR;
/// How often schedules are asked and jobs are run where nobody does anything.
const TICK: Millis = 30 * MINUTE;
/// When somebody sits down to review: hours of the day.
const REVIEWS: [Millis; 3] = [9 * HOUR, 13 * HOUR, 17 * HOUR];
const WEEK: Millis = 7 * DAY;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    /// A customer writes, about anything or about the broken release.
    Write { release: bool },
    /// An agent takes the ticket up.
    Solve(i64),
    /// A customer has read what was sent by itself.
    Read(i64),
    /// A customer has found the question how it went.
    Rate(i64),
    /// The desk reviews what was chosen for it.
    Review,
    /// Schedules and jobs.
    Tick,
    /// The next week's questions are drawn.
    Week,
}

pub(crate) struct World {
    pub(super) app: Arc<App>,
    pub(super) desk: Desk,
    pub(super) clock: Arc<StoryClock>,
    live: Live,
    random: StdRng,
    acts: BinaryHeap<Reverse<(Millis, u64, Act)>>,
    order: u64,
    /// Tickets that somebody will still do something about, by number.
    cases: HashMap<i64, LiveTicket>,
    /// What would have been right, for those who review.
    truth: HashMap<i64, Option<String>>,
    a_week: usize,
}

impl World {
    pub(super) fn new(app: Arc<App>, clock: Arc<StoryClock>, desk: Desk, seed: u64, a_day: f64) -> Self {
        let now = app.now();
        let mut world = Self {
            app,
            desk,
            clock,
            live: Live::new(seed),
            random: StdRng::seed_from_u64(seed),
            acts: BinaryHeap::new(),
            order: 0,
            cases: HashMap::new(),
            truth: HashMap::new(),
            a_week: (a_day * 7.0).round().max(1.0) as usize,
        };
        world.at(now, Act::Week);
        world.at(now, Act::Tick);
        world.at(now, Act::Review);
        world
    }

    fn at(&mut self, moment: Millis, act: Act) {
        self.order += 1;
        self.acts.push(Reverse((moment, self.order, act)));
    }

    /// So many customers a day ask about the broken release, for so many days from now.
    pub(super) fn release(&mut self, a_day: f64, days: i64) {
        let now = self.app.now();
        let count = (a_day * days as f64).round() as usize;
        for moment in moments(&mut self.random, count, now, now + days * DAY) {
            self.at(moment, Act::Write { release: true });
        }
    }

    /// Lets time pass until `moment`.
    pub(super) async fn until(&mut self, moment: Millis) -> Result<(), Error> {
        while let Some(Reverse((at, _, act))) =
            self.acts.peek().copied().filter(|Reverse((at, ..))| *at <= moment)
        {
            self.acts.pop();
            self.clock.move_to(at);
            if let Err(error) = self.act(act, at).await {
                if matches!(error, Error::Store(_)) {
                    return Err(error);
                }
                // What a visitor does meanwhile (closing, replying) may make an act impossible; the world goes on.
                tracing::debug!(%error, ?act, "a simulated person could not act");
            }
        }
        self.clock.move_to(moment);
        self.work().await
    }

    /// What is due is done, by the same jobs as ever.
    pub(super) async fn work(&self) -> Result<(), Error> {
        jobs::drain(&self.app).await.map(drop)
    }

    async fn act(&mut self, act: Act, now: Millis) -> Result<(), Error> {
        match act {
            Act::Week => {
                for moment in moments(&mut self.random, self.a_week, now, now + WEEK) {
                    self.at(moment, Act::Write { release: false });
                }
                self.at(now + WEEK, Act::Week);
            }
            Act::Tick => {
                self.at(now + TICK, Act::Tick);
                jobs::schedule(&self.app).await;
                self.work().await?;
            }
            Act::Review => {
                self.at(next_review(now), Act::Review);
                self.review().await?;
            }
            Act::Write { release } => self.write(release, now).await?,
            Act::Solve(number) => self.solve(number, now).await?,
            Act::Read(number) => self.read(number, now).await?,
            Act::Rate(number) => {
                if let Some(live) = self.cases.remove(&number) {
                    let ticket = app::tickets::by_number(&self.app, number).await?;
                    if ticket.survey_sent_at.is_some() {
                        customers::rate(&self.app, &live, &ticket, self.desk.helped(&live, &ticket)).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn write(&mut self, release: bool, now: Millis) -> Result<(), Error> {
        let live = if release { Some(self.live.after_release()) } else { self.live.next() };
        let Some(live) = live else { return Ok(()) };
        let number = customers::ask(&self.app, &live, &mut self.random).await?.number;
        self.work().await?;
        self.truth.insert(number, live.question.fitting_answer_key.clone());
        let ticket = app::tickets::by_number(&self.app, number).await?;
        self.cases.insert(number, live);
        if waits(&ticket) {
            let moment = answered_at(&mut self.random, now);
            self.at(moment, Act::Solve(number));
        } else {
            let reads = self.random.random_range(READS);
            self.at(now + reads, Act::Read(number));
        }
        Ok(())
    }

    async fn solve(&mut self, number: i64, now: Millis) -> Result<(), Error> {
        let ticket = app::tickets::by_number(&self.app, number).await?;
        if let Some(live) = self.cases.get(&number).filter(|_| waits(&ticket)) {
            self.desk.solve(&self.app, live, &ticket).await?;
        }
        self.rates_later(number, now);
        Ok(())
    }

    async fn read(&mut self, number: i64, now: Millis) -> Result<(), Error> {
        let ticket = app::tickets::by_number(&self.app, number).await?;
        let Some(live) = self.cases.get(&number) else { return Ok(()) };
        if ticket.first_reply_by != Some(Responder::Agent) {
            let helped = self.desk.helped(live, &ticket);
            customers::judge(&self.app, live, &ticket, helped, &mut self.random).await?;
        }
        if waits(&app::tickets::by_number(&self.app, number).await?) {
            let moment = answered_at(&mut self.random, now);
            self.at(moment, Act::Solve(number));
        } else {
            self.rates_later(number, now);
        }
        Ok(())
    }

    fn rates_later(&mut self, number: i64, now: Millis) {
        let rates = self.random.random_range(RATES);
        self.at(now + DAY + rates, Act::Rate(number));
    }

    /// Everyone at the desk reviews what waits for them; each knows what would have been right.
    async fn review(&mut self) -> Result<(), Error> {
        for caller in &self.desk.agents {
            for waiting in app::reviews::queue(&self.app, caller).await? {
                let number = waiting.ticket.number;
                let Some(right) = self.truth.get(&number) else { continue };
                let answer = self.desk.answer(right.as_ref());
                if waiting.task.disputed {
                    app::reviews::adjudicate(&self.app, caller, number, answer).await?;
                } else {
                    app::reviews::give(&self.app, caller, number, answer).await?;
                }
            }
        }
        Ok(())
    }

    /// The first one at the desk, who writes answers.
    pub(super) fn writer(&self) -> Option<Caller> {
        self.desk.agents.first().cloned()
    }
}

fn waits(ticket: &Ticket) -> bool {
    matches!(ticket.status, Status::New | Status::Open)
}

/// The next time on a weekday when somebody sits down to review.
fn next_review(now: Millis) -> Millis {
    let day = now.div_euclid(DAY) * DAY;
    let times = (0..4).flat_map(|d| REVIEWS.map(|hour| day + d * DAY + hour));
    times.filter(|at| *at > now && is_weekday(*at)).min().unwrap_or(now + DAY)
}

/// 1970 began on a Thursday.
pub(super) fn is_weekday(moment: Millis) -> bool {
    let from_monday = (moment.div_euclid(DAY) + 3).rem_euclid(7);
    from_monday < 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_are_done_three_times_on_weekdays() {
        let friday = DAY; // 2 January 1970
        assert!(is_weekday(friday) && !is_weekday(friday + DAY) && !is_weekday(friday + 2 * DAY));
        assert_eq!(next_review(friday + 10 * HOUR), friday + 13 * HOUR);
        assert_eq!(next_review(friday + 17 * HOUR), friday + 3 * DAY + 9 * HOUR);
    }
}
