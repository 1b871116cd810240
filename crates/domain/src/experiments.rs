//! Experiments: two policies, models, wordings or orders of responders at the same time, half of those who take part
//! each, compared by assignment with intervals that hold however often anyone looks.
//!
//! Whoever takes part, and on which side, is a keyed hash of the requester and the experiment, independent of the
//! arms of the policy and of every other experiment. So the coin of each requester is fair whatever is known before,
//! and a comparison needs nothing else to be true.

mod compare;
mod results;
mod sequence;
mod verdict;

use serde::{Deserialize, Serialize};

use crate::arms::places;
use crate::words::{ExperimentKind, ExperimentState, Order, Side};
use crate::{AnswerId, CategoryId, ExperimentId, Millis, RequesterId};

pub use compare::{ALPHA, Difference, RECONTACT_WINDOW, WINDOW, results};
pub use results::{Case, Comparison, Estimate, Later, Point, Results, Seen};
pub use sequence::{Sequence, found_after};
pub use verdict::{Verdict, verdict};

/// What the two sides differ in. Everything else is the same for both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subject {
    /// Two versions of a category's policy.
    Policy { a: i64, b: i64 },
    /// Two versions of the model.
    Model { a: i64, b: i64 },
    /// Two texts of one answer, in one language or the main text.
    Wording {
        answer: AnswerId,
        #[serde(default)]
        language: Option<String>,
        #[serde(default)]
        a: String,
        b: String,
    },
    /// Who is asked first.
    Order { a: Order, b: Order },
}

impl Subject {
    pub fn kind(&self) -> ExperimentKind {
        match self {
            Self::Policy { .. } => ExperimentKind::Policy,
            Self::Model { .. } => ExperimentKind::Model,
            Self::Wording { .. } => ExperimentKind::Wording,
            Self::Order { .. } => ExperimentKind::Order,
        }
    }

    /// Whether both sides are the same, which compares nothing but the tooling itself.
    pub fn is_same(&self) -> bool {
        match self {
            Self::Policy { a, b } | Self::Model { a, b } => a == b,
            Self::Wording { a, b, .. } => a == b,
            Self::Order { a, b } => a == b,
        }
    }

