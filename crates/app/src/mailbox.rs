//! The mailbox: what went out, what waits, and what did not arrive; and another try for those.

use domain::MailId;
use domain::words::Delivery;
use serde_json::json;
use store::mails::{self, StoredMail};
use store::queue::NewJob;

use crate::jobs::OfMail;
use crate::{Actor, App, Error, NewEvent, Result};

/// A page of mails, newest first, before `before`.
pub async fn page(
    app: &App,
    state: Option<Delivery>,
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<StoredMail>> {
    Ok(mails::page(&app.db, state, before, limit).await?)
}

pub async fn by_id(app: &App, id: MailId) -> Result<StoredMail> {
    mails::by_id(&app.db, id).await?.ok_or_else(|| Error::NotFound(format!("mail {id}")))
}

/// Tries a mail again that was given up, taken back, or only ever went to the mailbox.
pub async fn retry(app: &App, actor: Actor, id: MailId) -> Result<StoredMail> {
    by_id(app, id).await?;
    let now = app.now();
    let changed = app
        .db
        .write(move |tx| {
            Box::pin(async move {
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
        Err(Error::Conflict(format!("a mail that is {} is not sent again", mail.state)))
    }
}
