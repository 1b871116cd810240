//! Decisions: what each mode and arm makes of the same question, and what must hold whatever comes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use domain::certificate::Standing;
use domain::decide::{Decision, Facts, Guess, RuleHit, Sendable, decide};
use domain::policy::Policy;
use domain::words::{Action, Arm, Mode, Order, Responder};
use domain::{AnswerId, CertificateId, RuleId};
use proptest::prelude::*;

fn policy(mode: Mode) -> Policy {
    Policy { mode, rollout: 0.5, holdout: 0.1, ..Policy::default() }
}

fn guess(score: f64) -> Guess {
    Guess { answer: AnswerId(7), probability: score, score, novel: false, sendable: Sendable::Yes }
}

fn facts(arm: Arm, score: f64) -> Facts {
    Facts {
        arrived_at: 10,
        language: Some("en".into()),
        never: None,
        rule: None,
        guess: Some(guess(score)),
        unreadable: None,
        certificate: Standing::Valid { id: CertificateId(1), threshold: 0.9 },
        paused: None,
        arm,
    }
}

fn rule(sendable: Sendable) -> RuleHit {
    RuleHit { rule: RuleId(3), name: "Invoices".into(), answer: AnswerId(8), sendable }
}

fn auto(facts: &Facts) -> Decision {
    decide(&policy(Mode::Auto), facts, 10)
}

#[test]
fn above_the_threshold_it_is_sent_and_below_suggested() {
    let sent = auto(&facts(Arm::Rollout, 0.95));
    assert!(sent.sends());
    assert_eq!(
        (sent.responder, sent.answer, sent.threshold),
        (Responder::Learner, Some(AnswerId(7)), Some(0.9))
    );
    let below = auto(&facts(Arm::Rollout, 0.899));
    assert_eq!(below.action, Action::Suggest);
    assert_eq!(below.reason, "0.89 is below the threshold of 0.90");
    // As many digits as it takes to see the difference.
    let certificate = Standing::Valid { id: CertificateId(1), threshold: 0.999_64 };
    let close = auto(&Facts { certificate, ..facts(Arm::Rollout, 0.998_65) });
    assert_eq!(close.reason, "0.998 is below the threshold of 0.999");
}

#[test]
fn without_a_certificate_auto_acts_as_suggest_and_says_so() {
    let certificate = Standing::Missing("there is no certificate yet".into());
    let decision = auto(&Facts { certificate, ..facts(Arm::Rollout, 0.99) });
    assert_eq!((decision.mode, decision.action), (Mode::Auto, Action::Suggest));
    assert!(decision.reason.contains("no certificate yet"));
}

#[test]
fn the_never_list_comes_before_every_responder() {
    let decision = auto(&Facts {
        never: Some("the never-list names “lawyer*”".into()),
        rule: Some(rule(Sendable::Yes)),
        ..facts(Arm::Rollout, 0.99)
    });
    assert_eq!(
        (decision.action, decision.responder, decision.answer),
        (Action::Agent, Responder::Agent, None)
    );
    assert!(decision.reason.contains("lawyer*"));
}

#[test]
fn rules_come_before_the_learner_and_need_no_certificate() {
    let certificate = Standing::Missing("no model".into());
    let with_rule = Facts { rule: Some(rule(Sendable::Yes)), certificate, ..facts(Arm::Rollout, 0.99) };
    let decision = auto(&with_rule);
    assert!(decision.sends());
    assert_eq!(
        (decision.responder, decision.answer, decision.rule),
        (Responder::Rules, Some(AnswerId(8)), Some(RuleId(3)))
    );
    assert_eq!(decision.probability, None);
    let no_text = auto(&Facts { rule: Some(rule(Sendable::NoText)), ..with_rule });
    assert_eq!(no_text.action, Action::Suggest);
}

#[test]
fn a_novel_question_goes_to_an_agent_however_sure_the_learner_is() {
    let guess = Some(Guess { novel: true, ..guess(1.0) });
    assert_eq!(auto(&Facts { guess, ..facts(Arm::Rollout, 1.0) }).action, Action::Agent);
}

