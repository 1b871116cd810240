//! Which column holds what: by its name, by what it holds, or as a person says.

mod names;

use std::collections::HashSet;

use crate::table::{Kind, Table};
use names::{
    ANSWER, CATEGORY, CREATED, FIRST_REPLY, FIRST_REPLY_MINUTES, LANGUAGE, NAME, REPLY, REQUESTER, SOLVED,
    SOLVED_MINUTES, SUBJECT, TEXT,
};

/// What a person said about the columns; anything else is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub text: Option<String>,
    pub answer: Option<String>,
    pub reply: Option<String>,
    pub category: Option<String>,
    pub created: Option<String>,
}

/// Where each field stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub text: usize,
    pub subject: Option<usize>,
    pub answer: Option<usize>,
    pub reply: Option<usize>,
    pub category: Option<usize>,
    pub created: Option<usize>,
    pub first_reply: Option<usize>,
    /// The time to the first reply, in minutes.
    pub first_reply_minutes: Option<usize>,
    pub solved: Option<usize>,
    pub solved_minutes: Option<usize>,
    pub requester: Option<usize>,
    pub name: Option<usize>,
    pub language: Option<usize>,
}

/// A column that was asked for and is not there, or none that could be the question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    #[error("there is no column {wanted:?}; the columns are {found}; say which with --{option}")]
    Missing { wanted: String, found: String, option: &'static str },
    #[error("no column looks like the customers’ questions; the columns are {found}; say which with --text")]
    NoText { found: String },
}

impl Columns {
    pub(crate) fn find(table: &Table, wanted: &Wanted) -> Result<Self, ColumnError> {
        let found = || table.columns.join(", ");
        let said = |option: &'static str, name: &Option<String>| match name {
            None => Ok(None),
            Some(name) => table.column(name).map(Some).ok_or_else(|| ColumnError::Missing {
                wanted: name.clone(),
                found: found(),
                option,
            }),
        };
        let answer = said("answer", &wanted.answer)?;
        let reply = said("reply", &wanted.reply)?;
        let category = said("category", &wanted.category)?;
        let created = said("created", &wanted.created)?;
        let text = said("text", &wanted.text)?;
        let mut taken: HashSet<usize> =
            [answer, reply, category, created, text].into_iter().flatten().collect();
        let mut guess = |said: Option<usize>, names: &[&str]| {
            let found = said.or_else(|| named(table, names, &taken));
            taken.extend(found);
            found
        };
        let created = guess(created, CREATED);
        let text = guess(text, TEXT);
        let subject = guess(None, SUBJECT);
        let answer = guess(answer, ANSWER);
        let reply = guess(reply, REPLY);
        let category = guess(category, CATEGORY);
        let columns = Self {
            text: usize::MAX,
            subject,
            answer,
            reply,
            category,
            created,
            first_reply: guess(None, FIRST_REPLY),
            first_reply_minutes: guess(None, FIRST_REPLY_MINUTES),
            solved: guess(None, SOLVED),
            solved_minutes: guess(None, SOLVED_MINUTES),
            requester: guess(None, REQUESTER),
            name: guess(None, NAME),
            language: guess(None, LANGUAGE),
        };
        let text = text
            // Zendesk's ticket CSV holds no conversation: its subject is all there is.
            .or(if table.kind == Kind::ZendeskCsv { subject } else { None })
            .or_else(|| wordy(table, &taken))
            .or(subject)
            .ok_or_else(|| ColumnError::NoText { found: found() })?;
        Ok(Self { text, subject: columns.subject.filter(|s| *s != text), ..columns })
    }

    /// Each field that was found with its column's name, for a person to check.
    pub(crate) fn described<'a>(&self, table: &'a Table) -> Vec<(&'static str, &'a str)> {
        [
            ("text", Some(self.text)),
            ("subject", self.subject),
            ("answer", self.answer),
            ("reply", self.reply),
            ("category", self.category),
            ("created", self.created),
            ("first reply", self.first_reply.or(self.first_reply_minutes)),
            ("solved", self.solved.or(self.solved_minutes)),
            ("requester", self.requester),
            ("name", self.name),
            ("language", self.language),
        ]
        .into_iter()
        .filter_map(|(field, column)| Some((field, table.columns.get(column?)?.as_str())))
        .collect()
    }
}

/// The first of these names that a column has and that holds something.
fn named(table: &Table, names: &[&str], taken: &HashSet<usize>) -> Option<usize> {
    let free = |at: &usize| !taken.contains(at) && table.filled(*at).next().is_some();
    names.iter().find_map(|name| {
        let mut fitting = (0..table.columns.len()).filter(|&i| plain(&table.columns[i]) == *name);
        fitting.find(free)
    })
}

