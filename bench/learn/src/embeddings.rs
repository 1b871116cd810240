//! The same figures with sentence embeddings beside the n-grams, and what an embedding costs.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use learn::{Config, Encoder, Row};

use crate::{audited, data, evaluated, line, now, resampled, show};

/// Where the encoder lies: `DESKWISE_MODEL`, or where `make model` puts it.
fn folder() -> PathBuf {
    std::env::var_os("DESKWISE_MODEL").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/all-MiniLM-L6-v2")),
        PathBuf::from,
    )
}

pub(crate) fn run(wanted: &[String]) -> Result<(), Box<dyn Error>> {
    let folder = folder();
    if !folder.is_dir() {
        println!("\nno encoder in {}: run make model, or set DESKWISE_MODEL", folder.display());
        return Ok(());
    }
    let run = |name: &str| wanted.len() < 2 || wanted.iter().any(|w| w == name);
    let start = now();
    let encoder = Arc::new(Encoder::open(&folder)?);
    println!("\nwith embeddings, {} numbers each, weights in eight bits", encoder.width());
    line("loading the encoder", &format!("{:.0} ms", start.elapsed().as_secs_f64() * 1e3), "");
    speed(&encoder);
    if run("audit") {
        audited(Some(Arc::clone(&encoder)), "embeddings", "< 4 min")?;
    }
    let config = Config { encoder: Some(encoder), ..Config::default() };
    let train = data::questions(&["banking77/train.csv"], 0)?;
    let test = data::questions(&["banking77/test.csv"], 1_000_000)?;
    if run("banking") {
        show("BANKING77 with embeddings", &evaluated(&train, &test, &config)?, "≥ 95.0%", "");
    }
    if run("ten") {
        show("BANKING77, 10 examples an intent", &evaluated(&few(&train, 10), &test, &config)?, "≥ 88%", "");
    }
    if run("clinc") {
        let train = data::questions(&["clinc150/train.csv", "clinc150/oos_train.csv"], 0)?;
        let test = data::questions(&["clinc150/test.csv", "clinc150/oos_test.csv"], 1_000_000)?;
        show(
            "CLINC150 with embeddings, trained on train",
            &evaluated(&train, &test, &config)?,
            "≥ 97.4%",
            "",
        );
    }
    if run("stream") {
        let train = data::questions(&crate::CLINC_TRAIN, 0)?;
        let test = data::questions(&["clinc150/test.csv", "clinc150/oos_test.csv"], 1_000_000)?;
        let name = "CLINC150 with its out-of-scope questions, with embeddings";
        resampled(name, &train, &test, crate::clinc_share()?, &config, ["≥ 0.985", "≥ 82.5%", "≥ 73%"])?;
    }
    Ok(())
}

/// A sentence of twenty tokens at a time, none of them seen before.
fn speed(encoder: &Encoder) {
    let days = ["monday", "tuesday", "friday", "sunday"];
    let mut millis: Vec<f64> = (0..200)
        .map(|i| {
            let day = days[i % 4];
            let text =
                format!("hello, why was my card payment declined at the shop on {day} at {} o'clock?", i / 4);
            let start = now();
            encoder.embed(&text);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    millis.sort_by(f64::total_cmp);
    line("one embedding, 20 tokens, p50", &format!("{:.2} ms", millis[100]), "< 4 ms");
    line("one embedding, 20 tokens, p99", &format!("{:.2} ms", millis[197]), "");
}

/// The first `each` rows of every label.
fn few(rows: &[Row], each: usize) -> Vec<Row> {
    let mut seen: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    rows.iter()
        .filter(|row| {
            let count = seen.entry(row.label.as_deref()).or_default();
            *count += 1;
            *count <= each
        })
        .cloned()
        .collect()
}
