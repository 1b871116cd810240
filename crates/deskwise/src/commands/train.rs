//! `deskwise train`, `models` and `rollback`: learning from what agents answered, and which model is in use.

use app::{App, Caller, models};
use domain::words::ModelState;

use crate::failure::Failure;
use crate::progress;

/// Learn from the answers that agents chose; returns when the new model is in use
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  deskwise train\n\nServers on the same data use the new model within a second."
)]
pub(crate) struct Train {}

impl Train {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        let bar = progress::percent("training");
        let shown = bar.clone();
        let trained = models::train_now(app, &move |phase, share| {
            shown.set_message(phase.to_owned());
            shown.set_position((share * 100.0) as u64);
        })
        .await?;
        bar.finish_and_clear();
        let summary = &trained.summary;
        println!(
            "model {}: {} tickets, {} answers, {} bytes; on tickets held back {:.1}% of answers right",
            trained.version,
            summary.train_size,
            summary.labels,
            trained.bytes,
            summary.accuracy * 100.0
        );
        println!("{}", trained.why);
        if let Some(changes) = &trained.compared {
            println!("{}", changes.in_words());
        }
        Ok(())
    }
}

/// List the models that are kept
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise models")]
pub(crate) struct Models {}

impl Models {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        let kept = models::all(app).await?;
        if kept.is_empty() {
            println!("no model yet; import past tickets, then: deskwise train");
        }
        for model in kept {
            let mark = if model.state == ModelState::InUse { "in use" } else { model.state.as_str() };
            println!(
                "{:>5}  {mark:<10}  {:>10} bytes  {}",
                model.version,
                model.bytes,
                moment(model.created_at)
            );
            for words in ["why", "compared_text"].iter().filter_map(|key| model.summary[key].as_str()) {
                println!("       {words}");
            }
        }
        Ok(())
    }
}

/// Use an earlier model again
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise rollback 3")]
pub(crate) struct Rollback {
    /// Its version, as `deskwise models` lists it
    version: i64,
}

impl Rollback {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        models::put_in_use(app, Caller::command_line().actor, self.version).await?;
        println!("model {} is in use", self.version);
        Ok(())
    }
}

/// A moment in UTC, to the second.
fn moment(at: domain::Millis) -> String {
    domain::periods::utc(at)
}
