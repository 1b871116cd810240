//! The guardrail: whether what is sent by itself is still right often enough, and what happens when it is not.
//!
//! Three things pause a category, and each can be recomputed from stored rows: blind reviews of a uniform sample of
//! what was sent show precision below the target ([`reviewed`]), more answers come back than before ([`Returns`]),
//! or nobody does the reviews ([`Backlog`]). A paused category acts as `suggest`.
//!
//! **False pauses.** At a precision of exactly the target the reviews pause a category with a chance of at most
//! [`REVIEWS_ALPHA`] a year, and answers that come back as before do so with at most [`RETURNS_ALPHA`] and the chance,
//! 1 in 2,000, that the first hundred answers came back unusually seldom: 5% together. The bound is for each
//! category, holds whatever the order of events and however often somebody looks, and is proved in [`evidence`].

use crate::Millis;
use crate::stats::wilson_at;
use crate::time::{DAY, HOUR};
use crate::words::PauseKind;

pub mod evidence;
pub mod power;

pub use evidence::Evidence;

/// Chance a year that reviews pause a category whose precision is exactly its target.
pub const REVIEWS_ALPHA: f64 = 0.04;
/// Chance a year that returns pause a category whose answers come back as often as in the beginning.
pub const RETURNS_ALPHA: f64 = 0.009;
/// Standard deviations by which a week's returns exceed what was before when reviews are taken more often. Wrong
/// about once a year, which costs some reviews.
const CLOSER_LOOK: f64 = 3.0;
const WEEK: usize = 7;
/// Answers after which it is known how many come back at the best of times.
const REFERENCE: i64 = 300;
/// One-sided 99.95% of the normal distribution.
const Z_REFERENCE: f64 = 3.290_5;
/// How long an answer has time to come back before it is counted: failures must not arrive before successes.
pub const RETURN_WINDOW: Millis = 2 * DAY;
/// A review is late after this long.
pub const LATE: Millis = 72 * HOUR;
/// With a larger share of reviews late than this, nobody is watching.
const MOST_LATE: f64 = 0.2;
/// Fewer reviews than this say nothing about who is watching.
const LEAST_WANTED: i64 = 5;

/// Why a category is paused, since when.
#[derive(Debug, Clone, PartialEq)]
pub struct Pause {
    pub kind: PauseKind,
    pub at: Millis,
    /// The counts behind it, for a person.
    pub why: String,
}

impl Pause {
    /// For a decision's reason.
    pub fn in_words(&self) -> String {
        match self.kind {
            PauseKind::Precision => format!("the guardrail paused it: {}", self.why),
            PauseKind::Returns => format!("the guardrail paused it: {}", self.why),
            PauseKind::Unwatched => format!("nobody is watching: {}", self.why),
        }
    }
}

/// One settled review of the uniform sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looked {
    pub at: Millis,
    pub right: bool,
}

/// The evidence of settled reviews, oldest first, against precision being at least `target`, since `since`.
///
/// A review counts when it is settled. One that two people disagree about settles later and is wrong more often than
/// others; these are few (a fifth is seen by two, of which most agree) and come one by one, among others.
pub fn reviewed(target: f64, since: Millis, looked: &[Looked]) -> Evidence {
    let mut evidence = Evidence::against(1.0 - target);
    let mut last = since;
    for one in looked {
        evidence.observe(one.at - last, u64::from(!one.right), 1);
        last = last.max(one.at);
    }
    evidence
}

/// What was sent on one day, and how much of it came back within [`RETURN_WINDOW`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub start: Millis,
    pub sent: i64,
    pub back: i64,
}

/// Whether more comes back than in the beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Returns {
    pub sent: i64,
    pub back: i64,
    /// What is allowed to come back: as much as in the first three hundred answers, with room for chance. None before.
    pub allowed: Option<f64>,
    pub wealth: f64,
    /// Whether to look closer: clearly more came back in the last week than before.
    pub rises: bool,
}

impl Returns {
    /// From days in order, all of whose answers have had their time to come back.
    pub fn of(days: &[Day]) -> Self {
        let (mut sent, mut back) = (0, 0);
        let mut test: Option<(f64, Evidence, Millis)> = None;
        for day in days {
            sent += day.sent;
            back += day.back;
            match &mut test {
                Some((_, evidence, last)) => {
                    let back = day.back.clamp(0, day.sent);
                    evidence.observe(day.start - *last, back as u64, day.sent.max(0) as u64);
                    *last = day.start;
                }
                None if sent >= REFERENCE => {
                    let allowed = wilson_at(back, sent, Z_REFERENCE).1;
                    test = Some((allowed, Evidence::against(allowed), day.start));
                }
                None => {}
            }
        }
        let wealth = test.as_ref().map_or(0.0, |(_, evidence, _)| evidence.wealth());
        Self { sent, back, allowed: test.map(|(allowed, ..)| allowed), wealth, rises: rises(days) }
    }

    pub fn alarms(&self) -> bool {
        self.wealth >= 1.0 / RETURNS_ALPHA
    }
}

