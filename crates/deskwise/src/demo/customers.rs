//! What a simulated customer does: writes, says whether an answer helped, asks again, rates.

use ::demo::LiveTicket;
use app::journey::intake::{self, NewTicket};
use app::{App, Error, customer};
use domain::Millis;
use domain::links::Purpose;
use domain::tickets::Ticket;
use domain::time::{HOUR, SECOND};
use domain::words::{Channel, RatingValue, Responder};
use rand::RngExt;
use rand::rngs::StdRng;

/// How long a customer reads before saying anything.
const READS: std::ops::Range<Millis> = 4 * SECOND..20 * SECOND;
/// Of those whom an answer helped, how many say so.
const SAYS_HELPED: f64 = 0.45;
/// Of those whom it did not help, how many write again rather than press the button.
const WRITES_AGAIN: f64 = 0.5;

/// A customer and what became of the question.
pub(crate) struct Case {
    pub(crate) live: LiveTicket,
    pub(crate) number: i64,
    pub(crate) written_at: Millis,
    /// How long the ticket waits for an agent.
    pub(crate) patience: Millis,
    pub(crate) over: bool,
    reads: Millis,
    reacted: bool,
}

/// A customer asks.
pub(crate) async fn ask(app: &App, live: &LiveTicket, random: &mut StdRng) -> Result<Ticket, Error> {
    let question = &live.question;
    let channel = match random.random_range(0..10) {
        0..5 => Channel::Form,
        5..8 => Channel::Mail,
        _ => Channel::Api,
    };
    let mut new = NewTicket::new(channel, question.requester_email.as_str(), question.body.as_str());
    new.requester_name.clone_from(&question.requester_name);
    new.subject.clone_from(&question.subject);
    if let Some(picked) = &question.category_key {
        new.category = category(app, picked).await?;
    }
    Ok(intake::take(app, None, new).await?.ticket)
}

/// A customer asks, and is followed from then on.
pub(crate) async fn write(
    app: &App,
    live: LiveTicket,
    patience: Millis,
    random: &mut StdRng,
) -> Result<Case, Error> {
    let ticket = ask(app, &live, random).await?;
    let reads = random.random_range(READS);
    Ok(Case {
        live,
        number: ticket.number,
        written_at: ticket.created_at,
        patience,
        over: false,
        reads,
        reacted: false,
    })
}

/// Says whether an answer that nobody wrote helped, or asks again.
pub(crate) async fn judge(
    app: &App,
    live: &LiveTicket,
    ticket: &Ticket,
    helped: bool,
    random: &mut StdRng,
) -> Result<(), Error> {
    let link = token(&customer::link(app, ticket, Purpose::Ticket, HOUR).await?);
    if helped {
        return if random.random_bool(SAYS_HELPED) { customer::helped(app, &link).await } else { Ok(()) };
    }
    if random.random_bool(WRITES_AGAIN) {
        customer::reply(app, &link, live.follow_up.clone(), Vec::new()).await?;
        return Ok(());
    }
    customer::not_helped(app, &link).await
}

/// Says how it went, when asked; most never do.
pub(crate) async fn rate(app: &App, live: &LiveTicket, ticket: &Ticket, helped: bool) -> Result<(), Error> {
    let Some(rating) = live.rating(helped) else { return Ok(()) };
    let value = if rating.good { RatingValue::Good } else { RatingValue::Bad };
    let link = token(&customer::link(app, ticket, Purpose::Rate, HOUR).await?);
    customer::rate(app, &link, value, rating.comment.clone()).await
}

/// The category whose key in the company's book is `picked`, as it is called here.
async fn category(app: &App, picked: &str) -> Result<Option<domain::CategoryId>, Error> {
    let company = ::demo::company();
    let Some(name) = company.categories.iter().find(|c| c.key == picked).map(|c| c.name.as_str()) else {
        return Ok(None);
    };
    let snapshot = app::automation::snapshot(app).await?;
    Ok(snapshot.categories.iter().find(|c| c.name == name).map(|c| c.id))
}

impl Case {
    /// After having read an answer: says whether it helped, asks again, and rates when asked to.
    pub(crate) async fn react(
        &mut self,
        app: &App,
        ticket: &Ticket,
        helped: bool,
        now: Millis,
        random: &mut StdRng,
    ) -> Result<(), Error> {
        let read = ticket.first_reply_at.is_some_and(|at| now - at >= self.reads);
        if read && !self.reacted {
            self.reacted = true;
            if ticket.first_reply_by != Some(Responder::Agent) {
                judge(app, &self.live, ticket, helped, random).await?;
            }
        }
        if ticket.survey_sent_at.is_some_and(|at| now - at >= self.reads) && !self.over {
            self.over = true;
            rate(app, &self.live, ticket, helped).await?;
        }
        Ok(())
    }
}

/// The signed part of a link.
fn token(link: &str) -> String {
    link.rsplit('/').next().unwrap_or_default().to_owned()
}
