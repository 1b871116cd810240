//! The last step: what an agent chose becomes a label, with whether a suggestion had been seen.

use domain::tickets::Ticket;
use domain::words::{LabelSource, Sample};
use domain::{AnswerId, Millis};
use store::labels::{self, Example, Label};
use store::{Tx, decisions};

use crate::automation::Snapshot;
use crate::{App, Result};

/// Notes the answer of an agent's first reply; `None` when it was written freely: no answer fitted.
pub(crate) async fn note_choice(
    tx: &mut Tx,
    ticket: &Ticket,
    answer: Option<AnswerId>,
    now: Millis,
) -> Result<()> {
    if ticket.is_history() {
        return Ok(());
    }
    // Nothing decided yet means nothing was shown.
    let decision = decisions::of(&mut *tx, ticket.id).await?;
    let (unseen, propensity) = decision.map_or((true, 1.0), |d| (!d.decision.shows(), d.decision.propensity));
    let label =
        Label { ticket: ticket.id, answer, source: LabelSource::Agent, unseen, propensity, created_at: now };
    labels::insert(tx, &label).await?;
    Ok(())
}

/// Most labelled tickets that one model learns from: the newest.
const MOST: usize = 200_000;
/// Rows read at once.
const PAGE: i64 = 2_000;
/// The most that a single ticket counts, however unlikely its label was to be seen.
const MOST_WEIGHT: f64 = 5.0;

/// The rows to learn from, newest first.
pub(crate) async fn rows(app: &App, snapshot: &Snapshot) -> Result<Vec<learn::Row>> {
    let mut rows = Vec::new();
    let mut before = domain::TicketId(i64::MAX);
    while rows.len() < MOST {
        let page = labels::examples(&app.db, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = last.ticket;
        rows.extend(page.into_iter().map(|example| row(snapshot, &example)));
    }
    Ok(rows)
}

pub(crate) fn row(snapshot: &Snapshot, example: &Example) -> learn::Row {
    // Where a suggestion was hidden by chance, the ticket stands for those that were not hidden.
    let weight = if example.unseen { 1.0 / example.propensity.max(1.0 / MOST_WEIGHT) } else { 1.0 };
    learn::Row {
        id: example.ticket.0,
        text: learn::normalise(example.subject.as_deref(), &example.body),
        label: example.answer.map(|answer| snapshot.label(answer).to_string()),
        group: example.requester.0 as u64,
        at: Some(example.created_at),
        weight: weight as f32,
        certifies: certifies(example),
    }
}

/// Whether a label can prove anything: it was given without having seen a suggestion, and for a ticket that was not
/// chosen by how sure the learner was. Reviews of what was sent know only tickets above the threshold: with them,
/// a looser threshold would seem safer than it is. They teach, and feed the guardrail.
pub(crate) fn certifies(example: &Example) -> bool {
    example.unseen && example.sample.is_none_or(|sample| sample == Sample::All)
}
