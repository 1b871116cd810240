//! Random lives of tickets, and every number of the report beside the same counted by brute force from the events.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod by_hand;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use app::metrics::{Question, recount, recount_all, report};
use domain::metrics::TicketFacts;
use domain::time::DAY;
use domain::words::{Counted, Dimension, RatingValue, Resolution, Responder, Verdict};
use domain::{Millis, TicketId};
use testkit::{NOW, TestApp, both_engines};

use by_hand::{by_hand, key, same, waited};
use world::World;

/// A life goes on until everything has happened in it.
const STEPS: usize = 160;
const MOST_STEPS: usize = 1_600;

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
