//! The page's parts, with every number written out.

use domain::numerals::{duration, percent, thousands};

use super::{MOST_ANSWERS, charts, words};
use crate::advice::{Advice, percent_of};
use crate::report::{Category, Report, Spread};

/// Categories to be treated alike.
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) note: String,
    pub(super) first: bool,
    pub(super) steps: Vec<Step>,
    pub(super) more: usize,
}

pub(super) struct Step {
    pub(super) name: String,
    pub(super) why: String,
    pub(super) line: String,
    pub(super) line_note: String,
    pub(super) saved: String,
}

pub(super) struct Curve {
    pub(super) total: String,
    pub(super) svg: String,
    /// The same for a phone.
    pub(super) narrow: String,
    pub(super) levels: Vec<LevelRow>,
}

pub(super) struct LevelRow {
    pub(super) target: String,
    pub(super) answered: String,
    pub(super) right: String,
    pub(super) proof: String,
}

pub(super) struct Asked {
    pub(super) name: String,
    pub(super) width: String,
    pub(super) count: String,
    pub(super) wait: String,
    pub(super) key: &'static str,
    pub(super) advice: &'static str,
    pub(super) examples: Vec<String>,
    pub(super) answers: String,
}

pub(super) struct Language {
    pub(super) name: String,
    pub(super) width: String,
    pub(super) count: String,
    pub(super) share: String,
}

pub(super) struct Wait {
    pub(super) name: String,
    pub(super) tickets: String,
    pub(super) median: String,
    pub(super) ninth: String,
}

impl Category {
    /// The reason without what the heading above says for all of a group.
    fn in_short(&self) -> &str {
        let said = self.why.split_once(" That proves ").map_or(self.why.as_str(), |s| s.0);
        said.trim_end()
    }
}

impl Report {
    pub(super) fn groups(&self) -> Vec<Group> {
        let plan = &self.plan;
        let goal = percent(self.options.precision);
        [
            ("Start with", format!("proved at {goal}, and saves most"), true, plan.start_with.as_slice()),
            ("Then", format!("proved at {goal} each, in the order of what they save"), false, &plan.then),
            (
                "Suggest to agents",
                "an agent picks with one key; nothing is sent by itself".into(),
                false,
                &plan.suggest,
            ),
            ("Collect more tickets", "promising, but not proved yet".into(), false, &plan.collect),
            ("Leave to people", "automation has nothing to add here".into(), false, &plan.leave),
        ]
        .into_iter()
        .filter(|(.., which)| !which.is_empty())
        .map(|(title, note, first, which)| {
            const MOST: usize = 8;
            let steps = which.iter().take(MOST).map(|&at| self.step(&self.categories[at])).collect();
            Group { title, note, first, steps, more: which.len().saturating_sub(MOST) }
        })
        .collect()
    }

    fn step(&self, category: &Category) -> Step {
        let counts = category.counts;
        let shown = counts.answered > 0;
        let line_note = match category.interval {
            Some((low, high)) if shown => format!(
                "{:.0}–{:.0}% right, {} answered",
                low * 100.0,
                high * 100.0,
                percent_of(counts.answered, counts.later)
            ),
            _ => String::new(),
        };
        let saved = match category.advice {
            Advice::Auto => words::hours(category.hours_saved),
            _ => String::new(),
        };
        Step {
            name: category.name.clone(),
            why: category.in_short().to_owned(),
            line: if shown {
                charts::line(category.precision(), category.interval, self.options.precision)
            } else {
                String::new()
            },
            line_note,
            saved,
        }
    }

