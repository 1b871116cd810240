//! Automation through the API: categories and their policies, answers, rules, models, readings and drafts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::{Value, json};
use testkit::{TestApp, both_engines};

const TEXT: &str = "Hello {{ requester.first_name }}, you find the invoices of your account under Billing.";

/// A rule that answers questions about invoices, and everything in auto. Returns the answer's id.
async fn invoices_are_answered(t: &TestApp) -> String {
    let admin = t.admin().await;
    let answer = admin.writes_answer("Invoices", TEXT).await;
    let rule = json!({ "name": "Invoices", "conditions": { "words": ["invoice*"] }, "answer": answer });
    admin.web.post("/api/v1/rules", &rule).await.expect(201);
    let everything = json!({ "mode": "auto", "blind": 0.02, "reason": "a test" });
    let all = admin.web.put("/api/v1/policies", &everything).await.expect(200);
    assert_eq!(all["items"][0]["policy"]["mode"], "auto");
    answer
}

/// Asks as different people until the ticket is in this arm.
async fn ask_in(t: &TestApp, arm: &str, body: &str) -> Value {
    let admin = t.admin().await;
    for i in 0..500 {
        t.clock.advance(1_000);
        let number = t.customer(&format!("{arm}{i}@example.org")).writes("Hello", body).await;
        app::jobs::drain(&t.app).await.unwrap();
        let ticket = admin.sees(number).await;
        if ticket["decision"]["arm"] == arm {
            return ticket;
        }
    }
    panic!("nobody is in the arm {arm}")
}

