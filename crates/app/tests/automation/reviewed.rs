//! What tests of reviews begin with: people who review, and answers that were sent by themselves.

use app::accounts::people::{self, NewUser};
use app::policies::{Scope, set};
use app::rules::RuleChange;
use app::settings::SettingsChange;
use app::{Actor, Caller};
use domain::policy::PolicyChange;
use domain::rules::Conditions;
use domain::words::{Mode, Role};
use domain::{AnswerId, CategoryId};

use crate::house::House;

pub(crate) const HERE: CategoryId = CategoryId::UNCATEGORISED;

pub(crate) async fn someone(house: &House, role: Role) -> Caller {
    let n = people::list(&house.app).await.unwrap().len();
    let new = NewUser {
        email: format!("reviewer{n}@example.com"),
        name: format!("Reviewer {n}"),
        role,
        password: "correct horse battery".into(),
    };
    let user = people::add(&house.app, Actor::System, new).await.unwrap();
    Caller { actor: Actor::User(user.id), role, name: user.name, ..Caller::command_line() }
}

/// A rule that answers what is asked about invoices, sent by itself. Returns its answer and another one.
pub(crate) async fn invoices_are_answered(house: &House) -> (AnswerId, AnswerId) {
    let answer = async |title: &str| {
        let new = app::answers::AnswerChange {
            title: Some(title.into()),
            body: Some(Some("You find it under Billing.".into())),
            ..Default::default()
        };
        app::answers::create(&house.app, Actor::System, new).await.unwrap()
    };
    let (invoices, refunds) = (answer("Invoices").await, answer("Refunds").await);
    let rule = RuleChange {
        name: Some("Invoices".into()),
        conditions: Some(Conditions { words: vec!["invoice*".into()], ..Conditions::default() }),
        answer: Some(invoices),
        ..RuleChange::default()
    };
    app::rules::create(&house.app, Actor::System, rule).await.unwrap();
    let on = PolicyChange { mode: Some(Mode::Auto), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::Category(HERE), on).await.unwrap();
    (invoices, refunds)
}

/// A team with time for most of what is sent, so that enough is chosen whatever the lots say.
pub(crate) async fn much_is_reviewed(house: &House) {
    let change = SettingsChange { reviews_a_day: Some(90), ..SettingsChange::default() };
    app::settings::change(&house.app, Actor::System, change).await.unwrap();
}

pub(crate) async fn ask_many(house: &House, from: usize, count: usize) {
    for i in from..from + count {
        house.ask(&format!("customer{i}@example.com"), "where are my invoices?").await;
    }
}
