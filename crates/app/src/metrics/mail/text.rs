//! What the report says as plain text: each number beside the one of the period before.

use domain::metrics::{GoalKind, Numbers, Path, Reached, Times};
use domain::numerals::{duration, percent, thousands};
use domain::periods::{days_in_words, zone};
use domain::stats::Rate;
use domain::time::SECOND;
use domain::words::Period;

use super::super::report::{GroupNumbers, Report};
use crate::settings::Settings;

/// Categories named.
const NAMED: usize = 10;
/// Changes named.
const CHANGES: usize = 20;

pub(super) fn subject(every: Period, days: &str) -> String {
    match every {
        Period::Day => days.to_owned(),
        Period::Week => format!("the week of {days}"),
        Period::Month => format!("the month of {days}"),
    }
}

pub(super) fn body(report: &Report, settings: &Settings) -> String {
    if report.numbers.tickets == 0 {
        return format!("No tickets came in. Waiting at the end: {}.", thousands(report.numbers.backlog));
    }
    let mut parts = vec![numbers(report).join("\n"), goals(&report.goals, settings)];
    parts.push(categories(&report.groups));
    parts.extend(changes(report, settings));
    parts.join("\n\n")
}

/// "Tickets: 1,204 (before: 1,100)".
fn numbers(report: &Report) -> Vec<String> {
    let (now, before) = (&report.numbers, &report.before);
    let mut lines = Vec::new();
    let mut line = |name: &str, say: &dyn Fn(&Numbers) -> Option<String>| {
        let Some(value) = say(now) else { return };
        let earlier = say(before).unwrap_or_else(|| "nothing to compare with".into());
        lines.push(format!("{name}: {value} (before: {earlier})"));
    };
    line("Tickets", &|n| Some(thousands(n.tickets)));
    line("Automation", &automation);
    line("Right among the automatic answers that were reviewed", &|n| rate(n.reviewed));
    line("Satisfaction", &|n| rate(n.csat));
    line("First reply", &|n| times(n.first_reply));
    line("Full resolution", &|n| times(n.resolution));
    line("Solved with one reply", &|n| rate(n.one_touch));
    line("Came back within 7 days", &|n| rate(n.recontact));
    line("Waiting at the end", &|n| Some(thousands(n.backlog)));
    line("Solved per agent hour", &|n| n.agent_hours.per_hour.map(|each| format!("{each:.1}")));
    line("Replies begun from the suggested answer", &|n| rate(n.suggestions));
    line("Work saved", &hours);
    line("Money saved", &|n| money(n, &report.work.currency));
    let work = &report.work;
    lines.push(format!(
        "Hours rest on an assumption: {} minutes for a ticket, {} for a wrong answer.",
        work.minutes_per_ticket, work.minutes_per_mistake
    ));
    lines
}

fn automation(n: &Numbers) -> Option<String> {
    let a = n.automation;
    let bounds = || {
        format!(
            "{} of {} confirmed by customers, {} with those who stayed silent",
            percent(a.low),
            thousands(a.tickets),
            percent(a.high)
        )
    };
    (a.tickets > 0).then(bounds)
}

fn rate(rate: Rate) -> Option<String> {
    let share = rate.rate?;
    Some(format!(
        "{} of {}, {} to {} with 95% confidence",
        percent(share),
        thousands(rate.of),
        percent(rate.low),
        percent(rate.high)
    ))
}

fn times(times: Times) -> Option<String> {
    let said = |ms: Option<i64>| Some(duration(ms? / SECOND));
    Some(format!("half within {}, nine of ten within {}", said(times.median_ms)?, said(times.p90_ms)?))
}

fn hours(n: &Numbers) -> Option<String> {
    let said = |hours: f64| format!("{hours:.1} h");
    (n.automation.automatic > 0).then(|| saved(n.saved.hours_low, n.saved.hours_high, said))
}

