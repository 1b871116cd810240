//! The decision: a pure function of policy, reading and arm, with a reason that a person can read.

use crate::arms::{propensity, shows_suggestions};
use crate::certificate::Standing;
use crate::policy::Policy;
use crate::words::{Action, Arm, Mode, Order, Responder};
use crate::{AnswerId, CertificateId, Millis, RuleId};

/// How the reason of a decision begins that the never-list made; see [`crate::policy::NeverList::hit`].
pub const NEVER: &str = "The never-list names";

/// Whether an answer could be sent to this requester as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sendable {
    Yes,
    /// Nobody has written its text yet.
    NoText,
    /// There is a text, but none in the ticket's language.
    NoLanguage,
    Archived,
}

/// What the learner thinks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    pub answer: AnswerId,
    pub probability: f64,
    /// What certificates set their threshold on.
    pub score: f64,
    /// Unlike anything it was trained on.
    pub novel: bool,
    pub sendable: Sendable,
}

/// A rule whose conditions hold.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleHit {
    pub rule: RuleId,
    pub name: String,
    pub answer: AnswerId,
    pub sendable: Sendable,
}

/// All that a decision looks at beside the policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub arrived_at: Millis,
    pub language: Option<String>,
    /// Which entry of the never-list was hit.
    pub never: Option<String>,
    pub rule: Option<RuleHit>,
    pub guess: Option<Guess>,
    /// Why the model in use could not be asked, if there is one.
    pub unreadable: Option<String>,
    pub certificate: Standing,
    /// Why the guardrail has paused the category, if it has.
    pub paused: Option<String>,
    pub arm: Arm,
}

/// What a policy did with a ticket, or would have done. Never rewritten.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub mode: Mode,
    /// In shadow: what would have been done.
    pub action: Action,
    pub responder: Responder,
    pub arm: Arm,
    pub answer: Option<AnswerId>,
    pub rule: Option<RuleId>,
    pub probability: Option<f64>,
    pub threshold: Option<f64>,
    pub certificate: Option<CertificateId>,
    pub propensity: f64,
    pub reason: String,
}

impl Decision {
    /// Whether an automatic answer is to be sent.
    pub fn sends(&self) -> bool {
        self.mode == Mode::Auto && self.arm == Arm::Rollout && self.action == Action::Auto
    }

    /// Whether an agent may see the suggestion before choosing.
    pub fn shows(&self) -> bool {
        shows_suggestions(self.mode, self.arm)
    }
}

/// What a responder offers: the most it may do, and why not more.
struct Offer {
    action: Action,
    responder: Responder,
    answer: Option<AnswerId>,
    rule: Option<RuleId>,
    reason: String,
}

pub fn decide(policy: &Policy, facts: &Facts, now: Millis) -> Decision {
    let offer = offer(policy, facts, now);
    let (action, reason) = limited(policy, facts, &offer);
    let learner = offer.rule.is_none();
    let (certificate, threshold) = match facts.certificate {
        Standing::Valid { id, threshold } if learner => (Some(id), Some(threshold)),
        _ => (None, None),
    };
    let off = policy.mode == Mode::Off;
    Decision {
        mode: policy.mode,
        action,
        responder: if action == Action::Agent { Responder::Agent } else { offer.responder },
        arm: facts.arm,
        answer: offer.answer.filter(|_| !off),
        rule: offer.rule,
        probability: facts.guess.filter(|_| learner && !off).map(|g| g.score),
        threshold: threshold.filter(|_| !off),
        certificate: certificate.filter(|_| !off),
        propensity: propensity(policy, facts.arm),
        reason,
    }
}

/// The stack: the never-list before anyone, then rules, then the learner, then the agent. Where the learner is asked
/// first, rules are asked when it is not sure enough to answer by itself.
fn offer(policy: &Policy, facts: &Facts, now: Millis) -> Offer {
    if let Some(never) = &facts.never {
        return agent(None, capital(never));
    }
    if let (Order::LearnerFirst, Some(guess)) = (policy.order, &facts.guess) {
        let offer = learner(policy, facts, guess, now);
        if offer.action == Action::Auto {
            return offer;
        }
    }
    if let Some(rule) = &facts.rule {
        let (action, why) = match obstacle(policy, facts, rule.sendable, now) {
            None => (Action::Auto, format!("Rule “{}” applies", rule.name)),
            Some(why) => (Action::Suggest, format!("Rule “{}” applies, but {why}", rule.name)),
        };
        let responder = Responder::Rules;
        return Offer { action, responder, answer: Some(rule.answer), rule: Some(rule.rule), reason: why };
    }
    let Some(guess) = &facts.guess else {
        let why = facts.unreadable.as_deref().unwrap_or("there is no model to ask");
        return agent(None, format!("No rule applies and {why}"));
    };
    learner(policy, facts, guess, now)
}

