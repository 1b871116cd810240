//! Whether this process can do its work, in a few numbers.

use crate::{App, Result};

/// What an operator watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Jobs that wait or run.
    pub jobs_waiting: i64,
    /// Those that should be running by now.
    pub jobs_due: i64,
    pub jobs_dead: i64,
    pub last_event: i64,
}

/// Asks the database; an error means that this process is not ready.
pub async fn look(app: &App) -> Result<Health> {
    let (jobs_due, jobs_waiting) = store::queue::backlog(&app.db, app.now()).await?;
    Ok(Health {
        jobs_waiting,
        jobs_due,
        jobs_dead: store::queue::count_dead(&app.db).await?,
        last_event: store::events::last(&app.db).await?.0,
    })
}