    pub(super) fn curve(&self) -> Option<Curve> {
        let forecast = self.forecast.as_ref().ok().filter(|f| !f.curve.is_empty())?;
        let levels = forecast
            .levels
            .iter()
            .map(|level| {
                let certificate = level.certificate.as_ref();
                LevelRow {
                    target: percent(level.target),
                    answered: match certificate {
                        Some(_) => format!(
                            "{} of {}",
                            percent_of(level.answered, level.total),
                            thousands(level.total)
                        ),
                        None => "–".into(),
                    },
                    right: match level.precision() {
                        Some(_) => words::rate(level.right, level.answered, self.options.confidence),
                        None => "–".into(),
                    },
                    proof: match (certificate, &level.missing) {
                        (Some(c), _) => format!(
                            "{} wrong of {} answered, of {} tickets kept aside",
                            thousands(c.errors),
                            thousands(c.answered),
                            thousands(c.total)
                        ),
                        (None, Some(why)) => format!("not proved: {why}"),
                        (None, None) => "not proved".into(),
                    },
                }
            })
            .collect();
        Some(Curve {
            total: thousands(forecast.asked.total),
            svg: charts::curve(&forecast.curve, &forecast.levels, charts::WIDTH),
            narrow: charts::curve(&forecast.curve, &forecast.levels, charts::NARROW),
            levels,
        })
    }

    pub(super) fn questions(&self) -> Vec<Asked> {
        let most = self.categories.iter().map(|c| c.share).fold(1e-9, f64::max);
        self.categories
            .iter()
            .map(|c| Asked {
                name: c.name.clone(),
                width: format!("{:.1}", c.share / most * 100.0),
                count: format!("{} tickets, {}", thousands(c.tickets), percent_of(c.tickets, self.tickets)),
                wait: c
                    .first_reply
                    .map_or_else(String::new, |s| format!("first reply: half within {}", duration(s.median))),
                key: c.advice.key(),
                advice: c.advice.word(),
                examples: c.examples.clone(),
                answers: c
                    .answers
                    .iter()
                    .map(|(name, uses)| format!("{name} ({})", thousands(*uses)))
                    .collect::<Vec<_>>()
                    .join(" · "),
            })
            .collect()
    }

    pub(super) fn language_rows(&self) -> Vec<Language> {
        const SHOWN: usize = 8;
        let most = self.languages.first().map_or(1, |l| l.1).max(1) as f64;
        let row = |name: String, count: usize| Language {
            name,
            width: format!("{:.1}", count as f64 / most * 100.0),
            count: thousands(count),
            share: percent_of(count, self.tickets),
        };
        // What is said of a few tickets is as likely the guess's mistake as theirs.
        let usual = |n: usize| n * 200 >= self.tickets;
        let shown = self.languages.iter().take(SHOWN).take_while(|l| usual(l.1)).count().max(1);
        let mut out: Vec<Language> =
            self.languages.iter().take(shown).map(|(code, n)| row(words::language(code), *n)).collect();
        let rest: usize = self.languages.iter().skip(shown).map(|l| l.1).sum();
        if rest > 0 {
            out.push(row("Other languages, each rare".into(), rest));
        }
        out
    }

    pub(super) fn waits(&self) -> Vec<Wait> {
        let Some(all) = self.first_reply else { return Vec::new() };
        let row = |name: &str, s: Spread| Wait {
            name: name.to_owned(),
            tickets: thousands(s.tickets),
            median: duration(s.median),
            ninth: duration(s.ninth),
        };
        let mut slowest: Vec<(&str, Spread)> =
            self.categories.iter().filter_map(|c| Some((c.name.as_str(), c.first_reply?))).collect();
        slowest.sort_by_key(|s| std::cmp::Reverse(s.1.median));
        std::iter::once(row("All tickets", all))
            .chain(slowest.into_iter().take(MOST_ANSWERS).map(|(name, s)| row(name, s)))
            .collect()
    }

    pub(super) fn pairs(&self) -> Vec<(String, String, String)> {
        let readable = crate::build::readable;
        let pairs = self.answers.near_duplicates.iter().take(MOST_ANSWERS);
        pairs
            .map(|p| {
                (readable(&p.a), readable(&p.b), format!("{} of {}", thousands(p.confused), thousands(p.of)))
            })
            .collect()
    }
}
