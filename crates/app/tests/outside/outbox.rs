//! Mail goes out once, only when it may, and never too much of it.

use app::ports::SendError;
use domain::time::{DAY, HOUR};
use domain::words::{Channel, Delivery, MailKind, Responder, Status};

use crate::on_both;

#[tokio::test]
async fn nothing_leaves_before_the_addresses_are_set_and_then_everything_does() {
    on_both(async |desk| {
        let ticket = desk.ask(Channel::Mail, "alice@example.com", "My board").await;
        desk.answer(&ticket, Responder::Agent, "It is under Archive.").await;
        desk.drain().await;
        assert_eq!(desk.mails().await[0].state, Delivery::Held);
        assert!(desk.sent().is_empty());
        desk.open_for_mail().await;
        desk.drain().await;
        let sent = desk.sent();
        assert_eq!(sent.len(), 1);
        let mail = &sent[0];
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("alice@example.com", "Re: My board"));
        assert!(mail.body.starts_with("It is under Archive.\n"), "{}", mail.body);
        assert!(mail.body.contains("https://help.example.org/t/"), "{}", mail.body);
        assert!(mail.message_id.ends_with("@example.org"));
        assert!(mail.reply_to.as_ref().unwrap().starts_with("help+"));
        assert!(mail.headers.iter().all(|(name, _)| name != "X-Auto-Response-Suppress"));
        assert_eq!(desk.mails().await[0].state, Delivery::Sent);
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_mail_goes_to_the_mailbox() {
    on_both(async |desk| {
        desk.set(serde_json::json!({ "public_url": "https://h.example", "reply_address": "h@h.example" }))
            .await;
        let ticket = desk.ask(Channel::Form, "alice@example.com", "My board").await;
        desk.answer(&ticket, Responder::Learner, "It is under Archive.\n\nThis is an automatic reply.").await;
        desk.drain().await;
        let mails = desk.mails().await;
        assert_eq!((mails.len(), mails[0].state, mails[0].kind), (1, Delivery::Mailbox, MailKind::Automatic));
        assert!(mails[0].headers.more.contains(&("Auto-Submitted".into(), "auto-replied".into())));
        assert!(mails[0].body.contains("automatic reply"), "{}", mails[0].body);
        assert!(desk.sent().is_empty());
        assert_eq!(app::outbox::test_mail(&desk.app, "admin@h.example").await.unwrap(), Delivery::Mailbox);
    })
    .await;
}

#[tokio::test]
async fn a_mail_is_tried_again_as_the_same_mail_and_given_up_where_a_person_sees_it() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        *desk.post.refuse.lock().unwrap() = Some(SendError::Temporary("busy".into()));
        let ticket = desk.ask(Channel::Mail, "alice@example.com", "My board").await;
        desk.answer(&ticket, Responder::Agent, "It is under Archive.").await;
        desk.drain().await;
        assert_eq!(desk.mails().await[0].error.as_deref(), Some("busy"));
        for _ in 0..20 {
            desk.clock.advance(6 * HOUR);
            desk.drain().await;
        }
        let mail = desk.mails().await.remove(0);
        assert_eq!((mail.state, mail.attempts), (Delivery::Dead, store::queue::ATTEMPTS));
        *desk.post.refuse.lock().unwrap() = Some(SendError::Permanent("no such user".into()));
        app::mailbox::retry(&desk.app, app::Actor::System, mail.id).await.unwrap();
        desk.drain().await;
        assert_eq!(desk.mails().await[0].error.as_deref(), Some("no such user"));
        *desk.post.refuse.lock().unwrap() = None;
        app::mailbox::retry(&desk.app, app::Actor::System, mail.id).await.unwrap();
        desk.drain().await;
        assert_eq!(desk.mails().await[0].state, Delivery::Sent);
        assert!(app::mailbox::retry(&desk.app, app::Actor::System, mail.id).await.is_err(), "it was sent");
        let sent = desk.sent();
        assert!(sent.iter().filter(|m| m.body.contains("Archive")).all(|m| m.message_id == mail.message_id));
    })
    .await;
}

#[tokio::test]
async fn delivering_a_message_twice_makes_one_mail() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        let ticket = desk.ask(Channel::Mail, "alice@example.com", "My board").await;
        desk.answer(&ticket, Responder::Agent, "It is under Archive.").await;
        let messages = store::messages::of_ticket(&desk.app.db, ticket.id).await.unwrap();
        for message in &messages {
            app::journey::deliver::deliver(&desk.app, message.id).await.unwrap();
        }
        desk.drain().await;
        assert_eq!(desk.sent().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_gets_three_automatic_mails_an_hour_and_then_a_person() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        let mut tickets = Vec::new();
        for n in 0..4 {
            let ticket = desk.ask(Channel::Mail, "alice@example.com", &format!("Question {n}")).await;
            desk.answer(&ticket, Responder::Learner, "It is under Archive.").await;
            desk.drain().await;
            tickets.push(ticket);
        }
        assert_eq!(desk.sent().len(), 3);
        let states: Vec<_> = desk.mails().await.into_iter().map(|mail| mail.state).collect();
        assert_eq!(states[3], Delivery::Withdrawn);
        let last = desk.now(&tickets[3]).await;
        assert_eq!(last.status, Status::Open, "what could not be answered is a person's");
        assert_eq!(desk.now(&tickets[0]).await.status, Status::Solved);
        desk.clock.advance(HOUR);
        let later = desk.ask(Channel::Mail, "alice@example.com", "Later").await;
        desk.answer(&later, Responder::Learner, "It is under Archive.").await;
        desk.drain().await;
        assert!(desk.sent().iter().any(|mail| mail.subject == "Re: Later"));
    })
    .await;
}

#[tokio::test]
async fn an_address_that_has_not_written_to_us_gets_none_of_the_customers_text() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        let ticket = desk.ask(Channel::Form, "victim@example.com", "Cheap pills at evil.example").await;
        desk.drain().await;
        desk.answer(&ticket, Responder::Learner, "Dear Mallory Pills, it is under Archive.").await;
        desk.drain().await;
        desk.clock.advance(DAY);
        desk.drain().await;
        let sent = desk.sent();
        assert_eq!(sent.len(), 3, "answer, confirmation, survey");
        for mail in sent {
            let text = format!("{}\n{}", mail.subject, mail.body);
            for theirs in ["pills", "evil", "Mallory", "archive", "where"] {
                assert!(!text.to_lowercase().contains(&theirs.to_lowercase()), "{theirs} in {text}");
            }
            assert!(text.contains(&ticket.number.to_string()) && text.contains("https://help.example.org/"));
        }
    })
    .await;
}
