//! Reviews: a person looks at a ticket that was answered by itself, chooses what the answer should have been, and
//! only then sees what was sent.
//!
//! Reviews of a uniform sample tell how right the answers are, and feed the guardrail. Those of answers that were
//! picked because the learner was least sure of them teach, and never count as a measure.

use crate::AnswerId;
use crate::words::Verdict;

pub mod agreement;
pub mod budget;

/// What one person said of one ticket, before seeing what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// As the learner's label: interchangeable answers are one. None: no answer fits.
    pub answer: Option<AnswerId>,
    /// Wrong in a way that harms: said once the answer was shown.
    pub harmful: bool,
}

impl Choice {
    /// What it says of the answer that was sent, or would have been; None when there was none.
    pub fn verdict(self, sent: Option<AnswerId>) -> Verdict {
        match (self.answer == sent, self.harmful) {
            (true, _) => Verdict::Right,
            (false, true) => Verdict::Harmful,
            (false, false) => Verdict::Wrong,
        }
    }
}

/// Where a review stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Somebody has yet to look.
    Waiting,
    /// Two people chose differently: somebody decides between them.
    Disputed,
    Settled {
        verdict: Verdict,
        answer: Option<AnswerId>,
    },
}

/// What the choices so far, in their order, come to when `wanted` people (one or two) were to look.
pub fn standing(wanted: i64, sent: Option<AnswerId>, choices: &[Choice]) -> Standing {
    let settled = |by: Choice| Standing::Settled { verdict: by.verdict(sent), answer: by.answer };
    match choices {
        [] => Standing::Waiting,
        [one] if wanted <= 1 => settled(*one),
        [_] => Standing::Waiting,
        [one, two] if one.answer == two.answer => {
            settled(Choice { answer: one.answer, harmful: one.harmful || two.harmful })
        }
        [..] => Standing::Disputed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: Option<AnswerId> = Some(AnswerId(1));

    fn choice(answer: i64) -> Choice {
        Choice { answer: (answer > 0).then_some(AnswerId(answer)), harmful: false }
    }

    #[test]
    fn the_choice_makes_the_verdict() {
        assert_eq!(choice(1).verdict(SENT), Verdict::Right);
        assert_eq!(choice(2).verdict(SENT), Verdict::Wrong);
        assert_eq!(choice(0).verdict(SENT), Verdict::Wrong);
        assert_eq!(Choice { harmful: true, ..choice(2) }.verdict(SENT), Verdict::Harmful);
        assert_eq!(Choice { harmful: true, ..choice(1) }.verdict(SENT), Verdict::Right);
    }

    #[test]
    fn two_who_agree_settle_it_and_two_who_do_not_leave_it_open() {
        let at = |wanted, choices: &[Choice]| standing(wanted, SENT, choices);
        let settled = |verdict, answer: i64| Standing::Settled { verdict, answer: choice(answer).answer };
        assert_eq!(at(1, &[]), Standing::Waiting);
        assert_eq!(at(1, &[choice(2)]), settled(Verdict::Wrong, 2));
        assert_eq!(at(2, &[choice(1)]), Standing::Waiting);
        assert_eq!(at(2, &[choice(1), choice(1)]), settled(Verdict::Right, 1));
        assert_eq!(at(2, &[choice(1), choice(2)]), Standing::Disputed);
        let harm = Choice { harmful: true, ..choice(3) };
        assert_eq!(at(2, &[choice(3), harm]), settled(Verdict::Harmful, 3));
    }
}
