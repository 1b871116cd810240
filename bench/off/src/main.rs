//! Off at once: three replicas (processes of the binary) on one PostgreSQL answer by themselves under load; in the
//! middle one of them is asked to switch off. How long until it says so, what was withdrawn, and whether any reply
//! leaves afterwards?
//!
//! `cargo run --release -p bench-off -- [--rounds N]` (needs `target/release/deskwise`).

mod load;
mod sink;

use std::collections::HashSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bench_harness::http::{Connection, request};
use bench_harness::server::{Running, Server};
use bench_harness::{Result, quantile};
use clap::Parser;
use serde_json::{Value, json};

use load::Load;
use sink::Sink;

/// Switches off under load and looks what is sent all the same.
#[derive(Parser)]
struct Options {
    /// The binary to measure.
    #[arg(long, default_value = "target/release/deskwise")]
    binary: PathBuf,
    /// How often it is switched on and off again.
    #[arg(long, default_value_t = 10)]
    rounds: u32,
    /// How long the mail server takes for a mail, in milliseconds.
    #[arg(long, default_value_t = 40)]
    delay: u64,
    /// One of so many mails keeps the mail server for twelve seconds, which is longer than anyone waits.
    #[arg(long, default_value_t = 700)]
    hangs: usize,
    #[arg(long, default_value_t = 12)]
    connections: usize,
    /// Questions a second, over all connections.
    #[arg(long, default_value_t = 60)]
    rate: u32,
}

const REPLICAS: usize = 3;
/// How long load goes on after off.
const AFTER: Duration = Duration::from_secs(3);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    println!("off under load: {REPLICAS} processes on one PostgreSQL, {} questions a second", options.rate);
    let work = tempfile::tempdir()?;
    let database = pgtest::database();
    let server =
        |n: usize| Server::new(&options.binary, &work.path().join(n.to_string()), Some(database.clone()));
    let token = server(0).output(&["token", "create", "--name", "bench", "--role", "admin"])?;
    let bearer = format!("Bearer {}", token.trim());
    let replicas = (0..REPLICAS).map(|n| server(n).start()).collect::<Result<Vec<Running>>>()?;
    let addresses: Vec<String> = replicas.iter().map(|r| r.address().to_owned()).collect();
    let sink = Sink::listen(Duration::from_millis(options.delay), options.hangs).await?;
    let desk = Desk { addresses: addresses.clone(), bearer: bearer.clone() };
    desk.prepare(sink.port()).await?;

    let load = Rc::new(Load::new(addresses, bearer));
    let mut all = Totals::default();
    for round in 0..options.rounds {
        round_of(&desk, &load, &sink, &options, round, &mut all).await?;
    }
    all.print(load.count());
    if all.after == 0 && all.both == 0 {
        Ok(())
    } else {
        Err("a reply left after it was switched off".into())
    }
}

/// What was seen over all rounds.
#[derive(Default)]
struct Totals {
    acknowledged_ms: Vec<f64>,
    sent: usize,
    withdrawn: u64,
    /// Being sent when it was switched off, and gone before the acknowledgement.
    left: usize,
    /// Named as still being sent.
    unrecalled: usize,
    /// Of those named, how many left later.
    late: usize,
    /// Left after the acknowledgement without having been named.
    after: usize,
    /// Withdrawn and sent nevertheless.
    both: usize,
}

impl Totals {
    fn print(&mut self, tickets: usize) {
        self.acknowledged_ms.sort_unstable_by(f64::total_cmp);
        let ms = &self.acknowledged_ms;
        println!("tickets                      {tickets:8}, {} answered by mail", self.sent);
        println!(
            "off acknowledged after       {:8.0} ms (median), {:.0} ms (longest)",
            quantile(ms, 0.5),
            quantile(ms, 1.0)
        );
        println!("withdrawn before sending     {:8}", self.withdrawn);
        println!("sent while it was waited     {:8}", self.left);
        println!("named as not recalled        {:8}, of which {} left later", self.unrecalled, self.late);
        println!("withdrawn and sent           {:8}", self.both);
        println!("sent after off, not named    {:8}", self.after);
    }
}

