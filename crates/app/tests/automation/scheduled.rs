//! Training without being asked for: by the clock, when there is anything new, and what becomes of the candidate.

use app::journey::intake::{NewTicket, take};
use app::policies::{Scope, set};
use app::settings::{self, SettingsChange};
use app::tickets::{AgentReply, reply};
use app::{Actor, jobs, models};
use domain::policy::PolicyChange;
use domain::time::{DAY, HOUR};
use domain::words::{Channel, MessageKind, Mode, TrainWhen};

use crate::house::{CARD, House};
use crate::on_both_engines;

/// An agent answers somebody, which is something new to learn.
async fn one_label_more(house: &House, answer: &str) {
    house.clock.advance(1_000);
    let new = NewTicket::new(Channel::Api, "ada@example.org", CARD);
    let ticket = take(&house.app, None, new).await.unwrap().ticket;
    jobs::drain(&house.app).await.unwrap();
    let by_hand = AgentReply {
        kind: MessageKind::Public,
        body: "It is on its way.".into(),
        answer: Some(house.answer(answer).await),
        status: None,
        attachments: Vec::new(),
    };
    reply(&house.app, Actor::System, ticket.number, by_hand).await.unwrap();
    jobs::drain(&house.app).await.unwrap();
}

/// The runner's minute, hour by hour.
async fn days_pass(house: &House, days: i64) {
    for _ in 0..days * 24 {
        house.clock.advance(HOUR);
        jobs::schedule(&house.app).await;
    }
    jobs::drain(&house.app).await.unwrap();
}

async fn trains(house: &House, when: TrainWhen) {
    let change = SettingsChange { train_when: Some(when), ..SettingsChange::default() };
    settings::change(&house.app, Actor::System, change).await.unwrap();
}

async fn versions(house: &House) -> usize {
    models::all(&house.app).await.unwrap().len()
}

async fn the_clock_trains_once_a_week_where_anything_is_new(house: &House) {
    house.with_history(200).await;
    house.train().await;
    trains(house, TrainWhen::Weekly).await;
    let next = models::outlook(&house.app).await.unwrap().next_at.unwrap();
    assert!((1..=7 * DAY).contains(&(next - house.app.now())));
    days_pass(house, 8).await;
    assert_eq!(versions(house).await, 1, "nothing is new");
    one_label_more(house, "Card delivery").await;
    assert_eq!(models::outlook(&house.app).await.unwrap().new_labels, 1);
    days_pass(house, 8).await;
    assert_eq!(versions(house).await, 2);
    one_label_more(house, "Card delivery").await;
    trains(house, TrainWhen::Off).await;
    days_pass(house, 8).await;
    assert_eq!(versions(house).await, 2, "only when asked");
    assert_eq!(models::outlook(&house.app).await.unwrap().next_at, None);
}

async fn a_certificate_that_holds_is_not_given_up_for_nothing(house: &House) {
    house.with_history(1_000).await;
    house.train().await;
    let auto = PolicyChange { mode: Some(Mode::Auto), precision: Some(0.9), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::All, auto).await.unwrap();
    trains(house, TrainWhen::Daily).await;
    one_label_more(house, "Card delivery").await;
    days_pass(house, 2).await;
    let all = models::all(&house.app).await.unwrap();
    assert_eq!(all.len(), 2);
    assert!(
        all[0].summary["why"].as_str().unwrap().starts_with("kept aside: it is not better"),
        "{:?}",
        all[0]
    );
    assert_eq!(house.snapshot().await.model_version(), Some(all[1].version));
    // Whoever asks for a training wants what came of it.
    assert!(house.train().await.in_use);
}

on_both_engines!(
    the_clock_trains_once_a_week_where_anything_is_new,
    a_certificate_that_holds_is_not_given_up_for_nothing
);
