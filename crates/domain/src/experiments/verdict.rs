//! What an experiment shows, in words.

use serde::Serialize;

use super::compare::{ALPHA, WINDOW};
use super::{Comparison, Estimate, Experiment, Results, found_after};
use crate::numerals::thousands;
use crate::time::DAY;
use crate::words::{ExperimentState, Outcome, Side};

/// Differences that a forecast speaks of, in points, largest first.
const POINTS: [u32; 8] = [10, 8, 6, 5, 4, 3, 2, 1];
const MOST: u64 = 2_000_000;

/// What is shown so far. The text says it all; the side is for colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = ExperimentVerdict)]
pub struct Verdict {
    /// The side found better in something and worse in nothing.
    pub better: Option<Side>,
    pub text: String,
}

pub fn verdict(experiment: &Experiment, results: &Results) -> Verdict {
    let found: Vec<(Outcome, Side)> =
        Outcome::ALL.iter().filter_map(|&o| results.better(o).map(|side| (o, side))).collect();
    let better = found.first().map(|f| f.1).filter(|side| found.iter().all(|f| f.1 == *side));
    let mut sentences: Vec<String> = Vec::new();
    if experiment.state() == ExperimentState::Ended {
        let why = experiment.end.as_deref().unwrap_or("it was over");
        sentences.push(format!("Stopped: {why}."));
    }
    sentences.extend(found.iter().filter_map(|&(outcome, side)| sentence(results, outcome, side)));
    match (found.is_empty(), better) {
        (true, _) => sentences.push(nothing(experiment, results)),
        (false, None) => {
            sentences.push("Each side is better at something: which counts more is yours to say.".into());
        }
        _ => {}
    }
    Verdict { better, text: sentences.join(" ") }
}

/// What was found in an outcome, the better side first.
fn sentence(results: &Results, outcome: Outcome, side: Side) -> Option<String> {
    let comparisons: Vec<&Comparison> = results.comparisons.iter().filter(|c| c.outcome == outcome).collect();
    let first = *comparisons.first()?;
    let (name, other) = match side {
        Side::A => ("A", "B"),
        Side::B => ("B", "A"),
    };
    let pair = |c: &Comparison, show: fn(&Estimate) -> String| {
        let (mine, theirs) = if side == Side::B { (&c.b, &c.a) } else { (&c.a, &c.b) };
        (show(mine), show(theirs))
    };
    let (mine, theirs) = pair(first, if outcome == Outcome::Time { time } else { share });
    let of = thousands(first.difference.n);
    Some(match outcome {
        Outcome::Confirmed => {
            format!("{name} is confirmed more often: {mine} against {theirs} with {other}, of {of} tickets.")
        }
        Outcome::Recontact => {
            format!(
                "After {name} fewer write again within 7 days: {mine} against {theirs} after {other}, of {of} tickets."
            )
        }
        Outcome::Time => {
            format!(
                "{name} takes less time: {mine} against {theirs} with {other} on average, over {of} tickets."
            )
        }
        Outcome::Csat => {
            let (mine_bad, theirs_bad) = pair(comparisons.get(1)?, unhappy);
            format!(
                "{name} is rated better, however those felt who gave no rating: {mine} of tickets rated good against \
                 {theirs} with {other}, {mine_bad} rated bad against {theirs_bad}, of {of} tickets."
            )
        }
    })
}

fn share(e: &Estimate) -> String {
    range(e.low * 100.0, e.high * 100.0, "%")
}

fn unhappy(e: &Estimate) -> String {
    range((1.0 - e.high) * 100.0, (1.0 - e.low) * 100.0, "%")
}

fn time(e: &Estimate) -> String {
    let days = (WINDOW / DAY) as f64;
    let (low, high) = (e.low * days, e.high * days);
    if high < 2.0 { range(low * 24.0, high * 24.0, " hours") } else { range(low, high, " days") }
}

fn range(low: f64, high: f64, unit: &str) -> String {
    // One digit more where whole ones would be the same.
    if low.round() == high.round() {
        return format!("{low:.1}–{high:.1}{unit}");
    }
    format!("{low:.0}–{high:.0}{unit}")
}

