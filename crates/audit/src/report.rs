//! What an audit found, as plain values: the page, the JSON and the summary are drawn from it.

use std::sync::Arc;

use domain::Millis;
use domain::room::{MINUTES_PER_MISTAKE, MINUTES_PER_TICKET};
use jiff::tz::TimeZone;

use crate::advice::Advice;
use crate::forecast::Forecast;
use crate::replies::Template;

/// What a person may state; everything in hours and money follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// An agent's time for a ticket, and for one that an answer sent by itself got wrong.
    pub minutes_per_ticket: f64,
    pub minutes_per_mistake: f64,
    /// What an agent's hour costs, in `currency`.
    pub hourly_cost: f64,
    pub currency: String,
    /// Tickets in a month, where the file does not tell or the future will differ.
    pub tickets_per_month: Option<f64>,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            minutes_per_ticket: MINUTES_PER_TICKET,
            minutes_per_mistake: MINUTES_PER_MISTAKE,
            hourly_cost: 30.0,
            currency: "€".into(),
            tickets_per_month: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The file's name, for the heading.
    pub file: String,
    pub precision: f64,
    pub confidence: f64,
    pub assumptions: Assumptions,
    /// Reads meanings beside the n-grams.
    pub encoder: Option<Arc<learn::Encoder>>,
    /// In which hours are counted, and in which times stand that name no offset.
    pub zone: TimeZone,
    pub seed: u64,
}

/// Everything that the audit has to say.
#[derive(Debug, Clone)]
pub struct Report {
    pub options: Options,
    pub kind: &'static str,
    /// Fields and the columns they were read from.
    pub columns: Vec<(String, String)>,
    pub notes: Vec<String>,
    pub tickets: usize,
    pub period: Option<(Millis, Millis)>,
    /// Language codes and their tickets, most first; `und` where it cannot be told.
    pub languages: Vec<(String, usize)>,
    /// Tickets by weekday (Monday first) and hour, in the zone of the options.
    pub hours: Option<[[usize; 24]; 7]>,
    pub first_reply: Option<Spread>,
    pub solved: Option<Spread>,
    pub categories: Vec<Category>,
    /// The file had no categories, these were found.
    pub clustered: bool,
    pub answers: Answers,
    pub templates: Vec<Template>,
    pub forecast: Result<Forecast, String>,
    pub savings: Savings,
    pub plan: Plan,
}

/// Seconds that people waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub median: i64,
    /// Nine of ten waited no longer.
    pub ninth: i64,
    pub tickets: usize,
}

impl Spread {
    pub fn of(mut seconds: Vec<i64>) -> Option<Self> {
        seconds.sort_unstable();
        let median = domain::stats::quantile(&seconds, 0.5)?;
        Some(Self { median, ninth: domain::stats::quantile(&seconds, 0.9)?, tickets: seconds.len() })
    }
}

#[derive(Debug, Clone, Default)]
pub struct Category {
    pub name: String,
    pub tickets: usize,
    pub share: f64,
    pub counts: crate::advice::Counts,
    /// The interval of the measured precision.
    pub interval: Option<(f64, f64)>,
    pub first_reply: Option<Spread>,
    pub advice: Advice,
    pub why: String,
    /// Telling words, and tickets with personal data masked.
    pub words: Vec<String>,
    pub examples: Vec<String>,
    /// Its most used answers.
    pub answers: Vec<(String, usize)>,
    pub hours_saved: f64,
}

impl Category {
    /// Share of its later tickets that would have been answered.
    pub fn automatable(&self) -> f64 {
        crate::forecast::ratio(self.counts.answered, self.counts.later)
    }

    pub fn precision(&self) -> Option<f64> {
        let c = self.counts;
        (c.answered > 0).then(|| crate::forecast::ratio(c.right, c.answered))
    }
}

#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Names and uses, most used first.
    pub used: Vec<(String, usize)>,
    /// Tickets that no named answer was given to.
    pub without: usize,
    /// Used in the earlier part of the file and not in the later.
    pub unused: Vec<(String, usize)>,
    pub near_duplicates: Vec<Pair>,
}

/// Two answers whose questions cannot be told apart.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pair {
    pub a: String,
    pub b: String,
    /// Later tickets of either that the learner took for the other, of those that it took for one of the two.
    pub confused: usize,
    pub of: usize,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Savings {
    pub tickets_per_month: f64,
    pub answered_per_month: f64,
    pub hours_per_month: f64,
    pub money_per_month: f64,
}

/// Categories (numbers into the report's) in the order in which to take them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub start_with: Option<usize>,
    pub then: Vec<usize>,
    pub suggest: Vec<usize>,
    pub collect: Vec<usize>,
    pub leave: Vec<usize>,
}

impl Options {
    /// The defaults: 95% precision with 95% confidence.
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            precision: 0.95,
            confidence: 0.95,
            assumptions: Assumptions::default(),
            encoder: None,
            zone: TimeZone::UTC,
            seed: 1,
        }
    }
}
