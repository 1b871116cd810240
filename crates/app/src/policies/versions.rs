//! Every version of a policy: who changed what, when and why, and the way back to one.

use domain::CategoryId;
use domain::policy::{Difference, Policy, PolicyChange, differences};

use super::{Switched, set_each};
use crate::{App, Caller, Error, Result, automation};

/// A version of a category's policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    pub policy: Policy,
    /// What it changed; None of the first that is known.
    pub changed: Option<Vec<Difference>>,
    /// What returning to it would change now.
    pub back: Vec<Difference>,
    /// The one in force.
    pub current: bool,
}

/// The versions of a category's policy before `before`, newest first. A category that never had one of its own has
/// those of the default.
pub async fn versions(
    app: &App,
    category: CategoryId,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Version>> {
    let (scope, now) = in_force(app, category).await?;
    // Each is compared with the one before it.
    let mut kept = store::policies::versions(&app.db, scope, before, limit + 1).await?;
    let olders: Vec<Policy> = kept.iter().skip(1).cloned().collect();
    kept.truncate(limit as usize);
    let mut olders = olders.into_iter();
    Ok(kept
        .into_iter()
        .map(|policy| Version {
            changed: olders.next().map(|older| differences(&older, &policy)),
            back: differences(&now, &policy),
            current: policy.version == now.version,
            policy,
        })
        .collect())
}

/// Switches a category back to an earlier version of its policy, which makes a new version.
pub async fn restore(
    app: &App,
    caller: &Caller,
    category: CategoryId,
    version: i64,
    reason: Option<String>,
) -> Result<Switched> {
    let (scope, _) = in_force(app, category).await?;
    let kept = store::policies::version(&app.db, scope, version).await?;
    let kept = kept.ok_or_else(|| Error::NotFound(format!("version {version} of the policy")))?;
    let back = format!("Back to version {version}");
    let reason = match reason.map(|r| r.trim().to_owned()).filter(|r| !r.is_empty()) {
        Some(reason) => format!("{back}: {reason}"),
        None => back,
    };
    let change = PolicyChange { reason: Some(reason), ..PolicyChange::to(&kept) };
    set_each(app, caller, vec![(category, change)]).await
}

/// Where a category's versions are kept, and the policy in force.
async fn in_force(app: &App, category: CategoryId) -> Result<(CategoryId, Policy)> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    if snapshot.category(category).is_none() {
        return Err(Error::NotFound(format!("category {category}")));
    }
    let policy = snapshot.policy(category).policy.clone();
    Ok((policy.category, policy))
}
