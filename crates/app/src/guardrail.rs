//! The guardrail: looks at what is known of every category that answers by itself, pauses those that no longer keep
//! their promise or that nobody watches, and lets a person switch them on again.

use std::time::Duration;

use domain::certificate::Standing;
use domain::guardrail::{
    self, BACKLOG_WINDOW, Backlog, LATE, Looked, Pause, RETURN_WINDOW, REVIEWS_ALPHA, Returns, power,
};
use domain::policy::Policy;
use domain::words::{Mode, PauseKind, Verdict};
use domain::{CategoryId, Millis};
use serde_json::json;
use store::guardrails::{self, Guardrail};
pub use store::reviews::Task;
use store::{certificates, policies, reviews, switches};

use crate::accounts::people;
use crate::automation::Snapshot;
use crate::outbox::Writer;
use crate::policies::current;
use crate::recall::{self, Recall};
use crate::{Actor, App, Caller, Error, NewEvent, Result, automation};

/// What the stored rows say of a category.
struct Seen {
    guardrail: Guardrail,
    looked: Vec<(Looked, Verdict)>,
    returns: Returns,
    backlog: Backlog,
}

async fn see(app: &App, category: CategoryId, now: Millis) -> Result<Option<Seen>> {
    let db = &app.db;
    let Some(guardrail) = guardrails::of(db, category).await? else { return Ok(None) };
    let since = guardrail.since;
    let days = guardrails::days(db, category, since, now - RETURN_WINDOW, RETURN_WINDOW).await?;
    Ok(Some(Seen {
        looked: reviews::looked(db, category, since).await?,
        returns: Returns::of(&days),
        backlog: guardrails::backlog(db, category, since.max(now - BACKLOG_WINDOW), now - LATE).await?,
        guardrail,
    }))
}

impl Seen {
    fn looked(&self) -> Vec<Looked> {
        self.looked.iter().map(|(looked, _)| *looked).collect()
    }
}

/// Looks at a category, and pauses it if what is known asks for it.
pub(crate) async fn look(app: &App, category: CategoryId) -> Result<()> {
    let (snapshot, now) = (automation::snapshot(app).await?, app.now());
    let policy = &snapshot.policy(category).policy;
    let Some(seen) = see(app, category, now).await? else { return Ok(()) };
    if policy.mode != Mode::Auto || seen.guardrail.pause.is_some() {
        return Ok(());
    }
    let looked = seen.looked();
    let evidence = guardrail::reviewed(policy.target, seen.guardrail.since, &looked);
    match guardrail::alarm(&evidence, &looked, &seen.returns, seen.backlog) {
        Some((kind, why)) => pause(app, &snapshot, category, Pause { kind, at: now, why }).await,
        None => Ok(()),
    }
}

/// Looks at every category.
pub async fn look_at_all(app: &App) -> Result<()> {
    let snapshot = automation::snapshot(app).await?;
    for category in &snapshot.categories {
        look(app, category.id).await?;
    }
    Ok(())
}

async fn pause(app: &App, snapshot: &Snapshot, category: CategoryId, pause: Pause) -> Result<()> {
    let writer = Writer::load(app).await?;
    let admins = people::admins(app).await?;
    let name = snapshot.category(category).map(|c| c.name.clone()).unwrap_or_default();
    let recall = app
        .db
        .write(move |tx| {
            let (writer, admins, name, pause) = (writer.clone(), admins.clone(), name.clone(), pause.clone());
            Box::pin(async move {
                let paused = guardrails::pause(tx, category, &pause).await?;
                let switch = switches::count(&mut *tx).await?;
                let recall = Recall { categories: vec![category], switch };
                if !paused {
                    return Ok(recall);
                }
                if pause.kind != PauseKind::Unwatched {
                    certificates::lapse(tx, category, &pause.in_words(), pause.at).await?;
                }
                tx.event(
                    NewEvent::new(pause.at, "guardrail.changed", Actor::System)
                        .subject(category)
                        .data(&json!({ "paused": pause.kind, "why": pause.why })),
                );
                for admin in &admins {
                    writer.paused(tx, admin, &name, category, &pause.in_words()).await?;
                }
                recall::enqueue(tx, &recall.categories, switch, pause.at);
                Ok::<_, Error>(recall)
            })
        })
        .await?;
    app.automation.look_again();
    // Nobody waits here for what is being sent at this moment.
    recall::recall(app, recall, Actor::System, Duration::ZERO).await?;
    Ok(())
}

/// Switches a paused category on again. Where answers were wrong it needs a certificate made anew, from tickets
/// that came after the pause; where nobody watched, the reviews have to be done first.
pub async fn resume(app: &App, caller: &Caller, category: CategoryId) -> Result<()> {
    app.automation.look_again();
    let (snapshot, now) = (automation::snapshot(app).await?, app.now());
    if snapshot.category(category).is_none() {
        return Err(Error::NotFound(format!("category {category}")));
    }
    let Some(seen) = see(app, category, now).await? else { return Err(not_paused()) };
    let Some(pause) = seen.guardrail.pause.clone() else { return Err(not_paused()) };
    if let Some(why) = blocked(&pause, seen.backlog) {
        return Err(Error::Conflict(why));
    }
    let anew = pause.kind != PauseKind::Unwatched;
    let unset = snapshot.policy(category).policy.clone();
    let (actor, by) = (caller.actor, caller.name.clone());
    app.db
        .write(move |tx| {
            let (unset, by) = (unset.clone(), by.clone());
            Box::pin(async move {
                if !guardrails::resume(tx, category, anew.then_some(pause.at), now).await? {
                    return Err(not_paused());
                }
                let before = current(tx, category, &unset).await?;
                // The promise that covered all of them is broken for this one: it proves its own.
                if anew && before.pooled {
                    policies::keep(tx, &before).await?;
                    policies::put(tx, &on_its_own(before, by, now)).await?;
                    certificates::lapse(tx, CategoryId::DEFAULT, "the categories it covers changed", now)
                        .await?;
                }
                let data = json!({ "paused": null, "was": pause.kind });
                tx.event(NewEvent::new(now, "guardrail.changed", actor).subject(category).data(&data));
                Ok(())
            })
        })
        .await?;
    app.automation.look_again();
    crate::certificates::ensure(app).await?;
    Ok(())
}

