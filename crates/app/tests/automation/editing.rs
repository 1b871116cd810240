//! Categories, answers, rules and the import of answers.

use app::answers::{self, AnswerChange};
use app::categories::{self, CategoryChange, NewCategory};
use app::rules::{self, RuleChange};
use app::{Actor, Error};
use domain::answers::Variant;
use domain::rules::Conditions;

use crate::house::House;
use crate::on_both_engines;

fn wrong(error: &Error) -> Vec<&str> {
    let Error::Invalid(fields) = error else { panic!("{error}") };
    fields.iter().map(|f| f.field.as_str()).collect()
}

async fn categories_have_two_levels_and_distinct_names(house: &House) {
    let app = &house.app;
    let make = async |name: &str, parent| {
        categories::create(app, Actor::System, NewCategory { name: name.into(), parent }).await
    };
    let billing = make("Billing", None).await.unwrap();
    let refunds = make("Refunds", Some(billing.id)).await.unwrap();
    assert_eq!(wrong(&make(" billing ", None).await.unwrap_err()), ["name"]);
    assert_eq!(wrong(&make("", None).await.unwrap_err()), ["name"]);
    assert_eq!(wrong(&make("Third", Some(refunds.id)).await.unwrap_err()), ["parent"]);
    let below = CategoryChange { parent: Some(Some(billing.id)), ..Default::default() };
    assert_eq!(
        wrong(&categories::change(app, Actor::System, billing.id, below).await.unwrap_err()),
        ["parent"]
    );
    let renamed = CategoryChange { name: Some("Money".into()), ..Default::default() };
    categories::change(app, Actor::System, billing.id, renamed).await.unwrap();
    assert_eq!(house.category("Money").await, billing.id);
}

async fn an_answer_is_checked_and_versioned(house: &House) {
    let app = &house.app;
    let bad = AnswerChange {
        title: Some(" ".into()),
        body: Some(Some("Hi {{ requester.nam }}".into())),
        variants: Some(vec![Variant { language: "german".into(), body: "Hallo".into() }]),
        ..Default::default()
    };
    let error = answers::create(app, Actor::System, bad).await.unwrap_err();
    assert_eq!(wrong(&error), ["title", "body", "variants"]);
    let new = AnswerChange { title: Some("Hours".into()), ..Default::default() };
    let id = answers::create(app, Actor::System, new).await.unwrap();
    house.write_text(id, "We are open from nine to five on every working day.").await;
    let variants =
        vec![Variant { language: "de".into(), body: "Wir haben von neun bis fünf offen.".into() }];
    let change =
        AnswerChange { variants: Some(variants.clone()), published: Some(true), ..Default::default() };
    answers::change(app, Actor::System, id, change).await.unwrap();
    let ready = answers::find(&*house.snapshot().await, id).unwrap();
    assert_eq!((ready.answer.version, ready.answer.published, &ready.variants), (3, true, &variants));
    let title = AnswerChange { title: Some("Opening hours".into()), ..Default::default() };
    answers::change(app, Actor::System, id, title).await.unwrap();
    assert_eq!(answers::find(&*house.snapshot().await, id).unwrap().answer.version, 3);
}

async fn interchangeable_answers_share_a_label(house: &House) {
    let app = &house.app;
    let make = async |title: &str, like| {
        let new =
            AnswerChange { title: Some(title.into()), interchangeable: Some(like), ..Default::default() };
        answers::create(app, Actor::System, new).await.unwrap()
    };
    let first = make("One", None).await;
    let second = make("Two", Some(first)).await;
    let third = make("Three", Some(second)).await;
    let snapshot = house.snapshot().await;
    assert_eq!([first, second, third].map(|a| snapshot.label(a)), [first; 3]);
    house.write_text(third, "Only this one has a text that could be sent to somebody.").await;
    assert_eq!(house.snapshot().await.usable(first, None), third);
}

async fn answers_come_from_csv_with_errors_by_line(house: &House) {
    let csv = "\u{feff}key,Title,body,category,language\n\
        a1,Password,\"Use the link\non the page to set a new password for your account.\",Access,en\n\
        a1,Password,Nutzen Sie den Link auf der Seite.,Access,de\n\
        a2,,no title,Access,\n\
        a3,Broken,{% if %},Access,\n\
        a4,Later,,Access,\n\
        a5,Odd,text,Access,german\n";
    let done = answers::import(&house.app, Actor::System, csv.as_bytes()).await.unwrap();
    assert_eq!((done.created, done.updated), (2, 1), "{done:?}");
    assert_eq!(done.errors.iter().map(|e| e.line).collect::<Vec<_>>(), [5, 6, 8]);
    let snapshot = house.snapshot().await;
    let password = answers::find(&snapshot, house.answer("Password").await).unwrap();
    assert_eq!(password.languages(), ["en", "de"]);
    assert_eq!(snapshot.answers.iter().find(|a| a.answer.title == "Later").unwrap().answer.body, None);
    let again = answers::import(&house.app, Actor::System, csv.as_bytes()).await.unwrap();
    assert_eq!((again.created, again.updated), (0, 3));
    let same = answers::find(&*house.snapshot().await, password.answer.id).unwrap();
    assert_eq!(same.answer.version, password.answer.version);
    let missing = answers::import(&house.app, Actor::System, b"name,text\na,b\n").await.unwrap_err();
    assert_eq!(wrong(&missing), ["file"]);
}

async fn rules_are_checked_kept_in_order_and_removed(house: &House) {
    let app = &house.app;
    let error = rules::create(app, Actor::System, RuleChange::default()).await.unwrap_err();
    assert_eq!(wrong(&error), ["name", "conditions", "answer"]);
    let new = AnswerChange { title: Some("A".into()), ..Default::default() };
    let answer = answers::create(app, Actor::System, new).await.unwrap();
    let rule = |name: &str| RuleChange {
        name: Some(name.into()),
        conditions: Some(Conditions { words: vec![name.into()], ..Default::default() }),
        answer: Some(answer),
        ..Default::default()
    };
    let first = rules::create(app, Actor::System, rule("first")).await.unwrap();
    let second = rules::create(app, Actor::System, rule("second")).await.unwrap();
    let change = RuleChange { position: Some(0), active: Some(false), ..Default::default() };
    rules::change(app, Actor::System, second.id, change).await.unwrap();
    let order: Vec<_> = house.snapshot().await.rules.iter().map(|r| r.rule.id).collect();
    assert_eq!(order, [second.id, first.id]);
    rules::remove(app, Actor::System, first.id).await.unwrap();
    assert_eq!(house.snapshot().await.rules.len(), 1);
    assert!(matches!(rules::remove(app, Actor::System, first.id).await, Err(Error::NotFound(_))));
}

on_both_engines!(
    categories_have_two_levels_and_distinct_names,
    an_answer_is_checked_and_versioned,
    interchangeable_answers_share_a_label,
    answers_come_from_csv_with_errors_by_line,
    rules_are_checked_kept_in_order_and_removed,
);
