//! The page's sentences.

use domain::numerals::{duration, percent, thousands};

use super::Figure;
use crate::advice::percent_of;
use crate::forecast::{Forecast, Level};
use crate::report::Report;

impl Report {
    fn sent(&self) -> Option<(&Forecast, &Level)> {
        let forecast = self.forecast.as_ref().ok()?;
        Some((forecast, &forecast.asked)).filter(|(_, level)| level.answered > 0)
    }

    pub(super) fn headline(&self) -> String {
        match self.sent() {
            Some((_, level)) => {
                format!(
                    "{} of tickets could be answered automatically",
                    percent_of(level.answered, level.total)
                )
            }
            None if self.forecast.is_ok() => "Nothing can be automated with proof yet".into(),
            None => "What people ask, and what is missing to automate it".into(),
        }
    }

    pub(super) fn lede(&self) -> String {
        let confidence = percent(self.options.confidence);
        match (&self.forecast, self.sent()) {
            (_, Some((_, level))) => format!(
                "Of the last {} tickets, {} would have been answered automatically, {} of them as an agent answered \
                 them ({}). With {confidence} confidence, in the long run at least {} will be, as long as tickets stay \
                 like these. Everything else, and every question nobody has answered before, stays with people.",
                thousands(level.total),
                thousands(level.answered),
                thousands(level.right),
                percent_of(level.right, level.answered),
                percent(level.target),
            ),
            (Ok(forecast), None) => format!(
                "On the last {} tickets no answer could be proved right {} of the time with {confidence} confidence. {}",
                thousands(forecast.asked.total),
                percent(self.options.precision),
                forecast.asked.missing.as_deref().map_or_else(String::new, sentence)
            ),
            (Err(why), None) => why.clone(),
        }
    }

    pub(super) fn figures(&self) -> Vec<Figure> {
        let assumed = &self.options.assumptions;
        let mut out = Vec::new();
        let mut add = |title: &str, value: String, note: String| {
            out.push(Figure { title: title.to_owned(), value, note });
        };
        if let Some((_, level)) = self.sent() {
            add(
                "Right when answered",
                percent_of(level.right, level.answered),
                format!(
                    "{} of {}; target {}",
                    thousands(level.right),
                    thousands(level.answered),
                    percent(level.target)
                ),
            );
            add(
                "Time saved a month",
                hours(self.savings.hours_per_month),
                format!("at {} a ticket", minutes(assumed.minutes_per_ticket)),
            );
            add(
                "Money saved a month",
                money(&assumed.currency, self.savings.money_per_month),
                format!("at {} an hour", money(&assumed.currency, assumed.hourly_cost)),
            );
        } else {
            add("Tickets", thousands(self.tickets), "in the file".into());
            add(
                "Categories",
                thousands(self.categories.len()),
                if self.clustered { "found" } else { "in the file" }.into(),
            );
            add("Answers", thousands(self.answers.used.len()), "that were used".into());
        }
        match self.first_reply {
            Some(s) => add(
                "First reply today",
                duration(s.median),
                format!("half wait longer; one in ten over {}", duration(s.ninth)),
            ),
            None => add("Languages", thousands(self.languages.len()), "among the tickets".into()),
        }
        out
    }

    pub(super) fn plan_lede(&self) -> String {
        let proved = usize::from(self.plan.start_with.is_some()) + self.plan.then.len();
        if proved == 0 {
            return "No category is proved on its own yet. What follows says what to do meanwhile.".into();
        }
        let one_in = (1.0 / (1.0 - self.options.confidence)).round();
        format!(
            "Switch on one category, watch it for a week, then take the next. Each is proved by its own later tickets with \
             {} confidence: of {one_in:.0} such promises, expect one not to hold. Deskwise keeps checking a sample of what \
             it sends, and pauses a category that falls short.",
            percent(self.options.confidence),
        )
    }

    pub(super) fn waits_lede(&self) -> String {
        let solved = self.solved.map_or_else(String::new, |s| {
            format!(
                " Half of all tickets are solved within {}, nine of ten within {}.",
                duration(s.median),
                duration(s.ninth)
            )
        });
        format!(
            "An automatic answer arrives in seconds; this is how long people wait for the first reply today, slowest category first.{solved}"
        )
    }

    pub(super) fn answers_lede(&self) -> String {
        let answers = &self.answers;
        let used: usize = answers.used.iter().map(|a| a.1).sum();
        let top: usize = answers.used.iter().take(20).map(|a| a.1).sum();
        let recent = if self.period.is_some() && self.forecast.is_ok() {
            format!(
                " {} used before and not in the later part of the file.",
                was(answers.unused.len(), "answer")
            )
        } else {
            String::new()
        };
        format!(
            "{} were given to {}; the 20 most used cover {} of them. {} without one.{recent}",
            counted(answers.used.len(), "answer"),
            counted(used, "ticket"),
            percent_of(top, used),
            was(answers.without, "ticket"),
        )
    }

