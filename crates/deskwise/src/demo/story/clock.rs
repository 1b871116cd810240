//! The clock of a story: it stands until the story moves it, and runs like any other once the story is told.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use domain::Millis;
use domain::time::{Clock, DAY, Simulated, SystemClock};

use super::tell::CHAPTERS;

#[derive(Debug)]
pub(crate) struct StoryClock {
    began: Millis,
    at: AtomicI64,
    /// The machine's time from which it runs on; 0 while it stands.
    runs_from: AtomicI64,
    chapter: AtomicUsize,
    over: AtomicBool,
}

impl StoryClock {
    pub(crate) fn at(now: Millis) -> Self {
        Self {
            began: now,
            at: AtomicI64::new(now),
            runs_from: AtomicI64::new(0),
            chapter: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        }
    }

    /// Moves it forward; time never goes back.
    pub(super) fn move_to(&self, moment: Millis) {
        self.at.fetch_max(moment, Ordering::SeqCst);
    }

    /// A chapter begins, counted from 1.
    pub(super) fn begin(&self, chapter: usize) {
        self.chapter.store(chapter, Ordering::SeqCst);
    }

    /// The last chapter has come to pass.
    pub(super) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
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

    fn simulated(&self) -> Option<Simulated> {
        let chapter = self.chapter.load(Ordering::SeqCst);
        Some(Simulated {
            day: (self.now() - self.began) / DAY,
            chapter,
            chapters: CHAPTERS.len(),
            title: CHAPTERS.get(chapter.wrapping_sub(1)).copied().unwrap_or_default().to_owned(),
            over: self.over.load(Ordering::SeqCst),
        })
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
        clock.begin(3);
        let said = clock.simulated().map(|s| (s.day, s.chapter, s.title));
        assert_eq!(said, Some((0, 3, "On at 10%".to_owned())));
        clock.run_on();
        assert!(clock.now() >= 9_000);
    }
}
