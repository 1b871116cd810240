//! The learner's figures, on n-grams alone and with embeddings, against what was to be reached. Test splits are read here and nowhere
//! else: nothing is chosen by what this prints.

mod data;
mod embeddings;
mod languages;
mod near;
mod simulation;

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use learn::{
    Config, Evaluation, Method, Model, Role, Row, Scored, Sets, Verdict, auroc, certify, evaluate, fit,
};

const TARGETS: [f64; 2] = [0.95, 0.98];
const RESAMPLINGS: u64 = 200;
const CALIBRATION: usize = 2_000;

fn main() -> Result<(), Box<dyn Error>> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let run = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    if !data::folder().is_dir() {
        return Err(format!("no data in {}: set DESKWISE_DATA", data::folder().display()).into());
    }
    if wanted.first().is_some_and(|w| w == "embeddings") {
        return embeddings::run(&wanted);
    }
    if run("banking") {
        banking()?;
    }
    if run("clinc") {
        clinc()?;
    }
    if run("mixed") {
        mixed()?;
    }
    if run("month") {
        month()?;
    }
    if run("languages") {
        languages::run()?;
    }
    if run("audit") {
        audited(None, "n-grams", "< 30 s")?;
    }
    if run("near") {
        near::run()?;
    }
    if run("size") {
        near::size()?;
    }
    if run("simulation") {
        simulation::run()?;
    }
    if run("embeddings") {
        embeddings::run(&wanted)?;
    }
    Ok(())
}

fn line(what: &str, value: &str, goal: &str) {
    println!("{what:<58} {value:>16}   {goal}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures the machine's own time")]
fn now() -> Instant {
    Instant::now()
}

fn evaluated(train: &[Row], test: &[Row], config: &Config) -> Result<Evaluation, learn::Error> {
    let start = now();
    let nanos = || start.elapsed().as_nanos() as u64;
    evaluate(Sets { train, calibrate: &[], test }, 0.95, 0.05, config, &nanos, &|_, _| {})
}

fn show(name: &str, e: &Evaluation, accuracy: &str, speed: &str) {
    println!("\n{name}: {} training texts, {} test texts, {} answers", e.train_size, e.test_size, e.labels);
    line("accuracy", &format!("{:.2}%", e.accuracy * 100.0), accuracy);
    line("macro F1", &format!("{:.2}%", e.macro_f1 * 100.0), "");
    line("expected calibration error", &format!("{:.2}%", e.ece * 100.0), "");
    line("training, features and one fit", &format!("{:.2} s", e.train_seconds), "");
    line("one decision, p50", &format!("{:.3} ms", e.predict_ms.p50), "");
    line("one decision, p99", &format!("{:.3} ms", e.predict_ms.p99), speed);
    line("model file", &format!("{:.1} MB", e.model.bytes as f64 / 1e6), "≤ 20 MB");
}

fn banking() -> Result<(), Box<dyn Error>> {
    let train = data::questions(&["banking77/train.csv"], 0)?;
    let test = data::questions(&["banking77/test.csv"], 1_000_000)?;
    let (evaluation, peak) = peak_of(|| evaluated(&train, &test, &Config::default()));
    show("BANKING77", &evaluation?, "≥ 92.0%", "< 0.3 ms");
    line("peak memory while training and testing", &peak, "");
    Ok(())
}

const CLINC_TRAIN: [&str; 4] =
    ["clinc150/train.csv", "clinc150/val.csv", "clinc150/oos_train.csv", "clinc150/oos_val.csv"];

fn clinc() -> Result<(), Box<dyn Error>> {
    let train = data::questions(&CLINC_TRAIN, 0)?;
    let test = data::questions(&["clinc150/test.csv", "clinc150/oos_test.csv"], 1_000_000)?;
    let e = evaluated(&train, &test, &Config::default())?;
    show("CLINC150", &e, "≥ 94.3%", "< 0.3 ms");
    let unknown = e.unknown.map_or(0.0, |u| u.auroc);
    line("AUROC for unknown questions, their share unsaid", &format!("{unknown:.4}"), "");
    let name = "CLINC150 with its out-of-scope questions";
    resampled(name, &train, &test, clinc_share()?, &Config::default(), ["≥ 0.965", "≥ 68%", "≥ 52%"])
}

