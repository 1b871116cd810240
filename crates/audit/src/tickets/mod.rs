//! A table's rows as tickets, and what there is to say about how they were read.

mod cells;

use std::collections::HashSet;

use domain::Millis;
use jiff::tz::TimeZone;

use crate::columns::{Columns, is_free_text};
use crate::dates::Reader;
use crate::table::{Kind, Table};
pub(crate) use cells::hash;
use cells::{Names, code, names};

/// A past ticket. Categories and answers are numbers into [`Tickets`]' names.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Ticket {
    /// What the customer asked, without quoted replies and signatures.
    pub text: String,
    /// Stands for the requester.
    pub requester: u64,
    /// Words of the requester's name, where the file has it.
    pub names: Vec<String>,
    pub category: Option<u32>,
    pub answer: Option<u32>,
    pub reply: Option<String>,
    pub at: Option<Millis>,
    /// Seconds until the first reply and until it was solved.
    pub first_reply: Option<i64>,
    pub solved: Option<i64>,
    pub language: Option<String>,
}

/// A file's tickets, oldest first where they have dates.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tickets {
    pub all: Vec<Ticket>,
    pub categories: Vec<String>,
    pub answers: Vec<String>,
    /// Whether enough of them have a date to be put in order.
    pub dated: bool,
    /// Whether their times have hours.
    pub hours: bool,
    /// What a person should know about how the file was read.
    pub notes: Vec<String>,
}

/// More categories than this are shown as one "other".
const MOST_CATEGORIES: usize = 40;

/// Times that name no offset are those of `zone`.
pub(crate) fn read(table: &Table, columns: &Columns, zone: &TimeZone) -> Tickets {
    let mut out = Tickets::default();
    file_notes(table, &mut out.notes);
    let (answer, reply) = answers_or_replies(table, columns, &mut out.notes);
    let category = columns.category.filter(|&at| {
        let free = is_free_text(table, at);
        if free {
            out.notes.push(format!(
                "Column “{}” holds free text, not categories; categories were found from the questions.",
                table.columns[at]
            ));
        }
        !free
    });
    let times = Times::learn(table, columns, zone, &mut out.notes);
    let mut categories = Names::default();
    let mut answers = Names::default();
    let mut empty = 0;
    // Without a column that tells tickets apart, the same question twice is two tickets.
    let tells = columns.created.or(columns.requester).is_some();
    let mut seen: HashSet<&[String]> = HashSet::new();
    let mut twice = 0;
    for row in &table.rows {
        if tells && !seen.insert(row) {
            twice += 1;
            continue;
        }
        let cell = |at: Option<usize>| at.map(|at| row[at].trim()).filter(|c| !c.is_empty());
        let text = learn::normalise(cell(columns.subject), &row[columns.text]);
        empty += usize::from(text.is_empty());
        let at = cell(columns.created).and_then(|c| times.created.read(c));
        out.all.push(Ticket {
            requester: cell(columns.requester).map_or(out.all.len() as u64, hash),
            names: names(cell(columns.name), cell(columns.requester)),
            category: cell(category).map(|c| categories.number(c)),
            answer: cell(answer).map(|c| answers.number(c)),
            reply: cell(reply).map(str::to_owned),
            first_reply: times.after(at, cell(columns.first_reply), cell(columns.first_reply_minutes)),
            solved: times.after(at, cell(columns.solved), cell(columns.solved_minutes)),
            language: cell(columns.language).and_then(code),
            text,
            at,
        });
    }
    if twice > 0 {
        out.notes.push(format!("{twice} rows stand in the file more than once; each was counted once."));
    }
    if empty > 0 {
        out.notes.push(format!(
            "{empty} tickets have no text. They count in every share, as questions nobody can answer."
        ));
    }
    out.categories = categories.names;
    out.answers = answers.names;
    fold_rare_categories(&mut out);
    order(&mut out, columns.created.is_some());
    out
}

fn file_notes(table: &Table, notes: &mut Vec<String>) {
    if table.skipped > 0 {
        notes.push(format!("{} lines could not be read and were left out.", table.skipped));
    }
    if table.other_encoding > 0 {
        notes.push("Parts of the file were not UTF-8; they were read as Windows-1252 or UTF-16.".into());
    }
    if table.kind == Kind::ZendeskCsv {
        notes.push(
            "Zendesk’s CSV holds subjects only. Its JSON export holds the conversations and gives a better answer."
                .into(),
        );
    }
}

/// The answer column, unless it holds sentences: then these are reply texts.
fn answers_or_replies(
    table: &Table,
    columns: &Columns,
    notes: &mut Vec<String>,
) -> (Option<usize>, Option<usize>) {
    let Some(at) = columns.answer.filter(|&at| is_free_text(table, at)) else {
        return (columns.answer, columns.reply.filter(|_| columns.answer.is_none()));
    };
    let name = &table.columns[at];
    let read = columns.reply.unwrap_or(at);
    notes.push(format!(
        "Column “{name}” holds free text, not names of answers; replies in “{}” that share a template were grouped instead.",
        table.columns[read]
    ));
    (None, Some(read))
}

/// How the file's time columns are read.
struct Times {
    created: Reader,
    first_reply: Reader,
    solved: Reader,
}

