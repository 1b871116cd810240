//! The commands, one file each.

mod import;
mod serve;

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::failure::Failure;
use crate::place::Place;

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Serve(serve::Serve),
    Import(import::Import),
}

impl Command {
    pub async fn run(self, place: Place) -> Result<(), Failure> {
        match self {
            Self::Serve(serve) => serve.run(place).await,
            Self::Import(import) => import.run(&*place.open().await?).await,
        }
    }
}

/// Logs to standard error: what `DESKWISE_LOG` asks for, by default what an operator should see.
pub fn log() {
    let filter = EnvFilter::try_from_env("DESKWISE_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,deskwise=info,app=info"));
    let terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(terminal).init();
}