/// Whether clearly more came back in the last seven days than in those before.
fn rises(days: &[Day]) -> bool {
    let (before, week) = days.split_at(days.len().saturating_sub(WEEK));
    let sums = |days: &[Day]| {
        days.iter().fold((0.0, 0.0), |(sent, back), d| (sent + d.sent as f64, back + d.back as f64))
    };
    let ((sent_before, back_before), (sent, back)) = (sums(before), sums(week));
    if sent_before < REFERENCE as f64 || sent <= 0.0 {
        return false;
    }
    // One more on either side, so that a share is never exactly 0.
    let usual = (back_before + 1.0) / (sent_before + 2.0);
    let deviation = (usual * (1.0 - usual) * (1.0 / sent + 1.0 / sent_before)).sqrt();
    back / sent - usual > CLOSER_LOOK * deviation
}

/// Reviews that were asked for and have had their time, or were done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Asked for in the last two weeks.
    pub wanted: i64,
    /// Of those, not done and older than [`LATE`].
    pub late: i64,
}

/// Reviews asked for longer ago than this say nothing about who is watching today.
pub const BACKLOG_WINDOW: Millis = 14 * DAY;

impl Backlog {
    pub fn nobody_watches(self) -> bool {
        self.wanted >= LEAST_WANTED && self.late as f64 > MOST_LATE * self.wanted as f64
    }
}

/// Whether the counts ask for a pause, and why.
pub fn alarm(
    evidence: &Evidence,
    looked: &[Looked],
    returns: &Returns,
    backlog: Backlog,
) -> Option<(PauseKind, String)> {
    if evidence.wealth() >= 1.0 / REVIEWS_ALPHA {
        let recent = recent(looked);
        let wrong = recent.iter().filter(|l| !l.right).count();
        let why = format!("{wrong} of the last {} reviewed answers were wrong", recent.len());
        return Some((PauseKind::Precision, why));
    }
    if returns.alarms() {
        let allowed = crate::numerals::percent(returns.allowed.unwrap_or(0.0));
        let why =
            format!("{} of {} answers came back, and more than {allowed} do now", returns.back, returns.sent);
        return Some((PauseKind::Returns, why));
    }
    backlog.nobody_watches().then(|| {
        let why = format!("{} of {} reviews were not done within 72 hours", backlog.late, backlog.wanted);
        (PauseKind::Unwatched, why)
    })
}

/// What a person is told of: the latest reviews, at most fifty.
fn recent(looked: &[Looked]) -> &[Looked] {
    &looked[looked.len().saturating_sub(50)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(hours: i64, rights: &[bool]) -> Vec<Looked> {
        rights
            .iter()
            .enumerate()
            .map(|(i, &right)| Looked { at: (i as i64 + 1) * hours * HOUR, right })
            .collect()
    }

    #[test]
    fn a_run_of_wrong_answers_pauses_and_a_good_stretch_does_not() {
        let none = Returns::of(&[]);
        let good = every(5, &[true; 400]);
        let evidence = reviewed(0.95, 0, &good);
        assert!(evidence.wealth() < 1.0, "{}", evidence.wealth());
        assert_eq!(alarm(&evidence, &good, &none, Backlog::default()), None);
        // The fall comes late, after a long good stretch: every fifth is wrong.
        let mut then = vec![true; 400];
        then.extend((0..120).map(|i| i % 5 != 0));
        let looked = every(5, &then);
        let evidence = reviewed(0.95, 0, &looked);
        let (kind, why) = alarm(&evidence, &looked, &none, Backlog::default()).unwrap();
        assert_eq!(
            (kind, why.as_str()),
            (PauseKind::Precision, "10 of the last 50 reviewed answers were wrong")
        );
    }

    #[test]
    fn returns_are_compared_with_those_of_the_beginning() {
        let day = |i: i64, back| Day { start: i * DAY, sent: 50, back };
        let calm: Vec<Day> = (0..60).map(|i| day(i, 4)).collect();
        let calm_returns = Returns::of(&calm);
        assert!(!calm_returns.rises && calm_returns.allowed.is_some_and(|a| a > 0.08 && a < 0.25));
        assert_eq!((calm_returns.sent, calm_returns.back), (3_000, 240));
        let rising: Vec<Day> = (0..60).map(|i| day(i, if i < 50 { 4 } else { 20 })).collect();
        assert!(Returns::of(&rising[..53]).rises);
        assert!(Returns::of(&rising).alarms());
        assert_eq!(Returns::of(&calm[..1]).allowed, None);
    }

    #[test]
    fn nobody_watches_when_more_than_a_fifth_is_late() {
        assert!(!Backlog { wanted: 10, late: 2 }.nobody_watches());
        assert!(Backlog { wanted: 10, late: 3 }.nobody_watches());
        assert!(!Backlog { wanted: 4, late: 4 }.nobody_watches());
        let backlog = Backlog { wanted: 10, late: 3 };
        let (kind, _) = alarm(&reviewed(0.95, 0, &[]), &[], &Returns::of(&[]), backlog).unwrap();
        assert_eq!(kind, PauseKind::Unwatched);
    }
}
