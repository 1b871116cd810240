//! Labelled tickets as people look them over: what each teaches, and what everyone said of it.

use domain::words::{Choice, CustomerWord, LabelSource};
use domain::{AnswerId, CategoryId, Millis, TicketId};

use crate::arg::args;
use crate::conditions::Condition;
use crate::labels::{Mended, mended};
use crate::many::{chunks, placeholders};
use crate::search::{self, Window};
use crate::{Arg, Db, Read, Result, Row, ids};

/// Tickets found by their words are looked through in portions of this size, at most so many of them for a page.
const PORTION: i64 = 500;
const PORTIONS: usize = 10;

/// A ticket, its label, and what else was said about which answer is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    pub ticket: TicketId,
    pub number: i64,
    pub subject: Option<String>,
    pub excerpt: String,
    pub category: CategoryId,
    pub created_at: Millis,
    /// The label. None: no answer fits.
    pub answer: Option<AnswerId>,
    pub source: LabelSource,
    pub unseen: bool,
    /// How an agent used an answer, and which, where one replied.
    pub choice: Option<Choice>,
    pub chosen: Option<AnswerId>,
    /// Share of words that differ from the chosen answer's text.
    pub edited: Option<f64>,
    pub customer: Option<CustomerWord>,
    /// What it teaches instead of its label.
    pub mended: Option<Mended>,
}

/// Which labelled tickets.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Labelled with this answer; an inner None: that no answer fits.
    pub answer: Option<Option<AnswerId>>,
    pub source: Option<LabelSource>,
    /// Only those about which sources disagree, and which nobody has mended.
    pub conflicts: bool,
    /// In which all these words occur.
    pub words: Option<String>,
    /// Older than this one.
    pub before: Option<TicketId>,
}

/// A review that names another answer than the agent did, or a customer who was not helped by it.
const CONFLICT: &str = "d.id IS NULL AND ((l.source = 'review' AND c.ticket_id IS NOT NULL \
    AND c.answer_id IS DISTINCT FROM l.answer_id) \
    OR (l.source <> 'review' AND l.customer IN ('not_helped', 'rated_bad', 'reopened')))";

const LABELLED: &str = "SELECT t.id, t.number, t.subject, t.excerpt, t.category_id, t.created_at, l.answer_id, l.source, \
    l.unseen, l.customer, c.kind AS choice, c.answer_id AS chosen, c.edited, d.id AS mend_id, \
    d.answer_id AS mended_answer_id FROM labels l JOIN tickets t ON t.id = l.ticket_id \
    LEFT JOIN choices c ON c.ticket_id = l.ticket_id \
    LEFT JOIN mends d ON d.id = (SELECT MAX(e.mend_id) FROM mended e JOIN mends f ON f.id = e.mend_id \
    WHERE e.ticket_id = l.ticket_id AND f.undone_at IS NULL)";

fn read(row: &Row) -> Result<Labelled> {
    Ok(Labelled {
        ticket: row.id("id")?,
        number: row.int("number")?,
        subject: row.opt_text("subject")?,
        excerpt: row.text("excerpt")?,
        category: row.id("category_id")?,
        created_at: row.int("created_at")?,
        answer: row.opt_id("answer_id")?,
        source: row.word("source")?,
        unseen: row.bool("unseen")?,
        choice: row.opt_word("choice")?,
        chosen: row.opt_id("chosen")?,
        edited: row.opt_real("edited")?,
        customer: row.opt_word("customer")?,
        mended: mended(row)?,
    })
}

fn conditions(wanted: &Wanted) -> Vec<Condition> {
    let mut all = Vec::new();
    match wanted.answer {
        Some(Some(answer)) => all.push(Condition::With("l.answer_id = ?", Arg::from(answer))),
        Some(None) => all.push(Condition::Fixed("l.answer_id IS NULL")),
        None => {}
    }
    all.extend(wanted.source.map(|source| Condition::With("l.source = ?", Arg::from(source))));
    if wanted.conflicts {
        all.push(Condition::Fixed(CONFLICT));
    }
    all
}

async fn rows(mut db: &Db, conditions: Vec<Condition>, limit: i64) -> Result<Vec<Labelled>> {
    let (mut sql, mut args) = (format!("{LABELLED} WHERE "), Vec::new());
    Condition::All(conditions).write(db.dialect(), &mut sql, &mut args);
    args.push(Arg::from(limit));
    sql.push_str(&format!(" ORDER BY l.ticket_id DESC LIMIT ${}", args.len()));
    db.all_built(sql, args).await?.iter().map(read).collect()
}

