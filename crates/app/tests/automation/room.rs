//! The control room: what is worth doing next, what a switch would do, and what it would have done.

use std::collections::HashSet;

use app::guardrail::Stands;
use app::policies::{Scope, set};
use app::room::replay::{Asked, Basis, Outcome, replay};
use app::room::stack::stack;
use app::room::table;
use app::room::what_if::{examples, what_if};
use app::tickets::{AgentReply, reply};
use app::{Actor, Error};
use domain::policy::PolicyChange;
use domain::room::Step;
use domain::time::HOUR;
use domain::words::{MessageKind, Mode, Responder};
use domain::{AnswerId, CategoryId};
use learn::Role;

use crate::house::{CARD, House, NOW};
use crate::on_both_engines;

/// A history, a model, a text for the answer about cards. Returns its category and answer.
async fn trained(house: &House) -> (CategoryId, AnswerId) {
    house.with_history(1_000).await;
    house.train().await;
    let delivery = house.answer("Card delivery").await;
    house.write_text(delivery, "Please wait for a week.").await;
    (house.category("Cards").await, delivery)
}

async fn switch(house: &House, category: CategoryId, mode: Mode) {
    let change =
        PolicyChange { mode: Some(mode), precision: Some(0.9), blind: Some(0.02), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::Category(category), change).await.unwrap();
    house.clock.advance(1_000);
}

async fn row(house: &House, category: CategoryId) -> app::room::Row {
    let rows = table(&house.app).await.unwrap();
    rows.into_iter().find(|r| r.category == category).unwrap()
}

async fn the_table_says_what_is_worth_doing_next(house: &House) {
    let (cards, _) = trained(house).await;
    assert_eq!(row(house, cards).await.next.step, Step::Quiet, "the history is older than a month");
    for i in 0..20 {
        house.ask(&format!("early{i}@example.com"), CARD).await;
    }
    let off = row(house, cards).await;
    assert_eq!((off.tickets, off.stands, off.proved), (20, Stands::Off, false));
    assert_eq!(off.next.step, Step::Shadow, "{off:?}");
    assert!(off.next.answers.is_some_and(|n| n > 10 && n <= 20), "{off:?}");
    switch(house, cards, Mode::Shadow).await;
    assert_eq!(row(house, cards).await.next.step, Step::TurnOn);
    switch(house, cards, Mode::Auto).await;
    for i in 0..20 {
        house.ask(&format!("late{i}@example.com"), CARD).await;
    }
    let on = row(house, cards).await;
    assert_eq!((on.tickets, on.stands, on.proved, on.next.step), (40, Stands::Watching, true, Step::Keep));
    // Only tickets decided under a threshold are measured against one.
    assert_eq!((on.covered.of, on.covered.count), (20, 20));
    assert!(on.reopened_automatic.of > 10 && on.csat_automatic.of == 0, "{on:?}");
    assert_eq!(on.trend.iter().map(|w| w.tickets).sum::<i64>(), 40);
    assert_eq!(on.trend.iter().map(|w| w.automatic).sum::<i64>(), on.reopened_automatic.of);
    // Silence has no hours yet, and a failure costs more than an answer saves.
    assert_eq!(on.hours, (0.0, 0.0));
    let sent = on.reopened_automatic.of;
    let down = stack(&house.app, cards).await.unwrap();
    let [rules, learner, agent] = &down.layers[..] else { panic!("{down:?}") };
    assert_eq!((rules.responder, rules.asked, rules.taken), (Responder::Rules, 40, 0));
    assert_eq!((learner.asked, learner.taken, learner.handed_on), (40, sent, 40 - sent));
    assert_eq!((learner.undecided, learner.csat_worst), (sent, None));
    assert_eq!((agent.taken, down.open), (0, 40 - sent));
    // Whatever needs nothing stands below what does.
    let steps: Vec<Step> = table(&house.app).await.unwrap().iter().map(|r| r.next.step).collect();
    assert_eq!(steps.last(), Some(&Step::Quiet));
}

