//! The clock of a story: it stands until the story moves it, and runs like any other once the story is told.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::Millis;
use domain::time::{Clock, SystemClock};

#[derive(Debug)]
pub(crate) struct StoryClock {
    at: AtomicI64,
    /// The machine's time from which it runs on; 0 while it stands.
    runs_from: AtomicI64,
}

impl StoryClock {
    pub(crate) fn at(now: Millis) -> Self {
        Self { at: AtomicI64::new(now), runs_from: AtomicI64::new(0) }
    }

    /// Moves it forward; time never goes back.
    pub(super) fn move_to(&self, moment: Millis) {
        self.at.fetch_max(moment, Ordering::SeqCst);
    }

    /// From now on a second takes a second.
    pub(crate) fn run_on(&self) {
        self.runs_from.store(SystemClock.now(), Ordering::SeqCst);
    }
}

impl Clock for StoryClock {
    fn now(&self) -> Millis {
        let at = self.at.load(Ordering::SeqCst);
        match self.runs_from.load(Ordering::SeqCst) {
            0 => at,
            from => at + (SystemClock.now() - from).max(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_until_it_is_moved_and_never_goes_back() {
        let clock = StoryClock::at(5_000);
        assert_eq!(clock.now(), 5_000);
        clock.move_to(9_000);
        clock.move_to(7_000);
        assert_eq!(clock.now(), 9_000);
        clock.run_on();
        assert!(clock.now() >= 9_000);
    }
}
