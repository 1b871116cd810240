//! Answers found in what agents wrote: replies are stripped of greetings, names and numbers, and those that share a
//! template are grouped.

mod body;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::mask::{Token, tokens};
use crate::tickets::{Ticket, hash};
use crate::words::{heading, telling};

/// A reply that agents gave again and again.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Template {
    /// Its telling words.
    pub title: String,
    pub uses: usize,
    /// The most frequent wording, as a Liquid template.
    pub body: String,
    pub language: Option<String>,
    /// How many wordings were grouped.
    pub wordings: usize,
}

/// The templates, most used first, and which of them each ticket's reply follows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Templates {
    pub templates: Vec<Template>,
    pub of: Vec<Option<u32>>,
}

/// A question and the reply that an agent wrote.
#[derive(Debug, Clone, Default)]
pub struct Answered {
    pub question: String,
    pub reply: String,
    /// The requester's, which a reply may greet.
    pub name: Option<String>,
}

/// The templates that these replies follow: those written five times or more.
///
/// ```
/// let asked = |name: &str| audit::Answered {
///     question: "How do I change my avatar?".into(),
///     reply: format!("Hi {name},\n\nopen your profile, click on the picture and choose another one."),
///     name: Some(name.into()),
/// };
/// let found = audit::templates(&["Ada", "Ben", "Cleo", "Dov", "Eva"].map(asked));
/// assert_eq!((found.templates.len(), found.templates[0].uses, found.of[4]), (1, 5, Some(0)));
/// assert!(found.templates[0].body.contains("choose another one"));
/// ```
pub fn templates(answered: &[Answered]) -> Templates {
    let words = |name: &str| name.split_whitespace().map(str::to_owned).collect();
    let ticket = |it: &Answered| Ticket {
        text: learn::normalise(None, &it.question),
        reply: Some(it.reply.clone()),
        names: it.name.as_deref().map(words).unwrap_or_default(),
        ..Ticket::default()
    };
    group(&answered.iter().map(ticket).collect::<Vec<_>>())
}

/// A template is worth its name from so many uses on.
pub(crate) const LEAST_USES: usize = 5;
/// Share of word triples that two wordings of one template have in common.
const ALIKE: f64 = 0.55;
const TRIPLE: usize = 3;
/// A triple that more templates have than this tells nothing apart.
const MOST_HOLDERS: usize = 100;

pub(crate) fn group(tickets: &[Ticket]) -> Templates {
    let mut wordings: Vec<Wording> = Vec::new();
    let mut known: HashMap<u64, usize> = HashMap::new();
    let mut of_ticket: Vec<Option<usize>> = Vec::with_capacity(tickets.len());
    for (i, ticket) in tickets.iter().enumerate() {
        let key = ticket.reply.as_deref().map(|reply| bare(reply, &ticket.names)).filter(|k| !k.is_empty());
        of_ticket.push(key.map(|key| {
            let at = *known.entry(hash(&key)).or_insert_with(|| {
                wordings.push(Wording { triples: triples(&key), tickets: Vec::new() });
                wordings.len() - 1
            });
            wordings[at].tickets.push(i);
            at
        }));
    }
    let leader = lead(&wordings);
    let mut uses: HashMap<usize, (usize, usize)> = HashMap::new();
    for (at, wording) in wordings.iter().enumerate() {
        let count = uses.entry(leader[at]).or_default();
        count.0 += wording.tickets.len();
        count.1 += 1;
    }
    let mut ranked: Vec<(usize, usize, usize)> =
        uses.into_iter().filter(|(_, u)| u.0 >= LEAST_USES).map(|(at, u)| (at, u.0, u.1)).collect();
    ranked.sort_by_key(|r| (std::cmp::Reverse(r.1), r.0));
    let place: HashMap<usize, u32> = ranked.iter().enumerate().map(|(i, r)| (r.0, i as u32)).collect();
    let of: Vec<Option<u32>> =
        of_ticket.iter().map(|w| w.and_then(|w| place.get(&leader[w]).copied())).collect();
    let titles = titles(tickets, &of, ranked.len());
    let templates = ranked
        .iter()
        .zip(titles)
        .map(|(&(at, uses, count), title)| {
            let body = body::of(tickets, &wordings[at].tickets);
            let language = learn::language(&body).filter(|l| l.confidence > 0.6).map(|l| l.code.to_owned());
            Template { title, uses, body, language, wordings: count }
        })
        .collect();
    Templates { templates, of }
}

/// One way in which a template was written.
struct Wording {
    /// Hashed word triples, sorted.
    triples: Vec<u64>,
    tickets: Vec<usize>,
}

