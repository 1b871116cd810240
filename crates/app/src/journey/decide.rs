//! The third step: gathers the facts for the pure decision of `domain::decide`.

use domain::Millis;
use domain::arms::Place;
use domain::decide::{Facts, Guess, RuleHit, Sendable};
use domain::guardrail::Pause;
use domain::phrases::Comparable;
use domain::rules;
use store::decisions::Stored;
use store::readings::{Question, Reading};

use crate::automation::{Snapshot, Unreadable};

/// From here on a question counts as unlike anything answered before.
const NOVEL: f64 = 0.5;

pub(super) fn decide(
    snapshot: &Snapshot,
    question: &Question,
    reading: &Reading,
    text: &str,
    now: Millis,
) -> Stored {
    let category = reading.category;
    let policy = &snapshot.policy(category).policy;
    let facts = facts(snapshot, question, reading, text, now);
    Stored {
        ticket: question.ticket,
        category,
        decision: domain::decide::decide(policy, &facts, now),
        model_version: reading.model_version,
        policy_version: policy.version,
        created_at: now,
    }
}

/// All that the decision looks at, as things are now.
pub(crate) fn facts(
    snapshot: &Snapshot,
    question: &Question,
    reading: &Reading,
    text: &str,
    now: Millis,
) -> Facts {
    let category = reading.category;
    let policy = snapshot.policy(category);
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
        (false, false) => policy.never.hit(&comparable, &question.email, question.has_attachments),
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
        certificate: snapshot.standing(category, now),
        paused: snapshot.pause(category).map(Pause::in_words),
        arm: Place::of(&snapshot.arms_key, question.requester).arm(&policy.policy),
    }
}
