//! What teaches the learner, mended by hand: many tickets in one act that can be undone at any time.
//!
//! A mend teaches instead of a ticket's label. It proves nothing: where that label was given without having seen a
//! suggestion, it goes on certifying, so that nobody mends their way to a certificate.

use std::collections::HashSet;

use domain::{AnswerId, TicketId};
use serde_json::json;
use store::mends;
pub use store::mends::Act;

use crate::fields::Fields;
use crate::{App, Caller, Error, NewEvent, Result, automation};

/// Most tickets of one act.
const MOST: usize = 10_000;
/// The longest note on how they were found, in characters.
const MOST_FOUND: usize = 200;

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
