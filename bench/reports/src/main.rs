//! Reports over a year of 1,000,000 tickets, as a browser asks for them: each length, each dimension, filters, and
//! the CSV. The packed facts are written by the store as `deskwise recount` writes them; the tickets' own texts,
//! which no report reads, are left out.
//!
//! `cargo run --release -p bench-reports -- [--postgres] [--tickets N]` (needs `target/release/deskwise`).

mod facts;

use std::path::PathBuf;
use std::time::Instant;

use bench_harness::Result;
use bench_harness::server::Server;
use clap::Parser;
use domain::random::Random;
use domain::time::DAY;
use store::{Db, metrics};

/// Times reports over many tickets against a real server.
#[derive(Parser)]
struct Options {
    /// The binary to measure.
    #[arg(long, default_value = "target/release/deskwise")]
    binary: PathBuf,
    #[arg(long, default_value_t = 1_000_000)]
    tickets: usize,
    /// On a throwaway PostgreSQL instead of SQLite.
    #[arg(long)]
    postgres: bool,
}

const DAYS: i64 = 365;
/// Times that each report is asked for.
const TIMES: usize = 40;
const DIMENSIONS: [&str; 6] = ["category", "responder", "language", "channel", "team", "agent"];

fn main() -> Result<()> {
    let options = Options::parse();
    let work = tempfile::tempdir()?;
    let data = work.path().join("data");
    let database = options.postgres.then(pgtest::database);
    let server = Server::new(&options.binary, &data, database.clone());
    let token = server.output(&["token", "create", "--name", "bench", "--role", "admin"])?;
    let today = jiff::Timestamp::now().as_millisecond().div_euclid(DAY);
    let engine = if options.postgres { "PostgreSQL" } else { "SQLite" };
    let url = database.unwrap_or_else(|| format!("sqlite:{}", data.join("deskwise.db").display()));
    let runtime = tokio::runtime::Runtime::new()?;
    let bytes = runtime.block_on(fill(&url, options.tickets, today))?;
    println!(
        "reports on {engine}: {} tickets in {DAYS} days, {:.0} MB packed",
        options.tickets,
        bytes as f64 / 1e6
    );
    let running = server.start()?;
    let api = Api {
        agent: ureq::Agent::new_with_defaults(),
        base: format!("http://{}/api/v1", running.address()),
        bearer: format!("Bearer {}", token.trim()),
    };
    let mut all = Vec::new();
    for (what, path) in reports(today * DAY) {
        let mut times = api.timed(&path)?;
        all.extend_from_slice(&times);
        print(&what, &mut times);
    }
    print("all of them", &mut all);
    println!("memory of the server at most {:.0} MB", running.memory_mb("VmHWM")?);
    running.stop();
    Ok(())
}

/// Writes the facts day by day; returns how many bytes they take packed.
async fn fill(url: &str, tickets: usize, today: i64) -> Result<usize> {
    let db = Db::open(&store::DatabaseUrl::parse(url)?).await?;
    let per_day = tickets / DAYS as usize;
    let mut bytes = 0;
    for day in today - DAYS..today {
        let mut random = Random(day as u64);
        let extra = usize::from((today - day) as usize <= tickets % DAYS as usize);
        let moments = facts::moments(&mut random, day, per_day + extra);
        bytes += db
            .write(move |tx| {
                let (mut random, moments) = (random.clone(), moments.clone());
                Box::pin(async move {
                    let mut facts: Vec<_> =
                        moments.iter().map(|&at| facts::ticket(&mut random, tx.id(at), at)).collect();
                    facts.sort_unstable_by_key(|f| f.id);
                    metrics::put_day(tx, day, &facts, &[]).await?;
                    Ok::<_, store::Error>(domain::metrics::packed::pack(&facts).len())
                })
            })
            .await?;
    }
    Ok(bytes)
}

/// What is asked for, and how.
fn reports(now: i64) -> Vec<(String, String)> {
    let path = |days: i64, period: &str, rest: &str| {
        format!("/metrics?from={}&to={now}&period={period}{rest}", now - days * DAY)
    };
    let mut all: Vec<(String, String)> =
        [(7, "day"), (30, "day"), (90, "week"), (DAYS, "month"), (DAYS, "day")]
            .map(|(days, period)| (format!("{days} days by {period}"), path(days, period, "")))
            .into();
    all.extend(DIMENSIONS.map(|by| (format!("the year by {by}"), path(DAYS, "month", &format!("&by={by}")))));
    all.push(("the year of one category".into(), path(DAYS, "month", "&category=3&by=agent")));
    all.push(("the year of one language, by mail".into(), path(DAYS, "week", "&language=de&channel=mail")));
    all.push(("the year as CSV".into(), path(DAYS, "month", "").replace("/metrics?", "/metrics/csv?")));
    all
}

struct Api {
    agent: ureq::Agent,
    base: String,
    bearer: String,
}

impl Api {
    /// Milliseconds of each answer, read whole.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
    fn timed(&self, path: &str) -> Result<Vec<f64>> {
        let mut millis = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begin = Instant::now();
            let request =
                self.agent.get(format!("{}{path}", self.base)).header("authorization", &self.bearer);
            let body = request.call()?.body_mut().read_to_string()?;
            millis.push(begin.elapsed().as_secs_f64() * 1000.0);
            if !body.contains("automation") {
                return Err(format!("{path} answered no report: {body}").into());
            }
        }
        Ok(millis)
    }
}

fn print(what: &str, millis: &mut [f64]) {
    millis.sort_by(f64::total_cmp);
    let at = |share| bench_harness::quantile(millis, share);
    println!("{what:36} median {:5.0} ms, p99 {:5.0} ms", at(0.5), at(0.99));
}
