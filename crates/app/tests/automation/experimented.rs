//! Experiments on live tickets: what each side does, what is counted, and what ends them.

use std::collections::HashSet;

use app::experiments::{self, NewExperiment};
use app::policies::{Scope, set};
use app::rules::RuleChange;
use app::{Actor, Error, models};
use domain::experiments::Subject;
use domain::policy::PolicyChange;
use domain::rules::Conditions;
use domain::tickets::Ticket;
use domain::time::DAY;
use domain::words::{Action, Arm, ExperimentState, Mode, Order, Outcome, Responder, Side};
use domain::{CategoryId, ExperimentId};

use crate::house::{CARD, House};
use crate::on_both_engines;

const TEXT: &str = "Hello {{requester.first_name}}, here is what to do about it: wait for a week.";
const SHORTER: &str = "Please wait for a week, it is on its way to you.";

fn to(mode: Mode) -> PolicyChange {
    PolicyChange { mode: Some(mode), precision: Some(0.9), ..PolicyChange::default() }
}

/// History, model and texts, and Cards in `auto` with a certificate of its own.
async fn cards_in_auto(house: &House) -> CategoryId {
    house.with_history(1_000).await;
    house.train().await;
    for title in ["Card delivery", "Reset the password", "Change the address"] {
        house.write_text(house.answer(title).await, TEXT).await;
    }
    let cards = house.category("Cards").await;
    set(&house.app, &House::admin(), Scope::Category(cards), to(Mode::Auto)).await.unwrap();
    cards
}

async fn made(house: &House, category: Option<CategoryId>, subject: Subject) -> ExperimentId {
    let new = NewExperiment {
        name: "Which is better".into(),
        category,
        subject,
        share: 1.0,
        ends_at: None,
        reason: None,
    };
    experiments::create(&house.app, &House::admin(), new).await.unwrap()
}

async fn started(house: &House, category: Option<CategoryId>, subject: Subject) -> ExperimentId {
    let id = made(house, category, subject).await;
    experiments::start(&house.app, &House::admin(), id).await.unwrap();
    id
}

/// Asks as different people until so many tickets of each side are in the rollout; says them with their side.
async fn ask(house: &House, of: ExperimentId, each: usize) -> Vec<(Ticket, Side)> {
    let mut asked: Vec<(Ticket, Side)> = Vec::new();
    for i in 0..400 {
        let ticket = house.ask(&format!("asker{i}-{of}@example.com"), CARD).await;
        let sides = store::experiments::of_ticket(&house.app.db, ticket.id).await.unwrap();
        let side = sides.iter().find(|it| it.experiment == of).map(|it| it.side);
        let rolled = house.decision(&ticket).await.decision.arm == Arm::Rollout;
        asked.extend(side.filter(|_| rolled).map(|side| (ticket, side)));
        let count = |side| asked.iter().filter(|a| a.1 == side).count();
        if count(Side::A) >= each && count(Side::B) >= each {
            return asked;
        }
    }
    panic!("too few took part: {}", asked.len())
}

async fn state(house: &House, id: ExperimentId) -> (ExperimentState, Option<String>) {
    let shown = experiments::one(&house.app, id).await.unwrap();
    (shown.experiment.state(), shown.experiment.end)
}

