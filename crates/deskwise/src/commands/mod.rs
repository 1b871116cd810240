//! The commands, one file each.

mod audit;
mod backup;
mod doctor;
mod evaluate;
mod import;
mod mail_in;
mod policy;
mod recount;
pub(crate) mod serve;
mod token;
mod train;
mod user;

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::demo::Demo;
use crate::failure::Failure;
use crate::place::Place;

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    Demo(Demo),
    Serve(serve::Serve),
    Import(import::Import),
    MailIn(mail_in::MailIn),
    Train(train::Train),
    Models(train::Models),
    Rollback(train::Rollback),
    Policy(policy::PolicyCommand),
    Token(token::TokenCommand),
    User(user::UserCommand),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Doctor(doctor::Doctor),
    Recount(recount::Recount),
    Audit(audit::Audit),
    Evaluate(evaluate::Evaluate),
}

impl Command {
    /// Where the data lie when nobody says otherwise: the demo's never beside real ones.
    pub(crate) const fn default_data(&self) -> &'static str {
        match self {
            Self::Demo(_) => "deskwise-demo",
            _ => "deskwise-data",
        }
    }

    pub(crate) async fn run(self, place: Place) -> Result<(), Failure> {
        match self {
            // The largest by far: the others need not carry its size.
            Self::Demo(demo) => Box::pin(demo.run(place)).await,
            Self::Serve(serve) => serve.run(place).await,
            Self::MailIn(mail) => mail.run(place).await,
            Self::Import(import) => import.run(&*place.open().await?).await,
            Self::Train(train) => train.run(&*place.open().await?).await,
            Self::Models(models) => models.run(&*place.open_without_encoder().await?).await,
            Self::Rollback(rollback) => rollback.run(&*place.open().await?).await,
            Self::Policy(policy) => policy.run(&*place.open().await?).await,
            Self::Token(token) => token.run(&*place.open_without_encoder().await?).await,
            Self::User(user) => user.run(&*place.open_without_encoder().await?).await,
            Self::Backup(backup) => backup.run(place).await,
            Self::Restore(restore) => restore.run(place).await,
            Self::Audit(audit) => audit.run(&place),
            Self::Evaluate(evaluate) => evaluate.run(&place),
            Self::Recount(recount) => recount.run(&*place.open_without_encoder().await?).await,
            Self::Doctor(doctor) => doctor.run(&*place.open().await?).await,
        }
    }
}

/// Logs to standard error: what `DESKWISE_LOG` asks for, by default what an operator should see.
pub(crate) fn log() {
    let filter = EnvFilter::try_from_env("DESKWISE_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,deskwise=info,app=info"));
    let terminal = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(terminal).init();
}
