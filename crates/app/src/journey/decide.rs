//! The third step: gathers the facts for the pure decision of `domain::decide`.

use std::borrow::Cow;

use domain::CategoryId;
use domain::Millis;
use domain::arms::Place;
use domain::decide::{Facts, Guess, RuleHit, Sendable};
use domain::guardrail::Pause;
use domain::phrases::Comparable;
use domain::rules;
use domain::words::{Arm, ExperimentKind};
use store::decisions::Stored;
use store::experiments::Assigned;
use store::readings::{Question, Reading};

use crate::automation::{ReadyPolicy, Snapshot, Unreadable};
use crate::experiments::Part;

/// From here on a question counts as unlike anything answered before.
const NOVEL: f64 = 0.5;

/// What was decided, and what experiments had to do with it.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub stored: Stored,
    /// The version of the policy that the category's switch is at.
    pub in_force: i64,
    /// The text to send, where a side has one of its own.
    pub wording: Option<String>,
    pub assigned: Vec<Assigned>,
}

pub(super) fn decide(
    snapshot: &Snapshot,
    question: &Question,
    reading: &Reading,
    text: &str,
    now: Millis,
) -> Decided {
    let category = reading.category;
    let in_force = snapshot.policy(category);
    let mut assigned = Vec::new();
    let part = snapshot.part(ExperimentKind::Policy, category, question);
    assigned.extend(part.map(Part::assigned));
    let ready = part.and_then(Part::policy).unwrap_or(in_force);
    let facts = facts(snapshot, ready, question, reading, text, now);
    let mut policy = Cow::Borrowed(&ready.policy);
    // Who is asked first matters only where both could answer.
    let both = facts.rule.is_some() && facts.guess.is_some() && is_rolled_out(snapshot, question, category);
    if let Some(part) = snapshot.part(ExperimentKind::Order, category, question).filter(|_| both) {
        policy.to_mut().order = part.order().unwrap_or(policy.order);
        assigned.push(part.assigned());
    }
    let decision = domain::decide::decide(&policy, &facts, now);
    let sent = decision.answer.filter(|_| decision.sends()).and_then(|id| snapshot.answer(id));
    let wording = sent.and_then(|answer| {
        let text = answer.text(reading.language.as_deref()).ok()?;
        snapshot.wording(answer.answer.id, text, category, question)
    });
    assigned.extend(wording.map(|(part, _)| part.assigned()));
    Decided {
        in_force: in_force.policy.version,
        wording: wording.map(|(_, text)| text.to_owned()),
        assigned,
        stored: Stored {
            ticket: question.ticket,
            category,
            decision,
            model_version: reading.model_version,
            policy_version: policy.version,
            created_at: now,
        },
    }
}

/// Whether automation is on for the requester, by the category's own policy.
pub(super) fn is_rolled_out(snapshot: &Snapshot, question: &Question, category: CategoryId) -> bool {
    Place::of(&snapshot.arms_key, question.requester).arm(&snapshot.policy(category).policy) == Arm::Rollout
}

/// All that the decision looks at, as things are now.
pub(crate) fn facts(
    snapshot: &Snapshot,
    policy: &ReadyPolicy,
    question: &Question,
    reading: &Reading,
    text: &str,
    now: Millis,
) -> Facts {
    let category = reading.category;
    let language = reading.language.as_deref();
    let comparable = Comparable::new(text);
    let sendable = |answer| snapshot.answer(answer).map_or(Sendable::Archived, |a| a.sendable(language));
    let asked = rules::Question {
        category,
        text: &comparable,
        language,
        email: &question.email,
        at: question.created_at,
    };
    let never = match (question.taken, question.from_machine) {
        (true, _) => Some("a person has been here already".to_owned()),
        (false, true) => Some("a machine wrote it, and machines are never answered".to_owned()),
        // Whatever the side of an experiment says, what is kept from automation now is kept from it.
        (false, false) => [&snapshot.policy(category).never, &policy.never]
            .iter()
            .find_map(|never| never.hit(&comparable, &question.email, question.has_attachments)),
    };
    Facts {
        arrived_at: question.created_at,
        language: reading.language.clone(),
        never,
        rule: snapshot.rule(asked).map(|hit| RuleHit {
            rule: hit.rule.id,
            name: hit.rule.name.clone(),
            answer: hit.rule.answer,
            sendable: sendable(hit.rule.answer),
        }),
        guess: reading.ranked.first().zip(reading.score).map(|(best, score)| Guess {
            answer: best.answer,
            probability: best.probability,
            score,
            novel: reading.novelty.is_some_and(|n| n >= NOVEL),
            sendable: sendable(best.answer),
        }),
        unreadable: snapshot.unreadable.as_ref().map(Unreadable::in_words),
        certificate: snapshot.standing_of(category, &policy.policy, reading.model_version, now),
        paused: snapshot.pause(category).map(Pause::in_words),
        arm: Place::of(&snapshot.arms_key, question.requester).arm(&policy.policy),
    }
}
