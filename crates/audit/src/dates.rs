//! Times as exports write them. A column's format is found by what most of its cells fit, so that day and month are
//! told apart by the whole column and not cell by cell.

use domain::Millis;
use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// Formats that could be taken for one another are apart by the first two numbers' order.
const DAY_FIRST: &[&str] = &[
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y",
    "%d/%m/%y %H:%M:%S",
    "%d/%m/%y %H:%M",
    "%d/%m/%y",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y",
];
const MONTH_FIRST: &[&str] = &[
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y",
    "%m/%d/%y %H:%M:%S",
    "%m/%d/%y %H:%M",
    "%m/%d/%y %I:%M %p",
    "%m/%d/%y",
    "%m-%d-%Y %H:%M:%S",
    "%m-%d-%Y %H:%M",
    "%m-%d-%Y",
];
const CLEAR: &[&str] = &[
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y, %H:%M:%S",
    "%d.%m.%Y, %H:%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%d.%m.%y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d %H:%M",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y, %H:%M",
    "%d %b %Y",
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y",
    "%b %d, %Y %I:%M:%S %p",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y, %I:%M %p",
    "%b %d, %Y at %I:%M %p",
    "%b %d, %Y %H:%M",
    "%b %d, %Y",
    "%a %b %d %H:%M:%S %Y",
];
/// With an offset of their own.
const OFFSET: &[&str] = &["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M %z", "%d/%b/%Y:%H:%M:%S %z"];

/// From 1990 on; what lies before is a number that means something else.
const EARLIEST: Millis = 631_152_000_000;
const LATEST: Millis = 4_102_444_800_000;

/// How a column writes its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reader {
    /// 03/04 is the third of April.
    pub day_first: bool,
    /// Nothing in the column told which; day first was assumed.
    pub ambiguous: bool,
    /// Numbers are days since 1900, as spreadsheets count.
    serial: bool,
    /// Of times that name no offset.
    zone: TimeZone,
}

impl Reader {
    /// Of a column that nothing is known about.
    pub(crate) const fn of(zone: TimeZone) -> Self {
        Self { day_first: false, ambiguous: false, serial: false, zone }
    }

    /// Learns from a column's filled cells. Times that name no offset are those of `zone`.
    pub(crate) fn learn<'a>(cells: impl Iterator<Item = &'a str> + Clone, zone: &TimeZone) -> Self {
        const LOOK: usize = 5_000;
        let some = || cells.clone().take(LOOK);
        let fits = |formats: &[&str]| some().filter(|c| pattern(&tidy(c).0, formats).is_some()).count();
        let (day, month) = (fits(DAY_FIRST), fits(MONTH_FIRST));
        let serial = some().all(|c| c.trim().parse::<f64>().is_ok_and(|n| (20_000.0..80_000.0).contains(&n)));
        let mut reader =
            Self { day_first: day >= month, ambiguous: day > 0 && day == month, serial, zone: zone.clone() };
        if reader.ambiguous {
            // Exports are sorted: the reading under which time runs one way is the right one.
            let turns = |day_first| {
                let reader = Self { day_first, ..Self::of(zone.clone()) };
                let times: Vec<Millis> = some().filter_map(|c| reader.read(c)).collect();
                let falls = times.windows(2).filter(|w| w[1] < w[0]).count();
                let rises = times.windows(2).filter(|w| w[1] > w[0]).count();
                falls.min(rises)
            };
            let (as_day, as_month) = (turns(true), turns(false));
            reader.day_first = as_day <= as_month;
            reader.ambiguous = as_day == as_month;
        }
        reader
    }

    /// A cell's moment, or `None` where it holds none.
    pub(crate) fn read(&self, cell: &str) -> Option<Millis> {
        self.parse(cell).filter(|at| (EARLIEST..LATEST).contains(at))
    }

    fn parse(&self, cell: &str) -> Option<Millis> {
        let cell = cell.trim();
        if cell.is_empty() || cell.len() > 60 {
            return None;
        }
        if self.serial {
            const TO_1970: f64 = 25_569.0;
            return Some(((cell.parse::<f64>().ok()? - TO_1970) * 86_400_000.0).round() as Millis);
        }
        if let Ok(at) = domain::import::moment_in(cell, self.zone.clone()) {
            return Some(at);
        }
        let (tidy, utc) = tidy(cell);
        let zone = if utc { TimeZone::UTC } else { self.zone.clone() };
        if tidy.len() < cell.len()
            && let Ok(at) = domain::import::moment_in(&tidy, zone.clone())
        {
            return Some(at);
        }
        for format in OFFSET {
            if let Some(at) = strtime::parse(format, &tidy).ok().and_then(|t| t.to_timestamp().ok()) {
                return Some(at.as_millisecond());
            }
        }
        let order = if self.day_first { [DAY_FIRST, MONTH_FIRST] } else { [MONTH_FIRST, DAY_FIRST] };
        let civil = pattern(&tidy, CLEAR)
            .or_else(|| pattern(&tidy, order[0]))
            .or_else(|| pattern(&tidy, order[1]))?;
        Some(civil.to_zoned(zone).ok()?.timestamp().as_millisecond())
    }
}

