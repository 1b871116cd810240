//! The way towards a goal: where it stands, how fast it moves, and when it would be reached at this pace.

use serde::{Deserialize, Serialize};

use super::{Numbers, Point};
use crate::Millis;
use crate::time::DAY;

/// What a team aims for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoalKind {
    Automation,
    Csat,
    /// The median time to the first reply.
    FirstReply,
}

/// A goal: a share from 0 to 1 to exceed, or milliseconds to stay below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    pub kind: GoalKind,
    pub target: f64,
}

/// Whether a goal is met, as far as the numbers can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    /// The whole interval lies on the good side.
    Met,
    /// The goal lies inside the interval.
    Unclear,
    /// The whole interval lies on the other side.
    NotYet,
    /// Nothing was counted.
    Unknown,
}

/// How fast it moves: the weighted least-squares line through the chart's buckets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Pace {
    pub per_week: f64,
    /// Its 95% interval; a pace whose interval holds 0 may be none.
    pub low: f64,
    pub high: f64,
    /// When the goal would be reached at this pace, within two years; only for a pace that surely leads there.
    pub reached_at: Option<Millis>,
}

/// Where a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = GoalPath)]
pub struct Path {
    pub kind: GoalKind,
    pub target: f64,
    /// What is compared with the goal.
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub reached: Reached,
    pub pace: Option<Pace>,
}

/// Fewer buckets show no pace.
const LEAST_POINTS: usize = 4;
/// Farther away nobody can tell.
const FARTHEST: Millis = 2 * 365 * DAY;

/// The way towards `goal`, from the numbers of the period and its buckets.
pub fn path(goal: Goal, numbers: &Numbers, points: &[Point], now: Millis) -> Path {
    let (value, low, high) = standing(goal.kind, numbers);
    let fewer = goal.kind == GoalKind::FirstReply;
    let sign = if fewer { -1.0 } else { 1.0 };
    let beyond = |x: f64| (x - goal.target) * sign >= 0.0;
    let reached = match (low, high) {
        (Some(low), Some(high)) if beyond(low) && beyond(high) => Reached::Met,
        (Some(low), Some(high)) if !beyond(low) && !beyond(high) => Reached::NotYet,
        (Some(_), Some(_)) => Reached::Unclear,
        _ => Reached::Unknown,
    };
    let seen: Vec<(f64, f64, f64)> =
        points.iter().filter_map(|point| seen(goal.kind, numbers, point)).collect();
    let pace = line(&seen).map(|(slope, error)| {
        let gap = goal.target - value.unwrap_or(0.0);
        let sure = (slope.abs() > 1.96 * error) && gap * slope > 0.0;
        let far = (gap / slope).clamp(0.0, 1e15) as Millis;
        let week = 7.0 * DAY as f64;
        Pace {
            per_week: slope * week,
            low: (slope - 1.96 * error) * week,
            high: (slope + 1.96 * error) * week,
            reached_at: (sure && reached != Reached::Met && value.is_some() && far <= FARTHEST)
                .then_some(now + far),
        }
    });
    Path { kind: goal.kind, target: goal.target, value, low, high, reached, pace }
}

/// Value and interval that are compared with the goal. Automation: what reviews say is right; without reviews, the
/// bounds, and their lower one as the value.
fn standing(kind: GoalKind, n: &Numbers) -> (Option<f64>, Option<f64>, Option<f64>) {
    match (kind, n.automation_reviewed) {
        (GoalKind::Automation, Some(share)) => (Some(share.rate), Some(share.low), Some(share.high)),
        (GoalKind::Automation, None) if n.automation.tickets == 0 => (None, None, None),
        (GoalKind::Automation, None) => {
            (Some(n.automation.low), Some(n.automation.low), Some(n.automation.high))
        }
        (GoalKind::Csat, _) if n.csat.of == 0 => (None, None, None),
        (GoalKind::Csat, _) => (n.csat.rate, Some(n.csat.low), Some(n.csat.high)),
        (GoalKind::FirstReply, _) => {
            let median = n.first_reply.median_ms.map(|ms| ms as f64);
            (median, median, median)
        }
    }
}

