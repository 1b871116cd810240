//! A report as a table for a spreadsheet: a line for the period, one for the period before, one for each value of the
//! dimension, and one for each bucket of the chart.

use domain::metrics::{Numbers, Times};
use domain::periods::utc;
use domain::stats::Rate;
use domain::words::Period;
use serde::Serialize;

use super::report::{Bucket, Report};
use crate::{Error, Result};

/// A line; its fields are the table's head. What was not counted is empty.
#[derive(Debug, Default, Serialize)]
struct Line {
    row: String,
    name: String,
    from: String,
    tickets: i64,
    live_tickets: i64,
    automatic: Option<i64>,
    confirmed: Option<i64>,
    silent: Option<i64>,
    failed: Option<i64>,
    automation_low: String,
    automation_high: String,
    good: i64,
    rated: i64,
    surveys: Option<i64>,
    first_reply_median_s: Option<i64>,
    first_reply_p90_s: Option<i64>,
    resolution_median_s: Option<i64>,
    resolution_p90_s: Option<i64>,
    one_touch: Option<String>,
    recontact: Option<String>,
    backlog: i64,
    agent_hours: Option<String>,
    suggestions_used: Option<i64>,
    suggestions_shown: Option<i64>,
    hours_saved_low: Option<String>,
    hours_saved_high: Option<String>,
}

impl Line {
    fn timed(self, first_reply: Times, resolution: Times) -> Self {
        let seconds = |ms: Option<i64>| ms.map(|ms| ms / 1_000);
        Self {
            first_reply_median_s: seconds(first_reply.median_ms),
            first_reply_p90_s: seconds(first_reply.p90_ms),
            resolution_median_s: seconds(resolution.median_ms),
            resolution_p90_s: seconds(resolution.p90_ms),
            ..self
        }
    }
}

/// The report as CSV (RFC 4180) with a head line; shares from 0 to 1, times in seconds, moments in UTC. Names that a
/// spreadsheet would read as a formula begin with an apostrophe.
pub fn csv(report: &Report) -> Result<String> {
    let before = report.from.saturating_sub(report.to - report.from);
    let mut lines = vec![
        numbers("period", "", report.from, &report.numbers),
        numbers("period_before", "", before, &report.before),
    ];
    let by = report.by.as_str();
    lines.extend(report.groups.iter().map(|group| numbers(by, &group.name, report.from, &group.numbers)));
    lines.extend(report.series.iter().map(|one| bucket(report.period, one)));
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.serialize(line).map_err(|e| Error::Conflict(e.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|e| Error::Conflict(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| Error::Conflict(e.to_string()))
}

/// Spreadsheets run what begins like a formula (OWASP, CSV injection).
fn plain(name: &str) -> String {
    match name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{name}"),
        false => name.to_owned(),
    }
}

fn numbers(row: &str, name: &str, from: i64, n: &Numbers) -> Line {
    let (a, hours) = (&n.automation, |hours: f64| Some(format!("{hours:.2}")));
    let line = Line {
        row: row.to_owned(),
        name: plain(name),
        from: utc(from),
        tickets: n.tickets,
        live_tickets: a.tickets,
        automatic: Some(a.automatic),
        confirmed: Some(a.confirmed),
        silent: Some(a.silent),
        failed: Some(a.failed),
        automation_low: share(a.low),
        automation_high: share(a.high),
        good: n.csat.count,
        rated: n.csat.of,
        surveys: Some(n.response_rate.of),
        one_touch: rate(n.one_touch),
        recontact: rate(n.recontact),
        backlog: n.backlog,
        agent_hours: hours(n.agent_hours.hours),
        suggestions_used: Some(n.suggestions.count),
        suggestions_shown: Some(n.suggestions.of),
        hours_saved_low: hours(n.saved.hours_low),
        hours_saved_high: hours(n.saved.hours_high),
        ..Line::default()
    };
    line.timed(n.first_reply, n.resolution)
}

/// A bucket holds less than a period.
fn bucket(period: Period, one: &Bucket) -> Line {
    let line = Line {
        row: period.to_string(),
        from: utc(one.from),
        tickets: one.tickets,
        live_tickets: one.live,
        automation_low: share(one.automation_low),
        automation_high: share(one.automation_high),
        good: one.good,
        rated: one.good + one.bad,
        one_touch: rate(one.one_touch),
        recontact: rate(one.recontact),
        backlog: one.backlog,
        ..Line::default()
    };
    line.timed(one.first_reply, one.resolution)
}

fn share(value: f64) -> String {
    format!("{value:.4}")
}

fn rate(rate: Rate) -> Option<String> {
    rate.rate.map(share)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(plain("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(plain("@sum"), "'@sum");
        assert_eq!(plain("Billing = money"), "Billing = money");
    }
}
