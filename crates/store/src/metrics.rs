//! What the metrics count: the facts of tickets, read from their rows or as they were packed by the day, and which
//! days have changed since.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::metrics::{TicketFacts, packed};
use domain::time::DAY;
use domain::{CategoryId, EventId, Millis, UserId};

use crate::arg::args;
use crate::events::{Event, NewEvent};
use crate::many::{chunks, placeholders, values};
use crate::{Arg, Error, Read, Result, Row, Tx, ids};

mod facts;

pub use facts::facts;

/// A ticket that still waited so many days after its day ended is kept once more, beside others like it: few are, and
/// reports of later periods need these alone of the day.
const LATE: i64 = 14;

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

/// Keeps the facts of a day, read after the notes `seen`, and removes those notes. `false`, and nothing is kept, when
/// one of them is gone: somebody else has packed the day meanwhile, perhaps from newer facts.
pub async fn put_day(tx: &mut Tx, day: i64, facts: &[TicketFacts], seen: &[i64]) -> Result<bool> {
    let mut gone = 0;
    for some in chunks(seen) {
        let sql = format!("DELETE FROM metrics_changes WHERE id IN ({})", placeholders(some.len()));
        gone += tx.execute_built(sql, some.iter().map(|&id| Arg::from(id)).collect()).await?;
    }
    if gone < seen.len() as u64 {
        return Ok(false);
    }
    if facts.is_empty() {
        tx.execute("DELETE FROM metrics_days WHERE day = $1", args![day]).await?;
        return Ok(true);
    }
    let waits_until = facts.iter().map(waits_until).max().unwrap_or(0);
    tx.execute_one(
        "INSERT INTO metrics_days (day, waits_until, tickets, facts, late) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (day) DO UPDATE SET waits_until = excluded.waits_until, tickets = excluded.tickets, \
         facts = excluded.facts, late = excluded.late",
        args![day, waits_until, facts.len() as i64, packed::pack(facts), packed::pack(&late(day, facts))],
    )
    .await?;
    Ok(true)
}

/// From then on a ticket did not wait any more.
fn waits_until(f: &TicketFacts) -> Millis {
    let until = f.waits().last().map_or(0, |(_, until)| until.unwrap_or(Millis::MAX));
    if f.is_live() { until } else { 0 }
}

fn late(day: i64, facts: &[TicketFacts]) -> Vec<TicketFacts> {
    facts.iter().filter(|f| waits_until(f) >= (day + 1 + LATE) * DAY).cloned().collect()
}

/// A day's tickets, packed; or those of them that waited long.
#[derive(Debug, Clone)]
pub struct Day {
    pub day: i64,
    facts: Vec<u8>,
}

impl Day {
    /// Gives its facts one after the other, oldest first.
    pub fn each(&self, each: impl FnMut(&TicketFacts)) -> Result<()> {
        packed::unpack(&self.facts, each).map_err(|why| Error::Unreadable {
            column: "facts of table metrics_days".into(),
            id: format!(" (day {})", self.day),
            why: why.to_string(),
        })
    }

    /// How much there is of it.
    pub fn bytes(&self) -> usize {
        self.facts.len()
    }

    pub fn holds(&self, facts: &[TicketFacts]) -> bool {
        self.facts == packed::pack(facts)
    }
}

/// The packed days in `days`, and of earlier ones at least the tickets that still waited at `waiting`, which is a moment
/// in `days` or later.
pub async fn packed_days(mut db: impl Read, days: Range<i64>, waiting: Millis) -> Result<Vec<Day>> {
    let rows = db
        .all(
            "SELECT day, CASE WHEN day >= $4 THEN facts ELSE late END AS facts FROM metrics_days \
             WHERE day < $2 AND (day >= $1 OR waits_until >= $3) ORDER BY day",
            args![days.start, days.end, waiting, days.start - LATE],
        )
        .await?;
    rows.iter().map(|row| Ok(Day { day: row.int("day")?, facts: row.bytes("facts")? })).collect()
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