/// Time, value and weight of a bucket.
fn seen(kind: GoalKind, whole: &Numbers, point: &Point) -> Option<(f64, f64, f64)> {
    let n = &point.numbers;
    let (value, weight) = match kind {
        GoalKind::Automation if n.automation.tickets == 0 => return None,
        GoalKind::Automation => {
            let sent = n.automation.automatic as f64 / n.automation.tickets as f64;
            let value = whole.reviewed.rate.map_or(n.automation.low, |right| sent * right);
            (value, n.automation.tickets)
        }
        GoalKind::Csat => (n.csat.rate?, n.csat.of),
        GoalKind::FirstReply => (n.first_reply.median_ms? as f64, n.first_reply.n),
    };
    Some((point.from as f64, value, weight as f64))
}

/// Slope of the weighted least-squares line and its standard error (from the residuals).
fn line(points: &[(f64, f64, f64)]) -> Option<(f64, f64)> {
    if points.len() < LEAST_POINTS {
        return None;
    }
    let total: f64 = points.iter().map(|p| p.2).sum();
    let mean = |of: fn(&(f64, f64, f64)) -> f64| points.iter().map(|p| of(p) * p.2).sum::<f64>() / total;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let xx: f64 = points.iter().map(|p| p.2 * (p.0 - x).powi(2)).sum();
    let xy: f64 = points.iter().map(|p| p.2 * (p.0 - x) * (p.1 - y)).sum();
    if total <= 0.0 || xx <= 0.0 {
        return None;
    }
    let slope = xy / xx;
    let rest: f64 = points.iter().map(|p| p.2 * (p.1 - y - slope * (p.0 - x)).powi(2)).sum();
    Some((slope, (rest / (points.len() as f64 - 2.0) / xx).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Fold, Plan, Selection, TicketFacts, Work};
    use crate::words::{Channel, Dimension, RatingValue, Responder};
    use crate::{CategoryId, TicketId};

    /// Ten weeks of 100 ratings each, of which `good(week)` are good.
    fn ten_weeks(good: fn(i64) -> i64) -> (Numbers, Vec<Point>) {
        let week = 7 * DAY;
        let plan = Plan {
            before: 0,
            from: 0,
            to: 10 * week,
            starts: (0..10).map(|w| w * week).collect(),
            selection: Selection::default(),
            by: Dimension::Channel,
            work: Work {
                minutes_per_ticket: 5.0,
                minutes_per_mistake: 10.0,
                money_per_hour: None,
                currency: "EUR".into(),
            },
        };
        let mut fold = Fold::new(&plan);
        for n in 0..1000 {
            let (w, i) = (n / 100, n % 100);
            let mut f = TicketFacts::asked(TicketId(n), w * week + i, CategoryId(1), Channel::Mail);
            let value = if i < good(w) { RatingValue::Good } else { RatingValue::Bad };
            f.rating = Some((value, Responder::Agent));
            fold.add(&f);
        }
        let folded = fold.done();
        (folded.numbers, folded.points)
    }

    #[test]
    fn a_steady_rise_reaches_its_goal_and_noise_does_not() {
        let goal = Goal { kind: GoalKind::Csat, target: 0.7 };
        let now = 70 * DAY;
        let (numbers, points) = ten_weeks(|week| 20 + 4 * week + week % 2);
        let rising = path(goal, &numbers, &points, now);
        assert_eq!(rising.reached, Reached::NotYet);
        let pace = rising.pace.unwrap();
        assert!((pace.per_week - 0.04).abs() < 0.003, "{pace:?}");
        // From 38.5% at 4 points a week: some eight weeks.
        let weeks = (pace.reached_at.unwrap() - now) as f64 / (7 * DAY) as f64;
        assert!((weeks - 7.9).abs() < 0.6, "{weeks}");
        let (numbers, points) = ten_weeks(|week| 40 + 9 * (week % 2));
        assert_eq!(path(goal, &numbers, &points, now).pace.unwrap().reached_at, None);
        let (numbers, points) = ten_weeks(|_| 90);
        assert_eq!(path(goal, &numbers, &points, now).reached, Reached::Met);
    }
}
