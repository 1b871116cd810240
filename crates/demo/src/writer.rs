//! How a message is written: short or rambling, with or without a greeting, from a form or by mail.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::rngs::StdRng;

use crate::compose::Matter;
use crate::frequency::any;
use crate::grammar::{Fill, Template};
use crate::texts::Texts;

pub(crate) struct Writer<'a> {
    texts: &'static Texts,
    language: &'static str,
    /// A board or a friend keeps its name within one message.
    said: BTreeMap<&'static str, String>,
    name: Option<&'a str>,
    /// The phrasing used last.
    line: Option<usize>,
    unclear: bool,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(texts: &'static Texts, language: &'static str, name: Option<&'a str>) -> Self {
        Self { texts, language, said: BTreeMap::new(), name, line: None, unclear: false }
    }

    /// Whether what was written can be read in two ways.
    pub(crate) fn unclear(&self) -> bool {
        self.unclear
    }

    pub(crate) fn body(&mut self, rng: &mut StdRng, matter: Matter) -> String {
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

    /// The question in one of its phrasings; asked again, in another one, if there is another.
    fn says(&mut self, rng: &mut StdRng, matter: Matter) -> String {
        let lines = match matter {
            Matter::Unknown(unknown) => std::slice::from_ref(&unknown.says),
            Matter::Known(answer) => {
                answer.variants.get(self.language).map_or(&answer.says, |variant| &variant.says)
            }
        };
        let line = match self.line.filter(|line| *line < lines.len()) {
            None => rng.random_range(0..lines.len()),
            Some(_) if lines.len() == 1 => return String::new(),
            Some(before) => (before + rng.random_range(1..lines.len())) % lines.len(),
        };
        self.line = Some(line);
        self.written(rng, &lines[line])
    }

    fn farewell(&mut self, rng: &mut StdRng) -> String {
        let bye = self.part(rng, "bye");
        let name = self.name.filter(|_| rng.random_bool(0.55));
        join(&[bye, name.unwrap_or_default().to_owned()], "\n")
    }

    pub(crate) fn subject(&mut self, rng: &mut StdRng, matter: Matter, body: &str) -> Option<String> {
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

    pub(crate) fn written(&mut self, rng: &mut StdRng, line: &Template) -> String {
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
