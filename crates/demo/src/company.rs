//! The company as a new installation would enter it: categories, answers as Liquid templates, rules, agents.

use crate::texts::{AnswerText, texts};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub name: String,
    pub agents: Vec<Agent>,
    /// Parents stand before their children.
    pub categories: Vec<Category>,
    pub answers: Vec<Answer>,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub name: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub key: String,
    pub name: String,
    /// The key of the category above it.
    pub parent: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub key: String,
    pub title: String,
    pub category_key: String,
    /// A Liquid template in English.
    pub body: String,
    pub variants: Vec<Variant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub language: String,
    pub body: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub name: String,
    pub category_key: String,
    /// One of them in the message is enough.
    pub words: Vec<String>,
    pub answer_key: String,
}

pub fn company() -> Company {
    let texts = texts();
    let groups = texts.company.group.iter();
    let groups =
        groups.map(|group| Category { key: group.key.clone(), name: group.name.clone(), parent: None });
    let leaves = texts.categories.iter().map(|category| Category {
        key: category.key.clone(),
        name: category.name.clone(),
        parent: Some(category.parent.clone()),
    });
    let agents = texts.company.agent.iter();
    let rules = texts.company.rule.iter();
    Company {
        name: texts.company.name.clone(),
        agents: agents.map(|agent| Agent { name: agent.name.clone(), email: agent.email.clone() }).collect(),
        categories: groups.chain(leaves).collect(),
        answers: texts.answers.iter().map(answer).collect(),
        rules: rules
            .map(|rule| Rule {
                name: rule.name.clone(),
                category_key: rule.category.clone(),
                words: rule.words.clone(),
                answer_key: rule.answer.clone(),
            })
            .collect(),
    }
}

/// The answer that is written once a release has broken signing in ([`crate::Live::after_release`]).
pub fn release_answer() -> Answer {
    answer(&texts().release)
}

fn answer(text: &AnswerText) -> Answer {
    let variants = text.variants.iter().filter_map(|(language, variant)| {
        let body = letter(language, variant.body.as_deref()?);
        Some(Variant { language: language.clone(), body })
    });
    Answer {
        key: text.key.clone(),
        title: text.title.clone(),
        category_key: text.category.clone(),
        body: letter("en", &text.body),
        variants: variants.collect(),
    }
}

/// The Liquid expression for the name of the requester, with what stands there when it is not known.
fn name(default: &str) -> String {
    format!("{{{{ requester.name | default: \"{default}\" }}}}")
}

/// A body with salutation and signature, as a Liquid template.
pub(crate) fn letter(language: &str, body: &str) -> String {
    let (hello, default, bye) = salutation(language);
    format!("{hello} {},\n\n{body}\n\n{bye},\n{SIGNATURE}", name(default))
}

/// The letter as the requester reads it.
pub(crate) fn rendered(language: &str, body: &str, requester: Option<&str>) -> String {
    let (_, default, _) = salutation(language);
    letter(language, body).replace(&name(default), requester.unwrap_or(default))
}

/// What answers are signed with, unless an agent puts their own name there.
pub(crate) const SIGNATURE: &str = "Pinwall Support";

fn salutation(language: &str) -> (&'static str, &'static str, &'static str) {
    match language {
        "de" => ("Hallo", "zusammen", "Viele Grüße"),
        "fr" => ("Bonjour", "à vous", "Cordialement"),
        "es" => ("Hola", "buenas", "Un saludo"),
        _ => ("Hi", "there", "Kind regards"),
    }
}
