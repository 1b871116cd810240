//! What the control room counts: a month of each category, its weeks, its responders, and the labelled tickets that
//! a policy can be tried on. Aggregated by the engine, so that a page costs a few statements.

use std::collections::HashMap;

use domain::words::{CategorySource, Channel, LabelSource, Responder, Sample};
use domain::{AnswerId, CategoryId, Millis, TicketId};

use crate::arg::args;
use crate::many::{chunks, placeholders};
use crate::readings::Ranked;
use crate::{Arg, Read, Result, Row};

/// A category's tickets that came since a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    pub tickets: i64,
    /// First answered by another responder than an agent, and by an agent; and those of them reopened.
    pub automatic: i64,
    pub automatic_reopened: i64,
    pub people: i64,
    pub people_reopened: i64,
    /// Resolved without an agent's touch.
    pub confirmed: i64,
    pub silent: i64,
    /// Answered by itself, and the customer said, wrote or rated that it did not help.
    pub failed: i64,
    pub automatic_good: i64,
    pub automatic_rated: i64,
    pub people_good: i64,
    pub people_rated: i64,
    /// Decided under a threshold, and at or above it.
    pub measured: i64,
    pub above: i64,
}

pub async fn month(mut db: impl Read, since: Millis) -> Result<Vec<(CategoryId, Month)>> {
    let rows = db
        .all(
            "SELECT t.category_id, COUNT(*) AS tickets, \
             COUNT(CASE WHEN t.first_reply_by <> 'agent' THEN 1 END) AS automatic, \
             COUNT(CASE WHEN t.first_reply_by <> 'agent' AND t.reopened > 0 THEN 1 END) AS automatic_reopened, \
             COUNT(CASE WHEN t.first_reply_by = 'agent' THEN 1 END) AS people, \
             COUNT(CASE WHEN t.first_reply_by = 'agent' AND t.reopened > 0 THEN 1 END) AS people_reopened, \
             COUNT(CASE WHEN NOT t.touched_by_agent AND t.resolution = 'confirmed' THEN 1 END) AS confirmed, \
             COUNT(CASE WHEN NOT t.touched_by_agent AND t.resolution = 'silent' THEN 1 END) AS silent, \
             COUNT(CASE WHEN t.first_reply_by <> 'agent' AND t.resolution = 'failed' THEN 1 END) AS failed, \
             COUNT(CASE WHEN r.responder <> 'agent' AND r.value = 'good' THEN 1 END) AS automatic_good, \
             COUNT(CASE WHEN r.responder <> 'agent' THEN 1 END) AS automatic_rated, \
             COUNT(CASE WHEN r.responder = 'agent' AND r.value = 'good' THEN 1 END) AS people_good, \
             COUNT(CASE WHEN r.responder = 'agent' THEN 1 END) AS people_rated, \
             COUNT(d.threshold) AS measured, \
             COUNT(CASE WHEN d.probability >= d.threshold THEN 1 END) AS above \
             FROM tickets t LEFT JOIN ratings r ON r.ticket_id = t.id LEFT JOIN decisions d ON d.ticket_id = t.id \
             WHERE t.created_at >= $1 GROUP BY t.category_id",
            args![since],
        )
        .await?;
    let month = |row: &Row| {
        let month = Month {
            tickets: row.int("tickets")?,
            automatic: row.int("automatic")?,
            automatic_reopened: row.int("automatic_reopened")?,
            people: row.int("people")?,
            people_reopened: row.int("people_reopened")?,
            confirmed: row.int("confirmed")?,
            silent: row.int("silent")?,
            failed: row.int("failed")?,
            automatic_good: row.int("automatic_good")?,
            automatic_rated: row.int("automatic_rated")?,
            people_good: row.int("people_good")?,
            people_rated: row.int("people_rated")?,
            measured: row.int("measured")?,
            above: row.int("above")?,
        };
        Ok((row.id("category_id")?, month))
    };
    rows.iter().map(month).collect()
}

/// A stretch of time of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub category: CategoryId,
    /// The how-manieth since the beginning, from 0.
    pub index: i64,
    pub tickets: i64,
    pub automatic: i64,
}

/// Tickets since `from` in stretches of `length`, and those first answered by another responder than an agent.
pub async fn stretches(mut db: impl Read, from: Millis, length: Millis) -> Result<Vec<Stretch>> {
    let rows = db
        .all(
            "SELECT category_id, (created_at - $1) / $2 AS stretch, COUNT(*) AS tickets, \
             COUNT(CASE WHEN first_reply_by <> 'agent' THEN 1 END) AS automatic \
             FROM tickets WHERE created_at >= $1 GROUP BY category_id, (created_at - $1) / $2",
            args![from, length],
        )
        .await?;
    let stretch = |row: &Row| {
        Ok(Stretch {
            category: row.id("category_id")?,
            index: row.int("stretch")?,
            tickets: row.int("tickets")?,
            automatic: row.int("automatic")?,
        })
    };
    rows.iter().map(stretch).collect()
}

