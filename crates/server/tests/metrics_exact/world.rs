//! A made-up team and its customers, doing at random whatever can be done to a ticket.

use app::accounts::sessions::sign_in;
use app::import::Importer;
use app::metrics::{recount, replayed};
use app::{Error, customer};
use domain::import::read;
use domain::links::Purpose;
use domain::metrics::TicketFacts;
use domain::time::{DAY, HOUR, MINUTE};
use domain::words::RatingValue;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use testkit::{PASSWORD, Staff, TestApp};

pub(crate) struct World<'t> {
    pub(crate) t: &'t TestApp,
    random: StdRng,
    pub(crate) agents: Vec<Staff<'t>>,
    pub(crate) admin: Staff<'t>,
    answers: Vec<String>,
    categories: Vec<String>,
    pub(crate) tickets: Vec<i64>,
}

/// What a step may be refused for: the ticket is not in a state for it.
fn allowed<T>(outcome: Result<T, Error>) {
    if let Err(error) = outcome {
        assert!(!matches!(error, Error::Store(_)), "{error}");
    }
}

impl<'t> World<'t> {
    pub(crate) async fn new(t: &'t TestApp, seed: u64) -> Self {
        let admin = t.admin().await;
        admin.sets(json!({ "reviews_a_day": 90 })).await;
        let answer = admin.writes_answer("Reset it", "Please use the reset link.").await;
        let rule = json!({ "name": "Passwords", "conditions": { "words": ["password"] }, "answer": answer });
        admin.web.post("/api/v1/rules", &rule).await.expect(201);
        let categories =
            vec![admin.adds_category("Sign-in").await, admin.adds_category("Boards").await, "1".into()];
        let agents = vec![t.agent().await, t.agent().await];
        let team = json!({ "team": "Night" });
        admin.web.patch(&format!("/api/v1/users/{}", agents[0].user), &team).await.expect(200);
        let random = StdRng::seed_from_u64(seed);
        let mut world =
            Self { t, random, agents, admin, answers: vec![answer], categories, tickets: Vec::new() };
        world.imports().await;
        world.history().await;
        let all = world.admin.web.get("/api/v1/answers").await.expect(200);
        let learnt = all["items"].as_array().unwrap().iter().find(|a| a["key"] == "find_board").unwrap();
        world.answers.push(learnt["id"].as_str().unwrap().to_owned());
        world.switches("auto").await;
        world
    }

    async fn switches(&mut self, mode: &str) {
        for (index, category) in self.categories.iter().enumerate() {
            // In one of them agents only ever see suggestions.
            let mode = if index == 1 { "suggest" } else { mode };
            let policy = json!({ "mode": mode, "blind": 0.02, "holdout": 0.1, "rollout": 1.0 });
            self.admin.sets_policy(category, policy).await;
        }
        self.t.clock.advance(1_000);
    }

    async fn imports(&self) {
        let rows = (0..6).map(|n| {
            let id = format!("h{n}");
            read(|field| match field {
                "id" => Some(id.as_str()),
                "created_at" => Some("2026-09-15T10:00:00Z"),
                "first_reply_at" if n > 1 => Some("2026-09-15T10:30:00Z"),
                "solved_at" if n > 2 => Some("2026-09-15T12:00:00Z"),
                "reply" if n > 3 => Some("Over there."),
                "requester" => Some("c0@example.org"),
                "body" => Some("Where is my board?"),
                "category" => Some("Boards"),
                "language" if n == 3 => Some("de"),
                "rating" if n > 4 => Some("good"),
                _ => None,
            })
            .unwrap()
        });
        Importer::new(&self.t.app).write(rows.collect()).await.unwrap();
    }

    /// What the model learns from, months ago.
    async fn history(&self) {
        let rows = (0..120).map(|n| {
            let (id, day) = (format!("p{n}"), format!("2026-0{}-{:02}T10:00:00Z", 4 + n / 60, 1 + n % 28));
            let email = format!("past{n}@example.org");
            let (body, answer) = match n % 3 {
                0 => ("Where is my board?", "find_board"),
                1 => ("I forgot my password", "reset"),
                _ => ("Please delete my profile", "delete_it"),
            };
            read(|field| match field {
                "id" => Some(id.as_str()),
                "created_at" | "first_reply_at" | "solved_at" => Some(day.as_str()),
                "requester" => Some(email.as_str()),
                "body" => Some(body),
                "category" => Some(if answer == "reset" { "Sign-in" } else { "Boards" }),
                "answer" => Some(answer),
                _ => None,
            })
            .unwrap()
        });
        Importer::new(&self.t.app).write(rows.collect()).await.unwrap();
        app::models::train_now(&self.t.app, &|_, _| {}).await.unwrap();
    }

