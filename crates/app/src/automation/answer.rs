//! An answer made ready: its texts by language, and which of them a ticket would get.

use domain::answers::{Answer, Variant};
use domain::decide::Sendable;

/// From here on a detected language is believed.
pub(crate) const BELIEVED: f64 = 0.5;

#[derive(Debug)]
pub struct ReadyAnswer {
    pub answer: Answer,
    pub variants: Vec<Variant>,
    /// In which language the main text is written, as far as it can be told.
    pub language: Option<&'static str>,
}

impl ReadyAnswer {
    pub(crate) fn new(answer: Answer, variants: Vec<Variant>) -> Self {
        let language = answer.body.as_deref().and_then(detected);
        Self { answer, variants, language }
    }

    /// The template for a ticket in this language, or why there is none that could be sent.
    pub fn text(&self, language: Option<&str>) -> Result<&str, Sendable> {
        if self.answer.archived {
            return Err(Sendable::Archived);
        }
        self.draft(language)
    }

    /// Like [`Self::text`], for an agent who may also use an archived answer.
    pub fn draft(&self, language: Option<&str>) -> Result<&str, Sendable> {
        if let Some(variant) = self.variants.iter().find(|v| Some(v.language.as_str()) == language) {
            return Ok(&variant.body);
        }
        let Some(body) = &self.answer.body else {
            return Err(if self.variants.is_empty() { Sendable::NoText } else { Sendable::NoLanguage });
        };
        match (self.language, language) {
            (Some(written), Some(asked)) if written != asked => Err(Sendable::NoLanguage),
            _ => Ok(body),
        }
    }

    pub fn sendable(&self, language: Option<&str>) -> Sendable {
        self.text(language).err().unwrap_or(Sendable::Yes)
    }

    /// The languages there is a text in, the main one first.
    pub fn languages(&self) -> Vec<String> {
        let main = self.language.map(str::to_owned);
        let mut all: Vec<String> =
            main.into_iter().chain(self.variants.iter().map(|v| v.language.clone())).collect();
        all.dedup();
        all
    }
}

/// The language of a template, without what stands in braces.
fn detected(template: &str) -> Option<&'static str> {
    let mut plain = String::with_capacity(template.len());
    let mut depth = 0_u32;
    for c in template.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    learn::language(&plain).filter(|l| l.confidence >= BELIEVED).map(|l| l.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: Option<&str>, variants: &[(&str, &str)], archived: bool) -> ReadyAnswer {
        let variants =
            variants.iter().map(|(l, b)| Variant { language: (*l).into(), body: (*b).into() }).collect();
        let answer = Answer {
            id: domain::AnswerId(1),
            key: "k".into(),
            title: "t".into(),
            body: body.map(str::to_owned),
            category: None,
            published: false,
            archived,
            interchangeable: None,
            version: 1,
            created_at: 0,
            updated_at: 0,
        };
        ReadyAnswer::new(answer, variants)
    }

    const ENGLISH: &str =
        "Hello {{requester.name}}, you can change your address yourself in the settings of your account.";

    #[test]
    fn the_variant_of_the_language_is_taken_and_no_other_language_instead() {
        let it = answer(Some(ENGLISH), &[("de", "Hallo")], false);
        assert_eq!(it.text(Some("de")), Ok("Hallo"));
        assert_eq!(it.text(Some("en")), Ok(ENGLISH));
        assert_eq!(it.text(None), Ok(ENGLISH));
        assert_eq!(it.text(Some("fr")), Err(Sendable::NoLanguage));
        assert_eq!(it.languages(), ["en", "de"]);
    }

    #[test]
    fn without_a_text_or_archived_nothing_can_be_sent() {
        assert_eq!(answer(None, &[], false).sendable(Some("en")), Sendable::NoText);
        assert_eq!(answer(None, &[("de", "Hallo")], false).sendable(Some("en")), Sendable::NoLanguage);
        assert_eq!(answer(Some(ENGLISH), &[], true).sendable(Some("en")), Sendable::Archived);
    }
}
