//! The facts of tickets, packed by the day on which they came.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use domain::Millis;
use domain::metrics::{TicketFacts, packed};
use domain::time::DAY;

use crate::arg::args;
use crate::many::{chunks, placeholders};
use crate::{Arg, Error, Read, Result, Row, Tx};

/// A ticket that still waited so many days after its day ended is kept once more, beside others like it: few are, and
/// reports of later periods need these alone of the day.
const LATE: i64 = 14;

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
    let (late, packed) = (packed::pack(&late(day, facts)), packed::pack(facts));
    tx.execute_one(
        "INSERT INTO metrics_days (day, version, waits_until, tickets, facts, late) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (day) DO UPDATE SET version = excluded.version, waits_until = excluded.waits_until, \
         tickets = excluded.tickets, facts = excluded.facts, late = excluded.late",
        args![day, version(&packed), waits_until, facts.len() as i64, packed, late],
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

/// Equal facts have equal versions, others differ but for a chance of one in 2⁶⁴.
fn version(packed: &[u8]) -> i64 {
    let mut hasher = DefaultHasher::new();
    packed.hash(&mut hasher);
    hasher.finish().cast_signed()
}

/// A day of which facts are kept.
#[derive(Debug, Clone)]
pub struct Kept {
    pub day: i64,
    pub version: i64,
    /// Of a day long past, the tickets that waited long: all that later periods need of it.
    pub late: Option<Day>,
}

/// What is kept of `days`, and of the earlier ones of which a ticket still waited at `waiting`, which is a moment in
/// `days` or later.
pub async fn kept(mut db: impl Read, days: Range<i64>, waiting: Millis) -> Result<Vec<Kept>> {
    let rows = db
        .all(
            "SELECT day, version, CASE WHEN day < $4 THEN late END AS late FROM metrics_days \
             WHERE day < $2 AND (day >= $1 OR waits_until >= $3) ORDER BY day",
            args![days.start, days.end, waiting, days.start - LATE],
        )
        .await?;
    let read = |row: &Row| {
        let day = row.int("day")?;
        let late = row.opt_bytes("late")?.map(|facts| Day { day, facts });
        Ok(Kept { day, version: row.int("version")?, late })
    };
    rows.iter().map(read).collect()
}

/// The facts of these days, with their versions.
pub async fn facts_of(mut db: impl Read, days: &[i64]) -> Result<Vec<(i64, Day)>> {
    let mut all = Vec::with_capacity(days.len());
    for some in chunks(days) {
        let sql = format!(
            "SELECT day, version, facts FROM metrics_days WHERE day IN ({})",
            placeholders(some.len())
        );
        for row in db.all_built(sql, some.iter().map(|&day| Arg::from(day)).collect()).await? {
            all.push((row.int("version")?, Day { day: row.int("day")?, facts: row.bytes("facts")? }));
        }
    }
    Ok(all)
}
