//! `kill -9` under load, again and again: is every acknowledged ticket and reply still there, and does a customer get
//! a reply under one Message-ID only?
//!
//! `cargo run --release -p bench-kill -- [--postgres]` (needs `target/release/deskwise`).

mod load;
mod sink;

use std::path::PathBuf;
use std::time::Duration;

use bench_harness::Result;
use bench_harness::http::{Connection, request};
use bench_harness::server::Server;
use clap::Parser;
use serde_json::{Value, json};

use load::Acknowledged;
use sink::Sink;

/// Kills a server under load and looks what is left.
#[derive(Parser)]
struct Options {
    /// The binary to kill.
    #[arg(long, default_value = "target/release/deskwise")]
    binary: PathBuf,
    /// On a throwaway PostgreSQL instead of SQLite.
    #[arg(long)]
    postgres: bool,
    /// How often.
    #[arg(long, default_value_t = 20)]
    times: u32,
}

/// How long the work that was interrupted may take: leases run out, refused mails are tried again.
const PATIENCE: Duration = Duration::from_secs(400);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let engine = if options.postgres { "PostgreSQL" } else { "SQLite" };
    println!("kill -9 under load on {engine}, {} times", options.times);
    let work = tempfile::tempdir()?;
    let server =
        Server::new(&options.binary, &work.path().join("data"), options.postgres.then(pgtest::database));
    let token = server.output(&["token", "create", "--name", "bench", "--role", "admin"])?;
    let bearer = format!("Bearer {}", token.trim());
    let sink = Sink::listen().await?;

    let mut all = Acknowledged::default();
    for round in 0..options.times {
        let running = server.start()?;
        if round == 0 {
            settle(running.address(), &bearer, sink.port()).await?;
        }
        // From hardly started to well under way.
        let after = Duration::from_millis(200 + 97 * u64::from(round));
        all.add(load::until_killed(running, &bearer, round, after).await);
    }
    println!("acknowledged                 {:8} tickets, {} replies", all.tickets.len(), all.replies.len());

    let running = server.start()?;
    let lost = load::lost(running.address(), &bearer, &all).await?;
    println!("acknowledged and lost        {:8} tickets, {} replies", lost.tickets, lost.replies);
    let delivered = sink.wait_for(&all.replies, PATIENCE).await;
    let mails = sink.mails();
    let twice = mails.values().filter(|ids| ids.len() > 1).count();
    println!("replies delivered            {delivered:8} of {} acknowledged", all.replies.len());
    println!("replies under a second id    {twice:8} of {} sent", mails.len());
    running.stop();
    let fine = lost.tickets + lost.replies + twice == 0 && delivered == all.replies.len();
    if fine { Ok(()) } else { Err("something was lost or sent twice".into()) }
}

/// Lets mail leave, to the sink.
async fn settle(address: &str, bearer: &str, port: u16) -> Result<()> {
    let settings = json!({
        "public_url": "http://localhost:8080", "reply_address": "support@example.org",
        "smtp": { "host": "127.0.0.1", "port": port, "security": "none" },
    });
    let change = request("PATCH", "/api/v1/settings", bearer, &settings.to_string());
    let answer = Connection::new(address).send(&change).await?;
    if answer.status != 200 {
        let problem: Value = serde_json::from_slice(&answer.body)?;
        return Err(format!("the settings were refused: {problem}").into());
    }
    Ok(())
}
