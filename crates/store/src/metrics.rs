//! What the metrics count: the facts of tickets, read from their rows or as they were packed by the day, and which
//! days have changed since.

use std::collections::BTreeMap;

use domain::time::DAY;
use domain::{CategoryId, EventId, Millis, UserId};

use crate::arg::args;
use crate::events::{Event, NewEvent};
use crate::many::{chunks, values};
use crate::{Read, Result, Row, Tx, ids};

mod days;
mod facts;

pub use days::{Day, Kept, facts_of, kept, put_day};
pub use facts::facts;

/// The days of tickets, counted from 1970 in UTC.
pub fn day_of(at: Millis) -> i64 {
    at.div_euclid(DAY)
}

/// Notes for the tickets of these events that their days are to be packed again. Rows are only added: transactions
/// that change tickets of one day do not wait for each other.
pub(crate) async fn note_changes(tx: &mut Tx, events: &[(EventId, NewEvent)]) -> Result<()> {
    let mut days: Vec<(i64, Millis)> = events
        .iter()
        .filter_map(|(_, event)| Some((day_of(ids::made_at(event.ticket?.0)), event.at)))
        .collect();
    days.sort_unstable();
    days.dedup_by_key(|(day, _)| *day);
    for some in chunks(&days) {
        let args = some.iter().flat_map(|&(day, at)| args![tx.id::<i64>(at), day]).collect();
        let sql = format!("INSERT INTO metrics_changes (id, day) VALUES {}", values(some.len(), 2));
        tx.execute_built(sql, args).await?;
    }
    Ok(())
}

/// Days that have changed since they were packed.
pub async fn changed_days(mut db: impl Read) -> Result<Vec<i64>> {
    let rows = db.all("SELECT DISTINCT day FROM metrics_changes ORDER BY day", args![]).await?;
    rows.iter().map(|row| row.int("day")).collect()
}

/// The notes that a day has changed.
pub async fn changes(mut db: impl Read, day: i64) -> Result<Vec<i64>> {
    let rows = db.all("SELECT id FROM metrics_changes WHERE day = $1", args![day]).await?;
    rows.iter().map(|row| row.int("id")).collect()
}

/// Every day on which tickets began.
pub async fn days(mut db: impl Read) -> Result<Vec<i64>> {
    let sql = "SELECT DISTINCT created_at / 86400000 AS day FROM tickets ORDER BY created_at / 86400000";
    db.all(sql, args![]).await?.iter().map(|row| row.int("day")).collect()
}

/// Every day of which facts are kept.
pub async fn kept_days(mut db: impl Read) -> Result<Vec<i64>> {
    let rows = db.all("SELECT day FROM metrics_days ORDER BY day", args![]).await?;
    rows.iter().map(|row| row.int("day")).collect()
}

/// What all categories are called, with what they stand below.
pub async fn categories(mut db: impl Read) -> Result<Vec<(CategoryId, String, Option<CategoryId>)>> {
    let rows = db.all("SELECT id, name, parent_id FROM categories ORDER BY name", vec![]).await?;
    rows.iter().map(|row| Ok((row.id("id")?, row.text("name")?, row.opt_id("parent_id")?))).collect()
}

/// Someone of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub team: Option<String>,
}

pub async fn people(mut db: impl Read) -> Result<Vec<Person>> {
    let rows = db.all("SELECT id, name, team FROM users", vec![]).await?;
    let person =
        |row: &Row| Ok(Person { id: row.id("id")?, name: row.text("name")?, team: row.opt_text("team")? });
    rows.iter().map(person).collect()
}

/// Changes of policies and models in `from..to`, oldest first.
pub async fn switches(mut db: impl Read, from: Millis, to: Millis) -> Result<Vec<Event>> {
    let rows = db
        .all(
            "SELECT * FROM events WHERE kind IN ('policy.changed', 'model.changed', 'guardrail.changed') \
             AND id >= $1 AND id < $2 ORDER BY id",
            args![ids::first_at(from), ids::first_at(to)],
        )
        .await?;
    rows.iter().map(Event::from_row).collect()
}
