//! Later messages of a ticket: what its requester writes, and what a machine writes in their name.

use domain::tickets::{Message, Ticket};
use domain::words::{CustomerWord, MessageKind};
use domain::{Millis, TicketId};
use store::{Tx, messages, requesters, search, tickets};

use super::{NewAttachment, clean, files, from_requester};
use crate::fields::Fields;
use crate::journey::learn::note_customer;
use crate::{Actor, App, Error, Result};

/// A later message of a ticket's requester.
#[derive(Debug, Clone, Default)]
pub struct FollowUp {
    pub body: String,
    /// As it came; it is sanitised here.
    pub html: Option<String>,
    pub attachments: Vec<NewAttachment>,
    pub mail_message_id: Option<String>,
}

impl FollowUp {
    fn checked(mut self) -> Result<Self> {
        let mut fields = Fields::default();
        self.body = match self.attachments.is_empty() {
            true => fields.body("body", &self.body),
            false => fields.text("body", &self.body),
        };
        self.html = clean(&mut fields, self.html.as_deref());
        files::check(&mut fields, &mut self.attachments);
        fields.done()?;
        Ok(self)
    }
}

/// Adds a later message of the requester. The ticket is a person's from now on; one that had been solved is open
/// again. The same mail twice gives the message it gave the first time.
pub async fn follow_up(app: &App, ticket: &Ticket, new: FollowUp) -> Result<Message> {
    let (new, id, now) = (new.checked()?, ticket.id, app.now());
    app.db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { write_follow_up(tx, id, new, now).await })
        })
        .await
}

/// Adds what a machine wrote from the requester's address (an absence, a bounce) as a note: the team sees it, the
/// ticket stays as it is, and nobody is answered.
pub async fn note_from_machine(app: &App, ticket: &Ticket, new: FollowUp) -> Result<Message> {
    let (new, id, now) = (new.checked()?, ticket.id, app.now());
    app.db
        .write(move |tx| {
            let new = new.clone();
            Box::pin(async move { write_note(tx, id, new, now).await })
        })
        .await
}

/// Like [`follow_up`], inside a transaction; body and HTML have been checked.
async fn write_follow_up(tx: &mut Tx, id: TicketId, new: FollowUp, now: Millis) -> Result<Message> {
    if let Some(message) = taken_before(tx, &new).await? {
        return Ok(message);
    }
    let before = held(tx, id).await?;
    let message = from_requester(tx, id, &new.body, new.html.clone(), now);
    write(tx, &message, &new).await?;
    if new.mail_message_id.is_some() {
        requesters::has_written(tx, before.requester).await?;
    }
    let after = before.clone().heard_again(now);
    tickets::update(tx, &after).await?;
    if after.reopened > before.reopened {
        note_customer(tx, &before, CustomerWord::Reopened, now).await?;
    }
    search::index_again(tx, id).await?;
    let actor = Actor::Requester(before.requester);
    crate::tickets::record_message(tx, actor, &message);
    crate::tickets::record_change(tx, actor, &before, &after, now);
    Ok(message)
}

async fn write_note(tx: &mut Tx, id: TicketId, new: FollowUp, now: Millis) -> Result<Message> {
    if let Some(message) = taken_before(tx, &new).await? {
        return Ok(message);
    }
    let mut ticket = held(tx, id).await?;
    let mut message = from_requester(tx, id, &new.body, new.html.clone(), now);
    message.kind = MessageKind::Note;
    write(tx, &message, &new).await?;
    ticket.messages_count += 1;
    ticket.updated_at = now;
    tickets::update(tx, &ticket).await?;
    search::index_again(tx, id).await?;
    crate::tickets::record_message(tx, Actor::Requester(ticket.requester), &message);
    Ok(message)
}

async fn taken_before(tx: &mut Tx, new: &FollowUp) -> Result<Option<Message>> {
    match &new.mail_message_id {
        Some(mail) => Ok(messages::by_mail(tx, mail).await?),
        None => Ok(None),
    }
}

async fn held(tx: &mut Tx, id: TicketId) -> Result<Ticket> {
    tickets::for_change(tx, id).await?.ok_or_else(|| Error::NotFound(format!("ticket with id {id}")))
}

async fn write(tx: &mut Tx, message: &Message, new: &FollowUp) -> Result<()> {
    messages::insert(tx, message, new.mail_message_id.as_deref()).await?;
    files::insert(tx, message, &new.attachments).await?;
    Ok(())
}
