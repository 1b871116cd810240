//! Rules that people write: conditions on category, words, language, requester and hours, and the answer that
//! then applies.

use serde::{Deserialize, Serialize};

use crate::hours::Hours;
use crate::phrases::{Comparable, Phrases, names_address};
use crate::policy::{Problem, is_language};
use crate::{AnswerId, CategoryId, Millis, RuleId};

/// All kinds that are named must hold; of each kind, one entry is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Conditions {
    pub categories: Vec<CategoryId>,
    /// Words and phrases in subject or text; `refund*` for a beginning.
    pub words: Vec<String>,
    pub languages: Vec<String>,
    /// Addresses, or `@domain`.
    pub requesters: Vec<String>,
    pub hours: Option<Hours>,
}

impl Conditions {
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut wrong = |message: String| problems.push(Problem { field: "conditions", message });
        if *self == Self::default() {
            wrong("name at least one condition; a rule without any would answer every ticket".into());
        }
        let blank = |list: &[String]| list.iter().any(|entry| entry.trim().is_empty());
        if blank(&self.words) || blank(&self.requesters) {
            wrong("an empty word or requester matches nothing; remove it".into());
        }
        if let Some(bad) = self.languages.iter().find(|l| !is_language(l)) {
            wrong(format!("{bad:?} is not a language code; two or three letters such as en are expected"));
        }
        if let Some(message) = self.hours.as_ref().and_then(Hours::problem) {
            wrong(message);
        }
        problems
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub id: RuleId,
    pub name: String,
    /// Rules are asked in this order; the first that applies answers.
    pub position: i64,
    pub active: bool,
    pub conditions: Conditions,
    pub answer: AnswerId,
    pub created_at: Millis,
    pub updated_at: Millis,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub category: CategoryId,
    pub text: &'a Comparable,
    pub language: Option<&'a str>,
    pub email: &'a str,
    pub at: Millis,
}

/// A rule made ready for many tickets.
#[derive(Debug, Clone)]
pub struct ReadyRule {
    pub rule: Rule,
    words: Phrases,
}

impl ReadyRule {
    pub fn new(rule: Rule) -> Self {
        Self { words: Phrases::new(&rule.conditions.words), rule }
    }

    pub fn applies(&self, question: Question<'_>) -> bool {
        let conditions = &self.rule.conditions;
        let language = || {
            question.language.is_some_and(|l| conditions.languages.iter().any(|c| c.eq_ignore_ascii_case(l)))
        };
        self.rule.active
            && *conditions != Conditions::default()
            && (conditions.categories.is_empty() || conditions.categories.contains(&question.category))
            && (conditions.languages.is_empty() || language())
            && (conditions.requesters.is_empty() || names_address(&conditions.requesters, question.email))
            && (conditions.words.is_empty() || self.words.found_in(question.text).is_some())
            && conditions.hours.as_ref().is_none_or(|hours| hours.open_at(question.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applies(conditions: Conditions, text: &str, language: Option<&str>) -> bool {
        let rule = Rule {
            id: RuleId(1),
            name: "r".into(),
            position: 0,
            active: true,
            conditions,
            answer: AnswerId(1),
            created_at: 0,
            updated_at: 0,
        };
        let text = Comparable::new(text);
        ReadyRule::new(rule).applies(Question {
            category: CategoryId(5),
            text: &text,
            language,
            email: "a@b.example",
            at: 0,
        })
    }

    #[test]
    fn every_named_kind_must_hold_and_one_entry_of_each_is_enough() {
        let conditions = Conditions {
            categories: vec![CategoryId(4), CategoryId(5)],
            words: vec!["invoice".into(), "receipt*".into()],
            languages: vec!["en".into()],
            ..Conditions::default()
        };
        assert!(applies(conditions.clone(), "Where are my receipts?", Some("en")));
        assert!(!applies(conditions.clone(), "Where are my receipts?", Some("de")));
        assert!(!applies(conditions.clone(), "Where are my receipts?", None));
        assert!(!applies(conditions.clone(), "Where is my card?", Some("en")));
        assert!(!applies(
            Conditions { categories: vec![CategoryId(4)], ..conditions },
            "invoice",
            Some("en")
        ));
    }

    #[test]
    fn a_rule_without_conditions_never_applies() {
        assert!(!applies(Conditions::default(), "anything", None));
        assert_eq!(Conditions::default().problems().len(), 1);
    }

    #[test]
    fn requesters_by_domain() {
        let conditions = Conditions { requesters: vec!["@b.example".into()], ..Conditions::default() };
        assert!(applies(conditions, "anything", None));
    }
}