async fn the_curve_and_its_examples_never_show_the_reserve(house: &House) {
    let (cards, _) = trained(house).await;
    let snapshot = house.snapshot().await;
    let model = &snapshot.model.as_ref().unwrap().model;
    let label: Vec<AnswerId> = model.labels().iter().map(|l| l.parse().unwrap()).collect();
    let of_role = |wanted: fn(Role) -> bool| {
        let here = |s: &&learn::Scored| snapshot.category_of(label[s.predicted as usize]) == cards;
        model.scores().iter().filter(|s| wanted(s.role)).filter(here).collect::<Vec<_>>()
    };
    let shown = of_role(|role| matches!(role, Role::Select | Role::Report));
    let reserve = of_role(|role| role == Role::Certify);
    assert!(shown.len() > 20 && reserve.len() > 40);
    let curve = what_if(&house.app, cards).await.unwrap();
    assert_eq!((curve.seen, curve.certified), (shown.len() as i64, None));
    let last = curve.steps.last().unwrap();
    assert_eq!(last.answered, shown.len() as i64);
    assert_eq!(last.right, shown.iter().filter(|s| s.right).count() as i64);
    let (above, below) = examples(&house.app, cards, 0.5, 500).await.unwrap();
    assert!(above.iter().all(|e| e.score >= 0.5) && below.iter().all(|e| e.score < 0.5));
    let ids: HashSet<i64> = above.iter().chain(&below).map(|e| e.ticket.0).collect();
    assert_eq!(ids, shown.iter().map(|s| s.id).collect());
    assert!(above.windows(2).all(|w| w[0].score <= w[1].score), "nearest first");
    // With a certificate the curve says what its threshold comes to on other tickets than proved it.
    switch(house, cards, Mode::Shadow).await;
    let certified = what_if(&house.app, cards).await.unwrap().certified.unwrap();
    let certificate = house.snapshot().await.certificate(cards).unwrap().clone();
    assert_eq!(Some(certified.threshold), certificate.threshold);
    assert_eq!(certificate.total, reserve.len() as i64);
    let nowhere = what_if(&house.app, CategoryId(77)).await;
    assert!(matches!(nowhere, Err(Error::NotFound(_))));
}

async fn a_replay_walks_every_ticket_through_the_policy(house: &House) {
    let (cards, delivery) = trained(house).await;
    switch(house, cards, Mode::Shadow).await;
    // Answered as predicted, otherwise, and one that the never-list keeps for people.
    let address = house.answer("Change the address").await;
    let said = [
        (CARD.to_owned(), delivery),
        (CARD.to_owned(), address),
        (format!("{CARD}, says my lawyer"), delivery),
    ];
    let mut numbers = Vec::new();
    for (i, (text, answer)) in said.into_iter().enumerate() {
        let ticket = house.ask(&format!("new{i}@example.com"), &text).await;
        let answered = AgentReply {
            kind: MessageKind::Public,
            body: "Done.".into(),
            answer: Some(answer),
            status: None,
            attachments: Vec::new(),
        };
        reply(&house.app, Actor::System, ticket.number, answered).await.unwrap();
        numbers.push(ticket.id);
    }
    let all = replay(&house.app, cards, Asked::default()).await.unwrap();
    assert_eq!(all.basis, Basis::Certificate);
    let outcome = |i: usize| all.tickets.iter().find(|t| t.ticket == numbers[i]).unwrap();
    assert_eq!(outcome(0).outcome, Outcome::Right);
    assert_eq!((outcome(1).outcome, outcome(1).truth), (Outcome::Wrong, Some(address)));
    assert_eq!(outcome(2).outcome, Outcome::Unanswered);
    assert!(outcome(2).reason.contains("lawyer"), "{}", outcome(2).reason);
    assert_eq!(all.tickets[0].outcome, Outcome::Wrong, "wrong ones first");
    let (stored, live): (Vec<_>, Vec<_>) = all.tickets.iter().partition(|t| !t.live);
    assert_eq!(live.len(), 3);
    assert_eq!(stored.len() as i64, what_if(&house.app, cards).await.unwrap().seen);
    let counted: i64 =
        [Outcome::Wrong, Outcome::Right, Outcome::Unanswered].map(|o| all.count(o)).iter().sum();
    assert_eq!(counted, all.tickets.len() as i64);
    assert!(all.count(Outcome::Right) > 20, "{:?}", all.count(Outcome::Right));
    // The last week knows only what came live.
    let week = replay(&house.app, cards, Asked { weeks: Some(1), precision: None }).await.unwrap();
    assert_eq!((week.tickets.len(), week.newest), (3, all.newest));
    // Another target is an expectation: no certificate was made for it.
    let other = replay(&house.app, cards, Asked { weeks: None, precision: Some(0.93) }).await.unwrap();
    assert_eq!((other.basis, other.target), (Basis::History, 0.93));
    assert!(all.tickets.iter().all(|t| t.at <= NOW + HOUR));
}

on_both_engines!(
    the_table_says_what_is_worth_doing_next,
    the_curve_and_its_examples_never_show_the_reserve,
    a_replay_walks_every_ticket_through_the_policy,
);