/// Of each watched category: reviews of the uniform sample that were settled since its watch began, and the right
/// ones. Counted as the guardrail counts them.
pub async fn reviewed(mut db: impl Read) -> Result<Vec<(CategoryId, i64, i64)>> {
    let rows = db
        .all(
            "SELECT k.category_id, COUNT(*) AS looked, COUNT(CASE WHEN k.verdict = 'right' THEN 1 END) AS fine \
             FROM guardrails g JOIN review_tasks k ON k.category_id = g.category_id AND k.created_at >= g.since \
             WHERE k.sample = 'sent' AND k.settled_at >= g.since GROUP BY k.category_id",
            args![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.id("category_id")?, row.int("looked")?, row.int("fine")?))).collect()
}

/// How many of a category's tickets came since a moment.
pub async fn came(mut db: impl Read, category: CategoryId, since: Millis) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS tickets FROM tickets WHERE created_at >= $2 AND category_id = $1";
    db.one(sql, args![category, since]).await?.int("tickets")
}

/// What became of the tickets that a responder answered first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    pub responder: Responder,
    pub taken: i64,
    pub confirmed: i64,
    pub silent: i64,
    /// Reopened or replied to after it was solved, or rated bad.
    pub failed: i64,
}

pub async fn taken(mut db: impl Read, category: CategoryId, since: Millis) -> Result<Vec<Taken>> {
    let rows = db
        .all(
            "SELECT t.first_reply_by, COUNT(*) AS taken, \
             COUNT(CASE WHEN t.resolution = 'failed' OR t.reopened > 0 OR r.value = 'bad' THEN 1 END) AS failed, \
             COUNT(CASE WHEN t.resolution = 'confirmed' AND t.reopened = 0 THEN 1 END) AS confirmed, \
             COUNT(CASE WHEN t.resolution = 'silent' AND t.reopened = 0 AND r.value IS NULL THEN 1 END) AS silent \
             FROM tickets t LEFT JOIN ratings r ON r.ticket_id = t.id AND r.responder = t.first_reply_by \
             WHERE t.category_id = $1 AND t.created_at >= $2 AND t.first_reply_by IS NOT NULL GROUP BY t.first_reply_by",
            args![category, since],
        )
        .await?;
    let taken = |row: &Row| {
        Ok(Taken {
            responder: row.word("first_reply_by")?,
            taken: row.int("taken")?,
            confirmed: row.int("confirmed")?,
            silent: row.int("silent")?,
            failed: row.int("failed")?,
        })
    };
    rows.iter().map(taken).collect()
}

/// Milliseconds until the first reply, by who gave it.
pub async fn reply_times(
    mut db: impl Read,
    category: CategoryId,
    since: Millis,
) -> Result<Vec<(Responder, i64)>> {
    let rows = db
        .all(
            "SELECT first_reply_by, first_reply_at - created_at AS wait FROM tickets \
             WHERE category_id = $1 AND created_at >= $2 AND first_reply_by IS NOT NULL AND first_reply_at IS NOT NULL",
            args![category, since],
        )
        .await?;
    rows.iter().map(|row| Ok((row.word("first_reply_by")?, row.int("wait")?))).collect()
}

/// Ratings asked for and given. A survey belongs to whoever had answered when it was rated, or to who solved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rated {
    pub responder: Responder,
    /// Asked for, or given unasked.
    pub asked: i64,
    pub good: i64,
    pub bad: i64,
}

pub async fn rated(mut db: impl Read, category: CategoryId, since: Millis) -> Result<Vec<Rated>> {
    let rows = db
        .all(
            "SELECT COALESCE(r.responder, t.solved_by, t.first_reply_by) AS who, COUNT(*) AS asked, \
             COUNT(CASE WHEN r.value = 'good' THEN 1 END) AS good, COUNT(CASE WHEN r.value = 'bad' THEN 1 END) AS bad \
             FROM tickets t LEFT JOIN ratings r ON r.ticket_id = t.id WHERE t.category_id = $1 AND t.created_at >= $2 \
             AND (t.survey_sent_at IS NOT NULL OR r.value IS NOT NULL) \
             AND COALESCE(r.responder, t.solved_by, t.first_reply_by) IS NOT NULL \
             GROUP BY COALESCE(r.responder, t.solved_by, t.first_reply_by)",
            args![category, since],
        )
        .await?;
    let rated = |row: &Row| {
        Ok(Rated {
            responder: row.word("who")?,
            asked: row.int("asked")?,
            good: row.int("good")?,
            bad: row.int("bad")?,
        })
    };
    rows.iter().map(rated).collect()
}

