//! The report for programs.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::report::Report;

impl Report {
    /// As `--json` writes it.
    pub fn json(&self) -> Value {
        let languages: Map<String, Value> =
            self.languages.iter().map(|(l, n)| (l.clone(), (*n).into())).collect();
        let moment = |at: i64| Timestamp::from_millisecond(at).map(|t| t.to_string()).ok();
        let period = self.period.map(|(from, to)| json!({ "from": moment(from), "to": moment(to) }));
        let asked = self.forecast.as_ref().ok().map(|f| &f.asked);
        let categories: Vec<Value> = self
            .categories
            .iter()
            .map(|c| {
                json!({
                    "name": c.name,
                    "tickets": c.tickets,
                    "share": c.share,
                    "automatable_share": c.automatable(),
                    "precision_measured": c.precision(),
                    "median_first_reply_s": c.first_reply.map(|s| s.median),
                    "advice": c.advice,
                    "why": c.why,
                })
            })
            .collect();
        json!({
            "tickets": self.tickets,
            "period": period,
            "languages": languages,
            "automatable": {
                "share": asked.map_or(0.0, crate::forecast::Level::share),
                "precision_measured": asked.and_then(crate::forecast::Level::precision),
                "precision_target": self.options.precision,
                "confidence": self.options.confidence,
                "hours_saved_per_month": self.savings.hours_per_month,
            },
            "categories": categories,
            "answers": {
                "distinct": self.answers.used.len(),
                "unused": self.answers.unused.len(),
                "near_duplicates": self.answers.near_duplicates,
            },
            "start_with": self.plan.start_with.map(|at| &self.categories[at].name),
            "templates": self.templates,
            "notes": self.notes,
        })
    }
}
