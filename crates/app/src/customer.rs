//! What a customer does with a signed link: follow their ticket, add to it, say whether the answer helped, rate.

use domain::links::{self, Claim, Purpose};
use domain::tickets::{Message, Requester, Ticket};
use domain::time::{DAY, HOUR};
use domain::words::{CustomerWord, MessageKind, RatingValue, Status};
use domain::{AttachmentId, TicketId};
use serde_json::json;
use store::attachments::{self, Attachment};
use store::ratings::{self, Rating};
use store::{messages, requesters};

use crate::fields::Fields;
use crate::journey::intake::{self, FollowUp, NewAttachment};
use crate::journey::learn::note_customer;
use crate::outbox::LINK_KEYS;
use crate::{Actor, App, Error, NewEvent, Result, keys, settings, tickets};

/// Messages of one requester to one ticket in an hour.
const MOST_REPLIES: i64 = 20;
/// The longest comment to a rating, in characters.
pub const MOST_COMMENT: usize = 2000;

/// What a customer sees of their ticket.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub ticket: Ticket,
    pub requester: Requester,
    /// Without internal notes.
    pub messages: Vec<Message>,
    pub attachments: Vec<Attachment>,
    pub rating: Option<Rating>,
}

/// The ticket that a link opens for `purpose`.
pub async fn open(app: &App, token: &str, purpose: Purpose) -> Result<Ticket> {
    let claim = Claim::read(token)?;
    let ticket = store::tickets::by_id(&app.db, claim.ticket).await?.ok_or(links::BadLink::Invalid)?;
    claim.check(&keys::secrets(app, LINK_KEYS).await?, purpose, &ticket, app.now())?;
    Ok(ticket)
}

/// A path that opens a ticket for `purpose` for as long as `lasts`.
pub async fn link(app: &App, ticket: &Ticket, purpose: Purpose, lasts: domain::Millis) -> Result<String> {
    let key = keys::secret(app, LINK_KEYS).await?;
    let path = match purpose {
        Purpose::Ticket => "/t/",
        Purpose::Rate => "/rate/",
        Purpose::Sent => "/contact/sent/",
    };
    Ok(format!("{path}{}", links::sign(&key, purpose, ticket, app.now() + lasts)))
}

/// The link to a ticket's page, for its requester, as agents may hand it over.
pub async fn page_link(app: &App, ticket: &Ticket) -> Result<String> {
    link(app, ticket, Purpose::Ticket, 90 * DAY).await
}

pub async fn conversation(app: &App, token: &str) -> Result<Conversation> {
    let ticket = open(app, token, Purpose::Ticket).await?;
    read(app, ticket).await
}

async fn read(app: &App, ticket: Ticket) -> Result<Conversation> {
    let requester = requesters::by_id(&app.db, ticket.requester).await?.ok_or(links::BadLink::Invalid)?;
    let mut all = messages::of_ticket(&app.db, ticket.id).await?;
    all.retain(|message| message.kind == MessageKind::Public);
    let mut files = attachments::of_ticket(&app.db, ticket.id).await?;
    files.retain(|file| all.iter().any(|message| message.id == file.message));
    let rating = ratings::of_ticket(&app.db, ticket.id).await?;
    Ok(Conversation { ticket, requester, messages: all, attachments: files, rating })
}

/// A file of the conversation.
pub async fn attachment(app: &App, token: &str, id: AttachmentId) -> Result<(Attachment, Vec<u8>)> {
    let conversation = conversation(app, token).await?;
    let missing = || Error::NotFound(format!("file {id}"));
    if conversation.attachments.iter().all(|file| file.id != id) {
        return Err(missing());
    }
    attachments::content(&app.db, id).await?.ok_or_else(missing)
}

/// Adds a message of the customer.
pub async fn reply(app: &App, token: &str, body: String, files: Vec<NewAttachment>) -> Result<Message> {
    let ticket = open(app, token, Purpose::Ticket).await?;
    if messages::from_requester_since(&app.db, ticket.id, app.now() - HOUR).await? >= MOST_REPLIES {
        return Err(Error::TooMany { seconds: HOUR / 1000 });
    }
    let new = FollowUp { body, attachments: files, ..FollowUp::default() };
    let message = intake::follow_up(app, &ticket, new).await?;
    app.wake();
    Ok(message)
}

