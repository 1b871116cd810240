//! The texts we wrote, read once: categories and answers with what customers say, the company, and the slots.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::grammar::{Template, lines};

pub(crate) struct Texts {
    pub(crate) company: CompanyText,
    pub(crate) categories: Vec<CategoryText>,
    pub(crate) answers: Vec<AnswerText>,
    pub(crate) unknown: Vec<UnknownText>,
    /// What customers ask when a release breaks signing in; not among [`Texts::answers`].
    pub(crate) release: AnswerText,
    /// Language → slot → values.
    pub(crate) slots: BTreeMap<String, BTreeMap<String, Vec<Template>>>,
    /// Language → part of a message → sentences.
    pub(crate) frame: BTreeMap<String, BTreeMap<String, Vec<Template>>>,
}

pub(crate) struct CategoryText {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) parent: String,
    pub(crate) weight: f64,
    /// Messages that could be about any answer of the category.
    pub(crate) vague: Vec<Template>,
    /// Places in [`Texts::answers`].
    pub(crate) answers: Vec<usize>,
}

pub(crate) struct AnswerText {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) category: String,
    pub(crate) weight: f64,
    /// The answers it is easily taken for.
    pub(crate) near: Vec<String>,
    pub(crate) body: String,
    pub(crate) subjects: Vec<Template>,
    pub(crate) says: Vec<Template>,
    pub(crate) variants: BTreeMap<String, VariantText>,
}

pub(crate) struct VariantText {
    pub(crate) body: Option<String>,
    pub(crate) says: Vec<Template>,
}