/// On, load, off in the middle, and a look at what the mail server got.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
async fn round_of(
    desk: &Desk,
    load: &Rc<Load>,
    sink: &Sink,
    options: &Options,
    round: u32,
    all: &mut Totals,
) -> Result<()> {
    desk.switch(round, "auto").await?;
    let tasks = tokio::task::LocalSet::new();
    let stop = Rc::new(std::cell::Cell::new(false));
    let every = Duration::from_secs(1) * options.connections as u32 / options.rate.max(1);
    for connection in 0..options.connections {
        let (load, stop) = (load.clone(), stop.clone());
        tasks.spawn_local(async move { load.run(connection, every, &stop).await });
    }
    let recall = tasks
        .run_until(async {
            // At another moment of the work each time.
            tokio::time::sleep(Duration::from_millis(1_500 + 137 * u64::from(round))).await;
            let asked = Instant::now();
            let recall = desk.switch(round + 1, "off").await;
            let acknowledged = Instant::now();
            tokio::time::sleep(AFTER).await;
            stop.set(true);
            recall.map(|recall| (recall, asked, acknowledged))
        })
        .await;
    tasks.await;
    let (recall, asked, acknowledged) = recall?;
    // What hangs has ended by then, and what was taken back would have been sent.
    desk.settled().await?;

    let numbers = |name: &str| -> HashSet<i64> {
        recall[name].as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
    };
    let unrecalled = numbers("unrecalled");
    let mails = sink.take();
    let after = mails.iter().filter(|mail| mail.at > acknowledged);
    let (late, unnamed): (Vec<_>, Vec<_>) =
        after.partition(|mail| load.number(&mail.to).is_some_and(|number| unrecalled.contains(&number)));
    let near = mails.iter().filter(|mail| mail.at > asked.checked_sub(AFTER).unwrap_or(asked));
    for mail in near {
        let Some(number) = load.number(&mail.to) else { continue };
        all.both += usize::from(desk.is_withdrawn(number).await?);
    }
    all.acknowledged_ms.push((acknowledged - asked).as_secs_f64() * 1e3);
    all.sent += mails.len();
    all.withdrawn += recall["withdrawn"].as_u64().unwrap_or(0);
    all.left += numbers("left").len();
    all.unrecalled += unrecalled.len();
    all.late += late.len();
    all.after += unnamed.len();
    Ok(())
}

/// The installation, through any of its replicas.
struct Desk {
    addresses: Vec<String>,
    bearer: String,
}

impl Desk {
    async fn ask(&self, replica: u32, method: &str, path: &str, body: &Value) -> Result<Value> {
        let address = &self.addresses[replica as usize % self.addresses.len()];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = Connection::new(address).send(&request(method, path, &self.bearer, &body)).await?;
        let told: Value = serde_json::from_slice(&answer.body)?;
        if answer.status < 300 { Ok(told) } else { Err(format!("{method} {path}: {told}").into()) }
    }

    /// A rule that answers every ticket, and mail that leaves.
    async fn prepare(&self, port: u16) -> Result<()> {
        let settings = json!({
            "public_url": "http://localhost:8080", "reply_address": "support@example.org",
            "smtp": { "host": "127.0.0.1", "port": port, "security": "none" },
        });
        self.ask(0, "PATCH", "/api/v1/settings", &settings).await?;
        let answer = json!({ "title": "Invoices", "body": sink::REPLY });
        let answer = self.ask(0, "POST", "/api/v1/answers", &answer).await?;
        let rule =
            json!({ "name": "Invoices", "conditions": { "words": ["invoice*"] }, "answer": answer["id"] });
        self.ask(0, "POST", "/api/v1/rules", &rule).await?;
        Ok(())
    }

    /// Switches by one of the replicas; says what was withdrawn.
    async fn switch(&self, replica: u32, mode: &str) -> Result<Value> {
        let change = json!({ "mode": mode, "blind": 0.02, "reason": "a measurement" });
        let mut done = self.ask(replica, "PUT", "/api/v1/categories/1/policy", &change).await?;
        Ok(done["recall"].take())
    }

    /// Waits until no mail is left that could be sent.
    async fn settled(&self) -> Result<()> {
        for _ in 0..300 {
            let waiting = self.ask(0, "GET", "/api/v1/mailbox?state=waiting&limit=1", &Value::Null).await?;
            if waiting["items"].as_array().is_some_and(Vec::is_empty) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Err("mails still wait after a minute".into())
    }

    async fn is_withdrawn(&self, number: i64) -> Result<bool> {
        let ticket = self.ask(0, "GET", &format!("/api/v1/tickets/{number}"), &Value::Null).await?;
        let messages = ticket["messages"].as_array().into_iter().flatten();
        Ok(messages.into_iter().any(|message| !message["withdrawn"].is_null()))
    }
}
