//! Drift: once a day, whether the questions are still those that the model and its certificates were made from.
//!
//! The tickets of the last week are compared with those that the model was reported on, for each category and for
//! all together. What is found lapses the certificate that rests on the older tickets, lets only later ones certify
//! anew, and has more answers reviewed; it is over when a look, perhaps with a new model, finds nothing any more.

mod compare;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::drift::{EVERY, SHOWN};
use domain::{CategoryId, Millis, TicketId};
use learn::{Glance, Role, Row};
use serde_json::json;
use store::drifts::{Look, Question};
use store::queue::NewJob;
use store::{certificates, drifts};

use self::compare::{Seen, answers, compare};
use crate::accounts::people;
use crate::automation::{InUse, Snapshot};
use crate::outbox::Writer;
use crate::{Actor, App, Error, NewEvent, Result, automation};

pub(crate) const JOB: &str = "drift";
/// Tickets compared at most, on either side.
const MOST: usize = 3_000;

/// Now and then, asks for a look.
pub(crate) async fn schedule(app: &App) -> Result<()> {
    match app.db.is_due("drift", EVERY, app.now()).await? {
        true => request(app).await,
        false => Ok(()),
    }
}

/// Asks for a look, unless one waits.
pub async fn request(app: &App) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if !store::queue::waits(&mut *tx, JOB).await? {
                    tx.enqueue(NewJob::now(JOB, &json!({}), now));
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Looks at everything. Says in how many scopes there is drift.
pub async fn look(app: &App) -> Result<usize> {
    app.automation.look_again();
    let (snapshot, now) = (automation::snapshot(app).await?, app.now());
    let Some(model) = snapshot.model.clone() else { return Ok(0) };
    let made_at = store::models::in_use(&app.db).await?.map_or(Millis::MAX, |info| info.created_at);
    let reported: Vec<TicketId> =
        model.model.scores().iter().filter(|s| s.role == Role::Report).map(|s| TicketId(s.id)).collect();
    let stride = reported.len().div_ceil(MOST).max(1);
    let reported: Vec<TicketId> = reported.into_iter().step_by(stride).collect();
    let newest = drifts::newest(&app.db, made_at.max(now - SHOWN), MOST as i64).await?;
    let older = seen(&snapshot, &model, drifts::questions(&app.db, &reported).await?).await?;
    let newer = seen(&snapshot, &model, drifts::questions(&app.db, &newest).await?).await?;
    let known: HashMap<CategoryId, Look> =
        drifts::all(&app.db).await?.into_iter().map(|look| (look.category, look)).collect();
    let mut found = 0;
    for scope in snapshot.categories.iter().map(|c| c.id).chain([CategoryId::DEFAULT]) {
        let of = |all: &[Seen]| -> Vec<Seen> {
            all.iter().filter(|s| scope == CategoryId::DEFAULT || s.category == scope).copied().collect()
        };
        let Some(look) = compare(&model, scope, &of(&older), &of(&newer), known.get(&scope), now) else {
            continue;
        };
        found += usize::from(look.drifted.is_some());
        keep(app, &snapshot, look, known.get(&scope), now).await?;
    }
    app.automation.look_again();
    crate::certificates::ensure(app).await?;
    Ok(found)
}

/// Reads the questions again, many at a time.
async fn seen(snapshot: &Arc<Snapshot>, model: &Arc<InUse>, questions: Vec<Question>) -> Result<Vec<Seen>> {
    let (snapshot, model) = (snapshot.clone(), model.clone());
    let work = move || {
        let rows: Vec<Row> = questions
            .iter()
            .map(|q| {
                let label = q.label.map(|l| l.map_or_else(String::new, |a| snapshot.label(a).to_string()));
                Row::new(q.ticket.0, learn::normalise(q.subject.as_deref(), &q.body), label.as_deref())
            })
            .collect();
        let answers = answers(&model);
        let predicted = |g: &Glance| answers.get(g.predicted as usize).copied().flatten();
        let routed = |g: &Glance, q: &Question| {
            q.routed
                .or_else(|| Some(snapshot.category_of(predicted(g)?)))
                .unwrap_or(CategoryId::UNCATEGORISED)
        };
        let glances = model.model.glances(&rows);
        let both = glances.into_iter().zip(&questions);
        both.map(|(glance, q)| Seen { glance, at: q.created_at, category: routed(&glance, q) }).collect()
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Conflict(format!("the learner stopped: {e}")))
}

/// Writes the look; a drift that is new ends the certificate.
async fn keep(app: &App, snapshot: &Snapshot, look: Look, before: Option<&Look>, now: Millis) -> Result<()> {
    let known = before.is_some_and(|b| b.drifted.is_some());
    let over = known && look.drifted.is_none();
    // A category that shares the pooled certificate cannot end it alone: all tickets together decide that.
    let own = look.category == CategoryId::DEFAULT || !snapshot.policy(look.category).policy.pooled;
    let (writer, admins) = (Writer::load(app).await?, people::admins(app).await?);
    let name = snapshot.category(look.category).map(|c| c.name.clone());
    app.db
        .write(move |tx| {
            let (look, writer, admins, name) = (look.clone(), writer.clone(), admins.clone(), name.clone());
            Box::pin(async move {
                drifts::put(tx, &look).await?;
                if let Some(drifted) = look.drifted.as_ref().filter(|_| !known) {
                    if own {
                        let why = format!("the questions have changed: {}", drifted.why);
                        certificates::lapse(tx, look.category, &why, now).await?;
                    }
                    tx.event(
                        NewEvent::new(now, "drift.changed", Actor::System)
                            .subject(look.category)
                            .data(&json!({ "why": drifted.why, "since": drifted.since })),
                    );
                    for admin in &admins {
                        writer.drifted(tx, admin, name.as_deref(), &drifted.why).await?;
                    }
                } else if over {
                    let data = json!({ "why": null });
                    tx.event(
                        NewEvent::new(now, "drift.changed", Actor::System).subject(look.category).data(&data),
                    );
                }
                Ok::<_, Error>(())
            })
        })
        .await
}

/// A look with its tickets' numbers, for the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub look: Look,
    /// Number, and subject or beginning.
    pub tickets: Vec<(i64, String)>,
}

/// The last looks: all tickets first, then categories with drift, then the others.
pub async fn shown(app: &App) -> Result<Vec<Shown>> {
    let looks = drifts::all(&app.db).await?;
    let wanted: HashSet<TicketId> = looks.iter().flat_map(|l| l.found.tickets.iter().copied()).collect();
    let mut tickets = HashMap::new();
    for id in wanted {
        if let Some(ticket) = store::tickets::by_id(&app.db, id).await? {
            tickets.insert(id, ticket);
        }
    }
    let mut out: Vec<Shown> = looks
        .into_iter()
        .map(|look| {
            let named = |id: &TicketId| {
                let ticket = tickets.get(id)?;
                let subject = ticket.subject.clone().unwrap_or_else(|| ticket.excerpt.clone());
                Some((ticket.number, subject))
            };
            Shown { tickets: look.found.tickets.iter().filter_map(named).collect(), look }
        })
        .collect();
    out.sort_by_key(|s| (s.look.category != CategoryId::DEFAULT, s.look.drifted.is_none(), s.look.category));
    Ok(out)
}
