//! A confidence sequence: an interval for a mean that holds at all times at once, so that one may look as often as one
//! likes, and stop when one likes.
//!
//! It is the hedged capital process of Waudby-Smith & Ramdas (JRSS B 2024, arXiv:2010.09686, theorem 3) for values
//! in [0, 1]. Against every candidate `m` for the mean somebody bets that it is larger, and somebody else that it is
//! smaller, half a unit each. If `m` is the mean, neither's money can grow on average, so by Ville's inequality it
//! reaches `1/α` with a chance of at most `α`, ever. What is not refuted at some time stays refuted: the interval
//! only narrows. How much is staked is decided before each value is seen, from the variance so far.

/// By how much a stake may eat into the money at one value.
const CAUTION: f64 = 0.5;

/// Candidates for the mean, with what was won against each of them.
#[derive(Debug, Clone)]
pub struct Sequence {
    alpha: f64,
    /// Evenly spaced. Those before `from` are refuted because the mean is larger, those from `until` on because it is
    /// smaller.
    candidates: Vec<Candidate>,
    from: usize,
    until: usize,
    seen: Moments,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    mean: f64,
    larger: f64,
    smaller: f64,
}

/// Mean and variance of what came so far, drawn towards 1/2 and 1/4 while it is little.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    n: u64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn mean(self) -> f64 {
        (0.5 + self.sum) / (self.n as f64 + 1.0)
    }

    fn variance(self) -> f64 {
        (0.25 + self.squares) / (self.n as f64 + 1.0)
    }

    fn add(&mut self, value: f64) {
        self.n += 1;
        self.sum += value;
        self.squares += (value - self.mean()).powi(2);
    }
}

impl Sequence {
    /// Over means between `low` and `high`, told apart in `steps` steps; wrong at any time with a chance of at most
    /// `alpha`.
    pub fn new(alpha: f64, low: f64, high: f64, steps: usize) -> Self {
        let mean = |i: usize| low + (high - low) * i as f64 / steps as f64;
        let candidates = (0..=steps).map(|i| Candidate { mean: mean(i), larger: 0.5, smaller: 0.5 });
        Self { alpha, candidates: candidates.collect(), from: 0, until: steps + 1, seen: Moments::default() }
    }

    /// Takes in the next value, from 0 to 1.
    pub fn observe(&mut self, value: f64) {
        let stake = stake(self.alpha, self.seen.variance(), self.seen.n + 1);
        let enough = 1.0 / self.alpha;
        for c in self.candidates.get_mut(self.from..self.until).unwrap_or_default() {
            let off = value - c.mean;
            c.larger = (c.larger * (1.0 + stake.min(CAUTION / c.mean) * off)).min(f64::MAX / 4.0);
            c.smaller = (c.smaller * (1.0 - stake.min(CAUTION / (1.0 - c.mean)) * off)).min(f64::MAX / 4.0);
        }
        while self.from < self.until && self.candidates[self.from].larger >= enough {
            self.from += 1;
        }
        while self.from < self.until && self.candidates[self.until - 1].smaller >= enough {
            self.until -= 1;
        }
        self.seen.add(value);
    }

    /// The interval, from the last candidate refuted below to the first refuted above.
    pub fn interval(&self) -> (f64, f64) {
        let last = self.candidates.len() - 1;
        (self.candidates[self.from.saturating_sub(1)].mean, self.candidates[self.until.min(last)].mean)
    }

    /// Whether the candidate nearest to `mean` is refuted: 1 because the mean is larger, −1 because it is smaller.
    pub fn refutes(&self, mean: f64) -> i8 {
        let distances = self.candidates.iter().map(|c| (c.mean - mean).abs()).enumerate();
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(self.from, |(i, _)| i);
        if nearest < self.from { 1 } else { -i8::from(nearest >= self.until) }
    }

    pub fn count(&self) -> u64 {
        self.seen.n
    }

