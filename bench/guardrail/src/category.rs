//! A simulated category, day by day: answers sent, some of them reviewed, some of them coming back.

use domain::guardrail::{Day, Evidence, RETURN_WINDOW, REVIEWS_ALPHA, Returns};
use domain::random::Random;
use domain::time::DAY;

use crate::SENT;

/// How often customers come back after a right and after a wrong answer.
const RIGHT_COMES_BACK: f64 = 0.08;
const WRONG_COMES_BACK: f64 = 0.4;
/// The share of weekly checks that may be wrong in a year, spread over its weeks.
const WEEKLY_ALPHA: f64 = 0.05 / 52.0;
const CLOSER: u64 = 5;

#[derive(Clone, Copy)]
pub(crate) struct Category {
    pub(crate) target: f64,
    pub(crate) precision: f64,
    pub(crate) falls_to: f64,
    pub(crate) on_day: usize,
}

#[derive(Clone, Copy)]
pub(crate) enum Watch {
    /// Deskwise's own; with `returns`, they pause too, and make it look five times as closely when they rise.
    Guardrail { reviews: u64, returns: bool },
    /// A one-sided binomial test of each week's reviews.
    Weekly { reviews: u64 },
}

/// When it is paused, in days, if that happens within `days`.
pub(crate) fn run_until_paused(category: Category, watch: Watch, days: usize, seed: u64) -> Option<f64> {
    let mut random = Random(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let mut evidence = Evidence::against(1.0 - category.target);
    let mut sent: Vec<Day> = Vec::new();
    let mut week = (0, 0);
    let mut closer = false;
    for day in 0..days {
        let precision = if day < category.on_day { category.precision } else { category.falls_to };
        let mut wrong = || u64::from(random.unit() >= precision);
        match watch {
            Watch::Guardrail { reviews, returns } => {
                let reviews = if closer { CLOSER * reviews } else { reviews }.min(SENT);
                for i in 0..reviews {
                    evidence.observe(DAY / reviews as i64, wrong(), 1);
                    if evidence.wealth() >= 1.0 / REVIEWS_ALPHA {
                        return Some(day as f64 + (i + 1) as f64 / reviews as f64);
                    }
                }
                if returns {
                    let wrong: u64 = (0..SENT).map(|_| wrong()).sum();
                    sent.push(Day {
                        start: day as i64 * DAY,
                        sent: SENT as i64,
                        back: back(&mut random, wrong),
                    });
                    let known = sent.len().saturating_sub((RETURN_WINDOW / DAY) as usize);
                    let returns = Returns::of(&sent[..known]);
                    if returns.alarms() {
                        return Some((day + 1) as f64);
                    }
                    closer = returns.rises;
                }
            }
            Watch::Weekly { reviews } => {
                week.0 += (0..reviews).map(|_| wrong()).sum::<u64>();
                week.1 += reviews;
                if day % 7 == 6 {
                    if at_least(week.0, week.1, 1.0 - category.target) <= WEEKLY_ALPHA {
                        return Some((day + 1) as f64);
                    }
                    week = (0, 0);
                }
            }
        }
    }
    None
}

/// The chance of `count` or more of `of` when each has chance `p`.
fn at_least(count: u64, of: u64, p: f64) -> f64 {
    let mut term = (1.0 - p).powf(of as f64);
    let mut below = 0.0;
    for k in 0..count {
        below += term;
        term *= (of - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
    }
    1.0 - below
}

/// How many of a day's answers come back, `wrong` of which were wrong.
fn back(random: &mut Random, wrong: u64) -> i64 {
    let chance = |i| if i < wrong { WRONG_COMES_BACK } else { RIGHT_COMES_BACK };
    (0..SENT).filter(|&i| random.unit() < chance(i)).count() as i64
}
