//! A rule tried on past tickets before it is saved, through the API.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::{Value, json};
use testkit::{TestApp, both_engines};

const PATH: &str = "/api/v1/rules/dry-run";

/// An agent answers a question with an approved answer, or writes freely.
async fn answered(t: &TestApp, question: &str, answer: Option<&str>) -> i64 {
    t.clock.advance(60_000);
    let admin = t.admin().await;
    let number = admin.files("a@example.org", "A question", question).await["number"].as_i64().unwrap();
    app::jobs::drain(&t.app).await.unwrap();
    match answer {
        Some(answer) => admin.answers_with(number, answer, "Here it is.").await,
        None => return number,
    };
    app::jobs::drain(&t.app).await.unwrap();
    number
}

fn outcomes(run: &Value) -> Vec<(i64, &str)> {
    let tickets = run["tickets"].as_array().unwrap().iter();
    tickets.map(|t| (t["number"].as_i64().unwrap(), t["outcome"].as_str().unwrap())).collect()
}

both_engines! {
    async fn a_rule_is_tried_on_what_agents_answered(t: &TestApp) {
        let admin = t.admin().await;
        let invoices = admin.writes_answer("Invoices", "You find them under Billing.").await;
        let cards = admin.writes_answer("Cards", "You change it under Cards.").await;
        let first = answered(t, "Where are my invoices?", Some(&invoices)).await;
        let second = answered(t, "I need an invoice", Some(&invoices)).await;
        let wrong = answered(t, "The card on my invoice is not mine", Some(&cards)).await;
        let open = answered(t, "An invoice please", None).await;
        let kept = answered(t, "My lawyer asks for the invoice", None).await;
        answered(t, "The map is empty", Some(&cards)).await;

        let asked = json!({ "conditions": { "words": ["invoice*"] }, "answer": invoices });
        let run = admin.web.post(PATH, &asked).await.expect(200);
        assert_eq!((&run["tried"], &run["answered"], &run["cut"]), (&json!(6), &json!(4), &json!(false)));
        assert_eq!((&run["right"]["count"], &run["right"]["of"]), (&json!(2), &json!(3)));
        assert_eq!((&run["never"], &run["earlier"], &run["switched_on"]), (&json!(1), &json!(0), &json!(0)));
        assert_eq!(run["categories"][0]["tickets"], json!(4));
        let expected = [(wrong, "wrong"), (second, "right"), (first, "right"), (open, "unknown"), (kept, "never")];
        assert_eq!(outcomes(&run), expected);
        assert_eq!(run["tickets"][0]["truth"]["title"], "Cards");
        // Nothing was saved.
        assert_eq!(admin.web.get("/api/v1/rules").await.expect(200)["items"], json!([]));
    }

    async fn rules_that_are_asked_before_take_their_tickets(t: &TestApp) {
        let admin = t.admin().await;
        let invoices = admin.writes_answer("Invoices", "You find them under Billing.").await;
        let card = answered(t, "The card on my invoice", None).await;
        let other = answered(t, "Where is my invoice?", None).await;
        let rule = json!({ "name": "Cards", "conditions": { "words": ["card"] }, "answer": invoices });
        let rule = admin.web.post("/api/v1/rules", &rule).await.expect(201);
        let asked = json!({ "conditions": { "words": ["invoice"] }, "answer": invoices });
        let run = admin.web.post(PATH, &asked).await.expect(200);
        assert_eq!(outcomes(&run), [(other, "unknown"), (card, "earlier")]);
        assert_eq!(run["tickets"][1]["why"], "Cards");
        let first = json!({ "conditions": { "words": ["invoice"] }, "answer": invoices, "position": 0 });
        assert_eq!(admin.web.post(PATH, &first).await.expect(200)["answered"], json!(2));
        // As a change of the other rule, that rule does not stand before itself.
        let change = json!({ "rule": rule["id"], "conditions": { "words": ["invoice"] }, "answer": invoices });
        assert_eq!(admin.web.post(PATH, &change).await.expect(200)["answered"], json!(2));
    }

    async fn what_cannot_be_tried_is_named(t: &TestApp) {
        let admin = t.admin().await;
        let answer = admin.writes_answer("Invoices", "You find them under Billing.").await;
        let none = json!({ "conditions": {}, "answer": answer });
        assert_eq!(admin.web.post(PATH, &none).await.problem("invalid-field"), ["conditions"]);
        let long = json!({ "conditions": { "words": ["a"] }, "answer": answer, "days": 9999 });
        assert_eq!(admin.web.post(PATH, &long).await.problem("invalid-field"), ["days"]);
        let unknown = json!({ "conditions": { "words": ["a"] }, "answer": "12" });
        assert_eq!(admin.web.post(PATH, &unknown).await.problem("invalid-field"), ["answer"]);
        let lost = json!({ "rule": "12", "conditions": { "words": ["a"] }, "answer": answer });
        admin.web.post(PATH, &lost).await.expect(404);
        let empty = json!({ "conditions": { "words": ["a"] }, "answer": answer });
        let run = admin.web.post(PATH, &empty).await.expect(200);
        assert_eq!((&run["tried"], &run["right"]["rate"]), (&json!(0), &Value::Null));
        t.agent().await.web.post(PATH, &empty).await.expect(403);
    }
}
