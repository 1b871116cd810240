//! What every function of this crate is given: the database, the clock, randomness and the world outside.

use std::sync::{Arc, Mutex, PoisonError};

use domain::Millis;
use domain::time::SharedClock;
use learn::Encoder;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use store::Db;

use crate::accounts::credentials::CallerCache;
use crate::automation::Automation;
use crate::experiments::ResultsCache;
use crate::keys::KeyCache;
use crate::metrics::DayCache;
use crate::ports::Mailer;
use crate::settings::SettingsCache;

/// The application. One for each process, behind an `Arc`; all that lasts is in the database.
pub struct App {
    pub db: Db,
    pub clock: SharedClock,
    pub mailer: Arc<dyn Mailer>,
    /// Reads meanings beside the n-grams, if one is configured.
    pub encoder: Option<Arc<Encoder>>,
    /// Wakes the job runner of this process; others notice within their polling interval.
    pub(crate) wake: tokio::sync::Notify,
    pub(crate) settings: SettingsCache,
    pub(crate) keys: KeyCache,
    pub(crate) callers: CallerCache,
    pub(crate) automation: Automation,
    pub(crate) results: ResultsCache,
    pub(crate) days: DayCache,
    /// Permits to hand a mail to the server.
    pub(crate) sending: tokio::sync::Semaphore,
    random: Mutex<StdRng>,
}

impl App {
    /// With a generator for secrets and samples. `StdRng` is cryptographic: seed it from the machine, except in
    /// tests and the demo, where the same seed gives the same history.
    pub fn new(
        db: Db,
        clock: SharedClock,
        mailer: Arc<dyn Mailer>,
        random: StdRng,
        encoder: Option<Arc<Encoder>>,
    ) -> Arc<Self> {
        Arc::new(Self {
            db,
            clock,
            mailer,
            encoder,
            wake: tokio::sync::Notify::new(),
            settings: SettingsCache::default(),
            keys: KeyCache::default(),
            callers: CallerCache::default(),
            automation: Automation::default(),
            results: ResultsCache::default(),
            days: DayCache::default(),
            sending: tokio::sync::Semaphore::new(crate::ports::MAILS_AT_ONCE),
            random: Mutex::new(random),
        })
    }

    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// Tells the job runner that something was enqueued. Losing the hint costs a moment, never a job.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// 256 random bits: a session, a link, a key.
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A generator of its own for work that draws a lot, derived from the application's.
    pub fn fork_random(&self) -> StdRng {
        StdRng::from_seed(self.secret())
    }
}