    pub(super) fn assumed(&self) -> Vec<(&'static str, String, &'static str)> {
        let a = &self.options.assumptions;
        vec![
            ("An agent’s time for a ticket", minutes(a.minutes_per_ticket), "--minutes-per-ticket"),
            (
                "An agent’s time for a ticket answered wrongly",
                minutes(a.minutes_per_mistake),
                "--minutes-per-mistake",
            ),
            ("An agent’s hour costs", money(&a.currency, a.hourly_cost), "--hourly-cost, --currency"),
            (
                "Tickets in a month",
                thousands(self.savings.tickets_per_month.round() as usize),
                "--tickets-per-month",
            ),
            ("An automatic answer must be right", percent(self.options.precision), "--precision"),
            ("Confidence of the proof", percent(self.options.confidence), "--confidence"),
        ]
    }

    pub(super) fn formula(&self) -> String {
        let Some((_, level)) = self.sent() else {
            return "Nothing is counted as saved while nothing is proved.".into();
        };
        let a = &self.options.assumptions;
        format!(
            "{} tickets a month, {} of them answered automatically, are {} answers. The right ones save {} each, a wrong \
             one costs {} on top of the ticket’s own. Time saved by suggestions is not counted.",
            thousands(self.savings.tickets_per_month.round() as usize),
            percent_of(level.answered, level.total),
            thousands(self.savings.answered_per_month.round() as usize),
            minutes(a.minutes_per_ticket),
            minutes((a.minutes_per_mistake - a.minutes_per_ticket).max(0.0)),
        )
    }

    pub(super) fn definitions(&self) -> Vec<(&'static str, String)> {
        let split = if self.period.is_some() {
            "The earlier 70% of the tickets, by date, were learnt from"
        } else {
            "The tickets have no dates and so no order: 70% of each answer’s, drawn by chance, were learnt from"
        };
        let counts = self.forecast.as_ref().map_or_else(
            |_| String::new(),
            |f| {
                format!(
                    " ({} tickets, by {}), {} were used for measuring only",
                    thousands(f.trained_on),
                    f.reads,
                    thousands(f.asked.total)
                )
            },
        );
        vec![
            ("Measured on", format!("{split}{counts}. Every one of those counts, whatever it asked.")),
            ("Right", "The answer that the agent gave. A question to which the agent gave no named answer counts as wrong if it is answered.".into()),
            ("Automatic", "An answer is sent when its estimated chance of being right is above a threshold. The threshold was fixed on other tickets, kept aside from learning.".into()),
            ("A category’s threshold", "Its own, where its earlier tickets suffice to certify one; otherwise the common one. So the categories do not add up to the share above, which holds for one threshold for everything.".into()),
            ("Proved", format!(
                "By an exact binomial test in a fixed sequence of thresholds (Learn then Test): if the true rate were below the target, so few mistakes would be seen in at most {} of such audits.",
                percent(1.0 - self.options.confidence)
            )),
            ("Interval", format!("Exact (Clopper–Pearson), {}.", percent(self.options.confidence))),
            ("Hard to tell apart", "Two answers where a quarter or more of the later tickets of either are taken for the other’s.".into()),
        ]
    }
}

/// "95.2% of 146 (91–98%)".
pub(super) fn rate(part: usize, whole: usize, confidence: f64) -> String {
    let (low, high) = learn::interval(part, whole, confidence);
    let digits = usize::from(whole >= 1_000);
    format!(
        "{} of {} ({:.digits$}–{:.digits$}%)",
        percent_of(part, whole),
        thousands(whole),
        low * 100.0,
        high * 100.0
    )
}

pub(super) fn counted(n: usize, what: &str) -> String {
    let number = if n == 0 { "No".to_owned() } else { thousands(n) };
    format!("{number} {what}{}", if n == 1 { "" } else { "s" })
}

fn was(n: usize, what: &str) -> String {
    format!("{} {}", counted(n, what), if n == 1 { "was" } else { "were" })
}

/// "3.5 h", "1,204 h".
pub(super) fn hours(hours: f64) -> String {
    if hours < 9.95 { format!("{hours:.1} h") } else { format!("{} h", thousands(hours.round() as usize)) }
}

fn minutes(minutes: f64) -> String {
    if minutes.fract() == 0.0 { format!("{minutes:.0} min") } else { format!("{minutes:.1} min") }
}

/// "€1,204", "USD 1,204".
fn money(currency: &str, amount: f64) -> String {
    let gap = if currency.chars().count() > 1 { "\u{a0}" } else { "" };
    format!("{currency}{gap}{}", thousands(amount.round().max(0.0) as usize))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let text = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    if text.ends_with('.') { text } else { text + "." }
}

/// A language's name for its code.
pub(crate) fn language(code: &str) -> String {
    const NAMES: &[(&str, &str)] = &[
        ("ar", "Arabic"),
        ("bg", "Bulgarian"),
        ("ca", "Catalan"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("kk", "Kazakh"),
        ("ko", "Korean"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sk", "Slovak"),
        ("sl", "Slovenian"),
        ("sr", "Serbian"),
        ("sv", "Swedish"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("ur", "Urdu"),
        ("vi", "Vietnamese"),
        ("zh", "Chinese"),
        ("und", "Cannot be told"),
    ];
    NAMES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| code.to_owned(), |(_, name)| (*name).to_owned())
}
