//! Switching off takes effect at once: what waits is withdrawn, what is being sent is waited for.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use app::ports::SendError;
use domain::time::DAY;
use serde_json::{Value, json};
use testkit::{Staff, TestApp, both_engines};

const HERE: &str = "/api/v1/categories/1";
const REPLY: &str = "You find them under Billing.";

/// A rule sends the answer about invoices, by mail.
async fn invoices_are_answered(t: &TestApp) -> Staff<'_> {
    let admin = t.admin().await;
    admin
        .sets(json!({
            "public_url": "https://help.example.org", "reply_address": "help@example.org", "reviews_a_day": 90,
            "smtp": { "host": "mail.example.org", "port": 25, "security": "none" }
        }))
        .await;
    let invoices = admin.writes_answer("Invoices", REPLY).await;
    let rule = json!({ "name": "Invoices", "conditions": { "words": ["invoice*"] }, "answer": invoices });
    admin.web.post("/api/v1/rules", &rule).await.expect(201);
    admin.sets_policy("1", json!({ "mode": "auto", "blind": 0.02 })).await;
    admin
}

/// People ask until this many have been answered automatically; returns those tickets' numbers.
async fn answered(t: &TestApp, admin: &Staff<'_>, who: &str, count: usize) -> Vec<i64> {
    let mut numbers = Vec::new();
    for i in 0.. {
        if numbers.len() == count {
            break;
        }
        t.clock.advance(1_000);
        let number =
            t.customer(&format!("{who}{i}@example.org")).writes("Hello", "Where are my invoices?").await;
        app::jobs::run_due(&t.app).await.unwrap();
        if admin.sees(number).await["status"] == "solved" {
            numbers.push(number);
        }
    }
    numbers
}

fn automatic(t: &TestApp) -> usize {
    t.mailer.sent().iter().filter(|mail| mail.body.contains(REPLY)).count()
}

