//! Time-sorted 63-bit ids: 42 bits of milliseconds since 2000, 21 bits that start at random and count up.
//!
//! No database sequence is involved, so replicas need not agree on anything; a collision is a uniqueness error
//! and the closure is run again with fresh ids.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::Millis;

/// Early enough for imported histories, whose ids tell their age too.
const EPOCH_2000: Millis = 946_684_800_000;
const LOW_BITS: u32 = 21;

/// The distance between ids that lie `ms` apart.
pub(crate) const fn distance(ms: Millis) -> i64 {
    ms << LOW_BITS
}

#[derive(Debug)]
pub(crate) struct Ids(AtomicU32);

impl Ids {
    pub(crate) fn starting_at(random: u32) -> Self {
        Self(AtomicU32::new(random))
    }

    pub(crate) fn next(&self, now: Millis) -> i64 {
        let low = i64::from(self.0.fetch_add(1, Ordering::Relaxed) & ((1 << LOW_BITS) - 1));
        first_at(now) | low
    }
}

/// When an id was made.
pub(crate) fn made_at(id: i64) -> Millis {
    (id >> LOW_BITS) + EPOCH_2000
}

/// No id made at `at` or later is smaller, none made before is as large.
pub(crate) fn first_at(at: Millis) -> i64 {
    (at - EPOCH_2000).clamp(0, (1 << (63 - LOW_BITS)) - 1) << LOW_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_differ_within_a_millisecond() {
        let ids = Ids::starting_at(u32::MAX - 1);
        let a: Vec<i64> = (0..1000).map(|_| ids.next(1_800_000_000_000)).collect();
        let distinct: std::collections::HashSet<_> = a.iter().collect();
        assert_eq!(distinct.len(), 1000);
        let later = ids.next(1_800_000_000_001);
        assert!(a.iter().all(|&x| x < later && x > 0));
        assert!(a.iter().all(|&x| made_at(x) == 1_800_000_000_000));
    }
}
