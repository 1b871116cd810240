//! `deskwise evaluate`: how well the learner does on files with known answers, and what it can prove.

use std::path::{Path, PathBuf};
use std::time::Instant;

use learn::{Config, Evaluation, Phase, Row, Sets};

use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::progress;

/// Measure the learner on files with known labels: accuracy, calibration and the certificate
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  deskwise evaluate --train train.csv --calibrate recent.csv --test test.csv --json -\n\n\
    Options that take files can be repeated. Rows whose label is that of --unknown, or empty, are questions that no\n\
    answer fits: they count as wrong when answered. Without --calibrate the certificate rests on out-of-fold\n\
    scores (cross_fit) and is approximate."
)]
pub(crate) struct Evaluate {
    /// Files to train on
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    train: Vec<PathBuf>,
    /// Files that certify, like the stream of questions to come; none of them is trained on
    #[arg(long, num_args = 1.., value_name = "FILE")]
    calibrate: Vec<PathBuf>,
    /// Files to test on
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    test: Vec<PathBuf>,
    /// The column with the question
    #[arg(long, default_value = "text", value_name = "COLUMN")]
    text: String,
    /// The column with the right answer
    #[arg(long, default_value = "label", value_name = "COLUMN")]
    label: String,
    /// The label of questions that no answer fits
    #[arg(long, default_value = "oos", value_name = "LABEL")]
    unknown: String,
    /// The precision to certify
    #[arg(long, default_value_t = 0.95, value_parser = output::share)]
    precision: f64,
    /// The confidence to certify it with
    #[arg(long, default_value_t = 0.95, value_parser = output::share)]
    confidence: f64,
    /// Write the figures as JSON; - for standard output, instead of the summary
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

impl Evaluate {
    pub(crate) fn run(self, place: &Place) -> Result<(), Failure> {
        let mut id = 0;
        let train = self.rows(&self.train, &mut id)?;
        let calibrate = self.rows(&self.calibrate, &mut id)?;
        let test = self.rows(&self.test, &mut id)?;
        let config = Config { encoder: place.encoder()?, ..Config::default() };
        let bar = progress::percent("evaluating");
        let start = now();
        let evaluation = learn::evaluate(
            Sets { train: &train, calibrate: &calibrate, test: &test },
            self.precision,
            1.0 - self.confidence,
            &config,
            &|| u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX),
            &|phase, share| bar.set_position((along(phase, share) * 100.0) as u64),
        )
        .map_err(|e| Failure::failed(format!("{}: {e}", names(&self.train))))?;
        bar.finish_and_clear();
        let json = output::json(&evaluation)?;
        match &self.json {
            Some(path) if path == Path::new("-") => output::print(&json),
            Some(path) => {
                output::write(path, &json)?;
                output::print(&summary(&evaluation))
            }
            None => output::print(&summary(&evaluation)),
        }
    }

    fn rows(&self, files: &[PathBuf], id: &mut i64) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        for file in files {
            let table = output::table(file)?;
            let column = |option: &str, name: &str| {
                table.column(name).ok_or_else(|| {
                    Failure::failed(format!(
                        "{}: there is no column {name:?}; the columns are {}; say which with --{option}",
                        file.display(),
                        table.columns.join(", ")
                    ))
                })
            };
            let (text, label) = (column("text", &self.text)?, column("label", &self.label)?);
            for cells in &table.rows {
                let answer = Some(cells[label].trim()).filter(|l| !l.is_empty() && *l != self.unknown);
                rows.push(Row::new(*id, learn::normalise(None, &cells[text]), answer));
                *id += 1;
            }
        }
        Ok(rows)
    }
}

#[expect(clippy::disallowed_methods, reason = "how long training takes is one of the figures")]
fn now() -> Instant {
    Instant::now()
}

/// How far the whole is when a phase is `share` done.
pub(super) fn along(phase: Phase, share: f32) -> f32 {
    let (from, part) = match phase {
        Phase::Features => (0.0, 0.05),
        Phase::Embeddings => (0.02, 0.03),
        Phase::OutOfFold => (0.05, 0.75),
        Phase::Gate => (0.8, 0.05),
        Phase::Final => (0.85, 0.15),
    };
    from + part * share
}

fn names(files: &[PathBuf]) -> String {
    files.iter().map(|f| f.display().to_string()).collect::<Vec<_>>().join(", ")
}

fn summary(e: &Evaluation) -> String {
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let proof = &e.certificate;
    let certificate = match proof.threshold {
        Some(threshold) => format!(
            "certified     at least {} right with {} confidence, from score {threshold:.3} \
             ({} of {} calibration questions answered, {} wrong, {} unknown; {})",
            percent(proof.precision),
            percent(proof.confidence),
            proof.calibration_n,
            proof.calibration_total,
            proof.calibration_errors,
            percent(proof.unknown_share),
            proof.method
        ),
        None => format!(
            "certified     nothing at {} with {} confidence on {} calibration questions ({})",
            percent(proof.precision),
            percent(proof.confidence),
            proof.calibration_total,
            proof.method
        ),
    };
    let right = e.selective.precision.map_or_else(String::new, |p| format!(", {} of them right", percent(p)));
    let unknown = e.unknown.map_or_else(String::new, |u| {
        format!("\nunknown       AUROC {:.3} on {} questions that no answer fits", u.auroc, u.n)
    });
    format!(
        "trained on    {} rows, {} labels, in {:.1} s\n\
         tested on     {} rows: accuracy {}, macro F1 {}, calibration error {}\n\
         {certificate}\n\
         on the test   {} answered{right}{unknown}\n\
         one question  {:.2} ms (median), {:.2} ms (99th percentile)",
        e.train_size,
        e.labels,
        e.train_seconds,
        e.test_size,
        percent(e.accuracy),
        percent(e.macro_f1),
        percent(e.ece),
        percent(e.selective.coverage),
        e.predict_ms.p50,
        e.predict_ms.p99,
    )
}
