//! Mending labels through the API.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::json;
use testkit::both_engines;

both_engines! {
    async fn a_mend_is_listed_and_undone(t: &TestApp) {
        let admin = t.admin().await;
        let asked = json!({ "requester": { "email": "ada@example.org" }, "body": "Where is my board?" });
        let number = admin.web.post("/api/v1/tickets", &asked).await.expect(201)["number"].as_i64().unwrap();
        let mend = json!({ "tickets": [number], "answer": null, "found": "board" });
        let refused = admin.web.post("/api/v1/learning/mends", &mend).await.expect(422);
        assert_eq!(refused["errors"][0]["field"], "tickets", "nobody has answered it yet");
        let reply = json!({ "kind": "public", "body": "It is on its way." });
        admin.web.post(&format!("/api/v1/tickets/{number}/messages"), &reply).await.expect(201);
        let made = admin.web.post("/api/v1/learning/mends", &mend).await.expect(201);
        let path = format!("/api/v1/learning/mends/{}", made["id"].as_str().unwrap());
        let listed = admin.web.get("/api/v1/learning/mends").await.expect(200);
        assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["tickets"]), (&made["id"], &json!(1)));
        assert!(listed["items"][0]["undone_at"].is_null());
        admin.web.delete(&path).await.expect(204);
        admin.web.delete(&path).await.expect(404);
        let listed = admin.web.get("/api/v1/learning/mends").await.expect(200);
        assert!(listed["items"][0]["undone_at"].is_i64());
        let audit = admin.web.get("/api/v1/audit").await.expect(200);
        let told = |text: &str| audit["items"].as_array().unwrap().iter().any(|e| e["text"].as_str() == Some(text));
        assert!(told("Mending of labels undone") && told("Labels mended, of tickets: 1, to no answer"), "{audit}");
        let none = json!({ "tickets": [], "answer": null });
        admin.web.post("/api/v1/learning/mends", &none).await.expect(422);
        t.drain().await;
    }
}
