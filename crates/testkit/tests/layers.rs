//! Crates are floors: who may lean on whom, and who may name the database driver and the web framework.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// What each of our crates may depend on, outside its tests.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("embed", &[]),
    ("learn", &["domain", "embed"]),
    ("audit", &["domain", "learn"]),
    ("demo", &["domain"]),
    ("store", &["domain"]),
    ("app", &["domain", "learn", "audit", "store"]),
    ("channels", &["domain", "app"]),
    ("server", &["domain", "learn", "app"]),
    ("deskwise", &["domain", "learn", "audit", "demo", "store", "app", "channels", "server"]),
    ("pgtest", &[]),
    ("testkit", &["domain", "learn", "store", "app", "channels", "server", "pgtest"]),
];

/// A crate from outside, who may name it (tests included), and why nobody else.
const WRAPPED: &[(&str, &[&str], &str)] = &[
    ("sqlx", &["store"], "one SQL text for two engines is kept in one place"),
    ("rusqlite", &["store"], "one SQL text for two engines is kept in one place"),
    ("axum", &["server"], "no rule may end up in a handler's reach"),
    ("lettre", &["channels"], "the outside is reached through the ports of app"),
    ("rten-gemm", &["embed"], "an encoder is known by what it embeds"),
    ("tokenizers", &["embed"], "an encoder is known by what it embeds"),
    ("rayon", &["embed", "learn"], "a busy pool belongs to the learner, not to request handling"),
];

/// What the pure floors must never name.
const PURE: &[&str] = &["domain", "embed", "learn", "audit", "demo"];
const IMPURE: &[&str] = &["tokio", "sqlx", "rusqlite", "axum", "futures", "reqwest", "hyper"];

#[derive(Debug, Default)]
struct Needs {
    /// Benches stand beside the house: they have no floor, but may name no more than others.
    floorless: bool,
    everywhere: BTreeSet<String>,
    in_tests: BTreeSet<String>,
}

/// Our crates with the direct dependencies that their manifests name.
fn crates() -> BTreeMap<String, Needs> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(|package| (text(&package["name"]), needs(package))).collect()
}

fn needs(package: &Value) -> Needs {
    let floorless = !text(&package["manifest_path"]).contains("/crates/");
    let mut needs = Needs { floorless, ..Needs::default() };
    for dependency in package["dependencies"].as_array().unwrap() {
        let name = text(&dependency["name"]);
        match dependency["kind"].as_str() {
            Some("dev") => needs.in_tests.insert(name),
            _ => needs.everywhere.insert(name),
        };
    }
    needs
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[test]
fn every_crate_has_its_floor() {
    let found: Vec<String> =
        crates().into_iter().filter(|(_, needs)| !needs.floorless).map(|(name, _)| name).collect();
    let mut known: Vec<&str> = FLOORS.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(found, known, "a new crate needs a line in FLOORS, and in docs/ARCHITECTURE.md");
}

#[test]
fn crates_lean_only_on_the_floors_below() {
    let crates = crates();
    for (name, allowed) in FLOORS {
        let Some(needs) = crates.get(*name) else { continue };
        for other in needs.everywhere.iter().filter(|other| crates.contains_key(*other)) {
            assert!(allowed.contains(&other.as_str()), "{name} must not depend on {other}");
        }
    }
}

#[test]
fn wrapped_crates_are_named_by_their_wrapper_alone() {
    for (name, needs) in crates() {
        for (wrapped, wrappers, why) in WRAPPED {
            let names_it = needs.everywhere.contains(*wrapped) || needs.in_tests.contains(*wrapped);
            assert!(!names_it || wrappers.contains(&name.as_str()), "{name} names {wrapped}, but {why}");
        }
    }
}

#[test]
fn pure_floors_know_no_runtime() {
    let crates = crates();
    for name in PURE {
        for impure in IMPURE {
            assert!(!crates[*name].everywhere.contains(*impure), "{name} names {impure}");
        }
    }
}
