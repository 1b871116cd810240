//! The facts that a question needs: from the packed days and, of days that have changed since, from the tickets.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use domain::Millis;
use domain::metrics::{Fold, Folded, Plan, TicketFacts};
use domain::time::DAY;
use store::metrics::{self, Day, Kept, day_of};

use crate::{App, Error, Result};

/// Bytes of packed days kept in memory; two million tickets.
const CACHED: usize = 64 << 20;

/// The facts that a question needs.
pub(super) struct Days {
    packed: Vec<Arc<Day>>,
    /// Of days that changed since they were packed.
    live: Vec<TicketFacts>,
}

impl Days {
    /// Those of `days`, and earlier ones that still waited at `waiting`. Which days have changed is asked first: one
    /// that is packed meanwhile is read as it is packed then.
    pub(super) async fn load(app: &App, days: Range<i64>, waiting: Millis) -> Result<Self> {
        let mut changed = metrics::changed_days(&app.db).await?;
        changed.retain(|&day| day < days.end);
        let mut kept = metrics::kept(&app.db, days, waiting).await?;
        kept.retain(|kept| changed.binary_search(&kept.day).is_err());
        let mut live = Vec::new();
        for run in changed.chunk_by(|a, b| a + 1 == *b) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                live.extend(metrics::facts(&app.db, first * DAY, (last + 1) * DAY).await?);
            }
        }
        Ok(Self { packed: packed(app, kept).await?, live })
    }

    pub(super) fn each(&self, mut each: impl FnMut(&TicketFacts)) -> Result<()> {
        for day in &self.packed {
            day.each(&mut each)?;
        }
        for facts in &self.live {
            each(facts);
        }
        Ok(())
    }

    /// Counts them, on as many threads as there are cores.
    pub(super) fn folded(&self, plan: &Plan) -> Result<Folded> {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let mut fold = Fold::new(plan);
        for facts in &self.live {
            fold.add(facts);
        }
        let part = |days: &[Arc<Day>]| {
            let mut fold = Fold::new(plan);
            for day in days {
                day.each(|facts| fold.add(facts))?;
            }
            Ok::<_, Error>(fold)
        };
        let parts = std::thread::scope(|scope| {
            let portions = portions(&self.packed, threads).into_iter();
            let running: Vec<_> = portions.map(|days| scope.spawn(move || part(days))).collect();
            running.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        for part in parts {
            fold.merge(part.map_err(|_| store::Error::Closed)??);
        }
        Ok(fold.done())
    }

    /// When the first ticket after `from` came.
    pub(super) fn first_from(&self, from: Millis) -> Result<Option<Millis>> {
        let mut first = self.live.iter().map(|f| f.created_at).filter(|&at| at >= from).min();
        for day in self.packed.iter().filter(|day| day.day >= day_of(from)) {
            let mut found = None;
            day.each(|f| found = found.or(Some(f.created_at).filter(|&at| at >= from)))?;
            if let Some(found) = found {
                first = Some(first.map_or(found, |first| first.min(found)));
                break;
            }
        }
        Ok(first)
    }
}

/// Days as they are kept; what this process has read before in the same version is not read again.
async fn packed(app: &App, kept: Vec<Kept>) -> Result<Vec<Arc<Day>>> {
    let (late, full): (Vec<_>, Vec<_>) = kept.into_iter().partition(|kept| kept.late.is_some());
    let (mut packed, missing) = app.days.find(&full);
    packed.extend(late.into_iter().filter_map(|kept| kept.late).map(Arc::new));
    for (version, day) in metrics::facts_of(&app.db, &missing).await? {
        let day = Arc::new(day);
        app.days.put(version, day.clone());
        packed.push(day);
    }
    packed.sort_unstable_by_key(|day| day.day);
    Ok(packed)
}

/// Packed days that were read lately, each with its version.
#[derive(Debug, Default)]
pub(crate) struct DayCache(Mutex<BTreeMap<i64, (i64, Arc<Day>)>>);

impl DayCache {
    /// The days that are known in this version, and which are not.
    fn find(&self, kept: &[Kept]) -> (Vec<Arc<Day>>, Vec<i64>) {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut found, mut missing) = (Vec::with_capacity(kept.len()), Vec::new());
        for kept in kept {
            match known.get(&kept.day).filter(|(version, _)| *version == kept.version) {
                Some((_, day)) => found.push(day.clone()),
                None => missing.push(kept.day),
            }
        }
        (found, missing)
    }

    /// Makes room by forgetting the oldest days: most reports are about the newest.
    fn put(&self, version: i64, day: Arc<Day>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(day.day, (version, day));
        let mut bytes: usize = known.values().map(|(_, day)| day.bytes()).sum();
        while bytes > CACHED
            && let Some((_, (_, oldest))) = known.pop_first()
        {
            bytes -= oldest.bytes();
        }
    }
}

/// Cuts days into at most so many portions with about as much in each.
fn portions(days: &[Arc<Day>], most: usize) -> Vec<&[Arc<Day>]> {
    let size = days.iter().map(|day| day.bytes()).sum::<usize>() / most + 1;
    let mut done = 0;
    let place = |day: &Arc<Day>| {
        done += day.bytes();
        (done - 1) / size
    };
    let places: Vec<usize> = days.iter().map(place).collect();
    let mut rest = days;
    places
        .chunk_by(|a, b| a == b)
        .map(|portion| {
            let (portion, after) = rest.split_at(portion.len());
            rest = after;
            portion
        })
        .collect()
}
