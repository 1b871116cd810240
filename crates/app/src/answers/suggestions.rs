//! What the stock of answers lacks or has too much of: replies that agents write again and again without an answer,
//! answers that say almost the same, and answers that nobody needs.

use std::collections::{HashMap, HashSet};

use audit::{Answered, Template};
use domain::numerals::hex;
use domain::time::DAY;
use domain::{AnswerId, Millis};
use sha2::{Digest, Sha256};
use store::choices::{self, Free, Taken};

use crate::automation::Snapshot;
use crate::{App, Caller, Error, Result, automation};

mod pairs;
pub use pairs::Pair;

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

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Suggestions {
    /// Freely answered tickets that were looked at.
    pub looked: usize,
    /// Most used first.
    pub missing: Vec<Missing>,
    /// Those that differ least first.
    pub merge: Vec<Pair>,
    /// Not used within [`LOOKED_BACK`], and older than that.
    pub retire: Vec<AnswerId>,
}

/// What stays the same of a suggestion when it is looked for again.
pub fn missing_id(template: &Template) -> String {
    id(&format!("missing {}", template.title))
}

pub fn pair_id(pair: &Pair) -> String {
    id(&format!("merge {} {}", pair.one, pair.other))
}

pub fn retire_id(answer: AnswerId) -> String {
    id(&format!("retire {answer}"))
}

fn id(what: &str) -> String {
    hex(&Sha256::digest(what)[..8])
}

/// Puts a suggestion aside for as long as is looked back, or (`false`) takes it up again.
pub async fn put_aside(app: &App, caller: &Caller, suggestion: String, aside: bool) -> Result<()> {
    let right = suggestion.len() == 16 && suggestion.bytes().all(|b| b.is_ascii_hexdigit());
    if !right {
        return Err(Error::NotFound(format!("suggestion {suggestion:?}")));
    }
    let (now, user) = (app.now(), caller.user());
    app.db
        .write(move |tx| {
            let suggestion = suggestion.clone();
            Box::pin(async move {
                match aside {
                    true => store::dismissals::put(tx, &suggestion, user, now).await?,
                    false => store::dismissals::delete(tx, &suggestion).await?,
                }
                Ok::<_, Error>(())
            })
        })
        .await
}

/// Looks through the last three months.
pub async fn suggestions(app: &App) -> Result<Suggestions> {
    let since = app.now() - LOOKED_BACK;
    let free = choices::free_since(&app.db, since, MOST).await?;
    let used: HashMap<AnswerId, i64> =
        store::answers::used_since(&app.db, since).await?.into_iter().collect();
    let taken = choices::taken_since(&app.db, since).await?;
    let aside: HashSet<String> = store::dismissals::since(&app.db, since).await?.into_iter().collect();
    let snapshot = automation::snapshot(app).await?;
    let work = move || {
        let mut found = Suggestions {
            looked: free.len(),
            missing: missing(&free),
            merge: pairs::found(&texts(&snapshot), &confusions(&snapshot, &taken)),
            retire: retired(&snapshot, &used, since),
        };
        found.missing.retain(|it| !aside.contains(&missing_id(&it.template)));
        found.merge.retain(|it| !aside.contains(&pair_id(it)));
        found.retire.retain(|it| !aside.contains(&retire_id(*it)));
        found.missing.truncate(SHOWN);
        found.merge.truncate(SHOWN);
        found
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
    found.templates.iter().enumerate().map(missing).collect()
}

/// The main texts of answers in use. Of interchangeable ones, which have been put together already, the first.
fn texts(snapshot: &Snapshot) -> Vec<(AnswerId, &str)> {
    let mut groups = HashSet::new();
    let current = snapshot.answers.iter().filter(|it| !it.answer.archived);
    let distinct = current.filter(|it| groups.insert(snapshot.label(it.answer.id)));
    distinct.filter_map(|it| Some((it.answer.id, it.answer.body.as_deref()?))).collect()
}

/// What was given and what predicted, interchangeable answers as one; archived ones left out.
fn confusions(snapshot: &Snapshot, taken: &[Taken]) -> Vec<Taken> {
    let current = |id| snapshot.answer(id).is_some_and(|it| !it.answer.archived);
    let both = taken.iter().filter(|it| current(it.given) && current(it.predicted));
    both.map(|it| Taken { given: snapshot.label(it.given), predicted: snapshot.label(it.predicted), ..*it })
        .collect()
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
