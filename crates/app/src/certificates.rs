//! Trying to prove that automatic answers will be right: once for every change of model or promise, counted,
//! because trying again is not free.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::certificate::{Certificate, VALID_FOR};
use domain::policy::Policy;
use domain::time::DAY;
use domain::words::Mode;
use domain::{AnswerId, CategoryId, Millis, TicketId};
use learn::{Role, Scored, Verdict};
use store::labels::Routed;

use crate::automation::{InUse, Snapshot};
use crate::experiments::Running;
use crate::journey::learn::row;
use crate::{Actor, App, Error, NewEvent, Result, automation};

/// Labels read at once.
const PAGE: i64 = 2_000;
/// So long before a certificate ends, a new model may prove another.
const RENEWED: Millis = 14 * DAY;

/// Tries for every certificate that a policy in `shadow` or `auto` needs and does not have. Says how many.
pub async fn ensure(app: &App) -> Result<usize> {
    app.automation.look_again();
    let snapshot = automation::snapshot(app).await?;
    let Some(model) = snapshot.model.clone() else { return Ok(0) };
    let now = app.now();
    let mut promises = promises(&snapshot, &model);
    promises.retain(|promise| promise.is_missing(&snapshot, now));
    if promises.is_empty() {
        return Ok(0);
    }
    let routed: HashMap<TicketId, Routed> =
        store::labels::routed(&app.db).await?.into_iter().map(|r| (r.ticket, r)).collect();
    for Promise { scope, policy, model } in &promises {
        let mut tickets = population(&snapshot, model.model.scores(), model, &routed, *scope);
        if let Some(from) = snapshot.labels_from(*scope) {
            let later = later(app, &snapshot, model, from).await?;
            tickets.extend(population(&snapshot, &later, model, &routed, *scope));
        }
        attempt(app, policy, *scope, model.version, tickets, now).await?;
    }
    app.automation.look_again();
    Ok(promises.len())
}

/// Whether every promise in force is proved of the model in use, and stays so for a while; there is at least one, and
/// no category waits for a better model to come back from a pause.
pub(crate) fn all_hold(snapshot: &Snapshot, now: Millis) -> bool {
    let Some(model) = &snapshot.model else { return false };
    if snapshot.categories.iter().any(|category| snapshot.pause(category.id).is_some()) {
        return false;
    }
    let promises = promises(snapshot, model);
    let holds = |promise: &Promise| {
        let version = Some(promise.model.version);
        let last = snapshot.last_attempt(promise.scope, &promise.policy, version);
        last.is_some_and(|c| c.threshold.is_some() && c.is_current(&promise.policy, version, now + RENEWED))
    };
    !promises.is_empty() && promises.iter().all(holds)
}

/// What is to be proved, of which model.
struct Promise {
    scope: CategoryId,
    policy: Policy,
    model: Arc<InUse>,
}

impl Promise {
    fn is_missing(&self, snapshot: &Snapshot, now: Millis) -> bool {
        let version = Some(self.model.version);
        let last = snapshot.last_attempt(self.scope, &self.policy, version);
        !last.is_some_and(|c| c.is_current(&self.policy, version, now))
    }

    fn is(&self, other: &Self) -> bool {
        let same = self.scope == other.scope && self.model.version == other.model.version;
        same && self.policy.same_promise(&other.policy)
    }
}

/// The promises in force, and those of the sides of running experiments. Each try spends of the same error allowed.
fn promises(snapshot: &Snapshot, model: &Arc<InUse>) -> Vec<Promise> {
    let mut all: Vec<Promise> = Vec::new();
    let scopes = scopes(snapshot);
    for &scope in &scopes {
        let policy = snapshot.policy(scope).policy.clone();
        all.push(Promise { scope, policy: policy.clone(), model: model.clone() });
        for other in snapshot.experiments.iter().flat_map(Running::models) {
            all.push(Promise { scope, policy: policy.clone(), model: other.clone() });
        }
    }
    for policy in snapshot.experiments.iter().flat_map(Running::policies) {
        // What differs in languages or in what is pooled has no certificate of its own, and only suggests.
        let in_force = &snapshot.policy(policy.category).policy;
        let alike = policy.languages == in_force.languages && policy.pooled == in_force.pooled;
        let scope = if policy.pooled { CategoryId::DEFAULT } else { policy.category };
        if alike && policy.mode == Mode::Auto && scopes.contains(&scope) {
            all.push(Promise { scope, policy: policy.clone(), model: model.clone() });
        }
    }
    let mut once: Vec<Promise> = Vec::new();
    for promise in all {
        if !once.iter().any(|p| p.is(&promise)) {
            once.push(promise);
        }
    }
    once
}

/// The categories whose policies rest on a certificate; 0 for all that share the pooled one.
fn scopes(snapshot: &Snapshot) -> BTreeSet<CategoryId> {
    let needs = |policy: &Policy| matches!(policy.mode, Mode::Shadow | Mode::Auto);
    snapshot
        .categories
        .iter()
        // What is paused has nothing to prove before a person resumes it.
        .filter(|category| snapshot.pause(category.id).is_none())
        .map(|category| (category.id, &snapshot.policy(category.id).policy))
        .filter(|(_, policy)| needs(policy))
        .map(|(id, policy)| if policy.pooled { CategoryId::DEFAULT } else { id })
        .collect()
}