impl Times {
    fn learn(table: &Table, columns: &Columns, zone: &TimeZone, notes: &mut Vec<String>) -> Self {
        let learn = |at: Option<usize>| match at {
            None => Reader::of(zone.clone()),
            Some(at) => Reader::learn(table.filled(at).collect::<Vec<_>>().into_iter(), zone),
        };
        let out = Self {
            created: learn(columns.created),
            first_reply: learn(columns.first_reply),
            solved: learn(columns.solved),
        };
        if out.created.ambiguous {
            notes.push(
                "Nothing in the dates tells day from month; 03/04 was read as the third of April.".into(),
            );
        }
        out
    }

    /// Seconds from `at` to a moment, or as a number of minutes says.
    fn after(&self, at: Option<Millis>, moment: Option<&str>, minutes: Option<&str>) -> Option<i64> {
        let then = moment.and_then(|m| self.first_reply.read(m).or_else(|| self.solved.read(m)));
        let seconds = match (at, then) {
            (Some(at), Some(then)) => Some((then - at) / 1_000),
            _ => minutes.and_then(|m| m.parse::<f64>().ok()).map(|m| (m * 60.0) as i64),
        };
        seconds.filter(|s| *s >= 0)
    }
}

fn fold_rare_categories(out: &mut Tickets) {
    if out.categories.len() <= MOST_CATEGORIES {
        return;
    }
    let mut counts = vec![0_usize; out.categories.len()];
    for category in out.all.iter().filter_map(|t| t.category) {
        counts[category as usize] += 1;
    }
    let mut ranked: Vec<usize> = (0..counts.len()).collect();
    ranked.sort_by_key(|&i| (std::cmp::Reverse(counts[i]), i));
    let kept = MOST_CATEGORIES - 1;
    let mut place = vec![kept as u32; counts.len()];
    for (new, &old) in ranked.iter().take(kept).enumerate() {
        place[old] = new as u32;
    }
    out.notes.push(format!(
        "Of {} categories the {kept} most frequent are shown; the others are counted together.",
        counts.len()
    ));
    let mut names: Vec<String> = ranked.iter().take(kept).map(|&i| out.categories[i].clone()).collect();
    names.push("All other categories".into());
    out.categories = names;
    for ticket in &mut out.all {
        ticket.category = ticket.category.map(|c| place[c as usize]);
    }
}

/// Oldest first. A ticket without a date, among tickets with one, stays where the file has it.
fn order(out: &mut Tickets, has_column: bool) {
    let dated = out.all.iter().filter(|t| t.at.is_some()).count();
    let all = out.all.len();
    out.dated = dated > 0 && dated * 2 >= all;
    if !out.dated {
        if has_column {
            out.notes.push(format!(
                "Only {dated} of {all} tickets have a date that could be read, so none was used; give the column with --created."
            ));
        }
        for ticket in &mut out.all {
            ticket.at = None;
        }
        return;
    }
    if dated < all {
        out.notes
            .push(format!("{} tickets have no readable date; they were kept in their place.", all - dated));
    }
    out.hours = out.all.iter().filter_map(|t| t.at).any(|at| at % domain::time::DAY != 0);
    let mut last = out.all.iter().find_map(|t| t.at);
    let mut keyed: Vec<(Option<Millis>, Ticket)> = std::mem::take(&mut out.all)
        .into_iter()
        .map(|ticket| {
            last = ticket.at.or(last);
            (last, ticket)
        })
        .collect();
    keyed.sort_by_key(|k| k.0);
    out.all = keyed.into_iter().map(|k| k.1).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Wanted;

    fn tickets(file: &str) -> Tickets {
        let table = crate::table::read(file.as_bytes()).unwrap();
        let columns = Columns::find(&table, &Wanted::default()).unwrap();
        read(&table, &columns, &TimeZone::UTC)
    }

    #[test]
    fn rows_become_tickets_in_order_of_time() {
        let out = tickets(
            "created_at,first_reply_at,requester,body,category,answer,language\n\
             2026-09-02 10:00,2026-09-02 11:00,Ann@x.org,second one,a,x,de-DE\n\
             2026-09-01 10:00,2026-09-01 09:00,ann@x.org,first one,b,,\n",
        );
        assert_eq!(out.all[0].text, "first one");
        assert_eq!((out.all[0].answer, out.all[0].first_reply), (None, None));
        assert_eq!(out.all[1].first_reply, Some(3_600));
        assert_eq!(out.all[1].language.as_deref(), Some("de"));
        assert_eq!(out.all[0].requester, out.all[1].requester);
        assert_eq!(out.all[0].names, ["ann"]);
        assert!(out.dated && out.hours && out.notes.is_empty());
    }

    #[test]
    fn free_text_answers_are_replies() {
        let rows: String = (0..50).map(|i| format!("question {i} here,Dear {i} we sent it\n")).collect();
        let out = tickets(&format!("body,answer\n{rows}"));
        assert!(out.answers.is_empty() && out.all[3].reply.is_some());
        assert!(out.notes[0].contains("free text"));
    }

    #[test]
    fn without_dates_nothing_is_put_in_order() {
        let out = tickets("body,date\nhello there,soon\nhi there,later\n");
        assert!(!out.dated && out.notes[0].contains("0 of 2"));
    }

    #[test]
    fn many_categories_fold() {
        let rows: String =
            (0..100).flat_map(|i| (0..=i % 50 + 1).map(move |_| format!("q w e,cat {i}\n"))).collect();
        let out = tickets(&format!("body,category\n{rows}"));
        assert_eq!(out.categories.len(), MOST_CATEGORIES);
        assert!(out.all.iter().all(|t| (t.category.unwrap() as usize) < MOST_CATEGORIES));
    }
}
