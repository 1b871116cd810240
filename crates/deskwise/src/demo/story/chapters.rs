//! The eight chapters: what the head of support and the desk do, and what has to come to pass before the next one.

use std::path::PathBuf;

use ::demo::{Company, release_answer};
use app::answers::{self, AnswerChange};
use app::guardrail::{self, Stands};
use app::policies::{self, Scope};
use app::{Caller, automation, models};
use domain::answers::Variant;
use domain::certificate::{Certificate, Standing};
use domain::numerals::percent;
use domain::policy::PolicyChange;
use domain::time::{DAY, HOUR};
use domain::words::{Mode, ModelState, Role};
use domain::{AnswerId, CategoryId, Millis};
use tokio::time::Instant;

use super::world::World;
use super::{Pace, audit, last_month, tell};
use crate::demo::desk::as_caller;
use crate::failure::Failure;
use crate::output::print;

/// The category that is switched on first, by its key in the company's book.
const FIRST: &str = "password";
const ROLLOUTS: [f64; 3] = [0.1, 0.5, 1.0];
const HOLDOUT: f64 = 0.1;
/// How often customers ask about the broken release, beside every hundred others, and for how long.
const RELEASE: f64 = 0.25;
const RELEASE_DAYS: i64 = 60;
/// Longest that is waited for what has to come.
const PATIENCE: i64 = 45;
/// Tickets answered with the new answer before the head of support believes that the model knows it.
const LEARNT: i64 = 30;

pub(super) struct Story {
    world: World,
    company: Company,
    folder: PathBuf,
    pace: Pace,
    head: Caller,
    category: CategoryId,
    name: String,
    began: Millis,
}

type Done = Result<(), Failure>;

impl Story {
    pub(super) async fn new(
        world: World,
        company: Company,
        folder: PathBuf,
        pace: Pace,
    ) -> Result<Self, Failure> {
        let users = app::accounts::people::list(&world.app).await?;
        let head = users.iter().find(|u| u.role == Role::Admin).map(as_caller);
        let name = company.categories.iter().find(|c| c.key == FIRST).map(|c| c.name.clone());
        let snapshot = automation::snapshot(&world.app).await?;
        let category = snapshot.categories.iter().find(|c| Some(&c.name) == name.as_ref()).map(|c| c.id);
        let (Some(head), Some(name), Some(category)) = (head, name, category) else {
            return Err(Failure::failed("the story needs an admin and its first category"));
        };
        let began = world.app.now();
        Ok(Self { world, company, folder, pace, head, category, name, began })
    }

    pub(super) async fn play(mut self) -> Done {
        self.audit().await?;
        self.shadow().await?;
        self.a_tenth().await?;
        self.widen().await?;
        self.break_signing_in()?;
        self.wait_for_the_pause().await?;
        let answer = self.write_the_answer().await?;
        self.come_back(answer).await?;
        self.world.clock.end();
        Ok(())
    }

    fn day(&self) -> i64 {
        (self.world.app.now() - self.began) / DAY
    }

    fn chapter(&self, number: usize) -> Done {
        self.world.clock.begin(number);
        print(&tell::heading(number, self.day(), self.world.app.now()))
    }

    fn tell(&self, what: &str) -> Done {
        print(&format!("  day {:<3} {what}", self.day()))
    }

    async fn numbers(&self) -> Done {
        print(&tell::numbers(&self.world.app, self.category, self.pace.precision).await?)
    }

    /// Lets days pass, until nine in the morning of the last one.
    async fn days(&mut self, days: i64) -> Done {
        for _ in 0..days {
            let started = Instant::now();
            let morning = (self.world.app.now() - 9 * HOUR).div_euclid(DAY) * DAY + 9 * HOUR;
            self.world.until(morning + DAY).await?;
            tokio::time::sleep(self.pace.a_day.saturating_sub(started.elapsed())).await;
        }
        Ok(())
    }

    fn failed(&self, chapter: usize, why: &str) -> Failure {
        Failure::failed(format!("chapter {chapter} did not come to pass by day {}: {why}", self.day()))
    }

