//! Simulated tickets of an experiment, one after another, with a look after each.

use domain::experiments::Difference;
use domain::random::Random;
use domain::words::Side;

/// Share of tickets that get a rating.
const RATED: f64 = 0.25;

#[derive(Clone, Copy)]
pub(crate) struct Tickets {
    /// The chance of being confirmed on side A and B.
    pub(crate) confirmed: [f64; 2],
    /// By how much that falls, for both, from the first to the last ticket.
    pub(crate) falls: f64,
}

impl Tickets {
    pub(crate) fn equal(confirmed: f64) -> Self {
        Self { confirmed: [confirmed; 2], falls: 0.0 }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Look {
    ToTheEnd,
    /// Only at confirmed answers, until a difference is found there.
    UntilConfirmed,
}

/// After how many tickets something was found first.
#[derive(Default)]
pub(crate) struct Run {
    /// In any outcome; of CSAT only if both ways of counting the silent agree.
    pub(crate) found: Option<usize>,
    /// In confirmed answers, and which way.
    pub(crate) confirmed: Option<(usize, i8)>,
    /// By a z-test at 5% for confirmed answers alone, from the hundredth ticket on.
    pub(crate) usual: Option<usize>,
}

pub(crate) fn run(tickets: Tickets, most: usize, look: Look, seed: u64) -> Run {
    let mut random = Random(seed.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let [mut confirmed, mut again, mut good, mut not_bad, mut time] =
        std::array::from_fn(|_| Difference::default());
    let mut usual = Usual::default();
    let mut run = Run::default();
    for n in 1..=most {
        let side = if random.unit() < 0.5 { Side::A } else { Side::B };
        let chance = tickets.confirmed[usize::from(side == Side::B)] - tickets.falls * n as f64 / most as f64;
        let hit = random.unit() < chance;
        confirmed.observe(side, number(hit));
        if confirmed.found() != 0 && run.confirmed.is_none() {
            run.confirmed = Some((n, confirmed.found()));
        }
        if look == Look::UntilConfirmed {
            if run.confirmed.is_some() {
                break;
            }
            continue;
        }
        // What customers do next goes with whether they were helped.
        again.observe(side, number(random.unit() < if hit { 0.05 } else { 0.3 }));
        let rated = random.unit() < RATED;
        let happy = random.unit() < if hit { 0.95 } else { 0.3 };
        good.observe(side, number(rated && happy));
        not_bad.observe(side, number(!rated || happy));
        time.observe(side, if hit { 0.01 * random.unit() } else { random.unit().powi(2) });
        let csat = good.found() != 0 && good.found() == not_bad.found();
        if csat || [&confirmed, &again, &time].iter().any(|d| d.found() != 0) {
            run.found = run.found.or(Some(n));
        }
        if usual.differs(side, hit) {
            run.usual = run.usual.or(Some(n));
        }
    }
    run
}

fn number(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// A two-sided z-test of two shares at 5%.
#[derive(Default)]
struct Usual {
    of: [f64; 2],
    hits: [f64; 2],
}

impl Usual {
    fn differs(&mut self, side: Side, hit: bool) -> bool {
        let i = usize::from(side == Side::B);
        self.of[i] += 1.0;
        self.hits[i] += number(hit);
        let n = self.of[0] + self.of[1];
        let pooled = (self.hits[0] + self.hits[1]) / n;
        let error = (pooled * (1.0 - pooled) * (1.0 / self.of[0] + 1.0 / self.of[1])).sqrt();
        n >= 100.0 && (self.hits[0] / self.of[0] - self.hits[1] / self.of[1]).abs() > 1.959_964 * error
    }
}
