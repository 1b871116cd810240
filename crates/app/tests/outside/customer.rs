//! What customers say of an answer, and what becomes of their ticket then.

use app::customer;
use domain::links::BadLink;
use domain::time::{DAY, HOUR};
use domain::words::{Channel, RatingValue, Resolution, Responder, Status};

use crate::{Desk, on_both, token};

/// A ticket with an automatic answer, and the link that came with it.
async fn answered(desk: &Desk) -> (domain::tickets::Ticket, String) {
    desk.open_for_mail().await;
    let ticket = desk.ask(Channel::Mail, "alice@example.com", "My board").await;
    desk.answer(&ticket, Responder::Learner, "It is under Archive.").await;
    desk.drain().await;
    let link = token(&desk.sent().last().unwrap().body, "/t/");
    (ticket, link)
}

#[tokio::test]
async fn a_link_shows_the_conversation_and_no_note() {
    on_both(async |desk| {
        let (ticket, link) = answered(&desk).await;
        let note = app::tickets::AgentReply {
            kind: domain::words::MessageKind::Note,
            body: "He is difficult.".into(),
            answer: None,
            status: None,
            attachments: Vec::new(),
        };
        app::tickets::reply(&desk.app, app::Actor::System, ticket.number, note).await.unwrap();
        let seen = customer::conversation(&desk.app, &link).await.unwrap();
        let bodies: Vec<_> = seen.messages.iter().map(|m| m.body.as_str()).collect();
        assert_eq!(bodies, ["My board is gone. Where is it?", "It is under Archive."]);
        for bad in ["", "x", &link[1..], &format!("{link}A")] {
            let refused = customer::conversation(&desk.app, bad).await;
            assert!(matches!(refused, Err(app::Error::Link(BadLink::Invalid))), "{bad}");
        }
        assert!(customer::rateable(&desk.app, &link).await.is_err(), "a link is for one purpose");
        desk.clock.advance(91 * DAY);
        let late = customer::conversation(&desk.app, &link).await;
        assert!(matches!(late, Err(app::Error::Link(BadLink::Expired))));
    })
    .await;
}

#[tokio::test]
async fn helped_confirms_and_not_helped_brings_a_person() {
    on_both(async |desk| {
        let (ticket, link) = answered(&desk).await;
        customer::helped(&desk.app, &link).await.unwrap();
        assert_eq!(desk.now(&ticket).await.resolution, Some(Resolution::Confirmed));
        customer::not_helped(&desk.app, &link).await.unwrap();
        let now = desk.now(&ticket).await;
        assert_eq!((now.status, now.resolution, now.reopened), (Status::Open, Some(Resolution::Failed), 1));
        customer::helped(&desk.app, &link).await.unwrap();
        assert_eq!(desk.now(&ticket).await.resolution, Some(Resolution::Failed), "it had failed");
    })
    .await;
}

#[tokio::test]
async fn a_reply_goes_to_a_person_and_too_many_are_refused() {
    on_both(async |desk| {
        let (ticket, link) = answered(&desk).await;
        customer::reply(&desk.app, &link, "It is not there.".into(), Vec::new()).await.unwrap();
        let now = desk.now(&ticket).await;
        assert_eq!((now.status, now.resolution), (Status::Open, Some(Resolution::Failed)));
        let mut last = Ok(());
        for n in 0..25 {
            last = customer::reply(&desk.app, &link, format!("And {n}"), Vec::new()).await.map(drop);
        }
        assert!(matches!(last, Err(app::Error::TooMany { .. })));
        desk.drain().await;
        assert_eq!(desk.sent().len(), 1, "nothing is answered automatically any more");
    })
    .await;
}

#[tokio::test]
async fn a_survey_is_sent_once_and_a_rating_can_be_changed() {
    on_both(async |desk| {
        let (ticket, _) = answered(&desk).await;
        desk.clock.advance(2 * HOUR);
        desk.drain().await;
        let survey = desk.sent().last().unwrap().clone();
        let link = token(&survey.body, "/rate/");
        assert!(desk.now(&ticket).await.survey_sent_at.is_some());
        customer::rate(&desk.app, &link, RatingValue::Good, None).await.unwrap();
        assert_eq!(desk.now(&ticket).await.resolution, Some(Resolution::Confirmed));
        customer::rate(&desk.app, &link, RatingValue::Bad, Some(" Too slow. ".into())).await.unwrap();
        let (now, rating) = customer::rateable(&desk.app, &link).await.unwrap();
        assert_eq!(now.resolution, Some(Resolution::Failed));
        let rating = rating.unwrap();
        assert_eq!((rating.value, rating.comment.as_deref()), (RatingValue::Bad, Some("Too slow.")));
        assert_eq!(rating.responder, Responder::Learner);
        customer::rate(&desk.app, &link, RatingValue::Good, None).await.unwrap();
        assert_eq!(desk.now(&ticket).await.resolution, Some(Resolution::Confirmed));
        desk.clock.advance(10 * DAY);
        desk.drain().await;
        assert_eq!(desk.sent().len(), 2, "an answer and one survey");
    })
    .await;
}

#[tokio::test]
async fn silence_settles_when_the_window_closes_and_not_for_an_older_solution() {
    on_both(async |desk| {
        let (ticket, link) = answered(&desk).await;
        desk.clock.advance(9 * HOUR);
        customer::reply(&desk.app, &link, "No.".into(), Vec::new()).await.unwrap();
        desk.answer(&ticket, Responder::Agent, "Now it is.").await;
        desk.clock.advance(2 * HOUR);
        desk.drain().await;
        assert_eq!(desk.now(&ticket).await.resolution, Some(Resolution::Failed));
        let other = desk.ask(Channel::Mail, "bob@example.com", "Mine too").await;
        desk.answer(&other, Responder::Learner, "It is under Archive.").await;
        desk.clock.advance(10 * HOUR - 1);
        desk.drain().await;
        assert_eq!(desk.now(&other).await.resolution, None);
        desk.clock.advance(1);
        desk.drain().await;
        assert_eq!(desk.now(&other).await.resolution, Some(Resolution::Silent));
    })
    .await;
}
