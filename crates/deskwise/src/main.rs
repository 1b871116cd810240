//! The command line: one binary that serves, imports, trains and switches.

mod commands;
mod demo;
mod failure;
mod output;
mod place;
mod progress;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use failure::Failure;
use place::PlaceOptions;

/// Customer support that proves what it can answer before it answers
#[derive(Debug, Parser)]
#[command(name = "deskwise", version, max_term_width = 100)]
#[command(after_help = "Examples:\n  deskwise demo\n  deskwise serve --data /var/lib/deskwise\n\n\
    Every option can be given as an environment variable (DESKWISE_…) or in deskwise.toml.")]
struct Cli {
    #[command(flatten)]
    place: PlaceOptions,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::failed(format!("cannot start threads: {e}")))
        .and_then(|runtime| runtime.block_on(run(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("deskwise: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

async fn run(cli: Cli) -> Result<(), Failure> {
    commands::log();
    let place = cli.place.resolve(cli.command.default_data())?;
    cli.command.run(place).await
}
