//! Reviews and the guardrail through the API: from an automatic answer to a pause, and back.

#![allow(clippy::unwrap_used, reason = "tests")]

use domain::time::DAY;
use serde_json::{Value, json};
use testkit::{TestApp, both_engines};

const HERE: &str = "/api/v1/categories/1";

/// A rule sends the answer about invoices; some tickets have been answered. Returns both answers' ids.
async fn invoices_were_answered(t: &TestApp, tickets: usize) -> (String, String) {
    let admin = t.admin().await;
    let invoices = admin.writes_answer("Invoices", "You find them under Billing.").await;
    let refunds = admin.writes_answer("Refunds", "The money comes back within a week.").await;
    let rule = json!({ "name": "Invoices", "conditions": { "words": ["invoice*"] }, "answer": invoices });
    admin.web.post("/api/v1/rules", &rule).await.expect(201);
    // Enough is chosen whatever the lots say.
    admin.sets(json!({ "reviews_a_day": 90 })).await;
    admin.sets_policy("1", json!({ "mode": "auto", "blind": 0.02 })).await;
    for i in 0..tickets {
        t.clock.advance(1_000);
        t.customer(&format!("customer{i}@example.org")).writes("Hello", "Where are my invoices?").await;
    }
    t.drain().await;
    app::reviews::sample(&t.app).await.unwrap();
    (invoices, refunds)
}

fn numbers(queue: &Value) -> Vec<i64> {
    queue["items"].as_array().unwrap().iter().map(|i| i["number"].as_i64().unwrap()).collect()
}

both_engines! {
    async fn nothing_says_what_was_sent_before_the_choice(t: &TestApp) {
        let (invoices, refunds) = invoices_were_answered(t, 40).await;
        let agent = t.agent().await;
        let queue = agent.web.get("/api/v1/reviews").await;
        assert!(!queue.text().contains(&invoices) && !queue.text().contains("Billing"), "{}", queue.text());
        let queue = queue.expect(200);
        let task = &queue["items"][0];
        assert_eq!((&task["body"], &task["disputed"]), (&json!("Where are my invoices?"), &json!(false)));
        let path = format!("/api/v1/reviews/{}", task["number"]);
        let missing = agent.web.post(&path, &json!({})).await;
        assert_eq!(missing.problem("invalid-field"), ["answer"], "no answer fits is said by null, not by silence");
        let unknown = agent.web.post(&path, &json!({ "answer": "9" })).await;
        assert_eq!(unknown.problem("invalid-field"), ["answer"]);
        let given = agent.web.post(&path, &json!({ "answer": refunds })).await.expect(201);
        assert_eq!((&given["verdict"], &given["sent"]["id"]), (&json!("wrong"), &json!(invoices)));
        let text = given["sent_text"].as_str().unwrap();
        assert!(text.starts_with("You find them under Billing.") && text.contains("automatic reply"), "{text}");
        agent.web.post(&path, &json!({ "answer": null })).await.problem("conflict");
        let harm = agent.web.patch(&path, &json!({ "harmful": true })).await.expect(200);
        assert_eq!(harm["verdict"], "harmful");
        let progress = agent.web.get("/api/v1/reviews/progress").await.expect(200);
        assert_eq!((&progress["done_today"], &progress["budget"]), (&json!(1), &json!(90)));
        let own = agent.web.get("/api/v1/reviews").await.expect(200)["items"].as_array().unwrap().len();
        assert_eq!(progress["own_waiting"], own);
        let token = t.with_token(&t.token(domain::words::Role::Agent).await);
        token.post(&path, &json!({ "answer": null })).await.problem("conflict");
        t.drain().await;
    }

    async fn wrong_answers_pause_and_an_admin_resumes(t: &TestApp) {
        let (_, _) = invoices_were_answered(t, 90).await;
        let admin = t.admin().await;
        admin.sets(json!({ "public_url": "https://help.example.org", "reply_address": "help@example.org" })).await;
        let watching = admin.web.get(&format!("{HERE}/guardrail")).await.expect(200);
        assert_eq!((&watching["state"], &watching["pause"]), (&json!("uncertified"), &Value::Null));
        assert!(watching["finds"].as_f64().unwrap() > 0.8 && watching["evidence"] == 0.0, "{watching}");
        t.clock.advance(DAY);
        let agents = [t.agent().await, t.agent().await];
        for number in numbers(&admin.web.get("/api/v1/reviews").await.expect(200)) {
            for agent in &agents {
                // The second may find that it is settled already.
                agent.web.post(&format!("/api/v1/reviews/{number}"), &json!({ "answer": null })).await;
            }
        }
        let paused = admin.web.get(&format!("{HERE}/guardrail")).await.expect(200);
        assert_eq!((&paused["state"], &paused["pause"]["kind"]), (&json!("paused"), &json!("precision")));
        let wrong = admin.web.get(&format!("{HERE}/guardrail/wrong")).await.expect(200);
        let wrong = wrong["items"].as_array().unwrap();
        let counted = paused["wrong"].as_u64().unwrap() + paused["harmful"].as_u64().unwrap();
        assert_eq!(wrong.len() as u64, counted, "every number opens to its tickets");
        assert_eq!((&wrong[0]["sent"]["title"], &wrong[0]["right"]), (&json!("Invoices"), &Value::Null));
        let categories = admin.web.get("/api/v1/categories").await.expect(200);
        let policy = &categories["items"][0]["policy"];
        assert_eq!((&policy["mode"], &policy["effective"]), (&json!("auto"), &json!("suggest")));
        assert!(policy["effective_why"].as_str().unwrap().contains("the guardrail paused it"), "{policy}");
        let mails = admin.web.get("/api/v1/mailbox").await.expect(200);
        let told = mails["items"].as_array().unwrap().iter().filter(|m| m["kind"] == "notice").count();
        assert_eq!(told, 2, "each admin is told by mail");
        let resume = format!("{HERE}/guardrail/resumption");
        agents[0].web.post(&resume, &json!({})).await.problem("forbidden");
        let resumed = admin.web.post(&resume, &json!({})).await.expect(200);
        assert_eq!((&resumed["state"], &resumed["wrong"]), (&json!("uncertified"), &json!(0)));
        admin.web.post(&resume, &json!({})).await.problem("conflict");
        t.drain().await;
    }
}
