//! Switching: a category's policy, or all at once, with who, when and why.

use domain::certificate::{Certificate, Standing};
use domain::policy::{Policy, PolicyChange};
use domain::words::Mode;
use domain::{CategoryId, Millis};
use store::{Tx, certificates};

use crate::automation::Snapshot;
use crate::{App, Caller, Error, FieldError, NewEvent, Result, automation};

/// What a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Category(CategoryId),
    /// Every category, `uncategorised`, and the default for later ones.
    All,
}

/// Changes policies and, where they now need one, tries for a certificate. Says for how many categories.
pub async fn set(app: &App, caller: &Caller, scope: Scope, change: PolicyChange) -> Result<usize> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let now = app.now();
    let changes = prepared(&snapshot, caller, scope, &change, now)?;
    let (count, actor) = (changes.len(), caller.actor);
    app.db
        .write(move |tx| {
            let changes = changes.clone();
            Box::pin(async move {
                for (before, after) in &changes {
                    store::policies::put(tx, after).await?;
                    lapse(tx, before, after, now).await?;
                    tx.event(record(before, after, actor, now));
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.automation.look_again();
    crate::certificates::ensure(app).await?;
    Ok(count)
}

fn prepared(
    snapshot: &Snapshot,
    caller: &Caller,
    scope: Scope,
    change: &PolicyChange,
    now: Millis,
) -> Result<Vec<(Policy, Policy)>> {
    let categories: Vec<CategoryId> = match scope {
        Scope::Category(id) => match snapshot.category(id) {
            Some(_) => vec![id],
            None => return Err(Error::NotFound(format!("category {id}"))),
        },
        Scope::All => snapshot.categories.iter().map(|c| c.id).chain([CategoryId::DEFAULT]).collect(),
    };
    categories
        .into_iter()
        .map(|category| {
            let before = Policy { category, ..snapshot.policy(category).policy.clone() };
            let mut after = before.changed(change, &caller.name, now).map_err(|problems| {
                let fields = problems.into_iter().map(|p| FieldError::new(p.field, p.message));
                Error::Invalid(fields.collect())
            })?;
            after.pooled = scope == Scope::All;
            Ok((before, after))
        })
        .collect()
}

/// A certificate speaks for languages and for a set of categories; when these change it no longer does.
async fn lapse(tx: &mut Tx, before: &Policy, after: &Policy, now: Millis) -> Result<()> {
    if before.pooled && !after.pooled {
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