fn learner(policy: &Policy, facts: &Facts, guess: &Guess, now: Millis) -> Offer {
    if guess.novel {
        return agent(Some(guess.answer), "The question is unlike those answered before".into());
    }
    let suggest = |reason| Offer {
        action: Action::Suggest,
        responder: Responder::Learner,
        answer: Some(guess.answer),
        rule: None,
        reason,
    };
    let threshold = match &facts.certificate {
        Standing::Valid { threshold, .. } => *threshold,
        Standing::Missing(why) => return suggest(format!("Nothing is sent by itself yet: {why}")),
    };
    if guess.score < threshold {
        return suggest(below(guess.score, threshold));
    }
    let (score, least) = apart(guess.score, threshold);
    let sure = format!("{score} reaches the threshold of {least}");
    match obstacle(policy, facts, guess.sendable, now) {
        Some(why) => suggest(format!("{sure}, but {why}")),
        None => Offer { action: Action::Auto, ..suggest(sure) },
    }
}

/// Why a score is not enough.
pub fn below(score: f64, threshold: f64) -> String {
    let (score, least) = apart(score, threshold);
    format!("{score} is below the threshold of {least}")
}

/// What keeps an answer that is right from being sent.
fn obstacle(policy: &Policy, facts: &Facts, sendable: Sendable, now: Millis) -> Option<String> {
    match sendable {
        // In shadow nothing is sent, so an answer that nobody has written yet can be decided all the same.
        Sendable::NoText if policy.mode != Mode::Shadow => return Some("the answer has no text yet".into()),
        Sendable::NoLanguage => {
            let language = facts.language.as_deref().unwrap_or("?");
            return Some(format!("the answer has no text in the ticket's language ({language})"));
        }
        Sendable::Archived => return Some("the answer is archived".into()),
        Sendable::Yes | Sendable::NoText => {}
    }
    if !policy.languages.is_empty() {
        match &facts.language {
            Some(language) if policy.languages.contains(language) => {}
            Some(language) => return Some(format!("the policy does not cover the language {language}")),
            None => return Some("the language was not recognised".into()),
        }
    }
    let closed = policy.hours.as_ref().is_some_and(|hours| !hours.open_at(now));
    closed.then(|| "it is outside the policy's hours".into())
}

/// What mode and arm leave of an offer.
fn limited(policy: &Policy, facts: &Facts, offer: &Offer) -> (Action, String) {
    let reason = &offer.reason;
    let at_most_suggest = offer.action.min_with(Action::Suggest);
    match (policy.mode, facts.arm) {
        (Mode::Off, _) => (Action::Agent, "Automation is off here".into()),
        (Mode::Shadow, _) => (offer.action, reason.clone()),
        (_, Arm::Blind) => {
            (Action::Agent, "In the blind share: an agent answers without seeing a suggestion".into())
        }
        (Mode::Suggest, Arm::Rollout) => (at_most_suggest, reason.clone()),
        (Mode::Suggest, arm) => (Action::Agent, format!("In the {arm} group: no suggestion is shown")),
        (Mode::Auto, Arm::Rollout) if offer.action == Action::Auto && facts.paused.is_some() => {
            (Action::Suggest, format!("{reason}, but {}", facts.paused.as_deref().unwrap_or_default()))
        }
        (Mode::Auto, Arm::Rollout)
            if offer.action == Action::Auto && facts.arrived_at < policy.changed_at =>
        {
            (Action::Suggest, format!("{reason}, but the ticket came before the policy was changed"))
        }
        (Mode::Auto, Arm::Rollout) => (offer.action, reason.clone()),
        (Mode::Auto, arm) if offer.action == Action::Auto => {
            (Action::Suggest, format!("{reason}, but the requester is in the {arm} group"))
        }
        (Mode::Auto, _) => (at_most_suggest, reason.clone()),
    }
}

impl Action {
    /// `self`, unless that does more than `most`.
    fn min_with(self, most: Self) -> Self {
        if self == Self::Auto { most } else { self }
    }
}

fn agent(answer: Option<AnswerId>, reason: String) -> Offer {
    Offer { action: Action::Agent, responder: Responder::Agent, answer, rule: None, reason }
}

/// Both with as few decimals as tell them apart, two to six, rounded down, so that a score below the threshold never
/// reads as if it reached it.
fn apart(score: f64, threshold: f64) -> (String, String) {
    let down = |share: f64, digits: i32| {
        let unit = 10_f64.powi(digits);
        format!("{:.*}", digits as usize, (share * unit + 1e-6).floor() / unit)
    };
    let differ = |digits: &i32| down(score, *digits) != down(threshold, *digits);
    let digits = if score == threshold { 2 } else { (2..6).find(differ).unwrap_or(6) };
    (down(score, digits), down(threshold, digits))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
