//! Rules that people write: when they apply, and what is then answered.

pub mod dry_run;

use domain::rules::{Conditions, Rule};
use domain::{AnswerId, RuleId};

use crate::automation::Snapshot;
use crate::fields::Fields;
use crate::{Actor, App, Error, NewEvent, Result, automation};

/// A rule as it should be; `None` leaves it as it is, or takes the default for a new one.
#[derive(Debug, Clone, Default)]
pub struct RuleChange {
    pub name: Option<String>,
    pub position: Option<i64>,
    pub active: Option<bool>,
    pub conditions: Option<Conditions>,
    pub answer: Option<AnswerId>,
}

pub async fn create(app: &App, actor: Actor, new: RuleChange) -> Result<Rule> {
    let snapshot = automation::snapshot(app).await?;
    let last = snapshot.rules.iter().map(|r| r.rule.position).max().unwrap_or(0);
    let now = app.now();
    let rule = Rule {
        id: RuleId(0),
        name: String::new(),
        position: last + 1,
        active: true,
        conditions: Conditions::default(),
        answer: AnswerId(0),
        created_at: now,
        updated_at: now,
    };
    let new = RuleChange {
        name: Some(new.name.unwrap_or_default()),
        conditions: Some(new.conditions.unwrap_or_default()),
        answer: Some(new.answer.unwrap_or(AnswerId(0))),
        ..new
    };
    let rule = checked(&snapshot, rule, new)?;
    put(app, actor, rule, true).await
}

pub async fn change(app: &App, actor: Actor, id: RuleId, change: RuleChange) -> Result<Rule> {
    let snapshot = automation::snapshot(app).await?;
    let rule = find(&snapshot, id)?;
    let rule = checked(&snapshot, Rule { updated_at: app.now(), ..rule }, change)?;
    put(app, actor, rule, false).await
}

pub async fn remove(app: &App, actor: Actor, id: RuleId) -> Result<()> {
    let rule = find(&*automation::snapshot(app).await?, id)?;
    let now = app.now();
    app.db
        .write(move |tx| {
            let name = rule.name.clone();
            Box::pin(async move {
                store::rules::delete(tx, id).await?;
                tx.event(
                    NewEvent::new(now, "rule.changed", actor)
                        .subject(id)
                        .data(&serde_json::json!({ "name": name, "removed": true })),
                );
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.automation.look_again();
    Ok(())
}

fn find(snapshot: &Snapshot, id: RuleId) -> Result<Rule> {
    let rule = snapshot.rules.iter().find(|r| r.rule.id == id);
    rule.map(|r| r.rule.clone()).ok_or_else(|| Error::NotFound(format!("rule {id}")))
}

fn checked(snapshot: &Snapshot, mut rule: Rule, change: RuleChange) -> Result<Rule> {
    let mut fields = Fields::default();
    if let Some(name) = &change.name {
        match fields.line("name", Some(name)) {
            Some(name) => rule.name = name,
            None => fields.wrong("name", "is missing; say in a few words when the rule applies"),
        }
    }
    if let Some(conditions) = change.conditions {
        for problem in conditions.problems() {
            fields.wrong(problem.field, problem.message);
        }
        if let Some(unknown) = conditions.categories.iter().find(|c| snapshot.category(**c).is_none()) {
            fields.wrong("conditions", format!("there is no category {unknown}"));
        }
        rule.conditions = conditions;
    }
    if let Some(answer) = change.answer {
        match snapshot.answer(answer) {
            Some(_) => rule.answer = answer,
            None => fields.wrong("answer", format!("there is no answer {answer}")),
        }
    }
    rule.position = change.position.unwrap_or(rule.position);
    rule.active = change.active.unwrap_or(rule.active);
    fields.done()?;
    Ok(rule)
}

async fn put(app: &App, actor: Actor, rule: Rule, new: bool) -> Result<Rule> {
    let now = app.now();
    let rule = app
        .db
        .write(move |tx| {
            let mut rule = rule.clone();
            Box::pin(async move {
                if new {
                    rule.id = tx.id(now);
                }
                store::rules::put(tx, &rule).await?;
                tx.event(
                    NewEvent::new(now, "rule.changed", actor)
                        .subject(rule.id)
                        .data(&serde_json::json!({ "name": rule.name, "active": rule.active, "new": new })),
                );
                Ok::<_, Error>(rule)
            })
        })
        .await?;
    app.automation.look_again();
    Ok(rule)
}
