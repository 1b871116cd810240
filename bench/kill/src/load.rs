//! Tickets and replies from many connections at once, until the server is killed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use bench_harness::Result;
use bench_harness::http::{Connection, request};
use bench_harness::server::Running;
use serde_json::{Value, json};
use tokio::task::LocalSet;

const CONNECTIONS: usize = 16;

/// What the server said it had taken.
#[derive(Debug, Default)]
pub(crate) struct Acknowledged {
    pub(crate) tickets: Vec<i64>,
    /// The mark in each reply's text, and the ticket it belongs to.
    pub(crate) replies: HashMap<String, i64>,
}

impl Acknowledged {
    pub(crate) fn add(&mut self, more: Self) {
        self.tickets.extend(more.tickets);
        self.replies.extend(more.replies);
    }
}

/// Loads a server, kills it after a while, and returns what it had acknowledged until then.
pub(crate) async fn until_killed(
    running: Running,
    bearer: &str,
    round: u32,
    after: Duration,
) -> Acknowledged {
    let all = Rc::new(RefCell::new(Acknowledged::default()));
    let tasks = LocalSet::new();
    for client in 0..CONNECTIONS {
        let (address, bearer, all) = (running.address().to_owned(), bearer.to_owned(), all.clone());
        tasks.spawn_local(async move {
            let mut connection = Connection::new(&address);
            for n in 0.. {
                let mark = format!("mark-{round}-{client}-{n}-end");
                if one(&mut connection, &bearer, &mark, &all).await.is_err() {
                    // The server is gone.
                    return;
                }
            }
        });
    }
    tasks.spawn_local(async move {
        tokio::time::sleep(after).await;
        // SIGKILL: no handler runs, nothing is flushed.
        running.stop();
    });
    tasks.await;
    all.take()
}

async fn one(
    connection: &mut Connection,
    bearer: &str,
    mark: &str,
    all: &RefCell<Acknowledged>,
) -> Result<()> {
    let new = json!({ "requester": { "email": format!("{mark}@example.org") }, "body": "My board is gone." });
    let answer = connection.send(&request("POST", "/api/v1/tickets", bearer, &new.to_string())).await?;
    if answer.status != 201 {
        return Ok(());
    }
    let ticket: Value = serde_json::from_slice(&answer.body)?;
    let number = ticket["number"].as_i64().ok_or("a ticket without a number")?;
    all.borrow_mut().tickets.push(number);
    let reply = json!({ "kind": "public", "body": format!("It is back. {mark}"), "status": "solved" });
    let path = format!("/api/v1/tickets/{number}/messages");
    let answer = connection.send(&request("POST", &path, bearer, &reply.to_string())).await?;
    if answer.status == 201 {
        all.borrow_mut().replies.insert(mark.to_owned(), number);
    }
    Ok(())
}

/// How much of what was acknowledged is not there.
#[derive(Debug, Default)]
pub(crate) struct Lost {
    pub(crate) tickets: usize,
    pub(crate) replies: usize,
}

pub(crate) async fn lost(address: &str, bearer: &str, all: &Acknowledged) -> Result<Lost> {
    let mut connection = Connection::new(address);
    let mut lost = Lost::default();
    let mut texts = HashMap::new();
    for &number in &all.tickets {
        let path = format!("/api/v1/tickets/{number}");
        let answer = connection.send(&request("GET", &path, bearer, "")).await?;
        lost.tickets += usize::from(answer.status != 200);
        texts.insert(number, String::from_utf8(answer.body)?);
    }
    let holds = |number: &i64, mark: &str| {
        texts.get(number).is_some_and(|text| text.contains(&format!("It is back. {mark}")))
    };
    lost.replies = all.replies.iter().filter(|(mark, number)| !holds(number, mark)).count();
    Ok(lost)
}
