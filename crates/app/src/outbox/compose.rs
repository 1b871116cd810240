//! Making a mail out of what it is about and the installation's addresses.

use domain::links::{self, Purpose};
use domain::time::DAY;
use domain::words::MailKind;
use domain::{MailId, Millis};
use store::Tx;
use store::mails::{self, MailHeaders, StoredMail};

use super::texts::{self, Text};
use super::{About, Writer};
use crate::Result;
use crate::journey::respond::footer;

/// How long the link to a ticket's page works. Every mail brings a fresh one.
const TICKET_LINK: Millis = 90 * DAY;
const RATE_LINK: Millis = 30 * DAY;
/// Message-IDs of the conversation that a mail refers to.
const MOST_REFERENCES: usize = 20;
/// Shorter texts of a customer are found in any answer and mean nothing.
const MEANINGFUL: usize = 3;

impl Writer {
    /// The mail about a ticket. While addresses are not known it has neither links nor a sender, and is held.
    pub(super) async fn compose(&self, tx: &mut Tx, kind: MailKind, about: &About) -> Result<StoredMail> {
        let id: MailId = tx.id(self.now);
        let mut thread = mails::thread(&mut *tx, about.ticket.id).await?;
        thread.drain(..thread.len().saturating_sub(MOST_REFERENCES));
        let text = self.text(kind, about);
        Ok(StoredMail {
            ticket: Some(about.ticket.id),
            message: about.message.as_ref().map(|message| message.id),
            headers: self.headers(kind, about, thread),
            ..self.mail(id, kind, &about.requester.email, text)
        })
    }

    pub(super) fn to_colleague(&self, tx: &Tx, kind: MailKind, to: &str, text: Text) -> StoredMail {
        self.mail(tx.id(self.now), kind, to, text)
    }

    fn mail(&self, id: MailId, kind: MailKind, to: &str, text: Text) -> StoredMail {
        StoredMail {
            id,
            kind,
            ticket: None,
            message: None,
            to: to.to_owned(),
            subject: text.subject,
            body: text.body,
            headers: self.own_headers(),
            message_id: self.message_id(id),
            state: self.state(),
            attempts: 0,
            error: None,
            created_at: self.now,
            sent_at: None,
        }
    }

    fn message_id(&self, id: MailId) -> String {
        let address = self.settings.reply_address.as_deref().unwrap_or_default();
        let host = address.rsplit_once('@').map_or("held.invalid", |(_, host)| host);
        let random = domain::numerals::hex(&self.nonce[..8]);
        format!("{id}.{random}@{host}")
    }

    fn own_headers(&self) -> MailHeaders {
        let settings = &self.settings;
        MailHeaders {
            from_name: settings.from_name.clone().unwrap_or_else(|| settings.company_name.clone()),
            from_address: settings.reply_address.clone().unwrap_or_default(),
            more: vec![("Auto-Submitted".into(), "auto-generated".into())],
            ..MailHeaders::default()
        }
    }

    fn headers(&self, kind: MailKind, about: &About, thread: Vec<String>) -> MailHeaders {
        let base = self.settings.reply_address.as_deref().unwrap_or_default();
        let more = match kind {
            MailKind::Reply => Vec::new(),
            _ => vec![
                ("Auto-Submitted".into(), "auto-replied".into()),
                ("X-Auto-Response-Suppress".into(), "All".into()),
            ],
        };
        MailHeaders {
            reply_to: links::reply_address(&self.address_key, &about.ticket, base),
            in_reply_to: thread.last().cloned(),
            references: thread,
            more,
            ..self.own_headers()
        }
    }

    fn text(&self, kind: MailKind, about: &About) -> Text {
        let company = &self.settings.company_name;
        let ticket = &about.ticket;
        let number = ticket.number;
        let page = self.link("/t/", Purpose::Ticket, about, TICKET_LINK);
        let body = about.message.as_ref().map_or("", |message| message.body.as_str());
        let subject = about.subject();
        match kind {
            MailKind::Confirmation => texts::confirmation(company, number, &page),
            MailKind::Survey => {
                texts::survey(company, number, &self.link("/rate/", Purpose::Rate, about, RATE_LINK))
            }
            MailKind::Automatic if !about.requester.has_written && about.is_in(body) => {
                texts::answer_waits(company, number, &page)
            }
            MailKind::Automatic => {
                let before_link = footer::before_link(ticket.language.as_deref());
                texts::automatic(subject, body, before_link, &page)
            }
            MailKind::Reply | MailKind::Invitation | MailKind::Test | MailKind::Notice => {
                texts::reply(company, subject, number, body, &page)
            }
        }
    }

    fn link(&self, path: &str, purpose: Purpose, about: &About, lasts: Millis) -> String {
        let token = links::sign(&self.link_key, purpose, &about.ticket, self.now + lasts);
        self.settings.link(&format!("{path}{token}")).unwrap_or_default()
    }
}

impl About {
    /// The subject of the conversation, or ours when the receiver may not have written it.
    fn subject(&self) -> String {
        let number = self.ticket.number;
        let own = self.ticket.subject.as_deref().filter(|_| self.requester.has_written);
        match own.map(str::trim).filter(|subject| !subject.is_empty()) {
            Some(subject) if subject.to_lowercase().starts_with("re:") => subject.to_owned(),
            Some(subject) => format!("Re: {subject}"),
            None => format!("Your question {number}"),
        }
    }

    /// Whether an answer holds what somebody typed into the form: their name, their subject, a custom field.
    fn is_in(&self, answer: &str) -> bool {
        let custom =
            self.ticket.custom.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_str());
        let texts =
            self.requester.name.as_deref().into_iter().chain(self.ticket.subject.as_deref()).chain(custom);
        let answer = answer.to_lowercase();
        texts
            .map(str::trim)
            .filter(|text| text.chars().count() >= MEANINGFUL)
            .any(|text| answer.contains(&text.to_lowercase()))
    }
}
