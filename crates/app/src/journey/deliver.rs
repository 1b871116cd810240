//! The step that sends: a message becomes a mail, and a mail leaves, once as far as its receiver can tell.

use domain::words::{Author, Delivery, MailKind, MessageKind, Responder, Status};
use domain::{MailId, MessageId, Millis};
use store::mails::{self, StoredMail};
use store::queue::{ATTEMPTS, Job};
use store::{Tx, messages, replies, switches};

use crate::jobs::Outcome;
use crate::outbox::{self, Writer};
use crate::ports::{MailFile, OutgoingMail, SendError};
use crate::{Actor, App, Error, Result, recall, settings, tickets};

/// Job `deliver`: puts a message of ours into the outbox. Doing so twice is harmless.
pub async fn deliver(app: &App, id: MessageId) -> Result<()> {
    let Some(message) = messages::by_id(&app.db, id).await? else { return Ok(()) };
    let automatic = message.author == Author::Automatic && message.kind == MessageKind::Public;
    let writer = Writer::load(app).await?;
    let now = app.now();
    app.db
        .write(move |tx| {
            let writer = writer.clone();
            Box::pin(async move {
                if automatic {
                    let switch = switches::hold(tx).await?;
                    if mails::by_message(&mut *tx, id).await?.is_some()
                        || !recall::may_leave(tx, switch, id, now).await?
                    {
                        return Ok(());
                    }
                }
                let Some(mail) = writer.message(tx, id).await? else { return Ok(()) };
                // What is held or kept in the mailbox is read on the ticket's page, and has arrived there.
                if mail.kind == MailKind::Automatic && mail.state != Delivery::Waiting {
                    replies::gone(tx, id).await?;
                }
                if mail.kind == MailKind::Automatic && mail.state == Delivery::Withdrawn {
                    hand_on(tx, &mail, now).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// An automatic answer that may not be sent is no answer: a person takes over.
async fn hand_on(tx: &mut Tx, mail: &StoredMail, now: Millis) -> Result<()> {
    let Some(ticket) = mail.ticket else { return Ok(()) };
    let before = tickets::held(tx, ticket).await?;
    if before.touched_by_agent || before.status == Status::Open {
        return Ok(());
    }
    let after = before.clone().moved(Status::Open, Responder::Agent, now)?;
    store::tickets::update(tx, &after).await?;
    tickets::record_change(tx, Actor::System, &before, &after, now);
    Ok(())
}

/// Job `confirm`: tells the requester that their question arrived, unless it has been answered meanwhile.
pub async fn confirm(app: &App, ticket: domain::TicketId) -> Result<()> {
    let writer = Writer::load(app).await?;
    app.db
        .write(move |tx| {
            let writer = writer.clone();
            Box::pin(async move {
                let known = mails::of_ticket(&mut *tx, ticket).await?;
                let answered =
                    store::tickets::by_id(&mut *tx, ticket).await?.is_none_or(|t| t.first_reply_at.is_some());
                if !answered && known.iter().all(|mail| mail.kind != MailKind::Confirmation) {
                    writer.confirmation(tx, ticket).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Job `mail`: sends one mail, or tries to.
pub async fn send(app: &App, mail: MailId, job: &Job) -> Outcome {
    match try_to_send(app, mail, job.attempts >= ATTEMPTS).await {
        Ok(None) => Outcome::Done,
        Ok(Some(why)) => Outcome::Retry(why),
        Err(error) => Outcome::from(Err(error)),
    }
}

async fn try_to_send(app: &App, id: MailId, last: bool) -> Result<Option<String>> {
    let Some(mut mail) = mails::by_id(&app.db, id).await? else { return Ok(None) };
    if mail.state == Delivery::Held {
        match outbox::let_go(app, id).await? {
            Some(released) => mail = released,
            None => return Ok(None),
        }
    }
    if mail.state != Delivery::Waiting {
        return Ok(None);
    }
    let why = attempt(app, &mail, last).await?;
    // A mail that is given up lies in the mailbox, not among the failed jobs as well.
    Ok(if last { None } else { why })
}

/// Hands a mail to the server and records how that ended. Says why it should be tried again, or why it never
/// will, when `last`.
pub(crate) async fn attempt(app: &App, mail: &StoredMail, last: bool) -> Result<Option<String>> {
    let settings = settings::load(app).await?;
    // Claimed only when it is its turn: until then it can be taken back.
    let _turn = app.sending.acquire().await.map_err(|e| Error::Outside(e.to_string()))?;
    if let Some(message) = automatic(mail)
        && !claim(app, mail.id, message).await?
    {
        return Ok(None);
    }
    let Some(smtp) = &settings.smtp else {
        record(app, mail, Delivery::Mailbox, None).await?;
        return Ok(None);
    };
    match app.mailer.send(smtp, &outgoing(mail, files(app, mail).await?)).await {
        Ok(()) => {
            record(app, mail, Delivery::Sent, None).await?;
            Ok(None)
        }
        Err(SendError::Temporary(why)) if !last => {
            record(app, mail, Delivery::Waiting, Some(why.clone())).await?;
            Ok(Some(why))
        }
        Err(SendError::Temporary(why) | SendError::Permanent(why)) => {
            record(app, mail, Delivery::Dead, Some(why.clone())).await?;
            Ok(last.then_some(why))
        }
    }
}

/// The automatic reply that a mail carries.
fn automatic(mail: &StoredMail) -> Option<MessageId> {
    mail.message.filter(|_| mail.kind == MailKind::Automatic)
}

/// Takes an automatic reply out of what can be recalled, unless it has been recalled: from here on whoever switches
/// off waits for it.
async fn claim(app: &App, mail: MailId, message: MessageId) -> Result<bool> {
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let switch = switches::hold(tx).await?;
                let waits =
                    mails::by_id(&mut *tx, mail).await?.is_some_and(|mail| mail.state == Delivery::Waiting);
                if !waits || !recall::may_leave(tx, switch, message, now).await? {
                    return Ok(false);
                }
                replies::sending(tx, message, Some(now)).await?;
                Ok::<_, Error>(true)
            })
        })
        .await
}

async fn record(app: &App, mail: &StoredMail, state: Delivery, error: Option<String>) -> Result<()> {
    let now: Millis = app.now();
    let mail = StoredMail { state, ..mail.clone() };
    let sent_at = matches!(state, Delivery::Sent).then_some(now);
    app.db
        .write(move |tx| {
            let (mail, error) = (mail.clone(), error.clone());
            Box::pin(async move {
                mails::attempted(tx, mail.id, state, error.as_deref(), sent_at).await?;
                match automatic(&mail) {
                    Some(message) if state == Delivery::Waiting => {
                        replies::sending(tx, message, None).await?;
                    }
                    Some(message) => {
                        replies::gone(tx, message).await?;
                    }
                    None => {}
                }
                outbox::changed(tx, &mail, now);
                Ok(())
            })
        })
        .await
}

/// What an agent sent along. An automatic answer and our own mails have no files.
async fn files(app: &App, mail: &StoredMail) -> Result<Vec<MailFile>> {
    let Some(message) = mail.message.filter(|_| mail.kind == MailKind::Reply) else { return Ok(Vec::new()) };
    let files = store::attachments::of_message(&app.db, message).await?.into_iter();
    Ok(files.map(|(f, content)| MailFile { name: f.name, media_type: f.media_type, content }).collect())
}

fn outgoing(mail: &StoredMail, files: Vec<MailFile>) -> OutgoingMail {
    let headers = &mail.headers;
    OutgoingMail {
        from_name: headers.from_name.clone(),
        from_address: headers.from_address.clone(),
        to: mail.to.clone(),
        reply_to: headers.reply_to.clone(),
        subject: mail.subject.clone(),
        body: mail.body.clone(),
        message_id: mail.message_id.clone(),
        date: mail.created_at,
        in_reply_to: headers.in_reply_to.clone(),
        references: headers.references.clone(),
        headers: headers.more.clone(),
        files,
    }
}