/// Share of unknown questions in CLINC150's stream, by the part of it that calibrates.
fn clinc_share() -> Result<f64, Box<dyn Error>> {
    let calibrate = data::questions(&["clinc150/stream_calibrate.csv"], 0)?;
    Ok(calibrate.iter().filter(|r| r.label.is_none()).count() as f64 / calibrate.len() as f64)
}

fn mixed() -> Result<(), Box<dyn Error>> {
    let mut train = data::questions(&["banking77/train.csv"], 0)?;
    train.extend(data::questions(&["clinc150/oos_train.csv", "clinc150/oos_val.csv"], 100_000)?);
    let mut test = data::questions(&["banking77/test.csv"], 1_000_000)?;
    // A fifth of the out-of-scope questions, as the figure to compare with was measured.
    let strange = data::questions(&["clinc150/oos_test.csv"], 2_000_000)?;
    let share = test.len() / 4;
    test.extend(strange.into_iter().take(share));
    println!();
    let name = "BANKING77 with 20% out-of-scope questions";
    resampled(name, &train, &test, 0.2, &Config::default(), ["", "≥ 70%", "≥ 55%"])
}

/// Certifies on 2,000 tickets drawn from the test, and measures on the rest of it; 200 times.
fn resampled(
    name: &str,
    train: &[Row],
    test: &[Row],
    share: f64,
    config: &Config,
    goals: [&str; 3],
) -> Result<(), Box<dyn Error>> {
    let config = Config { method: Method::CrossFit, unknown_share: Some(share), ..config.clone() };
    let model = fit(train, &config, &|_, _| {})?;
    let scores: Vec<Scored> = test.iter().map(|row| model.score(row, Role::Report)).collect();
    let unknown = scores.iter().filter(|s| !s.known).count() as f64 / scores.len() as f64;
    let side = |known| scores.iter().filter(|s| s.known == known).map(|s| s.score).collect::<Vec<f64>>();
    let area = auroc(&side(true), &side(false)).unwrap_or(0.0);
    println!("{name}: {} texts, {:.1}% unknown", scores.len(), unknown * 100.0);
    line("AUROC for unknown questions", &format!("{area:.4}"), goals[0]);
    for (target, goal) in TARGETS.into_iter().zip(&goals[1..]) {
        let mut coverage = 0.0;
        let mut empty = 0;
        let mut broken = 0;
        for seed in 0..RESAMPLINGS {
            let (calibration, rest) = draw(&scores, seed);
            let Verdict::Certified(c) = certify(&calibration, target, 0.05) else {
                empty += 1;
                continue;
            };
            let above: Vec<&Scored> = rest.iter().filter(|s| s.score >= c.threshold).collect();
            coverage += above.len() as f64 / rest.len() as f64;
            // The whole pool is the truth that the certificate speaks of.
            let all: Vec<&Scored> = scores.iter().filter(|s| s.score >= c.threshold).collect();
            let right = all.iter().filter(|s| s.right).count() as f64;
            broken += usize::from(right < target * all.len() as f64);
        }
        let mean = coverage / RESAMPLINGS as f64 * 100.0;
        line(&format!("coverage at certified {:.0}%", target * 100.0), &format!("{mean:.1}%"), goal);
        line("  certificates broken, and empty", &format!("{broken}, {empty} of {RESAMPLINGS}"), "≤ 5%");
    }
    Ok(())
}

