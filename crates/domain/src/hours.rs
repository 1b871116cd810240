//! The hours in which automation may act, in a time zone of the world.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::Millis;

/// A weekly window: `days` counted from Monday (0) to Sunday (6). When `to` is not after `from`, the window runs
/// over midnight and belongs to the day on which it began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// An IANA name.
    #[schema(example = "Europe/Berlin")]
    pub zone: String,
    pub days: Vec<u8>,
    #[schema(example = "09:00")]
    pub from: String,
    #[schema(example = "17:00")]
    pub to: String,
}

impl Hours {
    /// What is wrong with it, and what would be right.
    pub fn problem(&self) -> Option<String> {
        if TimeZone::get(&self.zone).is_err() {
            return Some(format!(
                "{:?} is not a time zone; an IANA name such as Europe/Berlin is expected",
                self.zone
            ));
        }
        if self.days.is_empty() || self.days.iter().any(|&d| d > 6) {
            return Some("days must name at least one day from 0 (Monday) to 6 (Sunday)".into());
        }
        [&self.from, &self.to]
            .into_iter()
            .find(|time| minutes(time).is_none())
            .map(|time| format!("{time:?} is not a time of day; HH:MM from 00:00 to 24:00 is expected"))
    }

    /// Whether the window is open. A window that cannot be read is closed: nothing happens on its account.
    pub fn open_at(&self, now: Millis) -> bool {
        let parts = (
            TimeZone::get(&self.zone),
            minutes(&self.from),
            minutes(&self.to),
            Timestamp::from_millisecond(now),
        );
        let (Ok(zone), Some(from), Some(to), Ok(at)) = parts else { return false };
        let local = at.to_zoned(zone);
        let minute = u32::from(local.hour().unsigned_abs()) * 60 + u32::from(local.minute().unsigned_abs());
        let today = local.weekday().to_monday_zero_offset().unsigned_abs();
        let yesterday = (today + 6) % 7;
        let on = |day: u8| self.days.contains(&day);
        if from < to {
            on(today) && (from..to).contains(&minute)
        } else {
            (on(today) && minute >= from) || (on(yesterday) && minute < to)
        }
    }
}

/// `HH:MM` as minutes of the day; `24:00` is its end.
fn minutes(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(zone: &str, days: &[u8], from: &str, to: &str) -> Hours {
        Hours { zone: zone.into(), days: days.to_vec(), from: from.into(), to: to.into() }
    }

    fn at(text: &str) -> Millis {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn office_hours_follow_the_zone_and_its_summer_time() {
        let office = hours("Europe/Berlin", &[0, 1, 2, 3, 4], "09:00", "17:00");
        assert!(office.open_at(at("2026-07-01T07:00:00Z"))); // Wednesday 09:00 in summer
        assert!(!office.open_at(at("2026-07-01T06:59:59Z")));
        assert!(!office.open_at(at("2026-12-02T07:30:00Z"))); // 08:30 in winter
        assert!(!office.open_at(at("2026-07-04T10:00:00Z"))); // Saturday
    }

    #[test]
    fn a_night_belongs_to_the_day_it_began() {
        let night = hours("UTC", &[4], "22:00", "06:00");
        assert!(night.open_at(at("2026-07-03T23:00:00Z"))); // Friday
        assert!(night.open_at(at("2026-07-04T05:59:00Z"))); // Saturday morning
        assert!(!night.open_at(at("2026-07-03T05:00:00Z"))); // Friday morning
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(hours("Mars/Base", &[0], "09:00", "17:00").problem().unwrap().contains("Mars/Base"));
        assert!(hours("UTC", &[7], "09:00", "17:00").problem().is_some());
        assert!(hours("UTC", &[], "09:00", "17:00").problem().is_some());
        assert!(hours("UTC", &[0], "9:00", "17:00").problem().unwrap().contains("9:00"));
        assert!(hours("UTC", &[0], "00:00", "24:00").problem().is_none());
        assert!(!hours("Mars/Base", &[0], "00:00", "24:00").open_at(0));
    }
}
