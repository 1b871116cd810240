//! The report by mail: asked for by each person, sent once when a period has ended, stopped.
#![allow(clippy::unwrap_used, reason = "tests")]

use app::jobs;
use domain::time::{DAY, HOUR};
use serde_json::{Value, json};
use testkit::{Staff, TestApp, both_engines};

/// Reports in the mailbox, newest first.
async fn reports(admin: &Staff<'_>) -> Vec<Value> {
    let mails = admin.web.get("/api/v1/mailbox").await.expect(200);
    let mails = mails["items"].as_array().unwrap().clone();
    mails.into_iter().filter(|mail| mail["kind"] == "notice").collect()
}

/// The clock moves hour by hour, and schedules are asked as the runner asks them.
async fn days_pass(t: &TestApp, days: i64) {
    for _ in 0..days * 24 {
        t.clock.advance(HOUR);
        jobs::schedule(&t.app).await;
    }
    t.drain().await;
}

both_engines! {
    async fn a_report_comes_once_a_week_until_it_is_stopped(t: &TestApp) {
        let (admin, agent) = (t.admin().await, t.agent().await);
        admin.sets(json!({ "time_zone": "Europe/Berlin" })).await;
        let none = agent.web.get("/api/v1/metrics/mail").await.expect(200);
        assert_eq!((&none["every"], &none["may_send"]), (&Value::Null, &json!(false)));
        let asked = agent.web.put("/api/v1/metrics/mail", &json!({ "every": "week" })).await.expect(200);
        assert_eq!(asked["every"], "week");
        let next = asked["next_at"].as_i64().unwrap();
        assert!((0..7 * DAY).contains(&(next - t.app.now())));

        let number = t.customer("ada@example.org").writes("Board", "Where is my board?").await;
        agent.solves(number, "On its way.").await;
        days_pass(t, 8).await;
        assert_eq!(reports(&admin).await, Vec::<Value>::new(), "no mail leaves before the addresses are known");

        let addresses = json!({ "public_url": "https://help.example.org", "reply_address": "help@example.org" });
        admin.sets(addresses).await;
        days_pass(t, 1).await;
        let first = reports(&admin).await;
        assert_eq!(first.len(), 1, "the one that was due");
        assert_eq!(first[0]["to"], agent.email.as_str());
        assert!(first[0]["subject"].as_str().unwrap().contains("the week of "), "{first:?}");
        let id = first[0]["id"].as_str().unwrap();
        let mail = admin.web.get(&format!("/api/v1/mailbox/{id}")).await.expect(200);
        let body = mail["text"].as_str().unwrap();
        assert!(body.contains("Tickets: 1 (before: 0)"), "{body}");
        assert!(body.contains("Solved with one reply: 100% of 1"), "{body}");
        assert!(body.contains("https://help.example.org/console/metrics"), "{body}");

        days_pass(t, 14).await;
        assert_eq!(reports(&admin).await.len(), 3, "one for each week");
        let body = reports(&admin).await[0]["id"].as_str().unwrap().to_owned();
        let mail = admin.web.get(&format!("/api/v1/mailbox/{body}")).await.expect(200);
        assert!(mail["text"].as_str().unwrap().starts_with("No tickets came in."), "{mail}");
        agent.web.delete("/api/v1/metrics/mail").await.expect(204);
        days_pass(t, 8).await;
        assert_eq!(reports(&admin).await.len(), 3);
    }

    async fn what_cannot_be_mailed_is_said(t: &TestApp) {
        let agent = t.agent().await;
        let fields = agent.web.put("/api/v1/metrics/mail", &json!({ "every": "year" })).await.problem("invalid-field");
        assert_eq!(fields, ["every"]);
        let token = t.token(domain::words::Role::Agent).await;
        t.with_token(&token).put("/api/v1/metrics/mail", &json!({ "every": "week" })).await.problem("conflict");
    }
}
