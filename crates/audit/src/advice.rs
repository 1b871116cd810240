//! What to do with a category, and why: the rules behind the plan.

use domain::numerals::{percent, thousands};
use learn::binomial_tail;

use crate::forecast::ratio;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Answers may go out by themselves.
    Auto,
    /// Good enough to show to an agent.
    Suggest,
    /// Promising, and not proved yet.
    CollectMore,
    /// For people.
    #[default]
    Leave,
}

impl Advice {
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "Automate",
            Self::Suggest => "Suggest",
            Self::CollectMore => "Collect more",
            Self::Leave => "Leave to people",
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Suggest => "suggest",
            Self::CollectMore => "collect_more",
            Self::Leave => "leave",
        }
    }
}

/// A category's later tickets, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub later: usize,
    /// Later tickets that some answer fitted, and for how many of them the learner puts the right one first.
    pub known: usize,
    pub first: usize,
    /// Above the certified threshold, and right.
    pub answered: usize,
    pub right: usize,
}

/// Less than this share answered is not worth a switch.
const WORTH: f64 = 0.1;
/// The right answer is first for at least so many of the tickets that have one, and so many have one.
const HELPFUL: f64 = 0.6;
const KNOWN: f64 = 0.3;
const FEW: usize = 30;

pub(crate) fn advise(c: &Counts, target: f64, confidence: f64) -> (Advice, String) {
    let delta = 1.0 - confidence;
    let goal = percent(target);
    let wrong = c.answered - c.right;
    let proved = c.answered > 0 && binomial_tail(c.answered, wrong, 1.0 - target) <= delta;
    let said = || {
        format!(
            "{} of {} later tickets would have been answered, {} of them rightly ({}).",
            thousands(c.answered),
            thousands(c.later),
            thousands(c.right),
            percent_of(c.right, c.answered)
        )
    };
    if proved && ratio(c.answered, c.later) >= WORTH {
        return (Advice::Auto, format!("{} That proves at least {goal} for this category alone.", said()));
    }
    let promising =
        c.answered > 0 && ratio(c.right, c.answered) >= target && ratio(c.answered, c.later) >= WORTH;
    if promising {
        let more = more_needed(c, target, delta);
        return (
            Advice::CollectMore,
            format!("{} About {} more like these would prove {goal}.", said(), thousands(more)),
        );
    }
    if c.later < FEW {
        return (
            Advice::CollectMore,
            format!("Only {} later tickets: too few to say anything.", thousands(c.later)),
        );
    }
    let first = format!(
        "The right answer comes first for {} of the {} tickets that have one ({})",
        thousands(c.first),
        thousands(c.known),
        percent_of(c.first, c.known)
    );
    if ratio(c.known, c.later) >= KNOWN && ratio(c.first, c.known) >= HELPFUL {
        let why = if proved {
            "but few are sure enough to go out by themselves"
        } else if c.answered > 0 {
            "but those it would have sent were not right often enough"
        } else {
            "but none is sure enough to go out by itself"
        };
        return (Advice::Suggest, format!("{first}, {why}."));
    }
    if ratio(c.known, c.later) < KNOWN {
        let none = c.later - c.known;
        return (
            Advice::Leave,
            format!(
                "No repeated answer fits {} of {} later tickets ({}).",
                thousands(none),
                thousands(c.later),
                percent_of(none, c.later)
            ),
        );
    }
    (Advice::Leave, format!("{first}: the questions do not tell the answers apart."))
}

/// How many more answered tickets, right as often as so far, would prove the target.
fn more_needed(c: &Counts, target: f64, delta: f64) -> usize {
    const MOST: usize = 100_000;
    // Few tickets without a mistake do not mean that there will be none.
    let rate = ratio(c.answered - c.right, c.answered).max((1.0 - target) / 4.0).min((1.0 - target) * 0.8);
    let mut n = c.answered.max(10);
    while n < MOST && binomial_tail(n, (n as f64 * rate).ceil() as usize, 1.0 - target) > delta {
        n += n / 20 + 1;
    }
    let more = n.saturating_sub(c.answered).max(1);
    // A rough number looks rough.
    let step = 10_usize.pow((more.ilog10()).saturating_sub(1));
    more.div_ceil(step) * step
}

/// As many digits as the count supports.
pub fn percent_of(part: usize, whole: usize) -> String {
    let share = ratio(part, whole) * 100.0;
    if whole >= 200 { format!("{share:.1}%") } else { format!("{share:.0}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(later: usize, known: usize, first: usize, answered: usize, right: usize) -> (Advice, String) {
        advise(&Counts { later, known, first, answered, right }, 0.95, 0.95)
    }

    #[test]
    fn advice_follows_the_counts() {
        let (advice, why) = told(1_204, 1_100, 1_050, 700, 690);
        assert_eq!(advice, Advice::Auto);
        assert!(
            why.contains("700 of 1,204 later tickets would have been answered, 690 of them rightly"),
            "{why}"
        );
        assert_eq!(told(60, 60, 59, 40, 40).0, Advice::CollectMore);
        assert_eq!(told(500, 450, 350, 100, 90).0, Advice::Suggest);
        assert_eq!(told(500, 450, 350, 0, 0).0, Advice::Suggest);
        assert_eq!(told(500, 450, 350, 20, 20).0, Advice::Suggest, "too few to be worth a switch");
        assert_eq!(told(500, 100, 90, 0, 0).0, Advice::Leave);
        assert_eq!(told(500, 450, 100, 0, 0).0, Advice::Leave);
        assert_eq!(told(0, 0, 0, 0, 0).0, Advice::CollectMore);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!((thousands(1_234_567), thousands(12)), ("1,234,567".into(), "12".into()));
        assert_eq!((percent(0.95), percent(0.975)), ("95%".into(), "97.5%".into()));
        assert_eq!((percent_of(1, 3), percent_of(0, 0)), ("33%".into(), "0%".into()));
    }
}