fn money(n: &Numbers, currency: &str) -> Option<String> {
    let said = |money: f64| format!("{money:.0} {currency}");
    let (low, high) = n.saved.money_low.zip(n.saved.money_high)?;
    (n.automation.automatic > 0).then(|| saved(low, high, said))
}

/// Wrong answers may have cost more than the right ones saved: then that is said, not a negative number.
fn saved(low: f64, high: f64, said: impl Fn(f64) -> String) -> String {
    match (low < 0.0, high < 0.0) {
        (false, _) => range(said(low), said(high)),
        (true, false) => format!("between a loss of {} and {}", said(-low), said(high)),
        (true, true) => format!("none; {} were lost to wrong answers", range(said(-high), said(-low))),
    }
}

fn range(low: String, high: String) -> String {
    if low == high { low } else { format!("{low} to {high}") }
}

fn goals(goals: &[Path], settings: &Settings) -> String {
    let lines = goals.iter().map(|goal| {
        let said = |value: f64| match goal.kind {
            GoalKind::FirstReply => duration(value as i64 / SECOND),
            GoalKind::Automation | GoalKind::Csat => percent(value),
        };
        let name = match goal.kind {
            GoalKind::Automation => "Automation above",
            GoalKind::Csat => "Satisfaction above",
            GoalKind::FirstReply => "First reply within",
        };
        let stands = match goal.reached {
            Reached::Met => "reached",
            Reached::Unclear => "not to be told apart from it yet",
            Reached::NotYet => "not reached yet",
            Reached::Unknown => "nothing counted yet",
        };
        let value = goal.low.zip(goal.high).map(|(low, high)| format!(" ({})", range(said(low), said(high))));
        let date = goal.pace.and_then(|pace| pace.reached_at).map(|at| {
            let day = days_in_words(&zone(&settings.time_zone), at, at + 1);
            format!("; at this pace on {day}")
        });
        format!(
            "- {name} {}: {stands}{}{}",
            said(goal.target),
            value.unwrap_or_default(),
            date.unwrap_or_default()
        )
    });
    format!("Goals\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn categories(groups: &[GroupNumbers]) -> String {
    let line = |group: &GroupNumbers| {
        let n = &group.numbers;
        let told = [
            Some(thousands(n.tickets)),
            (n.automation.tickets > 0).then(|| {
                format!("automation {}", range(percent(n.automation.low), percent(n.automation.high)))
            }),
            n.csat.rate.map(|share| format!("satisfaction {} of {}", percent(share), thousands(n.csat.of))),
        ];
        format!("- {}: {}", group.name, told.into_iter().flatten().collect::<Vec<_>>().join(", "))
    };
    let mut lines: Vec<String> = groups.iter().take(NAMED).map(line).collect();
    if groups.len() > NAMED {
        lines.push(format!("- and {} more", groups.len() - NAMED));
    }
    format!("Tickets by category\n{}", lines.join("\n"))
}

/// What was switched meanwhile, if anything was.
fn changes(report: &Report, settings: &Settings) -> Option<String> {
    let said = |at| domain::time::in_words(at, &settings.time_zone);
    let mut lines: Vec<String> =
        report.flags.iter().take(CHANGES).map(|flag| format!("- {}: {}", said(flag.at), flag.text)).collect();
    if report.flags.len() > CHANGES {
        lines.push(format!("- and {} more", report.flags.len() - CHANGES));
    }
    (!lines.is_empty()).then(|| format!("What was changed\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::saved;

    #[test]
    fn a_loss_is_called_one() {
        let said = |low, high| saved(low, high, |hours| format!("{hours:.1} h"));
        assert_eq!(said(1.0, 2.5), "1.0 h to 2.5 h");
        assert_eq!(said(0.0, 0.0), "0.0 h");
        assert_eq!(said(-1.7, 0.4), "between a loss of 1.7 h and 0.4 h");
        assert_eq!(said(-1.7, -1.6), "none; 1.6 h to 1.7 h were lost to wrong answers");
    }
}
