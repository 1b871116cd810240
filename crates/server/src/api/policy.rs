//! Policies and certificates as the API shows them.

use app::automation::Snapshot;
use domain::certificate::Standing;
use domain::hours::Hours;
use domain::policy::Never;
use domain::words::{Mode, Order};
use domain::{CategoryId, CertificateId, Millis};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Policy {
    mode: Mode,
    precision: f64,
    confidence: f64,
    rollout: f64,
    holdout: f64,
    blind: f64,
    languages: Vec<String>,
    hours: Option<Hours>,
    never: Never,
    /// Who is asked first.
    order: Order,
    /// Set together with all others, under the pooled certificate.
    pooled: bool,
    changed_at: Option<Millis>,
    changed_by: Option<String>,
    reason: Option<String>,
    /// The guardrail has paused what is switched to `auto`.
    paused: bool,
    /// What it comes to now: `auto` without a certificate, or paused, acts as `suggest`.
    effective: Mode,
    effective_why: String,
}

impl Policy {
    pub(super) fn of(snapshot: &Snapshot, category: CategoryId, now: Millis) -> Self {
        let policy = snapshot.policy(category).policy.clone();
        let (effective, why) = app::policies::effective(snapshot, category, now);
        // Never changed means: as Deskwise came.
        let changed = policy.version > 0;
        Self {
            mode: policy.mode,
            precision: policy.target,
            confidence: policy.confidence,
            rollout: policy.rollout,
            holdout: policy.holdout,
            blind: policy.blind,
            languages: policy.languages,
            hours: policy.hours,
            never: policy.never,
            order: policy.order,
            pooled: policy.pooled,
            changed_at: changed.then_some(policy.changed_at),
            changed_by: changed.then_some(policy.changed_by),
            reason: policy.reason,
            paused: policy.mode == Mode::Auto && snapshot.pause(category).is_some(),
            effective,
            effective_why: why.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Certificate {
    id: CertificateId,
    /// `category`, or `pooled` for all that were switched together.
    scope: &'static str,
    target: f64,
    confidence: f64,
    threshold: f64,
    total: i64,
    answered: i64,
    errors: i64,
    unknown_share: f64,
    model_version: i64,
    created_at: Millis,
    lapses_at: Millis,
}

impl Certificate {
    /// The one that holds now, if any.
    pub(super) fn of(snapshot: &Snapshot, category: CategoryId, now: Millis) -> Option<Self> {
        let Standing::Valid { threshold, .. } = snapshot.standing(category, now) else { return None };
        let it = snapshot.certificate(category)?;
        Some(Self {
            id: it.id,
            scope: if it.category == CategoryId::DEFAULT { "pooled" } else { "category" },
            target: it.target,
            confidence: it.confidence,
            threshold,
            total: it.total,
            answered: it.answered,
            errors: it.errors,
            unknown_share: it.unknown_share,
            model_version: it.model_version,
            created_at: it.created_at,
            lapses_at: it.lapses_at,
        })
    }
}

/// What the last attempt was short of.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Need {
    /// Labelled tickets, about; 0 when more of them would not help.
    more: i64,
    why: String,
}

impl Need {
    pub(super) fn of(it: &domain::certificate::Certificate) -> Option<Self> {
        if it.threshold.is_some() {
            return None;
        }
        Some(Self { more: it.need.unwrap_or(0), why: it.why.clone().unwrap_or_default() })
    }
}