/// How the stack was walked: tickets decided, kept for people by the never-list, met by a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Walked {
    pub tickets: i64,
    pub decided: i64,
    pub never: i64,
    pub ruled: i64,
    /// Nobody has replied yet.
    pub open: i64,
}

/// `never` is how the reasons of the never-list begin.
pub async fn walked(mut db: impl Read, category: CategoryId, since: Millis, never: &str) -> Result<Walked> {
    let row = db
        .one(
            "SELECT COUNT(*) AS tickets, COUNT(d.id) AS decided, \
             COUNT(CASE WHEN d.reason LIKE $3 THEN 1 END) AS never, COUNT(d.rule_id) AS ruled, \
             COUNT(CASE WHEN t.first_reply_by IS NULL AND t.solved_at IS NULL THEN 1 END) AS waiting \
             FROM tickets t LEFT JOIN decisions d ON d.ticket_id = t.id WHERE t.category_id = $1 AND t.created_at >= $2",
            args![category, since, format!("{never}%")],
        )
        .await?;
    Ok(Walked {
        tickets: row.int("tickets")?,
        decided: row.int("decided")?,
        never: row.int("never")?,
        ruled: row.int("ruled")?,
        open: row.int("waiting")?,
    })
}

/// A labelled ticket that a policy can be tried on.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    pub ticket: TicketId,
    pub created_at: Millis,
    /// None when the prediction alone routes it: history, and tickets whose requester picked nothing.
    pub picked: Option<CategoryId>,
    pub language: Option<String>,
    /// What was right; None: no answer fitted.
    pub answer: Option<AnswerId>,
    /// Whether it was said without having seen a suggestion, on a ticket that was not chosen by its score.
    pub unbiased: bool,
    /// What the asked-for model said of it when it came in.
    pub live: Option<Live>,
}

/// A stored reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Live {
    pub answer: AnswerId,
    pub score: f64,
    pub novelty: f64,
}

/// Labelled tickets from `first` on, with what model `version` read in them when they came.
pub async fn labelled(mut db: impl Read, first: TicketId, version: i64) -> Result<Vec<Labelled>> {
    let rows = db
        .all(
            "SELECT t.id, t.created_at, t.channel, t.category_source, t.routed_category_id, t.language, l.answer_id, \
             l.source, l.unseen, k.sample, r.score, r.novelty, r.ranked FROM labels l JOIN tickets t ON t.id = l.ticket_id \
             LEFT JOIN review_tasks k ON k.ticket_id = l.ticket_id AND l.source = 'review' \
             LEFT JOIN readings r ON r.ticket_id = l.ticket_id AND r.model_version = $2 WHERE l.ticket_id >= $1",
            args![first, version],
        )
        .await?;
    rows.iter().map(labelled_row).collect()
}

fn labelled_row(row: &Row) -> Result<Labelled> {
    let source: CategorySource = row.word("category_source")?;
    let channel: Channel = row.word("channel")?;
    let given: LabelSource = row.word("source")?;
    let sample: Option<Sample> = row.opt_word("sample")?;
    let live = match (row.opt_real("score")?, row.opt_real("novelty")?) {
        (Some(score), Some(novelty)) => {
            let ranked: Vec<Ranked> = row.json("ranked")?;
            ranked.first().map(|best| Live { answer: best.answer, score, novelty })
        }
        _ => None,
    };
    let picked = channel != Channel::Import && source == CategorySource::Requester;
    let routed: CategoryId = row.id("routed_category_id")?;
    let chosen_by_score = given == LabelSource::Review && sample != Some(Sample::All);
    Ok(Labelled {
        ticket: row.id("id")?,
        created_at: row.int("created_at")?,
        picked: picked.then_some(routed),
        language: row.opt_text("language")?,
        answer: row.opt_id("answer_id")?,
        unbiased: row.bool("unseen")? && !chosen_by_score,
        live,
    })
}

/// What a list says of tickets: number, and subject or the beginning of the text.
pub async fn titles(mut db: impl Read, tickets: &[TicketId]) -> Result<HashMap<TicketId, (i64, String)>> {
    let mut found = HashMap::with_capacity(tickets.len());
    for some in chunks(tickets) {
        let sql = format!(
            "SELECT id, number, COALESCE(subject, excerpt) AS title FROM tickets WHERE id IN ({})",
            placeholders(some.len())
        );
        for row in db.all_built(sql, some.iter().map(|&id| Arg::from(id)).collect()).await? {
            found.insert(row.id("id")?, (row.int("number")?, row.text("title")?));
        }
    }
    Ok(found)
}