    async fn link(&self, number: i64, purpose: Purpose) -> String {
        let ticket = app::tickets::by_number(&self.t.app, number).await.unwrap();
        let link = customer::link(&self.t.app, &ticket, purpose, 60 * DAY).await.unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    }

    pub(crate) async fn step(&mut self) {
        let (app, kind) = (&self.t.app, self.random.random_range(0..22));
        if kind < 4 || self.tickets.is_empty() {
            return self.asks(kind).await;
        }
        let number = self.tickets[self.random.random_range(0..self.tickets.len())];
        let agent = &self.agents[self.random.random_range(0..2)];
        let path = format!("/api/v1/tickets/{number}");
        let message = |body| (format!("{path}/messages"), body);
        match kind {
            4 | 5 => {
                let (path, body) = message(json!({ "kind": "public", "body": "Done.", "status": "solved" }));
                agent.web.post(&path, &body).await;
            }
            6 => {
                let answer = &self.answers[self.random.random_range(0..2)];
                let (path, body) = message(
                    json!({ "kind": "public", "body": "Like so.", "answer": answer, "status": "solved" }),
                );
                agent.web.post(&path, &body).await;
            }
            7 => {
                let kind = ["public", "note"][self.random.random_range(0..2)];
                let (path, body) = message(json!({ "kind": kind, "body": "One moment." }));
                agent.web.post(&path, &body).await;
            }
            8 => {
                let category = &self.categories[self.random.random_range(0..self.categories.len())];
                agent.web.patch(&path, &json!({ "category": category })).await;
            }
            9 => {
                let status =
                    ["open", "pending", "on_hold", "solved", "closed"][self.random.random_range(0..5)];
                agent.web.patch(&path, &json!({ "status": status })).await;
            }
            10 => allowed(customer::helped(app, &self.link(number, Purpose::Ticket).await).await),
            11 => allowed(customer::not_helped(app, &self.link(number, Purpose::Ticket).await).await),
            12 | 13 => {
                let link = self.link(number, Purpose::Ticket).await;
                allowed(customer::reply(app, &link, "Again, please.".into(), Vec::new()).await);
            }
            14 => {
                let value = RatingValue::ALL[self.random.random_range(0..2)];
                allowed(customer::rate(app, &self.link(number, Purpose::Rate).await, value, None).await);
            }
            15 => self.t.clock.advance(self.random.random_range(1..40) * MINUTE),
            16 => self.t.after(self.random.random_range(1..40) * HOUR).await,
            17 => {
                self.t.after(self.random.random_range(1..5) * DAY).await;
                // Sessions do not last for weeks.
                for staff in self.agents.iter_mut().chain([&mut self.admin]) {
                    let password = PASSWORD.to_owned();
                    let session = sign_in(&self.t.app, &staff.email, password, "test").await.unwrap();
                    staff.web = self.t.signed_in(&session.token);
                }
            }
            18 => drop(recount(app).await.unwrap()),
            19 | 20 => self.reviews().await,
            _ => self.t.drain().await,
        }
        self.t.clock.advance(self.random.random_range(1..20_000));
    }

    /// Two people look at what was sent, if it was chosen by now, and mostly find it right.
    async fn reviews(&mut self) {
        app::reviews::sample(&self.t.app).await.unwrap();
        let right = self.random.random_range(0..8) > 0;
        for agent in &self.agents {
            let queue = agent.web.get("/api/v1/reviews").await.expect(200);
            let Some(number) = queue["items"][0]["number"].as_i64() else { return };
            let answer = right.then_some(&self.answers[0]);
            agent.web.post(&format!("/api/v1/reviews/{number}"), &json!({ "answer": answer })).await;
        }
    }

    async fn asks(&mut self, kind: i32) {
        let email = format!("c{}@example.org", self.random.random_range(0..7));
        let body = ["I forgot my password", "Where is my board?"][self.random.random_range(0..2)];
        let number = match kind {
            0 => self.agents[0].files(&email, "Help", body).await["number"].as_i64().unwrap(),
            _ => self.t.customer(&email).writes("Help", body).await,
        };
        self.tickets.push(number);
        match kind {
            // Decided, and taken back before it leaves.
            1 => {
                app::jobs::run_due(&self.t.app).await.unwrap();
                self.switches("suggest").await;
                self.t.drain().await;
                self.switches("auto").await;
            }
            2 => self.t.drain().await,
            _ => {}
        }
    }

    /// The facts of all tickets, from their events alone.
    pub(crate) async fn events(&self) -> Vec<TicketFacts> {
        let mut facts = Vec::new();
        for number in 1..400 {
            let Ok(ticket) = app::tickets::by_number(&self.t.app, number).await else { continue };
            facts.push(replayed(&self.t.app, ticket.id).await.unwrap().unwrap());
        }
        facts
    }
}
