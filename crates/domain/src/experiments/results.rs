//! What an experiment's comparison starts from and what it finds: plain values.

use serde::Serialize;

use crate::Millis;
use crate::stats::Rate;
use crate::words::{Outcome, RatingValue, Side};

/// What is known of a requester's first ticket in the experiment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    pub side: Side,
    pub came_at: Millis,
    /// Whether the requester wrote again within seven days; `None` while these last.
    pub again: Option<bool>,
    /// What was known when its window closed; `None` while it is open.
    pub later: Option<Later>,
}

/// A ticket at the close of its window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Later {
    pub confirmed: bool,
    pub asked: bool,
    pub rating: Option<RatingValue>,
    /// How long it took, if it was solved.
    pub solved_after: Option<Millis>,
}

/// How those who gave no rating are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SilentCase)]
pub enum Case {
    /// As unhappy: what is compared is the share of tickets rated good.
    Worst,
    /// As happy: what is compared is the share not rated bad.
    Best,
}

/// A mean with the interval that holds at all times.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = ExperimentEstimate)]
pub struct Estimate {
    pub n: i64,
    /// Over all counted; `None` when nothing is. Of times: the share of 14 days.
    pub mean: Option<f64>,
    pub low: f64,
    pub high: f64,
}

/// The intervals as they were at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = ExperimentPoint)]
pub struct Point {
    pub at: Millis,
    pub a: Estimate,
    pub b: Estimate,
    pub difference: Estimate,
}

/// Both sides in one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub outcome: Outcome,
    /// Of CSAT alone.
    pub silent: Option<Case>,
    pub a: Estimate,
    pub b: Estimate,
    /// B less A.
    pub difference: Estimate,
    /// 1: B has more, −1: less, 0: no difference found.
    pub found: i8,
    /// How [`Difference`](super::Difference) varies, for what could be found.
    pub variance: f64,
    pub path: Vec<Point>,
}

impl Comparison {
    /// The side that does better, if a difference was found: fewer write again, and sooner is better.
    pub fn better(&self) -> Option<Side> {
        let good = match self.outcome {
            Outcome::Confirmed | Outcome::Csat => self.found,
            Outcome::Recontact | Outcome::Time => -self.found,
        };
        match good {
            0 => None,
            1.. => Some(Side::B),
            _ => Some(Side::A),
        }
    }
}

/// Everything that is known of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Requesters who take part, and those counted in all outcomes.
    pub taking_part: i64,
    pub counted: i64,
    /// Of those asked for a rating, who gave one.
    pub answered_a: Rate,
    pub answered_b: Rate,
    /// In the order of [`Outcome`], CSAT twice.
    pub comparisons: Vec<Comparison>,
    /// Counted in the four weeks before.
    pub lately: i64,
}

impl Results {
    /// The side found to be better in an outcome. Of CSAT it must be, however the silent are counted.
    pub fn better(&self, outcome: Outcome) -> Option<Side> {
        let mut sides = self.comparisons.iter().filter(|c| c.outcome == outcome).map(Comparison::better);
        let first = sides.next().flatten();
        first.filter(|side| sides.all(|other| other == Some(*side)))
    }
}
