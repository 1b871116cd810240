//! The control room: what is worth doing next in each category, why, and how much work it would save.

use std::cmp::Ordering;

use serde::Serialize;

use crate::stats::Rate;
use crate::words::Mode;

pub mod curve;

/// What an answered ticket costs an agent, in minutes, until the team says otherwise.
pub const MINUTES_PER_TICKET: f64 = 5.0;
/// What a wrong answer costs: reading the ticket again, answering, setting it right.
pub const MINUTES_PER_MISTAKE: f64 = 10.0;

/// Labelled tickets in a row that must be right to prove `target` with an error of `delta`, if not one is wrong.
pub fn least_to_prove(target: f64, delta: f64) -> i64 {
    (delta.ln() / target.ln()).ceil().max(1.0) as i64
}

/// What the ranking looks at in a category.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Tickets of the last 30 days.
    pub tickets: i64,
    pub mode: Mode,
    pub rollout: f64,
    pub holdout: f64,
    pub blind: f64,
    pub paused: bool,
    /// A certificate holds.
    pub proved: bool,
    pub target: f64,
    /// Share of tickets above the threshold that is proved or, without a proof, that the history lets expect; None
    /// when no threshold kept the target.
    pub coverage: Option<f64>,
    /// Past tickets that the coverage was seen on.
    pub seen: i64,
    /// Reviews of what was sent.
    pub reviewed: Rate,
    /// Labelled tickets still to be collected for a certificate, as far as it is known.
    pub need: Option<i64>,
}

/// What to do next in a category, or that nothing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Paused: somebody has to decide.
    Resume,
    /// On, and the reviews so far lie wholly below the promise.
    LookCloser,
    /// Proved, but not on.
    TurnOn,
    /// On for some, and keeps its promise.
    Widen,
    /// The history lets expect that it can be proved: shadow would try.
    Shadow,
    /// Too few answered tickets to prove anything.
    Collect,
    /// On, and keeps its promise.
    Keep,
    /// Answers are confused too often for the target.
    Leave,
    /// Nothing came in.
    Quiet,
}

/// The next step, with the number that its reason names.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = NextStep)]
pub struct Next {
    pub step: Step,
    /// Tickets a month that the step would let be answered, or that are.
    pub answers: Option<i64>,
    /// Answered tickets to collect.
    pub more: Option<i64>,
}

/// Share of requesters who see what is switched on, at a rollout.
pub fn reached(rollout: f64, holdout: f64, blind: f64) -> f64 {
    (1.0 - blind) * (1.0 - holdout) * rollout
}

/// Fewer tickets than this say nothing about whether a threshold keeps a target.
const LEAST_SEEN: i64 = 40;

impl Standing {
    pub fn next(&self) -> Next {
        let step = self.step();
        let share = match step {
            Step::TurnOn | Step::Shadow => reached(1.0, self.holdout, self.blind),
            Step::Widen => reached(1.0 - self.rollout, self.holdout, self.blind),
            _ => reached(self.rollout, self.holdout, self.blind),
        };
        let answers = (self.tickets as f64 * self.coverage.unwrap_or(0.0) * share).round() as i64;
        let named = matches!(step, Step::TurnOn | Step::Widen | Step::Shadow | Step::Keep);
        Next {
            step,
            answers: named.then_some(answers),
            more: (step == Step::Collect).then(|| self.need.unwrap_or(1).max(1)),
        }
    }

    fn step(&self) -> Step {
        let on = self.mode == Mode::Auto;
        if on && self.paused {
            return Step::Resume;
        }
        if self.tickets == 0 {
            return Step::Quiet;
        }
        if on && self.proved {
            let below = self.reviewed.of > 0 && self.reviewed.high < self.target;
            return match (below, self.rollout < 1.0) {
                (true, _) => Step::LookCloser,
                (false, true) => Step::Widen,
                (false, false) => Step::Keep,
            };
        }
        if self.proved {
            return Step::TurnOn;
        }
        let tried = on || self.mode == Mode::Shadow;
        match (self.need, self.coverage) {
            (Some(_), _) => Step::Collect,
            // What was tried in vain without lacking tickets, and what the history shows to be hopeless.
            (None, None) if self.seen >= LEAST_SEEN => Step::Leave,
            (None, _) if tried && self.seen >= LEAST_SEEN => Step::Leave,
            (None, Some(_)) if self.seen >= LEAST_SEEN => Step::Shadow,
            (None, _) => Step::Collect,
        }
    }
}

