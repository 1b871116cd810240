//! One set of numbers, as it is shown. Every field says what it counts.

use serde::{Deserialize, Serialize};

use crate::stats::Rate;
use crate::words::Responder;

/// Share of tickets resolved without an agent's touch, as bounds: silence is never counted as success. Imported
/// history is left out: no automatic answer could have met it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, utoipa::ToSchema)]
#[schema(as = AutomationShare)]
pub struct Automation {
    /// Tickets that came in while Deskwise was there.
    pub tickets: i64,
    /// Answered automatically, whatever came of it.
    pub automatic: i64,
    /// Answered automatically, and the customer said that it helped.
    pub confirmed: i64,
    /// Answered automatically, and no word within the window.
    pub silent: i64,
    /// Answered automatically, but the customer replied, reopened or rated it bad.
    pub failed: i64,
    /// Answered automatically, and the window is still open.
    pub undecided: i64,
    /// An agent wrote or changed something.
    pub agent: i64,
    /// Nobody has answered yet.
    pub open: i64,
    /// `confirmed / tickets`.
    pub low: f64,
    /// `(confirmed + silent) / tickets`.
    pub high: f64,
}

/// How one responder does.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ByResponder {
    pub responder: Responder,
    /// First replies that it gave.
    pub first_replies: i64,
    /// Solutions that stand.
    pub answered: i64,
    pub confirmed: i64,
    pub silent: i64,
    pub failed: i64,
    pub surveys: i64,
    pub good: i64,
    pub bad: i64,
    /// Ratings for each survey sent; ratings that nobody asked for count in `csat` alone.
    pub response_rate: Rate,
    /// Good ratings among all ratings.
    pub csat: Rate,
}

/// Times in milliseconds, each at most 14 days; quantiles within 1%.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Times {
    pub n: i64,
    pub median_ms: Option<i64>,
    pub p90_ms: Option<i64>,
}

/// What agents solved, and the quarter-hours of the clock in which they wrote something on these tickets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AgentHours {
    pub solved: i64,
    pub hours: f64,
    pub per_hour: Option<f64>,
}

/// What work costs, as the team assumes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Work {
    /// What answering a ticket costs an agent.
    pub minutes_per_ticket: f64,
    /// What a wrong answer costs: reading the ticket again, answering, setting it right.
    pub minutes_per_mistake: f64,
    /// What an hour of an agent costs.
    pub money_per_hour: Option<f64>,
    /// ISO 4217.
    pub currency: String,
}

impl Work {
    /// Hours of agents' work saved by `right` answers, less what the `wrong` ones cost; below 0 when they cost more.
    pub fn hours_saved(&self, right: f64, wrong: f64) -> f64 {
        (right * self.minutes_per_ticket - wrong * self.minutes_per_mistake) / 60.0
    }
}

/// Hours and money that automatic answers saved: if only the confirmed ones did, and if the silent ones did too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Saved {
    pub hours_low: f64,
    pub hours_high: f64,
    pub money_low: Option<f64>,
    pub money_high: Option<f64>,
}

/// One set of numbers over some tickets.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Numbers {
    pub tickets: i64,
    pub automation: Automation,
    /// Right ones among the automatic answers that the uniform sample chose for blind review.
    pub reviewed: Rate,
    /// Automatic answers among live tickets, as far as the reviews say that they are right: what goals compare with.
    pub automation_reviewed: Option<Share>,
    /// Good ratings among all ratings.
    pub csat: Rate,
    /// Ratings among surveys sent.
    pub response_rate: Rate,
    pub responders: Vec<ByResponder>,
    /// From a ticket's beginning to the first public reply.
    pub first_reply: Times,
    /// From a ticket's beginning to the solution that stands.
    pub resolution: Times,
    /// Solved with a single public reply and never reopened, among solved tickets.
    pub one_touch: Rate,
    /// Tickets whose requester wrote again within 7 days of a solution, among those ever solved.
    pub recontact: Rate,
    /// Tickets that were not solved at the end of the period, whenever they came.
    pub backlog: i64,
    pub agent_hours: AgentHours,
    /// Replies started from the suggested answer, among first replies given with a suggestion in view.
    pub suggestions: Rate,
    pub saved: Saved,
}

/// A share that was not counted directly, with its 95% interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Share {
    pub rate: f64,
    pub low: f64,
    pub high: f64,
}
