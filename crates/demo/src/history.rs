//! The past: every ticket with what the agents did and what the customer thought of it.

use domain::time::{HOUR, Millis};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::compose::{Composed, Matter, Question, compose, matter, remark};
use crate::desk::{Handling, handle};
use crate::people::Customers;
use crate::rhythm::{Incident, answered_at, incidents, lasting, moments};
use crate::texts::{Texts, texts};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTicket {
    pub reference: String,
    pub created_at: Millis,
    pub question: Question,
    /// None: answered in the agent's own words.
    pub answer_key: Option<String>,
    pub reply: String,
    /// Which of [`crate::Company::agents`].
    pub agent: usize,
    pub first_reply_at: Millis,
    pub solved_at: Millis,
    pub rating: Option<Rating>,
    pub reopened: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub good: bool,
    pub comment: Option<String>,
}

/// The tickets in the order in which they were written.
#[derive(Debug)]
pub struct History {
    rng: StdRng,
    moments: std::iter::Enumerate<std::vec::IntoIter<Millis>>,
    incidents: Vec<Incident>,
    customers: Customers,
    to: Millis,
}

/// So many tickets between two moments; the same arguments give the same history.
pub fn history(seed: u64, tickets: usize, from: Millis, to: Millis) -> History {
    let mut rng = StdRng::seed_from_u64(seed);
    let moments = moments(&mut rng, tickets, from, to).into_iter().enumerate();
    let incidents = incidents(&mut rng, from, to);
    History { rng, moments, incidents, customers: Customers::default(), to }
}

impl Iterator for History {
    type Item = PastTicket;

    fn next(&mut self) -> Option<PastTicket> {
        let texts = texts();
        let (place, created_at) = self.moments.next()?;
        let matter = self.matter(texts, created_at)?;
        let rng = &mut self.rng;
        let composed = compose(rng, texts, &mut self.customers, matter);
        let handling = handle(rng, texts, matter, &composed);
        let Composed { question, .. } = composed;
        let (first_reply_at, solved_at) = self.times(created_at);
        let rating = rating(&mut self.rng, texts, &question.language, handling.helps);
        let reopened = self.rng.random_bool(if handling.helps { 0.03 } else { 0.35 });
        let Handling { answer_key, reply, agent, .. } = handling;
        let reference = format!("PW-{:06}", place + 1);
        Some(PastTicket {
            reference,
            created_at,
            question,
            answer_key,
            reply,
            agent,
            first_reply_at,
            solved_at,
            rating,
            reopened,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.moments.size_hint()
    }
}

impl History {
    fn matter(&mut self, texts: &'static Texts, created_at: Millis) -> Option<Matter> {
        let incident = self.incidents.iter().find(|incident| incident.covers(created_at));
        if let Some(incident) = incident
            && self.rng.random_bool(0.3)
        {
            return texts.answer(incident.answer).map(Matter::Known);
        }
        matter(&mut self.rng, texts)
    }

    /// First reply and solution, both before the end of the history.
    fn times(&mut self, created_at: Millis) -> (Millis, Millis) {
        let rng = &mut self.rng;
        let reply = answered_at(rng, created_at);
        // One in four needs another round before it is done.
        let rest = if rng.random_bool(0.25) { lasting(rng, 20 * HOUR) } else { 0 };
        let solved = reply + rest;
        if solved < self.to {
            return (reply, solved);
        }
        // The last ones were worked on faster, so that the history ends with an empty desk.
        let left = (self.to - created_at).max(1);
        let reply = created_at + rng.random_range(0..left);
        (reply, rng.random_range(reply..self.to.max(reply + 1)))
    }
}

/// What the customer answers when asked; most never do.
pub(crate) fn rating(
    rng: &mut StdRng,
    texts: &'static Texts,
    language: &str,
    helped: bool,
) -> Option<Rating> {
    if !rng.random_bool(0.35) {
        return None;
    }
    let good = rng.random_bool(if helped { 0.88 } else { 0.2 });
    let speaks = rng.random_bool(0.3);
    let comment = if speaks { remark(rng, texts, language, if good { "good" } else { "bad" }) } else { None };
    Some(Rating { good, comment })
}