/// Tickets that came after `from` and after the model was made: it has learnt nothing from them, so that all of
/// them may prove what a pause has put in doubt.
async fn later(app: &App, snapshot: &Snapshot, model: &Arc<InUse>, from: Millis) -> Result<Vec<Scored>> {
    let kept = store::models::all(&app.db).await?;
    let made_at =
        kept.iter().find(|m| m.version == model.version).map_or(Millis::MAX, |info| info.created_at);
    let from = from.max(made_at);
    let mut rows = Vec::new();
    let mut before = TicketId(i64::MAX);
    'pages: loop {
        let page = store::labels::examples(&app.db, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = last.ticket;
        for example in &page {
            if example.created_at <= from {
                break 'pages;
            }
            rows.push(row(snapshot, example));
        }
    }
    let model = model.clone();
    let score = move || {
        let unseen = rows.iter().filter(|r| r.certifies);
        unseen.map(|row| model.model.score(row, Role::Certify)).collect()
    };
    tokio::task::spawn_blocking(score).await.map_err(|e| Error::Conflict(e.to_string()))
}

/// The scores of the tickets that the live routing sends there: by the requester's pick, or else by the prediction.
fn population(
    snapshot: &Snapshot,
    scores: &[Scored],
    model: &InUse,
    routed: &HashMap<TicketId, Routed>,
    scope: CategoryId,
) -> Vec<Scored> {
    let predicted = predicted(snapshot, model);
    let languages = &snapshot.policy(scope).policy.languages;
    let belongs = |scored: &&Scored| {
        let ticket = routed.get(&TicketId(scored.id));
        let category = ticket
            .and_then(|t| t.picked)
            .or_else(|| predicted.get(scored.predicted as usize).copied())
            .unwrap_or(CategoryId::UNCATEGORISED);
        let covered = match scope {
            CategoryId::DEFAULT => snapshot.policy(category).policy.pooled,
            scope => category == scope,
        };
        // What came before a pause for wrong answers, or before the questions changed, proves nothing any more.
        let refuted = snapshot
            .labels_from(category)
            .max(snapshot.labels_from(scope))
            .is_some_and(|from| scored.role == Role::Certify && ticket.is_none_or(|t| t.created_at <= from));
        let language = ticket.and_then(|t| t.language.as_ref());
        covered && !refuted && (languages.is_empty() || language.is_none_or(|l| languages.contains(l)))
    };
    scores.iter().filter(belongs).copied().collect()
}

/// The category of each of the model's labels.
pub(crate) fn predicted(snapshot: &Snapshot, model: &InUse) -> Vec<CategoryId> {
    let category = |label: &String| {
        label.parse().map_or(CategoryId::UNCATEGORISED, |id: AnswerId| snapshot.category_of(id))
    };
    model.model.labels().iter().map(category).collect()
}

async fn attempt(
    app: &App,
    policy: &Policy,
    scope: CategoryId,
    model_version: i64,
    scores: Vec<Scored>,
    now: Millis,
) -> Result<()> {
    let attempt = store::certificates::attempts(&app.db, scope).await? + 1;
    let (target, confidence) = (policy.target, policy.confidence);
    let delta = learn::attempt_delta(1.0 - confidence, attempt as u32);
    let verdict = tokio::task::spawn_blocking(move || {
        let reserve = scores.iter().filter(|s| s.role == Role::Certify);
        let (total, unknown) = reserve.fold((0_i64, 0_i64), |(n, u), s| (n + 1, u + i64::from(!s.known)));
        (learn::certify(&scores, target, delta), total, unknown)
    });
    let (verdict, total, unknown) = verdict.await.map_err(|e| Error::Conflict(e.to_string()))?;
    let mut made = Certificate {
        id: domain::CertificateId(0),
        category: scope,
        model_version,
        target,
        confidence,
        attempt,
        threshold: None,
        total,
        answered: 0,
        errors: 0,
        unknown_share: if total == 0 { 0.0 } else { unknown as f64 / total as f64 },
        need: None,
        why: None,
        created_at: now,
        lapses_at: now + VALID_FOR,
        lapsed_at: None,
        lapse_reason: None,
    };
    match verdict {
        Verdict::Certified(proved) => {
            made.threshold = Some(proved.threshold);
            made.answered = proved.answered as i64;
            made.errors = proved.errors as i64;
        }
        Verdict::Need { more, why } => {
            made.need = (more > 0).then_some(more as i64);
            made.why = Some(why);
        }
    }
    app.db
        .write(move |tx| {
            let mut made = made.clone();
            Box::pin(async move {
                made.id = tx.id(now);
                store::certificates::insert(tx, &made).await?;
                tx.event(NewEvent::new(now, "policy.changed", Actor::System).subject(scope).data(
                    &serde_json::json!({
                        "certificate": made.id, "attempt": made.attempt, "threshold": made.threshold,
                        "answered": made.answered, "errors": made.errors, "need": made.need,
                    }),
                ));
                Ok::<_, Error>(())
            })
        })
        .await
}
