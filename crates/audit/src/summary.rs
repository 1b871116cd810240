//! The report in a few lines for a terminal, and the found answers as a file to import.

use domain::numerals::{duration, percent, thousands};

use crate::advice::percent_of;
use crate::report::{Report, Spread};

impl Report {
    /// What `deskwise audit` prints.
    pub fn summary(&self) -> String {
        let mut out = String::new();
        let columns: Vec<String> =
            self.columns.iter().map(|(field, column)| format!("{field} ← {column}")).collect();
        line(&mut out, "columns", &format!("{} ({})", columns.join(", "), self.kind));
        line(&mut out, "tickets", &format!("{}{}", thousands(self.tickets), self.period_in_words()));
        for note in &self.notes {
            line(&mut out, "note", note);
        }
        if let Some(spread) = self.first_reply {
            line(&mut out, "first reply", &waited(spread));
        }
        match &self.forecast {
            Err(why) => line(&mut out, "automatable", why),
            Ok(forecast) => {
                let (trained, reads) = (thousands(forecast.trained_on), &forecast.reads);
                line(&mut out, "learnt from", &format!("{trained} earlier tickets, by {reads}"));
                for level in &forecast.levels {
                    let said = match (&level.certificate, &level.missing) {
                        (Some(_), _) => format!(
                            "{} of {} later tickets ({} of {} answered rightly, {})",
                            percent_of(level.answered, level.total),
                            thousands(level.total),
                            thousands(level.right),
                            thousands(level.answered),
                            percent_of(level.right, level.answered)
                        ),
                        (None, why) => {
                            format!("nothing proved: {}", why.as_deref().unwrap_or("too few tickets"))
                        }
                    };
                    line(&mut out, &format!("at {}", percent(level.target)), &said);
                }
                let hours = self.savings.hours_per_month;
                let money = format!(
                    "{}{}",
                    self.options.assumptions.currency,
                    thousands(self.savings.money_per_month.round() as usize)
                );
                line(
                    &mut out,
                    "saved",
                    &format!("{hours:.0} hours and {money} a month at {}", percent(self.options.precision)),
                );
            }
        }
        if !self.templates.is_empty() {
            line(&mut out, "replies", &format!("{} templates found", self.templates.len()));
        }
        self.plan_lines(&mut out);
        out
    }

    fn plan_lines(&self, out: &mut String) {
        let plan = &self.plan;
        let mut told = |title: &str, which: &[usize]| {
            const SHOWN: usize = 5;
            for &at in which.iter().take(SHOWN) {
                let category = &self.categories[at];
                line(out, title, &format!("{}: {}", category.name, category.why));
            }
            if which.len() > SHOWN {
                line(out, "", &format!("and {} more", which.len() - SHOWN));
            }
        };
        told("start with", plan.start_with.as_slice());
        told("then", &plan.then);
        told("suggest", &plan.suggest);
        told("collect more", &plan.collect);
        told("leave", &plan.leave);
    }

    /// ", 1 Sep 2026 – 30 Sep 2026" where the tickets have dates.
    pub(crate) fn period_in_words(&self) -> String {
        let day = |at: i64| {
            jiff::Timestamp::from_millisecond(at)
                .map(|t| t.to_zoned(self.options.zone.clone()).strftime("%-d %b %Y").to_string())
                .unwrap_or_default()
        };
        self.period.map_or_else(String::new, |(from, to)| format!(", {} – {}", day(from), day(to)))
    }

    /// The templates found in replies, in the columns that answers are imported by.
    pub fn templates_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let mut write = |cells: [&str; 4]| drop(writer.write_record(cells));
        write(["key", "title", "body", "language"]);
        for (i, template) in self.templates.iter().enumerate() {
            let key = format!("found_{}", i + 1);
            write([&key, &template.title, &template.body, template.language.as_deref().unwrap_or_default()]);
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

fn line(out: &mut String, title: &str, text: &str) {
    out.push_str(&format!("{title:<13} {text}\n"));
}

/// "half within 2 h 5 min, nine of ten within 9 h".
pub(crate) fn waited(spread: Spread) -> String {
    format!("half within {}, nine of ten within {}", duration(spread.median), duration(spread.ninth))
}
