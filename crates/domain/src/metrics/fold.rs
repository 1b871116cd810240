//! Counting tickets: for a period and the one before, for the buckets of a chart, for each value of a dimension.

use std::collections::BTreeMap;

use super::tally::Tally;
use super::{Key, Numbers, Selection, TicketFacts, Work};
use crate::Millis;
use crate::words::Dimension;

/// What is to be counted.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The period before begins here, and ends where the period begins.
    pub before: Millis,
    pub from: Millis,
    pub to: Millis,
    /// Beginnings of the chart's buckets; the first covers `from`.
    pub starts: Vec<Millis>,
    pub selection: Selection,
    pub by: Dimension,
    pub work: Work,
}

/// Counts tickets one by one, in any order. Parts that were counted apart can be put together.
pub struct Fold<'p> {
    plan: &'p Plan,
    /// Each ticket counts in one group; together the groups are the period, and the period before.
    groups: BTreeMap<Key, (Tally, Tally)>,
    points: Vec<Tally>,
    ends: Vec<Millis>,
    /// By how much the backlog at the end of each bucket differs from that of the bucket before.
    steps: Vec<i64>,
}

/// One period of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub from: Millis,
    pub numbers: Numbers,
}

/// One value of the dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub key: Key,
    pub numbers: Numbers,
    pub before: Numbers,
}

/// Everything counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    pub numbers: Numbers,
    pub before: Numbers,
    pub points: Vec<Point>,
    pub groups: Vec<Group>,
}

impl<'p> Fold<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            groups: BTreeMap::new(),
            points: plan.starts.iter().map(|_| Tally::default()).collect(),
            // Buckets end where the next begins, the last where the period does.
            ends: plan.starts.iter().skip(1).chain([&plan.to]).take(plan.starts.len()).copied().collect(),
            steps: vec![0; plan.starts.len() + 1],
        }
    }

    /// Counts a ticket where it belongs: by when it came, and in the backlog by when it waited.
    pub fn add(&mut self, f: &TicketFacts) {
        let plan = self.plan;
        if f.created_at >= plan.to || !plan.selection.takes(f) {
            return;
        }
        self.add_waits(f);
        let (waited, waits) = (f.waits_at(plan.from), f.waits_at(plan.to));
        let (in_before, in_now) =
            ((plan.before..plan.from).contains(&f.created_at), f.created_at >= plan.from);
        if !(waited || waits || in_before || in_now) {
            return;
        }
        let (now, before) = self.groups.entry(plan.selection.key(plan.by, f)).or_default();
        for (tally, counts, waits) in [(now, in_now, waits), (before, in_before, waited)] {
            tally.backlog += i64::from(waits);
            if counts {
                tally.add(f);
            }
        }
        if in_now && !self.points.is_empty() {
            let index = plan.starts.partition_point(|&start| start <= f.created_at).saturating_sub(1);
            self.points[index].add(f);
        }
    }

    /// A wait from `a` to `b` shows at the ends of buckets after `a`, up to `b`.
    fn add_waits(&mut self, f: &TicketFacts) {
        if self.ends.is_empty() || !f.is_live() {
            return;
        }
        for (from, until) in f.waits() {
            let first = self.ends.partition_point(|&end| end <= from);
            let last = until.map_or(self.ends.len(), |until| self.ends.partition_point(|&end| end <= until));
            if first < last {
                self.steps[first] += 1;
                self.steps[last] -= 1;
            }
        }
    }

    /// Takes in what another fold of the same plan counted.
    pub fn merge(&mut self, other: Self) {
        for (key, (now, before)) in other.groups {
            let own = self.groups.entry(key).or_default();
            own.0.merge(&now);
            own.1.merge(&before);
        }
        for (own, point) in self.points.iter_mut().zip(&other.points) {
            own.merge(point);
        }
        for (own, step) in self.steps.iter_mut().zip(&other.steps) {
            *own += step;
        }
    }

    pub fn done(self) -> Folded {
        let plan = self.plan;
        let mut backlog = 0;
        let mut points = Vec::with_capacity(plan.starts.len());
        for ((&from, mut tally), step) in plan.starts.iter().zip(self.points).zip(&self.steps) {
            backlog += step;
            tally.backlog = backlog;
            points.push(Point { from, numbers: tally.numbers(&plan.work) });
        }
        let (mut all_now, mut all_before) = <(Tally, Tally)>::default();
        let mut groups = Vec::with_capacity(self.groups.len());
        for (key, (now, before)) in self.groups {
            all_now.merge(&now);
            all_before.merge(&before);
            groups.push(Group { key, numbers: now.numbers(&plan.work), before: before.numbers(&plan.work) });
        }
        Folded {
            points,
            groups,
            numbers: all_now.numbers(&plan.work),
            before: all_before.numbers(&plan.work),
        }
    }
}
