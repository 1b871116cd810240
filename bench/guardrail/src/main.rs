//! The guardrail in simulation: how often it pauses a category that keeps its promise, and how many tickets are
//! answered wrongly before it pauses one that no longer does. Compared with a fixed check each week and with none.
//!
//! Every figure comes from fixed seeds, so that it is the same on every machine.

mod category;

use category::{Category, Watch, run_until_paused};

const TARGET: f64 = 0.95;
const BEFORE: f64 = 0.97;
const AFTER: f64 = 0.85;
const YEARS: u64 = 4_000;
const FALLS: u64 = 2_000;
/// Answers sent by themselves each day.
const SENT: u64 = 100;
/// The fall comes after half a good year.
const GOOD_DAYS: usize = 180;
/// Where nobody looks, the certificate lapses after this.
const NOBODY_LOOKS: usize = 60;

fn main() {
    println!("the guardrail: {SENT} answers sent a day, target {:.0}%", TARGET * 100.0);
    println!("\nfalse pauses within a year at a precision of exactly the target, {YEARS} years simulated");
    for (name, watch) in watches() {
        line(name, &false_pauses(TARGET, watch), "≤ 5%");
    }
    for target in [0.9, 0.99] {
        let watch = Watch::Guardrail { reviews: 5, returns: false };
        let name = format!("guardrail, 5 reviews a day, target {:.0}%", target * 100.0);
        line(&name, &false_pauses(target, watch), "≤ 5%");
    }
    println!(
        "\nprecision falls from {:.0}% to {:.0}% after {GOOD_DAYS} good days, {FALLS} times: wrong answers sent before the pause",
        BEFORE * 100.0,
        AFTER * 100.0
    );
    let wrong_a_day = SENT as f64 * (1.0 - AFTER);
    for (name, watch) in watches() {
        let mut days: Vec<f64> = (0..FALLS).filter_map(|seed| days_until_found(watch, seed)).collect();
        days.sort_by(f64::total_cmp);
        let mean = days.iter().sum::<f64>() / days.len() as f64;
        let late = days[days.len() * 9 / 10];
        let text = format!(
            "{:>5.0} (9 of 10: under {:.0})   {mean:.1} days",
            mean * wrong_a_day,
            late * wrong_a_day
        );
        line(name, &text, "");
    }
    line(
        "no check: until the certificate lapses",
        &format!("{:>5.0}", NOBODY_LOOKS as f64 * wrong_a_day),
        "",
    );
    println!("\nthe smallest fall that is found within a month in four of five cases");
    for a_day in [2.0, 5.0, 10.0, 15.0, 25.0] {
        let found = domain::guardrail::power::found_within_a_month(TARGET, a_day);
        let found = found.map_or("none".to_owned(), |p| format!("to {:.1}%", p * 100.0));
        line(&format!("{a_day} reviews a day"), &found, "");
    }
}

fn false_pauses(target: f64, watch: Watch) -> String {
    let category = Category { target, precision: target, falls_to: target, on_day: usize::MAX };
    let paused = (0..YEARS).filter(|&seed| run_until_paused(category, watch, 365, seed).is_some()).count();
    format!("{:.2}%", 100.0 * paused as f64 / YEARS as f64)
}

fn watches() -> [(&'static str, Watch); 5] {
    [
        ("guardrail, 5 reviews a day", Watch::Guardrail { reviews: 5, returns: false }),
        ("  and a closer look when returns rise", Watch::Guardrail { reviews: 5, returns: true }),
        ("guardrail, 15 reviews a day", Watch::Guardrail { reviews: 15, returns: false }),
        ("weekly check, 5 reviews a day", Watch::Weekly { reviews: 5 }),
        ("weekly check, 15 reviews a day", Watch::Weekly { reviews: 15 }),
    ]
}

/// Days from the fall to the pause. A pause before the fall was a false one, and is counted above.
fn days_until_found(watch: Watch, seed: u64) -> Option<f64> {
    let category = Category { target: TARGET, precision: BEFORE, falls_to: AFTER, on_day: GOOD_DAYS };
    let paused = run_until_paused(category, watch, GOOD_DAYS + 2_000, seed + 1_000_000)?;
    (paused >= GOOD_DAYS as f64).then_some(paused - GOOD_DAYS as f64)
}

fn line(name: &str, value: &str, goal: &str) {
    println!("  {name:<42} {value:<44} {goal}");
}
