//! Unknown questions from the same domain: some intents are kept out of training and asked about all the same.

use std::collections::BTreeSet;
use std::error::Error;

use learn::{Config, Method, Model, Role, auroc, compare, fit};

use crate::{data, line};

/// Every seventh intent is kept out.
pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let train = data::questions(&["banking77/train.csv"], 0)?;
    let test = data::questions(&["banking77/test.csv"], 1_000_000)?;
    let names: BTreeSet<String> = train.iter().filter_map(|r| r.label.clone()).collect();
    let out: BTreeSet<&String> = names.iter().enumerate().filter(|(i, _)| i % 7 == 3).map(|n| n.1).collect();
    let is_out = |label: &Option<String>| label.as_ref().is_some_and(|l| out.contains(l));
    let known: Vec<_> = train.iter().filter(|r| !is_out(&r.label)).cloned().collect();
    let config = Config { method: Method::CrossFit, ..Config::default() };
    let model = fit(&known, &config, &|_, _| {})?;
    let (mut higher, mut lower) = (Vec::new(), Vec::new());
    for row in &test {
        let score = model.score(row, Role::Report).score;
        if is_out(&row.label) { lower.push(score) } else { higher.push(score) }
    }
    println!("\nBANKING77 with {} of {} intents kept out of training", out.len(), names.len());
    let area = auroc(&higher, &lower).unwrap_or(0.0);
    line("AUROC for unknown questions of the same domain", &format!("{area:.4}"), "");
    Ok(())
}

/// What making the model small costs.
pub(crate) fn size() -> Result<(), Box<dyn Error>> {
    let train = data::questions(&crate::CLINC_TRAIN, 0)?;
    let test = data::questions(&["clinc150/test.csv"], 1_000_000)?;
    let config = Config { method: Method::CrossFit, folds: 2, ..Config::default() };
    let small = fit(&train, &config, &|_, _| {})?;
    let large = fit(&train, &Config { most_weights: usize::MAX, ..config }, &|_, _| {})?;
    let megabytes = |m: &Model| m.to_bytes().len() as f64 / 1e6;
    let c = compare(&large, &small, &test);
    println!("\nCLINC150, the model made small");
    line("model file, whole", &format!("{:.1} MB", megabytes(&large)), "");
    line("model file, pruned", &format!("{:.1} MB", megabytes(&small)), "≤ 20 MB");
    let lost = (c.only_old as f64 - c.only_new as f64) / c.tickets as f64 * 100.0;
    line("accuracy lost", &format!("{lost:.2} points"), "≤ 0.2");
    Ok(())
}
