//! What holds for every route: problems, headers, bodies, health.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::words::Role;
use serde_json::json;
use testkit::http::Method;

testkit::both_engines! {
    async fn bad_bodies_are_refused_by_name(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Admin).await).with("content-type", "application/json");
        let send = async |body: &str| web.send(Method::POST, "/api/v1/tokens", body.to_owned()).await;
        send("{\"name\":").await.problem("malformed-json");
        send("").await.problem("malformed-json");
        send("\u{feff}nonsense").await.problem("malformed-json");
        assert_eq!(send(r#"{"name":7,"role":"admin"}"#).await.problem("invalid-field"), ["name"]);
        assert_eq!(send(r#"{"name":"x","role":"king"}"#).await.problem("invalid-field"), ["role"]);
        assert_eq!(send(r#"{"name":"x","role":"admin","colour":1}"#).await.problem("invalid-field"), ["colour"]);
        assert_eq!(send(r#"{"name":"x\u0000","role":"admin"}"#).await.problem("invalid-field"), ["name"]);
        let large = format!(r#"{{"name":"{}","role":"admin"}}"#, "x".repeat(10 << 20));
        let refused = send(&large).await;
        assert_eq!(refused.status, 413);
        refused.problem("too-large");
        let form = t.with_token(&t.token(Role::Admin).await).with("content-type", "text/csv");
        assert_eq!(form.send(Method::POST, "/api/v1/tokens", "a,b").await.status, 415);
    }

    async fn emoji_and_right_to_left_text_survive(t: &TestApp) {
        let web = t.with_token(&t.token(Role::Admin).await);
        let name = "שלום 🙂 مرحبا";
        web.post("/api/v1/tokens", &json!({ "name": name, "role": "viewer" })).await.expect(201);
        let tokens = web.get("/api/v1/tokens").await.expect(200);
        assert!(tokens["items"].as_array().unwrap().iter().any(|token| token["name"] == name));
    }

    async fn every_answer_is_careful(t: &TestApp) {
        for path in ["/healthz", "/readyz", "/api/v1/nothing", "/console/", "/api/openapi.json"] {
            let reply = t.visitor().get(path).await;
            assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert!(!reply.header("content-security-policy").contains("script-src 'self' 'unsafe"), "{path}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
            assert!(reply.header("x-request-id").len() >= 8, "{path}");
        }
        let missing = t.visitor().get("/api/v1/nothing").await;
        assert_eq!(missing.status, 404);
        missing.problem("not-found");
        let refused = t.visitor().post("/healthz", &json!({})).await;
        assert_eq!(refused.status, 405);
        refused.problem("method-not-allowed");
    }

    async fn a_proxys_request_id_is_kept_when_it_is_one(t: &TestApp) {
        let id = "0af7651916cd43dd8448eb211c80319c";
        assert_eq!(t.visitor().with("x-request-id", id).get("/healthz").await.header("x-request-id"), id);
        let odd = t.visitor().with("x-request-id", "a b<script>").get("/healthz").await;
        assert_ne!(odd.header("x-request-id"), "a b<script>");
    }

    async fn metrics_are_for_this_machine_or_a_token(t: &TestApp) {
        let local = t.visitor().get("/metrics").await;
        assert_eq!(local.status, 200);
        assert!(local.text().contains("deskwise_jobs_due 0"), "{}", local.text());
        let proxied = t.visitor().with("x-forwarded-for", "203.0.113.9");
        assert_eq!(proxied.get("/metrics").await.status, 401);
        let token = t.token(Role::Viewer).await;
        let allowed = t.with_token(&token).with("x-forwarded-for", "203.0.113.9");
        assert_eq!(allowed.get("/metrics").await.status, 200);
    }
}
