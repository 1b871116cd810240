//! The metrics after a small history of everything that can happen, and their recomputation from the events.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use app::customer;
use app::import::Importer;
use domain::import::read;
use domain::links::Purpose;
use domain::time::{DAY, HOUR, MINUTE};
use domain::words::RatingValue;
use serde_json::{Value, json};
use testkit::{NOW, TestApp, both_engines};

/// The signed part of a link to this ticket.
async fn link(t: &TestApp, number: i64, purpose: Purpose) -> String {
    let ticket = app::tickets::by_number(&t.app, number).await.unwrap();
    let link = customer::link(&t.app, &ticket, purpose, 30 * DAY).await.unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}

/// Two answered tickets of last week, one of them rated.
async fn import_two(t: &TestApp) {
    let cells = |id: &'static str, rating: &'static str| {
        move |field: &'static str| match field {
            "id" => Some(id),
            "created_at" => Some("2026-09-15T10:00:00Z"),
            "first_reply_at" => Some("2026-09-15T10:30:00Z"),
            "solved_at" => Some("2026-09-15T12:00:00Z"),
            "requester" => Some("old@example.org"),
            "body" => Some("Where is my board?"),
            "category" => Some("Boards"),
            "answer" => Some("find_board"),
            "rating" => Some(rating),
            _ => None,
        }
    };
    let rows = vec![read(cells("h1", "good")).unwrap(), read(cells("h2", "")).unwrap()];
    let mut importer = Importer::new(&t.app);
    let imported = importer.write(rows.clone()).await.unwrap();
    assert_eq!((imported.added, imported.known), (2, 0));
    let again = importer.write(rows).await.unwrap();
    assert_eq!((again.added, again.known), (0, 2), "the same rows twice change nothing");
}

/// A rule answers questions about passwords by itself.
async fn switch_a_rule_on(t: &TestApp) {
    let admin = t.admin().await;
    let category = admin.adds_category("Sign-in").await;
    let answer = admin.writes_answer("Reset it", "Please use the reset link.").await;
    let rule = json!({ "name": "Passwords", "conditions": { "words": ["password"] }, "answer": answer });
    admin.web.post("/api/v1/rules", &rule).await.expect(201);
    for scope in [category.as_str(), "1"] {
        admin
            .sets_policy(scope, json!({ "mode": "auto", "blind": 0.02, "holdout": 0.0, "rollout": 1.0 }))
            .await;
    }
    t.clock.advance(1_000);
}

/// Asks until somebody who is not in the blind share has been answered by the rule.
async fn answered_by_rule(t: &TestApp, tag: &str) -> i64 {
    let agent = t.agent().await;
    for n in 0..20 {
        let made = agent.files(&format!("{tag}{n}@example.org"), "Help", "I forgot my password").await;
        t.drain().await;
        let number = made["number"].as_i64().unwrap();
        if agent.sees(number).await["solved_by"] == "rules" {
            return number;
        }
        agent.solves(number, "Done by hand.").await;
        t.drain().await;
    }
    panic!("nobody of twenty was answered by the rule");
}

async fn metrics(t: &TestApp) -> Value {
    let viewer = t.viewer().await;
    let to = t.app.now() + 1;
    viewer.web.get(&format!("/api/v1/metrics?from={}&to={to}&period=day", NOW - 30 * DAY)).await.expect(200)
}

