//! Policies, rollout and replicas.

use app::policies::{Scope, effective, set};
use app::{Error, automation, models};
use domain::CategoryId;
use domain::policy::PolicyChange;
use domain::words::Mode;

use crate::house::{CARD, House, NOW};
use crate::on_both_engines;

async fn all_means_later_categories_too(house: &House) {
    let change =
        PolicyChange { mode: Some(Mode::Shadow), reason: Some("a first look".into()), ..Default::default() };
    set(&house.app, &House::admin(), Scope::All, change).await.unwrap();
    let new = app::categories::NewCategory { name: "Later".into(), parent: None };
    let later = app::categories::create(&house.app, app::Actor::System, new).await.unwrap();
    let snapshot = house.snapshot().await;
    for category in [CategoryId::UNCATEGORISED, later.id] {
        let policy = &snapshot.policy(category).policy;
        assert_eq!((policy.mode, policy.reason.as_deref()), (Mode::Shadow, Some("a first look")));
        assert_eq!((policy.changed_by.as_str(), policy.changed_at), ("command line", NOW));
    }
    let events = store::events::since(&house.app.db, domain::EventId(0), 100).await.unwrap();
    let audited = events.iter().filter(|e| e.kind == "policy.changed").count();
    assert_eq!(audited, 2);
}

async fn what_is_wrong_is_refused_and_nothing_changes(house: &House) {
    let change =
        PolicyChange { mode: Some(Mode::Auto), precision: Some(2.0), blind: Some(0.0), ..Default::default() };
    let error = set(&house.app, &House::admin(), Scope::All, change).await.unwrap_err();
    let Error::Invalid(fields) = error else { panic!("{error}") };
    assert_eq!(fields.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["precision", "blind"]);
    assert_eq!(house.snapshot().await.policy(CategoryId::UNCATEGORISED).policy.mode, Mode::Off);
    let missing =
        set(&house.app, &House::admin(), Scope::Category(CategoryId(77)), PolicyChange::default()).await;
    assert!(matches!(missing, Err(Error::NotFound(_))));
}

async fn auto_without_a_certificate_acts_as_suggest(house: &House) {
    let change = PolicyChange { mode: Some(Mode::Auto), ..Default::default() };
    set(&house.app, &House::admin(), Scope::All, change).await.unwrap();
    let (mode, why) = effective(&*house.snapshot().await, CategoryId::UNCATEGORISED, NOW);
    assert_eq!((mode, why.as_deref()), (Mode::Suggest, Some("there is no model yet")));
}

async fn every_replica_follows_switches_and_models(house: &House) {
    let other = house.replica().await;
    assert!(automation::snapshot(&other).await.unwrap().model.is_none());
    house.with_history(400).await;
    let first = house.train().await;
    let second = house.train().await;
    assert!(first.in_use && second.in_use && second.version > first.version);
    let change = PolicyChange { mode: Some(Mode::Suggest), ..Default::default() };
    set(&house.app, &House::admin(), Scope::All, change).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let seen = automation::snapshot(&other).await.unwrap();
    assert_eq!(seen.model_version(), Some(second.version));
    assert_eq!(seen.policy(CategoryId::UNCATEGORISED).policy.mode, Mode::Suggest);
    let label = seen.model.as_ref().unwrap().model.read(CARD).ranked[0].label.clone();
    assert_eq!(label, house.answer("Card delivery").await.to_string());
    models::put_in_use(&other, app::Actor::System, first.version).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(house.snapshot().await.model_version(), Some(first.version));
    let unknown = models::put_in_use(&other, app::Actor::System, 99).await;
    assert!(matches!(unknown, Err(Error::NotFound(_))));
}

async fn five_models_are_kept_and_the_one_in_use_with_them(house: &House) {
    house.with_history(200).await;
    for _ in 0..6 {
        house.train().await;
    }
    let kept = async || models::all(&house.app).await.unwrap().iter().map(|m| m.version).collect::<Vec<_>>();
    assert_eq!(kept().await, [6, 5, 4, 3, 2]);
    models::put_in_use(&house.app, app::Actor::System, 2).await.unwrap();
    assert_eq!(house.snapshot().await.model_version(), Some(2));
    house.train().await;
    assert_eq!(kept().await, [7, 6, 5, 4, 3]);
    assert_eq!(house.snapshot().await.model_version(), Some(7));
}

on_both_engines!(
    all_means_later_categories_too,
    what_is_wrong_is_refused_and_nothing_changes,
    auto_without_a_certificate_acts_as_suggest,
    every_replica_follows_switches_and_models,
    five_models_are_kept_and_the_one_in_use_with_them,
);
