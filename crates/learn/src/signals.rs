//! What the gate looks at besides the top probability: a question that the classifier has never been taught can
//! look certain to it, yet have unheard words and no near neighbour.

use crate::logistic::logit;
use crate::look::Look;

pub(crate) const WIDTH: usize = 22;

/// The signals in their fixed order. All finite whatever the text. `reliability` is how reliable the top answer was
/// out of fold, as log-odds.
pub(crate) fn signals(look: &Look, reliability: f64) -> Vec<f64> {
    let of_top =
        |get: &dyn Fn(&crate::look::Candidate) -> f64, none: f64| look.candidates.first().map_or(none, get);
    let probability = of_top(&|c| c.probability, 0.0);
    let margin = of_top(&|c| c.margin, -1.0);
    let own = of_top(&|c| c.features[1], 0.0);
    let second = look.candidates.iter().skip(1).map(|c| c.margin).fold(-1.0, f64::max);
    let rival = look.candidates.iter().skip(1).map(|c| c.features[1]).fold(0.0, f64::max);
    let lead = margin - second;
    // All 0 without an encoder, and then of no weight.
    let near = of_top(&|c| c.features[5], 0.0);
    let other = look.candidates.iter().skip(1).map(|c| c.features[5]).fold(0.0, f64::max);
    vec![
        logit(probability.min(1.0 - 1e-6)).max(-6.0),
        margin,
        lead,
        own,
        own - rival,
        look.misfit,
        of_top(&|c| c.votes, 0.0),
        of_top(&|c| c.features[2], 0.0),
        look.unseen,
        (look.words as f64).ln_1p(),
        reliability,
        look.entropy,
        margin.max(0.0),
        (margin + 0.5).min(0.0),
        own * own,
        own * lead,
        near,
        near - other,
        look.odd,
        of_top(&|c| c.agreed, 0.0),
        of_top(&|c| c.features[6], 0.0),
        near * near,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_of_nothing_are_finite() {
        let look =
            Look { candidates: Vec::new(), entropy: 0.0, misfit: 0.0, odd: 0.0, unseen: 1.0, words: 0 };
        let signals = signals(&look, 0.0);
        assert_eq!(signals.len(), WIDTH);
        assert!(signals.iter().all(|s| s.is_finite()));
    }
}
