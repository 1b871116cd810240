//! The mailbox: what went out, what waits, and what did not arrive; and another try for those.

use domain::MailId;
use domain::words::{Delivery, MailKind};
use serde_json::json;
use store::mails::{self, StoredMail};
use store::queue::NewJob;

use crate::jobs::OfMail;
use crate::{Actor, App, Error, NewEvent, Result, recall};

/// A mail, and the ticket it is about as people call it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mail {
    pub mail: StoredMail,
    pub ticket_number: Option<i64>,
}

impl Mail {
    /// Name and value of all headers that are ours to choose.
    pub fn headers(&self) -> Vec<(String, String)> {
        let own = &self.mail.headers;
        let from = format!("{} <{}>", own.from_name, own.from_address);
        let mut all = vec![("From".to_owned(), from), ("To".to_owned(), self.mail.to.clone())];
        let angled = |ids: &[String]| ids.iter().map(|id| format!("<{id}>")).collect::<Vec<_>>().join(" ");
        all.extend(own.reply_to.clone().map(|to| ("Reply-To".to_owned(), to)));
        all.extend(own.in_reply_to.as_ref().map(|id| ("In-Reply-To".to_owned(), format!("<{id}>"))));
        if !own.references.is_empty() {
            all.push(("References".to_owned(), angled(&own.references)));
        }
        all.extend(own.more.iter().cloned());
        all
    }
}

/// A page of mails, newest first, before `before`.
pub async fn page(
    app: &App,
    state: Option<Delivery>,
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<Mail>> {
    let rows = mails::page(&app.db, state, before, limit).await?;
    Ok(rows.into_iter().map(|(mail, ticket_number)| Mail { mail, ticket_number }).collect())
}

pub async fn by_id(app: &App, id: MailId) -> Result<Mail> {
    let missing = || Error::NotFound(format!("mail {id}"));
    let mail = mails::by_id(&app.db, id).await?.ok_or_else(missing)?;
    let ticket = match mail.ticket {
        Some(ticket) => store::tickets::by_id(&app.db, ticket).await?,
        None => None,
    };
    Ok(Mail { mail, ticket_number: ticket.map(|ticket| ticket.number) })
}

/// Tries a mail again that was given up, taken back, or only ever went to the mailbox. An automatic reply goes out again
/// only while its category answers by itself.
pub async fn retry(app: &App, actor: Actor, id: MailId) -> Result<Mail> {
    let mail = by_id(app, id).await?.mail;
    let reply = mail.message.filter(|_| mail.kind == MailKind::Automatic);
    let now = app.now();
    let changed = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                if let Some(reply) = reply {
                    recall::again(tx, reply).await?;
                }
                let changed = mails::retry(tx, id).await?;
                if changed {
                    let data = json!({ "state": Delivery::Waiting });
                    tx.event(NewEvent::new(now, "mail.changed", actor).subject(id).data(&data));
                    tx.enqueue(NewJob::now("mail", &OfMail { mail: id }, now));
                }
                Ok::<_, Error>(changed)
            })
        })
        .await?;
    app.wake();
    let mail = by_id(app, id).await?;
    if changed {
        Ok(mail)
    } else {
        Err(Error::Conflict(format!("a mail that is {} is not sent again", mail.mail.state)))
    }
}
