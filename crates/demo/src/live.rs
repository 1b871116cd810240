//! The present: new tickets without end, and how each customer will react to what they get.

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::compose::{Composed, Matter, Question, compose, follow_up, matter};
use crate::desk::handle;
use crate::history::{Rating, rating};
use crate::people::Customers;
use crate::texts::texts;

/// An endless stream of new tickets; the same seed gives the same stream.
#[derive(Debug)]
pub struct Live {
    rng: StdRng,
    customers: Customers,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveTicket {
    pub question: Question,
    /// What an agent would pick, and write; none when they would use their own words.
    pub answer_key: Option<String>,
    pub reply: String,
    /// Which of [`crate::Company::agents`] would take it.
    pub agent: usize,
    /// What the customer writes when an answer does not help.
    pub follow_up: String,
    rating_if_helped: Option<Rating>,
    rating_if_not: Option<Rating>,
}

impl Live {
    pub fn new(seed: u64) -> Self {
        // Another stream than the history of the same seed.
        Self { rng: StdRng::seed_from_u64(seed ^ 0x6c69_7665), customers: Customers::default() }
    }

    /// A ticket about the release that broke signing in: it reads like a forgotten password, and needs
    /// [`crate::release_answer`]. An agent who has no such answer yet writes the same in their own words.
    pub fn after_release(&mut self) -> LiveTicket {
        self.ticket(Matter::Known(&texts().release))
    }

    fn ticket(&mut self, matter: Matter) -> LiveTicket {
        let texts = texts();
        let rng = &mut self.rng;
        let composed = compose(rng, texts, &mut self.customers, matter);
        let handling = handle(rng, texts, matter, &composed);
        let Composed { question, .. } = composed;
        LiveTicket {
            answer_key: handling.answer_key,
            reply: handling.reply,
            agent: handling.agent,
            follow_up: follow_up(rng, texts, &question.language),
            rating_if_helped: rating(rng, texts, &question.language, true),
            rating_if_not: rating(rng, texts, &question.language, false),
            question,
        }
    }
}

impl Iterator for Live {
    type Item = LiveTicket;

    fn next(&mut self) -> Option<LiveTicket> {
        let matter = matter(&mut self.rng, texts())?;
        Some(self.ticket(matter))
    }
}

impl LiveTicket {
    /// Whether this answer is what the customer needs.
    pub fn would_help(&self, answer_key: &str) -> bool {
        self.question.fitting_answer_key.as_deref() == Some(answer_key)
    }

    /// What the customer says when asked; most never answer.
    pub fn rating(&self, helped: bool) -> Option<&Rating> {
        if helped { self.rating_if_helped.as_ref() } else { self.rating_if_not.as_ref() }
    }
}
