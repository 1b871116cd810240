//! Things that happen more or less often.

use rand::RngExt;
use rand::rngs::StdRng;

/// One of the things, each as often as its weight says. The weights need not add up to anything.
pub(crate) fn weighted<'a, T>(
    rng: &mut StdRng,
    things: &'a [T],
    weight: impl Fn(&T) -> f64,
) -> Option<&'a T> {
    let total: f64 = things.iter().map(&weight).sum();
    let mut point = rng.random_range(0.0..1.0) * total;
    for thing in things {
        point -= weight(thing);
        if point < 0.0 {
            return Some(thing);
        }
    }
    things.last()
}

/// Any of the things, all as often.
pub(crate) fn any<'a, T>(rng: &mut StdRng, things: &'a [T]) -> Option<&'a T> {
    (!things.is_empty()).then(|| &things[rng.random_range(0..things.len())])
}