async fn each_side_gets_its_wording_and_is_counted_when_its_window_closes(house: &House) {
    cards_in_auto(house).await;
    let answer = house.answer("Card delivery").await;
    let subject = Subject::Wording { answer, language: None, a: String::new(), b: SHORTER.into() };
    let id = started(house, None, subject).await;
    let asked = ask(house, id, 2).await;
    for (ticket, side) in &asked {
        let messages = store::messages::of_ticket(&house.app.db, ticket.id).await.unwrap();
        let body = &messages[1].body;
        assert_eq!(body.contains("on its way"), *side == Side::B, "{body}");
    }
    // Somebody writes again: answered like before, but not counted twice.
    let (first, side) = &asked[0];
    let email = store::requesters::by_id(&house.app.db, first.requester).await.unwrap().unwrap().email;
    let again = house.ask(&email, CARD).await;
    let sides = store::experiments::of_ticket(&house.app.db, again.id).await.unwrap();
    assert_eq!((sides.len(), sides[0].side), (1, *side));
    house.clock.advance(8 * DAY);
    experiments::look(&house.app).await.unwrap();
    let shown = experiments::one(&house.app, id).await.unwrap();
    let n = |outcome| {
        let of = shown.results.comparisons.iter().find(|c| c.outcome == outcome).unwrap();
        of.difference.n
    };
    assert_eq!((n(Outcome::Recontact), n(Outcome::Confirmed)), (asked.len() as i64, 0));
    let recontact = shown.results.comparisons.iter().find(|c| c.outcome == Outcome::Recontact).unwrap();
    let mean = |n: i64, mean: Option<f64>| mean.map_or(0.0, |m| m * n as f64);
    let came_back = mean(recontact.a.n, recontact.a.mean) + mean(recontact.b.n, recontact.b.mean);
    assert!((came_back - 1.0).abs() < 1e-9, "one of them wrote again, not {came_back}");
    house.clock.advance(7 * DAY);
    experiments::look(&house.app).await.unwrap();
    let shown = experiments::one(&house.app, id).await.unwrap();
    assert_eq!((shown.results.taking_part, shown.results.counted), (asked.len() as i64, asked.len() as i64));
    assert_eq!(shown.tickets.0 + shown.tickets.1, asked.len() as i64 + 1);
    // All were solved at once.
    let time = shown.results.comparisons.iter().find(|c| c.outcome == Outcome::Time).unwrap();
    assert!(time.a.mean.unwrap() < 0.01 && time.b.mean.unwrap() < 0.01);
    assert!(shown.verdict.text.starts_with("No difference found yet in "), "{}", shown.verdict.text);
    // Another text ends it.
    house.write_text(answer, "Something else altogether, please wait for it.").await;
    assert_eq!(
        state(house, id).await,
        (ExperimentState::Ended, Some("the answer's text was changed".into()))
    );
}

async fn the_better_wording_is_taken_over(house: &House) {
    cards_in_auto(house).await;
    let answer = house.answer("Card delivery").await;
    let subject = Subject::Wording { answer, language: None, a: String::new(), b: SHORTER.into() };
    let id = started(house, None, subject).await;
    experiments::adopt(&house.app, &House::admin(), id, Side::B).await.unwrap();
    let snapshot = house.snapshot().await;
    assert_eq!(snapshot.answer(answer).unwrap().answer.body.as_deref(), Some(SHORTER));
    let end = state(house, id).await;
    assert_eq!(end, (ExperimentState::Ended, Some("side B was taken over by command line".into())));
    let again = experiments::adopt(&house.app, &House::admin(), id, Side::A).await;
    assert!(matches!(again, Err(Error::Conflict(_))));
}

async fn orders_differ_where_both_could_answer(house: &House) {
    let cards = cards_in_auto(house).await;
    let rule = RuleChange {
        name: Some("Cards".into()),
        conditions: Some(Conditions { words: vec!["card".into()], ..Conditions::default() }),
        answer: Some(house.answer("Change the address").await),
        ..RuleChange::default()
    };
    app::rules::create(&house.app, Actor::System, rule).await.unwrap();
    let subject = Subject::Order { a: Order::RulesFirst, b: Order::LearnerFirst };
    let id = started(house, Some(cards), subject).await;
    for (ticket, side) in ask(house, id, 2).await {
        let responder = if side == Side::A { Responder::Rules } else { Responder::Learner };
        assert_eq!(house.decision(&ticket).await.decision.responder, responder);
    }
    experiments::adopt(&house.app, &House::admin(), id, Side::B).await.unwrap();
    assert_eq!(house.snapshot().await.policy(cards).policy.order, Order::LearnerFirst);
    let ticket = house.ask("later@example.com", CARD).await;
    let decision = house.decision(&ticket).await.decision;
    assert!(decision.responder == Responder::Learner || decision.arm != Arm::Rollout, "{decision:?}");
}

async fn each_model_needs_a_certificate_and_none_is_promoted_meanwhile(house: &House) {
    let cards = cards_in_auto(house).await;
    let first = house.snapshot().await.model_version().unwrap();
    let second = house.train().await;
    assert!(second.in_use);
    let id = started(house, Some(cards), Subject::Model { a: second.version, b: first }).await;
    let mut certificates = HashSet::new();
    for (ticket, side) in ask(house, id, 2).await {
        let stored = house.decision(&ticket).await;
        let version = if side == Side::A { second.version } else { first };
        assert_eq!(stored.model_version, Some(version));
        assert!(stored.decision.sends(), "{stored:?}");
        certificates.insert((side, stored.decision.certificate.unwrap()));
    }
    assert_eq!(certificates.len(), 2, "one for each model: {certificates:?}");
    // What is in force keeps its own.
    assert_eq!(house.snapshot().await.certificate(cards).unwrap().model_version, second.version);
    assert!(!house.train().await.in_use);
    experiments::adopt(&house.app, &House::admin(), id, Side::B).await.unwrap();
    assert_eq!(house.snapshot().await.model_version(), Some(first));
}

