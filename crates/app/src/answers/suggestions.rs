//! What the stock of answers lacks or has too much of: replies that agents write again and again without an answer,
//! answers that say almost the same, and answers that nobody needs.

use std::collections::{HashMap, HashSet};

use audit::{Answered, Template};
use domain::learning::{SLIGHT, edited};
use domain::time::DAY;
use domain::{AnswerId, Millis};
use store::choices::{self, Free};

use crate::automation::Snapshot;
use crate::{App, Error, Result, automation};

/// How far back tickets are looked at, and how long an answer has not been used.
pub const LOOKED_BACK: Millis = 90 * DAY;
/// Freely answered tickets looked at, the newest.
const MOST: i64 = 10_000;
/// Examples of tickets shown with each.
const EXAMPLES: usize = 5;
/// Suggestions of each kind.
const SHOWN: usize = 50;

/// A ticket as an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub number: i64,
    pub subject: String,
}

/// An answer that agents write again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    pub template: Template,
    /// The newest tickets that were answered so.
    pub tickets: Vec<Example>,
}

/// Two answers that say almost the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    pub one: AnswerId,
    pub other: AnswerId,
    /// Share of words in which they differ, 0 to 1.
    pub differ: f64,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    /// Freely answered tickets that were looked at.
    pub looked: usize,
    /// Most used first.
    pub missing: Vec<Missing>,
    /// The most alike first.
    pub merge: Vec<Alike>,
    /// Not used within [`LOOKED_BACK`], and older than that.
    pub retire: Vec<AnswerId>,
}

/// Looks through the last three months.
pub async fn suggestions(app: &App) -> Result<Suggestions> {
    let since = app.now() - LOOKED_BACK;
    let free = choices::free_since(&app.db, since, MOST).await?;
    let used: HashMap<AnswerId, i64> =
        store::answers::used_since(&app.db, since).await?.into_iter().collect();
    let snapshot = automation::snapshot(app).await?;
    let work = move || {
        let texts = texts(&snapshot);
        Suggestions {
            looked: free.len(),
            missing: missing(&free),
            merge: alike(&texts),
            retire: retired(&snapshot, &used, since),
        }
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Conflict(format!("looking stopped: {e}")))
}

fn missing(free: &[Free]) -> Vec<Missing> {
    let answered: Vec<Answered> = free
        .iter()
        .map(|it| Answered {
            question: format!("{}\n{}", it.subject.as_deref().unwrap_or_default(), it.excerpt),
            reply: it.reply.clone(),
            name: it.requester.clone(),
        })
        .collect();
    let found = audit::templates(&answered);
    let examples = |wanted: usize| {
        let of = found.of.iter().zip(free).filter(move |(of, _)| **of == Some(wanted as u32));
        let example = |(_, it): (_, &Free)| Example {
            number: it.number,
            subject: it.subject.clone().unwrap_or_else(|| it.excerpt.clone()),
        };
        of.take(EXAMPLES).map(example).collect()
    };
    let missing = |(index, template): (usize, &Template)| Missing {
        template: template.clone(),
        tickets: examples(index),
    };
    found.templates.iter().enumerate().take(SHOWN).map(missing).collect()
}

/// The main texts of answers in use. Of interchangeable ones, which have been put together already, the first.
fn texts(snapshot: &Snapshot) -> Vec<(AnswerId, &str)> {
    let mut groups = HashSet::new();
    let current = snapshot.answers.iter().filter(|it| !it.answer.archived);
    let distinct = current.filter(|it| groups.insert(snapshot.label(it.answer.id)));
    distinct.filter_map(|it| Some((it.answer.id, it.answer.body.as_deref()?))).collect()
}

/// Pairs of which few words differ.
fn alike(texts: &[(AnswerId, &str)]) -> Vec<Alike> {
    let words: Vec<usize> = texts.iter().map(|(_, text)| text.split_whitespace().count()).collect();
    let mut found = Vec::new();
    for (i, &(one, text)) in texts.iter().enumerate() {
        for (j, &(other, with)) in texts.iter().enumerate().skip(i + 1) {
            let (short, long) = (words[i].min(words[j]), words[i].max(words[j]));
            // As many words must differ at least as one text is longer.
            if (long - short) as f64 > SLIGHT * long as f64 {
                continue;
            }
            let differ = edited(text, with);
            if differ <= SLIGHT {
                found.push(Alike { one, other, differ });
            }
        }
    }
    found.sort_by(|a, b| a.differ.total_cmp(&b.differ));
    found.truncate(SHOWN);
    found
}

fn retired(snapshot: &Snapshot, used: &HashMap<AnswerId, i64>, since: Millis) -> Vec<AnswerId> {
    let by_rules: HashSet<AnswerId> = snapshot.rules.iter().map(|it| it.rule.answer).collect();
    let unneeded = snapshot.answers.iter().filter(|it| {
        let answer = &it.answer;
        !answer.archived
            && !answer.published
            && answer.updated_at < since
            && !used.contains_key(&answer.id)
            && !by_rules.contains(&answer.id)
    });
    unneeded.map(|it| it.answer.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_in_few_words_are_alike() {
        let board = "You find it under Archive on the page of your profile, where all boards are.";
        let other = "You find it under Archive on the page of your profile, where old boards are.";
        let texts = [(AnswerId(1), board), (AnswerId(2), "Press Forgot password."), (AnswerId(3), other)];
        let found = alike(&texts);
        assert_eq!((found.len(), found[0].one, found[0].other), (1, AnswerId(1), AnswerId(3)));
        assert!(found[0].differ > 0.0 && found[0].differ < 0.1);
    }

    #[test]
    fn a_reply_written_five_times_is_missing() {
        let free = |number: i64, name: &str| Free {
            number,
            subject: Some("Avatar".into()),
            excerpt: "How do I change my picture?".into(),
            requester: Some(name.into()),
            reply: format!(
                "Hello {name},\n\nopen your profile and click on the picture to choose another one."
            ),
        };
        let names = ["Ada", "Ben", "Cleo", "Dov", "Eva"];
        let all: Vec<Free> = (1..).zip(names).map(|(n, name)| free(n, name)).collect();
        assert_eq!(missing(&all[..4]), []);
        let found = missing(&all);
        assert_eq!((found.len(), found[0].template.uses, found[0].tickets.len()), (1, 5, 5));
        assert!(!found[0].template.body.contains("Ada"), "{}", found[0].template.body);
    }
}