fn nothing(experiment: &Experiment, results: &Results) -> String {
    match experiment.state() {
        ExperimentState::Draft => return "Not started.".into(),
        ExperimentState::Ended => return "No difference was found.".into(),
        ExperimentState::Running => {}
    }
    if results.counted == 0 {
        return "No ticket has been counted yet: each counts 14 days after it came.".into();
    }
    let Some(confirmed) = results.comparisons.first() else { return "No difference found yet.".into() };
    let counted = confirmed.difference.n;
    let alpha = ALPHA / Outcome::ALL.len() as f64;
    let need = |points: u32| {
        // The sequence sees a quarter of the difference; see `compare`.
        let off = f64::from(points) / 400.0;
        found_after(alpha, off, confirmed.variance, MOST).map_or(i64::MAX, |n| n as i64)
    };
    let open = POINTS.iter().map(|&points| (points, need(points))).find(|&(_, need)| need > counted);
    let Some((points, need)) = open.filter(|&(_, need)| need < i64::MAX) else {
        return "No difference found yet: even one of a point would most likely have shown by now.".into();
    };
    let noun = if points == 1 { "point" } else { "points" };
    let when = after(need - counted, results.lately);
    format!(
        "No difference found yet in {} tickets. One of {points} {noun} in confirmed answers would show after {when}.",
        thousands(counted)
    )
}

/// How long until so many more tickets have been counted, at the pace of the last four weeks.
fn after(tickets: i64, lately: i64) -> String {
    if lately <= 0 {
        return format!("about {} more tickets", thousands(tickets));
    }
    let weeks = (tickets as f64 * 4.0 / lately as f64).ceil().max(1.0);
    match weeks as i64 {
        1 => "about a week more".into(),
        weeks @ 2..=104 => format!("about {weeks} more weeks"),
        _ => format!("about {} more tickets, more than two years at the present pace", thousands(tickets)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::{Later, Seen, Subject, results};
    use crate::time::HOUR;
    use crate::words::RatingValue;
    use crate::{CategoryId, ExperimentId};

    fn running() -> Experiment {
        Experiment {
            id: ExperimentId(1),
            name: "Models".into(),
            category: CategoryId::DEFAULT,
            subject: Subject::Model { a: 1, b: 2 },
            share: 1.0,
            reason: None,
            created_by: "Ada".into(),
            created_at: 0,
            started_at: Some(0),
            ends_at: None,
            ended_at: None,
            end: None,
            adopted: None,
        }
    }

    /// Of every ten tickets of a side, so many are confirmed and rated good; the others are rated bad.
    fn tickets(n: i64, of_ten: [i64; 2], hours: [i64; 2]) -> Results {
        let seen: Vec<Seen> = (0..n)
            .map(|i| {
                let b = usize::from((i / 3 + i) % 2 == 1);
                let confirmed = (i * 7 / 3) % 10 < of_ten[b];
                let rating = Some(if confirmed { RatingValue::Good } else { RatingValue::Bad });
                let solved_after = Some(hours[b] * HOUR);
                Seen {
                    side: [Side::A, Side::B][b],
                    came_at: i * HOUR,
                    again: Some(!confirmed),
                    later: Some(Later { confirmed, asked: true, rating, solved_after }),
                }
            })
            .collect();
        results(&seen, n * HOUR + WINDOW)
    }

    #[test]
    fn a_winner_is_named_with_both_intervals() {
        let verdict = verdict(&running(), &tickets(2_000, [5, 8], [30, 30]));
        assert_eq!(verdict.better, Some(Side::B));
        for part in ["B is confirmed more often: ", "fewer write again", "rated better", "of 2,000 tickets"] {
            assert!(verdict.text.contains(part), "{}", verdict.text);
        }
    }

    #[test]
    fn where_each_is_better_at_something_nobody_wins() {
        let verdict = verdict(&running(), &tickets(2_000, [5, 8], [10, 200]));
        assert_eq!(verdict.better, None);
        assert!(verdict.text.contains("A takes less time: "), "{}", verdict.text);
        assert!(verdict.text.ends_with("yours to say."), "{}", verdict.text);
    }

    #[test]
    fn without_a_finding_it_says_what_would_show_and_when() {
        let none = verdict(&running(), &tickets(0, [5, 5], [1, 1]));
        assert!(none.text.starts_with("No ticket has been counted yet"), "{}", none.text);
        let some = verdict(&running(), &tickets(900, [5, 5], [1, 1]));
        assert_eq!(some.better, None);
        assert!(some.text.starts_with("No difference found yet in 900 tickets. One of "), "{}", some.text);
        assert!(some.text.contains(" more"), "{}", some.text);
    }

    #[test]
    fn what_was_stopped_says_why_first() {
        let ended = Experiment { ended_at: Some(9), end: Some("the policy was changed".into()), ..running() };
        let text = verdict(&ended, &tickets(100, [5, 5], [1, 1])).text;
        assert_eq!(text, "Stopped: the policy was changed. No difference was found.");
    }
}
