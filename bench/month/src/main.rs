//! Replays a real month: imports its first twenty days, trains, and sends the last ten through the HTTP API without
//! their category, in shadow. Prints how much would have been answered, how precisely, how fast, in what memory.
//!
//! `cargo run --release -p bench-month -- [--postgres]` (needs `target/release/deskwise` and the shared data).

mod api;

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bench_harness::server::Server;
use clap::Parser;

use api::Api;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Replays a month of tickets against a real server.
#[derive(Parser)]
struct Options {
    /// The binary to measure.
    #[arg(long, default_value = "target/release/deskwise")]
    binary: PathBuf,
    /// The folder with `month/tickets.csv`.
    #[arg(long, env = "DESKWISE_DATA", default_value = "../shared/data")]
    data: PathBuf,
    /// On a throwaway PostgreSQL instead of SQLite.
    #[arg(long)]
    postgres: bool,
    /// Precision promised, from 0 to 1.
    #[arg(long, default_value_t = 0.95)]
    precision: f64,
}

/// One row of the month's file.
#[derive(Debug, Clone, serde::Deserialize)]
struct Row {
    created_at: String,
    requester: String,
    body: String,
    answer: String,
}

/// Where the past ends: the first twenty days are imported.
const SPLIT: &str = "2026-09-21T00:00:00";
/// Tickets sent at 50 a second, on which the time from POST to decision is measured.
const PACED: usize = 2_000;
const RATE: u64 = 50;
const CONNECTIONS: usize = 16;

fn main() -> Result<()> {
    let options = Options::parse();
    let file = options.data.join("month/tickets.csv");
    let work = tempfile::tempdir()?;
    let (past, rest) = split(&file, &work.path().join("past.csv"))?;
    println!("month replay on {}: {past} tickets imported, {} sent", engine(&options), rest.len());

    let database = options.postgres.then(pgtest::database);
    let server = Server::new(&options.binary, &work.path().join("data"), database);
    let past_file = work.path().join("past.csv");
    let seconds = server.run(&["import", &past_file.display().to_string()])?;
    println!("import                       {seconds:8.1} s");
    let seconds = server.run(&["train"])?;
    println!("train                        {seconds:8.1} s");
    let precision = options.precision.to_string();
    server.run(&["policy", "set", "--all", "--mode", "shadow", "--precision", &precision])?;
    let token = server.output(&["token", "create", "--name", "bench", "--role", "admin"])?;
    let running = server.start()?;
    println!("start to ready               {:8.0} ms", running.ready_ms());

    let api = Api::new(running.address(), token.trim());
    let numbers = send(&api, &rest)?;
    let decisions = collect(&api, &numbers)?;
    report(&api, &rest, &decisions)?;
    println!(
        "resident memory              {:8.1} MB (peak {:.1})",
        running.memory_mb("VmRSS")?,
        running.memory_mb("VmHWM")?
    );
    running.stop();
    let again = server.start()?;
    println!("cold start with 28,000       {:8.0} ms", again.ready_ms());
    Ok(())
}

fn engine(options: &Options) -> &'static str {
    if options.postgres { "PostgreSQL" } else { "SQLite" }
}

/// Writes the first twenty days to `to` and returns their number and the rows of the last ten.
fn split(file: &Path, to: &Path) -> Result<(usize, Vec<Row>)> {
    let mut reader = csv::Reader::from_path(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let headers = reader.headers()?.clone();
    let mut writer = csv::Writer::from_path(to)?;
    writer.write_record(&headers)?;
    let (mut past, mut rest) = (0, Vec::new());
    for record in reader.records() {
        let record = record?;
        let row: Row = record.deserialize(Some(&headers))?;
        if row.created_at.as_str() < SPLIT {
            writer.write_record(&record)?;
            past += 1;
        } else {
            rest.push(row);
        }
    }
    writer.flush()?;
    Ok((past, rest))
}

/// Sends all rows, the first at a steady rate and the rest as fast as they are taken; returns the ticket numbers.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
fn send(api: &Api, rows: &[Row]) -> Result<Vec<i64>> {
    let (paced, fast) = rows.split_at(PACED.min(rows.len()));
    let begin = Instant::now();
    let mut numbers = in_parallel(paced, |index, row| {
        let due = begin + Duration::from_micros(1_000_000 / RATE * index as u64);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        api.post_ticket(&row.requester, &row.body)
    })?;
    let begin = Instant::now();
    numbers.extend(in_parallel(fast, |_, row| api.post_ticket(&row.requester, &row.body))?);
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "tickets sent                 {:8.0} per second over {CONNECTIONS} connections",
        fast.len() as f64 / seconds
    );
    api.wait_for_decision(*numbers.last().ok_or("nothing was sent")?)?;
    let drained = begin.elapsed().as_secs_f64();
    println!("tickets decided              {:8.0} per second, backlog included", fast.len() as f64 / drained);
    Ok(numbers)
}

fn collect(api: &Api, numbers: &[i64]) -> Result<Vec<api::Decided>> {
    in_parallel(numbers, |_, number| api.wait_for_decision(*number))
}

/// Runs `work` on every item over [`CONNECTIONS`] threads, keeping the order.
fn in_parallel<I: Sync, O: Send>(
    items: &[I],
    work: impl Fn(usize, &I) -> Result<O> + Sync,
) -> Result<Vec<O>> {
    let next = AtomicUsize::new(0);
    let run = || -> Result<Vec<(usize, O)>> {
        let mut done = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(index)
        {
            done.push((index, work(index, item)?));
        }
        Ok(done)
    };
    let mut all = std::thread::scope(|scope| -> Result<Vec<(usize, O)>> {
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(run)).collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| "a sender panicked")??);
        }
        Ok(all)
    })?;
    all.sort_by_key(|(index, _)| *index);
    Ok(all.into_iter().map(|(_, out)| out).collect())
}

fn report(api: &Api, rows: &[Row], decisions: &[api::Decided]) -> Result<()> {
    let keys: HashMap<String, String> = api.answer_keys()?;
    let mut latencies: Vec<i64> = decisions.iter().take(PACED).map(|d| d.ready_at - d.created_at).collect();
    latencies.sort_unstable();
    let at = |q: f64| latencies[((latencies.len() - 1) as f64 * q) as usize];
    println!("POST to decision at {RATE}/s      p50 {} ms, p99 {} ms", at(0.5), at(0.99));
    let (mut answered, mut right, mut unknown) = (0, 0, 0);
    for (row, decided) in rows.iter().zip(decisions) {
        unknown += usize::from(row.answer.is_empty());
        if decided.action == "auto" {
            answered += 1;
            let key = decided.answer.as_ref().and_then(|id| keys.get(id));
            right += usize::from(key.is_some_and(|key| *key == row.answer));
        }
    }
    let share = |part: usize, of: usize| 100.0 * part as f64 / of.max(1) as f64;
    println!(
        "decided automatic            {:8.1} % ({answered} of {}, {unknown} of them unknown questions)",
        share(answered, rows.len()),
        rows.len()
    );
    println!("measured precision           {:8.1} % ({right} of {answered})", share(right, answered));
    Ok(())
}
