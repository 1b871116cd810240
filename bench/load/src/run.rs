//! Sending: at a steady rate, or as fast as the server takes it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use bench_harness::Result;
use bench_harness::http::{Connection, request};
use serde_json::{Value, json};
use tokio::task::LocalSet;

use crate::questions::question;

/// Where tickets go and what they look like there.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) address: String,
    pub(crate) authorization: String,
    pub(crate) path: &'static str,
    pub(crate) body: fn(usize) -> String,
}

impl Target {
    pub(crate) fn deskwise(address: &str, token: &str) -> Self {
        Self {
            address: address.to_owned(),
            authorization: format!("Bearer {token}"),
            path: "/api/v1/tickets",
            body: |n| {
                let email = format!("person{}@example.org", n % 5_000);
                json!({ "requester": { "email": email }, "body": question(n) }).to_string()
            },
        }
    }

    fn post(&self, n: usize) -> Vec<u8> {
        request("POST", self.path, &self.authorization, &(self.body)(n))
    }

    fn get(&self, number: i64) -> Vec<u8> {
        request("GET", &format!("{}/{number}", self.path), &self.authorization, "")
    }
}

/// What came of sending as fast as possible.
pub(crate) struct Flood {
    /// Milliseconds from sending a ticket to its acknowledgement.
    pub(crate) times: Vec<f64>,
    pub(crate) seconds: f64,
    pub(crate) refused: usize,
    /// The highest ticket number.
    pub(crate) last: i64,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
pub(crate) async fn flood(target: &Target, connections: usize, time: Duration) -> Result<Flood> {
    let (next, refused, last) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let times = Rc::new(RefCell::new(Vec::new()));
    let begin = Instant::now();
    let tasks = LocalSet::new();
    for _ in 0..connections {
        let (target, next, refused, last, times) =
            (target.clone(), next.clone(), refused.clone(), last.clone(), times.clone());
        tasks.spawn_local(async move {
            let mut connection = Connection::new(&target.address);
            while begin.elapsed() < time {
                let n = next.replace(next.get() + 1);
                let sent = Instant::now();
                match connection.send(&target.post(n)).await {
                    Ok(answer) if answer.status == 201 => {
                        times.borrow_mut().push(sent.elapsed().as_secs_f64() * 1e3);
                        last.set(last.get().max(number(&answer.body)));
                    }
                    _ => refused.set(refused.get() + 1),
                }
            }
        });
    }
    tasks.await;
    let seconds = begin.elapsed().as_secs_f64();
    let times = times.take();
    Ok(Flood { times, seconds, refused: refused.get(), last: last.get() })
}

/// Without reading the whole answer as JSON: the generator shares the cores with the server.
fn number(body: &[u8]) -> i64 {
    const FIELD: &[u8] = b"\"number\":";
    let Some(at) = body.windows(FIELD.len()).position(|w| w == FIELD) else { return 0 };
    body[at + FIELD.len()..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
}

/// Sends `rate` tickets a second and asks for each until its decision is there: milliseconds.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
pub(crate) async fn paced(target: &Target, rate: u32, time: Duration) -> Result<Vec<f64>> {
    let times = Rc::new(RefCell::new(Vec::new()));
    let tasks = LocalSet::new();
    let count = rate * time.as_secs() as u32;
    let begin = Instant::now();
    for n in 0..count {
        let (target, times) = (target.clone(), times.clone());
        tasks.spawn_local(async move {
            let due = begin + Duration::from_secs(1) / rate * n;
            tokio::time::sleep_until(due.into()).await;
            let mut connection = Connection::new(&target.address);
            let sent = Instant::now();
            let Ok(answer) = connection.send(&target.post(n as usize)).await else { return };
            let number = number(&answer.body);
            while sent.elapsed() < Duration::from_secs(30) {
                if is_decided(&mut connection, &target, number).await.unwrap_or(false) {
                    times.borrow_mut().push(sent.elapsed().as_secs_f64() * 1e3);
                    return;
                }
                tokio::time::sleep(Duration::from_millis(4)).await;
            }
        });
    }
    tasks.await;
    let times = times.take();
    if times.len() as u32 != count {
        return Err(format!("only {} of {count} tickets were decided within 30 s", times.len()).into());
    }
    Ok(times)
}

/// Waits until the last ticket is decided; decisions are made in order. Seconds.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
pub(crate) async fn drain(target: &Target, last: i64) -> Result<f64> {
    let begin = Instant::now();
    let mut connection = Connection::new(&target.address);
    while begin.elapsed() < Duration::from_mins(2) {
        if is_decided(&mut connection, target, last).await? {
            return Ok(begin.elapsed().as_secs_f64());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Err("the backlog was not drained within two minutes".into())
}

async fn is_decided(connection: &mut Connection, target: &Target, number: i64) -> Result<bool> {
    let answer = connection.send(&target.get(number)).await?;
    let ticket: Value = serde_json::from_slice(&answer.body)?;
    Ok(!ticket["decision"].is_null())
}