    async fn switch(&self, change: PolicyChange, reason: &str) -> Done {
        let change = PolicyChange { reason: Some(reason.into()), ..change };
        policies::set(&self.world.app, &self.head, Scope::Category(self.category), change).await?;
        Ok(())
    }

    async fn stands(&self) -> Result<Stands, Failure> {
        let snapshot = automation::snapshot(&self.world.app).await?;
        Ok(guardrail::stands(&snapshot, self.category, self.world.app.now()))
    }

    /// Why nothing may be sent yet, or that it may.
    async fn missing(&self) -> Result<Option<String>, Failure> {
        let snapshot = automation::snapshot(&self.world.app).await?;
        Ok(match snapshot.standing(self.category, self.world.app.now()) {
            Standing::Valid { .. } => None,
            Standing::Missing(why) => Some(why),
        })
    }

    async fn promise(&self) -> Result<String, Failure> {
        let snapshot = automation::snapshot(&self.world.app).await?;
        Ok(snapshot.certificate(self.category).map(Certificate::text).unwrap_or_default())
    }

    async fn audit(&mut self) -> Done {
        self.chapter(1)?;
        let Pace { tickets, seed, precision, .. } = self.pace;
        let (folder, company, now) = (self.folder.clone(), self.company.clone(), self.world.app.now());
        let work = move || audit::last_month(&folder, &company, &last_month(seed, tickets, now), precision);
        let audited = tokio::task::spawn_blocking(work).await.map_err(|e| Failure::failed(e.to_string()))?;
        let (report, page) = audited?;
        self.tell(&format!("{} audits the tickets of the last month:", self.head.name))?;
        for line in report.summary().lines() {
            print(&format!("          {line}"))?;
        }
        print(&format!("          report: {}", page.display()))?;
        let trained = models::train_now(&self.world.app, &|_, _| {}).await?;
        self.tell(&format!("a first model learns from {} answered tickets", trained.summary.train_size))
    }

    async fn shadow(&mut self) -> Done {
        self.chapter(2)?;
        let change = PolicyChange { precision: Some(self.pace.precision), ..mode(Mode::Shadow) };
        self.switch(change, "Watching before anything is sent").await?;
        self.tell(&format!("{} puts {} in shadow: decided, nothing sent", self.head.name, self.name))?;
        self.days(7).await?;
        for _ in 0..PATIENCE {
            if self.missing().await?.is_none() {
                self.tell(&self.promise().await?)?;
                return self.numbers().await;
            }
            self.days(1).await?;
        }
        let why = self.missing().await?.unwrap_or_default();
        Err(self.failed(2, &why))
    }

    async fn a_tenth(&mut self) -> Done {
        self.chapter(3)?;
        let change = PolicyChange {
            rollout: Some(ROLLOUTS[0]),
            holdout: Some(HOLDOUT),
            precision: Some(self.pace.precision),
            ..mode(Mode::Auto)
        };
        self.switch(change, "Certified: on for a tenth, beside a holdout").await?;
        self.tell(&format!(
            "{} switches {} on at {} with a holdout of {}",
            self.head.name,
            self.name,
            percent(ROLLOUTS[0]),
            percent(HOLDOUT)
        ))?;
        self.days(7).await?;
        self.until_trusted(3).await?;
        self.numbers().await
    }

    /// Wider as long as the guardrail watches and nothing speaks against the promise.
    async fn widen(&mut self) -> Done {
        self.chapter(4)?;
        for rollout in &ROLLOUTS[1..] {
            self.until_trusted(4).await?;
            let change = PolicyChange { rollout: Some(*rollout), ..PolicyChange::default() };
            self.switch(change, "Reviews keep the promise").await?;
            self.tell(&format!("{} raises {} to {}", self.head.name, self.name, percent(*rollout)))?;
            self.days(7).await?;
            self.numbers().await?;
        }
        self.until_trusted(4).await
    }

