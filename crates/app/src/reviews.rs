//! Reviews: people look at what was sent by itself, choose what they would have answered, and only then see it.
//!
//! A choice is stored before anything is shown, and cannot be changed afterwards; whether a wrong answer was
//! harmful can, because it can only be said once the answer is known.

use std::sync::Arc;

use domain::reviews::{Choice, Standing, standing};
use domain::words::{Author, LabelSource, Role, Sample, Verdict};
use domain::{AnswerId, Millis, UserId};
use serde_json::json;
use store::labels::Label;
use store::reviews::{self, Review, Settled, Task};
use store::{Tx, decisions};

use crate::automation::Snapshot;
use crate::fields::Fields;
use crate::{App, Caller, Error, NewEvent, Result, automation};

mod queue;
mod sampling;

pub use queue::{Progress, Waiting, progress, queue};
pub use sampling::{Plan, sample};
pub(crate) use sampling::{plans, schedule};

/// What a reviewer is shown once they have chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Revealed {
    pub ticket: i64,
    pub chosen: Option<AnswerId>,
    pub sent: Option<AnswerId>,
    /// What the requester got; None where nothing was sent by itself.
    pub text: Option<String>,
    pub probability: Option<f64>,
    pub threshold: Option<f64>,
    /// What the caller's own choice says of what was sent.
    pub verdict: Verdict,
    pub standing: Standing,
}

fn person(caller: &Caller) -> Result<UserId> {
    caller.user().ok_or_else(|| {
        Error::Conflict("a review is a person's: sign in to the console, a token cannot give one".into())
    })
}

/// Takes in what the caller would have answered, and shows what was.
pub async fn give(app: &App, caller: &Caller, number: i64, answer: Option<AnswerId>) -> Result<Revealed> {
    let user = person(caller)?;
    change(app, caller, number, answer, move |task, given, snapshot, now| {
        if task.settled.is_some() {
            return Err(Error::Conflict(format!("ticket {number} has been reviewed already")));
        }
        if given.iter().any(|r| r.user == user) {
            return Err(Error::Conflict(format!("you have reviewed ticket {number} already")));
        }
        if task.disputed {
            let text =
                format!("two people chose differently for ticket {number}: decide between them instead");
            return Err(Error::Conflict(text));
        }
        let review = Review { user, choice: Choice { answer, harmful: false }, created_at: now };
        given.push(review.clone());
        settle(task, given, snapshot, now);
        Ok(Write::Review(review))
    })
    .await
}

/// Says whether the wrong answer that was sent does harm.
pub async fn mark(app: &App, caller: &Caller, number: i64, harmful: bool) -> Result<Revealed> {
    let user = person(caller)?;
    change(app, caller, number, None, move |task, given, snapshot, now| {
        let Some(own) = given.iter_mut().find(|r| r.user == user) else {
            return Err(Error::Conflict(format!("choose an answer for ticket {number} first")));
        };
        own.choice.harmful = harmful;
        settle(task, given, snapshot, now);
        Ok(Write::Harm(user, harmful))
    })
    .await
}

/// Decides where two people chose differently: by somebody who has not chosen, or by an admin.
pub async fn adjudicate(
    app: &App,
    caller: &Caller,
    number: i64,
    answer: Option<AnswerId>,
) -> Result<Revealed> {
    let user = person(caller)?;
    let admin = caller.role == Role::Admin;
    change(app, caller, number, answer, move |task, given, snapshot, now| {
        if !task.disputed || task.settled.is_some() {
            return Err(Error::Conflict(format!("there is nothing to decide about ticket {number}")));
        }
        if !admin && given.iter().any(|r| r.user == user) {
            return Err(Error::Conflict("somebody else or an admin decides about your own choice".into()));
        }
        let label = answer.map(|a| snapshot.label(a));
        let harmful = given.iter().any(|r| r.choice.harmful);
        let verdict = Choice { answer: label, harmful }.verdict(task.sent.map(|a| snapshot.label(a)));
        task.settled = Some(Settled { at: now, verdict, answer });
        task.adjudicated_by = Some(user);
        Ok(Write::Nothing)
    })
    .await
}

/// What a step writes beside the standing.
enum Write {
    Review(Review),
    Harm(UserId, bool),
    Nothing,
}

/// Brings a task's standing up to date with its choices.
fn settle(task: &mut Task, given: &[Review], snapshot: &Snapshot, now: Millis) {
    let label = |answer: Option<AnswerId>| answer.map(|a| snapshot.label(a));
    let choices: Vec<Choice> =
        given.iter().map(|r| Choice { answer: label(r.choice.answer), ..r.choice }).collect();
    let sent = label(task.sent);
    if task.adjudicated_by.is_some() {
        let harmful = choices.iter().any(|c| c.harmful);
        task.settled = task
            .settled
            .map(|s| Settled { verdict: Choice { answer: label(s.answer), harmful }.verdict(sent), ..s });
        return;
    }
    match standing(task.wanted, sent, &choices) {
        Standing::Waiting => {}
        Standing::Disputed => task.disputed = true,
        Standing::Settled { verdict, .. } => {
            let at = task.settled.map_or(now, |s| s.at);
            let answer = given.first().and_then(|r| r.choice.answer);
            task.settled = Some(Settled { at, verdict, answer });
        }
    }
}

