//! Off at once: automatic replies that were decided and have not left are taken back when their category stops
//! answering by itself.
//!
//! Whoever decides or sends holds the switches in that transaction (see [`store::switches`]). So when a switch is
//! committed, every reply decided before it is among those that wait, every one that is already with the mail
//! server says so, and none of the others will be sent: each asks [`may_leave`] first.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::policy::Policy;
use domain::tickets::Ticket;
use domain::time::MINUTE;
use domain::words::{Channel, Delivery, Mode, Resolution};
use domain::{CategoryId, MessageId, Millis};
use serde_json::json;
use store::queue::NewJob;
use store::replies::{self, Waiting, Withdrawn};
use store::{Tx, guardrails, mails, messages, policies, reviews, switches};
use tokio::time::Instant;

use crate::jobs::OfTicket;
use crate::{Actor, App, Error, NewEvent, Result, outbox, tickets};

/// How long whoever switches off waits for replies that are being sent at that moment.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether they have left.
const LOOK: Duration = Duration::from_millis(20);
/// Replies withdrawn in one transaction.
const BATCH: i64 = 50;
/// The job that withdraws what a process left behind that died while it switched off.
pub(crate) const RECALL: &str = "recall";

/// What became of the replies that had not left when a category stopped answering by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recalled {
    /// How many were withdrawn.
    pub withdrawn: usize,
    /// Tickets whose reply was with the mail server already, and left while it was waited for.
    pub left: Vec<i64>,
    /// Tickets whose reply was still being sent when waiting ended.
    pub unrecalled: Vec<i64>,
}

/// Which categories, by whose doing, and since which change of the switches.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Recall {
    pub categories: Vec<CategoryId>,
    pub switch: i64,
}

/// Enqueues the withdrawal with the switch itself: whoever switches withdraws at once, the job what was left if that
/// process died.
pub(crate) fn enqueue(tx: &mut Tx, categories: &[CategoryId], switch: i64, now: Millis) {
    if !categories.is_empty() {
        let recall = Recall { categories: categories.to_vec(), switch };
        tx.enqueue(NewJob::at(RECALL, &recall, now + MINUTE, now));
    }
}

/// Job `recall`: withdraws what still waits, and leaves alone what has been switched on again meanwhile.
pub(crate) async fn run_job(app: &App, it: Recall) -> Result<()> {
    sweep(app, &it.categories, Actor::System).await
}

/// Withdraws what waits, and waits for what is being sent for as long as `patience` lasts.
pub(crate) async fn recall(app: &App, it: Recall, actor: Actor, patience: Duration) -> Result<Recalled> {
    let Recall { categories, switch } = it;
    if categories.is_empty() {
        return Ok(Recalled::default());
    }
    let began = Instant::now();
    let mut seen: BTreeMap<MessageId, i64> = BTreeMap::new();
    let still = loop {
        let sending = replies::being_sent(&app.db, &categories).await?;
        seen.extend(sending.iter().copied());
        // After the look, so that what could not be sent for now, and waits again, is not missed.
        sweep(app, &categories, actor).await?;
        if sending.is_empty() || began.elapsed() >= patience {
            break replies::being_sent(&app.db, &categories).await?;
        }
        tokio::time::sleep(LOOK).await;
    };
    app.wake();
    let withdrawn = replies::withdrawn_since(&app.db, &categories, switch).await?;
    let gone =
        |message: &MessageId| !withdrawn.contains(message) && still.iter().all(|(other, _)| other != message);
    Ok(Recalled {
        left: seen.iter().filter(|(message, _)| gone(message)).map(|(_, number)| *number).collect(),
        unrecalled: still.iter().map(|(_, number)| *number).collect(),
        withdrawn: withdrawn.len(),
    })
}

async fn sweep(app: &App, categories: &[CategoryId], actor: Actor) -> Result<()> {
    let now = app.now();
    loop {
        let categories = categories.to_vec();
        let more = app
            .db
            .write(move |tx| {
                let categories = categories.clone();
                Box::pin(async move {
                    let switch = switches::hold(tx).await?;
                    let waiting = replies::unsent(tx, &categories, BATCH).await?;
                    let mut withdrawn = 0;
                    for reply in &waiting {
                        if let Some(why) = forbidden(tx, reply).await? {
                            withdraw(tx, reply, Because { why, actor, switch, read: false }, now).await?;
                            withdrawn += 1;
                        }
                    }
                    Ok::<_, Error>(withdrawn > 0 && waiting.len() as i64 == BATCH)
                })
            })
            .await?;
        if !more {
            return Ok(());
        }
    }
}

/// Whether an automatic reply may be put into the outbox or leave it. One that may not is withdrawn. `switch` is what
/// the transaction holds.
pub(crate) async fn may_leave(tx: &mut Tx, switch: i64, message: MessageId, now: Millis) -> Result<bool> {
    let (waiting, read) = match replies::of_message(&mut *tx, message).await? {
        Some(waiting) => (waiting, false),
        None => match begun(tx, message).await? {
            Begun::Waiting(waiting) => {
                // Its mail was held for as long as mail was not set up.
                (waiting, mails::by_message(&mut *tx, message).await?.is_some())
            }
            Begun::Withdrawn => return Ok(false),
            Begun::NotDecided => return Ok(true),
        },
    };
    let Some(why) = forbidden(tx, &waiting).await? else { return Ok(true) };
    withdraw(tx, &waiting, Because { why, actor: Actor::System, switch, read }, now).await?;
    Ok(false)
}

