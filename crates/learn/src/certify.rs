//! The certificate: "answers above this threshold are right at least so often, with this confidence".
//!
//! Learn-then-Test (Angelopoulos et al. 2021, arXiv:2110.01052): a grid of thresholds, and the places where testing
//! starts, are fixed without looking at the tickets that certify. From each start testing goes on towards looser
//! thresholds, each with an exact binomial tail, until one fails; the starts share δ, and what a stretch without a
//! failure has not lost flows on to the next start (the fallback procedure, Wiens and Dmitrienko 2005). The loosest
//! that passed is the certificate's. Nothing here assumes that precision grows with the threshold, because it need
//! not.

use serde::{Deserialize, Serialize};

use crate::binomial::binomial_tail;
use crate::roles::Role;

/// One scored ticket that did not train the model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// The ticket's number, as in its [`crate::Row`].
    pub id: i64,
    /// What the ticket is used for.
    pub role: Role,
    /// Index in the model's labels.
    pub predicted: u32,
    /// The gate's probability that the predicted answer is right, 0 to 1.
    pub score: f64,
    /// Whether it was.
    pub right: bool,
    /// Whether some answer fitted the question at all.
    pub known: bool,
}

/// What was proved, and by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// The precision that was asked for and proved.
    pub target: f64,
    /// 1 − δ.
    pub confidence: f64,
    /// Answers with at least this score are covered.
    pub threshold: f64,
    /// Tickets that certified, answered or not.
    pub total: usize,
    /// Those at or above the threshold.
    pub answered: usize,
    /// The wrong ones among them; a question that no answer fits is wrong if answered.
    pub errors: usize,
    /// Share of `total` that no answer fitted. At 0 the certificate holds for known questions only.
    pub unknown_share: f64,
}

/// The outcome of trying to certify.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It was proved.
    Certified(Certificate),
    /// It was not.
    Need {
        /// About how many further tickets that certify would be needed.
        more: usize,
        /// What the tickets are short of, in a sentence.
        why: String,
    },
}

/// How many thresholds are tested (up to twice as many where each select ticket has its own), and the least
/// [`Role::Select`] tickets that may place them.
const GRID: usize = 48;
const LEAST_SELECT: usize = 40;
/// How much the scores' own promise counts against what the select tickets show, when the starts are placed. Chosen,
/// like the distance between the starts, on out-of-fold scores of BANKING77's and CLINC150's training parts.
const TRUST: f64 = 0.7;

/// Certifies `target` precision with confidence 1 − `delta`, or says how much is missing.
///
/// Callers filter `scores` to the category that they ask about. Only [`Role::Select`] tickets place the grid, only
/// [`Role::Certify`] tickets are tested.
///
/// ```
/// use learn::{Role, Scored, Verdict, certify};
/// let ticket = |i: i64, role| Scored { id: i, role, predicted: 0, score: 0.9, right: i % 50 != 0, known: true };
/// let mut scores: Vec<_> = (1..=200).map(|i| ticket(i, Role::Select)).collect();
/// scores.extend((1..=1000).map(|i| ticket(i, Role::Certify)));
/// let Verdict::Certified(certificate) = certify(&scores, 0.95, 0.05) else { panic!() };
/// assert_eq!((certificate.answered, certificate.errors), (1000, 20));
/// assert!(matches!(certify(&scores, 0.99, 0.05), Verdict::Need { .. }));
/// ```
pub fn certify(scores: &[Scored], target: f64, delta: f64) -> Verdict {
    if !(target > 0.0 && target < 1.0 && delta > 0.0 && delta < 1.0) {
        return Verdict::Need {
            more: 0,
            why: format!("the target {target} and the error {delta} must lie between 0 and 1"),
        };
    }
    let ranked = |role: Role| {
        let mut some: Vec<&Scored> =
            scores.iter().filter(|s| s.role == role && s.score.is_finite()).collect();
        some.sort_by(|a, b| b.score.total_cmp(&a.score));
        some
    };
    let select = ranked(Role::Select);
    let reserve = ranked(Role::Certify);
    let passed = walk(&plan(&select, reserve.len(), target, delta), &reserve, target, delta);
    match passed {
        Some((threshold, answered, errors)) => Verdict::Certified(Certificate {
            target,
            confidence: 1.0 - delta,
            threshold,
            total: reserve.len(),
            answered,
            errors,
            unknown_share: reserve.iter().filter(|s| !s.known).count() as f64 / reserve.len().max(1) as f64,
        }),
        None => need(&select, reserve.len(), target, delta),
    }
}

