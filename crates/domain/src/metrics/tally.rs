//! The counters behind a set of numbers.

use std::collections::BTreeMap;

use super::numbers::Share;
use super::spread::Spread;
use super::stretches::Stretches;
use super::{
    AgentHours, Automation, ByResponder, Numbers, Outcome, STRETCH, Saved, TicketFacts, Times, Work,
};
use crate::stats::Rate;
use crate::words::{Counted, RatingValue, Resolution, Responder};
use crate::{Millis, UserId};

#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
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
    pub(super) backlog: i64,
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

impl Answers {
    fn merge(&mut self, other: &Self) {
        let Self { first, answered, confirmed, silent, failed, surveys, responses, good, bad } = other;
        self.first += first;
        self.answered += answered;
        self.confirmed += confirmed;
        self.silent += silent;
        self.failed += failed;
        self.surveys += surveys;
        self.responses += responses;
        self.good += good;
        self.bad += bad;
    }
}

impl Tally {
    pub(super) fn add(&mut self, f: &TicketFacts) {
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

    /// Adds what another one counted, of other tickets. Naming every field, it cannot forget one.
    pub(super) fn merge(&mut self, other: &Self) {
        let Self {
            tickets,
            reviewed,
            reviewed_right,
            responses,
            surveys,
            good,
            rated,
            live_solved,
            one_touch,
            ever_solved,
            recontact,
            backlog,
            by_agents,
            suggested,
            used,
            automation,
            responders,
            first_reply,
            resolution,
            stretches,
        } = other;
        self.tickets += tickets;
        self.reviewed += reviewed;
        self.reviewed_right += reviewed_right;
        self.responses += responses;
        self.surveys += surveys;
        self.good += good;
        self.rated += rated;
        self.live_solved += live_solved;
        self.one_touch += one_touch;
        self.ever_solved += ever_solved;
        self.recontact += recontact;
        self.backlog += backlog;
        self.by_agents += by_agents;
        self.suggested += suggested;
        self.used += used;
        let a = &mut self.automation;
        let Automation {
            tickets,
            automatic,
            confirmed,
            silent,
            failed,
            undecided,
            agent,
            open,
            low: _,
            high: _,
        } = automation;
        a.tickets += tickets;
        a.automatic += automatic;
        a.confirmed += confirmed;
        a.silent += silent;
        a.failed += failed;
        a.undecided += undecided;
        a.agent += agent;
        a.open += open;
        for (own, other) in self.responders.iter_mut().zip(responders) {
            own.merge(other);
        }
        self.first_reply.merge(first_reply);
        self.resolution.merge(resolution);
        for (&agent, stretches) in stretches {
            self.stretches.entry(agent).or_default().merge(stretches);
        }
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

    pub(super) fn numbers(&self, work: &Work) -> Numbers {
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
