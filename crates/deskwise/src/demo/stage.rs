//! Setting the stage: people, settings, answers, rules, the model, and the three largest categories switched on.

use std::sync::Arc;

use ::demo::Company;
use app::accounts::people::{self, NewUser};
use app::answers::AnswerChange;
use app::experiments::{self, NewExperiment};
use app::policies::{self, Scope};
use app::rules::{self, RuleChange};
use app::settings::{self, SettingsChange};
use app::{Actor, App, Caller};
use domain::CategoryId;
use domain::answers::category_key;
use domain::experiments::Subject;
use domain::policy::PolicyChange;
use domain::rules::Conditions;
use domain::time::{DAY, SECOND};
use domain::words::{Mode, Role};
use rand::RngExt;

use crate::failure::Failure;

/// What the largest categories that are switched on promise. The third is smaller and harder to tell apart: what
/// there is of it proves 90%.
const SWITCHED_ON: [f64; 3] = [0.95, 0.95, 0.9];
/// In the demo, a day passes in seconds.
const SURVEY_AFTER: i64 = 10 * SECOND;
const SILENT_AFTER: i64 = 60 * SECOND;

/// Someone who can sign in to the demo.
pub(crate) struct SignIn {
    pub(crate) role: &'static str,
    pub(crate) email: String,
    pub(crate) password: String,
}

/// An admin and the company's agents; the first agent's password is told as well.
pub(crate) async fn people_and_settings(
    app: &App,
    company: &Company,
    url: Option<String>,
) -> Result<Vec<SignIn>, Failure> {
    let change = SettingsChange {
        company_name: Some(company.name.clone()),
        public_url: url.map(Some),
        reply_address: Some(Some("support@pinwall.example.com".into())),
        survey_after_ms: Some(SURVEY_AFTER),
        silent_after_ms: Some(SILENT_AFTER),
        ..SettingsChange::default()
    };
    settings::change(app, Actor::System, change).await?;
    let mut sign_ins = vec![add(app, "Ada Castell", "ada@pinwall.example.com", Role::Admin, "admin").await?];
    for (index, agent) in company.agents.iter().enumerate() {
        let sign_in = add(app, &agent.name, &agent.email, Role::Agent, "agent").await?;
        if index == 0 {
            sign_ins.push(sign_in);
        }
    }
    Ok(sign_ins)
}

async fn add(app: &App, name: &str, email: &str, role: Role, word: &'static str) -> Result<SignIn, Failure> {
    // Not from the seed: whoever knows the seed must not know the password.
    let password = password();
    let new = NewUser { email: email.to_owned(), name: name.to_owned(), role, password: password.clone() };
    people::add(app, Actor::System, new).await?;
    Ok(SignIn { role: word, email: email.to_owned(), password })
}

fn password() -> String {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = rand::make_rng::<rand::rngs::StdRng>();
    (0..16).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}

/// Answers go in as a team would bring them, from a CSV file; then the rules.
pub(crate) async fn answers_and_rules(app: &App, company: &Company) -> Result<(), Failure> {
    categories(app, company).await?;
    let file = answers_file(company).map_err(|e| Failure::failed(format!("the demo's answers: {e}")))?;
    let imported = app::answers::import(app, Actor::System, &file).await?;
    if let Some(error) = imported.errors.first() {
        return Err(Failure::failed(format!("the demo's answers, line {}: {}", error.line, error.message)));
    }
    let snapshot = app::automation::snapshot(app).await?;
    for answer in snapshot.answers.iter().filter(|a| a.answer.body.is_some()) {
        // What agents explain again and again, customers may read for themselves.
        let change = AnswerChange { published: Some(true), ..AnswerChange::default() };
        app::answers::change(app, Actor::System, answer.answer.id, change).await?;
    }
    for rule in &company.rules {
        let answer = snapshot.answers.iter().find(|a| a.answer.key == rule.answer_key).map(|a| a.answer.id);
        let name =
            company.categories.iter().find(|c| c.key == rule.category_key).map(|c| category_key(&c.name));
        let category = snapshot.categories.iter().find(|c| Some(category_key(&c.name)) == name).map(|c| c.id);
        let conditions = Conditions {
            words: rule.words.clone(),
            categories: category.into_iter().collect(),
            ..Conditions::default()
        };
        let change = RuleChange {
            name: Some(rule.name.clone()),
            active: Some(true),
            conditions: Some(conditions),
            answer,
            ..RuleChange::default()
        };
        rules::create(app, Actor::System, change).await?;
    }
    Ok(())
}

