//! Experiments in simulation: how often two equal sides are told apart when somebody looks after every ticket, and how
//! many tickets it takes to find real differences. Beside it, what the usual test makes of the same looks.
//!
//! Every figure comes from fixed seeds, so that it is the same on every machine.

mod tickets;

use domain::experiments::{ALPHA, found_after};
use domain::words::Outcome;
use tickets::{Look, Tickets, run};

const RUNS: u64 = 2_000;
/// Tickets of an A/A run, each followed by a look.
const LONG: usize = 3_000;
const POWER_RUNS: u64 = 400;
/// When a run that finds nothing ends.
const PATIENCE: usize = 40_000;

fn main() {
    println!("experiments: two equal sides, {RUNS} runs of {LONG} tickets, looked at after every ticket");
    println!("  runs in which a difference was ever found in any of the four outcomes");
    for (name, tickets) in [
        ("55% confirmed", Tickets::equal(0.55)),
        ("92% confirmed", Tickets::equal(0.92)),
        ("questions change from 70% to 40% meanwhile", Tickets { falls: 0.3, ..Tickets::equal(0.7) }),
    ] {
        let runs: Vec<_> = (0..RUNS).map(|seed| run(tickets, LONG, Look::ToTheEnd, seed)).collect();
        let share = |hit: fn(&tickets::Run) -> bool| {
            let hits = runs.iter().filter(|r| hit(r)).count();
            format!("{:5.2}%", 100.0 * hits as f64 / RUNS as f64)
        };
        let ours = share(|r| r.found.is_some());
        let usual = share(|r| r.usual.is_some());
        println!("  {name:<44} {ours}  (≤ {:.0}%)   a z-test at each look: {usual}", ALPHA * 100.0);
    }

    println!(
        "\na real difference in confirmed answers, {POWER_RUNS} runs: tickets until it is found, the right way round"
    );
    println!(
        "  {:<22} {:>8} {:>8} {:>10} {:>10} {:>12}",
        "A, B", "half by", "80% by", "forecast", "wrong way", "fixed size"
    );
    for (a, b) in [(0.5, 0.53), (0.5, 0.55), (0.5, 0.6), (0.9, 0.93), (0.6, 0.8)] {
        let tickets = Tickets { confirmed: [a, b], falls: 0.0 };
        let runs: Vec<_> = (0..POWER_RUNS)
            .map(|seed| run(tickets, PATIENCE, Look::UntilConfirmed, seed + 1_000_000))
            .collect();
        let mut took: Vec<usize> =
            runs.iter().filter_map(|r| r.confirmed.filter(|c| c.1 > 0).map(|c| c.0)).collect();
        took.sort_unstable();
        let wrong = runs.iter().filter(|r| r.confirmed.is_some_and(|c| c.1 < 0)).count();
        let by = |share: f64| {
            took.get((share * POWER_RUNS as f64) as usize).map_or("never".into(), ToString::to_string)
        };
        let mean = f64::midpoint(a, b);
        let alpha = ALPHA / Outcome::ALL.len() as f64;
        let forecast = found_after(alpha, (b - a) / 4.0, mean * (1.0 - mean) / 4.0, 10_000_000);
        println!(
            "  {:<22} {:>8} {:>8} {:>10} {:>10} {:>12}",
            format!("{:.0}%, {:.0}%", a * 100.0, b * 100.0),
            by(0.5),
            by(0.8),
            forecast.map_or("never".into(), |n| n.to_string()),
            wrong,
            fixed_size(a, b)
        );
    }
    println!(
        "  fixed size: what a z-test at 5% for one outcome alone needs for 80%, if nobody looks before the end"
    );
}

/// Tickets of both sides that the usual test needs to find the difference in 80% of cases.
fn fixed_size(a: f64, b: f64) -> usize {
    let (sure, power) = (1.959_964, 0.841_621);
    let spread = a * (1.0 - a) + b * (1.0 - b);
    (2.0 * spread * f64::powi(sure + power, 2) / (b - a).powi(2)).ceil() as usize
}