/// One step of a review: read, changed and written in one transaction, with what follows from it.
async fn change(
    app: &App,
    caller: &Caller,
    number: i64,
    answer: Option<AnswerId>,
    step: impl Fn(&mut Task, &mut Vec<Review>, &Snapshot, Millis) -> Result<Write> + Send + Sync + 'static,
) -> Result<Revealed> {
    let snapshot = automation::snapshot(app).await?;
    let mut fields = Fields::default();
    if let Some(id) = answer.filter(|id| snapshot.answer(*id).is_none()) {
        fields.wrong("answer", format!("there is no answer {id}; GET /api/v1/answers lists them"));
    }
    fields.done()?;
    let ticket = crate::tickets::by_number(app, number).await?;
    let (actor, now, step, known) = (caller.actor, app.now(), Arc::new(step), snapshot.clone());
    let task = app
        .db
        .write(move |tx| {
            let (step, snapshot) = (step.clone(), known.clone());
            Box::pin(async move {
                let missing = || Error::NotFound(format!("review of ticket {number}"));
                let mut task = reviews::of_ticket(&mut *tx, ticket.id).await?.ok_or_else(missing)?;
                let mut given = reviews::choices(&mut *tx, ticket.id).await?;
                let written = step(&mut task, &mut given, &snapshot, now)?;
                match &written {
                    Write::Review(review) => reviews::insert(tx, task.ticket, review).await?,
                    Write::Harm(user, harmful) => {
                        reviews::set_harmful(tx, task.ticket, *user, *harmful).await?;
                    }
                    Write::Nothing => {}
                }
                reviews::put_standing(tx, &task).await?;
                learn(tx, &task).await?;
                tx.event(record(&task, actor, now));
                Ok::<_, Error>(task)
            })
        })
        .await?;
    if task.settled.is_some() && task.sample == Sample::Sent {
        crate::guardrail::look(app, task.category).await?;
    }
    revealed(app, &snapshot, caller, number, &task).await
}

/// What a settled review teaches.
async fn learn(tx: &mut Tx, task: &Task) -> Result<()> {
    let Some(settled) = task.settled else { return Ok(()) };
    let decision = decisions::of(&mut *tx, task.ticket).await?;
    // Of all tickets but the blind ones, or of those that the arm let send.
    let arm = decision.filter(|_| task.sample != Sample::All).map_or(1.0, |d| d.decision.propensity);
    let label = Label {
        ticket: task.ticket,
        answer: settled.answer,
        source: LabelSource::Review,
        unseen: true,
        propensity: arm * task.share,
        created_at: settled.at,
    };
    crate::journey::learn::note(tx, &label).await
}

fn record(task: &Task, actor: crate::Actor, now: Millis) -> NewEvent {
    let standing = match (task.settled, task.disputed) {
        (Some(_), _) => "settled",
        (None, true) => "disputed",
        (None, false) => "waiting",
    };
    NewEvent::new(now, "review.given", actor).ticket(task.ticket).subject(task.category).data(&json!({
        "standing": standing, "verdict": task.settled.map(|s| s.verdict), "sample": task.sample,
    }))
}

async fn revealed(
    app: &App,
    snapshot: &Snapshot,
    caller: &Caller,
    number: i64,
    task: &Task,
) -> Result<Revealed> {
    let given = reviews::choices(&app.db, task.ticket).await?;
    let decision = decisions::of(&app.db, task.ticket).await?;
    let own = given.iter().find(|r| Some(r.user) == caller.user()).map(|r| r.choice);
    let own =
        own.or(task.settled.map(|s| Choice { answer: s.answer, harmful: s.verdict == Verdict::Harmful }));
    let own = own.unwrap_or(Choice { answer: None, harmful: false });
    let label = |answer: Option<AnswerId>| answer.map(|a| snapshot.label(a));
    Ok(Revealed {
        ticket: number,
        chosen: own.answer,
        sent: task.sent,
        text: store::messages::of_ticket(&app.db, task.ticket)
            .await?
            .into_iter()
            .find(|message| message.author == Author::Automatic)
            .map(|message| message.body),
        probability: decision.as_ref().and_then(|d| d.decision.probability),
        threshold: decision.as_ref().and_then(|d| d.decision.threshold),
        verdict: Choice { answer: label(own.answer), ..own }.verdict(label(task.sent)),
        standing: match (task.settled, task.disputed) {
            (Some(s), _) => Standing::Settled { verdict: s.verdict, answer: s.answer },
            (None, true) => Standing::Disputed,
            (None, false) => Standing::Waiting,
        },
    })
}