fn pattern(text: &str, formats: &[&str]) -> Option<DateTime> {
    let read = |format: &str| {
        let parsed = strtime::parse(format, text).ok()?;
        parsed.to_datetime().ok().or_else(|| Some(parsed.to_date().ok()?.at(0, 0, 0, 0)))
    };
    formats.iter().find_map(|format| {
        // "Sep" or "September".
        read(format).or_else(|| if format.contains("%b") { read(&format.replace("%b", "%B")) } else { None })
    })
}

/// One space where there are several, narrow spaces as spaces, no "UTC" at the end; and whether there was one.
fn tidy(cell: &str) -> (String, bool) {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let without = text.strip_suffix(" UTC").or_else(|| text.strip_suffix(" GMT")).map(str::to_owned);
    let utc = without.is_some();
    (without.unwrap_or(text), utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(cells: &[&str]) -> Reader {
        Reader::learn(cells.iter().copied(), &TimeZone::UTC)
    }

    #[test]
    fn a_zone_is_for_times_that_name_none() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        for (cell, at) in [
            ("2026-09-01 09:13", 1_788_246_780_000),
            ("01.09.2026 09:13:00", 1_788_246_780_000),
            ("2026-09-01 07:13:00 UTC", 1_788_246_780_000),
            ("2026-09-01T07:13:00Z", 1_788_246_780_000),
            // Winter has another offset.
            ("2026-12-01 09:13", 1_796_112_780_000),
        ] {
            assert_eq!(Reader::learn([cell].into_iter(), &berlin).read(cell), Some(at), "{cell}");
        }
    }

    #[test]
    fn the_same_moment_in_many_formats() {
        let at = 1_788_246_780_000;
        for cell in [
            "2026-09-01T07:13:00Z",
            "2026-09-01T09:13:00+02:00",
            "2026-09-01 07:13:00",
            "2026-09-01 07:13",
            "2026-09-01 09:13:00 +0200",
            "2026-09-01 07:13:00 UTC",
            "1788246780",
            "1788246780000",
            "Tue, 1 Sep 2026 07:13:00 +0000",
            "01.09.2026 07:13",
            "1.9.2026 07:13:00",
            "01/09/2026 07:13",
            "2026/09/01 07:13",
            "1 Sep 2026 07:13",
            "01-Sep-2026 07:13",
            "Sep 1, 2026 7:13 AM",
            "September 1, 2026 07:13 am",
        ] {
            let cells = [cell, "13/10/2026 10:00"];
            let reader = learn(&cells);
            assert_eq!(reader.read(cell), Some(at), "{cell}");
        }
        assert_eq!(learn(&["46266.300694"]).read("46266.3006944444"), Some(at));
    }

    #[test]
    fn a_column_tells_day_from_month() {
        let american = ["09/01/2026 7:13 AM", "09/14/2026 7:13 PM"];
        let reader = learn(&american);
        assert!(!reader.day_first && !reader.ambiguous);
        assert_eq!(reader.read(american[0]), Some(1_788_246_780_000));
        // Nothing above 12, but only one reading lets time run forward.
        let sorted = ["03/02/2026", "04/02/2026", "01/03/2026", "02/03/2026"];
        let reader = learn(&sorted);
        assert!(reader.day_first && !reader.ambiguous);
        assert!(learn(&["01/01/2026"]).ambiguous);
    }

    #[test]
    fn what_is_no_time_is_none() {
        let reader = learn(&["yesterday", "7"]);
        for cell in ["", "yesterday", "7", "99/99/2026", "-", "2026-13-45", &"9".repeat(500)] {
            assert_eq!(reader.read(cell), None, "{cell}");
        }
    }
}
