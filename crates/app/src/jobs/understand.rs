//! The job `understand`, many at once: tickets are read, decided and, where that is surely right, answered.

use std::sync::Arc;

use store::queue::Job;

use super::{OfTicket, Outcome, about, complete, run_all};
use crate::App;
use crate::journey::understand::understand;

/// Runs all in one go; when that fails, one by one, so that a single ticket holds up no other.
pub(super) async fn many(app: &Arc<App>, jobs: Vec<Job>) {
    let tickets: Result<Vec<_>, Outcome> =
        jobs.iter().map(|job| about::<OfTicket>(job).map(|about| about.ticket)).collect();
    if jobs.len() > 1
        && let Ok(tickets) = tickets
        && understand(app, &tickets).await.is_ok()
    {
        return complete(app, jobs.iter().map(|job| job.id).collect()).await;
    }
    run_all(app, jobs).await;
}
