//! Which answers are used, no longer used, or cannot be told from one another.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::forecast::{Forecast, ratio};
use crate::report::{Answers, Pair};
use crate::tickets::Tickets;

pub(super) fn of(tickets: &Tickets, forecast: Option<&Forecast>) -> Answers {
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
