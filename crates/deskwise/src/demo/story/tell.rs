//! How the story is told: a line for what somebody did, one for the numbers.

use app::{App, Error, room};
use domain::numerals::{percent, thousands};
use domain::stats::Rate;
use domain::{CategoryId, Millis};

pub(super) const CHAPTERS: [&str; 8] = [
    "An audit of last month's tickets",
    "The first category in shadow",
    "On at 10%",
    "Up to 100%",
    "A release breaks signing in",
    "The guardrail pauses",
    "The new answer",
    "The return",
];

/// The heading of a chapter, counted from 1.
pub(super) fn heading(chapter: usize, day: i64, now: Millis) -> String {
    let title = CHAPTERS.get(chapter.wrapping_sub(1)).copied().unwrap_or_default();
    format!("\nChapter {chapter} of {}: {title}  (day {day}, {})", CHAPTERS.len(), when(now))
}

/// "Mon 5 Oct 2026, 09:00", in UTC.
pub(super) fn when(now: Millis) -> String {
    let Ok(at) = jiff::Timestamp::from_millisecond(now) else { return String::new() };
    at.strftime("%a %-d %b %Y, %H:%M").to_string()
}

/// A category's numbers of the last thirty days, as the control room counts them.
pub(super) async fn numbers(app: &App, category: CategoryId, promised: f64) -> Result<String, Error> {
    let rows = room::table(app).await?;
    let Some(row) = rows.into_iter().find(|row| row.category == category) else { return Ok(String::new()) };
    let (low, high) = row.hours;
    let automatic = row.trend.last().map_or(Rate::new(0, 0), |week| Rate::new(week.automatic, week.tickets));
    Ok(format!(
        "    30 days: {} tickets, {} above the threshold; promised {}, reviewed {}; automatic this week {}; \
         CSAT automatic {}, people {}; {low:.1} to {high:.1} hours saved",
        thousands(row.tickets),
        rate(row.covered),
        percent(promised),
        rate(row.reviewed),
        rate(automatic),
        rate(row.csat_automatic),
        rate(row.csat_people),
    ))
}

/// A rate with its counts, or that there is none yet.
pub(super) fn rate(rate: Rate) -> String {
    match rate.rate {
        Some(share) => format!("{} ({} of {})", percent(share), thousands(rate.count), thousands(rate.of)),
        None => "not yet known".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_says_its_place_and_its_day() {
        let said = heading(6, 31, 1_790_000_000_000);
        assert!(said.contains("Chapter 6 of 8: The guardrail pauses"), "{said}");
        assert!(said.contains("day 31, Mon 21 Sep 2026, 14:13"), "{said}");
    }

    #[test]
    fn rates_have_their_counts() {
        assert_eq!(rate(Rate::new(39, 40)), "97.5% (39 of 40)");
        assert_eq!(rate(Rate::new(0, 0)), "not yet known");
    }
}