    fn answer(&self) -> Option<AnswerId> {
        match self {
            Self::Wording { answer, .. } => Some(*answer),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Experiment {
    pub id: ExperimentId,
    pub name: String,
    /// [`CategoryId::DEFAULT`] for all of them.
    pub category: CategoryId,
    pub subject: Subject,
    /// The share of requesters who take part, half of them on each side.
    pub share: f64,
    /// Why it is made.
    pub reason: Option<String>,
    pub created_by: String,
    pub created_at: Millis,
    pub started_at: Option<Millis>,
    /// When it is to end by itself.
    pub ends_at: Option<Millis>,
    pub ended_at: Option<Millis>,
    pub end: Option<String>,
    /// The side that was taken over.
    pub adopted: Option<Side>,
}

impl Experiment {
    pub fn state(&self) -> ExperimentState {
        match (self.started_at, self.ended_at) {
            (_, Some(_)) => ExperimentState::Ended,
            (Some(_), None) => ExperimentState::Running,
            (None, None) => ExperimentState::Draft,
        }
    }

    /// Whether tickets that come to this category at this time can take part.
    pub fn covers(&self, category: CategoryId, at: Millis) -> bool {
        self.ended_at.is_none()
            && self.started_at.is_some_and(|start| start <= at)
            && self.ends_at.is_none_or(|end| at < end)
            && (self.category == CategoryId::DEFAULT || self.category == category)
    }

    /// Whether effects of both could not be told apart: of one kind, where tickets could be in both.
    pub fn mixes_with(&self, other: &Self) -> bool {
        let overlap =
            self.category == other.category || [self.category, other.category].contains(&CategoryId::DEFAULT);
        overlap
            && self.subject.kind() == other.subject.kind()
            && self.subject.answer() == other.subject.answer()
    }

    pub fn compares_texts_of(&self, answer: AnswerId) -> bool {
        self.subject.answer() == Some(answer)
    }

    /// The side of a requester; `None` does not take part. It never changes while the experiment runs.
    pub fn side(&self, key: &[u8], requester: RequesterId) -> Option<Side> {
        let purpose = [b"experiment".as_slice(), &self.id.0.to_be_bytes()].concat();
        let [part, side, _] = places(key, &purpose, requester.0);
        (part < self.share).then_some(if side < 0.5 { Side::A } else { Side::B })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::arms::Place;
    use crate::policy::Policy;
    use crate::words::{Arm, Mode};

    fn experiment(id: i64, category: i64, subject: Subject) -> Experiment {
        Experiment {
            id: ExperimentId(id),
            name: "Which".into(),
            category: CategoryId(category),
            subject,
            share: 1.0,
            reason: None,
            created_by: "Ada".into(),
            created_at: 0,
            started_at: Some(10),
            ends_at: None,
            ended_at: None,
            end: None,
            adopted: None,
        }
    }

    const MODELS: Subject = Subject::Model { a: 1, b: 2 };

    #[test]
    fn sides_do_not_depend_on_arms_nor_on_each_other() {
        let policy = Policy { mode: Mode::Auto, rollout: 0.5, ..Policy::default() };
        let (one, two) = (experiment(1, 0, MODELS), experiment(2, 0, MODELS));
        let mut both = std::collections::HashMap::new();
        for id in 0..20_000 {
            let rolled = Place::of(b"key", RequesterId(id)).arm(&policy) == Arm::Rollout;
            let sides = [&one, &two].map(|e| e.side(b"key", RequesterId(id)) == Some(Side::B));
            *both.entry((rolled, sides)).or_insert(0) += 1;
        }
        let rolled: i32 = both.iter().filter(|(k, _)| k.0).map(|(_, n)| n).sum();
        for ((on, _), count) in both {
            let of = if on { rolled } else { 20_000 - rolled };
            let expected = f64::from(of) / 4.0;
            assert!((f64::from(count) - expected).abs() < 5.0 * expected.sqrt(), "{count} of {of}");
        }
    }

    #[test]
    fn effects_of_one_kind_do_not_mix() {
        let order = Subject::Order { a: Order::RulesFirst, b: Order::LearnerFirst };
        let wording = |answer| Subject::Wording {
            answer: AnswerId(answer),
            language: None,
            a: "x".into(),
            b: "y".into(),
        };
        let mixes = |a: &Experiment, b: &Experiment| a.mixes_with(b) && b.mixes_with(a);
        assert!(mixes(&experiment(1, 7, MODELS), &experiment(2, 0, MODELS)));
        assert!(!mixes(&experiment(1, 7, MODELS), &experiment(2, 8, MODELS)));
        assert!(!mixes(&experiment(1, 7, MODELS), &experiment(2, 7, order)));
        assert!(mixes(&experiment(1, 0, wording(3)), &experiment(2, 0, wording(3))));
        assert!(!mixes(&experiment(1, 0, wording(3)), &experiment(2, 0, wording(4))));
    }

    #[test]
    fn only_what_comes_while_it_runs_takes_part() {
        let mut it = experiment(1, 7, MODELS);
        it.ends_at = Some(20);
        assert!(it.covers(CategoryId(7), 10) && !it.covers(CategoryId(8), 10));
        assert!(!it.covers(CategoryId(7), 9) && !it.covers(CategoryId(7), 20));
        it.ended_at = Some(15);
        assert!(!it.covers(CategoryId(7), 12));
    }

    proptest! {
        #[test]
        fn a_larger_share_moves_nobody_to_the_other_side(id in any::<i64>(), share in 0.0..1.0_f64) {
            let part = Experiment { share, ..experiment(1, 0, MODELS) };
            let all = experiment(1, 0, MODELS);
            let side = part.side(b"key", RequesterId(id));
            prop_assert!(side.is_none() || side == all.side(b"key", RequesterId(id)));
        }
    }
}