/// Lets a reply wait once more that has not left, when a person wants its mail tried again; or says why it may not.
pub(crate) async fn again(tx: &mut Tx, id: MessageId) -> Result<()> {
    switches::hold(tx).await?;
    let waiting = match begun(tx, id).await? {
        Begun::Waiting(waiting) => waiting,
        Begun::NotDecided => return Ok(()),
        Begun::Withdrawn => {
            return Err(Error::Conflict(
                "this automatic reply was withdrawn; answer the ticket yourself".into(),
            ));
        }
    };
    // What counts is today's policy: a person has looked at it.
    let policy_version = in_force(tx, waiting.category).await?.version;
    let waiting = Waiting { policy_version, ..waiting };
    if let Some(why) = forbidden(tx, &waiting).await? {
        return Err(Error::Conflict(format!("its category sends no automatic replies now: {why}")));
    }
    replies::renew(tx, &waiting).await?;
    Ok(())
}

/// A reply that is not noted as waiting.
enum Begun {
    Waiting(Waiting),
    Withdrawn,
    /// No policy let it be sent: none can forbid it.
    NotDecided,
}

async fn begun(tx: &mut Tx, id: MessageId) -> Result<Begun> {
    let Some(message) = messages::by_id(&mut *tx, id).await? else { return Ok(Begun::NotDecided) };
    if replies::withdrawn(&mut *tx, message.ticket).await?.contains_key(&id) {
        return Ok(Begun::Withdrawn);
    }
    // From before replies were noted, one whose mail was held, or one that a person sends again.
    let decision = store::decisions::of(&mut *tx, message.ticket).await?;
    let Some(decision) = decision.filter(|stored| stored.decision.sends()) else {
        return Ok(Begun::NotDecided);
    };
    let waiting = Waiting {
        message: id,
        ticket: message.ticket,
        category: decision.category,
        policy_version: decision.policy_version,
        sending_at: None,
    };
    replies::waits(tx, &waiting).await?;
    Ok(Begun::Waiting(waiting))
}

/// Why this reply may not be sent any more: its category does not answer by itself, or has not for a while since.
pub(crate) async fn forbidden(tx: &mut Tx, reply: &Waiting) -> Result<Option<String>> {
    let policy = in_force(tx, reply.category).await?;
    let left = match policy.mode {
        Mode::Auto => policies::left_auto(&mut *tx, policy.category, reply.policy_version).await?,
        _ => Some(policy),
    };
    if let Some(policy) = left {
        return Ok(Some(format!("it was switched to {} by {}", policy.mode, policy.changed_by)));
    }
    let guardrail = guardrails::of(&mut *tx, reply.category).await?;
    Ok(guardrail.and_then(|guardrail| guardrail.pause).map(|pause| pause.in_words()))
}

/// The policy that speaks for a category: its own, or that of all which have none.
async fn in_force(tx: &mut Tx, category: CategoryId) -> Result<Policy> {
    if let Some(own) = policies::of(&mut *tx, category).await? {
        return Ok(own);
    }
    Ok(policies::of(&mut *tx, CategoryId::DEFAULT).await?.unwrap_or_default())
}

struct Because {
    why: String,
    actor: Actor,
    switch: i64,
    /// It has been on the ticket's page for long.
    read: bool,
}

/// Takes a reply back. On the ticket it becomes a note, and the question is as unanswered as before; one that
/// somebody has gone on from stays where it was read, and only its mail is not sent.
async fn withdraw(tx: &mut Tx, reply: &Waiting, because: Because, now: Millis) -> Result<()> {
    let Because { why, actor, switch, read } = because;
    if !replies::gone(tx, reply.message).await? {
        return Ok(());
    }
    let before = tickets::held(tx, reply.ticket).await?;
    let seen = read
        || matches!(before.resolution, Some(Resolution::Confirmed | Resolution::Failed))
        || messages::any_public_after(&mut *tx, reply.ticket, reply.message).await?;
    let it = Withdrawn {
        message: reply.message,
        ticket: reply.ticket,
        category: reply.category,
        at: now,
        why: why.clone(),
        seen,
        switch,
    };
    replies::withdraw(tx, &it).await?;
    if let Some(mut mail) = mails::by_message(&mut *tx, reply.message).await?
        && mails::withdraw(tx, mail.id, &why).await?
    {
        mail.state = Delivery::Withdrawn;
        outbox::changed(tx, &mail, now);
    }
    let data = json!({ "why": why, "seen": seen, "category": reply.category, "answer": before.answer });
    tx.event(
        NewEvent::new(now, "reply.withdrawn", actor).ticket(reply.ticket).subject(reply.message).data(&data),
    );
    if seen { Ok(()) } else { unanswered(tx, reply, before, actor, now).await }
}

async fn unanswered(tx: &mut Tx, reply: &Waiting, before: Ticket, actor: Actor, now: Millis) -> Result<()> {
    messages::make_note(tx, reply.message).await?;
    let after = before.clone().reply_withdrawn(now);
    store::tickets::update(tx, &after).await?;
    tickets::record_change(tx, actor, &before, &after, now);
    reviews::withdraw_task(tx, reply.ticket).await?;
    // No answer follows at once after all: the requester hears that the question arrived.
    if matches!(before.channel, Channel::Form | Channel::Mail) && !before.from_machine {
        tx.enqueue(NewJob::now("confirm", &OfTicket { ticket: reply.ticket }, now));
    }
    Ok(())
}
