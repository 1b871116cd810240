//! Answers: approved replies with their variants by language, written by people and predicted by the learner.

use std::sync::Arc;

use domain::answers::{Answer, Variant};
use domain::policy::is_language;
use domain::{AnswerId, CategoryId, Millis};
use store::{Tx, certificates};

use crate::automation::{ReadyAnswer, Snapshot};
use crate::fields::Fields;
use crate::{Actor, App, Error, NewEvent, Result, automation, experiments, templates};

mod import;
pub mod standing;
pub mod suggestions;
pub use import::{Imported, LineError, import};

/// An answer as it should be; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct AnswerChange {
    pub title: Option<String>,
    /// `Some(None)` takes the text away.
    pub body: Option<Option<String>>,
    pub category: Option<Option<CategoryId>>,
    pub published: Option<bool>,
    pub archived: Option<bool>,
    /// All of them; those left out are removed.
    pub variants: Option<Vec<Variant>>,
    /// Another answer that this one is interchangeable with, or none.
    pub interchangeable: Option<Option<AnswerId>>,
}

/// An answer and its variants, as they will be written.
#[derive(Debug, Clone)]
struct Draft {
    answer: Answer,
    variants: Vec<Variant>,
}

/// The answer, or which one there is not.
pub fn find(snapshot: &Snapshot, id: AnswerId) -> Result<Arc<ReadyAnswer>> {
    snapshot.answer(id).cloned().ok_or_else(|| Error::NotFound(format!("answer {id}")))
}

pub async fn create(app: &App, actor: Actor, new: AnswerChange) -> Result<AnswerId> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let now = app.now();
    let new = AnswerChange { title: Some(new.title.unwrap_or_default()), ..new };
    let draft = checked(&snapshot, Draft { answer: blank(now), variants: Vec::new() }, new, now)?;
    let id = app
        .db
        .write(move |tx| {
            let draft = draft.clone();
            Box::pin(async move { insert(tx, actor, draft, now).await })
        })
        .await?;
    app.automation.look_again();
    Ok(id)
}

pub async fn change(app: &App, actor: Actor, id: AnswerId, change: AnswerChange) -> Result<()> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let known = find(&snapshot, id)?;
    let before = Draft { answer: known.answer.clone(), variants: known.variants.clone() };
    let now = app.now();
    let after = checked(&snapshot, before.clone(), change, now)?;
    app.db
        .write(move |tx| {
            let (before, after) = (before.clone(), after.clone());
            Box::pin(async move { update(tx, actor, &before, after, now).await })
        })
        .await?;
    app.automation.look_again();
    Ok(())
}

