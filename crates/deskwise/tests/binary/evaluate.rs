//! `deskwise evaluate` on small files made here, and on the real ones where they lie.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{complaint, run, stdout};

/// The data sets, or `None` with a word about it.
pub(crate) fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DESKWISE_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = folder.join(file);
    if !path.is_file() {
        eprintln!("SKIPPED: {} is not there; set DESKWISE_DATA", path.display());
        return None;
    }
    Some(path)
}

pub(crate) fn file(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn questions(from: usize, to: usize) -> String {
    let mut text = "text,label\n".to_owned();
    for i in from..to {
        let line = match i % 5 {
            0 => format!("my card {i} has not arrived yet,card"),
            1 => format!("where is the card i ordered {i} days ago,card"),
            2 => "i forgot my password,password".to_owned(),
            3 => format!("cannot log in since {i}: wrong password,password"),
            _ => format!("how high is mountain number {i},oos"),
        };
        text += &(line + "\n");
    }
    text
}

#[test]
fn figures_come_out_with_every_field() {
    let dir = tempfile::tempdir().unwrap();
    let train = file(dir.path(), "train.csv", &questions(0, 300));
    let more = file(dir.path(), "more.csv", &questions(300, 400));
    let calibrate = file(dir.path(), "calibrate.csv", &questions(400, 1_000));
    let test = file(dir.path(), "test.csv", &questions(1_000, 1_200));
    let out = dir.path().join("out.json");
    let output =
        run(&["evaluate", "--train", &train, &more, "--test", &test, "--json", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(stdout(&output).contains("accuracy"), "{}", stdout(&output));
    let cross: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(cross["certificate"]["method"], "cross_fit");

    let args = ["evaluate", "--train", &train, "--train", &more, "--calibrate", &calibrate, "--test", &test];
    let output = run(&[&args[..], &["--precision", "0.9", "--json", "-"]].concat());
    assert!(output.status.success() && output.stderr.is_empty());
    let split: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((split["train_size"].as_u64(), split["test_size"].as_u64()), (Some(400), Some(200)));
    assert_eq!(split["labels"], 2);
    for field in ["accuracy", "macro_f1", "ece", "train_seconds"] {
        assert!(split[field].as_f64().unwrap().is_finite(), "{field}");
    }
    assert!(split["predict_ms"]["p50"].is_number() && split["predict_ms"]["p99"].is_number());
    let certificate = &split["certificate"];
    assert_eq!((&certificate["method"], &certificate["precision"]), (&"split".into(), &0.9.into()));
    for field in ["confidence", "calibration_total", "calibration_n", "calibration_errors", "unknown_share"] {
        assert!(certificate[field].is_number(), "{field}");
    }
    assert!(certificate["threshold"].is_number());
    assert!(split["selective"]["coverage"].as_f64().unwrap() > 0.5);
    assert!(split["selective"]["coverage_known"].is_number() && split["selective"]["precision"].is_number());
    assert_eq!(split["unknown"]["n"], 40);
    assert!(split["unknown"]["auroc"].as_f64().unwrap() > 0.9);
    assert!(split["model"]["bytes"].as_u64().unwrap() > 0 && split["model"]["kind"].is_string());
}

#[test]
fn an_encoder_is_named_once_and_read_by_every_command() {
    let dir = tempfile::tempdir().unwrap();
    let model = dir.path().join("encoder");
    std::fs::create_dir(&model).unwrap();
    embed::tiny::write(&model, &embed::tiny::config(), &embed::tiny::weights(None)).unwrap();
    let config = file(dir.path(), "deskwise.toml", &format!("model = {:?}\n", model.to_str().unwrap()));
    let asked = file(dir.path(), "asked.csv", &questions(0, 300));
    let evaluated =
        run(&["evaluate", "--config", &config, "--train", &asked, "--test", &asked, "--json", "-"]);
    let figures: Value = serde_json::from_str(&stdout(&evaluated)).unwrap();
    assert_eq!(figures["model"]["kind"], "n-grams and embeddings");
    let model = model.to_str().unwrap();
    let audited = run(&["audit", &asked, "--text", "text", "--answer", "label", "--model", model]);
    assert!(stdout(&audited).contains("by n-grams and embeddings"), "{}", stdout(&audited));
    let data = dir.path().join("data");
    let doctor = run(&["doctor", "--data", data.to_str().unwrap(), "--model", model]);
    assert!(stdout(&doctor).contains("an encoder of 8 numbers"), "{}", stdout(&doctor));
    for command in [&["audit", &asked][..], &["train"], &["serve", "--listen", "127.0.0.1:0"]] {
        let output = run(&[command, &["--data", data.to_str().unwrap(), "--model", "/nowhere"]].concat());
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert!(complaint(&output).contains("/nowhere/config.json"), "{}", complaint(&output));
    }
}

#[test]
fn what_cannot_be_evaluated_is_said_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let good = file(dir.path(), "good.csv", &questions(0, 50));
    let empty = file(dir.path(), "empty.csv", "");
    let one = file(dir.path(), "one.csv", "text,label\na,x\nb,x\n");
    let other = file(dir.path(), "other.csv", "question,label\na,x\nb,y\n");
    let without = file(dir.path(), "without.csv", "text,label\na,\nb,oos\n");
    for (train, code, word) in [
        (empty.as_str(), 1, "is empty"),
        (&one, 1, "same answer \"x\""),
        (&other, 1, "no column \"text\"; the columns are question, label"),
        (&without, 1, "none of the 2 tickets has an answer"),
        ("/no/such/file.csv", 1, "/no/such/file.csv"),
    ] {
        let output = run(&["evaluate", "--train", train, "--test", &good]);
        assert_eq!(output.status.code(), Some(code), "{train}");
        assert!(complaint(&output).contains(word), "{}", complaint(&output));
    }
    for wrong in [&["--precision", "95"][..], &["--confidence", "nan"], &["--colour", "red"]] {
        let output = run(&[&["evaluate", "--train", &good, "--test", &good], wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    assert_eq!(run(&["evaluate", "--train", &good]).status.code(), Some(2));
}

#[test]
fn odd_rows_are_taken_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let long = "word ".repeat(20_000);
    let odd = format!("text,label\n,card\n{long},card\nsame,pin\nsame,pin\nonly one,rare\nunheard of,\n");
    let odd = file(dir.path(), "odd.csv", &odd);
    let output = run(&["evaluate", "--train", &odd, "--test", &odd, "--json", "-"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(figures["certificate"]["threshold"].is_null() && figures["selective"]["precision"].is_null());
    assert!(figures["unknown"].is_object());
}

#[test]
fn the_stream_of_clinc_is_certified() {
    let (Some(train), Some(calibrate), Some(strange)) =
        (data("clinc150/train.csv"), data("clinc150/stream_calibrate.csv"), data("clinc150/oos_train.csv"))
    else {
        return;
    };
    let path = |p: &Path| p.to_str().unwrap().to_owned();
    let output = run(&[
        "evaluate",
        "--train",
        &path(&train),
        &path(&strange),
        "--calibrate",
        &path(&calibrate),
        "--test",
        &path(&calibrate.with_file_name("val.csv")),
        "--json",
        "-",
    ]);
    let figures: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert!(figures["accuracy"].as_f64().unwrap() > 0.9, "{figures}");
    assert!(figures["certificate"]["threshold"].is_number(), "{figures}");
    assert!(figures["certificate"]["unknown_share"].as_f64().unwrap() > 0.1, "{figures}");
}
