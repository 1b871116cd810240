//! The report as one page that loads nothing and runs nothing: all text escaped, drawings inside, readable in print,
//! in dark mode and on a phone.

mod charts;
mod sections;
mod words;

use askama::Template as _;
pub(crate) use words::language;

use crate::replies::LEAST_USES;
use crate::report::Report;
use sections::{Asked, Curve, Group, Language, Wait};

/// The product's colours and measures, shared with the console.
const TOKENS: &str = include_str!("../../../../web/src/tokens.css");
const PAGE: &str = include_str!("../../assets/report.css");
/// The most of anything that one page lists.
const MOST_TEMPLATES: usize = 60;
const MOST_ANSWERS: usize = 16;

#[derive(askama::Template)]
#[template(path = "report.html")]
struct Page<'a> {
    r: &'a Report,
    css: String,
    headline: String,
    lede: String,
    figures: Vec<Figure>,
    plan_lede: String,
    groups: Vec<Group>,
    curve: Option<Curve>,
    confidence: String,
    questions: Vec<Asked>,
    heat: Option<String>,
    zone: String,
    busiest: String,
    languages: Vec<Language>,
    waits: Vec<Wait>,
    waits_lede: String,
    answers_lede: String,
    used: Vec<(String, String)>,
    used_more: Vec<(String, String)>,
    unused: Vec<(String, String)>,
    pairs: Vec<(String, String, String)>,
    templates: Vec<Found>,
    more_templates: usize,
    least_uses: usize,
    assumptions: Vec<(&'static str, String, &'static str)>,
    formula: String,
    definitions: Vec<(&'static str, String)>,
}

/// A number at the head of the page.
struct Figure {
    title: String,
    value: String,
    note: String,
}

struct Found {
    title: String,
    note: String,
    body: String,
}

impl Report {
    /// The page that `--html` writes.
    pub fn html(&self) -> Result<String, askama::Error> {
        let mut used = named(&self.answers.used);
        let alone = self.answers.unused.is_empty() && self.answers.near_duplicates.is_empty();
        let used_more = used.split_off(if alone { used.len().div_ceil(2) } else { used.len() });
        let busiest = self.hours.iter().flatten().flatten().copied().max().unwrap_or(0);
        Page {
            r: self,
            css: [TOKENS, PAGE].concat(),
            headline: self.headline(),
            lede: self.lede(),
            figures: self.figures(),
            plan_lede: self.plan_lede(),
            groups: self.groups(),
            curve: self.curve(),
            confidence: domain::numerals::percent(self.options.confidence),
            questions: self.questions(),
            zone: self.options.zone.iana_name().unwrap_or("UTC").to_owned(),
            heat: self.hours.as_ref().map(charts::heat),
            busiest: words::counted(busiest, "ticket"),
            languages: self.language_rows(),
            waits: self.waits(),
            waits_lede: self.waits_lede(),
            answers_lede: self.answers_lede(),
            used,
            used_more,
            unused: named(&self.answers.unused),
            pairs: self.pairs(),
            templates: self.found(),
            more_templates: self.templates.len().saturating_sub(MOST_TEMPLATES),
            least_uses: LEAST_USES,
            assumptions: self.assumed(),
            formula: self.formula(),
            definitions: self.definitions(),
        }
        .render()
    }

    fn found(&self) -> Vec<Found> {
        self.templates
            .iter()
            .take(MOST_TEMPLATES)
            .map(|t| Found {
                title: t.title.clone(),
                note: format!(
                    "{}, {}{}",
                    words::counted(t.uses, "use"),
                    words::counted(t.wordings, "wording"),
                    t.language.as_deref().map_or_else(String::new, |l| format!(", {}", language(l)))
                ),
                body: t.body.clone(),
            })
            .collect()
    }
}

fn named(answers: &[(String, usize)]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = answers
        .iter()
        .take(MOST_ANSWERS)
        .map(|(name, uses)| (crate::build::readable(name), domain::numerals::thousands(*uses)))
        .collect();
    if answers.len() > MOST_ANSWERS {
        out.push((format!("and {} more", answers.len() - MOST_ANSWERS), String::new()));
    }
    out
}