    async fn until_trusted(&mut self, chapter: usize) -> Done {
        for _ in 0..PATIENCE {
            let state = guardrail::state(&self.world.app, self.category).await?;
            let reviewed = state.right + state.wrong + state.harmful;
            let keeps = state.right as f64 >= state.target * reviewed as f64 || state.wealth < 1.0;
            if state.stands == Stands::Watching && keeps {
                return Ok(());
            }
            self.days(1).await?;
        }
        let why = match self.missing().await? {
            Some(why) => why,
            None => format!("{} is {:?}", self.name, self.stands().await?),
        };
        Err(self.failed(chapter, &why))
    }

    fn break_signing_in(&mut self) -> Done {
        self.chapter(5)?;
        let a_day = self.pace.tickets as f64 / super::PAST_DAYS as f64 * RELEASE;
        self.world.release(a_day, RELEASE_DAYS);
        self.tell("Pinwall 8.2 refuses right passwords: what customers ask reads like a forgotten password")
    }

    async fn wait_for_the_pause(&mut self) -> Done {
        self.chapter(6)?;
        for _ in 0..PATIENCE {
            self.days(1).await?;
            let state = guardrail::state(&self.world.app, self.category).await?;
            if let Some(pause) = state.pause {
                self.tell(&format!(
                    "the guardrail paused {} on {}: {}",
                    self.name,
                    tell::when(pause.at),
                    pause.why
                ))?;
                return self.numbers().await;
            }
        }
        let why = self.missing().await?.unwrap_or_else(|| "reviews found too little wrong".into());
        Err(self.failed(6, &why))
    }

    async fn write_the_answer(&mut self) -> Result<AnswerId, Failure> {
        self.chapter(7)?;
        let app = self.world.app.clone();
        let wrong = guardrail::wrong(&app, self.category).await?;
        self.tell(&format!("{} reads the {} answers that reviews found wrong", self.head.name, wrong.len()))?;
        let writer = self.world.writer().unwrap_or_else(|| self.head.clone());
        let new = release_answer();
        let variants =
            new.variants.into_iter().map(|v| Variant { language: v.language, body: v.body }).collect();
        let change = AnswerChange {
            title: Some(new.title.clone()),
            body: Some(Some(new.body)),
            category: Some(Some(self.category)),
            variants: Some(variants),
            ..AnswerChange::default()
        };
        let id = answers::create(&app, writer.actor, change).await?;
        self.world.desk.learns(&new.key, id);
        self.tell(&format!("{} writes “{}”, and the desk uses it", writer.name, new.title))?;
        let written = app.now();
        for _ in 0..PATIENCE {
            self.days(1).await?;
            let used = answers::used_30d(&app).await?.get(&id).copied().unwrap_or(0);
            if used < LEARNT {
                continue;
            }
            models::request_training(&app, self.head.actor).await?;
            self.world.work().await?;
            let all = models::all(&app).await?;
            if all.iter().any(|m| m.state == ModelState::InUse && m.created_at > written) {
                self.tell(&format!(
                    "{} has a model trained, which learns from {used} uses of it",
                    self.head.name
                ))?;
                return Ok(id);
            }
        }
        Err(self.failed(7, "no model has learnt the new answer"))
    }

    async fn come_back(&mut self, answer: AnswerId) -> Done {
        self.chapter(8)?;
        self.days(14).await?;
        let app = self.world.app.clone();
        guardrail::resume(&app, &self.head, self.category).await?;
        self.tell(&format!("{} resumes {}, which must be proved anew", self.head.name, self.name))?;
        for _ in 0..PATIENCE {
            if self.stands().await? == Stands::Watching {
                self.tell(&self.promise().await?)?;
                self.days(7).await?;
                self.numbers().await?;
                let used = answers::used_30d(&app).await?.get(&answer).copied().unwrap_or(0);
                return self
                    .tell(&format!("{} is on again; the new answer solved {used} tickets", self.name));
            }
            self.days(1).await?;
        }
        let why = self.missing().await?.unwrap_or_default();
        Err(self.failed(8, &why))
    }
}

fn mode(mode: Mode) -> PolicyChange {
    PolicyChange { mode: Some(mode), ..PolicyChange::default() }
}
