//! Cutting time into days, weeks (from Monday) and months of a time zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::Millis;
use crate::time::DAY;
use crate::words::Period;

/// What a chart is cut into unless somebody asks otherwise.
impl Default for Period {
    fn default() -> Self {
        Self::Day
    }
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

/// The last period that is over at `at`: its beginning and its end.
pub fn last_over(period: Period, zone: &TimeZone, at: Millis) -> Option<(Millis, Millis)> {
    let &end = starts(period, zone, at, at + 1, 1).first()?;
    let &begin = starts(period, zone, end - 1, end, 1).first()?;
    Some((begin, end))
}

/// The first moment after `after` at which it is `hour` o'clock on the first day of a period.
pub fn next_at(period: Period, zone: &TimeZone, hour: i8, after: Millis) -> Option<Millis> {
    let days = starts(period, zone, after, after + 40 * DAY, 3).into_iter().filter_map(|at| date(at, zone));
    days.filter_map(|day| clock(day, hour, zone)).find(|&at| at > after)
}

/// The first moment after `after` at which it is `hour` o'clock on this day of the week (1: Monday).
pub fn next_on(weekday: i8, zone: &TimeZone, hour: i8, after: Millis) -> Option<Millis> {
    let days =
        starts(Period::Day, zone, after, after + 9 * DAY, 8).into_iter().filter_map(|at| date(at, zone));
    let right = days.filter(|day| day.weekday().to_monday_one_offset() == weekday);
    right.filter_map(|day| clock(day, hour, zone)).find(|&at| at > after)
}

fn date(at: Millis, zone: &TimeZone) -> Option<Date> {
    Some(Timestamp::from_millisecond(at).ok()?.to_zoned(zone.clone()).date())
}

fn clock(day: Date, hour: i8, zone: &TimeZone) -> Option<Millis> {
    Some(day.at(hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}

/// What a stretch of whole days is called: `23 November 2026`, `23 to 29 November 2026`.
pub fn days_in_words(zone: &TimeZone, from: Millis, to: Millis) -> String {
    let Some((first, last)) = date(from, zone).zip(date(to - 1, zone)) else { return String::new() };
    let end = last.strftime("%-d %B %Y");
    if first == last {
        end.to_string()
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} to {end}", first.day())
    } else if first.year() == last.year() {
        format!("{} to {end}", first.strftime("%-d %B"))
    } else {
        format!("{} to {end}", first.strftime("%-d %B %Y"))
    }
}

/// The beginnings of all periods that touch `from..to`, in order; at most `most` of them.
pub fn starts(period: Period, zone: &TimeZone, from: Millis, to: Millis, most: usize) -> Vec<Millis> {
    let Some(first) = date(from, zone) else { return Vec::new() };
    let mut date = beginning(period, first);
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
    use crate::time::HOUR;

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

    #[test]
    fn the_last_week_is_over_and_the_next_one_begins_on_monday_at_seven() {
        let berlin = zone("Europe/Berlin");
        let (begin, end) = last_over(Period::Week, &berlin, at("2026-10-28T12:00:00Z")).unwrap();
        assert_eq!(
            (begin, end),
            (at("2026-10-18T22:00:00Z"), at("2026-10-25T23:00:00Z")),
            "with the clock change"
        );
        assert_eq!(days_in_words(&berlin, begin, end), "19 to 25 October 2026");
        let next = |from| next_at(Period::Week, &berlin, 7, at(from)).unwrap();
        assert_eq!(next("2026-10-28T12:00:00Z"), at("2026-11-02T06:00:00Z"));
        assert_eq!(next("2026-11-02T05:59:00Z"), at("2026-11-02T06:00:00Z"), "early on Monday: today");
        assert_eq!(next("2026-11-02T06:00:00Z"), at("2026-11-09T06:00:00Z"), "never twice");
        let month = next_at(Period::Month, &berlin, 7, at("2026-12-01T06:00:00Z")).unwrap();
        assert_eq!(month, at("2027-01-01T06:00:00Z"));
    }

    #[test]
    fn a_weekday_comes_once_a_week_at_its_hour() {
        let berlin = zone("Europe/Berlin");
        let sunday = |from| next_on(7, &berlin, 3, at(from)).unwrap();
        assert_eq!(
            sunday("2026-10-21T12:00:00Z"),
            at("2026-10-25T02:00:00Z"),
            "the clock went back at three"
        );
        assert_eq!(sunday("2026-10-25T02:00:00Z"), at("2026-11-01T02:00:00Z"));
        assert_eq!(sunday("2026-11-01T01:59:00Z"), at("2026-11-01T02:00:00Z"), "early that day: today");
    }

    #[test]
    fn stretches_of_days_name_what_is_common_once() {
        let words = |from, to| days_in_words(&TimeZone::UTC, at(from), at(to));
        assert_eq!(words("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z"), "23 November 2026");
        assert_eq!(words("2026-11-30T00:00:00Z", "2026-12-07T00:00:00Z"), "30 November to 6 December 2026");
        assert_eq!(
            words("2026-12-28T00:00:00Z", "2027-01-04T00:00:00Z"),
            "28 December 2026 to 3 January 2027"
        );
    }
}
