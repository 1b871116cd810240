//! A file's tickets become a report.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::Millis;
use learn::{Config, Phase};

use crate::advice::{Advice, Counts, advise};
use crate::clusters::cluster;
use crate::columns::{ColumnError, Columns, Wanted};
use crate::forecast::{Forecast, forecast, ratio};
use crate::mask::masked;
use crate::report::{Answers, Assumptions, Category, Options, Pair, Plan, Report, Savings, Spread};
use crate::table::Table;
use crate::tickets::{Tickets, read};
use crate::{replies, words};

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
    let categories = categories(&tickets, &forecast, options, &savings);
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
        answers: answers(&tickets, forecast.as_ref().ok()),
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

fn categories(
    tickets: &Tickets,
    forecast: &Result<Forecast, String>,
    options: &Options,
    savings: &Savings,
) -> Vec<Category> {
    let names = tickets.categories.len();
    let uncategorised = tickets.all.iter().any(|t| t.category.is_none());
    let count = names + usize::from(uncategorised);
    let place = |at: usize| tickets.all[at].category.map_or(names, |c| c as usize);
    let mut out: Vec<Category> = (0..count).map(|_| Category::default()).collect();
    let mut waits: Vec<Vec<i64>> = vec![Vec::new(); count];
    let mut uses: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new(); count];
    for (i, ticket) in tickets.all.iter().enumerate() {
        let at = place(i);
        out[at].tickets += 1;
        waits[at].extend(ticket.first_reply);
        if let Some(answer) = ticket.answer {
            *uses[at].entry(answer).or_default() += 1;
        }
    }
    if let Ok(forecast) = forecast {
        for (counted, (&i, scored)) in forecast.later.iter().zip(&forecast.scores).map(|p| (place(*p.0), p)) {
            let counts = &mut out[counted].counts;
            let sent = forecast.answers(tickets.all[i].category, scored);
            counts.later += 1;
            counts.known += usize::from(tickets.all[i].answer.is_some());
            counts.first += usize::from(scored.right);
            counts.answered += usize::from(sent);
            counts.right += usize::from(sent && scored.right);
        }
    }
    let grouped = tickets.all.iter().enumerate().map(|(i, t)| (place(i) as u32, t.text.as_str()));
    let told = words::telling(grouped, count, 8);
    for (i, category) in out.iter_mut().enumerate() {
        category.name =
            tickets.categories.get(i).map_or_else(|| "Uncategorised".into(), |name| readable(name));
        category.share = ratio(category.tickets, tickets.all.len());
        category.first_reply = Spread::of(std::mem::take(&mut waits[i]));
        category.words.clone_from(&told[i]);
        category.examples = examples(tickets, |at| place(at) == i, &told[i]);
        category.answers = most_used(&uses[i], tickets);
        judge(category, forecast, options, savings);
    }
    out.sort_by_key(|c| std::cmp::Reverse(c.tickets));
    out
}

fn judge(category: &mut Category, forecast: &Result<Forecast, String>, options: &Options, savings: &Savings) {
    let Counts { answered, right, .. } = category.counts;
    category.interval = (answered > 0).then(|| learn::interval(right, answered, options.confidence));
    let forecast = match forecast {
        Ok(forecast) => forecast,
        Err(why) => {
            category.advice = Advice::CollectMore;
            category.why.clone_from(why);
            return;
        }
    };
    (category.advice, category.why) = advise(&category.counts, options.precision, options.confidence);
    let monthly = savings.tickets_per_month / forecast.asked.total.max(1) as f64;
    category.hours_saved = (minutes(right, answered, &options.assumptions) * monthly / 60.0).max(0.0);
}

/// `card_not_working` as "Card not working".
pub(crate) fn readable(name: &str) -> String {
    let text = if name.contains(' ') { name.to_owned() } else { name.replace('_', " ") };
    let mut letters = text.chars();
    letters.next().map_or(text.clone(), |first| first.to_uppercase().chain(letters).collect())
}

fn most_used(uses: &BTreeMap<u32, usize>, tickets: &Tickets) -> Vec<(String, usize)> {
    const SHOWN: usize = 5;
    let mut ranked: Vec<(u32, usize)> = uses.iter().map(|(a, n)| (*a, *n)).collect();
    ranked.sort_by_key(|r| (std::cmp::Reverse(r.1), r.0));
    ranked.into_iter().take(SHOWN).map(|(a, n)| (readable(&tickets.answers[a as usize]), n)).collect()
}

