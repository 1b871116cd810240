//! How many tickets a second are taken durably, with decisions running behind them, and how soon they are decided.
//!
//! `cargo run --release -p bench-load -- [--postgres] [--peer]` (needs `target/release/deskwise`). The generator runs
//! on the same machine as the server and takes its share of the cores, for Deskwise and for the peer alike.

mod peer;
mod questions;
mod run;

use std::path::PathBuf;
use std::time::Duration;

use bench_harness::server::Server;
use bench_harness::{Result, quantile};
use clap::Parser;

use run::Target;

/// Loads a server with tickets.
#[derive(Parser)]
struct Options {
    /// The binary to measure.
    #[arg(long, default_value = "target/release/deskwise")]
    binary: PathBuf,
    /// A history to learn from before: with it, decisions are made by a model.
    #[arg(long, default_value = "../shared/data/month/tickets.csv")]
    history: PathBuf,
    /// On a throwaway PostgreSQL instead of SQLite.
    #[arg(long)]
    postgres: bool,
    #[arg(long, default_value_t = 64)]
    connections: usize,
    /// How long to send as fast as tickets are taken.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Measure django-helpdesk's REST API with the same generator, and print the ratio.
    #[arg(long)]
    peer: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let engine = if options.postgres { "PostgreSQL" } else { "SQLite" };
    println!("durable POST of single tickets on {engine}, {} connections", options.connections);

    let work = tempfile::tempdir()?;
    let database = options.postgres.then(pgtest::database);
    let server = Server::new(&options.binary, &work.path().join("data"), database);
    prepare(&server, &options)?;
    let token = server.output(&["token", "create", "--name", "bench", "--role", "admin"])?;
    let running = server.start()?;
    let target = Target::deskwise(running.address(), token.trim());

    paced(&target).await?;
    let rate = flood(&target, &options, true).await?;
    println!(
        "resident memory              {:8.1} MB (peak {:.1})",
        running.memory_mb("VmRSS")?,
        running.memory_mb("VmHWM")?
    );
    running.stop();
    if options.peer {
        let peer = peer::start(work.path())?;
        println!("django-helpdesk, gunicorn, SQLite, {} connections", options.connections);
        let peers = flood(&peer.target(), &options, false).await?;
        println!("ratio                        {:8.1} ×", rate / peers);
    }
    Ok(())
}

/// Gives the server something to decide with.
fn prepare(server: &Server, options: &Options) -> Result<()> {
    if !options.history.exists() {
        println!("no history at {}: decisions are made without a model", options.history.display());
        return Ok(());
    }
    server.run(&["import", &options.history.display().to_string()])?;
    server.run(&["train"])?;
    server.run(&["policy", "set", "--all", "--mode", "shadow"])?;
    Ok(())
}

/// 50 tickets a second, each watched until its decision can be read.
async fn paced(target: &Target) -> Result<()> {
    const RATE: u32 = 50;
    let mut times = run::paced(target, RATE, Duration::from_secs(20)).await?;
    times.sort_unstable_by(f64::total_cmp);
    println!(
        "POST to decision read, {RATE}/s   p50 {:.1} ms, p99 {:.1} ms ({} tickets)",
        quantile(&times, 0.5),
        quantile(&times, 0.99),
        times.len()
    );
    Ok(())
}

/// As fast as tickets are taken; returns how many a second.
async fn flood(target: &Target, options: &Options, decided: bool) -> Result<f64> {
    let flood = run::flood(target, options.connections, Duration::from_secs(options.seconds)).await?;
    let mut times = flood.times;
    times.sort_unstable_by(f64::total_cmp);
    let rate = times.len() as f64 / flood.seconds;
    println!(
        "tickets taken                {rate:8.0} per second ({} in {:.1} s; p50 {:.1} ms, p99 {:.1} ms; {} refused)",
        times.len(),
        flood.seconds,
        quantile(&times, 0.5),
        quantile(&times, 0.99),
        flood.refused
    );
    if decided {
        let drain = run::drain(target, flood.last).await?;
        let all = times.len() as f64 / (flood.seconds + drain);
        println!(
            "backlog drained              {drain:8.2} s after the last POST ({all:.0} decided per second)"
        );
    }
    Ok(rate)
}
