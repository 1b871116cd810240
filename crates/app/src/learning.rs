//! What teaches the learner, looked over and mended by hand: many tickets in one act that can be undone at any time.
//!
//! A mend teaches instead of a ticket's label. It proves nothing: where that label was given without having seen a
//! suggestion, it goes on certifying, so that nobody mends their way to a certificate.

use std::collections::{HashMap, HashSet};

use domain::{AnswerId, Millis, TicketId};
use serde_json::json;
pub use store::labelled::{Count, Labelled, Wanted};
pub use store::mends::Act;
use store::{labelled, mends};

use crate::fields::Fields;
use crate::{App, Caller, Error, NewEvent, Result, automation, tickets};

/// Most tickets of one act.
const MOST: usize = 10_000;
/// The longest note on how they were found, in characters.
const MOST_FOUND: usize = 200;

/// Similar tickets looked at; as many are shown at most.
const SIMILAR: usize = 200;
/// A text shorter than this, in characters, is like everything and nothing.
const SHORTEST: usize = 3;

/// A labelled ticket, and how similar it is to what was asked for, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub labelled: Labelled,
    pub similarity: f64,
}

/// Labelled tickets, newest first; and where to go on.
pub async fn list(app: &App, wanted: &Wanted, limit: i64) -> Result<(Vec<Labelled>, Option<TicketId>)> {
    Ok(labelled::list(&app.db, wanted, limit).await?)
}

/// Labelled tickets that the model in use finds similar to a ticket (`#12` or `12`) or a text, most similar first: those
/// that taught it, of the answers that are likeliest.
pub async fn similar(app: &App, wanted: &Wanted, to: &str) -> Result<Vec<Near>> {
    let text = text_of(app, to).await?;
    let snapshot = automation::snapshot(app).await?;
    let Some(in_use) = snapshot.model.clone() else {
        return Err(Error::Conflict("similar tickets are found by a model, and there is none yet".into()));
    };
    let looked = tokio::task::spawn_blocking(move || in_use.model.neighbours(&text, SIMILAR));
    let near = looked.await.map_err(|e| Error::Conflict(format!("the learner stopped: {e}")))?;
    let similarity: HashMap<i64, f64> = near.iter().map(|n| (n.id, n.similarity)).collect();
    let found = labelled::among(&app.db, wanted, near.iter().map(|n| n.id).collect()).await?;
    let with = |labelled: Labelled| {
        let similarity = similarity.get(&labelled.ticket.0).copied()?;
        Some(Near { labelled, similarity })
    };
    let mut found: Vec<Near> = found.into_iter().filter_map(with).collect();
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    Ok(found)
}

async fn text_of(app: &App, to: &str) -> Result<String> {
    let to = to.trim();
    if let Ok(number) = to.trim_start_matches('#').parse() {
        let ticket = tickets::by_number(app, number).await?;
        let first = store::messages::first(&app.db, ticket.id).await?;
        return Ok(learn::normalise(ticket.subject.as_deref(), first.as_ref().map_or("", |m| &m.body)));
    }
    if to.chars().count() < SHORTEST {
        let why = format!("{to:?} is too short; a ticket's number or some words of a question are expected");
        return Err(Error::invalid("similar", why));
    }
    Ok(learn::normalise(None, to))
}

/// What labels there are of tickets created since a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    pub counts: Vec<Count>,
    /// Those of them that teach what somebody mended.
    pub mended: i64,
}

pub async fn counts(app: &App, since: Millis) -> Result<Counts> {
    Ok(Counts {
        counts: labelled::counts(&app.db, since).await?,
        mended: labelled::mended_since(&app.db, since).await?,
    })
}

/// What is to be mended.
#[derive(Debug, Clone)]
pub struct Mend {
    /// Numbers of tickets that have been answered.
    pub tickets: Vec<i64>,
    /// None: no answer fits.
    pub answer: Option<AnswerId>,
    /// How they were found, in words.
    pub found: String,
}

/// Gives tickets another answer to learn from, all of them or, if anything is wrong, none. Returns the act's id.
pub async fn mend(app: &App, caller: &Caller, mend: Mend) -> Result<i64> {
    let (tickets, found) = checked(app, &mend).await?;
    let (now, actor) = (app.now(), caller.actor);
    let act = Act {
        id: 0,
        answer: mend.answer,
        user: caller.user(),
        by: None,
        found,
        tickets: tickets.len() as i64,
        created_at: now,
        undone_at: None,
    };
    app.db
        .write(move |tx| {
            let (act, tickets) = (act.clone(), tickets.clone());
            Box::pin(async move {
                let id = mends::insert(tx, &act, &tickets).await?;
                tx.event(
                    NewEvent::new(now, "labels.mended", actor)
                        .subject(id)
                        .data(&json!({ "answer": act.answer, "tickets": act.tickets })),
                );
                Ok::<_, Error>(id)
            })
        })
        .await
}

async fn checked(app: &App, mend: &Mend) -> Result<(Vec<TicketId>, String)> {
    let mut fields = Fields::default();
    let snapshot = automation::snapshot(app).await?;
    if let Some(id) = mend.answer.filter(|id| snapshot.answer(*id).is_none()) {
        fields.wrong("answer", format!("there is no answer {id}; GET /api/v1/answers lists them"));
    }
    let found = fields.text("found", mend.found.trim());
    if found.chars().count() > MOST_FOUND {
        fields.wrong("found", format!("is too long; at most {MOST_FOUND} characters are kept"));
    }
    let mut seen = HashSet::new();
    let numbers: Vec<i64> = mend.tickets.iter().copied().filter(|n| seen.insert(*n)).collect();
    if numbers.is_empty() || numbers.len() > MOST {
        fields.wrong(
            "tickets",
            format!("names {}; from 1 to {MOST} ticket numbers are expected", numbers.len()),
        );
    }
    fields.done()?;
    let labelled = mends::labelled(&app.db, &numbers).await?;
    let known: HashSet<i64> = labelled.iter().map(|l| l.0).collect();
    if let Some(missing) = numbers.iter().find(|n| !known.contains(n)) {
        fields = Fields::default();
        fields.wrong("tickets", format!("ticket {missing} is not there, or nobody has answered it yet"));
        fields.done()?;
    }
    Ok((labelled.into_iter().map(|l| l.1).collect(), found))
}

/// Undoes an act, however long ago: its tickets teach again what they taught before it, or what a later act says.
pub async fn undo(app: &App, caller: &Caller, id: i64) -> Result<()> {
    let (now, actor) = (app.now(), caller.actor);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if !mends::undo(tx, id, now).await? {
                    return Err(Error::NotFound(format!("mend {id} that is not undone yet")));
                }
                tx.event(
                    NewEvent::new(now, "labels.mended", actor).subject(id).data(&json!({ "undone": true })),
                );
                Ok(())
            })
        })
        .await
}

/// The last acts, newest first.
pub async fn mends(app: &App) -> Result<Vec<Act>> {
    Ok(mends::newest(&app.db).await?)
}
