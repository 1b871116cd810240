//! The numbers on which every switch is decided: over a period beside the one before, in the buckets of a chart, and
//! for each value of a dimension.

mod csv;
mod days;
mod mail;
mod recount;
mod report;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::metrics::{Key, Plan, Selection};
use domain::periods::{starts, zone};
use domain::words::{Channel, Dimension, Period, Responder};
use domain::{CategoryId, Millis, UserId};

use crate::settings::Settings;
use crate::{App, Error, Result};

pub use csv::csv;
pub(crate) use days::DayCache;
pub(crate) use mail::schedule as schedule_mail;
pub use mail::{Subscription, subscribe, subscription, unsubscribe};
pub(crate) use recount::EVERY;
pub use recount::{Recounted, differing, recount, recount_all, replayed, schedule};
pub use report::{Bucket, Flag, GroupNumbers, Report, report, tickets};

/// Most buckets of one chart: two years of days.
const BUCKETS: usize = 732;

/// Which tickets: those created in `from..to` for which everything that is set holds. An inner `None` asks for those
/// without.
#[derive(Debug, Clone)]
pub struct Question {
    pub from: Millis,
    pub to: Millis,
    /// This one and those below it.
    pub category: Option<CategoryId>,
    /// Who answered first.
    pub responder: Option<Option<Responder>>,
    pub language: Option<Option<String>>,
    pub channel: Option<Channel>,
    pub agent: Option<Option<UserId>>,
    pub team: Option<Option<String>>,
    /// Who had answered when it was rated.
    pub rated: Option<Responder>,
    pub period: Period,
    pub by: Dimension,
}

impl Question {
    /// All tickets of a stretch of time, in days and by category.
    pub fn of(from: Millis, to: Millis) -> Self {
        Self {
            from,
            to,
            category: None,
            responder: None,
            language: None,
            channel: None,
            agent: None,
            team: None,
            rated: None,
            period: Period::Day,
            by: Dimension::Category,
        }
    }

    fn check(&self) -> Result<()> {
        match self.from < self.to {
            true => Ok(()),
            false => Err(Error::invalid("to", format!("{} is not after from ({})", self.to, self.from))),
        }
    }
}

/// What ids are called today.
struct Names {
    categories: Vec<(CategoryId, String, Option<CategoryId>)>,
    people: HashMap<UserId, String>,
    teams: HashMap<UserId, Arc<str>>,
}

impl Names {
    async fn load(app: &App) -> Result<Self> {
        let people = store::metrics::people(&app.db).await?;
        let teams = people.iter().filter_map(|p| Some((p.id, p.team.as_deref()?.into()))).collect();
        let categories = store::metrics::categories(&app.db).await?;
        Ok(Self { categories, people: people.into_iter().map(|p| (p.id, p.name)).collect(), teams })
    }

    /// A category and those below it.
    fn below(&self, id: CategoryId) -> HashSet<CategoryId> {
        let child = |(child, _, parent): &(CategoryId, String, Option<CategoryId>)| {
            (*child == id || *parent == Some(id)).then_some(*child)
        };
        self.categories.iter().filter_map(child).collect()
    }

    /// What people call a value; words that the interface knows stay as they are.
    fn of(&self, key: &Key) -> String {
        match key {
            Key::Category(id) => {
                let known = self.categories.iter().find(|(known, _, _)| known == id);
                known.map_or_else(|| key.to_string(), |(_, name, _)| name.clone())
            }
            Key::Agent(Some(id)) => self.people.get(id).cloned().unwrap_or_else(|| key.to_string()),
            _ => key.to_string(),
        }
    }

    fn selection(&self, question: &Question) -> Selection {
        Selection {
            categories: question.category.map(|id| self.below(id)),
            responder: question.responder,
            language: question.language.clone(),
            channel: question.channel,
            agent: question.agent,
            team: question.team.clone(),
            rated: question.rated,
            teams: self.teams.clone(),
        }
    }
}

/// `first` is when the first ticket came: empty buckets before it are left out.
fn plan(question: &Question, settings: &Settings, names: &Names, first: Millis) -> Plan {
    let begin = first.clamp(question.from, question.to - 1);
    let mut starts = starts(question.period, &zone(&settings.time_zone), begin, question.to, BUCKETS);
    if let Some(start) = starts.first_mut() {
        *start = (*start).max(question.from);
    }
    Plan {
        before: question.from.saturating_sub(question.to - question.from),
        from: question.from,
        to: question.to,
        starts,
        selection: names.selection(question),
        by: question.by,
        work: settings.work(),
    }
}
