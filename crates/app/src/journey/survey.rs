//! After a ticket was solved: asking how it went, and settling how it turned out when nobody says.

use domain::tickets::Ticket;
use domain::words::Delivery;
use serde_json::json;
use store::{Tx, ratings};

use crate::jobs::OfSolution;
use crate::outbox::Writer;
use crate::{Actor, App, Error, NewEvent, Result, tickets};

/// Job `survey`: asks for a rating, once a ticket, unless it has one, was reopened or came from a machine.
pub async fn survey(app: &App, job: OfSolution) -> Result<()> {
    let (writer, now) = (Writer::load(app).await?, app.now());
    app.db
        .write(move |tx| {
            let writer = writer.clone();
            Box::pin(async move {
                let Some(mut ticket) = still_solved(tx, job).await? else { return Ok(()) };
                let rated = ratings::of_ticket(&mut *tx, ticket.id).await?.is_some();
                if rated || ticket.survey_sent_at.is_some() || ticket.from_machine {
                    return Ok(());
                }
                let mail = writer.survey(tx, ticket.id).await?;
                if mail.is_none_or(|mail| mail.state == Delivery::Withdrawn) {
                    return Ok(());
                }
                ticket.survey_sent_at = Some(now);
                store::tickets::update(tx, &ticket).await?;
                let event = NewEvent::new(now, "survey.sent", Actor::System).ticket(ticket.id);
                tx.event(event.data(&json!({ "responder": ticket.answered_by() })));
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Job `settle`: the window in which the requester could object has closed.
pub async fn settle(app: &App, job: OfSolution) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let Some(before) = still_solved(tx, job).await? else { return Ok(()) };
                let after = before.clone().settled(now);
                if after != before {
                    store::tickets::update(tx, &after).await?;
                    tickets::record_change(tx, Actor::System, &before, &after, now);
                }
                Ok(())
            })
        })
        .await
}

/// The ticket, if this very solution still stands.
async fn still_solved(tx: &mut Tx, job: OfSolution) -> Result<Option<Ticket>> {
    let ticket = tickets::held(tx, job.ticket).await?;
    Ok(Some(ticket).filter(|ticket| ticket.status.is_solved() && ticket.solved_at == Some(job.solved_at)))
}
