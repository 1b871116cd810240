//! Reading what the metrics count, ticket by ticket.

use domain::metrics::TicketFacts;
use domain::{CategoryId, Millis};

use crate::arg::args;
use crate::events::Event;
use crate::{Read, Result, Row};

/// The facts of all tickets created in `from..to`, of one category and its children or of all.
pub async fn facts(
    mut db: impl Read,
    from: Millis,
    to: Millis,
    category: Option<CategoryId>,
) -> Result<Vec<TicketFacts>> {
    let rows = db
        .all(
            "SELECT t.id, t.category_id, t.created_at, t.first_reply_at, t.first_reply_by, t.solved_at, t.solved_by, \
             t.touched_by_agent, t.resolution, t.survey_sent_at, r.value AS rating, r.responder AS rated_responder \
             FROM tickets t LEFT JOIN ratings r ON r.ticket_id = t.id \
             WHERE t.created_at >= $1 AND t.created_at < $2 AND ($3 = 0 OR t.category_id IN \
             (SELECT id FROM categories WHERE id = $3 OR parent_id = $3)) ORDER BY t.created_at, t.id",
            args![from, to, category.map_or(0, |c| c.0)],
        )
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<TicketFacts> {
    let rating = row.opt_word("rating")?;
    let rated = row.opt_word("rated_responder")?;
    Ok(TicketFacts {
        id: row.id("id")?,
        category: row.id("category_id")?,
        created_at: row.int("created_at")?,
        first_reply_at: row.opt_int("first_reply_at")?,
        first_reply_by: row.opt_word("first_reply_by")?,
        solved_at: row.opt_int("solved_at")?,
        solved_by: row.opt_word("solved_by")?,
        touched_by_agent: row.bool("touched_by_agent")?,
        resolution: row.opt_word("resolution")?,
        surveyed: row.opt_int("survey_sent_at")?.is_some(),
        rating: rating.zip(rated),
    })
}

/// The names of all categories.
pub async fn category_names(mut db: impl Read) -> Result<Vec<(CategoryId, String)>> {
    let rows = db.all("SELECT id, name FROM categories ORDER BY name", vec![]).await?;
    rows.iter().map(|row| Ok((row.id("id")?, row.text("name")?))).collect()
}

/// Changes of policies and models in `from..to`, oldest first.
pub async fn switches(mut db: impl Read, from: Millis, to: Millis) -> Result<Vec<Event>> {
    let rows = db
        .all(
            "SELECT * FROM events WHERE kind IN ('policy.changed', 'model.changed', 'guardrail.changed') \
             AND at >= $1 AND at < $2 ORDER BY id LIMIT 200",
            args![from, to],
        )
        .await?;
    rows.iter().map(Event::from_row).collect()
}
