//! Mail that comes in: to which ticket it belongs, and who may be answered.
//!
//! A mail is never lost: what cannot be read becomes a ticket that holds it, and only a mail too large to keep is
//! refused, so that the server that brought it tells its sender. The same mail twice is taken once. A mail joins a
//! ticket when its address or the mail it answers is ours and its sender is the ticket's requester.

use domain::links::AddressClaim;
use domain::tickets::{Message, Ticket};
use domain::time::HOUR;
use domain::words::Channel;
use store::{mails, messages, requesters, tickets};

use super::intake::{self, FollowUp, NewTicket};
use crate::settings::{self, Settings};
use crate::{App, Error, Result, keys, outbox};

mod machine;
mod parse;

use parse::{Mail, UNKNOWN_SENDER};

/// The largest mail that is taken.
pub const MOST_MAIL: usize = 25 * 1024 * 1024;
/// Mails of one sender to one ticket in an hour after which the ticket is no longer opened again.
const MOST_PER_TICKET: i64 = 10;
/// New tickets of one sender in an hour after which it is taken for a machine.
const MOST_TICKETS: i64 = 10;

/// Where a mail went.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// It became a ticket.
    Ticket(Box<Ticket>),
    /// It was added to one.
    Message(Message),
    /// It had been taken before.
    Again,
}

/// Takes one mail in, as it came over the wire.
pub async fn mail_in(app: &App, raw: &[u8]) -> Result<Taken> {
    if raw.len() > MOST_MAIL {
        return Err(Error::invalid("mail", too_large(raw.len())));
    }
    if raw.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::invalid("mail", "is empty; a message with its headers is expected"));
    }
    let settings = settings::load(app).await?;
    let mut mail = parse::parse(raw);
    if messages::by_mail(&app.db, &mail.message_id).await?.is_some() {
        return Ok(Taken::Again);
    }
    let sender = sender(&settings, &mut mail);
    match home(app, &settings, &mail, &sender).await? {
        Some(ticket) => add(app, &ticket, mail, &sender).await.map(Taken::Message),
        None => open(app, mail, sender).await,
    }
}

/// What a mail too large to keep is told.
pub fn too_large(bytes: usize) -> String {
    format!("is {bytes} bytes large; at most {MOST_MAIL} are taken")
}

/// Whose mail it is. What our own address sends is a contact form elsewhere that names the customer in `Reply-To`,
/// or ourselves.
fn sender(settings: &Settings, mail: &mut Mail) -> String {
    let own = |address: &String| {
        let ours = settings.reply_address.as_ref().map(|ours| ours.to_lowercase());
        ours.is_some_and(|ours| *address == ours || AddressClaim::read(address, &ours).is_some())
    };
    let from = mail.from.clone().unwrap_or_else(|| UNKNOWN_SENDER.into());
    if !own(&from) {
        return from;
    }
    if let Some(customer) = mail.reply_to.take().filter(|to| !own(to) && domain::net::is_mail_address(to)) {
        return customer;
    }
    mail.machine.get_or_insert_with(|| "it came from our own address".into());
    from
}

/// The ticket this mail belongs to, if it names one and its sender is the one who asked there.
async fn home(app: &App, settings: &Settings, mail: &Mail, sender: &str) -> Result<Option<Ticket>> {
    let Some(ticket) = named(app, settings, mail).await? else { return Ok(None) };
    let requester = requesters::by_id(&app.db, ticket.requester).await?;
    // A bounce comes from the mail server of the one who asked, and names the signed address.
    let same = requester.is_some_and(|requester| requester.email == sender);
    Ok((same || mail.machine.is_some()).then_some(ticket))
}

async fn named(app: &App, settings: &Settings, mail: &Mail) -> Result<Option<Ticket>> {
    if let Some(base) = &settings.reply_address {
        let keys = keys::secrets(app, outbox::ADDRESS_KEYS).await?;
        for claim in mail.recipients.iter().filter_map(|address| AddressClaim::read(address, base)) {
            let ticket = tickets::by_id(&app.db, claim.ticket).await?;
            if let Some(ticket) = ticket.filter(|ticket| claim.check(&keys, ticket)) {
                return Ok(Some(ticket));
            }
        }
    }
    for id in &mail.answers {
        if let Some(ticket) = mails::by_message_id(&app.db, id).await?.and_then(|mail| mail.ticket) {
            return Ok(tickets::by_id(&app.db, ticket).await?);
        }
    }
    Ok(None)
}

async fn add(app: &App, ticket: &Ticket, mail: Mail, sender: &str) -> Result<Message> {
    let recent = messages::from_requester_since(&app.db, ticket.id, app.now() - HOUR).await?;
    let busy = || format!("{recent} messages came within an hour, as from a machine");
    let machine = mail.machine.or_else(|| (recent >= MOST_PER_TICKET).then(busy));
    let body = match &machine {
        Some(why) => {
            format!("(From {sender}. Kept as a note and not answered, because {why}.)\n\n{}", mail.body)
        }
        None => mail.body,
    };
    let new = FollowUp {
        body,
        html: mail.html,
        attachments: mail.attachments,
        mail_message_id: Some(mail.message_id),
    };
    match machine {
        Some(_) => intake::note_from_machine(app, ticket, new).await,
        None => intake::follow_up(app, ticket, new).await,
    }
}

async fn open(app: &App, mail: Mail, sender: String) -> Result<Taken> {
    let recent = tickets::from_address_since(&app.db, &sender, app.now() - HOUR).await?;
    let mut new = NewTicket::new(Channel::Mail, sender, mail.body);
    new.requester_name = mail.from_name;
    new.subject = mail.subject;
    new.html = mail.html;
    new.attachments = mail.attachments;
    new.mail_message_id = Some(mail.message_id);
    new.from_machine = mail.machine.is_some() || recent >= MOST_TICKETS;
    let taken = intake::take(app, None, new).await?;
    Ok(if taken.again { Taken::Again } else { Taken::Ticket(Box::new(taken.ticket)) })
}
