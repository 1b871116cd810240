//! A file's tickets become a report.

mod answers;
mod categories;

use std::collections::HashMap;

use domain::Millis;
use learn::{Config, Phase};

use crate::advice::Advice;
use crate::clusters::cluster;
use crate::columns::{ColumnError, Columns, Wanted};
use crate::forecast::{Forecast, forecast, ratio};
use crate::replies;
use crate::report::{Assumptions, Category, Options, Plan, Report, Savings, Spread};
use crate::table::Table;
use crate::tickets::{Tickets, read};
pub(crate) use categories::readable;

/// What the audit is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Reading,
    Replies,
    Categories,
    Learning(Phase),
    Counting,
}

/// Audits a table. The same table and options give the same report.
///
/// ```
/// use audit::{Options, Wanted, audit, table};
/// let rows: String = (0..200)
///     .map(|i| if i % 2 == 0 { format!("card {i} is late,card\n") } else { format!("forgot password {i},login\n") })
///     .collect();
/// let table = table::read(format!("question,answer\n{rows}").as_bytes())?;
/// let report = audit(&table, &Wanted::default(), &Options::new("tickets.csv"), &|_, _| {})?;
/// assert_eq!(report.tickets, 200);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn audit(
    table: &Table,
    wanted: &Wanted,
    options: &Options,
    progress: &(dyn Fn(Step, f32) + Sync),
) -> Result<Report, ColumnError> {
    progress(Step::Reading, 0.0);
    let columns = Columns::find(table, wanted)?;
    let mut tickets = read(table, &columns);
    progress(Step::Replies, 0.0);
    let templates = templates(&mut tickets);
    progress(Step::Categories, 0.0);
    let clustered = tickets.categories.is_empty();
    if clustered {
        group(&mut tickets, options.seed);
    }
    let config = Config { seed: options.seed, ..Config::default() };
    let forecast = forecast(&tickets, options.precision, options.confidence, &config, &|phase, share| {
        progress(Step::Learning(phase), share);
    });
    progress(Step::Counting, 0.0);
    let period = period(&tickets);
    let savings = savings(&tickets, period, forecast.as_ref().ok(), &options.assumptions);
    let categories = categories::of(&tickets, &forecast, options, &savings);
    Ok(Report {
        options: options.clone(),
        kind: table.kind.name(),
        columns: columns.described(table).into_iter().map(|(f, c)| (f.to_owned(), c.to_owned())).collect(),
        tickets: tickets.all.len(),
        period,
        languages: languages(&tickets),
        hours: hours(&tickets),
        first_reply: Spread::of(tickets.all.iter().filter_map(|t| t.first_reply).collect()),
        solved: Spread::of(tickets.all.iter().filter_map(|t| t.solved).collect()),
        plan: plan(&categories),
        categories,
        clustered,
        answers: answers::of(&tickets, forecast.as_ref().ok()),
        templates,
        forecast,
        savings,
        notes: tickets.notes,
    })
}

/// Finds answers in replies where the file has no names for them.
fn templates(tickets: &mut Tickets) -> Vec<replies::Template> {
    let replied = tickets.all.iter().filter(|t| t.reply.is_some()).count();
    if !tickets.answers.is_empty() || replied == 0 {
        return Vec::new();
    }
    let found = replies::group(&tickets.all);
    for (ticket, template) in tickets.all.iter_mut().zip(&found.of) {
        ticket.answer = *template;
    }
    tickets.answers = found.templates.iter().map(|t| t.title.clone()).collect();
    if found.templates.is_empty() {
        tickets.notes.push(format!(
            "No reply was used {} times or more among {replied} replies, so there is nothing to learn yet.",
            replies::LEAST_USES
        ));
    }
    found.templates
}

fn group(tickets: &mut Tickets, seed: u64) {
    let texts: Vec<&str> = tickets.all.iter().map(|t| t.text.as_str()).collect();
    let found = cluster(&texts, seed);
    for (ticket, category) in tickets.all.iter_mut().zip(&found.of) {
        ticket.category = *category;
    }
    tickets.categories = found.names;
}

