//! `deskwise backup` and `restore`: everything in one file.

use std::path::PathBuf;
use std::sync::Arc;

use store::backup::{self, Told};

use crate::failure::Failure;
use crate::place::Place;
use crate::progress;

/// Write everything into one file, while servers run
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise backup /backups/2026-01-31.deskwise\n\n\
    The file holds the keys too: whoever has it can sign links. Keep it as you keep the database.")]
pub(crate) struct Backup {
    /// The file to write; it must not exist
    file: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, place: Place) -> Result<(), Failure> {
        let app = place.open_without_encoder().await?;
        let bar = progress::spinner("backing up");
        let outcome = backup::to_file(&app.db, &self.file, told(&bar)).await;
        bar.finish_and_clear();
        Ok(outcome?)
    }
}

/// Read a backup into an empty data directory or database, of either engine
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise restore /backups/2026-01-31.deskwise --data /var/lib/deskwise")]
pub(crate) struct Restore {
    /// The file that `deskwise backup` wrote
    file: PathBuf,
}

impl Restore {
    pub(crate) async fn run(self, place: Place) -> Result<(), Failure> {
        let bar = progress::spinner("restoring");
        let outcome = backup::from_file(&self.file, &place.database, told(&bar)).await;
        bar.finish_and_clear();
        Ok(outcome?)
    }
}

fn told(bar: &indicatif::ProgressBar) -> Told {
    let bar = bar.clone();
    Arc::new(move |table| {
        bar.set_message(table.to_owned());
        bar.tick();
    })
}