/// Waits until one more automatic reply than `before` is being handed to the mail server.
async fn being_sent(t: &TestApp, before: usize) {
    while begun(t) == before {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn begun(t: &TestApp) -> usize {
    t.mailer.begun().iter().filter(|mail| mail.body.contains(REPLY)).count()
}

async fn history(admin: &Staff<'_>, number: i64) -> Vec<String> {
    let history = admin.web.get(&format!("/api/v1/tickets/{number}/history")).await.expect(200);
    history["items"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap().to_owned()).collect()
}

/// The ticket's page as its customer sees it.
async fn page(t: &TestApp, ticket: &Value) -> String {
    let link = ticket["link"].as_str().unwrap();
    t.visitor().get(link.strip_prefix("https://help.example.org").unwrap()).await.text()
}

both_engines! {
    async fn what_waits_is_withdrawn_and_the_question_is_open_again(t: &TestApp) {
        let admin = invoices_are_answered(t).await;
        // Two whose mail could not be sent for now, one without a mail yet.
        t.mailer.refuse(Some(SendError::Temporary("busy".into())));
        let mut numbers = answered(t, &admin, "waits", 2).await;
        t.drain().await;
        numbers.extend(answered(t, &admin, "decided", 1).await);
        let before = admin.sees(numbers[0]).await;
        assert!(page(t, &before).await.contains(REPLY));

        let off = json!({ "mode": "off", "reason": "a wrong answer" });
        let done = admin.web.put(&format!("{HERE}/policy"), &off).await.expect(200);
        assert_eq!(done["recall"], json!({ "withdrawn": 3, "left": [], "unrecalled": [] }));
        assert_eq!(done["policy"]["mode"], "off");

        for &number in &numbers {
            let ticket = admin.sees(number).await;
            assert_eq!((&ticket["status"], &ticket["solved_at"]), (&json!("new"), &Value::Null));
            assert_eq!(ticket["first_reply_at"], Value::Null);
            let reply = &ticket["messages"][1];
            assert_eq!((&reply["kind"], &reply["author"]), (&json!("note"), &json!("automatic")));
            let why = reply["withdrawn"]["why"].as_str().unwrap();
            assert!(why.starts_with("it was switched to off by admin"), "{why}");
            let told = history(&admin, number).await;
            let line = format!("Automatic reply withdrawn before it was sent. Uncategorised: {why}");
            assert!(told.contains(&line), "{told:?}");
            let page = page(t, &ticket).await;
            assert!(page.contains("Where are my invoices?") && !page.contains(REPLY), "{page}");
        }
        t.mailer.refuse(None);
        t.after(DAY).await;
        assert_eq!(automatic(t), 0, "nothing is sent after off");
        let confirmed = t.mailer.sent().iter().filter(|mail| mail.to.starts_with("waits")).count();
        assert!(confirmed >= 2, "whoever waits hears that the question arrived");

        // Sending one all the same is refused, and on again sends only what comes later.
        let mails = admin.web.get("/api/v1/mailbox?state=withdrawn").await.expect(200);
        let id = mails["items"][0]["id"].as_str().unwrap();
        admin.web.post(&format!("/api/v1/mailbox/{id}/retry"), &json!({})).await.problem("conflict");
        admin.sets_policy("1", json!({ "mode": "auto" })).await;
        t.after(DAY).await;
        assert_eq!(automatic(t), 0);
        answered(t, &admin, "later", 1).await;
        t.drain().await;
        assert_eq!(automatic(t), 1);
    }

    async fn what_is_being_sent_is_waited_for_and_named(t: &TestApp) {
        let admin = invoices_are_answered(t).await;
        let number = answered(t, &admin, "a", 1).await[0];
        let off = json!({ "mode": "suggest" });
        let path = format!("{HERE}/policy");
        let switching = async |slow: Duration| {
            t.mailer.stop(true);
            let before = begun(t);
            let switch = async {
                being_sent(t, before).await;
                let began = tokio::time::Instant::now();
                (admin.web.put(&path, &off).await.expect(200), began.elapsed())
            };
            let lift = async {
                being_sent(t, before).await;
                tokio::time::sleep(slow).await;
                t.mailer.stop(false);
            };
            let ((), (done, took), ()) = tokio::join!(t.drain(), switch, lift);
            (done, took)
        };
        let (done, took) = switching(Duration::from_secs(3)).await;
        assert_eq!(done["recall"], json!({ "withdrawn": 0, "left": [number], "unrecalled": [] }));
        assert!(took < Duration::from_secs(9), "{took:?}");
        assert_eq!(automatic(t), 1);
        assert_eq!(admin.sees(number).await["status"], "solved");

        // One that hangs is named after ten seconds.
        admin.sets_policy("1", json!({ "mode": "auto" })).await;
        let number = answered(t, &admin, "b", 1).await[0];
        let (done, took) = switching(Duration::from_secs(15)).await;
        assert_eq!(done["recall"], json!({ "withdrawn": 0, "left": [], "unrecalled": [number] }));
        assert!((Duration::from_secs(10)..Duration::from_secs(14)).contains(&took), "{took:?}");
        t.drain().await;
    }

    async fn one_that_cannot_be_sent_after_all_is_withdrawn(t: &TestApp) {
        let admin = invoices_are_answered(t).await;
        let number = answered(t, &admin, "a", 1).await[0];
        t.mailer.stop(true);
        t.mailer.refuse(Some(SendError::Temporary("busy".into())));
        let path = format!("{HERE}/policy");
        let switch = async {
            being_sent(t, 0).await;
            let lift = async {
                tokio::time::sleep(Duration::from_secs(2)).await;
                t.mailer.stop(false);
            };
            let off = json!({ "mode": "off" });
            tokio::join!(admin.web.put(&path, &off), lift).0.expect(200)
        };
        let ((), done) = tokio::join!(t.drain(), switch);
        assert_eq!(done["recall"], json!({ "withdrawn": 1, "left": [], "unrecalled": [] }));
        assert_eq!(admin.sees(number).await["status"], "new");
        t.mailer.refuse(None);
        t.after(DAY).await;
        assert_eq!(automatic(t), 0);
    }

    async fn a_reply_that_helped_already_stays_and_only_its_mail_is_not_sent(t: &TestApp) {
        let admin = invoices_are_answered(t).await;
        t.mailer.refuse(Some(SendError::Temporary("busy".into())));
        let number = answered(t, &admin, "a", 1).await[0];
        t.drain().await;
        let ticket = admin.sees(number).await;
        let token = ticket["link"].as_str().unwrap().rsplit('/').next().unwrap();
        app::customer::helped(&t.app, token).await.unwrap();
        let done = admin.sets_policy("1", json!({ "mode": "off" })).await;
        assert_eq!(done["recall"]["withdrawn"], 1);
        let after = admin.sees(number).await;
        assert_eq!((&after["status"], &after["resolution"]), (&json!("solved"), &json!("confirmed")));
        assert_eq!(after["messages"][1]["kind"], "public");
        assert!(page(t, &after).await.contains(REPLY));
        t.mailer.refuse(None);
        t.after(DAY).await;
        assert_eq!(automatic(t), 0);
    }

    async fn the_guardrails_pause_withdraws_what_waits(t: &TestApp) {
        let admin = invoices_are_answered(t).await;
        answered(t, &admin, "sent", 40).await;
        t.drain().await;
        let sent = automatic(t);
        app::reviews::sample(&t.app).await.unwrap();
        t.mailer.refuse(Some(SendError::Temporary("busy".into())));
        let numbers = answered(t, &admin, "waits", 2).await;
        t.drain().await;
        let queue = admin.web.get("/api/v1/reviews").await.expect(200);
        for task in queue["items"].as_array().unwrap() {
            let path = format!("/api/v1/reviews/{}", task["number"]);
            admin.web.post(&path, &json!({ "answer": null })).await.expect(201);
        }
        assert_eq!(admin.web.get(&format!("{HERE}/guardrail")).await.expect(200)["state"], "paused");
        for number in numbers {
            let ticket = admin.sees(number).await;
            assert_eq!(ticket["status"], "new");
            let why = ticket["messages"][1]["withdrawn"]["why"].as_str().unwrap();
            assert!(why.starts_with("the guardrail paused it: "), "{why}");
        }
        t.mailer.refuse(None);
        t.after(DAY).await;
        assert_eq!(automatic(t), sent);
    }

    async fn every_version_is_kept_and_one_can_return_to_it(t: &TestApp) {
        let admin = invoices_are_answered(t).await;
        admin.sets_policy("1", json!({ "rollout": 0.5, "languages": ["en"], "reason": "only English" })).await;
        admin.sets_policy("1", json!({ "mode": "off", "reason": "a wrong answer" })).await;
        let path = format!("{HERE}/policy/versions");
        let page = admin.web.get(&format!("{path}?limit=2")).await.expect(200);
        let newest = &page["items"][0];
        assert_eq!((&newest["version"], &newest["current"]), (&json!(3), &json!(true)));
        assert_eq!((&newest["reason"], &newest["mode"]), (&json!("a wrong answer"), &json!("off")));
        assert!(newest["changed_by"].as_str().unwrap().starts_with("admin"), "{newest}");
        assert_eq!(newest["changed_at"], t.app.now());
        let changes = json!([{ "field": "mode", "from": "auto", "to": "off", "text": "Mode from auto to off" }]);
        assert_eq!((&newest["changes"], &newest["back"]), (&changes, &json!([])));
        let second: Vec<&str> = texts(&page["items"][1]["changes"]);
        assert_eq!(second, ["Rollout from 100% to 50%", "Languages from all to en"]);
        let rest = admin.web.get(&format!("{path}?cursor={}", page["next"].as_str().unwrap())).await.expect(200);
        let items = rest["items"].as_array().unwrap();
        assert_eq!((items.len(), &rest["next"]), (2, &Value::Null));
        assert_eq!(texts(&items[0]["changes"]), ["Mode from off to auto", "Blind share from 5% to 2%"]);
        assert_eq!(texts(&items[0]["back"]), ["Mode from off to auto", "Rollout from 50% to 100%", "Languages from en to all"]);
        let first = &items[1];
        assert_eq!((&first["version"], &first["changed_at"], &first["changes"]), (&json!(0), &Value::Null, &Value::Null));

        let back = admin.web.post(&format!("{path}/1/restore"), &json!({ "reason": "it was right" })).await.expect(200);
        assert_eq!((&back["policy"]["mode"], &back["policy"]["rollout"]), (&json!("auto"), &json!(1.0)));
        // As with any switch: without a certificate it suggests, and says so.
        assert_eq!(back["policy"]["effective"], "suggest");
        let page = admin.web.get(&path).await.expect(200);
        let newest = &page["items"][0];
        assert_eq!((&newest["version"], &newest["reason"]), (&json!(4), &json!("Back to version 1: it was right")));

        // Back to where it was off: what waits is withdrawn.
        t.mailer.refuse(Some(SendError::Temporary("busy".into())));
        answered(t, &admin, "a", 1).await;
        t.drain().await;
        let off = admin.web.post(&format!("{path}/3/restore"), &json!({})).await.expect(200);
        assert_eq!((&off["recall"]["withdrawn"], &off["policy"]["reason"]), (&json!(1), &json!("Back to version 3")));
        admin.web.post(&format!("{path}/77/restore"), &json!({})).await.problem("not-found");
        admin.web.get("/api/v1/categories/77/policy/versions").await.problem("not-found");
        let viewer = t.viewer().await;
        viewer.web.get(&path).await.expect(200);
        assert_eq!(viewer.web.post(&format!("{path}/1/restore"), &json!({})).await.status, 403);
        t.mailer.refuse(None);
        t.drain().await;
    }

    async fn a_category_without_a_policy_of_its_own_has_the_versions_of_the_default(t: &TestApp) {
        let admin = t.admin().await;
        admin.web.put("/api/v1/policies", &json!({ "mode": "shadow", "reason": "a look" })).await.expect(200);
        let later = admin.adds_category("Later").await;
        let path = format!("/api/v1/categories/{later}/policy/versions");
        let inherited = admin.web.get(&path).await.expect(200);
        assert_eq!(inherited["items"][0]["reason"], "a look");
        admin.sets_policy(&later, json!({ "mode": "suggest" })).await;
        let own = admin.web.get(&path).await.expect(200);
        let told: Vec<_> = own["items"].as_array().unwrap().iter().map(|v| &v["reason"]).collect();
        assert_eq!(told, [&Value::Null, &json!("a look")]);
        assert_eq!(texts(&own["items"][0]["changes"]), ["Mode from shadow to suggest", "Certificate from shared by all categories to its own"]);
        let back = admin.web.post(&format!("{path}/1/restore"), &json!({})).await.expect(200);
        assert_eq!((&back["policy"]["mode"], &back["policy"]["pooled"]), (&json!("shadow"), &json!(true)));
    }
}

fn texts(differences: &Value) -> Vec<&str> {
    differences.as_array().unwrap().iter().map(|d| d["text"].as_str().unwrap()).collect()
}
