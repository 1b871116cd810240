//! Coming in: the first admin, invitations, sessions, tokens, and what other sites may not do.
#![allow(clippy::unwrap_used, reason = "tests")]

use app::accounts::first_admin;
use domain::time::{DAY, MINUTE};
use serde_json::json;
use testkit::{PASSWORD, Reply};

/// The session's token in a Set-Cookie header.
fn session(reply: &Reply) -> String {
    let cookie = reply.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.strip_prefix("deskwise_session=").unwrap().split(';').next().unwrap().to_owned()
}

testkit::both_engines! {
    async fn the_first_admin_comes_by_a_link_that_works_once(t: &TestApp) {
        let secret = first_admin::offer(&t.app).await.unwrap().unwrap();
        assert_eq!(first_admin::offer(&t.app).await.unwrap().unwrap(), secret, "the same on every replica");
        let join = |token: &str| json!({ "token": token, "name": "Ada", "email": "Ada@Example.com", "password": PASSWORD });
        assert_eq!(t.visitor().post("/api/v1/first-admin", &join("guess")).await.status, 409);
        let reply = t.visitor().post("/api/v1/first-admin", &join(&secret)).await;
        let token = session(&reply);
        assert_eq!(reply.expect(200)["user"]["role"], "admin");
        let me = t.signed_in(&token).get("/api/v1/session").await.expect(200);
        assert_eq!(me["user"]["email"], "ada@example.com");
        assert_eq!(t.visitor().post("/api/v1/first-admin", &join(&secret)).await.status, 409);
        assert!(first_admin::offer(&t.app).await.unwrap().is_none(), "dead once a user exists");
    }

    async fn the_first_admins_link_runs_out(t: &TestApp) {
        let secret = first_admin::offer(&t.app).await.unwrap().unwrap();
        t.clock.advance(31 * MINUTE);
        let join = json!({ "token": secret, "name": "Ada", "email": "a@example.com", "password": PASSWORD });
        assert_eq!(t.visitor().post("/api/v1/first-admin", &join).await.status, 409);
        assert_ne!(first_admin::offer(&t.app).await.unwrap().unwrap(), secret);
    }

    async fn a_colleague_joins_by_invitation(t: &TestApp) {
        let admin = t.admin().await;
        let new = json!({ "email": "Eve@example.com", "role": "agent" });
        let made = admin.web.post("/api/v1/invitations", &new).await.expect(201);
        let secret = made["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let open = admin.web.get("/api/v1/invitations").await.expect(200);
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        let join = json!({ "token": secret, "name": "Eve", "password": PASSWORD });
        let weak = json!({ "token": secret, "name": "Eve", "password": "short" });
        assert_eq!(t.visitor().post("/api/v1/invitations/acceptance", &weak).await.problem("invalid-field"), ["password"]);
        let reply = t.visitor().post("/api/v1/invitations/acceptance", &join).await;
        let eve = t.signed_in(&session(&reply));
        assert_eq!(eve.get("/api/v1/session").await.expect(200)["user"]["role"], "agent");
        assert_eq!(t.visitor().post("/api/v1/invitations/acceptance", &join).await.status, 409);
        assert_eq!(admin.web.post("/api/v1/invitations", &new).await.status, 409);
    }

    async fn sessions_begin_end_and_run_out(t: &TestApp) {
        let agent = t.agent().await;
        let sign_in = json!({ "email": agent.email, "password": PASSWORD });
        let token = session(&t.visitor().post("/api/v1/session", &sign_in).await);
        let web = t.signed_in(&token);
        assert_eq!(web.get("/api/v1/session").await.status, 200);
        assert_eq!(web.delete("/api/v1/session").await.status, 204);
        assert_eq!(web.get("/api/v1/session").await.status, 401);
        let token = session(&t.visitor().post("/api/v1/session", &sign_in).await);
        for _ in 0..3 {
            t.clock.advance(20 * DAY);
            let seen = t.signed_in(&token).get("/api/v1/session").await;
            assert_eq!(seen.status, 200, "it holds from its last use");
            assert_eq!(session(&seen), token);
        }
        t.clock.advance(31 * DAY);
        t.signed_in(&token).get("/api/v1/session").await.problem("signed-out");
        // An old cookie keeps nobody from signing in again.
        assert_eq!(t.signed_in(&token).post("/api/v1/session", &sign_in).await.status, 200);
    }

    async fn guessing_passwords_is_slowed_down(t: &TestApp) {
        let agent = t.agent().await;
        let guess = json!({ "email": agent.email.to_uppercase(), "password": "not the password" });
        for _ in 0..10 {
            assert_eq!(t.visitor().post("/api/v1/session", &guess).await.status, 422);
        }
        let refused = t.visitor().post("/api/v1/session", &guess).await;
        assert_eq!(refused.status, 429);
        assert!(refused.header("retry-after").parse::<i64>().unwrap() > 60);
        let right = json!({ "email": agent.email, "password": PASSWORD });
        assert_eq!(t.visitor().post("/api/v1/session", &right).await.status, 429, "not even with the right one");
        t.clock.advance(16 * MINUTE);
        assert_eq!(t.visitor().post("/api/v1/session", &right).await.status, 200);
    }

    async fn other_sites_cannot_act_with_the_cookie(t: &TestApp) {
        let admin = t.admin().await;
        let token = {
            let sign_in = json!({ "email": admin.email, "password": PASSWORD });
            session(&t.visitor().post("/api/v1/session", &sign_in).await)
        };
        let cookie = t.visitor().with("cookie", &format!("deskwise_session={token}"));
        let new = json!({ "name": "x", "role": "viewer" });
        cookie.post("/api/v1/tokens", &new).await.problem("foreign-origin");
        for origin in ["https://evil.example", "null", "http://localhost.evil.example", "http://"] {
            cookie.with("origin", origin).post("/api/v1/tokens", &new).await.problem("foreign-origin");
        }
        assert_eq!(cookie.get("/api/v1/tokens").await.status, 200, "reading needs no origin");
        admin.sets(json!({ "public_url": "https://help.example.com" })).await;
        assert_eq!(cookie.with("origin", "https://help.example.com").post("/api/v1/tokens", &new).await.status, 201);
        // Signing in from another site's page would put its visitor into the attacker's account.
        let sign_in = json!({ "email": admin.email, "password": PASSWORD });
        let foreign = t.visitor().with("origin", "https://evil.example");
        foreign.post("/api/v1/session", &sign_in).await.problem("foreign-origin");
    }

    async fn a_revoked_token_and_a_deactivated_person_are_out_at_once(t: &TestApp) {
        let admin = t.admin().await;
        let made = admin.web.post("/api/v1/tokens", &json!({ "name": "importer", "role": "agent" })).await.expect(201);
        let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
        assert!(token.starts_with("dw_"));
        assert_eq!(t.with_token(token).get("/api/v1/session").await.expect(200)["role"], "agent");
        assert_eq!(admin.web.delete(&format!("/api/v1/tokens/{id}")).await.status, 204);
        assert_eq!(t.with_token(token).get("/api/v1/session").await.status, 401);
        let agent = t.agent().await;
        let path = format!("/api/v1/users/{}", agent.user);
        admin.web.patch(&path, &json!({ "active": false })).await.expect(200);
        assert_eq!(agent.web.get("/api/v1/session").await.status, 401);
    }

    async fn the_last_admin_stays(t: &TestApp) {
        let admin = t.admin().await;
        let path = format!("/api/v1/users/{}", admin.user);
        admin.web.patch(&path, &json!({ "role": "agent" })).await.problem("conflict");
        admin.web.patch(&path, &json!({ "active": false })).await.problem("conflict");
        assert_eq!(admin.web.get("/api/v1/users").await.expect(200)["items"][0]["role"], "admin");
    }

    async fn who_may_switch_is_a_setting(t: &TestApp) {
        let (admin, agent) = (t.admin().await, t.agent().await);
        assert_eq!(agent.web.get("/api/v1/session").await.expect(200)["may_switch"], false);
        admin.sets(json!({ "who_may_switch": "agent" })).await;
        t.clock.advance(1_000);
        assert_eq!(agent.web.get("/api/v1/session").await.expect(200)["may_switch"], true);
    }

    async fn settings_are_checked_and_hide_the_password(t: &TestApp) {
        let admin = t.admin().await;
        let smtp = json!({ "host": "mail.example.com", "port": 587, "security": "starttls", "username": "u", "password": "secret" });
        let shown = admin.sets(json!({ "company_name": "Pinwall", "smtp": smtp })).await;
        assert_eq!(shown["smtp"]["password_set"], true);
        assert!(!shown.to_string().contains("secret"));
        let wrong = json!({ "colour": "red", "time_zone": "Mars" });
        assert_eq!(admin.web.patch("/api/v1/settings", &wrong).await.problem("invalid-field"), ["colour", "time_zone"]);
        assert_eq!(admin.web.get("/api/v1/settings").await.expect(200)["company_name"], "Pinwall");
        assert_eq!(admin.sets(json!({ "smtp": null })).await["smtp"], json!(null));
    }
}
