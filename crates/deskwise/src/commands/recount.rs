//! `deskwise recount`: what reports count, again from every ticket.

use app::App;

use crate::failure::Failure;
use crate::{output, progress};

/// Count again what reports show, from every ticket, while servers run
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  deskwise recount\n  deskwise recount --check\n\n\
    With --check nothing is written: exit code 1 says that a day was counted otherwise than its tickets say.")]
pub(crate) struct Recount {
    /// Only compare what is kept with the tickets
    #[arg(long)]
    check: bool,
}

impl Recount {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        let bar = progress::percent("counting");
        let shown = bar.clone();
        let told = move |share: f64| shown.set_position((share * 100.0) as u64);
        let outcome = app::metrics::recount_all(app, !self.check, &told).await;
        bar.finish_and_clear();
        let outcome = outcome?;
        let (days, differed) = (outcome.days, outcome.differed.len());
        let said =
            format!("{days} days counted; {differed} had been counted otherwise than their tickets say");
        match self.check && differed > 0 {
            true => Err(Failure::failed(said)),
            false => output::print(&said),
        }
    }
}
