//! A file's tickets become a report.

mod answers;
mod categories;
mod languages;

use std::collections::HashMap;

use domain::Millis;
use jiff::Timestamp;
use jiff::tz::TimeZone;
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
    let mut tickets = read(table, &columns, &options.zone);
    progress(Step::Replies, 0.0);
    let templates = templates(&mut tickets);
    progress(Step::Categories, 0.0);
    let spoken = languages::of_each(&tickets);
    let clustered = tickets.categories.is_empty();
    if clustered {
        group(&mut tickets, &spoken, options.seed);
    }
    let config = Config { seed: options.seed, encoder: options.encoder.clone(), ..Config::default() };
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
        languages: languages::counted(&spoken),
        hours: hours(&tickets, &options.zone),
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

/// Finds categories, in each of the file's larger languages by itself: words of one tell nothing about another's.
fn group(tickets: &mut Tickets, languages: &[String], seed: u64) {
    const LARGE: f64 = 0.03;
    const LEAST: usize = 50;
    let counted = languages::counted(languages);
    let all = tickets.all.len();
    let large: Vec<&str> = counted
        .iter()
        .filter(|(code, n)| code != languages::UNTOLD && *n >= LEAST && ratio(*n, all) >= LARGE)
        .map(|(code, _)| code.as_str())
        .collect();
    let main = large.first().copied();
    // Whatever is in none of them goes with the most frequent.
    let mut parts: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    for (i, code) in languages.iter().enumerate() {
        let own = large.iter().copied().find(|l| l == code).or(main);
        parts.entry(own).or_default().push(i);
    }
    for part in large.iter().copied().map(Some).chain(main.is_none().then_some(None)) {
        let Some(members) = parts.remove(&part) else { continue };
        let texts: Vec<&str> = members.iter().map(|&i| tickets.all[i].text.as_str()).collect();
        let found = cluster(&texts, seed);
        let first = tickets.categories.len() as u32;
        for (&i, category) in members.iter().zip(&found.of) {
            tickets.all[i].category = category.map(|c| first + c);
        }
        let foreign = part.filter(|l| Some(*l) != main).map(crate::html::language);
        tickets.categories.extend(found.names.into_iter().map(|name| match &foreign {
            Some(language) => format!("{name} ({language})"),
            None => name,
        }));
    }
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

fn hours(tickets: &Tickets, zone: &TimeZone) -> Option<[[usize; 24]; 7]> {
    if !tickets.hours {
        return None;
    }
    let mut out = [[0; 24]; 7];
    for at in tickets.all.iter().filter_map(|t| Timestamp::from_millisecond(t.at?).ok()) {
        let there = at.to_zoned(zone.clone());
        out[there.weekday().to_monday_zero_offset() as usize][there.hour() as usize] += 1;
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
