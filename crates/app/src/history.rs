//! What happened, in words: of one ticket, and of everything.

use std::collections::HashMap;

use domain::EventId;
use serde_json::Value;
use store::events::Named;

use crate::{App, Result, tickets};

mod wording;

/// One line of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EventId,
    pub at: domain::Millis,
    pub kind: String,
    pub actor_kind: String,
    pub actor: String,
    pub ticket: Option<i64>,
    pub text: String,
}

/// All that happened to a ticket, oldest first.
pub async fn of_ticket(app: &App, number: i64) -> Result<Vec<Entry>> {
    let ticket = tickets::by_number(app, number).await?;
    let events = store::events::of_ticket(&app.db, ticket.id).await?;
    let names = Names::load(app).await?;
    Ok(events.into_iter().map(|event| entry(event, &names)).collect())
}

/// A page of everything that happened, newest first, before `before`.
pub async fn page(app: &App, before: Option<EventId>, limit: i64) -> Result<Vec<Entry>> {
    let events = store::events::page(&app.db, before, limit).await?;
    let names = Names::load(app).await?;
    Ok(events.into_iter().map(|event| entry(event, &names)).collect())
}

/// What these events say, each in words.
pub(crate) async fn in_words(app: &App, events: &[store::events::Event]) -> Result<Vec<String>> {
    let names = Names::load(app).await?;
    Ok(events.iter().map(|event| wording::text(event, &names)).collect())
}

fn entry(named: Named, names: &Names) -> Entry {
    let text = wording::text(&named.event, names);
    let Named { event, actor_name, number } = named;
    let actor = match event.actor_kind.as_str() {
        "system" => "Deskwise".into(),
        kind => actor_name.unwrap_or_else(|| format!("a {kind} who is gone")),
    };
    Entry {
        id: event.id,
        at: event.at,
        kind: event.kind,
        actor_kind: event.actor_kind,
        actor,
        ticket: number,
        text,
    }
}

/// What ids in events are called today.
struct Names {
    categories: HashMap<i64, String>,
    answers: HashMap<i64, String>,
    users: HashMap<i64, String>,
}

impl Names {
    async fn load(app: &App) -> Result<Self> {
        let categories = store::categories::all(&app.db).await?;
        let answers = store::answers::all(&app.db).await?;
        let users = store::users::all(&app.db).await?;
        Ok(Self {
            categories: categories.into_iter().map(|c| (c.id.0, c.name)).collect(),
            answers: answers.into_iter().map(|a| (a.id.0, a.title)).collect(),
            users: users.into_iter().map(|u| (u.id.0, u.name)).collect(),
        })
    }
}

/// An id in an event, which is written as text.
fn id(value: &Value) -> Option<i64> {
    value.as_str().and_then(|text| text.parse().ok()).or_else(|| value.as_i64())
}
