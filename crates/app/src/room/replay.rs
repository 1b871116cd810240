//! Past weeks as if a category's policy had been on: every ticket through the same pure decision as live ones, with
//! the never-list, rules, texts, languages and hours as they are now.

use std::collections::HashMap;
use std::sync::Arc;

use domain::certificate::Standing;
use domain::decide::decide;
use domain::policy::Policy;
use domain::room::curve::{curve, loosest};
use domain::words::{Action, Arm, Mode, Responder};
use domain::{AnswerId, CategoryId, CertificateId, Millis, TicketId};
use store::readings::{Question, Ranked, Reading};

use super::history::{self, Past};
use super::{STEPS, WEEK, looked_up};
use crate::automation::{BELIEVED, Snapshot};
use crate::journey::decide::facts;
use crate::journey::understand::main_part;
use crate::{App, Error, Result};

/// What to replay.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Asked {
    /// How far back; None: as far as there is anything.
    pub weeks: Option<i64>,
    /// Another target than the policy's.
    pub precision: Option<f64>,
}

/// What would have become of a ticket.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = ReplayOutcome)]
pub enum Outcome {
    Wrong,
    Right,
    /// Left to an agent.
    Unanswered,
}

/// A ticket replayed.
#[derive(Debug, Clone, PartialEq)]
pub struct Replayed {
    pub ticket: TicketId,
    pub at: Millis,
    pub outcome: Outcome,
    pub responder: Responder,
    /// What would have been sent or, unanswered, suggested.
    pub answer: Option<AnswerId>,
    pub truth: Option<AnswerId>,
    pub score: f64,
    pub reason: String,
    /// Read live since the model came into use, not scored at its training.
    pub live: bool,
}

/// Where the threshold came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The certificate that holds now.
    Certificate,
    /// The loosest that kept the target on past tickets: nothing is proved.
    History,
    /// None kept the target: only rules answer.
    Nothing,
}

/// All of it, wrong answers first, newest first among equals.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    pub tickets: Vec<Replayed>,
    pub threshold: Option<f64>,
    pub basis: Basis,
    pub target: f64,
    /// When the newest ticket came that could be replayed at all, in whatever week.
    pub newest: Option<Millis>,
}

impl Replay {
    pub fn count(&self, outcome: Outcome) -> i64 {
        self.tickets.iter().filter(|t| t.outcome == outcome).count() as i64
    }
}

/// Replays a category.
pub async fn replay(app: &App, id: CategoryId, asked: Asked) -> Result<Replay> {
    let snapshot = looked_up(app, id).await?;
    let history = history::load(app, &snapshot).await?;
    let policy = &snapshot.policy(id).policy;
    let target = asked.precision.unwrap_or(policy.target);
    let standing = snapshot.standing(id, app.now());
    let (threshold, basis) = match standing {
        Standing::Valid { threshold, .. } if (target - policy.target).abs() < 1e-9 => {
            (Some(threshold), Basis::Certificate)
        }
        _ => match loosest(&curve(history.judged(&snapshot, id), STEPS), target) {
            Some(step) => (Some(step.threshold), Basis::History),
            None => (None, Basis::Nothing),
        },
    };
    let mut past: Vec<Past> = history.past.into_iter().filter(|p| p.category == id).collect();
    let newest = past.iter().map(|p| p.at).max();
    if let Some(weeks) = asked.weeks {
        let from = app.now() - weeks * WEEK;
        past.retain(|p| p.at >= from);
    }
    let policy = as_if_on(policy);
    let mut tickets = decided(app, snapshot, past, policy, threshold).await?;
    tickets.sort_by(|a, b| a.outcome.cmp(&b.outcome).then(b.ticket.cmp(&a.ticket)));
    Ok(Replay { tickets, threshold, basis, target, newest })
}

/// Numbers and titles of tickets.
pub async fn titles(app: &App, tickets: &[TicketId]) -> Result<HashMap<TicketId, (i64, String)>> {
    Ok(store::room::titles(&app.db, tickets).await?)
}

