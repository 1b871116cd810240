//! Looking labels over and mending them, through the API.
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

    async fn labelled_tickets_are_found_by_words_and_answer_and_counted(t: &TestApp) {
        let admin = t.admin().await;
        let board = admin.writes_answer("Lost board", "It is under Archive.").await;
        let mut numbers = Vec::new();
        for (body, answer) in [("Where is my board?", Some(&board)), ("My board is gone", Some(&board)), ("Thanks!", None)] {
            t.clock.advance(1_000);
            let asked = json!({ "requester": { "email": "ada@example.org" }, "body": body });
            let number = admin.web.post("/api/v1/tickets", &asked).await.expect(201)["number"].as_i64().unwrap();
            let reply = json!({ "kind": "public", "body": "It is under Archive.", "answer": answer });
            admin.web.post(&format!("/api/v1/tickets/{number}/messages"), &reply).await.expect(201);
            numbers.push(number);
        }
        let found = async |query: &str| {
            let page = admin.web.get(&format!("/api/v1/learning/tickets?{query}")).await.expect(200);
            page["items"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect::<Vec<_>>()
        };
        let (first, second, third) = (numbers[0], numbers[1], numbers[2]);
        assert_eq!(found("").await, [third, second, first]);
        assert_eq!(found("q=board").await, [second, first]);
        assert_eq!(found(&format!("q=gone&answer={board}")).await, [second]);
        assert_eq!(found("answer=none").await, [third]);
        assert_eq!(found("q=xyzzy").await, [0_i64; 0]);
        let page = admin.web.get("/api/v1/learning/tickets?limit=2").await.expect(200);
        assert_eq!(page["items"][1]["answer"]["title"], "Lost board");
        let next = page["next"].as_str().unwrap();
        assert_eq!(found(&format!("limit=2&cursor={next}")).await, [first]);
        let mend = json!({ "tickets": [first], "answer": null, "found": "board" });
        admin.web.post("/api/v1/learning/mends", &mend).await.expect(201);
        let standing = admin.web.get(&format!("/api/v1/answers/{board}/standing")).await.expect(200);
        assert_eq!((&standing["examples"], &standing["known"]), (&json!(2), &json!(false)), "{standing}");
        assert_eq!((&standing["certified"], &standing["weeks"]), (&json!(false), &json!(null)));
        admin.web.get("/api/v1/answers/99/standing").await.expect(404);
        let item = admin.web.get("/api/v1/learning/tickets?q=where").await.expect(200)["items"][0].clone();
        assert_eq!((&item["mended"], &item["mended_answer"]), (&json!(true), &json!(null)));
        assert_eq!(item["answer"]["title"], "Lost board", "the label stays");
        let counts = admin.web.get("/api/v1/learning/labels").await.expect(200);
        let kinds: i64 = counts["items"].as_array().unwrap().iter().map(|c| c["tickets"].as_i64().unwrap()).sum();
        assert_eq!((kinds, &counts["mended"]), (3, &json!(1)));
        admin.web.get("/api/v1/learning/labels?days=0").await.problem("invalid-field");
        admin.web.get("/api/v1/learning/tickets?similar=board").await.problem("conflict");
        admin.web.get("/api/v1/learning/tickets?similar=a").await.problem("invalid-field");
        admin.web.get("/api/v1/learning/tickets?similar=%23999").await.expect(404);
        admin.web.get("/api/v1/learning/tickets?similar=board&q=x").await.problem("invalid-field");
        t.drain().await;
    }

    async fn who_disagrees_is_shown_until_it_is_mended(t: &TestApp) {
        let admin = t.admin().await;
        let board = admin.writes_answer("Lost board", "It is under Archive.").await;
        let ada = t.customer("ada@example.org");
        let number = ada.writes("Board", "Where is my board?").await;
        let reply = json!({ "kind": "public", "body": "It is under Archive.", "answer": board });
        admin.web.post(&format!("/api/v1/tickets/{number}/messages"), &reply).await.expect(201);
        let conflicts = async || admin.web.get("/api/v1/learning/tickets?conflicts=true").await.expect(200)["items"].clone();
        assert_eq!(conflicts().await, json!([]));
        admin.web.patch(&format!("/api/v1/tickets/{number}"), &json!({ "status": "solved" })).await.expect(200);
        t.drain().await;
        ada.writes_again(number, "It is not there either.").await;
        let found = conflicts().await;
        assert_eq!((&found[0]["number"], &found[0]["customer"]), (&json!(number), &json!("reopened")));
        assert_eq!((&found[0]["choice"], &found[0]["chosen"]["title"]), (&json!("as_is"), &json!("Lost board")));
        let mend = json!({ "tickets": [number], "answer": null, "found": "conflicts" });
        let made = admin.web.post("/api/v1/learning/mends", &mend).await.expect(201);
        assert_eq!(conflicts().await, json!([]));
        admin.web.delete(&format!("/api/v1/learning/mends/{}", made["id"].as_str().unwrap())).await.expect(204);
        assert_eq!(conflicts().await.as_array().unwrap().len(), 1);
        t.drain().await;
    }

    async fn what_agents_write_again_and_again_is_suggested_as_an_answer(t: &TestApp) {
        let admin = t.admin().await;
        admin.writes_answer("Old", "Nobody has needed this for a long time, it seems.").await;
        admin.writes_answer("Older", "Nobody has needed this for a long time, it seems!").await;
        t.clock.advance(100 * domain::time::DAY);
        let agent = t.agent().await;
        for name in ["ada", "ben", "cleo", "dov", "eva"] {
            t.clock.advance(1_000);
            let number = t.customer(&format!("{name}@example.org")).writes("Avatar", "How do I change my picture?").await;
            agent.replies(number, "Open your profile and click on the picture to choose another one.").await;
        }
        t.drain().await;
        let found = agent.web.get("/api/v1/answers/suggestions").await.expect(200);
        assert_eq!((&found["looked"], found["missing"].as_array().unwrap().len()), (&json!(5), 1));
        let missing = &found["missing"][0];
        assert_eq!((&missing["uses"], missing["tickets"].as_array().unwrap().len()), (&json!(5), 5));
        assert!(missing["body"].as_str().unwrap().contains("click on the picture"), "{missing}");
        let titles = [&found["merge"][0]["one"]["title"], &found["merge"][0]["other"]["title"]];
        assert_eq!(titles, ["Old", "Older"]);
        assert_eq!(found["retire"].as_array().unwrap().len(), 2);
        // What was put aside comes up again after as many days as are looked back, or when somebody wants it.
        let aside = |kind: &str| format!("/api/v1/answers/suggestions/{}/dismissal", found[kind][0]["id"].as_str().unwrap());
        for kind in ["missing", "merge", "retire"] {
            agent.web.put(&aside(kind), &json!({})).await.expect(204);
        }
        let lengths = async || {
            let found = t.agent().await.web.get("/api/v1/answers/suggestions").await.expect(200);
            ["missing", "merge", "retire"].map(|kind| found[kind].as_array().unwrap().len())
        };
        assert_eq!(lengths().await, [0, 0, 1]);
        agent.web.delete(&aside("missing")).await.expect(204);
        assert_eq!(lengths().await, [1, 0, 1]);
        t.clock.advance(91 * domain::time::DAY);
        assert_eq!(lengths().await, [0, 1, 2], "replies are older now than is looked back");
        t.agent().await.web.put("/api/v1/answers/suggestions/x/dismissal", &json!({})).await.problem("not-found");
        t.drain().await;
    }
}
