//! Drift through the API: from an empty list to tickets about something new.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use app::import::Importer;
use app::jobs;
use app::journey::intake::{NewTicket, take};
use domain::import::read;
use domain::words::Channel;
use testkit::{TestApp, both_engines};

fn question(i: usize) -> (&'static str, String) {
    match i % 3 {
        0 => ("find_board", format!("where is the board that i ordered {i} days ago")),
        1 => ("reset", format!("i forgot my password, attempt {i}")),
        _ => ("refund", format!("please refund order number {i}")),
    }
}

async fn history(t: &TestApp, count: usize) {
    let rows: Vec<_> = (0..count)
        .map(|i| {
            let (answer, body) = question(i);
            let (id, email) = (format!("h{i}"), format!("old{i}@example.org"));
            let at = format!("2026-0{}-{:02}T{:02}:10:00Z", 6 + i / 24 / 28, 1 + i / 24 % 28, i % 24);
            read(|field| match field {
                "id" => Some(id.as_str()),
                "created_at" => Some(at.as_str()),
                "requester" => Some(email.as_str()),
                "body" => Some(body.as_str()),
                "category" => Some("Boards"),
                "answer" => Some(answer),
                _ => None,
            })
            .unwrap()
        })
        .collect();
    let mut importer = Importer::new(&t.app);
    for batch in rows.chunks(app::import::BATCH) {
        importer.write(batch.to_vec()).await.unwrap();
    }
}

both_engines! {
    async fn a_look_shows_what_moved(t: &TestApp) {
        let admin = t.admin().await;
        let mail = serde_json::json!({ "public_url": "https://help.example.org", "reply_address": "help@example.org" });
        admin.sets(mail).await;
        assert_eq!(admin.web.get("/api/v1/drift").await.expect(200)["items"].as_array().unwrap().len(), 0);
        history(t, 1_600).await;
        app::models::train_now(&t.app, &|_, _| {}).await.unwrap();
        for i in 0..120 {
            let body = if i % 2 == 0 { question(i).1 } else { format!("el paquete azul {i} nunca ha llegado") };
            t.clock.advance(1_000);
            take(&t.app, None, NewTicket::new(Channel::Api, format!("new{i}@example.org"), &body)).await.unwrap();
        }
        jobs::drain(&t.app).await.unwrap();
        admin.web.post("/api/v1/drift/look", &serde_json::json!({})).await.expect(202);
        jobs::drain(&t.app).await.unwrap();
        let page = admin.web.get("/api/v1/drift").await.expect(200);
        let all = &page["items"][0];
        assert!(all["category"].is_null());
        assert_eq!(all["newer"], 120);
        assert!(all["drifted"]["why"].as_str().unwrap().contains("new to the model"), "{all}");
        let words = all["figures"].as_array().unwrap().iter().find(|f| f["measure"] == "words").unwrap();
        assert_eq!(words["drifts"], true);
        assert!(all["tickets"][0]["subject"].as_str().unwrap().contains("paquete"), "{all}");
        let audit = admin.web.get("/api/v1/audit").await.expect(200);
        let told = |item: &serde_json::Value| item["text"].as_str().is_some_and(|s| s.contains("the questions have changed"));
        assert!(audit["items"].as_array().unwrap().iter().any(told), "{audit}");
        let told = async || {
            let mails = admin.web.get("/api/v1/mailbox").await.expect(200);
            mails["items"].as_array().unwrap().iter().filter(|mail| mail["kind"] == "notice").count()
        };
        assert_eq!(told().await, 2, "each admin is told by mail");
        // A second look finds the same, and tells nobody again.
        t.clock.advance(domain::time::DAY);
        admin.web.post("/api/v1/drift/look", &serde_json::json!({})).await.expect(202);
        jobs::drain(&t.app).await.unwrap();
        assert_eq!(told().await, 2);
    }
}
