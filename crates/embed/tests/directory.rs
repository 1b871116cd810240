//! A model directory made by hand: read when it is whole, refused with a word on what is wrong when it is not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use embed::tiny::{WIDTH, config, weights};
use embed::{Encoder, Error};

fn directory(config: &serde_json::Value, weights: &[u8]) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    embed::tiny::write(directory.path(), config, weights).unwrap();
    directory
}

fn refusal(path: &Path) -> String {
    Encoder::open(path).unwrap_err().to_string()
}

#[test]
fn a_whole_directory_embeds_alone_as_together() {
    let directory = directory(&config(), &weights(None));
    let encoder = Encoder::open(directory.path()).unwrap();
    assert_eq!((encoder.width(), encoder.id().len()), (WIDTH, 64));
    let long = "my card is lost ".repeat(5_000);
    let texts = ["my card is lost", "card", "", "my card is lost", "something else", &long];
    let together = encoder.embed_all(&texts, &|_| {});
    let fresh = Encoder::open(directory.path()).unwrap();
    for (text, row) in texts.iter().zip(together.chunks_exact(WIDTH)) {
        let alone = fresh.embed(text);
        assert!(alone.iter().zip(row).all(|(a, b)| (a - b).abs() < 1e-5), "{text:.20}");
        let length: f32 = row.iter().map(|v| v * v).sum();
        assert!((length - 1.0).abs() < 1e-4, "{text:.20}: {length}");
    }
    assert_ne!(together[..WIDTH], together[WIDTH..2 * WIDTH]);
    assert_eq!(encoder.embed("card"), together[WIDTH..2 * WIDTH]);
}

#[test]
fn what_is_missing_or_odd_is_named() {
    let whole = weights(None);
    assert!(matches!(Encoder::open("/nowhere".as_ref()).unwrap_err(), Error::Unreadable { .. }));
    let mut other = config();
    other["model_type"] = "gpt2".into();
    assert!(refusal(directory(&other, &whole).path()).contains("gpt2"));
    let mut wide = config();
    wide["hidden_size"] = 10.into();
    assert!(refusal(directory(&wide, &whole).path()).contains("shape"));
    let mut huge = config();
    huge["num_hidden_layers"] = 1_000_000_000_u64.into();
    assert!(refusal(directory(&huge, &whole).path()).contains("num_hidden_layers"));
    let mut deep = config();
    deep["num_hidden_layers"] = 2.into();
    assert!(refusal(directory(&deep, &whole).path()).contains("encoder.layer.1"));
    assert!(refusal(directory(&config(), &weights(Some(f32::NAN))).path()).contains("not a number"));
    let tokenless = directory(&config(), &whole);
    fs::write(tokenless.path().join("tokenizer.json"), "{").unwrap();
    assert!(refusal(tokenless.path()).contains("tokenizer.json"));
    let pooled = directory(&config(), &whole);
    fs::create_dir(pooled.path().join("1_Pooling")).unwrap();
    fs::write(pooled.path().join("1_Pooling/config.json"), r#"{"pooling_mode_cls_token": true}"#).unwrap();
    assert!(refusal(pooled.path()).contains("mean"));
}

#[test]
fn truncated_and_hostile_weights_are_refused() {
    let whole = weights(None);
    for end in (0..whole.len()).step_by(97) {
        let cut = directory(&config(), &whole[..end]);
        assert!(Encoder::open(cut.path()).is_err(), "{end} bytes were taken for a model");
    }
    for length in [u64::MAX, 1 << 40, whole.len() as u64, 0] {
        let mut hostile = whole.clone();
        hostile[..8].copy_from_slice(&length.to_le_bytes());
        assert!(Encoder::open(directory(&config(), &hostile).path()).is_err());
    }
}