/// On for everyone, as if it had always been.
fn as_if_on(policy: &Policy) -> Policy {
    Policy { mode: Mode::Auto, changed_at: Millis::MIN, ..policy.clone() }
}

async fn decided(
    app: &App,
    snapshot: Arc<Snapshot>,
    past: Vec<Past>,
    policy: Policy,
    threshold: Option<f64>,
) -> Result<Vec<Replayed>> {
    // Without rules a ticket below the threshold is an agent's, whatever it says: its text need not be read.
    let ruled = snapshot.rules.iter().any(|r| r.rule.active);
    let reaches = |p: &Past| threshold.is_some_and(|t| p.score >= t);
    let (read, rest): (Vec<Past>, Vec<Past>) = past.into_iter().partition(|p| ruled || reaches(p));
    let ids: Vec<TicketId> = read.iter().map(|p| p.ticket).collect();
    let questions = store::readings::asked(&app.db, &ids).await?;
    let mut questions: HashMap<TicketId, Question> = questions.into_iter().map(|q| (q.ticket, q)).collect();
    let work = move || {
        let (snapshot, policy) = (&*snapshot, &policy);
        let one = |past: Past| {
            let question = questions.remove(&past.ticket)?;
            Some(replayed(snapshot, policy, threshold, past, question))
        };
        let mut all: Vec<Replayed> = read.into_iter().filter_map(one).collect();
        all.extend(rest.into_iter().map(|past| below(threshold, past)));
        all
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Conflict(e.to_string()))
}

/// Through the decision that live tickets go through, in the rollout, at the moment when it came.
fn replayed(
    snapshot: &Snapshot,
    policy: &Policy,
    threshold: Option<f64>,
    past: Past,
    question: Question,
) -> Replayed {
    let text = learn::normalise(question.subject.as_deref(), &question.body);
    let said = past.language.as_deref().or(question.language.as_deref());
    let said = said.map(main_part);
    let found = || learn::language(&text).filter(|l| l.confidence >= BELIEVED).map(|l| l.code.to_owned());
    let language = said.or_else(found);
    let answer = snapshot.usable(past.predicted, language.as_deref());
    let reading = Reading {
        ticket: past.ticket,
        language,
        language_confidence: None,
        model_version: snapshot.model_version(),
        ranked: vec![Ranked { answer, probability: past.score }],
        score: Some(past.score),
        novelty: past.novelty,
        category: past.category,
        created_at: past.at,
    };
    // Whoever answered it then had not been there yet.
    let question = Question { taken: false, ..question };
    let ready = snapshot.policy(past.category);
    let mut facts = facts(snapshot, ready, &question, &reading, &text, past.at);
    facts.arm = Arm::Rollout;
    facts.paused = None;
    facts.certificate = match threshold {
        Some(threshold) => Standing::Valid { id: CertificateId(0), threshold },
        None => Standing::Missing("no threshold kept the target on past tickets".into()),
    };
    let decision = decide(policy, &facts, past.at);
    let right = |answer: Option<AnswerId>| {
        let both = answer.zip(past.truth);
        both.is_some_and(|(sent, truth)| snapshot.label(sent) == snapshot.label(truth))
    };
    let outcome = match (decision.action, right(decision.answer)) {
        (Action::Auto, true) => Outcome::Right,
        (Action::Auto, false) => Outcome::Wrong,
        _ => Outcome::Unanswered,
    };
    Replayed {
        ticket: past.ticket,
        at: past.at,
        outcome,
        responder: decision.responder,
        answer: decision.answer,
        truth: past.truth,
        score: past.score,
        reason: decision.reason,
        live: past.live,
    }
}

fn below(threshold: Option<f64>, past: Past) -> Replayed {
    let reason = match threshold {
        Some(threshold) => domain::decide::below(past.score, threshold),
        None => "No threshold kept the target on past tickets".into(),
    };
    Replayed {
        ticket: past.ticket,
        at: past.at,
        outcome: Outcome::Unanswered,
        responder: Responder::Agent,
        answer: Some(past.predicted),
        truth: past.truth,
        score: past.score,
        reason,
        live: past.live,
    }
}
