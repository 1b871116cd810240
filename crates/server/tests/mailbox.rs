//! The mailbox, the test mail and invitations by mail, through the API.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use app::ports::SendError;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use testkit::{TestApp, both_engines};

async fn with_mail(t: &TestApp) {
    t.admin()
        .await
        .sets(json!({
            "public_url": "https://help.example.org", "reply_address": "help@example.org",
            "smtp": { "host": "mail.example.org", "port": 25, "security": "none" }
        }))
        .await;
}

both_engines! {
    async fn mails_are_listed_shown_and_sent_again(t: &TestApp) {
        with_mail(t).await;
        let admin = t.admin().await;
        t.mailer.refuse(Some(SendError::Permanent("no such user".into())));
        for n in 0..3 {
            let number = t.customer(&format!("c{n}@example.com")).writes("Board", "Where is it?").await;
            admin.replies(number, "Under Archive.").await;
        }
        t.drain().await;
        let page = admin.web.get("/api/v1/mailbox?state=dead&limit=2").await.expect(200);
        assert_eq!(page["items"].as_array().unwrap().len(), 2);
        let cursor = page["next"].as_str().unwrap();
        let rest = admin.web.get(&format!("/api/v1/mailbox?state=dead&limit=2&cursor={cursor}")).await.expect(200);
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &json!(null)));
        let mail = &rest["items"][0];
        assert!(mail["ticket_number"].is_i64());
        assert_eq!((&mail["kind"], &mail["error"]), (&json!("reply"), &json!("no such user")));
        let path = format!("/api/v1/mailbox/{}", mail["id"].as_str().unwrap());
        let shown = admin.web.get(&path).await.expect(200);
        assert!(shown["text"].as_str().unwrap().starts_with("Under Archive."));
        let names: Vec<_> = shown["headers"].as_array().unwrap().iter().map(|h| h[0].as_str().unwrap()).collect();
        assert!(names.contains(&"Reply-To") && shown["message_id"].as_str().unwrap().ends_with("@example.org"));
        t.mailer.refuse(None);
        let again = admin.web.post(&format!("{path}/retry"), &json!({})).await.expect(200);
        assert_eq!(again["state"], "waiting");
        t.drain().await;
        assert_eq!(admin.web.get(&path).await.expect(200)["state"], "sent");
        admin.web.post(&format!("{path}/retry"), &json!({})).await.problem("conflict");
        admin.web.get("/api/v1/mailbox/1").await.problem("not-found");
        assert_eq!(admin.web.get("/api/v1/mailbox?state=lost").await.problem("invalid-field"), ["state"]);
        assert_eq!(t.agent().await.web.get("/api/v1/mailbox").await.status, 403);
    }

    async fn files_go_with_a_reply_and_stay_with_it(t: &TestApp) {
        with_mail(t).await;
        let agent = t.agent().await;
        let number = t.customer("sam@example.com").writes("Board", "Where is it?").await;
        let path = format!("/api/v1/tickets/{number}/messages");
        let with = |content: &str| json!({ "kind": "public", "body": "See the picture.", "attachments":
            [{ "name": "../Größe.png", "media_type": "image/png", "content": content }] });
        // More than an ordinary body may have.
        let large = vec![7_u8; 2 << 20];
        let made = agent.web.post(&path, &with(&BASE64_STANDARD.encode(&large))).await.expect(201);
        let file = &made["messages"][1]["attachments"][0];
        assert_eq!((&file["name"], &file["size"]), (&json!("Größe.png"), &json!(large.len())));
        let saved = agent.web.get(&format!("/api/v1/attachments/{}", file["id"].as_str().unwrap())).await;
        assert!(saved.status == 200 && saved.body == large);
        t.drain().await;
        let mail = t.mailer.sent().into_iter().find(|mail| mail.body.starts_with("See the picture.")).unwrap();
        assert_eq!(mail.files.len(), 1);
        assert_eq!((mail.files[0].name.as_str(), &mail.files[0].content), ("Größe.png", &large));

        let wrong = agent.web.post(&path, &with("no base64!")).await;
        assert_eq!(wrong.problem("invalid-field"), ["attachments.0.content"]);
        let too_much = BASE64_STANDARD.encode(vec![0_u8; (10 << 20) + 1]);
        assert_eq!(agent.web.post(&path, &with(&too_much)).await.problem("invalid-field"), ["attachments"]);
        agent.web.post(&path, &with(&"A".repeat(16 << 20))).await.problem("too-large");
        t.drain().await;
    }

    async fn a_test_mail_goes_to_whoever_asks(t: &TestApp) {
        let admin = t.admin().await;
        admin.web.post("/api/v1/settings/test-mail", &json!({})).await.problem("conflict");
        admin.sets(json!({ "public_url": "https://h.example", "reply_address": "h@h.example" })).await;
        let boxed = admin.web.post("/api/v1/settings/test-mail", &json!({})).await.expect(200);
        assert_eq!(boxed, json!({ "state": "mailbox", "to": admin.email }));
        with_mail(t).await;
        let sent = admin.web.post("/api/v1/settings/test-mail", &json!({})).await.expect(200);
        assert_eq!(sent["state"], "sent");
        t.mailer.refuse(Some(SendError::Temporary("mail.example.org:25: connection refused".into())));
        let refused = admin.web.post("/api/v1/settings/test-mail", &json!({})).await;
        assert!(refused.text().contains("connection refused"));
        refused.problem("outside");
        t.drain().await;
    }

    async fn an_invitation_is_mailed_when_mail_may_leave(t: &TestApp) {
        let admin = t.admin().await;
        let asked = json!({ "email": "new@example.org", "role": "agent" });
        let made = admin.web.post("/api/v1/invitations", &asked).await.expect(201);
        assert_eq!(made["mailed"], false);
        with_mail(t).await;
        let made = admin.web.post("/api/v1/invitations", &asked).await.expect(201);
        assert_eq!(made["mailed"], true);
        t.drain().await;
        let sent = t.mailer.sent();
        assert_eq!(sent.len(), 1);
        assert!(sent[0].to == "new@example.org" && sent[0].body.contains(made["link"].as_str().unwrap()));
    }
}
