//! The outbox: every mail is a row, with all its receiver will see fixed before the first attempt.
//!
//! Nothing leaves before the public address and the reply address are set: mails are held until then. Without a
//! mail server they go to the mailbox that the console shows. An address gets at most three automatic mails an
//! hour, and one that has not written to us gets none of the customer's text.

use std::sync::Arc;

use domain::tickets::{Message, Requester, Ticket};
use domain::time::HOUR;
use domain::words::{Author, Delivery, MailKind};
use domain::{MailId, MessageId, Millis, TicketId};
use serde_json::json;
use store::mails::{self, StoredMail};
use store::queue::NewJob;
use store::{Tx, messages, requesters, tickets};

use crate::jobs::OfMail;
use crate::settings::{self, Settings};
use crate::{Actor, App, Error, NewEvent, Result, keys};

mod compose;
mod texts;

/// The purpose of the keys that sign links.
pub const LINK_KEYS: &str = "links";
/// The purpose of the keys that sign reply addresses.
pub const ADDRESS_KEYS: &str = "reply-address";
/// Automatic mails to one address in an hour.
pub const MOST_AUTOMATIC: usize = 3;

/// All that composing a mail needs beside the rows it is about, read before a transaction is opened.
#[derive(Debug, Clone)]
pub struct Writer {
    pub(crate) settings: Arc<Settings>,
    link_key: Vec<u8>,
    address_key: Vec<u8>,
    /// Makes Message-IDs hard to guess.
    nonce: [u8; 32],
    now: Millis,
}

impl Writer {
    pub async fn load(app: &App) -> Result<Self> {
        Ok(Self {
            settings: settings::load(app).await?,
            link_key: keys::secret(app, LINK_KEYS).await?,
            address_key: keys::secret(app, ADDRESS_KEYS).await?,
            nonce: app.secret(),
            now: app.now(),
        })
    }

    /// The mail that carries a public message of ours to the requester. `None` when there is one already, when
    /// the message is not for them, or when it is gone.
    pub async fn message(&self, tx: &mut Tx, message: MessageId) -> Result<Option<StoredMail>> {
        let Some(message) = messages::by_id(&mut *tx, message).await? else { return Ok(None) };
        let kind = match (message.kind, message.author) {
            (domain::words::MessageKind::Public, Author::Agent) => MailKind::Reply,
            (domain::words::MessageKind::Public, Author::Automatic) => MailKind::Automatic,
            _ => return Ok(None),
        };
        if mails::by_message(&mut *tx, message.id).await?.is_some() {
            return Ok(None);
        }
        self.about(tx, kind, message.ticket, Some(message)).await
    }

    /// "We have your message", for tickets that no automatic answer follows.
    pub async fn confirmation(&self, tx: &mut Tx, ticket: TicketId) -> Result<Option<StoredMail>> {
        self.about(tx, MailKind::Confirmation, ticket, None).await
    }

    /// Asks how it went.
    pub async fn survey(&self, tx: &mut Tx, ticket: TicketId) -> Result<Option<StoredMail>> {
        self.about(tx, MailKind::Survey, ticket, None).await
    }

    /// Invites a colleague; `path` is where the console lets them in. `None` while no mail may leave: then the
    /// link is handed over by other means.
    pub async fn invitation(
        &self,
        tx: &mut Tx,
        to: &str,
        name: Option<&str>,
        path: &str,
    ) -> Result<Option<StoredMail>> {
        let Some(link) = self.settings.link(path).filter(|_| self.settings.may_send()) else {
            return Ok(None);
        };
        let text = texts::invitation(&self.settings, name, &link);
        let mail = self.to_colleague(tx, MailKind::Invitation, to, text);
        self.put(tx, mail).await.map(Some)
    }

    /// Tells an admin that a category was paused. `None` while no mail may leave: the console says it too.
    pub async fn paused(
        &self,
        tx: &mut Tx,
        to: &str,
        category: &str,
        id: domain::CategoryId,
        why: &str,
    ) -> Result<Option<StoredMail>> {
        let path = format!("/console/categories/{id}");
        self.notice(tx, to, &path, |link| texts::paused(&self.settings, category, why, link)).await
    }

    /// Tells an admin that the questions have changed, of a category or (`None`) of all. `None` while no mail may
    /// leave: the console says it too.
    pub async fn drifted(
        &self,
        tx: &mut Tx,
        to: &str,
        category: Option<&str>,
        why: &str,
    ) -> Result<Option<StoredMail>> {
        self.notice(tx, to, "/console/drift", |link| texts::drifted(&self.settings, category, why, link))
            .await
    }

    /// The report of a stretch of days. `None` while no mail may leave.
    pub(crate) async fn report(
        &self,
        tx: &mut Tx,
        to: &str,
        subject: &str,
        body: &str,
    ) -> Result<Option<StoredMail>> {
        self.notice(tx, to, "/console/metrics", |link| texts::report(&self.settings, subject, body, link))
            .await
    }

    async fn notice(
        &self,
        tx: &mut Tx,
        to: &str,
        path: &str,
        text: impl FnOnce(&str) -> texts::Text,
    ) -> Result<Option<StoredMail>> {
        let Some(link) = self.settings.link(path).filter(|_| self.settings.may_send()) else {
            return Ok(None);
        };
        let mail = self.to_colleague(tx, MailKind::Notice, to, text(&link));
        self.put(tx, mail).await.map(Some)
    }

