//! Tickets through the API: what an agent and a program can do with them, and what is refused.
#![allow(clippy::unwrap_used, reason = "tests")]

use app::journey::intake::{self, NewAttachment, NewTicket};
use domain::words::{Channel, Role};
use serde_json::{Value, json};
use testkit::both_engines;

const TICKETS: &str = "/api/v1/tickets";

fn question(body: &str) -> Value {
    json!({ "requester": { "email": "Sam@Example.org", "name": "Sam" }, "subject": "Sign-in", "body": body })
}

both_engines! {
    async fn a_ticket_is_taken_answered_and_counted(t: &TestApp) {
        let program = t.with_token(&t.token(Role::Agent).await);
        let made = program.post(TICKETS, &question("I cannot sign in 🙂\nשלום")).await.expect(201);
        let number = made["number"].as_i64().unwrap();
        assert_eq!(made["requester"]["email"], "sam@example.org");
        assert_eq!(made["status"], "new");
        assert_eq!(made["channel"], "api");
        assert_eq!(made["category"]["name"], "Uncategorised");
        assert_eq!(made["messages"][0]["body"], "I cannot sign in 🙂\nשלום");
        assert_eq!(made["messages"][0]["author_name"], "Sam");
        assert!(made["decision"].is_null());
        t.drain().await;

        let agent = t.agent().await;
        let seen = agent.sees(number).await;
        assert!(seen["decision"].is_object(), "{seen}");
        let counts = agent.web.get("/api/v1/counts").await.expect(200);
        assert_eq!(counts["views"], json!({ "inbox": 1, "mine": 0, "unassigned": 1, "pending": 0, "on_hold": 0,
            "solved": 0, "all": 1 }));

        let path = format!("{TICKETS}/{number}");
        let mine = agent.web.patch(&path, &json!({ "assignee": agent.user })).await.expect(200);
        assert_eq!(mine["assignee"]["id"], json!(agent.user));
        let counts = agent.web.get("/api/v1/counts").await.expect(200);
        assert_eq!((&counts["views"]["mine"], &counts["views"]["unassigned"]), (&json!(1), &json!(0)));
        agent.notes(number, "Looks like the old mail address").await;
        let solved = agent.solves(number, "Please use the link.").await;
        assert_eq!((&solved["status"], &solved["solved_by"]), (&json!("solved"), &json!("agent")));
        assert_eq!(solved["messages_count"], 3);
        assert_eq!(solved["messages"][1]["kind"], "note");
        assert!(solved["first_reply_at"].is_number());

        let history = agent.web.get(&format!("{path}/history")).await.expect(200);
        let texts: Vec<&str> = history["items"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap()).collect();
        assert_eq!(texts[0], "Ticket came in by api");
        assert!(texts.iter().any(|t| t.starts_with("Assigned to")), "{texts:?}");
        assert!(texts.iter().any(|t| t.contains("Status changed from new to solved")), "{texts:?}");
        t.drain().await;
    }

    async fn lists_are_paged_filtered_and_searched(t: &TestApp) {
        let agent = t.agent().await;
        for n in 0..7 {
            agent.files(&format!("p{}@example.org", n % 2), "Boards", &format!("Board number {n} is gone")).await;
        }
        let mut seen = Vec::new();
        let mut path = format!("{TICKETS}?limit=3");
        loop {
            let page = agent.web.get(&path).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|i| i["number"].as_i64().unwrap()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("{TICKETS}?limit=3&cursor={next}");
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.is_sorted_by(|a, b| a > b), "{seen:?}");
        let count = async |query: &str| {
            let page = agent.web.get(&format!("{TICKETS}?{query}")).await.expect(200);
            page["items"].as_array().unwrap().len()
        };
        assert_eq!(count("requester=P1%40example.org").await, 3);
        assert_eq!(count("q=number%205").await, 1);
        assert_eq!(count("q=boar&view=inbox").await, 7);
        assert_eq!(count("q=%22%27%3B--").await, 0);
        assert_eq!(count("status=solved").await, 0);
        assert_eq!(count("view=mine").await, 0);
        for (query, field) in [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor")] {
            let fields = agent.web.get(&format!("{TICKETS}?{query}")).await.problem("invalid-field");
            assert_eq!(fields, [field]);
        }
        for bad in ["view=nowhere", "sort=price", "category=x", "colour=red"] {
            assert_eq!(agent.web.get(&format!("{TICKETS}?{bad}")).await.status, 422, "{bad}");
        }
        t.drain().await;
    }

    async fn what_cannot_be_taken_is_named(t: &TestApp) {
        let agent = t.agent().await;
        let long = "x".repeat(300_000);
        let cases = [
            (json!({ "requester": { "email": "nobody" }, "body": "x" }), "requester.email"),
            (json!({ "requester": { "email": "a@b.co" }, "body": "  " }), "body"),
            (json!({ "requester": { "email": "a@b.co" }, "body": "a\u{0}b" }), "body"),
            (json!({ "requester": { "email": "a@b.co" }, "body": long }), "body"),
            (json!({ "requester": { "email": "a@b.co" } }), "body"),
            (json!({ "requester": { "email": 7 }, "body": "x" }), "requester.email"),
            (json!({ "requester": { "email": "a@b.co" }, "body": "x", "priority": 1 }), "priority"),
            (json!({ "requester": { "email": "a@b.co" }, "body": "x", "category": "99" }), "category"),
            (json!({ "requester": { "email": "a@b.co" }, "body": "x", "language": "klingon" }), "language"),
            (json!({ "requester": { "email": "a@b.co" }, "body": "x", "subject": "y".repeat(501) }), "subject"),
        ];
        for (body, field) in cases {
            assert_eq!(agent.web.post(TICKETS, &body).await.problem("invalid-field"), [field]);
        }
        let both = json!({ "requester": { "email": "nobody" }, "body": "" });
        assert_eq!(agent.web.post(TICKETS, &both).await.problem("invalid-field"), ["requester.email", "body"]);
        let counts = agent.web.get("/api/v1/counts").await.expect(200);
        assert_eq!(counts["views"]["all"], 0, "nothing of what was refused was kept");

        assert_eq!(agent.web.get(&format!("{TICKETS}/4711")).await.status, 404);
        let number = agent.files("a@b.co", "Hello", "Hello").await["number"].as_i64().unwrap();
        let path = format!("{TICKETS}/{number}");
        agent.web.patch(&path, &json!({ "status": "closed" })).await.problem("conflict");
        let viewer = t.viewer().await;
        let to_viewer = json!({ "assignee": viewer.user });
        assert_eq!(agent.web.patch(&path, &to_viewer).await.problem("invalid-field"), ["assignee"]);
        viewer.web.patch(&path, &json!({ "status": "open" })).await.problem("forbidden");
        let reply = json!({ "kind": "public", "body": "" });
        let fields = agent.web.post(&format!("{path}/messages"), &reply).await.problem("invalid-field");
        assert_eq!(fields, ["body"]);
        t.drain().await;
    }

    async fn a_customer_who_writes_again_reopens_the_ticket(t: &TestApp) {
        let agent = t.agent().await;
        let sam = t.customer("sam@example.org");
        let number = sam.writes("Pins", "My pins are gone").await;
        t.drain().await;
        agent.solves(number, "They are back.").await;
        sam.writes_again(number, "No, they are not: wombat!").await;
        let seen = agent.sees(number).await;
        assert_eq!((&seen["status"], &seen["messages_count"]), (&json!("open"), &json!(3)));
        assert!(seen["solved_at"].is_null());
        let found = agent.web.get(&format!("{TICKETS}?q=wombat")).await.expect(200);
        assert_eq!(found["items"][0]["number"], number, "later messages are found too");
        t.drain().await;
    }

    async fn the_same_mail_is_taken_once(t: &TestApp) {
        let mail = || NewTicket {
            mail_message_id: Some("one@example.org".into()),
            ..NewTicket::new(Channel::Mail, "sam@example.org", "Hello")
        };
        let (a, b) = tokio::join!(intake::take(&t.app, None, mail()), intake::take(&t.app, None, mail()));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert_eq!(a.ticket.id, b.ticket.id);
        assert!(a.again ^ b.again, "one was first");
        assert!(intake::take(&t.app, None, mail()).await.unwrap().again);
        let counts = t.agent().await.web.get("/api/v1/counts").await.expect(200);
        assert_eq!(counts["views"]["all"], 1);
        t.drain().await;
    }

    async fn files_and_markup_are_harmless(t: &TestApp) {
        let file = |name: &str, media_type: &str, content: &'static [u8]| NewAttachment {
            name: name.into(),
            media_type: media_type.into(),
            content: bytes::Bytes::from_static(content),
        };
        let new = NewTicket {
            html: Some("<p onclick=x()>Hi <script>alert(1)</script><img src=http://spy/1.gif><b>there</b></p>".into()),
            attachments: vec![
                file("../shot.png", "image/png", b"\x89PNG"),
                file("page.html", "text/html", b"<script>alert(1)</script>"),
                file("drawing.svg", "image/svg+xml", b"<svg onload=alert(1)>"),
            ],
            ..NewTicket::new(Channel::Mail, "sam@example.org", "See the files")
        };
        let taken = intake::take(&t.app, None, new).await.unwrap();
        t.drain().await;
        let agent = t.agent().await;
        let message = agent.sees(taken.ticket.number).await["messages"][0].clone();
        assert_eq!(message["html"], "<p>Hi <b>there</b></p>");
        let files = message["attachments"].as_array().unwrap().clone();
        let names: Vec<_> = files.iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["shot.png", "page.html", "drawing.svg"]);
        for (file, inline) in files.iter().zip([true, false, false]) {
            let path = format!("/api/v1/attachments/{}", file["id"].as_str().unwrap());
            let reply = agent.web.get(&path).await;
            assert_eq!(reply.status, 200);
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert_eq!(reply.header("content-disposition").starts_with("inline"), inline);
            let expected = if inline { "image/png" } else { "application/octet-stream" };
            assert_eq!(reply.header("content-type"), expected);
            assert_eq!(t.visitor().get(&path).await.status, 401);
        }
    }
}
