//! What agents do: pick an answer, now and then the wrong one, and send it lightly edited or in their own words.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::company::{SIGNATURE, rendered};
use crate::compose::{Composed, Matter};
use crate::frequency::any;
use crate::texts::{AnswerText, Texts};

/// An agent's work on one ticket.
pub(crate) struct Handling {
    /// None: in their own words.
    pub(crate) answer_key: Option<String>,
    pub(crate) reply: String,
    /// Which of the company's agents.
    pub(crate) agent: usize,
    /// Whether it is what the customer needed.
    pub(crate) helps: bool,
}

/// How often agents take another than the fitting answer, and how often they answer without it. Both are rare,
/// but not when the message can be read in two ways; together that is about three in a hundred tickets.
const SLIPS: f64 = 0.004;
const SLIPS_WHEN_UNCLEAR: f64 = 0.35;
const OWN_WORDS: f64 = 0.002;
const OWN_WORDS_WHEN_UNCLEAR: f64 = 0.06;

const EXTRA: &[&str] = &[
    "Thanks for writing to us.",
    "Sorry for the trouble!",
    "Thank you for your patience.",
    "I looked into it for you.",
    "Good question.",
];

pub(crate) fn handle(
    rng: &mut StdRng,
    texts: &'static Texts,
    matter: Matter,
    composed: &Composed,
) -> Handling {
    let Composed { question, unclear } = composed;
    let (slips, own_words) =
        if *unclear { (SLIPS_WHEN_UNCLEAR, OWN_WORDS_WHEN_UNCLEAR) } else { (SLIPS, OWN_WORDS) };
    let agents = &texts.company.agent;
    // The first one works the most.
    let agent = rng.random_range(0..agents.len().max(1)).min(rng.random_range(0..agents.len().max(1)));
    let signature = agents.get(agent).and_then(|agent| agent.name.split(' ').next()).unwrap_or(SIGNATURE);
    let language = question.language.as_str();
    let name = question.requester_name.as_deref();
    let (answer, helps) = match matter {
        Matter::Unknown(unknown) => {
            let reply = rendered(language, &unknown.reply, name).replace(SIGNATURE, signature);
            return Handling { answer_key: None, reply, agent, helps: true };
        }
        Matter::Known(right) if rng.random_bool(slips) => {
            let taken = slip(rng, texts, right);
            (taken, taken.key == right.key)
        }
        Matter::Known(right) => (right, true),
    };
    let body = answer.variants.get(language).and_then(|variant| variant.body.as_deref());
    let (language, body) = body.map_or(("en", answer.body.as_str()), |body| (language, body));
    let own_words = helps && rng.random_bool(own_words);
    let body = if own_words { first_paragraph(body).to_owned() } else { edited(rng, language, body) };
    let mut reply = rendered(language, &body, name);
    if own_words || rng.random_bool(0.25) {
        reply = reply.replace(SIGNATURE, signature);
    }
    Handling { answer_key: (!own_words).then(|| answer.key.clone()), reply, agent, helps }
}

/// The answer taken by mistake: mostly one that is easily confused.
fn slip(rng: &mut StdRng, texts: &'static Texts, right: &'static AnswerText) -> &'static AnswerText {
    let near: Vec<&AnswerText> = right.near.iter().filter_map(|key| texts.answer(key)).collect();
    let same = |answer: &&AnswerText| answer.category == right.category && answer.key != right.key;
    let siblings: Vec<&AnswerText> = texts.answers.iter().filter(same).collect();
    let from = if near.is_empty() || rng.random_bool(0.3) { siblings } else { near };
    any(rng, &from).copied().unwrap_or(right)
}

fn edited(rng: &mut StdRng, language: &str, body: &str) -> String {
    match rng.random_range(0..100) {
        0..15 if language == "en" => {
            let extra = any(rng, EXTRA).copied().unwrap_or_default();
            format!("{extra} {body}")
        }
        15..22 => first_paragraph(body).to_owned(),
        _ => body.to_owned(),
    }
}

fn first_paragraph(body: &str) -> &str {
    body.split("\n\n").next().unwrap_or(body)
}