pub(crate) struct UnknownText {
    pub(crate) category: String,
    pub(crate) language: String,
    pub(crate) says: Template,
    pub(crate) reply: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompanyText {
    pub(crate) name: String,
    pub(crate) agent: Vec<AgentText>,
    pub(crate) group: Vec<GroupText>,
    pub(crate) rule: Vec<RuleText>,
    unknown: Vec<RawUnknown>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgentText {
    pub(crate) name: String,
    pub(crate) email: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupText {
    pub(crate) key: String,
    pub(crate) name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleText {
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) words: Vec<String>,
    pub(crate) answer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnknown {
    category: String,
    #[serde(default = "english")]
    language: String,
    says: String,
    reply: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTopic {
    category: Vec<RawCategory>,
    answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCategory {
    key: String,
    name: String,
    parent: String,
    weight: f64,
    #[serde(default)]
    vague: String,
}

#[derive(Deserialize)]
struct RawAnswer {
    key: String,
    title: String,
    category: String,
    weight: f64,
    #[serde(default)]
    near: Vec<String>,
    body: String,
    subjects: String,
    says: String,
    #[serde(flatten)]
    variants: BTreeMap<String, RawVariant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariant {
    body: Option<String>,
    says: String,
}

type RawSentences = BTreeMap<String, BTreeMap<String, String>>;

const TOPICS: &[&str] = &[
    include_str!("../texts/signin.toml"),
    include_str!("../texts/password.toml"),
    include_str!("../texts/subscription.toml"),
    include_str!("../texts/boards.toml"),
    include_str!("../texts/apps.toml"),
    include_str!("../texts/business.toml"),
    include_str!("../texts/trust.toml"),
];

pub(crate) fn texts() -> &'static Texts {
    #[expect(clippy::expect_used, reason = "the texts are compiled in, and the tests read them all")]
    static TEXTS: LazyLock<Texts> =
        LazyLock::new(|| read().expect("the texts in crates/demo/texts are valid TOML"));
    &TEXTS
}

fn read() -> Result<Texts, toml::de::Error> {
    let mut company: CompanyText = toml::from_str(include_str!("../texts/company.toml"))?;
    let (mut categories, mut answers) = (Vec::new(), Vec::new());
    for topic in TOPICS {
        let topic: RawTopic = toml::from_str(topic)?;
        categories.extend(topic.category.into_iter().map(category));
        answers.extend(topic.answer.into_iter().map(answer));
    }
    for category in &mut categories {
        let its_own = answers.iter().enumerate().filter(|(_, answer)| answer.category == category.key);
        category.answers = its_own.map(|(place, _)| place).collect();
    }
    let unknown = std::mem::take(&mut company.unknown).into_iter().map(unknown).collect();
    let slots = sentences(toml::from_str(include_str!("../texts/slots.toml"))?);
    let frame = sentences(toml::from_str(include_str!("../texts/frame.toml"))?);
    let release = answer(toml::from_str(include_str!("../texts/release.toml"))?);
    Ok(Texts { company, categories, answers, unknown, release, slots, frame })
}

fn category(raw: RawCategory) -> CategoryText {
    let RawCategory { key, name, parent, weight, vague } = raw;
    CategoryText { key, name, parent, weight, vague: lines(&vague), answers: Vec::new() }
}

fn answer(raw: RawAnswer) -> AnswerText {
    let variants = raw.variants.into_iter().map(|(language, raw)| (language, variant(raw))).collect();
    AnswerText {
        key: raw.key,
        title: raw.title,
        category: raw.category,
        weight: raw.weight,
        near: raw.near,
        body: raw.body.trim().to_owned(),
        subjects: lines(&raw.subjects),
        says: lines(&raw.says),
        variants,
    }
}

fn variant(raw: RawVariant) -> VariantText {
    VariantText { body: raw.body.map(|body| body.trim().to_owned()), says: lines(&raw.says) }
}

fn unknown(raw: RawUnknown) -> UnknownText {
    let RawUnknown { category, language, says, reply } = raw;
    UnknownText { category, language, says: Template::parse(&says), reply }
}

fn english() -> String {
    "en".to_owned()
}

fn sentences(raw: RawSentences) -> BTreeMap<String, BTreeMap<String, Vec<Template>>> {
    let of_language =
        |parts: BTreeMap<String, String>| parts.iter().map(|(k, v)| (k.clone(), lines(v))).collect();
    raw.into_iter().map(|(language, parts)| (language, of_language(parts))).collect()
}

impl Texts {
    pub(crate) fn answer(&self, key: &str) -> Option<&AnswerText> {
        self.answers.iter().find(|answer| answer.key == key)
    }

    /// The sentences of one part of a message; a language that lacks the part has none.
    pub(crate) fn part(&self, language: &str, part: &str) -> &[Template] {
        self.frame.get(language).and_then(|parts| parts.get(part)).map_or(&[], Vec::as_slice)
    }

    /// The values of a slot in a language, or else in English.
    pub(crate) fn values(&self, language: &str, slot: &str) -> &[Template] {
        let of = |language: &str| self.slots.get(language).and_then(|slots| slots.get(slot));
        of(language).or_else(|| of("en")).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: &[&str] = &["n", "minutes", "number", "year", "day"];

    #[test]
    fn whatever_is_named_exists() {
        let texts = texts();
        let category = |key: &str| texts.categories.iter().any(|category| category.key == key);
        let group = |key: &str| texts.company.group.iter().any(|group| group.key == key);
        for known in &texts.categories {
            assert!(group(&known.parent), "{} has no group {}", known.key, known.parent);
            assert!(!known.answers.is_empty(), "{} has no answers", known.key);
        }
        for answer in &texts.answers {
            let variants = answer.variants.values().map(|variant| &variant.says);
            assert!(
                variants.chain([&answer.says]).all(|says| !says.is_empty()),
                "{} is never asked for",
                answer.key
            );
            assert!(category(&answer.category), "{} has no category {}", answer.key, answer.category);
            for near in &answer.near {
                assert!(texts.answer(near).is_some(), "{} is near to {near}, which is not there", answer.key);
            }
        }
        for rule in &texts.company.rule {
            assert!(category(&rule.category) && texts.answer(&rule.answer).is_some(), "{}", rule.name);
        }
        assert!(texts.unknown.iter().all(|unknown| category(&unknown.category)));
    }

    #[test]
    fn keys_are_unique() {
        let texts = texts();
        let mut keys: Vec<_> = texts.answers.iter().map(|answer| &answer.key).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), texts.answers.len());
    }

    #[test]
    fn every_slot_has_values() {
        let texts = texts();
        let answers = || texts.answers.iter().chain([&texts.release]);
        let said = answers().flat_map(|answer| answer.says.iter().chain(&answer.subjects));
        let translated = answers().flat_map(|a| a.variants.values().flat_map(|variant| &variant.says));
        let around =
            texts.frame.values().chain(texts.slots.values()).flat_map(|parts| parts.values().flatten());
        let vague = texts.categories.iter().flat_map(|category| &category.vague);
        let unknown = texts.unknown.iter().map(|unknown| &unknown.says);
        for template in said.chain(translated).chain(around).chain(vague).chain(unknown) {
            for slot in template.slots() {
                let known = NUMBERS.contains(&slot) || !texts.values("en", slot).is_empty();
                assert!(known, "no values for {{{slot}}} in {template:?}");
            }
        }
    }
}
