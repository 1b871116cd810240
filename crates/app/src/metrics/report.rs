//! Answering a question from the packed days and, of days that have changed since, from the tickets themselves.

use std::collections::BTreeMap;

use domain::metrics::{Folded, Numbers, Path, Times, path};
use domain::stats::Rate;
use domain::words::{Counted, Dimension, Period};
use domain::{Millis, TicketId};
use serde::Serialize;
use store::metrics::day_of;
use utoipa::ToSchema;

use super::days::Days;
use super::{Names, Question, plan};
use crate::{App, Result, settings};

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Report {
    pub from: Millis,
    pub to: Millis,
    pub period: Period,
    #[serde(flatten)]
    pub numbers: Numbers,
    /// The same over the period of the same length that ends where this one begins.
    pub before: Numbers,
    pub series: Vec<Bucket>,
    /// What `groups` tells apart.
    pub by: Dimension,
    /// Most tickets first.
    pub groups: Vec<GroupNumbers>,
    pub goals: Vec<Path>,
    pub work: domain::metrics::Work,
    pub flags: Vec<Flag>,
}

/// One period of the chart.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Bucket {
    pub from: Millis,
    pub tickets: i64,
    /// Tickets that came in while Deskwise was there.
    pub live: i64,
    pub automation_low: f64,
    pub automation_high: f64,
    /// First replies by each responder.
    pub by_responder: BTreeMap<&'static str, i64>,
    pub good: i64,
    pub bad: i64,
    pub first_reply: Times,
    pub resolution: Times,
    pub one_touch: Rate,
    pub recontact: Rate,
    /// Tickets that were not solved when the bucket ended.
    pub backlog: i64,
}

/// One value of a dimension.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GroupNumbers {
    /// As the filters take it: an id, a word, or `none`.
    pub key: String,
    pub name: String,
    #[serde(flatten)]
    pub numbers: Numbers,
    pub before: Numbers,
}

/// A change of a policy or of the model, for the time axis.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Flag {
    pub at: Millis,
    pub kind: String,
    pub text: String,
}

/// Answers `question`.
pub async fn report(app: &App, question: &Question) -> Result<Report> {
    question.check()?;
    let names = Names::load(app).await?;
    let before = question.from.saturating_sub(question.to - question.from);
    let days = Days::load(app, day_of(before)..day_of(question.to - 1) + 1, before).await?;
    let first = days.first_from(question.from)?.unwrap_or(question.from);
    let settings = settings::load(app).await?;
    let plan = plan(question, &settings, &names, first);
    let counted = tokio::task::spawn_blocking(move || days.folded(&plan));
    let Folded { numbers, before, points, groups } = counted.await.map_err(|_| store::Error::Closed)??;
    let goals = settings.goals().into_iter().map(|goal| path(goal, &numbers, &points, app.now())).collect();
    let mut groups: Vec<_> = groups
        .into_iter()
        .map(|group| GroupNumbers {
            key: group.key.to_string(),
            name: names.of(&group.key),
            numbers: group.numbers,
            before: group.before,
        })
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.numbers.tickets));
    Ok(Report {
        from: question.from,
        to: question.to,
        period: question.period,
        numbers,
        before,
        series: points.into_iter().map(|point| bucket(point.from, &point.numbers)).collect(),
        by: question.by,
        groups,
        goals,
        work: settings.work(),
        flags: flags(app, question).await?,
    })
}

fn bucket(from: Millis, n: &Numbers) -> Bucket {
    Bucket {
        from,
        tickets: n.tickets,
        live: n.automation.tickets,
        automation_low: n.automation.low,
        automation_high: n.automation.high,
        by_responder: n
            .responders
            .iter()
            .filter(|r| r.first_replies > 0)
            .map(|r| (r.responder.as_str(), r.first_replies))
            .collect(),
        good: n.csat.count,
        bad: n.csat.of - n.csat.count,
        first_reply: n.first_reply,
        resolution: n.resolution,
        one_touch: n.one_touch,
        recontact: n.recontact,
        backlog: n.backlog,
    }
}

async fn flags(app: &App, question: &Question) -> Result<Vec<Flag>> {
    let switches = store::metrics::switches(&app.db, question.from, question.to).await?;
    let words = crate::history::in_words(app, &switches).await?;
    let flag = |(event, text): (store::events::Event, String)| Flag { at: event.at, kind: event.kind, text };
    Ok(switches.into_iter().zip(words).map(flag).collect())
}

/// The tickets behind a number, newest first: those before `before`, at most about `limit` (whole days are looked
/// through). The backlog holds earlier tickets too.
pub async fn tickets(
    app: &App,
    question: &Question,
    counted: Counted,
    before: Option<TicketId>,
    limit: usize,
) -> Result<Vec<TicketId>> {
    question.check()?;
    let selection = Names::load(app).await?.selection(question);
    let (from, to) = (question.from, question.to);
    let days = Days::load(app, day_of(from)..day_of(to - 1) + 1, to).await?;
    let from = if counted == Counted::Backlog { Millis::MIN } else { from };
    let mut found = Vec::new();
    days.each(|f| {
        let takes = (from..to).contains(&f.created_at)
            && before.is_none_or(|before| f.id < before)
            && counted.holds(f, to)
            && selection.takes(f);
        if takes {
            found.push(f.id);
        }
    })?;
    found.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
    found.truncate(limit);
    Ok(found)
}
