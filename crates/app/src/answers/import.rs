//! Answers from a CSV file. A line that cannot be taken is reported by its number, and the rest goes in.

use std::collections::HashMap;

use domain::answers::{Variant, category_key};
use domain::policy::is_language;
use domain::{AnswerId, CategoryId};
use serde::{Deserialize, Serialize};

use super::{AnswerChange, Draft, blank, checked, insert, update};
use crate::automation::Snapshot;
use crate::{Actor, App, Error, Result, automation};

/// The most lines of one file.
const MOST_LINES: usize = 10_000;

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Imported {
    pub created: usize,
    pub updated: usize,
    pub errors: Vec<LineError>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct LineError {
    pub line: u64,
    pub message: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Line {
    key: Option<String>,
    title: String,
    #[serde(default)]
    body: String,
    category: Option<String>,
    language: Option<String>,
}

/// Answers by key, or by title where there is no key; what is known is updated.
pub async fn import(app: &App, actor: Actor, file: &[u8]) -> Result<Imported> {
    let (lines, mut errors) = read(file)?;
    let (mut created, mut updated) = (0, 0);
    for (number, line) in lines {
        app.automation.look_again();
        match take(app, actor, &line).await {
            Ok(true) => created += 1,
            Ok(false) => updated += 1,
            Err(Error::Invalid(fields)) => {
                let said: Vec<String> =
                    fields.iter().map(|f| format!("{}: {}", f.field, f.message)).collect();
                errors.push(LineError { line: number, message: said.join("; ") });
            }
            Err(error) => return Err(error),
        }
    }
    errors.sort_by_key(|e| e.line);
    Ok(Imported { created, updated, errors })
}

type Lines = Vec<(u64, Line)>;

fn read(file: &[u8]) -> Result<(Lines, Vec<LineError>)> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::Headers).from_reader(file);
    let headers = reader.headers().map_err(|e| Error::invalid("file", format!("is not CSV: {e}")))?;
    let headers: csv::StringRecord = headers.iter().map(str::to_lowercase).collect();
    if !headers.iter().any(|h| h == "title") {
        let found = headers.iter().take(10).collect::<Vec<_>>().join(", ");
        let message = format!(
            "has no column title (found: {found}); key, title, body, category, language are expected"
        );
        return Err(Error::invalid("file", message));
    }
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    for record in reader.byte_records() {
        let line = |e: &csv::Error| e.position().map_or(0, csv::Position::line);
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                errors.push(LineError { line: line(&error), message: error.to_string() });
                continue;
            }
        };
        let number = record.position().map_or(0, csv::Position::line);
        if lines.len() == MOST_LINES {
            let message = format!("the file has more than {MOST_LINES} lines; the rest was left out");
            errors.push(LineError { line: number, message });
            break;
        }
        let parsed = csv::StringRecord::from_byte_record(record)
            .map_err(|_| "is not UTF-8 text".to_owned())
            .and_then(|r| r.deserialize(Some(&headers)).map_err(|e| e.to_string()));
        match parsed {
            Ok(parsed) => lines.push((number, parsed)),
            Err(message) => errors.push(LineError { line: number, message }),
        }
    }
    Ok((lines, errors))
}

/// Writes one line; true when it made a new answer.
async fn take(app: &App, actor: Actor, line: &Line) -> Result<bool> {
    let snapshot = automation::snapshot(app).await?;
    let category = match line.category.as_deref().map(str::trim).filter(|c| !c.is_empty()) {
        Some(name) => Some(category(app, actor, &snapshot, name).await?),
        None => None,
    };
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let known = known(&snapshot, line);
    let mut change = AnswerChange { category: category.map(Some), ..AnswerChange::default() };
    let language = line.language.as_deref().map(|l| l.trim().to_lowercase()).filter(|l| !l.is_empty());
    if let Some(bad) = language.as_deref().filter(|l| !is_language(l)) {
        let message = format!("{bad:?} is not a language code; two or three letters such as de are expected");
        return Err(Error::invalid("language", message));
    }
    let before = known.and_then(|id| snapshot.answer(id));
    match (before, language) {
        // A text in another language than the main one stands beside it.
        (Some(answer), Some(language))
            if answer.answer.body.is_some() && answer.language != Some(&language) =>
        {
            let mut variants = answer.variants.clone();
            variants.retain(|v| v.language != language);
            variants.push(Variant { language, body: line.body.clone() });
            change.variants = Some(variants);
        }
        _ if line.body.trim().is_empty() => {}
        _ => change.body = Some(Some(line.body.clone())),
    }
    let now = app.now();
    if let Some(answer) = before {
        let before = Draft { answer: answer.answer.clone(), variants: answer.variants.clone() };
        change.title = Some(line.title.clone());
        let after = checked(&snapshot, before.clone(), change, now)?;
        if before.answer
            == (domain::answers::Answer { updated_at: before.answer.updated_at, ..after.answer.clone() })
            && before.variants == after.variants
        {
            return Ok(false);
        }
        app.db
            .write(move |tx| {
                let (before, after) = (before.clone(), after.clone());
                Box::pin(async move { update(tx, actor, &before, after, now).await })
            })
            .await?;
        return Ok(false);
    }
    let mut new = Draft { answer: blank(now), variants: Vec::new() };
    new.answer.key = line.key.as_deref().unwrap_or_default().trim().chars().take(200).collect();
    change.title = Some(line.title.clone());
    let draft = checked(&snapshot, new, change, now)?;
    app.db
        .write(move |tx| {
            let draft = draft.clone();
            Box::pin(async move { insert(tx, actor, draft, now).await })
        })
        .await?;
    Ok(true)
}

fn known(snapshot: &Snapshot, line: &Line) -> Option<AnswerId> {
    let key = line.key.as_deref().map(str::trim).filter(|k| !k.is_empty());
    let by_key: HashMap<&str, AnswerId> =
        snapshot.answers.iter().map(|a| (a.answer.key.as_str(), a.answer.id)).collect();
    match key {
        Some(key) => by_key.get(key).copied(),
        None => snapshot.answers.iter().find(|a| a.answer.title == line.title.trim()).map(|a| a.answer.id),
    }
}

async fn category(app: &App, actor: Actor, snapshot: &Snapshot, name: &str) -> Result<CategoryId> {
    let key = category_key(name);
    if let Some(known) = snapshot.categories.iter().find(|c| category_key(&c.name) == key) {
        return Ok(known.id);
    }
    let new = crate::categories::NewCategory { name: name.to_owned(), parent: None };
    Ok(crate::categories::create(app, actor, new).await?.id)
}