/// Tickets that say most of what their category is about, in a line each.
fn examples(tickets: &Tickets, inside: impl Fn(usize) -> bool, told: &[String]) -> Vec<String> {
    const SHOWN: usize = 3;
    const LOOK: usize = 4_000;
    const LENGTHS: std::ops::RangeInclusive<usize> = 20..=240;
    let mut ranked: Vec<(usize, usize)> = (0..tickets.all.len())
        .filter(|&i| inside(i) && LENGTHS.contains(&tickets.all[i].text.len()))
        .take(LOOK)
        .map(|i| {
            let said: HashSet<String> = words::words(&tickets.all[i].text).collect();
            (told.iter().filter(|w| said.contains(*w)).count(), i)
        })
        .collect();
    ranked.sort_by_key(|r| (std::cmp::Reverse(r.0), r.1));
    if ranked.is_empty() {
        ranked = (0..tickets.all.len()).filter(|&i| inside(i)).take(SHOWN).map(|i| (0, i)).collect();
    }
    let mut out: Vec<String> = Vec::new();
    let mut answers: HashSet<Option<u32>> = HashSet::new();
    // One of each answer first, so that the examples differ.
    for only_new in [true, false] {
        for &(_, i) in &ranked {
            let ticket = &tickets.all[i];
            let line = masked(&ticket.text, &ticket.names, 180);
            if out.len() < SHOWN
                && !line.is_empty()
                && !out.contains(&line)
                && (answers.insert(ticket.answer) || !only_new)
            {
                out.push(line);
            }
        }
    }
    out
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

fn answers(tickets: &Tickets, forecast: Option<&Forecast>) -> Answers {
    let mut counts = vec![0_usize; tickets.answers.len()];
    tickets.all.iter().filter_map(|t| t.answer).for_each(|a| counts[a as usize] += 1);
    let mut out = Answers {
        used: counts.iter().enumerate().map(|(i, n)| (tickets.answers[i].clone(), *n)).collect(),
        without: tickets.all.iter().filter(|t| t.answer.is_none()).count(),
        ..Answers::default()
    };
    out.used.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let Some(forecast) = forecast else { return out };
    if tickets.dated {
        let recent: HashSet<u32> = forecast.later.iter().filter_map(|&i| tickets.all[i].answer).collect();
        out.unused = (0..tickets.answers.len())
            .filter(|&a| !recent.contains(&(a as u32)))
            .map(|a| (tickets.answers[a].clone(), counts[a]))
            .collect();
        out.unused.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }
    out.near_duplicates = near_duplicates(tickets, forecast);
    out
}

/// Pairs that the learner takes for one another in at least a quarter of the cases.
fn near_duplicates(tickets: &Tickets, forecast: &Forecast) -> Vec<Pair> {
    const LEAST: usize = 5;
    const SHARE: f64 = 0.25;
    let mut right: HashMap<&str, usize> = HashMap::new();
    let mut swapped: BTreeMap<(&str, &str), [usize; 2]> = BTreeMap::new();
    for (&i, first) in forecast.later.iter().zip(&forecast.first) {
        let Some(truth) = tickets.all[i].answer.map(|a| tickets.answers[a as usize].as_str()) else {
            continue;
        };
        match truth.cmp(first.as_str()) {
            std::cmp::Ordering::Equal => *right.entry(truth).or_default() += 1,
            std::cmp::Ordering::Less => swapped.entry((truth, first)).or_default()[0] += 1,
            std::cmp::Ordering::Greater => swapped.entry((first, truth)).or_default()[1] += 1,
        }
    }
    let mut out: Vec<Pair> = swapped
        .into_iter()
        .map(|((a, b), [there, back])| {
            let of = there + back + right.get(a).unwrap_or(&0) + right.get(b).unwrap_or(&0);
            Pair { a: a.to_owned(), b: b.to_owned(), confused: there + back, of }
        })
        .filter(|p| p.confused >= LEAST && ratio(p.confused, p.of) >= SHARE)
        .collect();
    out.sort_by(|a, b| {
        ratio(b.confused, b.of).total_cmp(&ratio(a.confused, a.of)).then_with(|| a.a.cmp(&b.a))
    });
    out
}
