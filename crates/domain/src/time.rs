//! Time as it is passed around: epoch milliseconds UTC, from a clock that tests can move.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

pub const SECOND: Millis = 1_000;
pub const MINUTE: Millis = 60 * SECOND;
pub const HOUR: Millis = 60 * MINUTE;
pub const DAY: Millis = 24 * HOUR;

/// Whether `name` is a time zone of the IANA database.
pub fn is_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// A moment for people, like "24 Nov 2026, 19:30", in a time zone or else in UTC.
pub fn in_words(at: Millis, zone: &str) -> String {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let Ok(timestamp) = jiff::Timestamp::from_millisecond(at) else { return String::new() };
    timestamp.to_zoned(zone).strftime("%-d %b %Y, %H:%M").to_string()
}

/// Where the present comes from.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Millis;

    /// What is being played, where time is simulated.
    fn simulated(&self) -> Option<Simulated> {
        None
    }
}

/// Where a simulation stands, for whoever watches it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Simulated {
    /// Days since it began.
    pub day: i64,
    /// From 1 to `chapters`; 0 before the first.
    pub chapter: usize,
    pub chapters: usize,
    pub title: String,
    /// Whether the last chapter is over.
    pub over: bool,
}

pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the machine's clock is read")]
    fn now(&self) -> Millis {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        // A clock set before 1970 is a broken machine; 0 keeps us running and is visible at once.
        since.map_or(0, |d| d.as_millis() as Millis)
    }
}

/// A clock that stands still until it is told otherwise.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    pub fn at(now: Millis) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now)))
    }

    pub fn advance(&self, by: Millis) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }

    pub fn set(&self, now: Millis) {
        self.0.store(now, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }
}