/// Parents before their children.
async fn categories(app: &App, company: &Company) -> Result<(), Failure> {
    let mut ids = std::collections::HashMap::<&str, CategoryId>::new();
    let (parents, children): (Vec<_>, Vec<_>) = company.categories.iter().partition(|c| c.parent.is_none());
    for category in parents.into_iter().chain(children) {
        let parent = category.parent.as_deref().and_then(|key| ids.get(key)).copied();
        let new = app::categories::NewCategory { name: category.name.clone(), parent };
        let made = app::categories::create(app, Actor::System, new).await?;
        ids.insert(&category.key, made.id);
    }
    Ok(())
}

fn answers_file(company: &Company) -> Result<Vec<u8>, csv::Error> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["key", "title", "body", "category", "language"])?;
    for answer in &company.answers {
        let category =
            company.categories.iter().find(|c| c.key == answer.category_key).map_or("", |c| c.name.as_str());
        file.write_record([&answer.key, &answer.title, &answer.body, category, ""])?;
        for variant in &answer.variants {
            file.write_record([&answer.key, &answer.title, &variant.body, category, &variant.language])?;
        }
    }
    file.into_inner().map_err(|e| e.into_error().into())
}

pub(crate) async fn train(app: &Arc<App>) -> Result<(), Failure> {
    let bar = super::bar("training");
    let shown = bar.clone();
    app::models::train_now(app, &move |_, share| shown.set_position((share * 100.0) as u64)).await?;
    bar.finish_and_clear();
    Ok(())
}

/// The three largest categories by themselves where they are sure, every third of the others in shadow, the rest
/// with suggestions. Says which of those switched on are certified.
pub(crate) async fn switch_on(app: &App) -> Result<Vec<CategoryId>, Failure> {
    let now = app.now();
    let report = app::metrics::report(app, &app::metrics::Question::of(now - 60 * DAY, now + 1)).await?;
    let largest = report.groups.iter().filter_map(|group| group.key.parse().ok().map(CategoryId));
    let categories = largest.filter(|id| *id != CategoryId::UNCATEGORISED);
    let caller = Caller::command_line();
    let mut on = Vec::new();
    for (index, category) in categories.enumerate() {
        let scope = Scope::Category(category);
        if let Some(precision) = SWITCHED_ON.get(index) {
            let change = switch(Mode::Auto, "One of the three largest");
            policies::set(app, &caller, scope, PolicyChange { precision: Some(*precision), ..change })
                .await?;
            on.push(category);
        } else if index % 3 == 0 {
            policies::set(app, &caller, scope, switch(Mode::Shadow, "Watching before switching on")).await?;
        } else {
            policies::set(app, &caller, scope, switch(Mode::Suggest, "Suggestions first")).await?;
        }
    }
    let snapshot = app::automation::snapshot(app).await?;
    on.retain(|id| policies::effective(&snapshot, *id, now).0 == Mode::Auto);
    Ok(on)
}

/// Half of the category's requesters get its most used answer with another ending.
pub(crate) async fn compare_endings(app: &App, category: CategoryId) -> Result<(), Failure> {
    let used = app::answers::used_30d(app).await?;
    let snapshot = app::automation::snapshot(app).await?;
    let here = snapshot.answers.iter().filter(|it| it.answer.category == Some(category));
    let most = here.max_by_key(|it| used.get(&it.answer.id).copied().unwrap_or(0));
    let Some((id, text)) = most.and_then(|it| Some((it.answer.id, it.answer.body.clone()?))) else {
        return Ok(());
    };
    let subject = Subject::Wording {
        answer: id,
        language: None,
        a: String::new(),
        b: format!("{text}\n\nIf this does not solve it, reply to this mail: a person will read it."),
    };
    let new = NewExperiment {
        name: "A way to a person at the end".into(),
        category: None,
        subject,
        share: 1.0,
        ends_at: None,
        reason: Some("Does naming the way out cost satisfaction?".into()),
    };
    let caller = Caller::command_line();
    let made = experiments::create(app, &caller, new).await?;
    Ok(experiments::start(app, &caller, made).await?)
}

fn switch(mode: Mode, reason: &str) -> PolicyChange {
    PolicyChange { mode: Some(mode), reason: Some(reason.to_owned()), ..PolicyChange::default() }
}