fn blank(now: Millis) -> Answer {
    Answer {
        id: AnswerId(0),
        key: String::new(),
        title: String::new(),
        body: None,
        category: None,
        published: false,
        archived: false,
        interchangeable: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn checked(snapshot: &Snapshot, mut draft: Draft, change: AnswerChange, now: Millis) -> Result<Draft> {
    let mut fields = Fields::default();
    let answer = &mut draft.answer;
    if let Some(title) = &change.title {
        match fields.line("title", Some(title)) {
            Some(title) => answer.title = title,
            None => fields.wrong("title", "is missing; a few words that agents will look for are expected"),
        }
    }
    if let Some(body) = change.body {
        answer.body = body.and_then(|body| template(&mut fields, "body", &body));
    }
    if let Some(category) = change.category {
        if let Some(unknown) = category.filter(|c| snapshot.category(*c).is_none()) {
            fields.wrong("category", format!("there is no category {unknown}"));
        }
        answer.category = category;
    }
    if let Some(other) = change.interchangeable {
        answer.interchangeable = match other.map(|id| (id, snapshot.answer(id))) {
            None => None,
            Some((id, None)) => {
                fields.wrong("interchangeable", format!("there is no answer {id}"));
                None
            }
            Some((id, Some(other))) => Some(other.answer.interchangeable.unwrap_or(id.0)),
        };
    }
    answer.published = change.published.unwrap_or(answer.published);
    answer.archived = change.archived.unwrap_or(answer.archived);
    answer.updated_at = now;
    if let Some(variants) = change.variants {
        draft.variants = checked_variants(&mut fields, variants);
    }
    fields.done()?;
    Ok(draft)
}

fn checked_variants(fields: &mut Fields, variants: Vec<Variant>) -> Vec<Variant> {
    let mut checked: Vec<Variant> = Vec::with_capacity(variants.len());
    for Variant { language, body } in variants {
        let language = language.trim().to_lowercase();
        if !is_language(&language) {
            let message =
                format!("{language:?} is not a language code; two or three letters such as de are expected");
            fields.wrong("variants", message);
        } else if checked.iter().any(|v| v.language == language) {
            fields.wrong("variants", format!("there are two texts for the language {language}"));
        }
        if let Some(body) = template(fields, "variants", &body) {
            checked.push(Variant { language, body });
        }
    }
    checked
}

/// A template that parses; blank is none.
fn template(fields: &mut Fields, field: &str, text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").trim_end().to_owned();
    if text.trim().is_empty() {
        return None;
    }
    if let Err(error) = templates::check(&text) {
        fields.wrong(field, error.to_string());
    }
    Some(text)
}

async fn insert(tx: &mut Tx, actor: Actor, mut draft: Draft, now: Millis) -> Result<AnswerId> {
    let answer = &mut draft.answer;
    answer.id = tx.id(now);
    if answer.key.is_empty() {
        answer.key = answer.id.to_string();
    }
    store::answers::insert(tx, answer).await?;
    if let Some(group) = answer.interchangeable {
        join_group(tx, AnswerId(group), now).await?;
    }
    store::answers::set_variants(tx, answer.id, &draft.variants).await?;
    record(tx, actor, answer, true, now);
    Ok(answer.id)
}

async fn update(tx: &mut Tx, actor: Actor, before: &Draft, mut after: Draft, now: Millis) -> Result<()> {
    let (was, is) = (&before.answer, &mut after.answer);
    let text_changed = was.body != is.body || before.variants != after.variants;
    if text_changed {
        is.version += 1;
    }
    store::answers::update(tx, is).await?;
    if let Some(group) = is.interchangeable.filter(|_| was.interchangeable != is.interchangeable) {
        join_group(tx, AnswerId(group), now).await?;
    }
    if before.variants != after.variants {
        store::answers::set_variants(tx, is.id, &after.variants).await?;
    }
    // Writing a text that was missing changes nothing that was promised: such an answer was never sent.
    let replaced = was.body.is_some() && was.body != is.body
        || before.variants.iter().any(|v| !after.variants.contains(v));
    let why = match (replaced, was.category != is.category, was.interchangeable != is.interchangeable) {
        (true, ..) => Some("an answer's text changed"),
        (_, true, _) => Some("an answer moved to another category"),
        (.., true) => Some("interchangeable answers changed"),
        _ => None,
    };
    if let Some(why) = why {
        for category in [was.category, is.category, Some(CategoryId::DEFAULT)] {
            certificates::lapse(tx, category.unwrap_or(CategoryId::UNCATEGORISED), why, now).await?;
        }
    }
    if replaced {
        let id = is.id;
        experiments::end_those(tx, "the answer's text was changed", now, |e| e.compares_texts_of(id)).await?;
    }
    record(tx, actor, is, false, now);
    Ok(())
}

/// The group bears the id of the first answer in it, which must know so itself.
async fn join_group(tx: &mut Tx, first: AnswerId, now: Millis) -> Result<()> {
    Ok(store::answers::set_group(tx, first, first.0, now).await?)
}

fn record(tx: &mut Tx, actor: Actor, answer: &Answer, new: bool, now: Millis) {
    tx.event(NewEvent::new(now, "answer.changed", actor).subject(answer.id).data(&serde_json::json!({
        "title": answer.title, "version": answer.version, "archived": answer.archived, "new": new,
    })));
}

/// How often each answer solved a ticket of the last 30 days.
pub async fn used_30d(app: &App) -> Result<std::collections::HashMap<AnswerId, i64>> {
    let since = app.now() - 30 * domain::time::DAY;
    Ok(store::answers::used_since(&app.db, since).await?.into_iter().collect())
}
