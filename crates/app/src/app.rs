//! What every function of this crate is given: the database, the clock and the world outside.

use std::sync::Arc;

use domain::Millis;
use domain::time::SharedClock;
use store::Db;

use crate::ports::Mailer;

/// The application. One for each process, behind an `Arc`; all that lasts is in the database.
pub struct App {
    pub db: Db,
    pub clock: SharedClock,
    pub mailer: Arc<dyn Mailer>,
    /// Wakes the job runner of this process; others notice within their polling interval.
    pub(crate) wake: tokio::sync::Notify,
}

impl App {
    pub fn new(db: Db, clock: SharedClock, mailer: Arc<dyn Mailer>) -> Arc<Self> {
        Arc::new(Self { db, clock, mailer, wake: tokio::sync::Notify::new() })
    }

    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Tells the job runner that something was enqueued. Losing the hint costs a moment, never a job.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}
