//! The last step: what an agent chose becomes a label, with whether a suggestion had been seen and how much of the
//! answer was rewritten; what the customer says of it stands beside.

use domain::decide::Decision;
use domain::learning::{Said, choice, edited, weight, wins};
use domain::tickets::Ticket;
use domain::words::{CustomerWord, LabelSource, Responder, Sample};
use domain::{AnswerId, Millis, TicketId, UserId};
use learn::Mend;
use store::choices::{self, Chosen};
use store::labels::{self, Example, Label};
use store::{Tx, decisions};

use crate::automation::Snapshot;
use crate::tickets::user;
use crate::{Actor, App, Result, automation, readings};

/// What an agent made their reply of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Used {
    /// None: written freely.
    answer: Option<AnswerId>,
    /// Share of the answer's words that were changed; none where it has no text.
    edited: Option<f64>,
    user: Option<UserId>,
}

/// Compares a reply with the answer it was started from: with that of its texts that is nearest.
pub(crate) async fn used(
    app: &App,
    actor: Actor,
    ticket: &Ticket,
    answer: Option<AnswerId>,
    sent: &str,
) -> Result<Used> {
    let user = user(actor);
    let Some(id) = answer else { return Ok(Used { answer, edited: None, user }) };
    let name = match user {
        Some(id) => store::users::by_id(&app.db, id).await?.map(|u| u.name),
        None => None,
    };
    let snapshot = automation::snapshot(app).await?;
    let texts = readings::texts(app, &snapshot, ticket, id, name.as_deref()).await?;
    let edited = texts.iter().map(|text| edited(text, sent)).min_by(f64::total_cmp);
    Ok(Used { answer, edited, user })
}

/// Notes what an agent's first reply was made of; `None` when it was written freely: no answer fitted.
pub(crate) async fn note_choice(tx: &mut Tx, ticket: &Ticket, used: &Used, now: Millis) -> Result<()> {
    if ticket.is_history() {
        return Ok(());
    }
    // Nothing decided yet means nothing was shown.
    let decision = decisions::of(&mut *tx, ticket.id).await?.map(|d| d.decision);
    let shows = decision.as_ref().is_some_and(Decision::shows);
    let suggested = match decision.as_ref().filter(|_| shows) {
        Some(d) if d.answer.is_some() => d.answer,
        Some(_) => {
            let reading = store::readings::of(&mut *tx, ticket.id).await?;
            reading.and_then(|r| r.ranked.first().map(|best| best.answer))
        }
        None => None,
    };
    let Used { answer, edited, user } = *used;
    let kind = choice(answer, suggested, edited);
    let chosen =
        Chosen { ticket: ticket.id, answer, suggested, kind, edited, unseen: !shows, user, created_at: now };
    if !choices::insert(tx, &chosen).await? {
        return Ok(());
    }
    let propensity = decision.map_or(1.0, |d| d.propensity);
    let label = Label {
        ticket: ticket.id,
        answer,
        source: LabelSource::Agent,
        unseen: !shows,
        propensity,
        created_at: now,
    };
    note(tx, &label).await
}

/// Keeps a label, unless the one that the ticket has says more.
pub(crate) async fn note(tx: &mut Tx, label: &Label) -> Result<()> {
    let stands = labels::standing(&mut *tx, label.ticket).await?;
    if stands.is_none_or(|(source, unseen)| wins(label.source, source, unseen)) {
        labels::put(tx, label).await?;
    }
    Ok(())
}

/// Notes what the customer says of what answered them. That an automatic answer helped is a label of its own where
/// there is none yet; it never certifies.
pub(crate) async fn note_customer(
    tx: &mut Tx,
    ticket: &Ticket,
    word: CustomerWord,
    now: Millis,
) -> Result<()> {
    let automatic = ticket.answered_by().is_some_and(|by| by != Responder::Agent);
    if automatic && !word.is_against() && ticket.answer.is_some() && !ticket.is_history() {
        let decision = decisions::of(&mut *tx, ticket.id).await?;
        let label = Label {
            ticket: ticket.id,
            answer: ticket.answer,
            source: LabelSource::Customer,
            unseen: false,
            propensity: decision.map_or(1.0, |d| d.decision.propensity),
            created_at: now,
        };
        note(tx, &label).await?;
    }
    labels::put_customer(tx, ticket.id, word, now).await?;
    Ok(())
}

/// Most labelled tickets that one model learns from: the newest.
const MOST: usize = 200_000;
/// Rows read at once.
const PAGE: i64 = 2_000;

/// The rows to learn from, newest first.
pub(crate) async fn rows(app: &App, snapshot: &Snapshot) -> Result<Vec<learn::Row>> {
    let mut rows = Vec::new();
    let mut before = TicketId(i64::MAX);
    while rows.len() < MOST {
        let page = labels::examples(&app.db, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = last.ticket;
        rows.extend(page.into_iter().map(|example| row(snapshot, &example)));
    }
    Ok(rows)
}

pub(crate) fn row(snapshot: &Snapshot, example: &Example) -> learn::Row {
    let label = |answer: Option<AnswerId>| answer.map(|a| snapshot.label(a).to_string());
    let Example { source, unseen, propensity, choice, customer, .. } = *example;
    let said = Said { source, unseen, propensity, choice, customer, mended: example.mended.is_some() };
    learn::Row {
        id: example.ticket.0,
        text: learn::normalise(example.subject.as_deref(), &example.body),
        label: label(example.answer),
        mend: example.mended.map(|mended| Mend { label: label(mended.answer) }),
        group: example.requester.0 as u64,
        at: Some(example.created_at),
        weight: weight(&said) as f32,
        certifies: certifies(example),
    }
}

/// Whether a label can prove anything: it was given without having seen a suggestion, and for a ticket that was not
/// chosen by how sure the learner was. Reviews of what was sent know only tickets above the threshold: with them,
/// a looser threshold would seem safer than it is. They teach, and feed the guardrail.
pub(crate) fn certifies(example: &Example) -> bool {
    example.unseen && example.sample.is_none_or(|sample| sample == Sample::All)
}
