//! The control room over a category with a month of tickets, 28,000 in the shared data: how long its table, the
//! what-if curve, the examples, the stack and the replay take, from stored scores, as a browser would ask for them.
//!
//! `cargo run --release -p bench-room -- [--postgres]` (needs `target/release/deskwise` and the shared data).

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use bench_harness::server::Server;
use clap::Parser;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Times the control room against a real server.
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
}

/// Times that each page is asked for.
const TIMES: usize = 15;
const CATEGORY: &str = "Everything";

fn main() -> Result<()> {
    let options = Options::parse();
    let work = tempfile::tempdir()?;
    let history = work.path().join("history.csv");
    let tickets = in_one_category(&options.data.join("month/tickets.csv"), &history)?;
    let engine = if options.postgres { "PostgreSQL" } else { "SQLite" };
    println!("the control room on {engine}: one category of {tickets} tickets");

    let database = options.postgres.then(pgtest::database);
    let server = Server::new(&options.binary, &work.path().join("data"), database);
    server.run(&["import", &history.display().to_string()])?;
    server.run(&["train"])?;
    server.run(&["policy", "set", "--category", CATEGORY, "--mode", "shadow", "--precision", "0.95"])?;
    let token = server.output(&["token", "create", "--name", "bench", "--role", "admin"])?;
    let running = server.start()?;
    let base = format!("http://{}/api/v1", running.address());
    let api =
        Api { agent: ureq::Agent::new_with_defaults(), base, bearer: format!("Bearer {}", token.trim()) };

    api.write_texts()?;

    let room = api.timed("table of categories", "/control-room")?;
    let rows = room["items"].as_array().ok_or("no rows")?;
    let row = rows.iter().find(|row| row["category"]["name"] == CATEGORY).ok_or("no such category")?;
    let id = row["category"]["id"].as_str().ok_or("no id")?;
    let curve = api.timed("what-if curve", &format!("/categories/{id}/what-if"))?;
    let threshold = curve["certified"]["threshold"].as_f64().unwrap_or(0.5);
    api.timed("examples", &format!("/categories/{id}/examples?threshold={threshold}"))?;
    api.timed("stack", &format!("/categories/{id}/stack"))?;
    let replay = api.timed("replay, first page", &format!("/categories/{id}/replay?limit=25"))?;
    println!(
        "of {} tickets in 30 days; the curve rests on {}, the replay on {} ({} right, {} wrong, {} not answered)",
        row["tickets"],
        curve["seen"],
        replay["tickets"],
        replay["right"],
        replay["wrong"],
        replay["unanswered"]
    );
    running.stop();
    Ok(())
}

struct Api {
    agent: ureq::Agent,
    base: String,
    bearer: String,
}

impl Api {
    fn get(&self, path: &str) -> Result<Value> {
        let request = self.agent.get(format!("{}{path}", self.base)).header("authorization", &self.bearer);
        Ok(request.call()?.body_mut().read_json()?)
    }

    /// Gives every answer a text: one that nobody has written cannot be sent, not even in a replay.
    fn write_texts(&self) -> Result<()> {
        let mut next = Some("/answers?limit=100".to_owned());
        while let Some(path) = next {
            let page = self.get(&path)?;
            for id in
                page["items"].as_array().into_iter().flatten().filter_map(|answer| answer["id"].as_str())
            {
                let text = serde_json::json!({ "body": "Thank you for asking. Here is how to do it." });
                let request = self.agent.patch(format!("{}/answers/{id}", self.base));
                request.header("authorization", &self.bearer).send_json(text)?;
            }
            next = page["next"].as_str().map(|cursor| format!("/answers?limit=100&cursor={cursor}"));
        }
        Ok(())
    }

    /// Asks several times and prints the median and the slowest; returns the last answer.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
    fn timed(&self, what: &str, path: &str) -> Result<Value> {
        let mut millis = Vec::with_capacity(TIMES);
        let mut answer = Value::Null;
        for _ in 0..TIMES {
            let begin = Instant::now();
            let request =
                self.agent.get(format!("{}{path}", self.base)).header("authorization", &self.bearer);
            answer = request.call()?.body_mut().read_json()?;
            millis.push(begin.elapsed().as_secs_f64() * 1000.0);
        }
        millis.sort_by(f64::total_cmp);
        println!("{what:28} median {:7.0} ms, slowest {:7.0} ms", millis[TIMES / 2], millis[TIMES - 1]);
        Ok(answer)
    }
}

/// Writes the tickets to `to`, all in one category and moved in time so that the last came yesterday.
fn in_one_category(file: &Path, to: &Path) -> Result<usize> {
    let mut reader = csv::Reader::from_path(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let headers = reader.headers()?.clone();
    let records: Vec<csv::StringRecord> = reader.records().collect::<std::result::Result<_, _>>()?;
    let column = |name: &str| headers.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (created, category) = (column("created_at")?, column("category")?);
    let mut last = Timestamp::MIN;
    for record in &records {
        last = last.max(record[created].parse()?);
    }
    let shift = Timestamp::now().duration_since(last) - SignedDuration::from_hours(24);
    let mut writer = csv::Writer::from_path(to)?;
    writer.write_record(&headers)?;
    for record in &records {
        let cells = record.iter().enumerate().map(|(i, cell)| -> Result<String> {
            let name = headers.get(i).unwrap_or_default();
            Ok(match cell {
                _ if i == category => CATEGORY.into(),
                "" => String::new(),
                _ if name.ends_with("_at") => cell.parse::<Timestamp>()?.checked_add(shift)?.to_string(),
                _ => cell.into(),
            })
        });
        writer.write_record(cells.collect::<Result<Vec<_>>>()?)?;
    }
    writer.flush()?;
    Ok(records.len())
}
