//! The control room through the API: its table, the curve and its examples, the stack, the replay.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use app::import::Importer;
use domain::import::read;
use domain::time::HOUR;
use serde_json::{Value, json};
use testkit::{NOW, TestApp, both_engines};

const CARD: &str = "my new card has not arrived in the mail yet";

/// Eight hundred past tickets of two answers, and a model.
async fn trained(t: &TestApp) {
    let rows: Vec<_> = (0..800)
        .map(|i: i64| {
            let at = (NOW - (820 - i) * HOUR).to_string();
            let (body, category, answer) = match i % 2 {
                0 => (format!("{CARD}, number {i}"), "Cards", "Card delivery"),
                _ => (format!("i forgot my password and cannot log in, {i}"), "Access", "Reset"),
            };
            let (id, email) = (format!("h{i}"), format!("past{i}@example.org"));
            read(|field| match field {
                "id" => Some(&id),
                "created_at" | "first_reply_at" | "solved_at" => Some(&at),
                "requester" => Some(&email),
                "body" => Some(&body),
                "category" => Some(category),
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
    app::models::train_now(&t.app, &|_, _| {}).await.unwrap();
}

async fn get(t: &TestApp, path: &str) -> Value {
    t.viewer().await.web.get(&format!("/api/v1/{path}")).await.expect(200)
}

/// The row of a category, and its id.
async fn row(t: &TestApp, name: &str) -> (Value, String) {
    let room = get(t, "control-room").await;
    let rows = room["items"].as_array().unwrap().clone();
    let row = rows.into_iter().find(|r| r["category"]["name"] == name).unwrap();
    let id = row["category"]["id"].as_str().unwrap().to_owned();
    (row, id)
}

both_engines! {
    async fn from_the_table_to_the_tickets_behind_it(t: &TestApp) {
        trained(t).await;
        let admin = t.admin().await;
        let (off, cards) = row(t, "Cards").await;
        assert_eq!(off["next"]["step"], "shadow", "{off}");
        assert_eq!((&off["mode"], &off["proved"], &off["trend"].as_array().unwrap().len()), (&json!("off"), &json!(false), &8));
        admin.sets_policy(&cards, json!({ "mode": "shadow", "precision": 0.9 })).await;
        let (proved, _) = row(t, "Cards").await;
        assert_eq!((&proved["next"]["step"], &proved["proved"]), (&json!("turn_on"), &json!(true)));
        let answers = proved["next"]["answers"].as_i64().unwrap();
        assert!(answers > 0 && answers <= proved["tickets"].as_i64().unwrap(), "{proved}");
        let curve = get(t, &format!("categories/{cards}/what-if")).await;
        assert_eq!(curve["month"], proved["tickets"]);
        assert_eq!(curve["steps"].as_array().unwrap().last().unwrap()["answered"], curve["seen"]);
        assert_eq!(curve["certified"]["answered"], proved["expected"]["count"]);
        assert!(curve["assumed"]["minutes_per_ticket"].as_f64().unwrap() > 0.0);
        let threshold = curve["certified"]["threshold"].as_f64().unwrap();
        let beside = get(t, &format!("categories/{cards}/examples?threshold={threshold}")).await;
        let above = beside["above"].as_array().unwrap();
        assert!(!above.is_empty() && above.iter().all(|e| e["score"].as_f64().unwrap() >= threshold), "{beside}");
        assert_eq!(above[0]["predicted"]["title"], "Card delivery");
        let number = above[0]["number"].as_i64().unwrap();
        assert!(admin.sees(number).await["subject"].is_null());
        let stack = get(t, &format!("categories/{cards}/stack")).await;
        let who: Vec<&str> = stack["layers"].as_array().unwrap().iter().map(|l| l["responder"].as_str().unwrap()).collect();
        assert_eq!(who, ["rules", "learner", "agent"]);
        assert_eq!((&stack["layers"][2]["taken"], &stack["tickets"]), (&stack["tickets"], &proved["tickets"]));
        t.drain().await;
    }

    async fn a_replay_comes_in_pages_that_lose_nothing(t: &TestApp) {
        trained(t).await;
        let admin = t.admin().await;
        let (_, cards) = row(t, "Cards").await;
        let answers = admin.web.get("/api/v1/answers").await.expect(200);
        for answer in answers["items"].as_array().unwrap() {
            let id = answer["id"].as_str().unwrap();
            admin.web.patch(&format!("/api/v1/answers/{id}"), &json!({ "body": "Please wait a week." })).await.expect(200);
        }
        admin.sets_policy(&cards, json!({ "mode": "shadow", "precision": 0.9 })).await;
        let all = get(t, &format!("categories/{cards}/replay?limit=100")).await;
        assert_eq!((&all["basis"], &all["live"]), (&json!("certificate"), &json!(0)));
        let (tickets, right) = (all["tickets"].as_i64().unwrap(), all["right"].as_i64().unwrap());
        assert!(right > 20, "{all}");
        assert_eq!(all["wrong"].as_i64().unwrap() + right + all["unanswered"].as_i64().unwrap(), tickets);
        let mut seen = Vec::new();
        let mut path = format!("categories/{cards}/replay?limit=7");
        loop {
            let page = get(t, &path).await;
            let items = page["items"].as_array().unwrap();
            seen.extend(items.iter().map(|i| (i["outcome"].as_str().unwrap().to_owned(), i["number"].clone())));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("categories/{cards}/replay?limit=7&cursor={next}");
        }
        assert_eq!(seen.len() as i64, tickets);
        seen.dedup();
        assert_eq!(seen.len() as i64, tickets, "no ticket twice");
        let order = |outcome: &str| ["wrong", "right", "unanswered"].iter().position(|o| *o == outcome).unwrap();
        assert!(seen.windows(2).all(|w| order(&w[0].0) <= order(&w[1].0)));
        let only = get(t, &format!("categories/{cards}/replay?show=right&limit=100")).await;
        assert_eq!(only["items"].as_array().unwrap().len() as i64, right.min(100));
        assert_eq!(only["tickets"], all["tickets"], "totals are of all, whatever is shown");
        t.drain().await;
    }

    async fn what_cannot_be_asked_is_refused_by_name(t: &TestApp) {
        let viewer = t.viewer().await;
        let refused = async |path: &str| viewer.web.get(&format!("/api/v1/categories/1/{path}")).await.problem("invalid-field");
        assert_eq!(refused("replay?weeks=0").await, ["weeks"]);
        assert_eq!(refused("replay?precision=1").await, ["precision"]);
        assert_eq!(refused("replay?cursor=sideways.1").await, ["cursor"]);
        assert_eq!(refused("examples?threshold=2").await, ["threshold"]);
        for path in ["what-if", "stack", "replay", "examples?threshold=0.5"] {
            viewer.web.get(&format!("/api/v1/categories/77/{path}")).await.expect(404);
        }
        // Before there is a model everything is empty, and nothing breaks.
        let replay = viewer.web.get("/api/v1/categories/1/replay").await.expect(200);
        assert_eq!((&replay["basis"], &replay["tickets"]), (&json!("nothing"), &json!(0)));
        let curve = viewer.web.get("/api/v1/categories/1/what-if").await.expect(200);
        assert_eq!((&curve["steps"], &curve["model_version"]), (&json!([]), &Value::Null));
    }
}