impl Next {
    /// First what is broken, then what gains most, then what comes closer by collecting, then what needs nothing.
    /// `tickets` are the category's in a month.
    pub fn before(&self, tickets: i64, other: &Self, others: i64) -> Ordering {
        let by_class = self.class().cmp(&other.class());
        let by_worth = other.worth(others).total_cmp(&self.worth(tickets));
        by_class.then(by_worth)
    }

    fn class(&self) -> u8 {
        match self.step {
            Step::Resume => 0,
            Step::LookCloser => 1,
            Step::TurnOn | Step::Widen | Step::Shadow => 2,
            Step::Collect => 3,
            Step::Keep => 4,
            Step::Leave => 5,
            Step::Quiet => 6,
        }
    }

    fn worth(&self, tickets: i64) -> f64 {
        let answers = self.answers.unwrap_or(tickets) as f64;
        match self.step {
            // What is not proved yet may fail to be.
            Step::Shadow => answers / 2.0,
            Step::Collect => tickets as f64 / self.more.unwrap_or(1).max(1) as f64,
            _ => answers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: Standing = Standing {
        tickets: 1_000,
        mode: Mode::Auto,
        rollout: 1.0,
        holdout: 0.0,
        blind: 0.05,
        paused: false,
        proved: true,
        target: 0.95,
        coverage: Some(0.4),
        seen: 200,
        reviewed: Rate { count: 98, of: 100, rate: Some(0.98), low: 0.93, high: 0.99 },
        need: None,
    };
    const OFF: Standing = Standing { mode: Mode::Off, proved: false, ..ON };

    #[test]
    fn each_standing_has_its_step_and_its_number() {
        let next = |s: Standing| (s.next().step, s.next().answers, s.next().more);
        assert_eq!(next(Standing { paused: true, ..ON }), (Step::Resume, None, None));
        assert_eq!(next(ON), (Step::Keep, Some(380), None));
        assert_eq!(next(Standing { rollout: 0.1, ..ON }), (Step::Widen, Some(342), None));
        assert_eq!(
            next(Standing { mode: Mode::Shadow, rollout: 0.1, ..ON }),
            (Step::TurnOn, Some(380), None)
        );
        assert_eq!(next(OFF), (Step::Shadow, Some(380), None));
        assert_eq!(next(Standing { coverage: None, ..OFF }), (Step::Leave, None, None));
        assert_eq!(next(Standing { need: Some(38), ..OFF }), (Step::Collect, None, Some(38)));
        assert_eq!(next(Standing { seen: 3, ..OFF }), (Step::Collect, None, Some(1)));
        assert_eq!(next(Standing { mode: Mode::Auto, ..OFF }).0, Step::Leave);
        assert_eq!(next(Standing { tickets: 0, ..ON }).0, Step::Quiet);
    }

    #[test]
    fn reviews_speak_only_once_all_they_allow_lies_below_the_promise() {
        let reviewed = |right, of| Standing { reviewed: Rate::new(right, of), ..ON }.next().step;
        assert_eq!(reviewed(0, 0), Step::Keep);
        assert_eq!(reviewed(9, 10), Step::Keep);
        assert_eq!(reviewed(80, 100), Step::LookCloser);
    }

    #[test]
    fn what_is_broken_comes_first_and_what_gains_more_before_what_gains_less() {
        let standings = [
            Standing { tickets: 0, ..ON },
            OFF,
            Standing { need: Some(500), ..OFF },
            Standing { need: Some(5), ..OFF },
            ON,
            Standing { mode: Mode::Shadow, tickets: 100, ..ON },
            Standing { mode: Mode::Shadow, tickets: 600, ..ON },
            Standing { paused: true, tickets: 1, ..ON },
        ];
        let mut order: Vec<usize> = (0..standings.len()).collect();
        order.sort_by(|&a, &b| {
            let (a, b) = (standings[a], standings[b]);
            a.next().before(a.tickets, &b.next(), b.tickets)
        });
        assert_eq!(order, [7, 6, 1, 5, 3, 2, 4, 0]);
    }

    #[test]
    fn fewest_labels_that_prove_a_target() {
        // 0.95^59 is the first power below 5%.
        assert_eq!(least_to_prove(0.95, 0.05), 59);
    }
}
