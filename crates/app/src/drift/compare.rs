//! Two stretches of a scope's tickets compared: what moved, since when, and which tickets show it.

use std::collections::{BTreeMap, HashMap};

use domain::drift::{Day, Figure, LEAST, WINDOW, since, verdict};
use domain::time::DAY;
use domain::words::Measure;
use domain::{AnswerId, CategoryId, Millis, TicketId};
use learn::Glance;
use store::drifts::{Drifted, Found, Look, Risen};

use crate::automation::InUse;

/// Answers and tickets named.
const NAMED: usize = 8;
/// A rise of fewer tickets is not named.
const LEAST_RISEN: usize = 5;

/// A ticket and what the model makes of it.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) glance: Glance,
    pub(super) at: Millis,
    pub(super) category: CategoryId,
}

/// The answers that labels stand for, as predictions count them.
pub(super) fn answers(model: &InUse) -> Vec<Option<AnswerId>> {
    model.model.labels().iter().map(|label| label.parse().ok()).collect()
}

/// A scope's look; `None` where there are too few tickets for one.
pub(super) fn compare(
    model: &InUse,
    scope: CategoryId,
    older: &[Seen],
    newer: &[Seen],
    before: Option<&Look>,
    now: Millis,
) -> Option<Look> {
    let week: Vec<Seen> = newer.iter().filter(|s| s.at >= now - WINDOW).copied().collect();
    if older.len() < LEAST || week.len() < LEAST {
        return None;
    }
    let figures = figures(older, &week);
    let days = days(older, newer);
    let risen = risen(model, older, &week);
    let drifted = verdict(&figures).map(|why| {
        let began = figures.iter().filter(|f| f.is_drift()).filter_map(|f| since(&days, f.measure)).min();
        // A drift that goes on keeps its beginning.
        let known = before.and_then(|b| b.drifted.as_ref());
        let began = began.unwrap_or(now - WINDOW);
        Drifted {
            why,
            since: known.map_or(began, |k| k.since.min(began)),
            found_at: known.map_or(now, |k| k.found_at),
        }
    });
    let doubt = drifted.as_ref().map(|d| d.since).max(before.and_then(|b| b.labels_from));
    Some(Look {
        category: scope,
        model_version: model.version,
        looked_at: now,
        older: older.len() as i64,
        newer: week.len() as i64,
        found: Found { tickets: telling(model, &week, &figures, &risen), figures, days, risen },
        drifted,
        labels_from: doubt,
    })
}

fn figures(older: &[Seen], newer: &[Seen]) -> Vec<Figure> {
    let drift = learn::Drift::between(&glances(older), &glances(newer));
    let of = |measure, shift: learn::Shift| Figure {
        measure,
        before: shift.before,
        after: shift.after,
        p: shift.p,
    };
    let mut out = vec![
        of(Measure::Mix, drift.mix),
        of(Measure::Words, drift.unseen_words),
        of(Measure::Novelty, drift.novelty),
    ];
    out.extend(drift.calibration.map(|shift| of(Measure::Calibration, shift)));
    out
}

fn glances(seen: &[Seen]) -> Vec<Glance> {
    seen.iter().map(|s| s.glance).collect()
}

fn days(older: &[Seen], newer: &[Seen]) -> Vec<Day> {
    let mut by_day: BTreeMap<Millis, Vec<Glance>> = BTreeMap::new();
    for it in newer {
        by_day.entry(it.at.div_euclid(DAY) * DAY).or_default().push(it.glance);
    }
    let older = glances(older);
    let mean = |of: &[Glance], value: fn(&Glance) -> f64| of.iter().map(value).sum::<f64>() / of.len() as f64;
    by_day
        .into_iter()
        .map(|(at, of)| {
            let mix = learn::Drift::between(&older, &of).mix;
            Day {
                at,
                tickets: of.len() as i64,
                words: mean(&of, |g| g.unseen),
                novelty: mean(&of, |g| g.novelty),
                mix: (mix.after - mix.before).max(0.0),
            }
        })
        .collect()
}

/// Answers asked for more often than before.
fn risen(model: &InUse, older: &[Seen], newer: &[Seen]) -> Vec<Risen> {
    let counts = |of: &[Seen]| {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for it in of {
            *counts.entry(it.glance.predicted).or_default() += 1;
        }
        counts
    };
    let (before, after) = (counts(older), counts(newer));
    let answers = answers(model);
    let mut out: Vec<Risen> = after
        .iter()
        .filter_map(|(label, &count)| {
            let share = before.get(label).copied().unwrap_or(0) as f64 / older.len() as f64;
            let risen = Risen {
                answer: answers.get(*label as usize).copied().flatten()?,
                before: share,
                after: count as f64 / newer.len() as f64,
            };
            let more = count as f64 - share * newer.len() as f64;
            (more >= LEAST_RISEN as f64).then_some(risen)
        })
        .collect();
    let rise = |r: &Risen| r.after - r.before;
    out.sort_by(|a, b| rise(b).total_cmp(&rise(a)).then(a.answer.cmp(&b.answer)));
    out.truncate(NAMED);
    out
}

/// Newer tickets that show best what moved most: of the answer that rose most, or those with the most unknown words
/// or the most novelty.
fn telling(model: &InUse, newer: &[Seen], figures: &[Figure], risen: &[Risen]) -> Vec<TicketId> {
    let moved = figures.iter().filter(|f| f.is_drift()).min_by(|a, b| a.p.total_cmp(&b.p));
    let moved = moved.map_or(Measure::Words, |f| f.measure);
    let top = risen.first().map(|r| r.answer);
    let answers = answers(model);
    let strange = |s: &Seen| match moved {
        Measure::Mix => {
            let asks = answers.get(s.glance.predicted as usize).copied().flatten();
            f64::from(u8::from(asks.is_some() && asks == top))
        }
        Measure::Words => s.glance.unseen,
        Measure::Novelty => s.glance.novelty,
        Measure::Calibration if s.glance.right == Some(false) => s.glance.score,
        Measure::Calibration => 0.0,
    };
    let mut out: Vec<&Seen> = newer.iter().filter(|s| strange(s) > 0.0).collect();
    out.sort_by(|a, b| strange(b).total_cmp(&strange(a)).then(b.glance.id.cmp(&a.glance.id)));
    out.into_iter().take(NAMED).map(|s| TicketId(s.glance.id)).collect()
}
