//! Switching: a category's policy, or all at once, with who, when and why. Every version is kept.

use std::collections::HashMap;

use domain::certificate::{Certificate, Standing};
use domain::policy::{Policy, PolicyChange};
use domain::words::Mode;
use domain::{CategoryId, Millis};
use store::{Tx, categories, certificates, policies, switches};

use crate::automation::Snapshot;
use crate::recall::{self, PATIENCE, Recall, Recalled};
use crate::{App, Caller, Error, FieldError, NewEvent, Result, automation};

mod versions;

pub use versions::{Version, restore, versions};

/// What a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Category(CategoryId),
    /// Every category, `uncategorised`, and the default for later ones.
    All,
}

/// What a switch came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Switched {
    pub policies: usize,
    /// What became of replies that waited in categories that no longer answer by themselves.
    pub recalled: Recalled,
}

/// Changes policies and, where they now need one, tries for a certificate. Returns once nothing more is sent where it
/// was switched off, or after ten seconds.
pub async fn set(app: &App, caller: &Caller, scope: Scope, change: PolicyChange) -> Result<Switched> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let changes = match scope {
        Scope::Category(id) => vec![(id, change)],
        Scope::All => {
            let change = PolicyChange { pooled: Some(true), ..change };
            let all = snapshot.categories.iter().map(|c| c.id).chain([CategoryId::DEFAULT]);
            all.map(|id| (id, change.clone())).collect()
        }
    };
    set_each(app, caller, changes).await
}

/// Changes several policies at once, each in its own way, or none of them.
pub async fn set_each(
    app: &App,
    caller: &Caller,
    mut changes: Vec<(CategoryId, PolicyChange)>,
) -> Result<Switched> {
    let snapshot = automation::snapshot(app).await?;
    let known = |id| id == CategoryId::DEFAULT || snapshot.category(id).is_some();
    if let Some((id, _)) = changes.iter().find(|(id, _)| !known(*id)) {
        return Err(Error::NotFound(format!("category {id}")));
    }
    if changes.is_empty() {
        return Ok(Switched::default());
    }
    // Those without a policy of their own start from what the default was.
    changes.sort_by_key(|(id, _)| *id == CategoryId::DEFAULT);
    let (now, count) = (app.now(), changes.len());
    let (caller, actor) = (caller.clone(), caller.actor);
    // What stands as long as nobody has switched anything.
    let unset = snapshot.policy(CategoryId::DEFAULT).policy.clone();
    let recall = app
        .db
        .write(move |tx| {
            let (changes, caller, unset) = (changes.clone(), caller.clone(), unset.clone());
            Box::pin(async move {
                let switch = switches::moved(tx).await?;
                let mut stop = Vec::new();
                for (category, change) in &changes {
                    if write(tx, *category, change, &caller, &unset, now).await?.mode != Mode::Auto {
                        stop.push(*category);
                    }
                }
                let categories = without_default(tx, stop).await?;
                recall::enqueue(tx, &categories, switch, now);
                Ok::<_, Error>(Recall { categories, switch })
            })
        })
        .await?;
    app.automation.look_again();
    let recalled = recall::recall(app, recall, actor, PATIENCE).await?;
    crate::certificates::ensure(app).await?;
    Ok(Switched { policies: count, recalled })
}

/// Writes one policy with its version and all that follows from it.
async fn write(
    tx: &mut Tx,
    category: CategoryId,
    change: &PolicyChange,
    caller: &Caller,
    unset: &Policy,
    now: Millis,
) -> Result<Policy> {
    let before = current(tx, category, unset).await?;
    let after = before.changed(change, &caller.name, now).map_err(|problems| {
        Error::Invalid(problems.into_iter().map(|p| FieldError::new(p.field, p.message)).collect())
    })?;
    // So that it can return to what it was before it had a policy of its own.
    policies::keep(tx, &before).await?;
    policies::put(tx, &after).await?;
    lapse(tx, &before, &after, now).await?;
    crate::experiments::policy_changed(tx, category, now).await?;
    tx.event(record(&before, &after, caller.actor, now));
    Ok(after)
}

/// The policy that a category has, as its own.
pub(crate) async fn current(tx: &mut Tx, category: CategoryId, unset: &Policy) -> Result<Policy> {
    if let Some(own) = policies::of(&mut *tx, category).await? {
        return Ok(own);
    }
    let default = policies::of(&mut *tx, CategoryId::DEFAULT).await?;
    // Who has never been switched has version 0, whatever was read a moment ago.
    let unset = || Policy { version: 0, ..unset.clone() };
    Ok(Policy { category, ..default.unwrap_or_else(unset) })
}

/// With the categories that follow the default in its place.
async fn without_default(tx: &mut Tx, mut ids: Vec<CategoryId>) -> Result<Vec<CategoryId>> {
    if !ids.contains(&CategoryId::DEFAULT) {
        return Ok(ids);
    }
    let own: HashMap<CategoryId, Policy> =
        policies::all(&mut *tx).await?.into_iter().map(|p| (p.category, p)).collect();
    let all = categories::all(&mut *tx).await?;
    ids.retain(|id| *id != CategoryId::DEFAULT);
    ids.extend(all.into_iter().map(|c| c.id).filter(|id| !own.contains_key(id)));
    Ok(ids)
}

/// A certificate speaks for languages and for a set of categories; when these change it no longer does.
async fn lapse(tx: &mut Tx, before: &Policy, after: &Policy, now: Millis) -> Result<()> {
    if before.pooled != after.pooled {
        certificates::lapse(tx, CategoryId::DEFAULT, "the categories it covers changed", now).await?;
    }
    if before.languages != after.languages {
        let scope = if after.pooled { CategoryId::DEFAULT } else { after.category };
        certificates::lapse(tx, scope, "the policy's languages changed", now).await?;
    }
    Ok(())
}

fn record(before: &Policy, after: &Policy, actor: crate::Actor, now: Millis) -> NewEvent {
    NewEvent::new(now, "policy.changed", actor).subject(after.category).data(&serde_json::json!({
        "mode": { "from": before.mode, "to": after.mode },
        "precision": after.target, "confidence": after.confidence, "rollout": after.rollout,
        "holdout": after.holdout, "blind": after.blind, "version": after.version,
        "by": after.changed_by, "reason": after.reason,
    }))
}

/// What a policy comes to now: `auto` without a certificate, or paused, acts as `suggest`, and why.
pub fn effective(snapshot: &Snapshot, category: CategoryId, now: Millis) -> (Mode, Option<String>) {
    let policy = &snapshot.policy(category).policy;
    if let Some(pause) = snapshot.pause(category).filter(|_| policy.mode == Mode::Auto) {
        return (Mode::Suggest, Some(pause.in_words()));
    }
    let certificate = snapshot.certificate(category);
    match Certificate::standing(certificate, policy, snapshot.model_version(), now) {
        Standing::Missing(why) if policy.mode == Mode::Auto => (Mode::Suggest, Some(why)),
        _ => (policy.mode, None),
    }
}
