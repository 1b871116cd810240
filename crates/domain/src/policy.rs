//! A category's switch: what automation may do there, for whom, and what it must never touch.

use serde::{Deserialize, Serialize};

use crate::hours::Hours;
use crate::phrases::{Comparable, Phrases, names_address};
use crate::words::{Mode, Order};
use crate::{CategoryId, Millis};

mod difference;
pub use difference::{Difference, differences};

/// The least share of tickets that goes to agents with suggestions hidden, in every mode.
pub const LEAST_BLIND: f64 = 0.02;

#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub category: CategoryId,
    pub mode: Mode,
    /// The precision that sent answers must have, proved before anything is sent.
    pub target: f64,
    /// How sure the proof must be.
    pub confidence: f64,
    /// Shares between 0 and 1.
    pub rollout: f64,
    pub holdout: f64,
    pub blind: f64,
    /// Empty: every language in which there is a text.
    pub languages: Vec<String>,
    /// None: at all hours.
    pub hours: Option<Hours>,
    pub never: Never,
    /// Who is asked first.
    pub order: Order,
    /// Set together with all others: one pooled certificate speaks for them.
    pub pooled: bool,
    pub version: i64,
    pub changed_at: Millis,
    pub changed_by: String,
    pub reason: Option<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            category: CategoryId::DEFAULT,
            mode: Mode::Off,
            target: 0.95,
            confidence: 0.95,
            rollout: 1.0,
            holdout: 0.0,
            blind: 0.05,
            languages: Vec::new(),
            hours: None,
            never: Never::default(),
            order: Order::RulesFirst,
            pooled: false,
            version: 0,
            changed_at: 0,
            changed_by: "Deskwise".into(),
            reason: None,
        }
    }
}

/// What no responder may answer by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Never {
    /// Words and phrases; `lawyer*` for a beginning.
    pub words: Vec<String>,
    /// Addresses, or `@domain`.
    pub requesters: Vec<String>,
    /// Tickets that come with files.
    pub attachments: bool,
}

impl Default for Never {
    fn default() -> Self {
        let words = include_str!("never.txt").lines().map(str::trim);
        let words = words.filter(|w| !w.is_empty() && !w.starts_with('#')).map(str::to_owned).collect();
        Self { words, requesters: Vec::new(), attachments: true }
    }
}

/// A never-list made ready for many tickets.
#[derive(Debug, Clone)]
pub struct NeverList {
    words: Phrases,
    requesters: Vec<String>,
    attachments: bool,
}

impl NeverList {
    pub fn new(never: &Never) -> Self {
        Self {
            words: Phrases::new(&never.words),
            requesters: never.requesters.clone(),
            attachments: never.attachments,
        }
    }

    /// Which entry forbids an automatic answer, in words for a person.
    pub fn hit(&self, text: &Comparable, email: &str, has_attachments: bool) -> Option<String> {
        if let Some(word) = self.words.found_in(text) {
            return Some(format!("the never-list names “{word}”"));
        }
        if names_address(&self.requesters, email) {
            return Some("the never-list names this requester".into());
        }
        (self.attachments && has_attachments).then(|| "the never-list names tickets with attachments".into())
    }
}

/// What someone wants changed; what is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyChange {
    pub mode: Option<Mode>,
    pub precision: Option<f64>,
    pub confidence: Option<f64>,
    pub rollout: Option<f64>,
    pub holdout: Option<f64>,
    pub blind: Option<f64>,
    pub languages: Option<Vec<String>>,
    /// `null` lifts the restriction.
    #[serde(deserialize_with = "crate::patch::nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Hours>)]
    pub hours: Option<Option<Hours>>,
    pub never: Option<Never>,
    pub order: Option<Order>,
    /// Whether the certificate that all share speaks for it; a change of one category alone takes it out.
    pub pooled: Option<bool>,
    pub reason: Option<String>,
}

impl PolicyChange {
    /// The change that makes any policy this one.
    pub fn to(policy: &Policy) -> Self {
        Self {
            mode: Some(policy.mode),
            precision: Some(policy.target),
            confidence: Some(policy.confidence),
            rollout: Some(policy.rollout),
            holdout: Some(policy.holdout),
            blind: Some(policy.blind),
            languages: Some(policy.languages.clone()),
            hours: Some(policy.hours.clone()),
            never: Some(policy.never.clone()),
            order: Some(policy.order),
            pooled: Some(policy.pooled),
            reason: None,
        }
    }
}

/// A field that cannot be accepted, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: &'static str,
    pub message: String,
}

