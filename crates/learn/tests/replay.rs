//! Backtest and evaluation on a small made-up history.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::atomic::{AtomicU64, Ordering};

use learn::{Config, Plan, Row, Sets, backtest, compare, curve, evaluate, fit};

fn history(n: i64, dated: bool) -> Vec<Row> {
    (0..n)
        .map(|i| {
            let (text, label) = match i % 5 {
                0 => (format!("where is my parcel {}", i % 13), Some("parcel")),
                1 => (format!("i forgot my password {}", i % 7), Some("password")),
                2 => ("please refund my order".to_owned(), Some("refund")),
                3 => ("the app crashes on start".to_owned(), Some("crash")),
                _ => (format!("tell me about topic{i}"), None),
            };
            Row { at: dated.then_some(i * 1000), ..Row::new(i, text, label) }
        })
        .collect()
}

fn quick() -> Config {
    Config { threads: 1, folds: 3, ..Config::default() }
}

#[test]
fn a_replay_trains_on_the_past_alone() {
    let rows = history(2_000, true);
    let plan = Plan { steps: 2, ..Plan::default() };
    let replay = backtest(&rows, &plan, &quick(), &|_, _| {}).unwrap();
    assert_eq!(replay.steps.len(), 2);
    assert!(replay.steps[0].to < replay.steps[1].from);
    assert_eq!(replay.steps[0].trained_on, 1333);
    let (tickets, answered, errors) = replay.totals();
    assert_eq!(tickets, 667);
    assert!(answered > tickets / 2 && errors * 20 <= answered, "{answered} {errors}");
    assert!(!curve(&replay.scores, 20, 0.95).is_empty());
    assert_eq!(backtest(&rows, &plan, &quick(), &|_, _| {}).unwrap(), replay);
}

#[test]
fn without_dates_the_position_in_the_file_says_nothing() {
    let rows = history(900, false);
    let backwards: Vec<Row> = rows.iter().rev().cloned().collect();
    let plan = Plan::default();
    let there = backtest(&rows, &plan, &quick(), &|_, _| {}).unwrap();
    let back = backtest(&backwards, &plan, &quick(), &|_, _| {}).unwrap();
    assert_eq!(there.totals().0, back.totals().0);
}

#[test]
fn an_evaluation_has_every_figure() {
    let rows = history(3_000, false);
    let (train, rest) = rows.split_at(1_500);
    let (calibrate, test) = rest.split_at(900);
    let ticks = AtomicU64::new(0);
    let nanos = || ticks.fetch_add(1_000, Ordering::Relaxed);
    for (calibrate, method) in [(calibrate, "split"), (&[][..], "cross_fit")] {
        let e = evaluate(Sets { train, calibrate, test }, 0.95, 0.05, &quick(), &nanos, &|_, _| {}).unwrap();
        assert_eq!((e.train_size, e.test_size, e.labels), (1_500, 600, 4));
        assert_eq!(e.certificate.method, method);
        assert!(e.accuracy > 0.95 && e.train_seconds > 0.0 && e.predict_ms.p99 > 0.0);
        assert!(e.certificate.threshold.is_some() && e.selective.precision.unwrap() > 0.9);
        assert!((e.certificate.unknown_share - 0.2).abs() < 0.05);
        assert!(e.unknown.unwrap().auroc > 0.9);
        assert!(e.selective.coverage_known >= e.selective.coverage);
    }
}

#[test]
fn a_model_is_no_worse_than_itself() {
    let rows = history(600, true);
    let model = fit(&rows, &quick(), &|_, _| {}).unwrap();
    let same = compare(&model, &model, &rows);
    assert_eq!((same.only_old, same.only_new), (0, 0));
    assert!((same.p_worse - 1.0).abs() < 1e-12);
}
