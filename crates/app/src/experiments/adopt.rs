//! Taking a side over for everyone, through the same functions that a person would use by hand.

use domain::answers::Variant;
use domain::experiments::{Experiment, Subject};
use domain::policy::PolicyChange;
use domain::words::{ExperimentState, Side};
use domain::{CategoryId, ExperimentId};
use store::experiments;

use super::check::text_of;
use super::{find, missing, record};
use crate::answers::{self, AnswerChange};
use crate::automation::Snapshot;
use crate::permissions::Permission;
use crate::policies;
use crate::{App, Caller, Error, Result, automation, models};

/// Makes one side the rule for everyone, and ends the experiment.
pub async fn adopt(app: &App, caller: &Caller, id: ExperimentId, side: Side) -> Result<()> {
    let experiment = find(app, id).await?;
    if experiment.state() == ExperimentState::Draft {
        return Err(Error::Conflict("it was not started: there is nothing to take over yet".into()));
    }
    if let Some(adopted) = experiment.adopted {
        let name = if adopted == Side::A { "A" } else { "B" };
        return Err(Error::Conflict(format!("side {name} was taken over already")));
    }
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    take_over(app, caller, &snapshot, &experiment, side).await?;
    let name = if side == Side::A { "A" } else { "B" };
    let (now, actor, why) =
        (app.now(), caller.actor, format!("side {name} was taken over by {}", caller.name));
    app.db
        .write(move |tx| {
            let why = why.clone();
            Box::pin(async move {
                let experiment = experiments::of(&mut *tx, id).await?.ok_or_else(|| missing(id))?;
                let ended_at = experiment.ended_at.or(Some(now));
                let done = Experiment { ended_at, end: Some(why), adopted: Some(side), ..experiment };
                experiments::update(tx, &done).await?;
                record(tx, &done, actor, now);
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.automation.look_again();
    Ok(())
}

async fn take_over(
    app: &App,
    caller: &Caller,
    snapshot: &Snapshot,
    experiment: &Experiment,
    side: Side,
) -> Result<()> {
    let reason = format!("Experiment “{}”", experiment.name);
    let version = |a: i64, b: i64| if side == Side::A { a } else { b };
    match &experiment.subject {
        Subject::Policy { a, b } => {
            let version = version(*a, *b);
            if snapshot.policy(experiment.category).policy.version != version {
                policies::restore(app, caller, experiment.category, version, Some(reason)).await?;
            }
        }
        Subject::Model { a, b } => {
            caller.require(Permission::ManageModels)?;
            let version = version(*a, *b);
            if snapshot.model_version() != Some(version) {
                models::put_in_use(app, caller.actor, version).await?;
            }
        }
        Subject::Wording { answer, language, a, b } => {
            caller.require(Permission::EditAnswers)?;
            let text = if side == Side::A { a } else { b };
            if text_of(snapshot, *answer, language.as_deref()).as_ref() != Some(text) {
                let known = answers::find(snapshot, *answer)?;
                let change = match language {
                    None => AnswerChange { body: Some(Some(text.clone())), ..AnswerChange::default() },
                    Some(language) => {
                        let mut variants = known.variants.clone();
                        variants.retain(|v| v.language != *language);
                        variants.push(Variant { language: language.clone(), body: text.clone() });
                        AnswerChange { variants: Some(variants), ..AnswerChange::default() }
                    }
                };
                answers::change(app, caller.actor, *answer, change).await?;
            }
        }
        Subject::Order { a, b } => {
            let order = if side == Side::A { *a } else { *b };
            let all = experiment.category == CategoryId::DEFAULT;
            let ids = snapshot.categories.iter().map(|c| c.id).chain(all.then_some(CategoryId::DEFAULT));
            // Those without a policy of their own follow the default.
            let own = |id| snapshot.policy(id).policy.category == id;
            let ids = ids.filter(|&id| {
                if all { own(id) || id == CategoryId::DEFAULT } else { id == experiment.category }
            });
            let changes = ids.map(|id| (id, &snapshot.policy(id).policy)).filter(|(_, p)| p.order != order);
            let change = |pooled| PolicyChange {
                order: Some(order),
                pooled: Some(pooled),
                reason: Some(reason.clone()),
                ..PolicyChange::default()
            };
            let changes: Vec<_> = changes.map(|(id, p)| (id, change(p.pooled))).collect();
            policies::set_each(app, caller, changes).await?;
        }
    }
    Ok(())
}