/// The error that attempt number `attempt` (from 1) may spend, so that all attempts together spend no more than
/// `delta`: δ/(k(k+1)).
///
/// ```
/// assert_eq!(learn::attempt_delta(0.05, 1), 0.025);
/// ```
pub fn attempt_delta(delta: f64, attempt: u32) -> f64 {
    let k = f64::from(attempt.max(1));
    delta / (k * (k + 1.0))
}

/// Tickets at or above the threshold, and the wrong ones among them; `ranked` is descending.
fn counts(ranked: &[&Scored], threshold: f64) -> (usize, usize) {
    let answered = ranked.partition_point(|s| s.score >= threshold);
    (answered, ranked[..answered].iter().filter(|s| !s.right).count())
}

/// What is tested, in order. Depends on the select tickets and the reserve's size alone.
struct Plan {
    /// From strict to loose.
    thresholds: Vec<f64>,
    /// Where testing starts, ascending; the first is 0.
    starts: Vec<usize>,
}

/// Tests as planned: the loosest threshold that passed, with its counts.
fn walk(plan: &Plan, reserve: &[&Scored], target: f64, delta: f64) -> Option<(f64, usize, usize)> {
    let each = delta / plan.starts.len() as f64;
    let mut passed = None;
    let mut level = 0.0;
    for (i, &threshold) in plan.thresholds.iter().enumerate() {
        if plan.starts.contains(&i) {
            level += each;
        } else if level == 0.0 {
            continue;
        }
        let (answered, errors) = counts(reserve, threshold);
        if answered > 0 && binomial_tail(answered, errors, 1.0 - target) <= level {
            passed = Some((threshold, answered, errors));
        } else {
            // Lost; the next start has its own.
            level = 0.0;
        }
    }
    passed
}

fn plan(select: &[&Scored], reserve: usize, target: f64, delta: f64) -> Plan {
    if select.len() < LEAST_SELECT {
        // Too few to choose by. The score is a calibrated probability, so starting where it equals the target is a
        // safe beginning: all answers above are expected to be better.
        let thresholds = (0..GRID).map(|i| target * (1.0 - 0.5 * i as f64 / GRID as f64)).collect();
        return Plan { thresholds, starts: vec![0] };
    }
    let growth = reserve as f64 / select.len() as f64;
    // Few tickets are taken one by one, so that a threshold can lie exactly where right and wrong part.
    let steps = if select.len() <= 2 * GRID { select.len() } else { GRID };
    let ends: Vec<usize> = (1..=steps).map(|i| i * select.len() / steps).collect();
    // How surprised a reserve that looks like the select tickets would be by a precision below target. Few tickets
    // select, so what they show counts less than what their scores, which are calibrated probabilities, let expect.
    let surprise = |n: usize| {
        let wrong = select[..n].iter().filter(|s| !s.right).count() as f64;
        let expected: f64 = select[..n].iter().map(|s| 1.0 - s.score).sum();
        let errors = (TRUST * expected + (1.0 - TRUST) * wrong) * growth;
        binomial_tail((n as f64 * growth) as usize, errors.ceil() as usize, 1.0 - target)
    };
    let surprises: Vec<f64> = ends.iter().map(|&n| surprise(n)).collect();
    let best = (0..ends.len()).min_by(|&a, &b| surprises[a].total_cmp(&surprises[b])).unwrap_or(0);
    // A second chance somewhat stricter, where both would be expected to pass with their half of δ.
    let before = (best + 1) * 7 / 10;
    let twice = before > 0 && surprises[before - 1].max(surprises[best]) <= delta / 2.0;
    let first = if twice { before - 1 } else { best };
    // An answer that is more likely wrong than right is not sent, however good the average.
    let floor = target / 2.0;
    let mut thresholds: Vec<f64> = ends[first..].iter().map(|&n| below(select, n, target)).collect();
    let start = thresholds[best - first];
    thresholds.dedup();
    thresholds.retain(|t| *t >= floor);
    if thresholds.is_empty() {
        thresholds.push(floor);
    }
    let mut starts = vec![0];
    starts.extend(thresholds.iter().position(|t| *t == start).filter(|&i| i > 0));
    Plan { thresholds, starts }
}