async fn another_model_ends_what_compares_models(house: &House) {
    let cards = cards_in_auto(house).await;
    let first = house.snapshot().await.model_version().unwrap();
    let second = house.train().await.version;
    let id = started(house, Some(cards), Subject::Model { a: second, b: first }).await;
    models::put_in_use(&house.app, Actor::System, first).await.unwrap();
    assert_eq!(state(house, id).await, (ExperimentState::Ended, Some("another model came into use".into())));
}

async fn a_policy_never_does_more_than_the_switch(house: &House) {
    let cards = cards_in_auto(house).await;
    let auto = house.snapshot().await.policy(cards).policy.version;
    set(&house.app, &House::admin(), Scope::Category(cards), to(Mode::Suggest)).await.unwrap();
    let suggest = house.snapshot().await.policy(cards).policy.version;
    let id = made(house, Some(cards), Subject::Policy { a: suggest, b: auto }).await;
    let refused = experiments::start(&house.app, &House::admin(), id).await.unwrap_err();
    assert!(refused.to_string().contains("never does more than the switch"), "{refused}");
    set(&house.app, &House::admin(), Scope::Category(cards), to(Mode::Auto)).await.unwrap();
    experiments::start(&house.app, &House::admin(), id).await.unwrap();
    for (ticket, side) in ask(house, id, 2).await {
        let decision = house.decision(&ticket).await.decision;
        let action = if side == Side::A { Action::Suggest } else { Action::Auto };
        assert_eq!(decision.action, action, "{decision:?}");
    }
    // Nobody can be in two of one kind.
    let other = made(house, Some(cards), Subject::Policy { a: auto, b: auto }).await;
    let refused = experiments::start(&house.app, &House::admin(), other).await.unwrap_err();
    assert!(refused.to_string().contains("could not be told apart"), "{refused}");
    set(&house.app, &House::admin(), Scope::Category(cards), to(Mode::Off)).await.unwrap();
    assert_eq!(state(house, id).await, (ExperimentState::Ended, Some("the policy was changed".into())));
    experiments::adopt(&house.app, &House::admin(), id, Side::A).await.unwrap();
    assert_eq!(house.snapshot().await.policy(cards).policy.mode, Mode::Suggest);
}

async fn it_ends_when_its_time_is_over_or_somebody_stops_it(house: &House) {
    let subject = Subject::Order { a: Order::RulesFirst, b: Order::RulesFirst };
    let id = made(house, None, subject.clone()).await;
    experiments::stop(&house.app, &House::admin(), id, Some("no time".into())).await.unwrap();
    assert_eq!(state(house, id).await.1.as_deref(), Some("by command line, no time"));
    let twice = experiments::stop(&house.app, &House::admin(), id, None).await;
    assert!(matches!(twice, Err(Error::Conflict(_))));
    let ends_at = Some(house.app.now() + DAY);
    let new = NewExperiment {
        name: "Equal".into(),
        category: None,
        subject,
        share: 0.5,
        ends_at,
        reason: Some("a test".into()),
    };
    let timed = experiments::create(&house.app, &House::admin(), new).await.unwrap();
    experiments::start(&house.app, &House::admin(), timed).await.unwrap();
    house.clock.advance(2 * DAY);
    experiments::look(&house.app).await.unwrap();
    assert_eq!(state(house, timed).await, (ExperimentState::Ended, Some("its time was over".into())));
}

on_both_engines!(
    each_side_gets_its_wording_and_is_counted_when_its_window_closes,
    the_better_wording_is_taken_over,
    orders_differ_where_both_could_answer,
    each_model_needs_a_certificate_and_none_is_promoted_meanwhile,
    another_model_ends_what_compares_models,
    a_policy_never_does_more_than_the_switch,
    it_ends_when_its_time_is_over_or_somebody_stops_it,
);
