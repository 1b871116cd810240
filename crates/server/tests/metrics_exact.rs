//! Random lives of tickets, and every number of the report beside the same counted by brute force from the events.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use app::accounts::sessions::sign_in;
use app::import::Importer;
use app::metrics::{Question, recount, recount_all, replayed, report};
use app::{Error, customer};
use domain::import::read;
use domain::links::Purpose;
use domain::metrics::{Key, Numbers, TicketFacts, Times};
use domain::stats::{Rate, quantile};
use domain::time::{DAY, HOUR, MINUTE};
use domain::words::{Channel, Counted, Dimension, RatingValue, Resolution, Responder, Verdict};
use domain::{Millis, TicketId};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;
use testkit::{NOW, PASSWORD, Staff, TestApp, both_engines};

/// A life goes on until everything has happened in it.
const STEPS: usize = 160;
const MOST_STEPS: usize = 1_600;

struct World<'t> {
    t: &'t TestApp,
    random: StdRng,
    agents: Vec<Staff<'t>>,
    admin: Staff<'t>,
    answers: Vec<String>,
    categories: Vec<String>,
    tickets: Vec<i64>,
}

/// What a step may be refused for: the ticket is not in a state for it.
fn allowed<T>(outcome: Result<T, Error>) {
    if let Err(error) = outcome {
        assert!(!matches!(error, Error::Store(_)), "{error}");
    }
}