impl Policy {
    /// The policy after a change, one version later; or everything that is wrong with the change.
    pub fn changed(&self, change: &PolicyChange, by: &str, at: Millis) -> Result<Self, Vec<Problem>> {
        let mut new = self.clone();
        let mut problems = Vec::new();
        let mut set = |field, target: &mut f64, value: Option<f64>, low: f64, high: f64| {
            let Some(value) = value else { return };
            if (low..=high).contains(&value) {
                *target = value;
            } else {
                problems.push(Problem { field, message: format!("{value} is not between {low} and {high}") });
            }
        };
        set("precision", &mut new.target, change.precision, 0.5, 0.999);
        set("confidence", &mut new.confidence, change.confidence, 0.5, 0.999);
        set("rollout", &mut new.rollout, change.rollout, 0.0, 1.0);
        set("holdout", &mut new.holdout, change.holdout, 0.0, 0.9);
        set("blind", &mut new.blind, change.blind, LEAST_BLIND, 1.0);
        if let Some(languages) = &change.languages {
            match languages.iter().find(|l| !is_language(l)) {
                Some(bad) => problems.push(Problem {
                    field: "languages",
                    message: format!(
                        "{bad:?} is not a language code; two or three letters such as en are expected"
                    ),
                }),
                None => new.languages = languages.iter().map(|l| l.to_lowercase()).collect(),
            }
        }
        if let Some(hours) = &change.hours {
            match hours.as_ref().and_then(Hours::problem) {
                Some(message) => problems.push(Problem { field: "hours", message }),
                None => new.hours.clone_from(hours),
            }
        }
        new.mode = change.mode.unwrap_or(new.mode);
        if let Some(never) = &change.never {
            new.never = never.clone();
        }
        new.order = change.order.unwrap_or(new.order);
        new.pooled = change.pooled.unwrap_or(false);
        if !problems.is_empty() {
            return Err(problems);
        }
        new.reason.clone_from(&change.reason);
        by.clone_into(&mut new.changed_by);
        new.changed_at = at;
        new.version += 1;
        Ok(new)
    }

    /// Whether a certificate for `self` still speaks for `other`: what it was made of is the same.
    pub fn same_promise(&self, other: &Self) -> bool {
        let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
        same(self.target, other.target)
            && same(self.confidence, other.confidence)
            && self.languages == other.languages
            && self.pooled == other.pooled
    }
}

pub fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_never_list_says_can_be_told_from_other_reasons() {
        let never = Never {
            words: vec!["lawyer*".into()],
            requesters: vec!["@press.example".into()],
            attachments: true,
        };
        let list = NeverList::new(&never);
        let hit = |text: &str, email: &str, files| list.hit(&Comparable::new(text), email, files);
        let hits = [
            hit("My lawyers", "a@b.c", false),
            hit("Hi", "x@press.example", false),
            hit("Hi", "a@b.c", true),
        ];
        for reason in hits {
            let reason = reason.unwrap();
            // A decision's reason begins with a capital.
            assert!(reason.starts_with(&crate::decide::NEVER.replace("The", "the")), "{reason}");
        }
        assert_eq!(hit("Hi", "a@b.c", false), None);
    }

    #[test]
    fn a_change_keeps_what_it_does_not_name() {
        let change: PolicyChange =
            serde_json::from_str(r#"{"mode":"auto","precision":0.98,"reason":"pilot"}"#).unwrap();
        let new = Policy { rollout: 0.1, ..Policy::default() }.changed(&change, "Ada", 5).unwrap();
        assert_eq!((new.mode, new.target, new.rollout, new.version), (Mode::Auto, 0.98, 0.1, 1));
        assert_eq!(
            (new.changed_by.as_str(), new.changed_at, new.reason.as_deref()),
            ("Ada", 5, Some("pilot"))
        );
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let json = r#"{"precision":1.0,"blind":0.01,"rollout":2,"languages":["english"],
                       "hours":{"zone":"Nowhere","days":[1],"from":"09:00","to":"10:00"}}"#;
        let change: PolicyChange = serde_json::from_str(json).unwrap();
        let problems = Policy::default().changed(&change, "Ada", 5).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|p| p.field).collect();
        assert_eq!(fields, ["precision", "rollout", "blind", "languages", "hours"]);
    }

    #[test]
    fn not_a_number_is_refused() {
        let change = PolicyChange { precision: Some(f64::NAN), ..PolicyChange::default() };
        assert!(Policy::default().changed(&change, "Ada", 5).is_err());
    }

    #[test]
    fn null_lifts_the_hours_and_absence_keeps_them() {
        let hours = Hours { zone: "UTC".into(), days: vec![0], from: "09:00".into(), to: "17:00".into() };
        let policy = Policy { hours: Some(hours), ..Policy::default() };
        let keep: PolicyChange = serde_json::from_str("{}").unwrap();
        let lift: PolicyChange = serde_json::from_str(r#"{"hours":null}"#).unwrap();
        assert!(policy.changed(&keep, "Ada", 5).unwrap().hours.is_some());
        assert!(policy.changed(&lift, "Ada", 5).unwrap().hours.is_none());
    }

    #[test]
    fn the_default_never_list_names_law_safety_takeover_and_complaints_in_several_languages() {
        let list = NeverList::new(&Never::default());
        let hit = |text: &str| list.hit(&Comparable::new(text), "a@example.com", false).is_some();
        for text in [
            "My lawyer will contact you",
            "I want to hurt myself",
            "someone hacked my account",
            "Somebody else is in my account",
            "Boards appear in my profile that I did not create, is someone else in there?",
            "I got a mail about a new login from Peru, that was not me.",
            "A stranger controls my profile @fox and writes to my friends",
            "Me robaron la cuenta",
            "I want to file a complaint",
            "Mein Anwalt wird sich melden",
            "On a piraté mon compte",
            "Quiero presentar una queja",
            "Voglio fare un reclamo",
            "我要投诉",
        ] {
            assert!(hit(text), "{text}");
        }
        for text in ["How do I reset my password?", "Where is my card?", "Wie ändere ich meine Adresse?"] {
            assert!(!hit(text), "{text}");
        }
        assert!(list.hit(&Comparable::new("hello"), "a@example.com", true).is_some());
    }
}