fn period(tickets: &Tickets) -> Option<(Millis, Millis)> {
    let times = || tickets.all.iter().filter_map(|t| t.at);
    Some((times().min()?, times().max()?))
}

fn savings(
    tickets: &Tickets,
    period: Option<(Millis, Millis)>,
    forecast: Option<&Forecast>,
    assumed: &Assumptions,
) -> Savings {
    const DAY: f64 = 86_400_000.0;
    const MONTH: f64 = 365.25 / 12.0;
    let all = tickets.all.len() as f64;
    let counted = match period {
        // A file of less than a week says too little of a month to be stretched.
        Some((from, to)) if to - from >= 7 * DAY as i64 => all / ((to - from) as f64 / DAY) * MONTH,
        _ => all,
    };
    let monthly = assumed.tickets_per_month.unwrap_or(counted);
    let mut out = Savings { tickets_per_month: monthly, ..Savings::default() };
    if let Some(level) = forecast.map(|f| &f.asked) {
        let minutes = minutes(level.right, level.answered, assumed) / level.total.max(1) as f64;
        out.answered_per_month = level.share() * monthly;
        out.hours_per_month = (minutes * monthly / 60.0).max(0.0);
        out.money_per_month = out.hours_per_month * assumed.hourly_cost;
    }
    out
}

/// Minutes that so many answers save: a right one the ticket's, a wrong one costs.
fn minutes(right: usize, answered: usize, assumed: &Assumptions) -> f64 {
    right as f64 * assumed.minutes_per_ticket
        - (answered - right) as f64 * (assumed.minutes_per_mistake - assumed.minutes_per_ticket).max(0.0)
}

/// Languages with their tickets. A guess that is not sure counts where its language is a usual one of this file.
fn languages(tickets: &Tickets) -> Vec<(String, usize)> {
    const SURE: f64 = 0.8;
    const USUAL: f64 = 0.05;
    const UNTOLD: &str = "und";
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut unsure: HashMap<&str, usize> = HashMap::new();
    for ticket in &tickets.all {
        if let Some(code) = &ticket.language {
            *counts.entry(code.clone()).or_default() += 1;
            continue;
        }
        match learn::language(&ticket.text) {
            Some(l) if l.confidence >= SURE => *counts.entry(l.code.to_owned()).or_default() += 1,
            Some(l) => *unsure.entry(l.code).or_default() += 1,
            None => *unsure.entry(UNTOLD).or_default() += 1,
        }
    }
    let sure: usize = counts.values().sum();
    for (code, count) in unsure {
        let usual = counts.get(code).is_some_and(|n| ratio(*n, sure) >= USUAL);
        *counts.entry(if usual { code } else { UNTOLD }.to_owned()).or_default() += count;
    }
    let mut ranked: Vec<(String, usize)> = counts.into_iter().filter(|c| c.1 > 0).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}

fn hours(tickets: &Tickets) -> Option<[[usize; 24]; 7]> {
    const HOUR: i64 = 3_600_000;
    if !tickets.hours {
        return None;
    }
    let mut out = [[0; 24]; 7];
    for at in tickets.all.iter().filter_map(|t| t.at) {
        // 1 January 1970 was a Thursday.
        let day = (at.div_euclid(24 * HOUR) + 3).rem_euclid(7) as usize;
        out[day][(at.div_euclid(HOUR)).rem_euclid(24) as usize] += 1;
    }
    Some(out)
}

fn plan(categories: &[Category]) -> Plan {
    let mut out = Plan::default();
    let mut order: Vec<usize> = (0..categories.len()).collect();
    order.sort_by(|&a, &b| {
        let (a_saved, b_saved) = (categories[a].hours_saved, categories[b].hours_saved);
        b_saved.total_cmp(&a_saved).then(categories[b].tickets.cmp(&categories[a].tickets)).then(a.cmp(&b))
    });
    for at in order {
        match categories[at].advice {
            Advice::Auto if out.start_with.is_none() => out.start_with = Some(at),
            Advice::Auto => out.then.push(at),
            Advice::Suggest => out.suggest.push(at),
            Advice::CollectMore => out.collect.push(at),
            Advice::Leave => out.leave.push(at),
        }
    }
    out
}
