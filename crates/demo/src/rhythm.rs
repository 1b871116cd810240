//! When customers write: by day rather than at night, on weekdays rather than at the weekend, a little more from
//! month to month, and in bursts when something breaks.

use domain::time::{DAY, HOUR, MINUTE, Millis};
use rand::RngExt;
use rand::rngs::StdRng;

/// Of 16, how busy each hour of the day is (UTC).
const HOURS: [u32; 24] =
    [3, 2, 2, 2, 2, 3, 5, 8, 11, 13, 14, 14, 13, 14, 15, 16, 15, 14, 13, 12, 11, 9, 7, 5];
/// Of 16, how busy each day is, from Sunday.
const DAYS: [u32; 7] = [9, 16, 15, 14, 14, 13, 9];

/// So many moments in a period, in order.
pub fn moments(rng: &mut StdRng, count: usize, from: Millis, to: Millis) -> Vec<Millis> {
    let to = to.max(from + 1);
    let mut moments = Vec::with_capacity(count);
    while moments.len() < count {
        let moment = rng.random_range(from..to);
        // The last quarter of the odds makes the growth over the period.
        let growth = 12 + (4 * (moment - from) / (to - from)) as u32;
        if rng.random_range(0..16 * 16 * 16) < busy(moment) * growth {
            moments.push(moment);
        }
    }
    moments.sort_unstable();
    moments
}

fn busy(moment: Millis) -> u32 {
    // 1970 began on a Thursday.
    let weekday = (moment.div_euclid(DAY) + 4).rem_euclid(7) as usize;
    HOURS[hour(moment)] * DAYS[weekday]
}

fn hour(moment: Millis) -> usize {
    (moment.rem_euclid(DAY) / HOUR) as usize
}

/// How long something takes that mostly takes `usual`, and sometimes much longer.
pub(crate) fn lasting(rng: &mut StdRng, usual: Millis) -> Millis {
    let slow = rng.random_range(0.05_f64..1.0);
    let scale = 0.15 / slow + 0.7 * rng.random_range(0.2_f64..2.0);
    ((usual as f64) * scale) as Millis
}

/// The first moment at or after `moment` when somebody sits at the desk.
fn at_the_desk(rng: &mut StdRng, moment: Millis) -> Millis {
    let morning = moment.div_euclid(DAY) * DAY + 7 * HOUR;
    match hour(moment) {
        0..7 => morning + rng.random_range(0..90 * MINUTE),
        7..21 => moment,
        _ => morning + DAY + rng.random_range(0..90 * MINUTE),
    }
}

/// When somebody at the desk has answered what came, or came back, at `moment`.
pub fn answered_at(rng: &mut StdRng, moment: Millis) -> Millis {
    at_the_desk(rng, moment) + lasting(rng, 100 * MINUTE).max(MINUTE)
}

/// A burst of one trouble.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Incident {
    pub(crate) answer: &'static str,
    from: Millis,
    to: Millis,
}

impl Incident {
    pub(crate) fn covers(&self, moment: Millis) -> bool {
        (self.from..self.to).contains(&moment)
    }
}

/// One mail delay and one broken release, in periods long enough to have them.
pub(crate) fn incidents(rng: &mut StdRng, from: Millis, to: Millis) -> Vec<Incident> {
    if to - from < 5 * DAY {
        return Vec::new();
    }
    let kinds = [("signin-link-missing", 5 * HOUR), ("crash-update", 20 * HOUR)];
    kinds
        .map(|(answer, length)| {
            let day = rng.random_range(from..to - 2 * DAY).div_euclid(DAY) * DAY;
            let from = day + DAY + rng.random_range(8..13) * HOUR;
            Incident { answer, from, to: from + length }
        })
        .to_vec()
}