/// At most `limit` of them, newest first; and where to go on, if there may be more.
pub async fn list(db: &Db, wanted: &Wanted, limit: i64) -> Result<(Vec<Labelled>, Option<TicketId>)> {
    let others = conditions(wanted);
    let Some(words) = &wanted.words else {
        let before = wanted.before.map(|id| Condition::With("l.ticket_id < ?", Arg::from(id)));
        let found = rows(db, others.into_iter().chain(before).collect(), limit).await?;
        let next = found.last().map(|last| last.ticket).filter(|_| found.len() as i64 == limit);
        return Ok((found, next));
    };
    let before = wanted.before.map_or(i64::MAX, |id| id.0);
    let mut window = Window { after: i64::MIN, before, newest_first: true, limit: PORTION };
    let mut found = Vec::new();
    for _ in 0..PORTIONS {
        let ids = search::find(db, words, window).await?.unwrap_or_default();
        let (last, full) = (ids.last().copied(), ids.len() as i64 == PORTION);
        let mut conditions = others.clone();
        conditions.push(Condition::Among("l.ticket_id", ids));
        found.extend(rows(db, conditions, limit - found.len() as i64).await?);
        if found.len() as i64 == limit {
            return Ok((found.clone(), found.last().map(|last| last.ticket)));
        }
        match last {
            Some(id) if full => window.before = id,
            _ => return Ok((found, None)),
        }
    }
    Ok((found, Some(TicketId(window.before))))
}

/// Those of these tickets that have a label, in no particular order.
pub async fn among(db: &Db, wanted: &Wanted, tickets: Vec<i64>) -> Result<Vec<Labelled>> {
    let most = tickets.len() as i64;
    let mut conditions = conditions(wanted);
    conditions.push(Condition::Among("l.ticket_id", tickets));
    rows(db, conditions, most).await
}

/// Tickets of one kind of label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub source: LabelSource,
    /// How an agent used an answer, where the label is an agent's.
    pub choice: Option<Choice>,
    pub customer: Option<CustomerWord>,
    pub unseen: bool,
    pub tickets: i64,
}

/// Labels of tickets created since a moment, by what is known of them.
pub async fn counts(mut db: impl Read, since: Millis) -> Result<Vec<Count>> {
    let rows = db
        .all(
            "SELECT l.source, c.kind AS choice, l.customer, l.unseen, COUNT(*) AS tickets FROM labels l \
             LEFT JOIN choices c ON c.ticket_id = l.ticket_id AND l.source = 'agent' WHERE l.ticket_id >= $1 \
             GROUP BY l.source, c.kind, l.customer, l.unseen",
            args![ids::first_at(since)],
        )
        .await?;
    let read = |row: &Row| {
        Ok(Count {
            source: row.word("source")?,
            choice: row.opt_word("choice")?,
            customer: row.opt_word("customer")?,
            unseen: row.bool("unseen")?,
            tickets: row.int("tickets")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Tickets created since a moment that teach what somebody mended.
pub async fn mended_since(mut db: impl Read, since: Millis) -> Result<i64> {
    let row = db
        .one(
            "SELECT COUNT(DISTINCT e.ticket_id) AS tickets FROM mended e JOIN mends d ON d.id = e.mend_id \
             WHERE d.undone_at IS NULL AND e.ticket_id >= $1",
            args![ids::first_at(since)],
        )
        .await?;
    row.int("tickets")
}

/// Tickets labelled with one of these answers.
pub async fn examples_of(mut db: impl Read, answers: &[AnswerId]) -> Result<i64> {
    let mut examples = 0;
    for some in chunks(answers) {
        let sql = format!(
            "SELECT COUNT(*) AS labels FROM labels WHERE answer_id IN ({})",
            placeholders(some.len())
        );
        let rows = db.all_built(sql, some.iter().map(|&id| Arg::from(id)).collect()).await?;
        examples += rows.first().map_or(Ok(0), |row| row.int("labels"))?;
    }
    Ok(examples)
}

/// Tickets created since a moment whose label names an answer of this category and was said without having seen a
/// suggestion.
pub async fn unseen_since(mut db: impl Read, category: CategoryId, since: Millis) -> Result<i64> {
    let row = db
        .one(
            "SELECT COUNT(*) AS labels FROM labels l JOIN answers a ON a.id = l.answer_id \
             WHERE a.category_id = $1 AND l.unseen = TRUE AND l.ticket_id >= $2",
            args![category, ids::first_at(since)],
        )
        .await?;
    row.int("labels")
}