    async fn about(
        &self,
        tx: &mut Tx,
        kind: MailKind,
        ticket: TicketId,
        message: Option<Message>,
    ) -> Result<Option<StoredMail>> {
        let Some(about) = About::load(tx, ticket, message).await? else { return Ok(None) };
        let mut mail = self.compose(tx, kind, &about).await?;
        if let Some(why) = self.not_to_be_sent(tx, kind, &about).await? {
            mail.state = Delivery::Withdrawn;
            mail.error = Some(why);
        }
        self.put(tx, mail).await.map(Some)
    }

    /// Why this mail must not leave at all.
    async fn not_to_be_sent(&self, tx: &mut Tx, kind: MailKind, about: &About) -> Result<Option<String>> {
        // Reserved for addresses that do not exist (RFC 2606): the sender of a mail that named none.
        if about.requester.email.ends_with(".invalid") {
            return Ok(Some("the sender's address is not known".into()));
        }
        if kind == MailKind::Reply {
            return Ok(None);
        }
        if about.ticket.from_machine {
            return Ok(Some(
                "the question was written by a machine, which is never answered automatically".into(),
            ));
        }
        let recent = mails::automatic_since(tx, &about.requester.email, self.now - HOUR).await?.len();
        let full =
            || format!("{recent} automatic mails went to this address within an hour, and no more may");
        Ok((recent >= MOST_AUTOMATIC).then(full))
    }

    async fn put(&self, tx: &mut Tx, mail: StoredMail) -> Result<StoredMail> {
        mails::insert(tx, &mail).await?;
        changed(tx, &mail, self.now);
        if mail.state == Delivery::Waiting {
            tx.enqueue(NewJob::now("mail", &OfMail { mail: mail.id }, self.now));
        }
        Ok(mail)
    }

    /// Where a mail goes that is made now.
    fn state(&self) -> Delivery {
        match (self.settings.may_send(), &self.settings.smtp) {
            (false, _) => Delivery::Held,
            (true, None) => Delivery::Mailbox,
            (true, Some(_)) => Delivery::Waiting,
        }
    }
}

/// What a mail to a customer is about.
pub(crate) struct About {
    pub(crate) ticket: Ticket,
    pub(crate) requester: Requester,
    pub(crate) message: Option<Message>,
}

impl About {
    async fn load(tx: &mut Tx, ticket: TicketId, message: Option<Message>) -> Result<Option<Self>> {
        let Some(ticket) = tickets::by_id(&mut *tx, ticket).await? else { return Ok(None) };
        let Some(requester) = requesters::by_id(&mut *tx, ticket.requester).await? else { return Ok(None) };
        Ok(Some(Self { ticket, requester, message }))
    }
}

/// Tells whoever looks that a mail came into being or is in another state.
pub(crate) fn changed(tx: &mut Tx, mail: &StoredMail, now: Millis) {
    let mut event = NewEvent::new(now, "mail.changed", Actor::System)
        .subject(mail.id)
        .data(&json!({ "kind": mail.kind, "state": mail.state }));
    event.ticket = mail.ticket;
    tx.event(event);
}

/// Puts jobs for all held mails into the queue; called when settings change so that mail may leave.
pub async fn release(tx: &mut Tx, now: Millis) -> Result<()> {
    for mail in mails::held(&mut *tx).await? {
        tx.enqueue(NewJob::now("mail", &OfMail { mail }, now));
    }
    Ok(())
}

/// Composes a held mail anew, now that its links and addresses are known. `None` when it still may not leave or
/// is no longer held.
pub(crate) async fn let_go(app: &App, id: MailId) -> Result<Option<StoredMail>> {
    // Another replica may have changed the settings a moment ago.
    if !settings::reload(app).await?.may_send() {
        return Ok(None);
    }
    let writer = Writer::load(app).await?;
    app.db
        .write(move |tx| {
            let writer = writer.clone();
            Box::pin(async move {
                let Some(held) = mails::by_id(&mut *tx, id).await? else { return Ok(None) };
                let message = match held.message {
                    Some(message) => messages::by_id(&mut *tx, message).await?,
                    None => None,
                };
                let Some(ticket) = held.ticket else { return Ok(None) };
                let Some(about) = About::load(tx, ticket, message).await? else { return Ok(None) };
                let mail = StoredMail { id, ..writer.compose(tx, held.kind, &about).await? };
                let released = mails::release(tx, &mail).await?;
                if released {
                    changed(tx, &mail, writer.now);
                }
                Ok::<_, Error>(released.then_some(mail))
            })
        })
        .await
}

/// Sends a mail to a colleague at once, to see whether mail works. Says where it went.
pub async fn test_mail(app: &App, to: &str) -> Result<Delivery> {
    let writer = Writer::load(app).await?;
    if !writer.settings.may_send() {
        let message = "set the public address and the reply address first: no mail leaves before";
        return Err(Error::Conflict(message.into()));
    }
    let text = texts::test(&writer.settings);
    let to = to.to_owned();
    let mail = app
        .db
        .write(move |tx| {
            let (writer, to, text) = (writer.clone(), to.clone(), text.clone());
            Box::pin(async move {
                let mail = writer.to_colleague(tx, MailKind::Test, &to, text);
                mails::insert(tx, &mail).await?;
                changed(tx, &mail, writer.now);
                Ok::<_, Error>(mail)
            })
        })
        .await?;
    if mail.state == Delivery::Mailbox {
        return Ok(Delivery::Mailbox);
    }
    match crate::journey::deliver::attempt(app, &mail, true).await? {
        None => Ok(Delivery::Sent),
        Some(why) => Err(Error::Outside(why)),
    }
}