both_engines! {
    async fn a_category_shows_its_policy_and_why_it_does_not_send_yet(t: &TestApp) {
        let admin = t.admin().await;
        let id = admin.adds_category("Billing").await;
        let change = json!({ "mode": "auto", "precision": 0.97, "reason": "the pilot" });
        let item = admin.sets_policy(&id, change).await;
        let policy = &item["policy"];
        assert_eq!((&policy["mode"], &policy["effective"]), (&json!("auto"), &json!("suggest")));
        assert_eq!(policy["effective_why"], "there is no model yet");
        assert_eq!((&policy["precision"], &policy["reason"]), (&json!(0.97), &json!("the pilot")));
        assert_eq!((&item["certificate"], &item["tickets_30d"]), (&Value::Null, &json!(0)));
        let listed = admin.web.get("/api/v1/categories").await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        let wrong = json!({ "blind": 0, "hours": { "zone": "Mars", "days": [0], "from": "09:00", "to": "10:00" } });
        let refused = admin.web.put(&format!("/api/v1/categories/{id}/policy"), &wrong).await;
        assert_eq!(refused.problem("invalid-field"), ["blind", "hours"]);
        admin.web.post("/api/v1/categories", &json!({ "name": "billing" })).await.expect(422);
        admin.web.patch("/api/v1/categories/99", &json!({ "name": "x" })).await.expect(404);
    }

    async fn answers_are_written_found_previewed_and_imported(t: &TestApp) {
        let admin = t.admin().await;
        let id = admin.writes_answer("Invoices", TEXT).await;
        let german = json!({ "variants": [{ "language": "de", "body": "Hallo {{ requester.first_name }}!" }] });
        let item = admin.web.patch(&format!("/api/v1/answers/{id}"), &german).await.expect(200);
        assert_eq!(item["languages"], json!(["en", "de"]));
        let found = admin.web.get("/api/v1/answers?q=billing%20account").await.expect(200);
        assert_eq!(found["items"][0]["id"], json!(id));
        assert_eq!(admin.web.get("/api/v1/answers?q=nothing").await.expect(200)["items"], json!([]));
        let preview = admin.web.post("/api/v1/answers/preview", &json!({ "body": "<b> {{requester.name}}" })).await;
        let preview = preview.expect(200);
        assert_eq!((&preview["text"], &preview["html"]), (&json!("<b> Maria Santos"), &json!("<p>&lt;b&gt; Maria Santos</p>")));
        let broken = admin.web.post("/api/v1/answers/preview", &json!({ "body": "a\n{% for %}" })).await;
        assert_eq!(broken.problem("invalid-field"), ["body"]);
        assert!(broken.text().contains("line 2"));
        let csv = admin.web.with("content-type", "text/csv");
        let done = csv.send(testkit::http::Method::POST, "/api/v1/answers/import", "title,body\nA,text\n,none\n").await.expect(200);
        assert_eq!((&done["created"], &done["errors"][0]["line"]), (&json!(1), &json!(3)));
    }

    async fn a_rule_answers_and_the_decision_says_why(t: &TestApp) {
        let answer = invoices_are_answered(t).await;
        let ticket = ask_in(t, "rollout", "Where are my invoices?").await;
        let decision = &ticket["decision"];
        assert_eq!((&decision["action"], &decision["responder"]), (&json!("auto"), &json!("rules")));
        assert_eq!(decision["answer"]["id"], json!(answer));
        assert_eq!(decision["reason"], "Rule “Invoices” applies");
        assert_eq!(ticket["status"], "solved");
        let reply = ticket["messages"][1]["body"].as_str().unwrap();
        assert!(reply.contains("under Billing") && reply.contains("automatic reply"), "{reply}");
    }

    async fn a_blind_ticket_shows_nothing_until_the_agent_has_chosen(t: &TestApp) {
        let answer = invoices_are_answered(t).await;
        let ticket = ask_in(t, "blind", "Where are my invoices?").await;
        let decision = &ticket["decision"];
        assert_eq!((&decision["blind"], &decision["answer"]), (&json!(true), &Value::Null));
        assert_eq!(ticket["status"], "new");
        let number = ticket["number"].as_i64().unwrap();
        let reading = format!("/api/v1/tickets/{number}/reading");
        let agent = t.agent().await;
        let hidden = agent.web.get(&reading).await.expect(200);
        assert_eq!((&hidden["state"], &hidden["ranked"]), (&json!("blind"), &json!([])));
        let draft = agent.web.get(&format!("/api/v1/tickets/{number}/draft?answer={answer}")).await.expect(200);
        let body = draft["body"].as_str().unwrap();
        assert_eq!(body, "Hello , you find the invoices of your account under Billing.");
        agent.answers_with(number, &answer, body).await;
        assert_eq!(agent.web.get(&reading).await.expect(200)["state"], "ready");
        app::jobs::drain(&t.app).await.unwrap();
    }

    async fn a_draft_of_an_answer_without_text_is_refused(t: &TestApp) {
        let admin = t.admin().await;
        let answer = admin.web.post("/api/v1/answers", &json!({ "title": "Later" })).await.expect(201);
        assert_eq!(answer["sendable"], false);
        let ticket = admin.files("a@example.org", "Hi", "A question").await;
        let path = format!("/api/v1/tickets/{}/draft?answer={}", ticket["number"], answer["id"].as_str().unwrap());
        admin.web.get(&path).await.problem("conflict");
        app::jobs::drain(&t.app).await.unwrap();
    }

    async fn training_is_asked_for_once_and_says_when_there_is_nothing_to_learn(t: &TestApp) {
        let admin = t.admin().await;
        let nothing = admin.web.get("/api/v1/models").await.expect(200);
        assert_eq!((&nothing["in_use"], &nothing["items"]), (&Value::Null, &json!([])));
        let asked = admin.web.post("/api/v1/models/training", &json!({})).await.expect(202);
        assert_eq!(asked["training"]["phase"], "waiting");
        admin.web.post("/api/v1/models/training", &json!({})).await.expect(202);
        app::jobs::drain(&t.app).await.unwrap();
        assert_eq!(admin.web.get("/api/v1/models").await.expect(200)["training"], Value::Null);
        let dead = admin.web.get("/api/v1/jobs/dead").await.expect(200);
        let dead = dead["items"].as_array().unwrap();
        assert_eq!(dead.len(), 1);
        assert!(dead[0]["error"].as_str().unwrap().contains("no tickets to learn from"));
        admin.web.delete(&format!("/api/v1/jobs/{}", dead[0]["id"].as_str().unwrap())).await.expect(204);
        admin.web.post("/api/v1/models/7/use", &json!({})).await.expect(404);
    }
}