#[test]
fn without_a_model_the_reason_says_whether_there_is_one() {
    let none = Facts { guess: None, ..facts(Arm::Rollout, 0.0) };
    assert_eq!(auto(&none).reason, "No rule applies and there is no model to ask");
    let broken = auto(&Facts { unreadable: Some("model 3 cannot be read: it is damaged".into()), ..none });
    assert_eq!(broken.action, Action::Agent);
    assert_eq!(broken.reason, "No rule applies and model 3 cannot be read: it is damaged");
}

#[test]
fn an_answer_without_text_is_decided_in_shadow_and_never_sent() {
    let guess = Some(Guess { sendable: Sendable::NoText, ..guess(0.99) });
    let facts = Facts { guess, ..facts(Arm::Shadow, 0.99) };
    let shadow = decide(&policy(Mode::Shadow), &facts, 10);
    assert_eq!(shadow.action, Action::Auto);
    assert!(!shadow.sends());
    let live = auto(&Facts { arm: Arm::Rollout, ..facts });
    assert_eq!(live.action, Action::Suggest);
    assert!(live.reason.contains("no text yet"));
}

#[test]
fn languages_and_hours_limit_what_is_sent() {
    let english = Policy { languages: vec!["en".into()], ..policy(Mode::Auto) };
    let of =
        |language: Option<&str>| Facts { language: language.map(str::to_owned), ..facts(Arm::Rollout, 0.99) };
    assert!(decide(&english, &of(Some("en")), 10).sends());
    assert!(decide(&english, &of(Some("de")), 10).reason.contains("does not cover the language de"));
    assert!(decide(&english, &of(None), 10).reason.contains("not recognised"));
    let hours =
        domain::hours::Hours { zone: "UTC".into(), days: vec![6], from: "00:00".into(), to: "24:00".into() };
    // The epoch began on a Thursday.
    let sundays = Policy { hours: Some(hours), ..policy(Mode::Auto) };
    assert!(decide(&sundays, &of(Some("en")), 10).reason.contains("hours"));
}

#[test]
fn a_switch_acts_on_tickets_that_arrive_after_it() {
    let switched = Policy { changed_at: 11, ..policy(Mode::Auto) };
    let decision = decide(&switched, &facts(Arm::Rollout, 0.99), 12);
    assert_eq!(decision.action, Action::Suggest);
    assert!(decision.reason.contains("before the policy was changed"));
}

#[test]
fn a_paused_category_suggests_what_it_would_have_sent() {
    let paused =
        Facts { paused: Some("the guardrail paused it: 9 of 41".into()), ..facts(Arm::Rollout, 0.99) };
    let decision = auto(&paused);
    assert_eq!((decision.action, decision.sends(), decision.shows()), (Action::Suggest, false, true));
    assert!(decision.reason.ends_with("but the guardrail paused it: 9 of 41"), "{}", decision.reason);
    let by_rule = Facts { rule: Some(rule(Sendable::Yes)), ..paused };
    assert!(!auto(&by_rule).sends());
}

