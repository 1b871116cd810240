//! A customer's message: what it is about, in which language, how long, and how carelessly written.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::rngs::StdRng;

use crate::frequency::{any, weighted};
use crate::grammar::{Fill, Template};
use crate::noise::typed;
use crate::people::{Customers, Person};
use crate::texts::{AnswerText, CategoryText, Texts, UnknownText};

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
    let mut writer = Writer { texts, language, said: BTreeMap::new(), person: &person, unclear: false };
    let body = writer.body(rng, matter);
    let subject = writer.subject(rng, matter, &body);
    let unclear = writer.unclear;
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
    let nobody = Person { name: None, email: String::new() };
    let mut writer = Writer { texts, language: "en", said: BTreeMap::new(), person: &nobody, unclear: false };
    any(rng, sentences).map(|sentence| writer.written(rng, sentence))
}

fn language(rng: &mut StdRng, matter: Matter) -> &'static str {
    let Some(answer) = matter.answer() else { return "en" };
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

struct Writer<'a> {
    texts: &'static Texts,
    language: &'static str,
    /// A board or a friend keeps its name within one message.
    said: BTreeMap<&'static str, String>,
    person: &'a Person,
    unclear: bool,
}

impl Writer<'_> {
    fn body(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        if let Some(vague) = self.vague(rng, matter) {
            return vague;
        }
        match rng.random_range(0..100) {
            0..7 => self.tiny(rng, matter),
            7..33 => self.short(rng, matter),
            33..78 => self.normal(rng, matter),
            78..90 => self.rambling(rng, matter),
            _ => self.mailed(rng, matter),
        }
    }

    /// A message that could be about anything in its category.
    fn vague(&mut self, rng: &mut StdRng, matter: Matter) -> Option<String> {
        if self.language != "en" || !rng.random_bool(0.05) {
            return None;
        }
        let answer = matter.answer()?;
        let category = self.texts.categories.iter().find(|category| category.key == answer.category)?;
        self.unclear = !category.vague.is_empty();
        let sentence = any(rng, &category.vague).map(|line| self.written(rng, line))?;
        let rest = if rng.random_bool(0.6) { self.part(rng, "context") } else { self.part(rng, "bye") };
        Some(join(&[sentence, rest], " "))
    }

    fn tiny(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let text = self.says(rng, matter).to_lowercase();
        let end = any(rng, &["", "", "!", "!!", "!!!", "??", " pls", " help"]).copied().unwrap_or_default();
        format!("{}{end}", text.trim_end_matches(['.', '!', '?']))
    }

    fn short(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let says = self.says(rng, matter);
        let more = if rng.random_bool(0.45) { self.part(rng, "context") } else { String::new() };
        join(&[says, more], " ")
    }

    fn normal(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let hello = self.part(rng, "hello");
        let says = self.says(rng, matter);
        let again = if rng.random_bool(0.2) { self.says(rng, matter) } else { String::new() };
        let context = if rng.random_bool(0.6) { self.part(rng, "context") } else { String::new() };
        let mut sentences = [context, says, again];
        if rng.random_bool(0.7) {
            sentences.rotate_left(1);
        }
        let bye = self.farewell(rng);
        join(&[hello, join(&sentences, " "), bye], "\n")
    }

    /// A long one; some of these have two topics.
    fn rambling(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let first = join(&[self.part(rng, "context"), self.part(rng, "aside")], " ");
        let second = join(&[self.says(rng, matter), self.part(rng, "context"), self.says(rng, matter)], " ");
        let other = any(rng, &self.texts.answers).filter(|_| self.language == "en" && rng.random_bool(0.3));
        self.unclear = other.is_some();
        let third = match other {
            Some(answer) => self.says(rng, Matter::Known(answer)),
            None => self.part(rng, "aside"),
        };
        let hello = self.part(rng, "hello");
        join(&[hello, first, second, third, self.farewell(rng)], "\n\n")
    }

    /// As a mail program sends it, with a signature or the mail it answers.
    fn mailed(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let letter = self.normal(rng, matter);
        let part = if rng.random_bool(0.5) { "sent" } else { "quoted" };
        let tail = any(rng, self.texts.part("en", part)).map(|tail| self.written(rng, tail));
        join(&[letter, tail.unwrap_or_default()], "\n\n")
    }

    fn says(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let line = match matter {
            Matter::Unknown(unknown) => Some(&unknown.says),
            Matter::Known(answer) => {
                let own = answer.variants.get(self.language);
                any(rng, own.map_or(&answer.says, |variant| &variant.says))
            }
        };
        line.map(|line| self.written(rng, line)).unwrap_or_default()
    }

    fn farewell(&mut self, rng: &mut StdRng) -> String {
        let bye = self.part(rng, "bye");
        let name = self.person.name.clone().filter(|_| rng.random_bool(0.55));
        join(&[bye, name.unwrap_or_default()], "\n")
    }

    fn subject(&mut self, rng: &mut StdRng, matter: Matter, body: &str) -> Option<String> {
        match rng.random_range(0..100) {
            0..25 => None,
            25..33 => Some("Re: Your weekly ideas from Pinwall".to_owned()),
            33..38 => {
                any(rng, &["Help", "Question", "Problem", "Support", "?", "Pinwall"]).map(ToString::to_string)
            }
            _ => match matter.answer().filter(|_| self.language == "en") {
                Some(answer) => any(rng, &answer.subjects).map(|line| self.written(rng, line)),
                None => Some(beginning(body)),
            },
        }
    }

    fn part(&mut self, rng: &mut StdRng, part: &str) -> String {
        let sentences = self.texts.part(self.language, part);
        any(rng, sentences).map(|line| self.written(rng, line)).unwrap_or_default()
    }

    fn written(&mut self, rng: &mut StdRng, line: &Template) -> String {
        let mut out = String::new();
        line.write(rng, self, &mut out);
        out
    }
}

/// The slots that mean the same thing each time they are named in one message.
const KEPT: &[&str] = &["board", "friend", "phone", "handle", "amount", "version", "site"];

impl Fill for Writer<'_> {
    fn fill(&mut self, rng: &mut StdRng, slot: &str, out: &mut String) {
        let number = match slot {
            "n" => Some(rng.random_range(2..13)),
            "minutes" => Some(rng.random_range(2..19) * 5),
            "number" => Some(rng.random_range(101..5_000)),
            "year" => Some(rng.random_range(2014..2026)),
            "day" => Some(rng.random_range(4..21)),
            _ => None,
        };
        if let Some(number) = number {
            out.push_str(&number.to_string());
            return;
        }
        if let Some(said) = self.said.get(slot) {
            out.push_str(said);
            return;
        }
        let value = any(rng, self.texts.values(self.language, slot)).map(|value| self.written(rng, value));
        let value = value.unwrap_or_default();
        out.push_str(&value);
        if let Some(kept) = KEPT.iter().find(|kept| **kept == slot) {
            self.said.insert(kept, value);
        }
    }
}

/// The parts that say something, put together.
fn join(parts: &[String], between: &str) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

/// The first words, as people do who have no subject in mind.
fn beginning(body: &str) -> String {
    let line = body.lines().rfind(|line| line.len() > 30).unwrap_or(body);
    let words: Vec<&str> = line.split_whitespace().take(6).collect();
    words.join(" ")
}