/// A threshold that the first `n` reach and the next does not: half way between, where no ticket has been, but not
/// below the target, so that a wide gap promises nothing that the score itself does not.
fn below(select: &[&Scored], n: usize, target: f64) -> f64 {
    let last = select[n - 1].score;
    let next = select.get(n).map_or(last, |s| s.score);
    last.min(f64::midpoint(last, next).max(target))
}

/// What would be needed, judged by the select tickets.
fn need(select: &[&Scored], have: usize, target: f64, delta: f64) -> Verdict {
    let least = (1..1_000_000).find(|&n| binomial_tail(n, 0, 1.0 - target) <= delta).unwrap_or(1_000_000);
    let mut best: Option<usize> = None;
    for n in (1..=select.len()).step_by((select.len() / GRID).max(1)) {
        let rate = select[..n].iter().filter(|s| !s.right).count() as f64 / n as f64;
        let rate = rate.max(0.5 / n as f64);
        if rate >= (1.0 - target) * 0.9 {
            continue;
        }
        let answered = enough(rate, least, target, delta);
        let total = (answered as f64 * select.len() as f64 / n as f64).ceil() as usize;
        best = Some(best.map_or(total, |b| b.min(total)));
    }
    let percent = (target * 1000.0).round() / 10.0;
    match best {
        Some(total) => {
            let more = total.saturating_sub(have).max(have / 4).max(1);
            Verdict::Need {
                more,
                why: format!(
                    "{have} labelled tickets do not prove {percent}%; about {more} more would, if they are like these"
                ),
            }
        }
        None if select.is_empty() => Verdict::Need {
            more: least.saturating_sub(have).max(1),
            why: format!(
                "{percent}% needs at least {least} right answers in a row; there are {have} labelled tickets to prove it by"
            ),
        },
        None => Verdict::Need {
            more: least.saturating_sub(have).max(have).max(1),
            why: format!(
                "no threshold reaches {percent}% on these tickets: the answers are confused too often for it"
            ),
        },
    }
}

/// The least number of answers that would prove `target` at this rate of errors.
fn enough(rate: f64, least: usize, target: f64, delta: f64) -> usize {
    let mut n = least;
    while n < 10_000_000 && binomial_tail(n, (n as f64 * rate).ceil() as usize, 1.0 - target) > delta {
        n += n / 8 + 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `wrong` of the hundred tickets at each score, from the best score down.
    fn tickets(wrong: [i64; 3]) -> Vec<Scored> {
        let at = |(step, wrong): (usize, i64)| {
            (0..100).map(move |i| Scored {
                id: i,
                role: Role::Certify,
                predicted: 0,
                score: 0.9 - step as f64 / 10.0,
                right: i >= wrong,
                known: true,
            })
        };
        wrong.into_iter().enumerate().flat_map(at).collect()
    }

    fn passes(wrong: [i64; 3], starts: &[usize]) -> Option<usize> {
        let tickets = tickets(wrong);
        let reserve: Vec<&Scored> = tickets.iter().collect();
        let plan = Plan { thresholds: vec![0.85, 0.75, 0.65], starts: starts.to_vec() };
        walk(&plan, &reserve, 0.95, 0.05).map(|p| p.1)
    }

    #[test]
    fn a_start_that_fails_leaves_the_next_one_its_own_share() {
        assert_eq!(passes([9, 0, 0], &[0]), None);
        assert_eq!(passes([9, 0, 0], &[0, 2]), None, "9 of 300 prove nothing at half of δ");
        assert_eq!(passes([6, 0, 0], &[0, 2]), Some(300));
    }

    #[test]
    fn what_was_not_lost_flows_on() {
        // 8 of 300: 3.4% at a precision of 95%, which is less than δ and more than half of it.
        assert_eq!(passes([0, 0, 8], &[0, 2]), Some(300));
        assert_eq!(passes([8, 0, 0], &[0, 2]), None);
    }
}