#[test]
fn arms_compare_a_mode_with_the_one_below() {
    assert_eq!(auto(&facts(Arm::Holdout, 0.99)).action, Action::Suggest);
    assert_eq!(auto(&facts(Arm::Waiting, 0.99)).action, Action::Suggest);
    let blind = auto(&facts(Arm::Blind, 0.99));
    assert_eq!((blind.action, blind.shows()), (Action::Agent, false));
    assert!((blind.propensity - 0.05).abs() < 1e-12);
    let waiting = decide(&policy(Mode::Suggest), &facts(Arm::Waiting, 0.99), 10);
    assert_eq!((waiting.action, waiting.shows()), (Action::Agent, false));
    let off = decide(&policy(Mode::Off), &facts(Arm::Off, 0.99), 10);
    assert_eq!((off.action, off.answer), (Action::Agent, None));
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

const SENDABLE: &[Sendable] = &[Sendable::Yes, Sendable::NoText, Sendable::NoLanguage, Sendable::Archived];

prop_compose! {
    fn any_facts()(
        arrived_at in 0..20_i64, language in proptest::option::of(any_of(&["en", "de"])), never in any::<bool>(),
        by_rule in proptest::option::of(any_of(SENDABLE)), score in 0.0..=1.0_f64, novel in any::<bool>(),
        sendable in any_of(SENDABLE), known in any::<bool>(), paused in any::<bool>(), threshold in proptest::option::of(0.0..=1.0_f64),
        arm in any_of(Arm::ALL),
    ) -> Facts {
        Facts {
            arrived_at,
            language: language.map(str::to_owned),
            never: never.then(|| "the never-list".into()),
            rule: by_rule.map(rule),
            guess: known.then(|| Guess { novel, sendable, ..guess(score) }),
            unreadable: None,
            certificate: threshold.map_or_else(
                || Standing::Missing("none".into()),
                |threshold| Standing::Valid { id: CertificateId(1), threshold },
            ),
            paused: paused.then(|| "nobody is watching".into()),
            arm,
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_sent_was_allowed(facts in any_facts(), mode in any_of(Mode::ALL), changed_at in 0..20_i64) {
        let policy = Policy { changed_at, languages: vec!["en".into()], ..policy(mode) };
        let decision = decide(&policy, &facts, 20);
        prop_assert!(!decision.reason.is_empty());
        prop_assert!(decision.action != Action::Crowd);
        if decision.sends() {
            prop_assert_eq!(mode, Mode::Auto);
            prop_assert_eq!(facts.arm, Arm::Rollout);
            prop_assert!(facts.paused.is_none() && facts.never.is_none() && facts.arrived_at >= changed_at);
            prop_assert_eq!(facts.language.as_deref(), Some("en"));
            let sendable = match (&facts.rule, &facts.guess) {
                (Some(rule), _) => rule.sendable,
                (None, Some(guess)) => {
                    let Standing::Valid { threshold, .. } = facts.certificate else { panic!("sent without a certificate") };
                    prop_assert!(guess.score >= threshold && !guess.novel);
                    guess.sendable
                }
                (None, None) => panic!("nothing to send"),
            };
            prop_assert_eq!(sendable, Sendable::Yes);
        }
        // Nobody is shown what the arm must hide.
        if matches!(facts.arm, Arm::Blind | Arm::Shadow | Arm::Off) {
            prop_assert!(!decision.shows());
        }
    }

    #[test]
    fn a_higher_score_never_does_less(facts in any_facts(), low in 0.0..1.0_f64, more in 0.0..1.0_f64) {
        let rank = |action: Action| match action { Action::Agent | Action::Crowd => 0, Action::Suggest => 1, Action::Auto => 2 };
        let at = |score: f64| {
            let guess = facts.guess.map(|g| Guess { score, ..g });
            rank(decide(&policy(Mode::Auto), &Facts { guess, ..facts.clone() }, 20).action)
        };
        prop_assert!(at((low + more).min(1.0)) >= at(low));
    }
}

#[test]
fn asked_first_the_learner_answers_where_it_is_certain_and_else_the_rule() {
    let first = Policy { order: Order::LearnerFirst, ..policy(Mode::Auto) };
    let with_rule = |score| Facts { rule: Some(rule(Sendable::Yes)), ..facts(Arm::Rollout, score) };
    let sure = decide(&first, &with_rule(0.95), 10);
    assert_eq!((sure.responder, sure.rule, sure.answer), (Responder::Learner, None, Some(AnswerId(7))));
    let unsure = decide(&first, &with_rule(0.5), 10);
    assert_eq!((unsure.responder, unsure.rule), (Responder::Rules, Some(RuleId(3))));
    assert!(unsure.sends());
    let novel = Facts { guess: Some(Guess { novel: true, ..guess(0.99) }), ..with_rule(0.99) };
    assert_eq!(decide(&first, &novel, 10).responder, Responder::Rules);
    assert_eq!(auto(&with_rule(0.95)).responder, Responder::Rules);
}
