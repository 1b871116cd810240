//! The promise behind automatic answers: what was proved, on what, and when it stops holding.

use crate::numerals::{percent, thousands};
use crate::policy::Policy;
use crate::time::DAY;
use crate::{CategoryId, CertificateId, Millis};

/// How long a certificate holds when nothing changes.
pub const VALID_FOR: Millis = 60 * DAY;

/// One attempt to prove that answers above a threshold are right often enough; `threshold` is None when it
/// did not succeed.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    pub id: CertificateId,
    /// [`CategoryId::DEFAULT`] for the pooled one.
    pub category: CategoryId,
    pub model_version: i64,
    pub target: f64,
    pub confidence: f64,
    /// The how-manieth for this category: each spends less of the error allowed.
    pub attempt: i64,
    pub threshold: Option<f64>,
    /// Tickets it was tried on, answered above the threshold, and wrong among those.
    pub total: i64,
    pub answered: i64,
    pub errors: i64,
    pub unknown_share: f64,
    /// How many more labelled tickets would be needed.
    pub need: Option<i64>,
    pub why: Option<String>,
    pub created_at: Millis,
    pub lapses_at: Millis,
    pub lapsed_at: Option<Millis>,
    pub lapse_reason: Option<String>,
}

/// What a decision needs to know of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    Valid {
        id: CertificateId,
        threshold: f64,
    },
    /// Why nothing may be sent on the learner's word, for a person.
    Missing(String),
}

impl Certificate {
    /// Whether the attempt was made under what the policy and the model in use are now, so that making it again
    /// would only spend confidence.
    pub fn is_current(&self, policy: &Policy, model_version: Option<i64>, now: Millis) -> bool {
        self.lapse(policy, model_version, now).is_none()
    }

    /// Why it no longer holds.
    fn lapse(&self, policy: &Policy, model_version: Option<i64>, now: Millis) -> Option<String> {
        let differs = |a: f64, b: f64| (a - b).abs() > 1e-9;
        if self.lapsed_at.is_some() {
            return Some(self.lapse_reason.clone().unwrap_or_else(|| "it was withdrawn".into()));
        }
        if model_version != Some(self.model_version) {
            return Some("the model changed".into());
        }
        if differs(self.target, policy.target) || differs(self.confidence, policy.confidence) {
            return Some("the target changed".into());
        }
        (now >= self.lapses_at).then(|| "it is older than 60 days".into())
    }

    /// What it is worth now.
    pub fn standing(
        certificate: Option<&Self>,
        policy: &Policy,
        model_version: Option<i64>,
        now: Millis,
    ) -> Standing {
        if model_version.is_none() {
            return Standing::Missing("there is no model yet".into());
        }
        let Some(certificate) = certificate else {
            return Standing::Missing("there is no certificate yet".into());
        };
        if let Some(why) = certificate.lapse(policy, model_version, now) {
            return Standing::Missing(format!("the certificate lapsed: {why}"));
        }
        match certificate.threshold {
            Some(threshold) => Standing::Valid { id: certificate.id, threshold },
            None => Standing::Missing(certificate.missing()),
        }
    }

    fn missing(&self) -> String {
        let percent = percent(self.target);
        match (self.need, &self.why) {
            (Some(need), _) => {
                let need = thousands(need);
                format!("{percent} could not be proved; about {need} more labelled tickets are needed")
            }
            (None, Some(why)) => format!("{percent} could not be proved: {why}"),
            (None, None) => format!("{percent} could not be proved"),
        }
    }

    /// The promise in words.
    pub fn text(&self) -> String {
        if self.threshold.is_none() {
            return capitalised(&self.missing());
        }
        let right = self.answered - self.errors;
        let rate = if self.answered == 0 { 0.0 } else { right as f64 / self.answered as f64 };
        let known = if self.unknown_share <= 0.0 {
            " For known questions only: there was no unknown one among them.".to_owned()
        } else {
            format!(" {} of all tickets were questions no answer fits.", percent(self.unknown_share))
        };
        format!(
            "Of the last {} tickets like these that would have been answered, {} would have been answered as an agent \
             answered them ({}). With {} confidence, in the long run at least {} will be (your target), as long as \
             they stay like these.{known}",
            thousands(self.answered),
            thousands(right),
            percent(rate),
            percent(self.confidence),
            percent(self.target),
        )
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).chain(['.']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn certificate() -> Certificate {
        Certificate {
            id: CertificateId(9),
            category: CategoryId(2),
            model_version: 3,
            target: 0.95,
            confidence: 0.95,
            attempt: 1,
            threshold: Some(0.8),
            total: 2000,
            answered: 1204,
            errors: 28,
            unknown_share: 0.0,
            need: None,
            why: None,
            created_at: 0,
            lapses_at: VALID_FOR,
            lapsed_at: None,
            lapse_reason: None,
        }
    }

    fn standing(certificate: &Certificate, policy: &Policy, model: Option<i64>, now: Millis) -> String {
        match Certificate::standing(Some(certificate), policy, model, now) {
            Standing::Valid { threshold, .. } => format!("valid at {threshold}"),
            Standing::Missing(why) => why,
        }
    }

    #[test]
    fn it_holds_until_something_it_rests_on_changes() {
        let (it, policy) = (certificate(), Policy::default());
        assert_eq!(standing(&it, &policy, Some(3), 5), "valid at 0.8");
        assert!(standing(&it, &policy, Some(4), 5).contains("the model changed"));
        assert!(standing(&it, &policy, None, 5).contains("no model"));
        assert!(standing(&it, &Policy { target: 0.97, ..policy.clone() }, Some(3), 5).contains("target"));
        assert!(standing(&it, &policy, Some(3), VALID_FOR).contains("60 days"));
        let lapsed =
            Certificate { lapsed_at: Some(4), lapse_reason: Some("an answer's text changed".into()), ..it };
        assert!(standing(&lapsed, &policy, Some(3), 5).contains("an answer's text changed"));
    }

    #[test]
    fn a_failed_attempt_says_what_is_missing() {
        let failed = Certificate { threshold: None, need: Some(140), ..certificate() };
        assert!(standing(&failed, &Policy::default(), Some(3), 5).contains("140 more"));
        assert_eq!(failed.text(), "95% could not be proved; about 140 more labelled tickets are needed.");
    }

    #[test]
    fn the_promise_has_its_counts() {
        let text = certificate().text();
        assert!(text.starts_with("Of the last 1,204 tickets"), "{text}");
        assert!(
            text.contains("1,176") && text.contains("(97.7%)") && text.contains("known questions only"),
            "{text}"
        );
    }
}
