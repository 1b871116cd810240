//! Models that read meanings beside n-grams, and models in use that a process cannot read.

use std::sync::Arc;

use app::journey::intake::{NewTicket, take};
use app::journey::understand::understand;
use app::models;
use app::policies::{Scope, set};
use domain::policy::PolicyChange;
use domain::words::{Action, Channel, Mode, Status};
use embed::{Encoder, tiny};

use crate::house::{CARD, House};
use crate::on_both_engines;

fn encoder(broken: Option<f32>) -> Arc<Encoder> {
    let directory = tempfile::tempdir().unwrap();
    tiny::write(directory.path(), &tiny::config(), &tiny::weights(broken)).unwrap();
    Arc::new(Encoder::open(directory.path()).unwrap())
}

async fn a_model_reads_meanings_where_the_encoder_is(house: &House) {
    house.with_history(300).await;
    let reader = house.replica_with(encoder(None)).await;
    let trained = models::train_now(&reader, &|_, _| {}).await.unwrap();
    assert_eq!(trained.summary.kind, "n-grams and embeddings");
    let suggest = PolicyChange { mode: Some(Mode::Suggest), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::All, suggest).await.unwrap();
    let ticket = house.ask("a@example.com", CARD).await;
    // This process has no encoder: the ticket waits for an agent, and the reason says what to do.
    let stored = house.decision(&ticket).await;
    assert_eq!((ticket.status, stored.decision.action), (Status::New, Action::Agent));
    assert_eq!(stored.model_version, None);
    assert!(stored.decision.reason.contains("no encoder is configured"), "{}", stored.decision.reason);
    // It may still be given one, so nothing is trained over it.
    models::schedule(&house.app).await.unwrap();
    assert_eq!(models::training(&house.app).await.unwrap(), None);
    // Another one is not the same.
    let other = house.replica_with(encoder(Some(0.25))).await;
    let snapshot = app::automation::snapshot(&other).await.unwrap();
    let why = snapshot.unreadable.as_ref().unwrap().in_words();
    assert!(why.contains("the one configured has"), "{why}");
    // Where it is, the model is asked.
    let snapshot = app::automation::snapshot(&reader).await.unwrap();
    assert!(snapshot.model.is_some() && snapshot.unreadable.is_none());
    let taken = take(&reader, None, NewTicket::new(Channel::Api, "b@example.com", CARD)).await.unwrap();
    let ticket = taken.ticket;
    understand(&reader, &[ticket.id]).await.unwrap();
    let stored = house.decision(&ticket).await;
    assert_eq!(stored.model_version, Some(trained.version));
}

async fn a_model_that_is_damaged_is_replaced_by_a_new_one(house: &House) {
    house.with_history(300).await;
    house.train().await;
    let now = app::App::now(&house.app);
    let version = house
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let version = store::models::begin(tx, 4, &serde_json::json!({}), now).await?;
                store::models::put_part(tx, version, 0, b"?!?!").await?;
                store::models::put_in_use(tx, version, now).await?;
                Ok::<_, store::Error>(version)
            })
        })
        .await
        .unwrap();
    let damaged = house.replica().await;
    let ticket = house.ask("a@example.com", CARD).await;
    let snapshot = app::automation::snapshot(&damaged).await.unwrap();
    assert_eq!(snapshot.unreadable.as_ref().unwrap().version, version);
    assert_eq!(ticket.status, Status::New);
    models::schedule(&damaged).await.unwrap();
    app::jobs::drain(&damaged).await.unwrap();
    let snapshot = app::automation::snapshot(&damaged).await.unwrap();
    assert!(snapshot.unreadable.is_none() && snapshot.model_version() > Some(version));
}

on_both_engines!(
    a_model_reads_meanings_where_the_encoder_is,
    a_model_that_is_damaged_is_replaced_by_a_new_one,
);
