//! A customer's message: who writes it, what it is about, and in which language.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::frequency::{any, weighted};
use crate::noise::typed;
use crate::people::Customers;
use crate::texts::{AnswerText, CategoryText, Texts, UnknownText};
use crate::writer::Writer;

/// What a customer sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub requester_name: Option<String>,
    pub requester_email: String,
    pub subject: Option<String>,
    pub body: String,
    pub language: String,
    /// What the customer picked on the form, rightly or wrongly.
    pub category_key: Option<String>,
    pub true_category_key: String,
    /// The answer that would help; none when nobody has written it yet.
    pub fitting_answer_key: Option<String>,
}

/// A question, and whether even an agent may read it in two ways.
pub(crate) struct Composed {
    pub(crate) question: Question,
    pub(crate) unclear: bool,
}

/// What a message is about.
#[derive(Clone, Copy)]
pub(crate) enum Matter {
    Known(&'static AnswerText),
    Unknown(&'static UnknownText),
}

impl Matter {
    pub(crate) fn category(self) -> &'static str {
        match self {
            Self::Known(answer) => &answer.category,
            Self::Unknown(unknown) => &unknown.category,
        }
    }

    pub(crate) fn answer(self) -> Option<&'static AnswerText> {
        match self {
            Self::Known(answer) => Some(answer),
            Self::Unknown(_) => None,
        }
    }
}

/// Of all messages, those that no answer fits.
const UNKNOWN_SHARE: f64 = 0.06;
/// How often a customer writes in each language when we have their words for the question.
const LANGUAGES: &[(&str, f64)] =
    &[("de", 0.15), ("fr", 0.12), ("es", 0.11), ("pt", 0.07), ("it", 0.06), ("nl", 0.05)];

/// What the next message is about.
pub(crate) fn matter(rng: &mut StdRng, texts: &'static Texts) -> Option<Matter> {
    if rng.random_bool(UNKNOWN_SHARE) {
        return any(rng, &texts.unknown).map(Matter::Unknown);
    }
    let category = weighted(rng, &texts.categories, |category| category.weight)?;
    in_category(rng, texts, category).map(Matter::Known)
}

fn in_category(
    rng: &mut StdRng,
    texts: &'static Texts,
    category: &CategoryText,
) -> Option<&'static AnswerText> {
    let place = weighted(rng, &category.answers, |&place| texts.answers[place].weight)?;
    texts.answers.get(*place)
}

/// The message itself.
pub(crate) fn compose(
    rng: &mut StdRng,
    texts: &'static Texts,
    customers: &mut Customers,
    matter: Matter,
) -> Composed {
    let person = customers.next(rng);
    let language = language(rng, matter);
    let mut writer = Writer::new(texts, language, person.name.as_deref());
    let body = writer.body(rng, matter);
    let subject = writer.subject(rng, matter, &body);
    let unclear = writer.unclear();
    let question = Question {
        subject: subject.map(|subject| typed(rng, subject)),
        body: typed(rng, body),
        language: language.to_owned(),
        category_key: picked(rng, texts, matter),
        true_category_key: matter.category().to_owned(),
        fitting_answer_key: matter.answer().map(|answer| answer.key.clone()),
        requester_name: person.name,
        requester_email: person.email,
    };
    Composed { question, unclear }
}

/// What the customer writes when the first answer was no help.
pub(crate) fn follow_up(rng: &mut StdRng, texts: &'static Texts, language: &str) -> String {
    remark(rng, texts, language, "follow_up").unwrap_or_default()
}

/// A sentence of one kind, in the customer's language if we have it.
pub(crate) fn remark(rng: &mut StdRng, texts: &'static Texts, language: &str, part: &str) -> Option<String> {
    let own = texts.part(language, part);
    let sentences = if own.is_empty() { texts.part("en", part) } else { own };
    let mut writer = Writer::new(texts, "en", None);
    any(rng, sentences).map(|sentence| writer.written(rng, sentence))
}

fn language(rng: &mut StdRng, matter: Matter) -> &'static str {
    let answer = match matter {
        Matter::Known(answer) => answer,
        Matter::Unknown(unknown) => return &unknown.language,
    };
    let mut point = rng.random_range(0.0..1.0);
    for (language, share) in LANGUAGES.iter().filter(|(language, _)| answer.variants.contains_key(*language))
    {
        point -= share;
        if point < 0.0 {
            return language;
        }
    }
    "en"
}

fn picked(rng: &mut StdRng, texts: &'static Texts, matter: Matter) -> Option<String> {
    let near = || matter.answer().and_then(|answer| texts.answer(answer.near.first()?));
    match rng.random_range(0..100) {
        0..12 => None,
        12..17 => Some(near().map_or(matter.category(), |answer| &answer.category).to_owned()),
        17..19 => any(rng, &texts.categories).map(|category| category.key.clone()),
        _ => Some(matter.category().to_owned()),
    }
}