    /// The variance of the values so far.
    pub fn variance(&self) -> f64 {
        self.seen.variance()
    }
}

/// What is staked on the `n`-th value.
fn stake(alpha: f64, variance: f64, n: u64) -> f64 {
    let n = n as f64;
    (2.0 * (2.0 / alpha).ln() / (variance * n * (1.0 + n).ln())).sqrt()
}

/// After about how many values a mean that lies `off` from the one doubted would be told apart from it, when values
/// vary by `variance`: when the money won is expected to be enough. None: not within `most`.
pub fn found_after(alpha: f64, off: f64, variance: f64, most: u64) -> Option<u64> {
    let (off, mut won) = (off.abs(), 0.0);
    for n in 1..=most {
        let stake = stake(alpha, variance, n).min(2.0 * CAUTION);
        won += stake * off - stake * stake * (variance + off * off) / 2.0;
        if won >= (2.0 / alpha).ln() {
            return Some(n);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid() -> Sequence {
        Sequence::new(0.05, 0.0, 1.0, 200)
    }

    #[test]
    fn it_closes_in_on_the_mean() {
        let mut sequence = grid();
        for i in 0..4_000_u64 {
            sequence.observe(f64::from(u8::from(i % 10 < 3)));
        }
        let (low, high) = sequence.interval();
        assert!((0.25..0.3).contains(&low) && (0.3..0.36).contains(&high), "{low} {high}");
        assert_eq!((sequence.refutes(0.5), sequence.refutes(0.1), sequence.refutes(0.3)), (-1, 1, 0));
    }

    #[test]
    fn nothing_seen_says_nothing() {
        assert_eq!(grid().interval(), (0.0, 1.0));
    }

    #[test]
    fn the_forecast_is_near_what_happens() {
        let (mean, variance) = (0.6, 0.24);
        let forecast = found_after(0.05, 0.1, variance, 100_000).unwrap();
        let mut took: Vec<u64> = (0..101)
            .map(|seed| {
                let mut random = crate::random::Random(seed);
                let mut sequence = Sequence::new(0.05, 0.0, 1.0, 2);
                while sequence.refutes(0.5) == 0 && sequence.count() < 100_000 {
                    sequence.observe(f64::from(u8::from(random.unit() < mean)));
                }
                sequence.count()
            })
            .collect();
        took.sort_unstable();
        let ratio = forecast as f64 / took[50] as f64;
        assert!((0.7..1.4).contains(&ratio), "forecast {forecast}, half took up to {}", took[50]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        /// Of many sequences looked at after every value, at most `alpha` ever lose the true mean.
        #[test]
        fn looking_all_the_time_is_allowed(mean in 0.02..0.98_f64, seed in any::<u64>(), graded in any::<bool>()) {
            let mut lost = 0;
            for run in 0..400 {
                let mut random = crate::random::Random(seed.wrapping_add(run << 20));
                let mut sequence = Sequence::new(0.05, mean / 2.0, f64::midpoint(1.0, mean), 2);
                let truth = 0.5 * (mean / 2.0 + f64::midpoint(1.0, mean));
                for _ in 0..300 {
                    let hit = f64::from(u8::from(random.unit() < truth));
                    sequence.observe(if graded { f64::midpoint(hit, truth) } else { hit });
                }
                lost += u32::from(sequence.refutes(truth) != 0);
            }
            // 5% of 400 are 20; by chance alone more than 38 happen less than once in ten thousand.
            prop_assert!(lost <= 38, "{lost} of 400");
        }

        #[test]
        fn it_only_narrows_and_stays_in_order(values in prop::collection::vec(0.0..=1.0_f64, 1..80)) {
            let mut sequence = grid();
            let (mut low, mut high) = sequence.interval();
            for value in values {
                sequence.observe(value);
                let (l, h) = sequence.interval();
                prop_assert!(low <= l && l <= h && h <= high);
                (low, high) = (l, h);
            }
        }
    }
}
