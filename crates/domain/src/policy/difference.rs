//! In what two policies differ, field by field and in words.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Never, Policy};
use crate::hours::Hours;
use crate::numerals::percent;
use crate::words::Order;

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Difference {
    /// As a change of the policy calls it.
    pub field: &'static str,
    pub from: Value,
    pub to: Value,
    /// "Mode from shadow to auto".
    pub text: String,
}

/// What changes from one policy to the other; who changed it, when and why is no difference.
pub fn differences(before: &Policy, after: &Policy) -> Vec<Difference> {
    let shares = [
        ("precision", "Target precision", before.target, after.target),
        ("confidence", "Confidence", before.confidence, after.confidence),
        ("rollout", "Rollout", before.rollout, after.rollout),
        ("holdout", "Holdout", before.holdout, after.holdout),
        ("blind", "Blind share", before.blind, after.blind),
    ];
    let mut all = Vec::new();
    if before.mode != after.mode {
        all.push(told("mode", "Mode", json!(before.mode), json!(after.mode), before.mode, after.mode));
    }
    for (field, name, was, is) in shares {
        if (was - is).abs() >= 1e-9 {
            all.push(told(field, name, json!(was), json!(is), percent(was), percent(is)));
        }
    }
    if before.languages != after.languages {
        let words = |languages: &[String]| match languages {
            [] => "all".to_owned(),
            some => some.join(", "),
        };
        let (was, is) = (words(&before.languages), words(&after.languages));
        all.push(told("languages", "Languages", json!(before.languages), json!(after.languages), was, is));
    }
    if before.hours != after.hours {
        let (was, is) = (hours(before.hours.as_ref()), hours(after.hours.as_ref()));
        all.push(told("hours", "Hours", json!(before.hours), json!(after.hours), was, is));
    }
    if before.never != after.never {
        all.push(Difference {
            field: "never",
            from: json!(before.never),
            to: json!(after.never),
            text: never(&before.never, &after.never),
        });
    }
    if before.order != after.order {
        let words = |order| if order == Order::RulesFirst { "rules" } else { "the learner" };
        let (was, is) = (words(before.order), words(after.order));
        all.push(told("order", "Asked first", json!(before.order), json!(after.order), was, is));
    }
    if before.pooled != after.pooled {
        let words = |pooled| if pooled { "shared by all categories" } else { "its own" };
        let (was, is) = (words(before.pooled), words(after.pooled));
        all.push(told("pooled", "Certificate", json!(before.pooled), json!(after.pooled), was, is));
    }
    all
}

fn told(
    field: &'static str,
    name: &str,
    from: Value,
    to: Value,
    was: impl std::fmt::Display,
    is: impl std::fmt::Display,
) -> Difference {
    Difference { field, from, to, text: format!("{name} from {was} to {is}") }
}

fn hours(hours: Option<&Hours>) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some(hours) = hours else { return "any time".into() };
    let days = hours.days.iter().filter_map(|&day| DAYS.get(usize::from(day)).copied());
    format!("{}–{} on {} ({})", hours.from, hours.to, days.collect::<Vec<_>>().join(", "), hours.zone)
}

/// What was added to the never-list and what was taken from it: the whole list is long.
fn never(before: &Never, after: &Never) -> String {
    let mut parts = Vec::new();
    for (was, is) in [(&before.words, &after.words), (&before.requesters, &after.requesters)] {
        parts.extend(is.iter().filter(|entry| !was.contains(entry)).map(|entry| format!("“{entry}” added")));
        parts
            .extend(was.iter().filter(|entry| !is.contains(entry)).map(|entry| format!("“{entry}” removed")));
    }
    match (before.attachments, after.attachments) {
        (false, true) => parts.push("tickets with attachments added".into()),
        (true, false) => parts.push("tickets with attachments removed".into()),
        _ => {}
    }
    // Nothing is left when only the order changed.
    let what = if parts.is_empty() { "in another order".to_owned() } else { parts.join(", ") };
    format!("Never-list: {what}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::PolicyChange;
    use crate::words::Mode;

    /// Other than the default in every field that a change can name.
    fn other() -> Policy {
        Policy {
            mode: Mode::Auto,
            target: 0.975,
            confidence: 0.9,
            rollout: 0.1,
            holdout: 0.2,
            blind: 0.08,
            languages: vec!["en".into(), "de".into()],
            hours: Some(Hours {
                zone: "UTC".into(),
                days: vec![0, 4],
                from: "09:00".into(),
                to: "17:00".into(),
            }),
            never: Never {
                words: vec!["refund".into()],
                requesters: vec!["@evil.example".into()],
                attachments: false,
            },
            order: Order::LearnerFirst,
            pooled: true,
            ..Policy::default()
        }
    }

    #[test]
    fn every_field_is_told_in_words() {
        let before = Policy {
            never: Never { words: vec!["lawyer".into()], requesters: Vec::new(), attachments: true },
            ..Policy::default()
        };
        let texts: Vec<String> = differences(&before, &other()).into_iter().map(|d| d.text).collect();
        assert_eq!(
            texts,
            [
                "Mode from off to auto",
                "Target precision from 95% to 97.5%",
                "Confidence from 95% to 90%",
                "Rollout from 100% to 10%",
                "Holdout from 0% to 20%",
                "Blind share from 5% to 8%",
                "Languages from all to en, de",
                "Hours from any time to 09:00–17:00 on Mon, Fri (UTC)",
                "Never-list: “refund” added, “lawyer” removed, “@evil.example” added, \
                 tickets with attachments removed",
                "Asked first from rules to the learner",
                "Certificate from its own to shared by all categories",
            ]
        );
        assert_eq!(differences(&other(), &other()), []);
    }

    #[test]
    fn the_change_to_a_policy_leaves_no_difference_to_it() {
        for (from, to) in [(Policy::default(), other()), (other(), Policy::default())] {
            let made = from.changed(&PolicyChange::to(&to), "Ada", 5).unwrap();
            assert_eq!(differences(&made, &to), []);
        }
    }

    #[test]
    fn a_field_of_a_difference_is_one_that_a_change_can_name() {
        for difference in differences(&Policy::default(), &other()) {
            let change = json!({ difference.field: difference.to });
            let change: PolicyChange = serde_json::from_value(change).unwrap();
            let made = other().changed(&change, "Ada", 5).unwrap();
            assert!(!differences(&Policy::default(), &made).is_empty(), "{}", difference.field);
        }
    }
}
