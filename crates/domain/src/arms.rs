//! Which group of the experiment a requester belongs to: a keyed hash, so that nobody can choose it, the same
//! everywhere and for ever, and nested as shares rise.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::RequesterId;
use crate::policy::Policy;
use crate::words::{Arm, Mode};

/// Three independent positions in [0, 1), one for each share of a policy. Because each share is a beginning of
/// its own scale, raising one moves people only into it, never between the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    blind: f64,
    holdout: f64,
    rollout: f64,
}

/// Three independent positions in [0, 1), fixed by the key, a purpose and an id: chance that nobody can choose and
/// everyone can repeat.
pub(crate) fn places(key: &[u8], purpose: &[u8], id: i64) -> [f64; 3] {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0.0; 3] };
    mac.update(purpose);
    mac.update(b"\0");
    mac.update(&id.to_be_bytes());
    let bytes = mac.finalize().into_bytes();
    [0, 1, 2].map(|part: usize| {
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[part * 8..part * 8 + 8]);
        // 53 bits: what a double holds exactly.
        (u64::from_be_bytes(number) >> 11) as f64 / (1_u64 << 53) as f64
    })
}

impl Place {
    pub fn of(key: &[u8], requester: RequesterId) -> Self {
        let [blind, holdout, rollout] = places(key, b"arms", requester.0);
        Self { blind, holdout, rollout }
    }

    /// The arm under a policy.
    pub fn arm(self, policy: &Policy) -> Arm {
        match policy.mode {
            Mode::Off => Arm::Off,
            Mode::Shadow => Arm::Shadow,
            Mode::Suggest | Mode::Auto if self.blind < policy.blind => Arm::Blind,
            Mode::Suggest | Mode::Auto if self.holdout < policy.holdout => Arm::Holdout,
            Mode::Suggest | Mode::Auto if self.rollout < policy.rollout => Arm::Rollout,
            Mode::Suggest | Mode::Auto => Arm::Waiting,
        }
    }
}

/// How likely it was that a requester would be in this arm.
pub fn propensity(policy: &Policy, arm: Arm) -> f64 {
    let seeing = 1.0 - policy.blind;
    match arm {
        Arm::Off | Arm::Shadow => 1.0,
        Arm::Blind => policy.blind,
        Arm::Holdout => seeing * policy.holdout,
        Arm::Rollout => seeing * (1.0 - policy.holdout) * policy.rollout,
        Arm::Waiting => seeing * (1.0 - policy.holdout) * (1.0 - policy.rollout),
    }
}

/// Whether an agent sees what the learner thinks. Where this is false, what the agent chooses is unbiased: only
/// the arm hid the suggestion, never the question.
pub fn shows_suggestions(mode: Mode, arm: Arm) -> bool {
    match (mode, arm) {
        (Mode::Suggest, arm) => arm == Arm::Rollout,
        (Mode::Auto, arm) => matches!(arm, Arm::Holdout | Arm::Waiting | Arm::Rollout),
        (Mode::Off | Mode::Shadow, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn policy(mode: Mode, blind: f64, holdout: f64, rollout: f64) -> Policy {
        Policy { mode, rollout, holdout, blind, ..Policy::default() }
    }

    #[test]
    fn shares_are_met() {
        let policy = policy(Mode::Auto, 0.05, 0.1, 0.5);
        let mut counts = std::collections::HashMap::new();
        for id in 0..40_000 {
            *counts.entry(Place::of(b"key", RequesterId(id)).arm(&policy)).or_insert(0) += 1;
        }
        for (arm, count) in counts {
            let expected = propensity(&policy, arm) * 40_000.0;
            let tolerance = 5.0 * expected.sqrt();
            assert!((f64::from(count) - expected).abs() < tolerance, "{arm}: {count}, expected {expected}");
        }
    }

    #[test]
    fn another_key_gives_other_groups() {
        let same = (0..1000).filter(|&id| {
            Place::of(b"a", RequesterId(id)).blind.to_bits()
                == Place::of(b"b", RequesterId(id)).blind.to_bits()
        });
        assert_eq!(same.count(), 0);
    }

    proptest! {
        #[test]
        fn rising_rollout_only_moves_people_from_waiting_to_rollout(
            id in any::<i64>(), blind in 0.02..0.5_f64, holdout in 0.0..0.5_f64, low in 0.0..1.0_f64, more in 0.0..1.0_f64,
        ) {
            let place = Place::of(b"key", RequesterId(id));
            let before = place.arm(&policy(Mode::Auto, blind, holdout, low));
            let after = place.arm(&policy(Mode::Auto, blind, holdout, (low + more).min(1.0)));
            prop_assert!(before == after || (before == Arm::Waiting && after == Arm::Rollout));
        }

        #[test]
        fn rising_holdout_or_blind_only_moves_people_into_it(
            id in any::<i64>(), rollout in 0.0..1.0_f64, low in 0.02..0.5_f64, more in 0.0..0.5_f64,
        ) {
            let place = Place::of(b"key", RequesterId(id));
            let before = place.arm(&policy(Mode::Suggest, 0.05, low, rollout));
            let after = place.arm(&policy(Mode::Suggest, 0.05, low + more, rollout));
            prop_assert!(before == after || after == Arm::Holdout);
            let before = place.arm(&policy(Mode::Suggest, low, 0.1, rollout));
            let after = place.arm(&policy(Mode::Suggest, low + more, 0.1, rollout));
            prop_assert!(before == after || after == Arm::Blind);
        }

        #[test]
        fn propensities_sum_to_one(blind in 0.02..1.0_f64, holdout in 0.0..1.0_f64, rollout in 0.0..1.0_f64) {
            let policy = policy(Mode::Auto, blind, holdout, rollout);
            let sum: f64 = [Arm::Blind, Arm::Holdout, Arm::Rollout, Arm::Waiting].iter().map(|&a| propensity(&policy, a)).sum();
            prop_assert!((sum - 1.0).abs() < 1e-9);
        }
    }
}
