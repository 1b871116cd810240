//! Cutting time into days, weeks (from Monday) and months of a time zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::Millis;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    #[default]
    Day,
    Week,
    Month,
}

/// The named zone, or UTC where the name is not known.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// A moment in UTC to the second, such as `2026-09-01T07:13:00Z`.
pub fn utc(at: Millis) -> String {
    Timestamp::from_millisecond(at)
        .and_then(|at| at.round(jiff::Unit::Second))
        .map_or_else(|_| at.to_string(), |at| at.to_string())
}

/// The beginnings of all periods that touch `from..to`, in order; at most `most` of them.
pub fn starts(period: Period, zone: &TimeZone, from: Millis, to: Millis, most: usize) -> Vec<Millis> {
    let Ok(first) = Timestamp::from_millisecond(from) else { return Vec::new() };
    let mut date = beginning(period, first.to_zoned(zone.clone()).date());
    let mut starts = Vec::new();
    while starts.len() < most {
        let Ok(start) = date.to_zoned(zone.clone()) else { break };
        let start = start.timestamp().as_millisecond();
        if start >= to {
            break;
        }
        starts.push(start);
        let next = match period {
            Period::Day => date.checked_add(1.day()),
            Period::Week => date.checked_add(7.days()),
            Period::Month => date.checked_add(1.month()),
        };
        let Ok(next) = next else { break };
        date = next;
    }
    starts
}

fn beginning(period: Period, date: Date) -> Date {
    let back = match period {
        Period::Day => 0,
        Period::Week => i64::from(date.weekday().to_monday_zero_offset()),
        Period::Month => i64::from(date.day()) - 1,
    };
    date.checked_sub(back.days()).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DAY, HOUR};

    fn at(text: &str) -> Millis {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn a_day_of_the_clock_change_has_25_hours() {
        let berlin = zone("Europe/Berlin");
        let days = starts(Period::Day, &berlin, at("2026-10-24T12:00:00Z"), at("2026-10-27T00:00:00Z"), 99);
        assert_eq!(days[0], at("2026-10-23T22:00:00Z"));
        assert_eq!(days[2] - days[1], 25 * HOUR);
        assert_eq!(days[1] - days[0], DAY);
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let weeks =
            starts(Period::Week, &TimeZone::UTC, at("2026-11-25T10:00:00Z"), at("2026-12-08T00:00:00Z"), 99);
        assert_eq!(
            weeks,
            [at("2026-11-23T00:00:00Z"), at("2026-11-30T00:00:00Z"), at("2026-12-07T00:00:00Z")]
        );
        let months =
            starts(Period::Month, &TimeZone::UTC, at("2026-01-31T10:00:00Z"), at("2026-03-02T00:00:00Z"), 99);
        assert_eq!(
            months,
            [at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"), at("2026-03-01T00:00:00Z")]
        );
    }
}
