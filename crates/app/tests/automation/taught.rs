//! What teaches: agents' choices with how much they rewrote, what customers say, and labels mended by hand.

use app::journey::intake::{NewTicket, take};
use app::learning::{self, Mend};
use app::tickets::{AgentReply, reply};
use app::{Actor, jobs};
use domain::TicketId;
use domain::tickets::Ticket;
use domain::words::{Channel, Choice, CustomerWord, MessageKind};
use store::labels::Example;

use crate::house::House;
use crate::on_both_engines;

const TEXT: &str =
    "Hello {{requester.first_name}}, your card is on its way and comes within the next five days.";

async fn asked(house: &House, who: &str) -> Ticket {
    house.clock.advance(1_000);
    let mut new = NewTicket::new(Channel::Api, format!("{who}@example.org"), "Where is my card?");
    new.requester_name = Some("Ada Lovelace".into());
    let ticket = take(&house.app, None, new).await.unwrap().ticket;
    jobs::drain(&house.app).await.unwrap();
    ticket
}

async fn answered(house: &House, who: &str, body: &str) -> Example {
    let ticket = asked(house, who).await;
    let answer = (!body.is_empty()).then_some(house.answer("Card delivery").await);
    let body = if body.is_empty() { "I had to think about this one." } else { body };
    let by_hand = AgentReply {
        kind: MessageKind::Public,
        body: body.into(),
        answer,
        status: None,
        attachments: Vec::new(),
    };
    reply(&house.app, Actor::System, ticket.number, by_hand).await.unwrap();
    newest(house).await
}

async fn newest(house: &House) -> Example {
    let page = store::labels::examples(&house.app.db, TicketId(i64::MAX), 1).await.unwrap();
    page.into_iter().next().unwrap()
}

async fn what_an_agent_rewrote_is_measured(house: &House) {
    house.with_history(30).await;
    let answer = house.answer("Card delivery").await;
    house.write_text(answer, TEXT).await;
    let plain = "Hello Ada, your card is on its way and comes within the next five days.";
    assert_eq!(answered(house, "ada", plain).await.choice, Some(Choice::AsIs));
    let slight = "Hello Ada,\n\nyour card is on its way and comes within the next six days.";
    assert_eq!(answered(house, "ada", slight).await.choice, Some(Choice::Slight));
    assert_eq!(answered(house, "ada", "Sorry, it was sent back to us.").await.choice, Some(Choice::Much));
    assert_eq!(answered(house, "ada", "").await.choice, Some(Choice::Free));
}

async fn a_customer_who_comes_back_speaks_against_the_answer(house: &House) {
    house.with_history(30).await;
    let example = answered(house, "bob", "It is on its way.").await;
    assert_eq!(example.customer, None);
    let ticket = store::tickets::by_id(&house.app.db, example.ticket).await.unwrap().unwrap();
    let link = app::customer::page_link(&house.app, &ticket).await.unwrap();
    app::customer::helped(&house.app, link.trim_start_matches("/t/")).await.unwrap();
    assert_eq!(newest(house).await.customer, Some(CustomerWord::Helped));
    app::customer::reply(&house.app, link.trim_start_matches("/t/"), "It never came".into(), vec![])
        .await
        .unwrap();
    assert_eq!(newest(house).await.customer, Some(CustomerWord::Reopened));
}

async fn a_mend_teaches_until_it_is_undone(house: &House) {
    house.with_history(30).await;
    let (caller, other) = (House::admin(), house.answer("Reset the password").await);
    let before = answered(house, "eve", "It is on its way.").await;
    let number = store::tickets::by_id(&house.app.db, before.ticket).await.unwrap().unwrap().number;
    let to = |answer| Mend { tickets: vec![number], answer, found: "by hand".into() };
    let since = house.app.now();
    house.clock.advance(1_000);
    let first = learning::mend(&house.app, &caller, to(Some(other))).await.unwrap();
    assert_eq!(
        store::labels::count_since(&house.app.db, since).await.unwrap(),
        1,
        "a mend is new to learn from"
    );
    let after = newest(house).await;
    assert_eq!(after.mended.map(|m| m.answer), Some(Some(other)));
    assert_eq!(
        (after.answer, after.unseen),
        (before.answer, before.unseen),
        "what certifies stays as it was"
    );
    house.clock.advance(1_000);
    let second = learning::mend(&house.app, &caller, to(None)).await.unwrap();
    assert_eq!(newest(house).await.mended.map(|m| m.answer), Some(None));
    learning::undo(&house.app, &caller, second).await.unwrap();
    assert_eq!(newest(house).await.mended.map(|m| m.answer), Some(Some(other)));
    learning::undo(&house.app, &caller, first).await.unwrap();
    assert_eq!(newest(house).await.mended, None);
    assert!(learning::undo(&house.app, &caller, first).await.is_err(), "it is undone already");
    let unknown = Mend { tickets: vec![number, 999_999], answer: None, found: String::new() };
    assert!(learning::mend(&house.app, &caller, unknown).await.is_err());
    assert_eq!(learning::mends(&house.app).await.unwrap().len(), 2);
}

on_both_engines!(
    what_an_agent_rewrote_is_measured,
    a_customer_who_comes_back_speaks_against_the_answer,
    a_mend_teaches_until_it_is_undone,
);
