//! Running experiments made ready for decisions, and what they ask of a ticket.

use std::collections::HashMap;
use std::sync::Arc;

use domain::experiments::{Experiment, Subject};
use domain::policy::Policy;
use domain::words::{ExperimentKind, Mode, Order, Side};
use domain::{AnswerId, CategoryId};
use store::experiments::Assigned;
use store::readings::Question;

use crate::automation::{InUse, ReadyPolicy, Snapshot, load_model};
use crate::{App, Result};

/// A running experiment with what its sides need.
#[derive(Debug)]
pub struct Running {
    pub experiment: Experiment,
    /// A and B, of an experiment with policies.
    policies: Option<[ReadyPolicy; 2]>,
    /// A and B, of an experiment with models.
    models: Option<[Arc<InUse>; 2]>,
}

impl Running {
    pub(crate) fn models(&self) -> impl Iterator<Item = &Arc<InUse>> {
        self.models.iter().flatten()
    }

    pub(crate) fn policies(&self) -> impl Iterator<Item = &Policy> {
        self.policies.iter().flatten().map(|ready| &ready.policy)
    }
}

/// The running experiments, ready. One whose sides cannot be read is left out, so that nobody takes part in it.
pub(crate) async fn ready(
    app: &App,
    policies: &HashMap<CategoryId, ReadyPolicy>,
    model: Option<&Arc<InUse>>,
    known: Option<&Snapshot>,
) -> Result<Vec<Running>> {
    let mut all = Vec::new();
    for experiment in store::experiments::running(&app.db).await? {
        let mut running = Running { experiment, policies: None, models: None };
        let whole = match running.experiment.subject {
            Subject::Policy { a, b } => {
                running.policies = sides_of_policy(app, policies, running.experiment.category, a, b).await?;
                running.policies.is_some()
            }
            Subject::Model { a, b } => {
                let (a, b) =
                    (side_model(app, model, known, a).await?, side_model(app, model, known, b).await?);
                running.models = a.zip(b).map(|(a, b)| [a, b]);
                running.models.is_some()
            }
            Subject::Wording { .. } | Subject::Order { .. } => true,
        };
        if whole {
            all.push(running);
        } else {
            tracing::error!(experiment = %running.experiment.id, "a side cannot be read; nobody takes part");
        }
    }
    Ok(all)
}

async fn sides_of_policy(
    app: &App,
    policies: &HashMap<CategoryId, ReadyPolicy>,
    category: CategoryId,
    a: i64,
    b: i64,
) -> Result<Option<[ReadyPolicy; 2]>> {
    let in_force = policies.get(&category).or_else(|| policies.get(&CategoryId::DEFAULT));
    let Some(in_force) = in_force.map(|ready| &ready.policy) else { return Ok(None) };
    let mut sides = Vec::with_capacity(2);
    for version in [a, b] {
        let Some(kept) = store::policies::version(&app.db, in_force.category, version).await? else {
            return Ok(None);
        };
        sides.push(ReadyPolicy::new(Policy {
            category,
            mode: at_most(kept.mode, in_force.mode),
            changed_at: in_force.changed_at,
            ..kept
        }));
    }
    Ok(<[ReadyPolicy; 2]>::try_from(sides).ok())
}

/// A side never does more than the switch allows.
pub(super) fn at_most(mode: Mode, allowed: Mode) -> Mode {
    let rank = |mode| Mode::ALL.iter().position(|m| *m == mode);
    if rank(mode) > rank(allowed) { allowed } else { mode }
}

async fn side_model(
    app: &App,
    in_use: Option<&Arc<InUse>>,
    known: Option<&Snapshot>,
    version: i64,
) -> Result<Option<Arc<InUse>>> {
    let before = known.into_iter().flat_map(|k| k.experiments.iter().flat_map(Running::models));
    if let Some(model) = in_use.into_iter().chain(before).find(|m| m.version == version) {
        return Ok(Some(model.clone()));
    }
    Ok(load_model(app, version).await?.ok())
}

/// On which side a ticket is, and what that means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    running: &'a Running,
    pub(crate) side: Side,
}

impl<'a> Part<'a> {
    pub(crate) fn assigned(self) -> Assigned {
        Assigned { experiment: self.running.experiment.id, side: self.side }
    }

    /// Whether it speaks for all categories.
    pub(crate) fn is_everywhere(self) -> bool {
        self.running.experiment.category == CategoryId::DEFAULT
    }

    fn of<T>(self, sides: &'a [T; 2]) -> &'a T {
        let [a, b] = sides;
        if self.side == Side::A { a } else { b }
    }

    pub(crate) fn policy(self) -> Option<&'a ReadyPolicy> {
        self.running.policies.as_ref().map(|sides| self.of(sides))
    }

    pub(crate) fn model(self) -> Option<&'a Arc<InUse>> {
        self.running.models.as_ref().map(|sides| self.of(sides))
    }

    pub(crate) fn order(self) -> Option<Order> {
        match self.running.experiment.subject {
            Subject::Order { a, b } => Some(if self.side == Side::A { a } else { b }),
            _ => None,
        }
    }
}

impl Snapshot {
    /// Which part a ticket has in a running experiment of this kind.
    pub(crate) fn part(
        &self,
        kind: ExperimentKind,
        category: CategoryId,
        question: &Question,
    ) -> Option<Part<'_>> {
        let covers = |running: &&Running| {
            running.experiment.subject.kind() == kind
                && running.experiment.covers(category, question.created_at)
        };
        self.takes_part(self.experiments.iter().find(covers)?, category, question)
    }

    /// The part in an experiment on an answer's text, and the text of its side, if it is `text` that would be sent.
    pub(crate) fn wording(
        &self,
        answer: AnswerId,
        text: &str,
        category: CategoryId,
        question: &Question,
    ) -> Option<(Part<'_>, &str)> {
        self.experiments.iter().find_map(|running| {
            let Subject::Wording { answer: of, a, b, .. } = &running.experiment.subject else { return None };
            if *of != answer || a != text || !running.experiment.covers(category, question.created_at) {
                return None;
            }
            let part = self.takes_part(running, category, question)?;
            Some((part, if part.side == Side::A { a.as_str() } else { b.as_str() }))
        })
    }

    /// Nothing that a side decides plays a role here: only what is known before.
    fn takes_part<'a>(
        &self,
        running: &'a Running,
        category: CategoryId,
        question: &Question,
    ) -> Option<Part<'a>> {
        let on = matches!(self.policy(category).policy.mode, Mode::Suggest | Mode::Auto);
        if !on || question.taken || question.from_machine {
            return None;
        }
        let side = running.experiment.side(&self.arms_key, question.requester)?;
        Some(Part { running, side })
    }
}
