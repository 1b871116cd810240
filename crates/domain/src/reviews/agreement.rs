//! How far people agree about what the right answer is. Nothing can be measured more exactly than they do.

use std::collections::BTreeMap;

use crate::AnswerId;
use crate::stats::Rate;

/// The agreement of two people who chose independently for the same tickets.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    pub agreed: Rate,
    /// Cohen's kappa (1960): agreement beyond what chance would give, 1 at most. None when all chose the same
    /// answer throughout, where chance alone would agree.
    pub kappa: Option<f64>,
}

/// Of pairs of choices, None being "no answer fits".
pub fn agreement(pairs: &[(Option<AnswerId>, Option<AnswerId>)]) -> Agreement {
    let agreed = pairs.iter().filter(|(a, b)| a == b).count();
    let rate = Rate::new(agreed as i64, pairs.len() as i64);
    // Who is first and who second is chance, so that both share one distribution of choices.
    let mut chosen: BTreeMap<Option<AnswerId>, f64> = BTreeMap::new();
    for (a, b) in pairs {
        *chosen.entry(*a).or_default() += 1.0;
        *chosen.entry(*b).or_default() += 1.0;
    }
    let all = 2.0 * pairs.len() as f64;
    let by_chance: f64 = chosen.values().map(|n| (n / all).powi(2)).sum();
    let kappa = rate.rate.filter(|_| by_chance < 1.0).map(|seen| (seen - by_chance) / (1.0 - by_chance));
    Agreement { agreed: rate, kappa }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: i64, b: i64) -> (Option<AnswerId>, Option<AnswerId>) {
        let answer = |id: i64| (id > 0).then_some(AnswerId(id));
        (answer(a), answer(b))
    }

    #[test]
    fn agreement_is_counted_and_corrected_for_chance() {
        // 8 of 10 agree; both answers are chosen 10 times of 20, so chance gives one half.
        let mut pairs = vec![pair(1, 1); 4];
        pairs.extend(vec![pair(2, 2); 4]);
        pairs.extend([pair(1, 2), pair(2, 1)]);
        let it = agreement(&pairs);
        assert_eq!((it.agreed.count, it.agreed.of), (8, 10));
        assert!((it.kappa.unwrap() - 0.6).abs() < 1e-9);
    }

    #[test]
    fn nothing_is_said_without_pairs_or_without_a_choice() {
        assert_eq!(agreement(&[]).kappa, None);
        let same = agreement(&[pair(1, 1), pair(1, 1)]);
        assert_eq!((same.agreed.rate, same.kappa), (Some(1.0), None));
        assert_eq!(agreement(&[pair(0, 0), pair(1, 1)]).kappa, Some(1.0));
    }
}
