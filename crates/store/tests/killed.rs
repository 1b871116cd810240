//! What was acknowledged is there after `kill -9`, and only whole changes are: a ticket, its message, its job.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use domain::TicketId;
use store::events::{Actor, NewEvent};
use store::queue::NewJob;
use store::{DatabaseUrl, Db, Error, queue};

const NOW: i64 = 1_790_000_000_000;
/// Set for the process that is going to be killed.
const VICTIM: &str = "DESKWISE_TEST_VICTIM";

/// Writes for ever and says what was acknowledged. Does nothing unless it was started to be killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn victim() {
    let Ok(url) = std::env::var(VICTIM) else { return };
    let db = Db::open(&DatabaseUrl::parse(&url).unwrap()).await.unwrap();
    let writers = (0..16).map(|_| {
        let db = db.clone();
        async move {
            loop {
                let id = db
                    .write(|tx| {
                        Box::pin(async move {
                            let id: TicketId = tx.id(NOW);
                            tx.event(NewEvent::new(NOW, "ticket.created", Actor::System).ticket(id));
                            tx.enqueue(NewJob::now("understand", &serde_json::json!({ "ticket": id }), NOW));
                            Ok::<_, Error>(id)
                        })
                    })
                    .await
                    .unwrap();
                // One write for one line, so that a line is whole or not there.
                println!("\nacknowledged {id}");
            }
        }
    });
    futures::future::join_all(writers).await;
}

/// Starts the victim on `url`, kills it after a while, and returns what it had acknowledged.
fn kill_one(url: &str, after: Duration) -> Vec<TicketId> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["victim", "--exact", "--nocapture"])
        .env(VICTIM, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        let lines = output.lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok()).collect::<Vec<TicketId>>()
    });
    std::thread::sleep(after);
    // SIGKILL on Unix: no handler runs, nothing is flushed.
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

async fn survives(url: &str) {
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let before = acknowledged.len();
        let mut patience = Duration::from_millis(700 + 230 * round);
        while acknowledged.len() == before {
            let (url, after) = (url.to_owned(), patience);
            acknowledged.extend(tokio::task::spawn_blocking(move || kill_one(&url, after)).await.unwrap());
            // A busy machine may not have come to its first ticket.
            patience *= 2;
        }
    }
    let db = Db::open(&DatabaseUrl::parse(url).unwrap()).await.unwrap();
    for &id in &acknowledged {
        assert_eq!(
            store::events::of_ticket(&db, id).await.unwrap().len(),
            1,
            "{id} was acknowledged and lost"
        );
    }
    let mut created = 0;
    let mut after = domain::EventId(0);
    loop {
        let events = store::events::since(&db, after, 1_000).await.unwrap();
        let Some(last) = events.last() else { break };
        after = last.id;
        created += events.len() as i64;
    }
    let (jobs, _) = queue::backlog(&db, NOW).await.unwrap();
    assert_eq!(created, jobs, "every change is whole or not there");
    assert!(created >= acknowledged.len() as i64);
    db.close().await;
}

#[tokio::test]
async fn sqlite_loses_nothing_it_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    survives(&format!("sqlite:{}", dir.path().join("deskwise.db").display())).await;
}

#[tokio::test]
async fn postgres_loses_nothing_it_acknowledged() {
    survives(&pgtest::database()).await;
}