/// "This helped": the resolution is confirmed.
pub async fn helped(app: &App, token: &str) -> Result<()> {
    let ticket = open(app, token, Purpose::Ticket).await?;
    change(app, ticket.id, "answer.helped", CustomerWord::Helped, Ticket::helped).await
}

/// "This did not help": a person takes over.
pub async fn not_helped(app: &App, token: &str) -> Result<()> {
    let ticket = open(app, token, Purpose::Ticket).await?;
    change(app, ticket.id, "answer.not_helped", CustomerWord::NotHelped, Ticket::not_helped).await
}

async fn change(
    app: &App,
    id: TicketId,
    said: &'static str,
    word: CustomerWord,
    becomes: fn(Ticket, domain::Millis) -> Ticket,
) -> Result<()> {
    let (waits, now) = (settings::load(app).await?.waits(), app.now());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let before = tickets::held(tx, id).await?;
                let after = becomes(before.clone(), now);
                if after == before {
                    return Ok(());
                }
                store::tickets::update(tx, &after).await?;
                let actor = Actor::Requester(before.requester);
                let answer = json!({ "answer": before.answer, "responder": before.answered_by() });
                tx.event(NewEvent::new(now, said, actor).ticket(id).data(&answer));
                tickets::record_change(tx, actor, &before, &after, now);
                note_customer(tx, &before, word, now).await?;
                tickets::when_solved(tx, &before, &after, waits, now);
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// The ticket that may be rated with this link, and its rating so far.
pub async fn rateable(app: &App, token: &str) -> Result<(Ticket, Option<Rating>)> {
    let ticket = open(app, token, Purpose::Rate).await?;
    let rating = ratings::of_ticket(&app.db, ticket.id).await?;
    Ok((ticket, rating))
}

/// Rates how a ticket was solved, or changes what was said before.
pub async fn rate(app: &App, token: &str, value: RatingValue, comment: Option<String>) -> Result<()> {
    let ticket = open(app, token, Purpose::Rate).await?;
    put_rating(app, ticket.id, value, comment).await
}

async fn put_rating(app: &App, id: TicketId, value: RatingValue, comment: Option<String>) -> Result<()> {
    let mut fields = Fields::default();
    let comment = comment.map(|c| fields.text("comment", c.trim())).filter(|c| !c.is_empty());
    if comment.as_ref().is_some_and(|c| c.chars().count() > MOST_COMMENT) {
        fields.wrong("comment", format!("is too long; at most {MOST_COMMENT} characters are kept"));
    }
    fields.done()?;
    let now = app.now();
    app.db
        .write(move |tx| {
            let comment = comment.clone();
            Box::pin(async move {
                let before = tickets::held(tx, id).await?;
                let Some(responder) = before.answered_by() else {
                    return Err(Error::Conflict("nobody has answered this yet, so there is nothing to rate".into()));
                };
                let rating = ratings::of_ticket(&mut *tx, id).await?;
                let same = |r: &Rating| r.value == value && r.comment == comment;
                if rating.as_ref().is_some_and(same) {
                    return Ok(());
                }
                ratings::put(tx, id, value, comment.as_deref(), responder, now).await?;
                let actor = Actor::Requester(before.requester);
                let was = rating.map(|r| r.value);
                let data = json!({ "value": value, "was": was, "responder": responder, "comment": comment.is_some() });
                tx.event(NewEvent::new(now, "rating.given", actor).ticket(id).data(&data));
                let word = match value {
                    RatingValue::Good => CustomerWord::RatedGood,
                    RatingValue::Bad => CustomerWord::RatedBad,
                };
                note_customer(tx, &before, word, now).await?;
                let after = before.clone().rated(value, was, now);
                if after != before {
                    store::tickets::update(tx, &after).await?;
                    tickets::record_change(tx, actor, &before, &after, now);
                }
                Ok(())
            })
        })
        .await
}

/// Whether the customer may be asked if the answer helped: there is one, and nothing came of it yet.
pub fn may_say_whether_it_helped(ticket: &Ticket) -> bool {
    ticket.status == Status::Solved
        && ticket.resolution.is_none_or(|r| r == domain::words::Resolution::Silent)
}
