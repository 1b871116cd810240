//! A model that was trained with an encoder, where `make model` has obtained one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::Arc;

use learn::{Config, Encoder, Error, Model, Row, fit};

#[test]
fn a_model_needs_the_encoder_it_was_trained_with() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/all-MiniLM-L6-v2"));
    if !folder.is_dir() {
        eprintln!("SKIPPED: no encoder in {}; run make model", folder.display());
        return;
    }
    let encoder = Arc::new(Encoder::open(folder).unwrap());
    let rows: Vec<Row> = (0..60)
        .map(|i| match i % 3 {
            0 => Row::new(i, format!("my parcel {i} has not arrived"), Some("delivery")),
            1 => Row::new(i, format!("i forgot my password {i} times"), Some("password")),
            _ => Row::new(i, format!("who won the match on day {i}"), None),
        })
        .collect();
    let config = Config { encoder: Some(Arc::clone(&encoder)), ..Config::default() };
    let model = fit(&rows, &config, &|_, _| {}).unwrap();
    // Not a word of it was seen in training.
    assert_eq!(model.read("when will the package get here?").ranked[0].label, "delivery");
    let bytes = model.to_bytes();
    let again = Model::from_bytes(&bytes, Some(&encoder)).unwrap();
    assert_eq!(again.read("package?"), model.read("package?"));
    assert!(again.neighbours("package?", 3).iter().all(|n| (0.0..=1.0).contains(&n.similarity)));
    let error = Model::from_bytes(&bytes, None).unwrap_err();
    assert!(matches!(&error, Error::Encoder { wanted, found: None } if wanted == encoder.id()));
    assert!(error.to_string().contains("no encoder is configured"), "{error}");
    let plain = fit(&rows, &Config::default(), &|_, _| {}).unwrap();
    assert!(Model::from_bytes(&plain.to_bytes(), Some(&encoder)).is_ok());
}
