//! Counting tickets: for a period and the one before, for the buckets of a chart, for each value of a dimension.

use std::collections::BTreeMap;

use super::numbers::Share;
use super::spread::Spread;
use super::{
    AgentHours, Automation, ByResponder, Key, Numbers, Outcome, STRETCH, Saved, Selection, TicketFacts,
    Times, Work,
};
use crate::stats::Rate;
use crate::words::{Counted, Dimension, RatingValue, Resolution, Responder};
use crate::{Millis, UserId};

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

/// Counts tickets one by one, in any order.
pub struct Fold<'p> {
    plan: &'p Plan,
    now: Tally,
    before: Tally,
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
            now: Tally::default(),
            before: Tally::default(),
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
        for (tally, whole, counts, waits) in
            [(now, &mut self.now, in_now, waits), (before, &mut self.before, in_before, waited)]
        {
            for tally in [tally, whole] {
                tally.backlog += i64::from(waits);
                if counts {
                    tally.add(f);
                }
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

    pub fn done(self) -> Folded {
        let plan = self.plan;
        let mut backlog = 0;
        let mut points = Vec::with_capacity(plan.starts.len());
        for ((&from, mut tally), step) in plan.starts.iter().zip(self.points).zip(&self.steps) {
            backlog += step;
            tally.backlog = backlog;
            points.push(Point { from, numbers: tally.numbers(&plan.work) });
        }
        let groups = self.groups.into_iter().map(|(key, (now, before))| Group {
            key,
            numbers: now.numbers(&plan.work),
            before: before.numbers(&plan.work),
        });
        Folded {
            points,
            groups: groups.collect(),
            numbers: self.now.numbers(&plan.work),
            before: self.before.numbers(&plan.work),
        }
    }
}

/// The counters behind one set of numbers.
#[derive(Debug, Clone, Default)]
struct Tally {
    tickets: i64,
    automation: Automation,
    reviewed: i64,
    reviewed_right: i64,
    responses: i64,
    surveys: i64,
    good: i64,
    rated: i64,
    responders: [Answers; Responder::ALL.len()],
    first_reply: Spread,
    resolution: Spread,
    live_solved: i64,
    one_touch: i64,
    ever_solved: i64,
    recontact: i64,
    backlog: i64,
    by_agents: i64,
    suggested: i64,
    used: i64,
    stretches: BTreeMap<UserId, Stretches>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Answers {
    first: i64,
    answered: i64,
    confirmed: i64,
    silent: i64,
    failed: i64,
    surveys: i64,
    responses: i64,
    good: i64,
    bad: i64,
}

impl Tally {
    fn add(&mut self, f: &TicketFacts) {
        let is = |what: Counted| i64::from(what.holds(f, 0));
        self.tickets += 1;
        self.add_outcome(f);
        self.reviewed += is(Counted::Reviewed);
        self.reviewed_right += is(Counted::ReviewedRight);
        self.surveys += is(Counted::Surveyed);
        self.responses += i64::from(f.surveyed && f.rating.is_some());
        self.good += is(Counted::Good);
        self.rated += is(Counted::Rated);
        if let Some(time) = f.first_reply() {
            self.first_reply.add(time);
        }
        if let Some(time) = f.full_resolution() {
            self.resolution.add(time);
        }
        self.live_solved += is(Counted::LiveSolved);
        self.one_touch += is(Counted::OneTouch);
        self.ever_solved += is(Counted::EverSolved);
        self.recontact += is(Counted::Recontact);
        self.by_agents += is(Counted::SolvedByAgents);
        self.suggested += is(Counted::Suggested);
        self.used += is(Counted::SuggestionUsed);
        for &(agent, stretch) in &f.stretches {
            self.stretches.entry(agent).or_default().insert(stretch);
        }
        self.add_answers(f);
    }

    fn add_outcome(&mut self, f: &TicketFacts) {
        let Some(outcome) = f.outcome() else { return };
        let a = &mut self.automation;
        a.tickets += 1;
        *match outcome {
            Outcome::Confirmed => &mut a.confirmed,
            Outcome::Silent => &mut a.silent,
            Outcome::Failed => &mut a.failed,
            Outcome::Undecided => &mut a.undecided,
            Outcome::Agent => &mut a.agent,
            Outcome::Open => &mut a.open,
        } += 1;
        a.automatic += i64::from(f.automatic().is_some());
    }

    fn add_answers(&mut self, f: &TicketFacts) {
        if let Some(responder) = f.first_reply_by {
            self.responders[responder as usize].first += 1;
        }
        if let Some(responder) = f.solved_by {
            let t = &mut self.responders[responder as usize];
            t.answered += 1;
            match f.resolution {
                Some(Resolution::Confirmed) => t.confirmed += 1,
                Some(Resolution::Silent) => t.silent += 1,
                Some(Resolution::Failed) => t.failed += 1,
                None => {}
            }
        }
        // A survey and its rating belong to whoever had answered when it was given.
        let rated = f.rating.map(|(_, responder)| responder);
        if let (true, Some(asked)) = (f.surveyed, rated.or(f.solved_by).or(f.first_reply_by)) {
            let t = &mut self.responders[asked as usize];
            t.surveys += 1;
            t.responses += i64::from(rated.is_some());
        }
        if let Some((value, responder)) = f.rating {
            let t = &mut self.responders[responder as usize];
            match value {
                RatingValue::Good => t.good += 1,
                RatingValue::Bad => t.bad += 1,
            }
        }
    }

    fn numbers(&self, work: &Work) -> Numbers {
        let automation = Automation {
            low: share(self.automation.confirmed, self.automation.tickets),
            high: share(self.automation.confirmed + self.automation.silent, self.automation.tickets),
            ..self.automation
        };
        let reviewed = Rate::new(self.reviewed_right, self.reviewed);
        Numbers {
            tickets: self.tickets,
            automation,
            reviewed,
            automation_reviewed: reviewed.rate.map(|right| {
                let sent = share(automation.automatic, automation.tickets);
                Share { rate: sent * right, low: sent * reviewed.low, high: sent * reviewed.high }
            }),
            csat: Rate::new(self.good, self.rated),
            response_rate: Rate::new(self.responses, self.surveys),
            responders: self.by_responder(),
            first_reply: self.first_reply.times(),
            resolution: self.resolution.times(),
            one_touch: Rate::new(self.one_touch, self.live_solved),
            recontact: Rate::new(self.recontact, self.ever_solved),
            backlog: self.backlog,
            agent_hours: self.agent_hours(),
            suggestions: Rate::new(self.used, self.suggested),
            saved: saved(&automation, work),
        }
    }

    fn by_responder(&self) -> Vec<ByResponder> {
        let some = |t: &Answers| t.first + t.answered + t.surveys + t.good + t.bad > 0;
        let all = Responder::ALL.iter().zip(&self.responders).filter(|(_, t)| some(t));
        let one = |(&responder, t): (&Responder, &Answers)| ByResponder {
            responder,
            first_replies: t.first,
            answered: t.answered,
            confirmed: t.confirmed,
            silent: t.silent,
            failed: t.failed,
            surveys: t.surveys,
            good: t.good,
            bad: t.bad,
            response_rate: Rate::new(t.responses, t.surveys),
            csat: Rate::new(t.good, t.good + t.bad),
        };
        all.map(one).collect()
    }

    fn agent_hours(&self) -> AgentHours {
        let stretches: i64 = self.stretches.values().map(Stretches::count).sum();
        let hours = (stretches * STRETCH) as f64 / crate::time::HOUR as f64;
        let per_hour = (stretches > 0).then(|| self.by_agents as f64 / hours);
        AgentHours { solved: self.by_agents, hours, per_hour }
    }
}

fn saved(a: &Automation, work: &Work) -> Saved {
    let hours = |right: i64| work.hours_saved(right as f64, a.failed as f64);
    let (hours_low, hours_high) = (hours(a.confirmed), hours(a.confirmed + a.silent));
    let money = |hours: f64| work.money_per_hour.map(|each| hours * each);
    Saved { hours_low, hours_high, money_low: money(hours_low), money_high: money(hours_high) }
}

fn share(count: i64, of: i64) -> f64 {
    if of == 0 { 0.0 } else { count as f64 / of as f64 }
}

/// A set of stretches of the clock: one bit each, from the first 64 that came.
#[derive(Debug, Clone, Default)]
struct Stretches {
    first: i64,
    bits: Vec<u64>,
}

impl Stretches {
    fn insert(&mut self, stretch: i64) {
        let word = stretch.div_euclid(64);
        if self.bits.is_empty() {
            self.first = word;
        }
        if word < self.first {
            let more = (self.first - word) as usize;
            self.bits.splice(0..0, std::iter::repeat_n(0, more));
            self.first = word;
        }
        let index = (word - self.first) as usize;
        if index >= self.bits.len() {
            self.bits.resize(index + 1, 0);
        }
        self.bits[index] |= 1 << stretch.rem_euclid(64);
    }

    fn count(&self) -> i64 {
        self.bits.iter().map(|word| i64::from(word.count_ones())).sum()
    }
}

/// Times of a few, for whoever has them as values.
impl Times {
    pub fn of(values: impl IntoIterator<Item = Millis>) -> Self {
        let mut spread = Spread::default();
        for value in values {
            spread.add(value);
        }
        spread.times()
    }
}
