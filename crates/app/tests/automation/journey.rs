//! A ticket from question to decision and answer.

use app::journey::intake::{NewTicket, take};
use app::journey::understand::understand;
use app::policies::{Scope, set};
use app::rules::RuleChange;
use app::tickets::{AgentReply, reply};
use app::{Actor, jobs};
use domain::policy::PolicyChange;
use domain::rules::Conditions;
use domain::words::{Action, Arm, Author, Channel, MessageKind, Mode, Responder, Status};

use crate::house::{CARD, House};
use crate::on_both_engines;

fn to(mode: Mode) -> PolicyChange {
    PolicyChange { mode: Some(mode), precision: Some(0.9), ..PolicyChange::default() }
}

/// History, model, texts, and everything switched to `mode`.
async fn switched(house: &House, mode: Mode) {
    house.with_history(1_000).await;
    house.train().await;
    for title in ["Card delivery", "Reset the password", "Change the address"] {
        let answer = house.answer(title).await;
        house
            .write_text(
                answer,
                "Hello {{requester.first_name}}, here is what to do about it: wait for a week.",
            )
            .await;
    }
    set(&house.app, &House::admin(), Scope::All, to(mode)).await.unwrap();
}

async fn without_a_model_an_agent_answers(house: &House) {
    let ticket = house.ask("a@example.com", CARD).await;
    let stored = house.decision(&ticket).await;
    assert_eq!((stored.decision.mode, stored.decision.action), (Mode::Off, Action::Agent));
    assert_eq!(stored.model_version, None);
    assert_eq!(ticket.status, Status::New);
}

async fn a_sure_answer_is_sent_once_and_says_that_it_is_automatic(house: &House) {
    switched(house, Mode::Auto).await;
    let ticket = ask_in(house, Arm::Rollout, CARD).await;
    let stored = house.decision(&ticket).await;
    assert!(stored.decision.sends(), "{stored:?}");
    assert_eq!(stored.decision.responder, Responder::Learner);
    assert_eq!(ticket.status, Status::Solved);
    assert_eq!(ticket.category, house.category("Cards").await);
    assert_eq!(ticket.answer, Some(house.answer("Card delivery").await));
    // Again: nothing changes.
    understand(&house.app, &[ticket.id]).await.unwrap();
    jobs::drain(&house.app).await.unwrap();
    let messages = store::messages::of_ticket(&house.app.db, ticket.id).await.unwrap();
    assert_eq!(messages.len(), 2);
    assert_eq!(messages[1].author, Author::Automatic);
    assert!(messages[1].body.contains("automatic reply"), "{}", messages[1].body);
    assert_eq!(house.decision(&ticket).await, stored);
}

/// Asks as different people until one of them is in the arm.
async fn ask_in(house: &House, arm: Arm, body: &str) -> domain::tickets::Ticket {
    for i in 0..500 {
        let ticket = house.ask(&format!("asker{i}-{arm}@example.com"), body).await;
        if house.decision(&ticket).await.decision.arm == arm {
            return ticket;
        }
    }
    panic!("nobody is in {arm}")
}

async fn an_unknown_question_goes_to_an_agent(house: &House) {
    switched(house, Mode::Auto).await;
    let ticket = ask_in(house, Arm::Rollout, "tell me a story about seven purple elephants in orbit").await;
    assert_ne!(house.decision(&ticket).await.decision.action, Action::Auto);
    assert_eq!(ticket.status, Status::New);
}

async fn the_never_list_is_heeded(house: &House) {
    switched(house, Mode::Auto).await;
    let ticket = ask_in(house, Arm::Rollout, &format!("{CARD} and my lawyer will write to you")).await;
    let decision = house.decision(&ticket).await.decision;
    assert_eq!(decision.action, Action::Agent);
    assert!(decision.reason.contains("lawyer"), "{}", decision.reason);
}

async fn nothing_is_sent_in_shadow(house: &House) {
    switched(house, Mode::Shadow).await;
    let ticket = house.ask("a@example.com", CARD).await;
    let decision = house.decision(&ticket).await.decision;
    assert_eq!((decision.action, decision.arm), (Action::Auto, Arm::Shadow));
    assert_eq!((ticket.status, ticket.messages_count), (Status::New, 1));
}

async fn a_rule_answers_without_a_model(house: &House) {
    let new = app::answers::AnswerChange {
        title: Some("Invoices".into()),
        body: Some(Some("You find your invoices under Billing.".into())),
        ..Default::default()
    };
    let answer = app::answers::create(&house.app, Actor::System, new).await.unwrap();
    let rule = RuleChange {
        name: Some("Invoices".into()),
        conditions: Some(Conditions { words: vec!["invoice*".into()], ..Conditions::default() }),
        answer: Some(answer),
        ..RuleChange::default()
    };
    app::rules::create(&house.app, Actor::System, rule).await.unwrap();
    set(&house.app, &House::admin(), Scope::All, to(Mode::Auto)).await.unwrap();
    let ticket = ask_in(house, Arm::Rollout, "Where are my invoices?").await;
    assert_eq!((ticket.status, ticket.solved_by), (Status::Solved, Some(Responder::Rules)));
}

async fn an_agent_who_was_faster_keeps_the_ticket(house: &House) {
    switched(house, Mode::Auto).await;
    for i in 0..20 {
        house.clock.advance(1_000);
        let new = NewTicket::new(Channel::Api, format!("fast{i}@example.com"), CARD);
        let ticket = take(&house.app, None, new).await.unwrap().ticket;
        let by_hand = AgentReply {
            kind: MessageKind::Public,
            body: "I will look".into(),
            answer: None,
            status: None,
            attachments: Vec::new(),
        };
        reply(&house.app, Actor::System, ticket.number, by_hand).await.unwrap();
        jobs::drain(&house.app).await.unwrap();
        let decision = house.decision(&ticket).await.decision;
        assert_eq!(decision.action, Action::Agent);
        assert_eq!(store::messages::of_ticket(&house.app.db, ticket.id).await.unwrap().len(), 2);
    }
}

async fn what_an_agent_chooses_becomes_a_label(house: &House) {
    switched(house, Mode::Auto).await;
    let answer = house.answer("Card delivery").await;
    for (arm, unseen) in [(Arm::Blind, true), (Arm::Rollout, false)] {
        let ticket = ask_in(house, arm, "tell me about planets and cards and addresses").await;
        let by_hand = AgentReply {
            kind: MessageKind::Public,
            body: "Soon".into(),
            answer: Some(answer),
            status: None,
            attachments: Vec::new(),
        };
        reply(&house.app, Actor::System, ticket.number, by_hand).await.unwrap();
        let newest = store::labels::examples(&house.app.db, domain::TicketId(i64::MAX), 1).await.unwrap();
        let label = &newest[0];
        assert_eq!((label.ticket, label.answer, label.unseen), (ticket.id, Some(answer), unseen));
        let expected = if unseen { 0.05 } else { 0.95 };
        assert!((label.propensity - expected).abs() < 1e-9);
    }
}

on_both_engines!(
    without_a_model_an_agent_answers,
    a_sure_answer_is_sent_once_and_says_that_it_is_automatic,
    an_unknown_question_goes_to_an_agent,
    the_never_list_is_heeded,
    nothing_is_sent_in_shadow,
    a_rule_answers_without_a_model,
    an_agent_who_was_faster_keeps_the_ticket,
    what_an_agent_chooses_becomes_a_label,
);
