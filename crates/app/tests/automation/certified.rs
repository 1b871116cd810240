//! Certificates: proved on the reserve, counted, and lapsing when what they rest on changes.

use app::policies::{Scope, effective, set};
use domain::CategoryId;
use domain::certificate::VALID_FOR;
use domain::policy::PolicyChange;
use domain::words::Mode;

use crate::house::{House, NOW};
use crate::on_both_engines;

fn to(mode: Mode, precision: f64) -> PolicyChange {
    PolicyChange { mode: Some(mode), precision: Some(precision), ..PolicyChange::default() }
}

async fn pooled(house: &House) -> domain::certificate::Certificate {
    house.snapshot().await.certificate(CategoryId::UNCATEGORISED).expect("an attempt").clone()
}

async fn it_is_proved_on_training_and_on_switching(house: &House) {
    house.with_history(1_000).await;
    set(&house.app, &House::admin(), Scope::All, to(Mode::Shadow, 0.9)).await.unwrap();
    assert!(house.snapshot().await.certificate(CategoryId::UNCATEGORISED).is_none());
    house.train().await;
    let certificate = pooled(house).await;
    assert!(certificate.threshold.is_some(), "{certificate:?}");
    assert!(certificate.answered > 100 && certificate.unknown_share > 0.05, "{certificate:?}");
    assert_eq!((certificate.category, certificate.attempt), (CategoryId::DEFAULT, 1));
    // The same promise again costs nothing; another one does.
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto, 0.9)).await.unwrap();
    assert_eq!(pooled(house).await.attempt, 1);
    assert_eq!(effective(&*house.snapshot().await, CategoryId::UNCATEGORISED, NOW).0, Mode::Auto);
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto, 0.93)).await.unwrap();
    assert_eq!(pooled(house).await.attempt, 2);
}

async fn a_category_has_its_own_from_the_tickets_routed_there(house: &House) {
    house.with_history(1_000).await;
    house.train().await;
    let cards = house.category("Cards").await;
    set(&house.app, &House::admin(), Scope::Category(cards), to(Mode::Auto, 0.9)).await.unwrap();
    let snapshot = house.snapshot().await;
    let certificate = snapshot.certificate(cards).unwrap();
    assert_eq!(certificate.category, cards);
    assert!(certificate.threshold.is_some(), "{certificate:?}");
    let all = 1_000 * 24 / 100;
    assert!(certificate.total < all * 7 / 10, "only those routed to Cards: {certificate:?}");
    assert!(snapshot.certificate(house.category("Access").await).is_none());
}

async fn too_little_says_how_much_more_is_needed(house: &House) {
    house.with_history(120).await;
    house.train().await;
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto, 0.99)).await.unwrap();
    let certificate = pooled(house).await;
    assert!(certificate.threshold.is_none());
    assert!(certificate.need.is_some_and(|n| n > 0) || certificate.why.is_some(), "{certificate:?}");
    let (mode, why) = effective(&*house.snapshot().await, CategoryId::UNCATEGORISED, NOW);
    assert_eq!(mode, Mode::Suggest);
    assert!(why.unwrap().contains("could not be proved"));
}

async fn it_lapses(house: &House) {
    house.with_history(1_000).await;
    house.train().await;
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto, 0.9)).await.unwrap();
    let acts = async || effective(&*house.snapshot().await, CategoryId::UNCATEGORISED, NOW);
    let answer = house.answer("Card delivery").await;
    house.write_text(answer, "Please wait for a week.").await;
    assert_eq!(acts().await.0, Mode::Auto, "a first text changes nothing that was promised");
    house.write_text(answer, "Please wait for two weeks.").await;
    let (mode, why) = acts().await;
    assert_eq!(mode, Mode::Suggest);
    assert!(why.unwrap().contains("text changed"));
    // Asked for again, it is proved again, at a price.
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto, 0.9)).await.unwrap();
    assert_eq!((acts().await.0, pooled(house).await.attempt), (Mode::Auto, 2));
    let old = effective(&*house.snapshot().await, CategoryId::UNCATEGORISED, NOW + VALID_FOR);
    assert!(old.1.unwrap().contains("60 days"));
    // A category that leaves the pool breaks the pool's promise.
    let cards = house.category("Cards").await;
    set(&house.app, &House::admin(), Scope::Category(cards), to(Mode::Off, 0.9)).await.unwrap();
    let snapshot = house.snapshot().await;
    assert_eq!(snapshot.certificate(CategoryId::UNCATEGORISED).unwrap().attempt, 3);
}

async fn languages_are_part_of_the_promise(house: &House) {
    house.with_history(1_000).await;
    house.train().await;
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto, 0.9)).await.unwrap();
    let change = PolicyChange { languages: Some(vec!["en".into()]), ..Default::default() };
    set(&house.app, &House::admin(), Scope::All, change).await.unwrap();
    assert_eq!(pooled(house).await.attempt, 2);
}

on_both_engines!(
    it_is_proved_on_training_and_on_switching,
    a_category_has_its_own_from_the_tickets_routed_there,
    too_little_says_how_much_more_is_needed,
    it_lapses,
    languages_are_part_of_the_promise,
);
