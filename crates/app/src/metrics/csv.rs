//! A report as a table for a spreadsheet: a line for the period, one for the period before, one for each value of the
//! dimension, and one for each bucket of the chart.

use domain::metrics::Numbers;
use domain::periods::utc;
use domain::stats::Rate;
use domain::words::Period;

use super::report::{Bucket, Report};
use crate::{Error, Result};

const HEAD: [&str; 26] = [
    "row",
    "name",
    "from",
    "tickets",
    "live_tickets",
    "automatic",
    "confirmed",
    "silent",
    "failed",
    "automation_low",
    "automation_high",
    "good",
    "rated",
    "surveys",
    "first_reply_median_s",
    "first_reply_p90_s",
    "resolution_median_s",
    "resolution_p90_s",
    "one_touch",
    "recontact",
    "backlog",
    "agent_hours",
    "suggestions_used",
    "suggestions_shown",
    "hours_saved_low",
    "hours_saved_high",
];

/// The report as CSV (RFC 4180) with a head line; shares from 0 to 1, times in seconds, moments in UTC. What was not
/// counted is empty. Names that a spreadsheet would read as a formula begin with an apostrophe.
pub fn csv(report: &Report) -> Result<String> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut line =
        |cells: Vec<String>| writer.write_record(cells).map_err(|e| Error::Conflict(e.to_string()));
    line(HEAD.map(str::to_owned).to_vec())?;
    let before = report.from.saturating_sub(report.to - report.from);
    line(numbers("period", "", report.from, &report.numbers))?;
    line(numbers("period_before", "", before, &report.before))?;
    for group in &report.groups {
        line(numbers(report.by.as_str(), &plain(&group.name), report.from, &group.numbers))?;
    }
    for one in &report.series {
        line(bucket(report.period, one))?;
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

fn numbers(row: &str, name: &str, from: i64, n: &Numbers) -> Vec<String> {
    let a = &n.automation;
    vec![
        row.to_owned(),
        name.to_owned(),
        utc(from),
        n.tickets.to_string(),
        a.tickets.to_string(),
        a.automatic.to_string(),
        a.confirmed.to_string(),
        a.silent.to_string(),
        a.failed.to_string(),
        share(a.low),
        share(a.high),
        n.csat.count.to_string(),
        n.csat.of.to_string(),
        n.response_rate.of.to_string(),
        seconds(n.first_reply.median_ms),
        seconds(n.first_reply.p90_ms),
        seconds(n.resolution.median_ms),
        seconds(n.resolution.p90_ms),
        rate(n.one_touch),
        rate(n.recontact),
        n.backlog.to_string(),
        format!("{:.2}", n.agent_hours.hours),
        n.suggestions.count.to_string(),
        n.suggestions.of.to_string(),
        format!("{:.2}", n.saved.hours_low),
        format!("{:.2}", n.saved.hours_high),
    ]
}

/// A bucket holds less than a period: what it does not hold is empty.
fn bucket(period: Period, one: &Bucket) -> Vec<String> {
    let mut cells = vec![
        period.to_string(),
        String::new(),
        utc(one.from),
        one.tickets.to_string(),
        one.live.to_string(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        share(one.automation_low),
        share(one.automation_high),
        one.good.to_string(),
        (one.good + one.bad).to_string(),
        String::new(),
        seconds(one.first_reply.median_ms),
        seconds(one.first_reply.p90_ms),
        seconds(one.resolution.median_ms),
        seconds(one.resolution.p90_ms),
        rate(one.one_touch),
        rate(one.recontact),
        one.backlog.to_string(),
    ];
    cells.resize(HEAD.len(), String::new());
    cells
}

fn share(value: f64) -> String {
    format!("{value:.4}")
}

fn rate(rate: Rate) -> String {
    rate.rate.map(share).unwrap_or_default()
}

fn seconds(ms: Option<i64>) -> String {
    ms.map(|ms| (ms / 1_000).to_string()).unwrap_or_default()
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
