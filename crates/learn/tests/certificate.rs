//! A certificate's promise, tested against a large pool of real, scored tickets that is taken for the truth.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::unwrap_used, reason = "a test says what it relies on by failing")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use learn::{Config, Role, Row, Scored, Verdict, attempt_delta, certify, fit_with_roles};
use proptest::prelude::*;

const DRAWS: u64 = 500;
const DELTA: f64 = 0.05;

/// `SplitMix64`, enough for drawing tickets.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(z ^ (z >> 31)) * n as u128) >> 64) as usize
    }
}

/// How many of the certificates drawn from `pool` promise more than the pool keeps, and how many there were.
fn broken(pool: &[Scored], size: usize, target: f64, keep: impl Fn(&Scored) -> bool) -> (u64, u64) {
    let (mut broken, mut certified) = (0, 0);
    for seed in 0..DRAWS {
        let mut dice = Dice(seed);
        let drawn: Vec<Scored> = (0..size)
            .map(|i| Scored {
                role: if i % 4 == 0 { Role::Select } else { Role::Certify },
                ..pool[dice.below(pool.len())]
            })
            .filter(&keep)
            .collect();
        let Verdict::Certified(c) = certify(&drawn, target, DELTA) else { continue };
        certified += 1;
        let above: Vec<&Scored> = pool.iter().filter(|s| keep(s) && s.score >= c.threshold).collect();
        let right = above.iter().filter(|s| s.right).count();
        broken += u64::from((right as f64) < target * above.len() as f64);
    }
    (broken, certified)
}

/// 5% of all draws, plus three standard errors.
fn allowed() -> u64 {
    let n = DRAWS as f64;
    (n * DELTA + 3.0 * (n * DELTA * (1.0 - DELTA)).sqrt()) as u64
}

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("DESKWISE_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    if !folder.is_dir() {
        eprintln!("SKIPPED: no data in {}; set DESKWISE_DATA", folder.display());
        return None;
    }
    Some(folder)
}

/// Scores of what is left of `rows` after `fit` in a hundred of them trained the model.
fn scored(rows: &[Row], fit: usize) -> Vec<Scored> {
    let mut dice = Dice(3);
    let roles: Vec<Option<Role>> =
        rows.iter().map(|_| Some(if dice.below(100) < fit { Role::Fit } else { Role::Report })).collect();
    let config = Config { folds: 2, passes: 6, ..Config::default() };
    fit_with_roles(rows, &roles, &config, &|_, _| {}).unwrap().scores().to_vec()
}

fn real_pool() -> Option<Vec<Scored>> {
    let folder = data()?;
    let mut rows = Vec::new();
    for file in ["banking77/train.csv", "clinc150/oos_train.csv", "clinc150/oos_val.csv"] {
        for record in csv::Reader::from_path(folder.join(file)).unwrap().into_deserialize() {
            let (text, label): (String, String) = record.unwrap();
            rows.push(Row::new(rows.len() as i64, text, (label != "oos").then_some(label.as_str())));
        }
    }
    Some(scored(&rows, 40))
}

#[test]
fn certificates_from_real_scores_keep_their_promise() {
    let Some(pool) = real_pool() else { return };
    for target in [0.9, 0.95, 0.98] {
        let (wrong, certified) = broken(&pool, 2_000, target, |_| true);
        println!("pooled, {target}: {wrong} of {certified} broken");
        assert!(wrong <= allowed(), "{target}: {wrong}");
        assert!(target > 0.95 || certified > DRAWS / 2, "{target}: only {certified} certified");
    }
}

/// Certificates from one category's tickets alone promise something about that category alone.
#[test]
fn each_category_keeps_its_own_promise() {
    let Some(folder) = data() else { return };
    let (mut rows, mut categories) = (Vec::new(), Vec::new());
    for record in csv::Reader::from_path(folder.join("month/tickets.csv")).unwrap().into_records() {
        let record = record.unwrap();
        let answer = Some(&record[5]).filter(|a| !a.is_empty());
        // The place in the file is the ticket's number from here on.
        rows.push(Row::new(rows.len() as i64, &record[3], answer));
        categories.push(record[4].to_owned());
    }
    let mut pools: BTreeMap<&str, Vec<Scored>> = BTreeMap::new();
    for score in scored(&rows, 15) {
        pools.entry(&categories[score.id as usize]).or_default().push(score);
    }
    assert!(pools.len() >= 5, "{} categories", pools.len());
    let mut together = 0;
    for (category, pool) in &pools {
        for target in [0.9, 0.95] {
            let (wrong, certified) = broken(pool, 600, target, |_| true);
            println!("{category}, {} tickets, {target}: {wrong} of {certified} broken", pool.len());
            assert!(wrong <= allowed(), "{category}, {target}: {wrong}");
            together += certified;
        }
    }
    assert!(together > DRAWS, "only {together} certified");
}

#[test]
fn precision_that_does_not_grow_with_the_score_breaks_no_promise() {
    // The surest tenth is the worst, as happens when one confident answer is a trap.
    let mut dice = Dice(1);
    let pool: Vec<Scored> = (0..20_000)
        .map(|i| {
            let score = f64::from(i) / 20_000.0;
            let chance = if score > 0.9 { 880 } else { (500.0 + 500.0 * score) as usize };
            Scored {
                id: i.into(),
                role: Role::Report,
                predicted: 0,
                score,
                right: dice.below(1000) < chance,
                known: true,
            }
        })
        .collect();
    for target in [0.85, 0.9] {
        let (wrong, _) = broken(&pool, 1_500, target, |_| true);
        assert!(wrong <= allowed(), "{target}: {wrong}");
    }
}

#[test]
fn attempts_together_spend_no_more_than_one() {
    let spent: f64 = (1..=10_000).map(|k| attempt_delta(0.05, k)).sum();
    assert!(spent <= 0.05);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_certified_beyond_its_counts(
        tickets in prop::collection::vec((0.0..=1.0_f64, prop::bool::weighted(0.95), any::<bool>(), 0..4_u8), 0..800),
        target in 0.5..0.999_f64,
    ) {
        let roles = [Role::Fit, Role::Select, Role::Certify, Role::Report];
        let scores: Vec<Scored> = tickets
            .iter()
            .enumerate()
            .map(|(i, &(score, right, known, role))| Scored {
                id: i as i64, role: roles[role as usize], predicted: 0, score, right: right && known, known,
            })
            .collect();
        match certify(&scores, target, DELTA) {
            Verdict::Certified(c) => {
                let reserve: Vec<&Scored> = scores.iter().filter(|s| s.role == Role::Certify).collect();
                let above = reserve.iter().filter(|s| s.score >= c.threshold);
                prop_assert_eq!(c.total, reserve.len());
                prop_assert_eq!(c.answered, above.clone().count());
                prop_assert_eq!(c.errors, above.filter(|s| !s.right).count());
                prop_assert!(learn::binomial_tail(c.answered, c.errors, 1.0 - target) <= DELTA);
                prop_assert!(c.unknown_share >= 0.0 && c.unknown_share <= 1.0);
            }
            Verdict::Need { more, why } => prop_assert!(more > 0 && !why.is_empty()),
        }
    }
}
