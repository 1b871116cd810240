//! Each category's counts, waiting times, examples, and what to do with it.

use std::collections::{BTreeMap, HashSet};

use super::minutes;
use crate::advice::{Advice, Counts, advise};
use crate::forecast::{Forecast, ratio};
use crate::mask::masked;
use crate::report::{Category, Options, Savings, Spread};
use crate::tickets::Tickets;
use crate::words;

pub(super) fn of(
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
