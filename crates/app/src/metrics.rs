//! The numbers on which every switch is decided, over a period, a category and the buckets of a chart.

use std::collections::BTreeMap;

use domain::metrics::{ByResponder, Happening, Numbers, TicketFacts, Times, count, replay};
use domain::periods::{Period, starts, zone};
use domain::words::RatingValue;
use domain::{CategoryId, Millis};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, Error, Result};

/// Most buckets of one chart: two years of days.
const BUCKETS: usize = 732;

/// Which tickets: created in `from..to`, of one category (and its children) or of all.
#[derive(Debug, Clone)]
pub struct Question {
    pub from: Millis,
    pub to: Millis,
    pub category: Option<CategoryId>,
    pub period: Period,
    /// IANA name of the time zone in which days begin.
    pub zone: String,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Report {
    pub from: Millis,
    pub to: Millis,
    pub period: Period,
    pub tickets: i64,
    #[serde(flatten)]
    pub numbers: Numbers,
    pub series: Vec<Bucket>,
    pub categories: Vec<CategoryNumbers>,
    pub flags: Vec<Flag>,
}

/// One period of the chart.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Bucket {
    pub from: Millis,
    pub tickets: i64,
    pub automation_low: f64,
    pub automation_high: f64,
    /// First replies by each responder.
    pub by_responder: BTreeMap<&'static str, i64>,
    pub good: i64,
    pub bad: i64,
    pub first_reply: Times,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CategoryNumbers {
    pub id: CategoryId,
    pub name: String,
    pub tickets: i64,
    pub automation_low: f64,
    pub automation_high: f64,
    pub responders: Vec<ByResponder>,
    pub good: i64,
    pub bad: i64,
    pub first_reply: Times,
    pub resolution: Times,
}

/// A change of a policy or of the model, for the time axis.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Flag {
    pub at: Millis,
    pub kind: String,
    pub text: String,
}

/// Answers `question` from the tickets.
pub async fn report(app: &App, question: &Question) -> Result<Report> {
    if question.from >= question.to {
        return Err(Error::invalid("to", format!("{} is not after from ({})", question.to, question.from)));
    }
    let facts = store::metrics::facts(&app.db, question.from, question.to, question.category).await?;
    let names = store::metrics::category_names(&app.db).await?;
    let switches = store::metrics::switches(&app.db, question.from, question.to).await?;
    let words = crate::history::in_words(app, &switches).await?;
    let flags =
        switches.into_iter().zip(words).map(|(event, text)| Flag { at: event.at, kind: event.kind, text });
    Ok(Report {
        from: question.from,
        to: question.to,
        period: question.period,
        tickets: facts.len() as i64,
        numbers: count(&facts),
        series: series(question, &facts),
        categories: by_category(&facts, names),
        flags: flags.collect(),
    })
}

/// `facts` are sorted by creation, so each bucket is a run of them.
fn series(question: &Question, facts: &[TicketFacts]) -> Vec<Bucket> {
    let first = facts.first().map_or(question.from, |f| f.created_at.max(question.from));
    let starts = starts(question.period, &zone(&question.zone), first, question.to, BUCKETS);
    let mut rest = facts;
    let mut buckets = Vec::with_capacity(starts.len());
    for (index, &from) in starts.iter().enumerate() {
        let until = starts.get(index + 1).copied().unwrap_or(Millis::MAX);
        let (inside, later) = rest.split_at(rest.partition_point(|f| f.created_at < until));
        rest = later;
        buckets.push(bucket(from, inside));
    }
    buckets
}

fn bucket(from: Millis, facts: &[TicketFacts]) -> Bucket {
    let numbers = count(facts);
    let mut by_responder = BTreeMap::new();
    for responder in facts.iter().filter_map(|f| f.first_reply_by) {
        *by_responder.entry(responder.as_str()).or_insert(0) += 1;
    }
    let (good, bad) = ratings(facts);
    Bucket {
        from,
        tickets: facts.len() as i64,
        automation_low: numbers.automation.low,
        automation_high: numbers.automation.high,
        by_responder,
        good,
        bad,
        first_reply: numbers.first_reply,
    }
}

fn ratings<'a>(facts: impl IntoIterator<Item = &'a TicketFacts>) -> (i64, i64) {
    facts.into_iter().filter_map(|f| f.rating).fold((0, 0), |(good, bad), (value, _)| match value {
        RatingValue::Good => (good + 1, bad),
        RatingValue::Bad => (good, bad + 1),
    })
}

fn by_category(facts: &[TicketFacts], names: Vec<(CategoryId, String)>) -> Vec<CategoryNumbers> {
    let mut groups: BTreeMap<CategoryId, Vec<&TicketFacts>> = BTreeMap::new();
    for fact in facts {
        groups.entry(fact.category).or_default().push(fact);
    }
    let mut categories: Vec<_> = names
        .into_iter()
        .filter_map(|(id, name)| {
            let facts = groups.remove(&id)?;
            let numbers = count(facts.iter().copied());
            let (good, bad) = ratings(facts.iter().copied());
            Some(CategoryNumbers {
                id,
                name,
                tickets: facts.len() as i64,
                automation_low: numbers.automation.low,
                automation_high: numbers.automation.high,
                responders: numbers.responders,
                good,
                bad,
                first_reply: numbers.first_reply,
                resolution: numbers.resolution,
            })
        })
        .collect();
    categories.sort_by_key(|category| std::cmp::Reverse(category.tickets));
    categories
}

/// Recomputes the facts of every ticket created in `from..to` from the events, and returns those whose columns say
/// something else. An empty list is the proof that the numbers rest on what happened.
pub async fn differing(
    app: &App,
    from: Millis,
    to: Millis,
) -> Result<Vec<(TicketFacts, Option<TicketFacts>)>> {
    let mut differing = Vec::new();
    for kept in store::metrics::facts(&app.db, from, to, None).await? {
        let events = store::events::of_ticket(&app.db, kept.id).await?;
        let happenings = events.iter().map(|named| &named.event).map(|event| Happening {
            at: event.at,
            kind: &event.kind,
            subject: event.subject,
            by_team: matches!(event.actor_kind.as_str(), "user" | "token"),
            data: &event.data,
        });
        let recomputed = replay(kept.id, happenings);
        if recomputed.as_ref() != Some(&kept) {
            differing.push((kept, recomputed));
        }
    }
    Ok(differing)
}
