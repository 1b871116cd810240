//! A rule tried on past tickets before it is saved: which it would have met, what stands before it, and whether its
//! answer is the one that agents chose. Nothing is changed, and nothing is sent.

use std::collections::HashMap;
use std::sync::Arc;

use domain::phrases::Comparable;
use domain::rules::{Conditions, Question, ReadyRule, Rule};
use domain::time::DAY;
use domain::words::Mode;
use domain::{AnswerId, CategoryId, Millis, RuleId, TicketId};
use store::readings;
use store::rules::Past;

use super::{RuleChange, checked};
use crate::automation::Snapshot;
use crate::journey::understand::main_part;
use crate::{App, Error, Result, automation};

/// How far back at most, in days.
pub const FARTHEST: i64 = 366;
/// Tickets tried at most, the newest; a month of a large team.
const MOST: usize = 30_000;

/// A rule as it would be, and how far back to try it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The rule that this is a change of.
    pub rule: Option<RuleId>,
    pub conditions: Conditions,
    pub answer: AnswerId,
    /// Where it is asked; None: where it is, or after all others.
    pub position: Option<i64>,
    pub days: i64,
}

/// What would have become of a ticket that meets the conditions.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = DryRunOutcome)]
pub enum Outcome {
    /// Answered, where an agent chose another answer or found that none fitted.
    Wrong,
    Right,
    /// Answered, and nobody has said what is right.
    Unknown,
    /// An earlier rule takes it.
    Earlier,
    /// Kept for people by the never-list.
    Never,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Met {
    pub ticket: TicketId,
    pub at: Millis,
    pub category: CategoryId,
    pub outcome: Outcome,
    /// The earlier rule, or what of the never-list was found.
    pub why: Option<String>,
    pub truth: Option<AnswerId>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DryRun {
    pub from: Millis,
    pub to: Millis,
    /// Tickets tried, the newest first.
    pub looked: i64,
    /// There were more than could be tried.
    pub cut: bool,
    /// Those that meet the conditions: wrong ones first, then the newest.
    pub met: Vec<Met>,
    /// Of those it would answer, the ones whose category answers by itself today.
    pub switched_on: i64,
}

impl DryRun {
    pub fn count(&self, outcome: Outcome) -> i64 {
        self.met.iter().filter(|m| m.outcome == outcome).count() as i64
    }
}

/// Tries the rule on the tickets of the last days.
pub async fn dry_run(app: &App, asked: Asked) -> Result<DryRun> {
    let (snapshot, to) = (automation::snapshot(app).await?, app.now());
    if !(1..=FARTHEST).contains(&asked.days) {
        let message = format!("{} is out of range: from 1 to {FARTHEST} days can be tried", asked.days);
        return Err(Error::invalid("days", message));
    }
    let from = to - asked.days * DAY;
    let rules = with_it(&snapshot, asked, to)?;
    let mut past = store::rules::past(&app.db, from, MOST as i64 + 1).await?;
    let cut = past.len() > MOST;
    past.truncate(MOST);
    let ids: Vec<TicketId> = past.iter().map(|p| p.ticket).collect();
    let questions = readings::asked(&app.db, &ids).await?;
    let looked = past.len() as i64;
    let work = move || met(&snapshot, &rules, past, questions);
    let (met, switched_on) = tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| Error::Conflict(format!("the dry run stopped: {e}")))?;
    Ok(DryRun { from, to, looked, cut, met, switched_on })
}

/// The rules in force up to and with the one that is tried.
fn with_it(snapshot: &Snapshot, asked: Asked, now: Millis) -> Result<Vec<ReadyRule>> {
    let mut earlier: Vec<Rule> = snapshot.rules.iter().map(|r| r.rule.clone()).collect();
    let known = match asked.rule {
        Some(id) => Some(super::find(snapshot, id)?),
        None => None,
    };
    earlier.retain(|rule| Some(rule.id) != asked.rule);
    let last = earlier.iter().map(|rule| rule.position + 1).max().unwrap_or(1);
    let blank = Rule {
        id: RuleId(0),
        name: "this rule".into(),
        position: known.map_or(last, |rule| rule.position),
        active: true,
        conditions: Conditions::default(),
        answer: asked.answer,
        created_at: now,
        updated_at: now,
    };
    let change = RuleChange {
        conditions: Some(asked.conditions),
        answer: Some(asked.answer),
        position: asked.position,
        ..RuleChange::default()
    };
    let rule = checked(snapshot, blank, change)?;
    earlier.retain(|other| other.position <= rule.position);
    Ok(earlier.into_iter().chain([rule]).map(ReadyRule::new).collect())
}

fn met(
    snapshot: &Arc<Snapshot>,
    rules: &[ReadyRule],
    past: Vec<Past>,
    questions: Vec<readings::Question>,
) -> (Vec<Met>, i64) {
    let questions: HashMap<TicketId, readings::Question> =
        questions.into_iter().map(|q| (q.ticket, q)).collect();
    let mut met: Vec<Met> =
        past.iter().filter_map(|past| one(snapshot, rules, past, questions.get(&past.ticket)?)).collect();
    let answered = |m: &&Met| m.outcome < Outcome::Earlier;
    let on = |m: &&Met| snapshot.policy(m.category).policy.mode == Mode::Auto;
    let switched_on = met.iter().filter(answered).filter(on).count() as i64;
    met.sort_by(|a, b| a.outcome.cmp(&b.outcome).then(b.at.cmp(&a.at)));
    (met, switched_on)
}

/// None when it does not meet the conditions.
fn one(snapshot: &Snapshot, rules: &[ReadyRule], past: &Past, question: &readings::Question) -> Option<Met> {
    let (tried, earlier) = rules.split_last()?;
    let text = Comparable::new(&learn::normalise(question.subject.as_deref(), &question.body));
    let language = past.language.as_deref().map(main_part);
    let asked = Question {
        category: past.category,
        text: &text,
        language: language.as_deref(),
        email: &question.email,
        at: question.created_at,
    };
    if !tried.applies(asked) {
        return None;
    }
    let never = &snapshot.policy(past.category).never;
    let never = never.hit(&text, &question.email, question.has_attachments);
    let before = earlier.iter().find(|rule| rule.applies(asked)).map(|rule| rule.rule.name.clone());
    let same = |truth: AnswerId| snapshot.label(truth) == snapshot.label(tried.rule.answer);
    let (outcome, why) = match (never, before, past.truth) {
        (Some(why), _, _) => (Outcome::Never, Some(why)),
        (None, Some(name), _) => (Outcome::Earlier, Some(name)),
        (None, None, None) => (Outcome::Unknown, None),
        (None, None, Some(truth)) if truth.is_some_and(same) => (Outcome::Right, None),
        (None, None, Some(_)) => (Outcome::Wrong, None),
    };
    Some(Met {
        ticket: past.ticket,
        at: question.created_at,
        category: past.category,
        outcome,
        why,
        truth: past.truth.flatten(),
    })
}
