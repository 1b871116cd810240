//! Experiments through the API: made, refused, started, watched, stopped, taken over.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use domain::time::DAY;
use serde_json::{Value, json};
use testkit::{TestApp, both_engines};

const TEXT: &str = "Hello {{ requester.first_name }}, you find the invoices of your account under Billing.";
const PATH: &str = "/api/v1/experiments";

/// A rule that answers questions about invoices, and everything in auto. Returns the answer's id.
async fn invoices_are_answered(t: &TestApp) -> String {
    let admin = t.admin().await;
    let answer = admin.writes_answer("Invoices", TEXT).await;
    let rule = json!({ "name": "Invoices", "conditions": { "words": ["invoice*"] }, "answer": answer });
    admin.web.post("/api/v1/rules", &rule).await.expect(201);
    admin.web.put("/api/v1/policies", &json!({ "mode": "auto", "blind": 0.02 })).await.expect(200);
    answer
}

both_engines! {
    async fn from_an_empty_list_to_a_counted_experiment(t: &TestApp) {
        let answer = invoices_are_answered(t).await;
        let admin = t.admin().await;
        assert_eq!(admin.web.get(PATH).await.expect(200)["items"], json!([]));
        let subject = json!({ "kind": "wording", "answer": answer, "b": "Look under Billing in your account, please." });
        let new = json!({ "name": "Shorter", "subject": subject, "reason": "too long" });
        let made = admin.web.post(PATH, &new).await.expect(201);
        assert_eq!((&made["state"], &made["kind"], &made["share"]), (&json!("draft"), &json!("wording"), &json!(1.0)));
        assert_eq!((&made["subject"]["a"], &made["answer"]["title"]), (&json!(TEXT), &json!("Invoices")));
        assert_eq!(made["verdict"]["text"], "Not started.");
        let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
        admin.web.post(&format!("{path}/adoption"), &json!({ "side": "b" })).await.problem("conflict");
        let running = admin.web.post(&format!("{path}/start"), &json!({})).await.expect(200);
        assert_eq!(running["state"], "running");
        admin.web.post(&format!("{path}/start"), &json!({})).await.problem("conflict");
        for i in 0..30 {
            t.clock.advance(1_000);
            t.customer(&format!("c{i}@example.org")).writes("Hello", "Where are my invoices?").await;
        }
        t.drain().await;
        t.after(15 * DAY).await;
        app::experiments::look(&t.app).await.unwrap();
        let seen = admin.web.get(&path).await.expect(200);
        let (a, b) = (seen["tickets_a"].as_i64().unwrap(), seen["tickets_b"].as_i64().unwrap());
        assert!(a > 3 && b > 3 && a + b >= 25, "{a} {b}");
        assert_eq!(seen["counted"].as_i64().unwrap(), a + b);
        // Each number opens down to its tickets.
        let tickets = format!("/api/v1/tickets?limit=100&experiment={}", made["id"].as_str().unwrap());
        let listed = async |path: &str| admin.web.get(path).await.expect(200)["items"].as_array().unwrap().len() as i64;
        assert_eq!(listed(&tickets).await, a + b);
        assert_eq!((listed(&format!("{tickets}&side=a")).await, listed(&format!("{tickets}&side=b")).await), (a, b));
        let number = admin.web.get(&format!("{tickets}&side=a")).await.expect(200)["items"][0]["number"].clone();
        let ticket = admin.web.get(&format!("/api/v1/tickets/{number}")).await.expect(200);
        assert_eq!(ticket["experiments"], json!([{ "id": made["id"], "name": "Shorter", "side": "a" }]));
        assert_eq!(admin.web.get("/api/v1/tickets?side=a").await.problem("invalid-field"), ["side"]);
        let outcomes: Vec<&str> = seen["outcomes"].as_array().unwrap().iter().map(|o| o["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, ["confirmed", "recontact", "csat", "csat", "time"]);
        let time = &seen["outcomes"][4];
        assert_eq!((&time["better"], time["path"].as_array().unwrap().len()), (&Value::Null, 1));
        assert!(time["a"]["high"].as_f64().unwrap() < 1.0, "{time}");
        assert!(seen["verdict"]["text"].as_str().unwrap().starts_with("No difference found yet in "));
        let done = admin.web.post(&format!("{path}/adoption"), &json!({ "side": "b" })).await.expect(200);
        assert_eq!((&done["state"], &done["adopted"]), (&json!("ended"), &json!("b")));
        let text = admin.web.get(&format!("/api/v1/answers/{answer}")).await.expect(200);
        assert_eq!(text["body"], "Look under Billing in your account, please.");
        let audit = admin.web.get("/api/v1/audit?limit=50").await.expect(200).to_string();
        assert!(audit.contains("Experiment “Shorter” ended: side B was taken over by"), "{audit}");
    }

    async fn what_cannot_be_compared_is_refused_with_what_would_be_right(t: &TestApp) {
        let answer = invoices_are_answered(t).await;
        let admin = t.admin().await;
        let refused = async |new: Value| admin.web.post(PATH, &new).await.problem("invalid-field");
        let order = json!({ "kind": "order", "a": "rules_first", "b": "learner_first" });
        assert_eq!(refused(json!({ "name": " ", "subject": order, "share": 0, "ends_at": 5 })).await, ["name", "share", "ends_at"]);
        assert_eq!(refused(json!({ "name": "x", "subject": order, "category": "99" })).await, ["category"]);
        assert_eq!(refused(json!({ "name": "x", "subject": { "kind": "policy", "a": 1, "b": 2 } })).await, ["category"]);
        assert_eq!(refused(json!({ "name": "x", "subject": { "kind": "model", "a": 1, "b": 1 } })).await, ["subject", "subject"]);
        let broken = json!({ "kind": "wording", "answer": answer, "b": "{% for %}" });
        assert_eq!(refused(json!({ "name": "x", "subject": broken })).await, ["subject"]);
        let none = json!({ "kind": "wording", "answer": answer, "language": "de", "b": "Hallo" });
        assert_eq!(refused(json!({ "name": "x", "subject": none })).await, ["subject"]);
        admin.web.get(&format!("{PATH}/7")).await.problem("not-found");
        // The same twice compares nothing but the tooling, and may be made.
        let equal = json!({ "kind": "order", "a": "rules_first", "b": "rules_first" });
        let made = admin.web.post(PATH, &json!({ "name": "A/A", "subject": equal })).await.expect(201);
        assert_eq!(made["same"], true);
    }

    async fn two_of_a_kind_do_not_run_at_once_and_only_who_may_switch_starts_them(t: &TestApp) {
        invoices_are_answered(t).await;
        let admin = t.admin().await;
        let order = json!({ "kind": "order", "a": "rules_first", "b": "learner_first" });
        let mut paths = Vec::new();
        for name in ["One", "Two"] {
            let made = admin.web.post(PATH, &json!({ "name": name, "subject": order })).await.expect(201);
            paths.push(format!("{PATH}/{}", made["id"].as_str().unwrap()));
        }
        let viewer = t.viewer().await;
        viewer.web.get(&paths[0]).await.expect(200);
        viewer.web.post(&format!("{}/start", paths[0]), &json!({})).await.problem("forbidden");
        admin.web.post(&format!("{}/start", paths[0]), &json!({})).await.expect(200);
        let refused = admin.web.post(&format!("{}/start", paths[1]), &json!({})).await;
        refused.problem("conflict");
        assert!(refused.text().contains("“One” runs there"), "{}", refused.text());
        let stopped = admin.web.post(&format!("{}/stop", paths[0]), &json!({ "reason": "enough" })).await.expect(200);
        assert_eq!(stopped["state"], "ended");
        assert!(stopped["verdict"]["text"].as_str().unwrap().starts_with("Stopped: by "));
        admin.web.post(&format!("{}/start", paths[1]), &json!({})).await.expect(200);
    }
}