/// A reply's words without greeting, closing, names and numbers.
fn bare(reply: &str, names: &[String]) -> String {
    let reply = learn::normalise(None, reply);
    let mut out = String::with_capacity(reply.len());
    for token in without_greeting(&tokens(&reply, names)) {
        let word = match token.kind {
            Some(kind) => kind.sign().to_owned(),
            None if token.core.chars().all(|c| !c.is_alphabetic()) && !token.core.is_empty() => {
                "#".to_owned()
            }
            None => token.core.to_lowercase(),
        };
        if !word.is_empty() && !out.ends_with(&word) {
            out.push_str(&word);
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// The words after "Hi Maria," where a reply begins like that.
fn without_greeting<'a, 'b>(tokens: &'b [Token<'a>]) -> &'b [Token<'a>] {
    const LONGEST: usize = 5;
    const GREETS: &[&str] = &[
        "hi",
        "hello",
        "hey",
        "dear",
        "hallo",
        "liebe",
        "lieber",
        "guten",
        "good",
        "sehr",
        "bonjour",
        "cher",
        "chère",
        "hola",
        "buenos",
        "buenas",
        "estimado",
        "estimada",
        "ciao",
        "gentile",
        "buongiorno",
        "beste",
        "geachte",
        "olá",
    ];
    let greets = tokens.first().is_some_and(|t| GREETS.contains(&t.core.to_lowercase().as_str()));
    if !greets {
        return tokens;
    }
    let ended = tokens.iter().take(LONGEST).position(|t| t.raw.ends_with([',', '!', '.', ':']));
    let line = tokens.iter().take(LONGEST + 1).skip(1).position(|t| t.first).map(|at| at + 1);
    let after = ended.map(|at| at + 1).into_iter().chain(line).min().unwrap_or(0);
    if after < tokens.len() { &tokens[after..] } else { tokens }
}

fn triples(bare: &str) -> Vec<u64> {
    let words: Vec<u64> = bare.split(' ').map(hash).collect();
    let mut out: Vec<u64> = if words.len() < TRIPLE {
        vec![words.iter().fold(7, |h, w| h ^ w.rotate_left(9))]
    } else {
        words.windows(TRIPLE).map(|w| w[0].rotate_left(17) ^ w[1].rotate_left(31) ^ w[2]).collect()
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// For every wording the most used one that it resembles: itself, or one that leads already.
fn lead(wordings: &[Wording]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wordings.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(wordings[i].tickets.len()), i));
    let mut leader: Vec<usize> = (0..wordings.len()).collect();
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    for at in order {
        let mine = &wordings[at].triples;
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for holder in mine.iter().filter_map(|t| holders.get(t)).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let best = shared
            .into_iter()
            .map(|(other, shared)| {
                let all = mine.len() + wordings[other].triples.len() - shared;
                (shared as f64 / all as f64, other)
            })
            .filter(|b| b.0 >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, other)) = best {
            leader[at] = other;
        } else {
            for triple in mine {
                let list = holders.entry(*triple).or_default();
                if list.len() < MOST_HOLDERS {
                    list.push(at);
                }
            }
        }
    }
    leader
}

/// Names templates by the words that tell them apart, those first that customers use too: "password" says more about
/// an answer than "please" does.
fn titles(tickets: &[Ticket], of: &[Option<u32>], count: usize) -> Vec<String> {
    const LOOK: usize = 30;
    const NAMED: usize = 3;
    let grouped = || of.iter().zip(tickets).filter_map(|(g, t)| Some(((*g)?, t)));
    let replies: Vec<(u32, String)> =
        grouped().filter_map(|(g, t)| Some((g, bare(t.reply.as_deref()?, &t.names)))).collect();
    let told = telling(replies.iter().map(|(g, text)| (*g, text.as_str())), count, LOOK);
    let asked = telling(grouped().map(|(g, t)| (g, t.text.as_str())), count, LOOK);
    let mut seen: HashMap<String, usize> = HashMap::new();
    told.iter()
        .zip(&asked)
        .map(|(told, asked)| {
            let (both, rest): (Vec<&String>, Vec<&String>) = told.iter().partition(|w| asked.contains(w));
            let words: Vec<String> = both.into_iter().chain(rest).take(NAMED).cloned().collect();
            let title = if words.is_empty() { "Reply".to_owned() } else { heading(&words) };
            let times = seen.entry(title.clone()).or_default();
            *times += 1;
            if *times > 1 { format!("{title} ({times})") } else { title }
        })
        .collect()
}
