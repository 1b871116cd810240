//! Three replicas of the binary on one PostgreSQL: each job done once, live events and model switches reach all,
//! and any of them serves any session.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::json;
use store::{DatabaseUrl, Db, Read};

use crate::process::{Server, run, stdout};

/// Waits until `done` says so; fails after twenty seconds.
#[expect(clippy::disallowed_methods, reason = "the processes under test have the machine's clock")]
fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(20), "never happened: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

async fn count(mut db: &Db, sql: &str) -> i64 {
    db.all_built(sql.to_owned(), vec![]).await.unwrap()[0].int("n").unwrap()
}

/// A history from which something can be learnt.
fn history() -> String {
    let questions = [
        ("password", "I cannot sign in, the password is refused", "reset-password"),
        ("invoice", "Where do I find the invoice for last month", "find-invoice"),
        ("board", "My board does not load, the pins are missing", "reload-board"),
    ];
    let mut csv = "id,created_at,requester,subject,body,category,answer,reply\n".to_owned();
    for n in 0..240 {
        let (subject, body, answer) = questions[n % questions.len()];
        let day = 1 + n / 10;
        writeln!(
            csv,
            "{n},2026-03-{day:02}T10:00:00Z,person{n}@example.com,{subject},\"{body}, please help {n}\",{subject},{answer},\"Do this: {answer}\""
        )
        .unwrap();
    }
    csv
}

#[tokio::test(flavor = "multi_thread")]
async fn three_replicas_are_one() {
    let url = tokio::task::spawn_blocking(pgtest::database).await.unwrap();
    let made = run(&["token", "create", "--name", "test", "--role", "admin", "--database", &url]);
    let token = format!("Bearer {}", stdout(&made).trim());
    let program = [("Authorization", token.as_str())];
    let servers: Vec<Server> = (0..3).map(|_| Server::start(&url)).collect();
    let db = Db::open(&DatabaseUrl::parse(&url).unwrap()).await.unwrap();

    // One link for the first admin, whoever prints it; the session it begins holds everywhere.
    let links: Vec<String> = servers.iter().map(first_link).collect();
    assert!(links.iter().all(|link| *link == links[0]), "{links:?}");
    let join =
        json!({ "token": links[0], "name": "Ada", "email": "ada@example.com", "password": "correct horse" });
    let joined = servers[0].ask("POST", "/api/v1/first-admin", &[], &join.to_string());
    assert_eq!(joined.status, 200, "{}", joined.body);
    let cookie = joined.head.lines().find_map(|l| l.strip_prefix("set-cookie: ")).unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    for server in &servers {
        let me = server.ask("GET", "/api/v1/session", &[("Cookie", &cookie)], "");
        assert_eq!(me.json()["user"]["email"], "ada@example.com");
    }

    // Live events and settings reach all.
    let streams: Vec<_> = servers.iter().map(|server| server.listen(&program)).collect();
    for stream in &streams {
        while !stream.recv_timeout(Duration::from_secs(10)).unwrap().contains("reset") {}
    }
    let change = json!({ "company_name": "Pinwall" }).to_string();
    assert_eq!(servers[1].ask("PATCH", "/api/v1/settings", &program, &change).status, 200);
    for stream in &streams {
        while !stream.recv_timeout(Duration::from_secs(10)).unwrap().contains("settings.changed") {}
    }
    eventually("every replica knows the new setting", || {
        let named = |server: &Server| {
            server.ask("GET", "/api/v1/settings", &program, "").json()["company_name"] == "Pinwall"
        };
        servers.iter().all(named)
    });

    // Each job is done once, whoever does it.
    let posted = post(&servers, &program, 60);
    wait_for_decisions(&db, posted).await;
    assert_eq!(count(&db, "SELECT COUNT(*) AS n FROM events WHERE kind = 'decision.made'").await, posted);
    let twice = "SELECT COUNT(*) AS n FROM (SELECT ticket_id FROM mails GROUP BY ticket_id, kind HAVING COUNT(*) > 1) AS twice";
    assert_eq!(count(&db, twice).await, 0);
    assert_eq!(count(&db, "SELECT COUNT(*) AS n FROM jobs WHERE dead_at IS NOT NULL").await, 0);

    // A model trained elsewhere is used by all within a second.
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("history.csv");
    std::fs::write(&file, history()).unwrap();
    let imported = run(&["import", file.to_str().unwrap(), "--database", &url]);
    assert!(imported.status.success(), "{imported:?}");
    let trained = run(&["train", "--database", &url]);
    assert!(trained.status.success(), "{trained:?}");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let posted = posted + post(&servers, &program, 30);
    wait_for_decisions(&db, posted).await;
    let with_model = "SELECT COUNT(*) AS n FROM readings WHERE model_version IS NOT NULL";
    assert_eq!(count(&db, with_model).await, 30);

    db.close().await;
    drop(streams);
    for server in servers {
        assert!(server.stop(), "asked to stop, a server ends well");
    }
}

fn first_link(server: &Server) -> String {
    loop {
        let line =
            server.said.recv_timeout(Duration::from_secs(10)).expect("the first admin's link is printed");
        if let Some((_, secret)) = line.split_once("/console/first/") {
            return secret.trim().to_owned();
        }
    }
}

/// Posts tickets to the servers in turn; says how many.
fn post(servers: &[Server], headers: &[(&str, &str)], count: i64) -> i64 {
    for (n, server) in (0..count).zip(servers.iter().cycle()) {
        let new = json!({ "requester": { "email": format!("customer{n}@example.com") }, "body": "My password is refused" });
        let answer = server.ask("POST", "/api/v1/tickets", headers, &new.to_string());
        assert_eq!(answer.status, 201, "{}", answer.body);
    }
    count
}

async fn wait_for_decisions(db: &Db, expected: i64) {
    for _ in 0..400 {
        if count(db, "SELECT COUNT(*) AS n FROM decisions").await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(count(db, "SELECT COUNT(*) AS n FROM decisions").await, expected);
}