both_engines! {
    async fn every_number_can_be_recomputed_from_the_events(t: &TestApp) {
        import_two(t).await;
        switch_a_rule_on(t).await;
        let confirmed = answered_by_rule(t, "yes").await;
        let failed = answered_by_rule(t, "no").await;
        let silent = answered_by_rule(t, "hm").await;

        t.clock.advance(10 * MINUTE);
        customer::helped(&t.app, &link(t, confirmed, Purpose::Ticket).await).await.unwrap();
        let said = "It did not work".to_owned();
        customer::reply(&t.app, &link(t, failed, Purpose::Ticket).await, said, Vec::new()).await.unwrap();
        t.drain().await;
        t.agent().await.solves(failed, "I have reset it for you.").await;
        t.after(26 * HOUR).await;
        customer::rate(&t.app, &link(t, failed, Purpose::Rate).await, RatingValue::Bad, None).await.unwrap();
        customer::rate(&t.app, &link(t, failed, Purpose::Rate).await, RatingValue::Good, None).await.unwrap();
        t.after(30 * DAY).await;
        let _ = silent;

        let differing = app::metrics::differing(&t.app, 0, t.app.now() + 1).await.unwrap();
        assert_eq!(differing, [], "columns and events tell different stories");

        let numbers = metrics(t).await;
        let automation = &numbers["automation"];
        assert_eq!(automation["confirmed"], 1, "{automation}");
        assert_eq!(automation["failed"], 1, "{automation}");
        assert_eq!(automation["silent"], 1, "{automation}");
        let (low, high) = (automation["low"].as_f64().unwrap(), automation["high"].as_f64().unwrap());
        assert_eq!(automation["tickets"].as_i64().unwrap() + 2, numbers["tickets"].as_i64().unwrap());
        let tickets = automation["tickets"].as_f64().unwrap();
        assert!((low - 1.0 / tickets).abs() < 1e-9 && (high - 2.0 / tickets).abs() < 1e-9);
        let agent = numbers["responders"].as_array().unwrap().iter().find(|r| r["responder"] == "agent").unwrap();
        assert_eq!((&agent["good"], &agent["bad"]), (&json!(2), &json!(0)), "a rating can be changed: {agent}");
        let days: i64 = numbers["series"].as_array().unwrap().iter().map(|b| b["tickets"].as_i64().unwrap()).sum();
        assert_eq!(days, numbers["tickets"].as_i64().unwrap());
    }

    async fn a_period_that_ends_before_it_begins_is_refused(t: &TestApp) {
        let viewer = t.viewer().await;
        let refused = viewer.web.get("/api/v1/metrics?from=10&to=5").await;
        assert_eq!(refused.status, 422);
        let refused = viewer.web.get("/api/v1/metrics?from=ten").await;
        assert_eq!(refused.status, 422);
    }

    async fn the_table_for_a_spreadsheet_says_what_the_report_says(t: &TestApp) {
        import_two(t).await;
        let viewer = t.viewer().await;
        let asked = format!("from={}&to={}&period=week", NOW - 30 * DAY, t.app.now() + 1);
        let report = viewer.web.get(&format!("/api/v1/metrics?{asked}")).await.expect(200);
        let reply = viewer.web.get(&format!("/api/v1/metrics/csv?{asked}")).await;
        assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
        assert!(reply.header("content-disposition").starts_with("attachment"));
        let text = reply.text();
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        let head = &lines[0];
        let cell = |line: &[&str], name: &str| line[head.iter().position(|h| *h == name).unwrap()].to_owned();
        let of = |row: &str| lines.iter().filter(|l| l[0] == row).collect::<Vec<_>>();
        let period = of("period")[0];
        assert_eq!(cell(period, "tickets"), report["tickets"].to_string());
        assert_eq!((cell(period, "good"), cell(period, "rated")), ("1".into(), "1".into()));
        let wait: i64 = cell(period, "first_reply_p90_s").parse().unwrap();
        assert!((1_782..=1_818).contains(&wait), "half an hour within 1%: {wait}");
        assert_eq!(of("category").len(), report["groups"].as_array().unwrap().len());
        assert_eq!(cell(of("category")[0], "name"), "Boards");
        assert_eq!(of("week").len(), report["series"].as_array().unwrap().len());
        assert!(lines.iter().all(|line| line.len() == head.len()));
        viewer.web.get("/api/v1/metrics/csv?from=2&to=1").await.expect(422);
    }
}