fn on_its_own(policy: Policy, by: String, now: Millis) -> Policy {
    Policy {
        pooled: false,
        version: policy.version + 1,
        changed_at: now,
        changed_by: by,
        reason: Some("Resumed after the guardrail paused it".into()),
        ..policy
    }
}

fn not_paused() -> Error {
    Error::Conflict("the category is not paused".into())
}

/// What has to happen before it can be switched on again.
fn blocked(pause: &Pause, backlog: Backlog) -> Option<String> {
    (pause.kind == PauseKind::Unwatched && backlog.nobody_watches()).then(|| {
        format!(
            "{} reviews are older than 72 hours: do them first, so that somebody watches again",
            backlog.late
        )
    })
}

/// Most wrong answers that are listed.
const MOST_LISTED: i64 = 100;

/// The wrong answers behind the counts: each ticket's number and what was said of it, newest first.
pub async fn wrong(app: &App, category: CategoryId) -> Result<Vec<(i64, Task)>> {
    let Some(guardrail) = guardrails::of(&app.db, category).await? else { return Ok(Vec::new()) };
    Ok(reviews::wrong(&app.db, category, guardrail.since, MOST_LISTED).await?)
}

/// How a category's guardrail stands.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub stands: Stands,
    pub pause: Option<Pause>,
    /// Why it cannot be resumed yet.
    pub blocked: Option<String>,
    pub since: Option<Millis>,
    pub target: f64,
    pub right: i64,
    /// Wrong, but harmless.
    pub wrong: i64,
    pub harmful: i64,
    pub backlog: Backlog,
    /// What betting against the promise has won, and at how much it is broken.
    pub wealth: f64,
    pub limit: f64,
    pub returns: Returns,
    /// Reviews a day of what is sent, as they are chosen now, and what fall they find within a month.
    pub reviews_a_day: f64,
    pub finds: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stands {
    /// Not switched to answer by itself.
    Off,
    /// Switched on, but nothing is sent on the learner's word: there is no certificate.
    Uncertified,
    Watching,
    Paused,
}

/// Whether a category is watched.
pub fn stands(snapshot: &Snapshot, category: CategoryId, now: Millis) -> Stands {
    if snapshot.policy(category).policy.mode != Mode::Auto {
        return Stands::Off;
    }
    match (snapshot.pause(category), snapshot.standing(category, now)) {
        (Some(_), _) => Stands::Paused,
        (None, Standing::Missing(_)) => Stands::Uncertified,
        (None, Standing::Valid { .. }) => Stands::Watching,
    }
}

pub async fn state(app: &App, category: CategoryId) -> Result<State> {
    let (snapshot, now) = (automation::snapshot(app).await?, app.now());
    if snapshot.category(category).is_none() {
        return Err(Error::NotFound(format!("category {category}")));
    }
    let target = snapshot.policy(category).policy.target;
    let auto = snapshot.policy(category).policy.mode == Mode::Auto;
    let plan = crate::reviews::plans(app, &snapshot, now).await?.remove(&category);
    let seen = see(app, category, now).await?;
    let pause = seen.as_ref().and_then(|s| s.guardrail.pause.clone()).filter(|_| auto);
    let reviews_a_day = match &pause {
        None => plan.map_or(0.0, |p| p.quota.uniform),
        Some(_) => 0.0,
    };
    let found = move || power::found_within_a_month(target, reviews_a_day);
    let finds = tokio::task::spawn_blocking(found).await.map_err(|e| Error::Conflict(e.to_string()))?;
    let counted = |verdict| {
        let all = seen.as_ref().map_or(&[][..], |s| &s.looked);
        all.iter().filter(|(_, v)| *v == verdict).count() as i64
    };
    let looked = seen.as_ref().map(Seen::looked).unwrap_or_default();
    let since = seen.as_ref().map(|s| s.guardrail.since);
    let backlog = seen.as_ref().map(|s| s.backlog).unwrap_or_default();
    Ok(State {
        stands: stands(&snapshot, category, now),
        blocked: pause.as_ref().and_then(|pause| blocked(pause, backlog)),
        pause,
        since,
        target,
        right: counted(Verdict::Right),
        wrong: counted(Verdict::Wrong),
        harmful: counted(Verdict::Harmful),
        backlog,
        wealth: guardrail::reviewed(target, since.unwrap_or(now), &looked).wealth(),
        limit: 1.0 / REVIEWS_ALPHA,
        returns: seen.map_or_else(|| Returns::of(&[]), |s| s.returns),
        reviews_a_day,
        finds,
    })
}