impl<'t> World<'t> {
    async fn new(t: &'t TestApp, seed: u64) -> Self {
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

    async fn step(&mut self) {
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
    async fn events(&self) -> Vec<TicketFacts> {
        let mut facts = Vec::new();
        for number in 1..400 {
            let Ok(ticket) = app::tickets::by_number(&self.t.app, number).await else { continue };
            facts.push(replayed(&self.t.app, ticket.id).await.unwrap().unwrap());
        }
        facts
    }
}

/// The simplest way to count each number.
fn by_hand(all: &[&TicketFacts], waiting: i64) -> Numbers {
    let live: Vec<_> = all.iter().copied().filter(|f| f.channel != Channel::Import).collect();
    let n =
        |of: &[&TicketFacts], is: &dyn Fn(&TicketFacts) -> bool| of.iter().filter(|f| is(f)).count() as i64;
    let auto = |f: &TicketFacts| f.first_reply_by.is_some_and(|by| by != Responder::Agent);
    let untouched = |f: &TicketFacts, r| auto(f) && !f.touched_by_agent && f.resolution == r;
    let failed = |f: &TicketFacts| auto(f) && f.resolution == Some(Resolution::Failed);
    let mut folded = empty();
    folded.tickets = all.len() as i64;
    let a = &mut folded.automation;
    a.tickets = live.len() as i64;
    a.automatic = n(&live, &auto);
    a.confirmed = n(&live, &|f| untouched(f, Some(Resolution::Confirmed)));
    a.silent = n(&live, &|f| untouched(f, Some(Resolution::Silent)));
    a.undecided = n(&live, &|f| untouched(f, None));
    a.failed = n(&live, &failed);
    a.agent = n(&live, &|f| f.touched_by_agent && !failed(f));
    a.open = n(&live, &|f| f.first_reply_by.is_none() && !f.touched_by_agent);
    let good = |f: &TicketFacts| f.rating.is_some_and(|(value, _)| value == RatingValue::Good);
    folded.csat = Rate::new(n(all, &good), n(all, &|f| f.rating.is_some()));
    folded.response_rate = Rate::new(n(all, &|f| f.surveyed && f.rating.is_some()), n(all, &|f| f.surveyed));
    folded.reviewed =
        Rate::new(n(all, &|f| f.verdict == Some(Verdict::Right)), n(all, &|f| f.verdict.is_some()));
    let solved = |f: &TicketFacts| f.solved_at.is_some();
    let ever = |f: &TicketFacts| solved(f) || !f.turns.is_empty();
    let one_touch = |f: &TicketFacts| solved(f) && f.replies == 1 && f.turns.is_empty();
    folded.one_touch = Rate::new(n(&live, &one_touch), n(&live, &solved));
    folded.recontact = Rate::new(n(&live, &|f| ever(f) && f.recontacted), n(&live, &ever));
    folded.suggestions = Rate::new(n(all, &|f| f.suggestion_used), n(all, &|f| f.suggested));
    let stretches: BTreeSet<_> = all.iter().flat_map(|f| &f.stretches).collect();
    folded.agent_hours.solved = n(&live, &|f| f.solved_by == Some(Responder::Agent));
    folded.agent_hours.hours = stretches.len() as f64 / 4.0;
    folded.backlog = waiting;
    folded
}

fn empty() -> Numbers {
    let plan = domain::metrics::Plan {
        before: 0,
        from: 0,
        to: 1,
        starts: vec![],
        selection: domain::metrics::Selection::default(),
        by: Dimension::Channel,
        work: app::settings::Settings::default().work(),
    };
    domain::metrics::Fold::new(&plan).done().numbers
}

fn same_times(found: Times, all: &[&TicketFacts], end: fn(&TicketFacts) -> Option<Millis>) {
    let mut times: Vec<i64> =
        all.iter().filter_map(|f| Some((end(f)? - f.created_at).clamp(0, 14 * DAY))).collect();
    times.sort_unstable();
    assert_eq!(found.n, times.len() as i64);
    for (found, q) in [(found.median_ms, 0.5), (found.p90_ms, 0.9)] {
        let exact = quantile(&times, q);
        assert_eq!(found.is_some(), exact.is_some());
        let (found, exact) = (found.unwrap_or(0), exact.unwrap_or(0));
        assert!((found - exact).abs() as f64 <= 0.01 * exact as f64 + 1.0, "{found} instead of {exact}");
    }
}

fn same(found: &Numbers, all: &[&TicketFacts], waiting: i64, what: &str) {
    let hand = by_hand(all, waiting);
    let (a, b) = (found.automation, hand.automation);
    assert_eq!(domain::metrics::Automation { low: 0.0, high: 0.0, ..a }, b, "{what}");
    assert!((a.low * a.tickets as f64 - a.confirmed as f64).abs() < 1e-6);
    assert!((a.high * a.tickets as f64 - (a.confirmed + a.silent) as f64).abs() < 1e-6);
    let rates = |n: &Numbers| [n.csat, n.response_rate, n.reviewed, n.one_touch, n.recontact, n.suggestions];
    assert_eq!(rates(found), rates(&hand), "{what}");
    assert_eq!((found.tickets, found.backlog), (hand.tickets, hand.backlog), "{what}");
    let hours = |n: &Numbers| (n.agent_hours.solved, n.agent_hours.hours);
    assert_eq!(hours(found), hours(&hand), "{what}");
    let saved = (5.0 * a.confirmed as f64 - 10.0 * a.failed as f64) / 60.0;
    assert!((found.saved.hours_low - saved).abs() < 1e-9, "{what}");
    same_times(found.first_reply, all, |f| f.first_reply_at);
    same_times(found.resolution, all, |f| f.solved_at);
    for one in &found.responders {
        let by = |f: &&&TicketFacts| f.solved_by == Some(one.responder);
        assert_eq!(one.answered, all.iter().filter(by).count() as i64);
        let rated = |f: &&&TicketFacts| f.rating.is_some_and(|(_, by)| by == one.responder);
        assert_eq!(one.csat.of, all.iter().filter(rated).count() as i64);
    }
}

fn key(by: Dimension, f: &TicketFacts, night: domain::UserId) -> String {
    let team = f.agent.filter(|agent| *agent == night).map(|_| "Night".into());
    match by {
        Dimension::Category => Key::Category(f.category),
        Dimension::Responder => Key::Responder(f.first_reply_by),
        Dimension::Language => Key::Text(f.language.clone()),
        Dimension::Channel => Key::Channel(f.channel),
        Dimension::Team => Key::Text(team),
        Dimension::Agent => Key::Agent(f.agent),
    }
    .to_string()
}

/// Whether it had come before `at` and was not solved then.
fn waited(f: &TicketFacts, at: Millis) -> bool {
    let mut steps = f.turns.clone();
    steps.extend(f.solved_at);
    f.channel != Channel::Import
        && f.created_at < at
        && steps.iter().filter(|&&step| step < at).count() % 2 == 0
}

async fn compare(world: &World<'_>, from: Millis, to: Millis) {
    let facts = world.events().await;
    let in_period = |from: Millis, to: Millis| move |f: &&TicketFacts| (from..to).contains(&f.created_at);
    let waiting = |some: &dyn Fn(&TicketFacts) -> bool, at: Millis| {
        facts.iter().filter(|f| f.created_at < to && waited(f, at) && some(f)).count() as i64
    };
    let before = from - (to - from);
    for &by in Dimension::ALL {
        let question = Question { by, ..Question::of(from, to) };
        let report = report(&world.t.app, &question).await.unwrap();
        let now: Vec<_> = facts.iter().filter(in_period(from, to)).collect();
        let then: Vec<_> = facts.iter().filter(in_period(before, from)).collect();
        same(&report.numbers, &now, waiting(&|_| true, to), "all");
        same(&report.before, &then, waiting(&|_| true, from), "before");
        let night = world.agents[0].user;
        let mut groups: BTreeMap<String, Vec<&TicketFacts>> = BTreeMap::new();
        for &f in &now {
            groups.entry(key(by, f, night)).or_default().push(f);
        }
        assert_eq!(groups.values().map(Vec::len).sum::<usize>(), now.len());
        for (name, of) in &groups {
            let group = report.groups.iter().find(|group| group.key == *name).unwrap();
            let waiting = waiting(&|f| key(by, f, night) == *name, to);
            same(&group.numbers, of, waiting, &format!("{by} {name}"));
        }
        for (index, bucket) in report.series.iter().enumerate() {
            let end = report.series.get(index + 1).map_or(to, |next| next.from);
            let of: Vec<_> = facts.iter().filter(in_period(bucket.from, end)).collect();
            let hand = by_hand(&of, waiting(&|_| true, end));
            assert_eq!((bucket.tickets, bucket.backlog), (hand.tickets, hand.backlog));
            assert_eq!(
                (bucket.one_touch, bucket.recontact, bucket.good),
                (hand.one_touch, hand.recontact, hand.csat.count)
            );
        }
        assert_eq!(report.series.iter().map(|b| b.tickets).sum::<i64>(), report.numbers.tickets);
    }
    opens(world, &facts, from, to).await;
}

/// Each number opens exactly the tickets behind it.
async fn opens(world: &World<'_>, facts: &[TicketFacts], from: Millis, to: Millis) {
    for &counted in Counted::ALL {
        let whole = counted == Counted::Backlog;
        let expected: Vec<TicketId> = facts
            .iter()
            .filter(|f| f.created_at < to && (whole || f.created_at >= from) && counted.holds(f, to))
            .map(|f| f.id)
            .rev()
            .collect();
        let mut listed = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/api/v1/tickets?counted={counted}&from={from}&to={to}&limit=7{cursor}");
            let page = world.admin.web.get(&path).await.expect(200);
            for item in page["items"].as_array().unwrap() {
                let number = item["number"].as_i64().unwrap();
                listed.push(app::tickets::by_number(&world.t.app, number).await.unwrap().id);
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let sorted: BTreeSet<_> = expected.iter().copied().collect();
        assert_eq!(listed.iter().copied().collect::<BTreeSet<_>>(), sorted, "{counted}");
        assert_eq!(listed.len(), expected.len(), "{counted}");
    }
}

/// What the numbers tell apart and has not happened yet: a comparison of nothing with nothing proves nothing.
fn never_yet(world: &World<'_>, facts: &[TicketFacts]) -> Vec<&'static str> {
    let is = |what: &dyn Fn(&TicketFacts) -> bool| facts.iter().filter(|f| f.is_live()).any(what);
    let auto = |f: &TicketFacts| f.automatic().is_some();
    let resolved = |how| move |f: &TicketFacts| auto(f) && f.resolution == Some(how);
    let rated = |value| move |f: &TicketFacts| f.rating.is_some_and(|(given, _)| given == value);
    let kinds: [(&str, bool); 16] = [
        ("confirmed", is(&resolved(Resolution::Confirmed))),
        ("silent", is(&resolved(Resolution::Silent))),
        ("failed", is(&resolved(Resolution::Failed))),
        ("answered by an agent", is(&|f| f.first_reply_by == Some(Responder::Agent))),
        ("not answered", is(&|f| f.first_reply_at.is_none())),
        ("rated good", is(&rated(RatingValue::Good))),
        ("rated bad", is(&rated(RatingValue::Bad))),
        ("asked for a rating", is(&|f| f.surveyed)),
        ("opened again", is(&|f| !f.turns.is_empty())),
        ("came back", is(&|f| f.recontacted)),
        ("a suggestion in view", is(&|f| f.suggested)),
        ("a suggestion used", is(&|f| f.suggestion_used)),
        ("reviewed as right", is(&|f| f.verdict == Some(Verdict::Right))),
        ("reviewed as wrong", is(&|f| f.verdict == Some(Verdict::Wrong))),
        ("by the night's team", is(&|f| f.agent == Some(world.agents[0].user))),
        ("several replies", is(&|f| f.replies > 2)),
    ];
    kinds.into_iter().filter(|(_, happened)| !happened).map(|(kind, _)| kind).collect()
}

/// Who came back, from when tickets came and stood solved, whatever was noted at that time.
async fn came_back(world: &World<'_>, facts: &[TicketFacts]) {
    let mut asked = Vec::new();
    for &number in &world.tickets {
        let ticket = app::tickets::by_number(&world.t.app, number).await.unwrap();
        let f = facts.iter().find(|f| f.id == ticket.id).unwrap();
        let shown = world.admin.web.get(&format!("/api/v1/tickets/{number}")).await.expect(200);
        let own = |m: &&serde_json::Value| m["author"] == "requester";
        let wrote = shown["messages"].as_array().unwrap().iter().filter(own).count() > 1;
        asked.push((f, ticket.requester, wrote));
    }
    for (f, requester, wrote) in &asked {
        let mut steps = f.turns.clone();
        steps.extend(f.solved_at);
        let mut solved = steps.chunks(2).map(|step| (step[0], step.get(1).copied().unwrap_or(Millis::MAX)));
        let again = |(from, to): (Millis, Millis)| {
            let soon = from + 1..=to.min(from + 7 * DAY);
            asked.iter().any(|(other, by, _)| by == requester && soon.contains(&other.created_at))
        };
        let elsewhere = solved.any(again);
        assert!(!elsewhere || f.recontacted, "{f:?}");
        assert!(!f.recontacted || elsewhere || *wrote || f.resolution == Some(Resolution::Failed), "{f:?}");
    }
}

async fn lives(t: &TestApp, seed: u64) {
    let mut world = World::new(t, seed).await;
    let mut missing = vec!["everything"];
    for _ in 0..MOST_STEPS / STEPS {
        for _ in 0..STEPS {
            world.step().await;
        }
        t.drain().await;
        missing = never_yet(&world, &world.events().await);
        if missing.is_empty() {
            break;
        }
    }
    assert!(missing.is_empty(), "never in this life (seed {seed}): {missing:?}");
    let differing = app::metrics::differing(&t.app, 0, t.app.now() + 1).await.unwrap();
    assert_eq!(differing, [], "rows and events tell different stories (seed {seed})");
    came_back(&world, &world.events().await).await;
    let (now, middle) = (t.app.now() + 1, i64::midpoint(NOW, t.app.now()));
    compare(&world, NOW - 30 * DAY, now).await;
    compare(&world, middle, now).await;
    while recount(&t.app).await.unwrap() > 0 {}
    compare(&world, NOW - 30 * DAY, now).await;
    compare(&world, NOW, middle).await;
    // Long after, what still waits is all that is left of those days.
    t.after(20 * DAY).await;
    while recount(&t.app).await.unwrap() > 0 {}
    let later = t.app.now() + 1;
    compare(&world, later - DAY, later).await;
    let recounted = recount_all(&t.app, false, &|_| ()).await.unwrap();
    assert!(recounted.days > 0 && recounted.differed.is_empty(), "{recounted:?}");
}

both_engines! {
    async fn every_number_is_what_brute_force_finds(t: &TestApp) {
        lives(t, 1).await;
    }

    async fn every_number_is_what_brute_force_finds_in_another_life(t: &TestApp) {
        lives(t, 2).await;
    }
}
