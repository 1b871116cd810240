//! `deskwise audit`: an export of past tickets becomes a report that says where to begin.

use std::path::PathBuf;

use audit::{Assumptions, Options, Report, Step, Wanted};
use jiff::tz::TimeZone;

use super::evaluate::along;
use crate::failure::Failure;
use crate::output;
use crate::place::Place;
use crate::progress;

/// Say what could be automated, from an export of past tickets; changes nothing and needs no server
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise audit tickets.csv --html report.html\n\n\
    Takes CSV with any usual separator, JSON lines, Zendesk's JSON export and its ticket CSV. Columns are guessed\n\
    and shown. An answer's name says what agents picked; where the file has only what they wrote, give --reply and\n\
    replies that share a template are found. The earlier 70% of the tickets are learnt from, the later are measured.")]
pub(crate) struct Audit {
    /// The export
    file: PathBuf,
    /// The column with the customer's words
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// The column with the name of the answer that was given; empty means that none fitted
    #[arg(long, value_name = "COLUMN")]
    answer: Option<String>,
    /// The column with what the agent wrote, where answers have no names
    #[arg(long, value_name = "COLUMN")]
    reply: Option<String>,
    /// The column with the category; without one, categories are found
    #[arg(long, value_name = "COLUMN")]
    category: Option<String>,
    /// The column with the time of arrival
    #[arg(long, value_name = "COLUMN")]
    created: Option<String>,
    /// The time zone that hours are counted in and that times without an offset stand in, e.g. Europe/Berlin
    #[arg(long, default_value = "UTC", value_parser = zone, value_name = "ZONE")]
    time_zone: TimeZone,
    /// How often an automatic answer must be right
    #[arg(long, default_value_t = 0.95, value_parser = output::share)]
    precision: f64,
    /// The confidence with which that is proved
    #[arg(long, default_value_t = 0.95, value_parser = output::share)]
    confidence: f64,
    /// Assumed: an agent's minutes for a ticket
    #[arg(long, default_value_t = 5.0, value_parser = amount)]
    minutes_per_ticket: f64,
    /// Assumed: an agent's minutes for a ticket that was answered wrongly
    #[arg(long, default_value_t = 10.0, value_parser = amount)]
    minutes_per_mistake: f64,
    /// Assumed: what an agent's hour costs
    #[arg(long, default_value_t = 30.0, value_parser = amount)]
    hourly_cost: f64,
    /// The currency of --hourly-cost
    #[arg(long, default_value = "€")]
    currency: String,
    /// Assumed: tickets in a month [default: as many as the file has in 30.4 days]
    #[arg(long, value_parser = amount)]
    tickets_per_month: Option<f64>,
    /// Write the report as one HTML page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the figures as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write the answers found in replies as CSV, to be edited and imported as answers
    #[arg(long, value_name = "FILE")]
    templates: Option<PathBuf>,
}

impl Audit {
    pub(crate) fn run(self, place: &Place) -> Result<(), Failure> {
        let table = output::table(&self.file)?;
        let wanted = Wanted {
            text: self.text,
            answer: self.answer,
            reply: self.reply,
            category: self.category,
            created: self.created,
        };
        let name = self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let options = Options {
            precision: self.precision,
            confidence: self.confidence,
            assumptions: Assumptions {
                minutes_per_ticket: self.minutes_per_ticket,
                minutes_per_mistake: self.minutes_per_mistake,
                hourly_cost: self.hourly_cost,
                currency: self.currency,
                tickets_per_month: self.tickets_per_month,
            },
            encoder: place.encoder()?,
            zone: self.time_zone,
            ..Options::new(&name)
        };
        let bar = progress::percent("auditing");
        let report = audit::audit(&table, &wanted, &options, &|step, share| {
            let (said, done) = stage(step, share);
            bar.set_message(said);
            bar.set_position((done * 100.0) as u64);
        })
        .map_err(|e| Failure::failed(format!("{}: {e}", self.file.display())))?;
        bar.finish_and_clear();
        output::print(report.summary().trim_end())?;
        if let Some(path) = &self.json {
            output::write(path, &output::json(&report.json())?)?;
        }
        if let Some(path) = &self.html {
            output::write(path, &page(&report)?)?;
        }
        if let Some(path) = &self.templates {
            output::write(path, &report.templates_csv())?;
        }
        Ok(())
    }
}

fn page(report: &Report) -> Result<String, Failure> {
    report.html().map_err(|e| Failure::failed(format!("cannot write the page: {e}")))
}

/// What is done, and how far the whole is.
fn stage(step: Step, share: f32) -> (&'static str, f32) {
    match step {
        Step::Reading => ("reading", 0.0),
        Step::Replies => ("grouping replies", 0.05),
        Step::Categories => ("finding categories", 0.08),
        Step::Learning(phase) => ("learning", 0.1 + 0.8 * along(phase, share)),
        Step::Counting => ("counting", 0.92),
    }
}

fn zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text)
        .map_err(|_| "a name from the time zone database is expected, e.g. Europe/Berlin".to_owned())
}

fn amount(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && (0.0..1e9).contains(&value) => Ok(value),
        _ => Err("a number of 0 or more is expected".to_owned()),
    }
}