/// "Category [list]" and "createdAt" as the lists above write them.
fn plain(name: &str) -> String {
    let name = name.split('[').next().unwrap_or_default().trim();
    let mut out = String::with_capacity(name.len() + 4);
    let mut before = '_';
    for c in name.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            out.push('_');
        }
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('_') {
            out.push('_');
        }
        before = c;
    }
    out.trim_matches('_').to_owned()
}

/// The column that reads most like sentences.
fn wordy(table: &Table, taken: &HashSet<usize>) -> Option<usize> {
    const LOOK: usize = 500;
    const LEAST_WORDS: f64 = 2.0;
    let words = |at: usize| {
        let counts: Vec<usize> = table.filled(at).take(LOOK).map(|c| c.split_whitespace().count()).collect();
        counts.iter().sum::<usize>() as f64 / counts.len().max(1) as f64
    };
    (0..table.columns.len())
        .filter(|at| !taken.contains(at))
        .map(|at| (at, words(at)))
        .filter(|(_, words)| *words >= LEAST_WORDS)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|(at, _)| at)
}

/// Whether a column that should name things holds sentences instead: nearly every cell is another one.
pub(crate) fn is_free_text(table: &Table, column: usize) -> bool {
    const LEAST: usize = 20;
    const MOST_NAMES: usize = 2_000;
    let mut distinct: HashSet<&str> = HashSet::new();
    let (mut filled, mut letters) = (0_usize, 0_usize);
    for cell in table.filled(column) {
        distinct.insert(cell.trim());
        filled += 1;
        letters += cell.len();
    }
    let long = letters > 60 * filled;
    let various = distinct.len() * 2 > filled;
    filled >= LEAST && (various || distinct.len() > MOST_NAMES || (long && distinct.len() * 10 > filled))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::read;

    fn find(file: &str, wanted: &Wanted) -> Result<Vec<(&'static str, String)>, ColumnError> {
        let table = read(file.as_bytes()).unwrap();
        let columns = Columns::find(&table, wanted)?;
        Ok(columns.described(&table).into_iter().map(|(f, c)| (f, c.to_owned())).collect())
    }

    #[test]
    fn usual_names_are_known() {
        let found = find(
            "Ticket ID,createdAt,Customer E-mail,Subject,Body,Category [list],Macro,First Reply At\n1,2026-01-01,a,b,c,d,e,2026-01-02\n",
            &Wanted::default(),
        );
        let found = found.unwrap();
        for (field, column) in [
            ("text", "Body"),
            ("subject", "Subject"),
            ("created", "createdAt"),
            ("answer", "Macro"),
            ("category", "Category [list]"),
            ("first reply", "First Reply At"),
        ] {
            assert!(found.contains(&(field, column.to_owned())), "{field}: {found:?}");
        }
    }

    #[test]
    fn a_person_knows_better_and_the_content_helps() {
        let file = "a,b,text\n1,where is the card that i ordered,x\n";
        let wanted = Wanted { text: Some("B".into()), ..Wanted::default() };
        assert_eq!(find(file, &wanted).unwrap()[0], ("text", "b".to_owned()));
        assert_eq!(find("a,b\n1,where is my card\n", &Wanted::default()).unwrap()[0].1, "b");
        assert_eq!(
            find("id,subject\n1,card\n", &Wanted::default()).unwrap(),
            [("text", "subject".to_owned())]
        );
        let missing = find(file, &Wanted { reply: Some("c".into()), ..Wanted::default() }).unwrap_err();
        assert!(missing.to_string().contains("\"c\"; the columns are a, b, text; say which with --reply"));
        assert!(matches!(find("a,b\n1,2\n", &Wanted::default()), Err(ColumnError::NoText { .. })));
    }

    #[test]
    fn empty_columns_are_not_guessed() {
        assert_eq!(
            find("body,description\n,hello you there\n", &Wanted::default()).unwrap()[0].1,
            "description"
        );
    }

    #[test]
    fn free_text_is_no_label() {
        let names: String = (0..100).map(|i| format!("label{}\n", i % 7)).collect();
        let texts: String = (0..100).map(|i| format!("\"Hello {i}, we looked into it\"\n")).collect();
        let table = |text: String| read(format!("x\n{text}").as_bytes()).unwrap();
        assert!(!is_free_text(&table(names), 0));
        assert!(is_free_text(&table(texts), 0));
        assert!(!is_free_text(&table("a\nb\n".into()), 0));
    }
}