/// A random split into calibration (a sixth of which selects) and the rest.
fn draw(scores: &[Scored], seed: u64) -> (Vec<Scored>, Vec<Scored>) {
    let mut keyed: Vec<(u64, Scored)> =
        scores.iter().map(|s| (mix(seed.wrapping_mul(0x9E37_79B9) ^ (s.id as u64) << 20), *s)).collect();
    keyed.sort_by_key(|k| k.0);
    let mut all = keyed.into_iter().map(|k| k.1);
    let mut calibration: Vec<Scored> = all.by_ref().take(CALIBRATION).collect();
    for (i, scored) in calibration.iter_mut().enumerate() {
        scored.role = if i % 6 == 0 { Role::Select } else { Role::Certify };
    }
    (calibration, all.collect())
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Learns from the first twenty days, decides the last ten.
fn month() -> Result<(), Box<dyn Error>> {
    const DAY: i64 = 86_400_000;
    let (past, future): (Vec<Row>, Vec<Row>) =
        data::month()?.into_iter().partition(|r| r.at.is_some_and(|at| at < 21 * DAY));
    let start = now();
    let (model, peak) = peak_of(|| fit(&past, &Config::default(), &|_, _| {}));
    let seconds = start.elapsed().as_secs_f64();
    let model = model?;
    let summary = model.summary();
    println!("\nmonth: {} past tickets, {} to decide, {:?}", past.len(), future.len(), summary.counts);
    line("training, everything", &format!("{seconds:.1} s"), "");
    line("peak memory while training", &peak, "");
    line("accuracy on report tickets", &format!("{:.2}%", summary.accuracy * 100.0), "");
    let bytes = model.to_bytes();
    line("model file", &format!("{:.1} MB", bytes.len() as f64 / 1e6), "≤ 20 MB");
    line("model in memory", &format!("{:.1} MB", model.memory_bytes() as f64 / 1e6), "≤ 20 MB");
    let start = now();
    Model::from_bytes(&bytes, None)?;
    line("loading it", &format!("{:.0} ms", start.elapsed().as_secs_f64() * 1e3), "");
    let start = now();
    let scores: Vec<Scored> = future.iter().map(|row| model.score(row, Role::Report)).collect();
    let each = start.elapsed().as_secs_f64() * 1e3 / future.len() as f64;
    line("one decision, mean", &format!("{each:.3} ms"), "");
    for target in TARGETS {
        match certify(model.scores(), target, 0.05) {
            Verdict::Certified(c) => {
                let above: Vec<&Scored> = scores.iter().filter(|s| s.score >= c.threshold).collect();
                let share = above.len() as f64 / scores.len() as f64 * 100.0;
                let right = above.iter().filter(|s| s.right).count() as f64 / above.len() as f64 * 100.0;
                let goal = if target < 0.96 { "≥ 50%" } else { "" };
                line(
                    &format!("automatic at certified {:.0}%", target * 100.0),
                    &format!("{share:.1}%"),
                    goal,
                );
                line("  measured precision", &format!("{right:.2}%"), "");
                println!("  {c:?}");
            }
            Verdict::Need { why, .. } => println!("{target}: {why}"),
        }
    }
    Ok(())
}

/// The audit of the month's file, from its bytes to the page.
/// The audit of a month's file, from its bytes to its page.
fn audited(encoder: Option<Arc<learn::Encoder>>, kind: &str, goal: &str) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(data::folder().join("month/tickets.csv"))?;
    let start = now();
    let table = audit::table::read(&bytes)?;
    let options = audit::Options { encoder, ..audit::Options::new("tickets.csv") };
    let report = audit::audit(&table, &audit::Wanted::default(), &options, &|_, _| {})?;
    let page = report.html()?;
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "\naudit: {} tickets, {} categories, {} answers",
        report.tickets,
        report.categories.len(),
        report.answers.used.len()
    );
    line(&format!("28,000-ticket audit, {kind}, with its page"), &format!("{seconds:.1} s"), goal);
    line("peak memory of this process", &shown(peak_mb()), "");
    line("page", &format!("{:.0} KB", page.len() as f64 / 1e3), "");
    println!("{}", report.summary());
    Ok(())
}

/// What `work` returns, and the most memory that this process held meanwhile, the data among it. Linux forgets the
/// peak before when told to; where it does not, the peak is that of the process so far.
fn peak_of<T>(work: impl FnOnce() -> T) -> (T, String) {
    let anew = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let done = work();
    let peak = shown(peak_mb());
    (done, if anew { peak } else { format!("{peak} so far") })
}

fn shown(mb: Option<f64>) -> String {
    mb.map_or("unknown".to_owned(), |mb| format!("{mb:.0} MB"))
}

/// The most memory that this process held, as Linux counts it.
fn peak_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}
