//! The same key and body give the same answer, and make nothing twice.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::time::DAY;
use domain::words::Role;
use serde_json::json;

testkit::both_engines! {
    async fn a_repeat_is_answered_like_the_first(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Agent).await).with("idempotency-key", "order-17");
        let new = json!({ "requester": { "email": "ada@example.com" }, "subject": "Sign-in", "body": "It fails." });
        let first = web.post("/api/v1/tickets", &new).await;
        let again = web.post("/api/v1/tickets", &new).await;
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(first.expect(201)["number"], again.expect(201)["number"]);
        let other = json!({ "requester": { "email": "eve@example.com" }, "body": "Another." });
        let refused = web.post("/api/v1/tickets", &other).await;
        assert_eq!(refused.status, 422);
        refused.problem("key-reused");
        // Another credential's key is another key; after a day it may be used anew.
        let theirs = t.with_token(&t.token(Role::Agent).await).with("idempotency-key", "order-17");
        theirs.post("/api/v1/tickets", &other).await.expect(201);
        t.clock.advance(DAY + 1);
        web.post("/api/v1/tickets", &other).await.expect(201);
        let all = web.get("/api/v1/tickets?view=all").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 3);
        t.drain().await;
    }

    async fn requests_at_the_same_time_make_one(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Agent).await).with("idempotency-key", "twice");
        let new = json!({ "requester": { "email": "ada@example.com" }, "body": "It fails." });
        let replies = futures::future::join_all((0..8).map(|_| web.post("/api/v1/tickets", &new))).await;
        let numbers: std::collections::BTreeSet<i64> =
            replies.into_iter().map(|reply| reply.expect(201)["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers.len(), 1);
        let all = web.get("/api/v1/tickets?view=all").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 1);
        t.drain().await;
    }

    async fn what_was_refused_may_be_corrected_under_the_same_key(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Agent).await).with("idempotency-key", "k");
        web.post("/api/v1/tickets", &json!({ "requester": { "email": "nobody" }, "body": "x" })).await.problem("invalid-field");
        web.post("/api/v1/tickets", &json!({ "requester": { "email": "a@b.example" }, "body": "x" })).await.expect(201);
        t.drain().await;
    }

    async fn a_secret_is_told_once(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Admin).await).with("idempotency-key", "k");
        let new = json!({ "name": "importer", "role": "viewer" });
        web.post("/api/v1/tokens", &new).await.expect(201);
        web.post("/api/v1/tokens", &new).await.problem("already-done");
    }

    async fn a_key_without_credentials_means_nothing(t: &TestApp) {
        let web = t.visitor().with("idempotency-key", "k");
        let sign_in = json!({ "email": "a@b.example", "password": "wrong password" });
        for _ in 0..2 {
            assert_eq!(web.post("/api/v1/session", &sign_in).await.status, 422);
        }
    }

    async fn keys_must_be_plain(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Admin).await).with("idempotency-key", "two words");
        let new = json!({ "name": "x", "role": "viewer" });
        assert_eq!(web.post("/api/v1/tokens", &new).await.problem("invalid-field"), ["Idempotency-Key"]);
    }
}
