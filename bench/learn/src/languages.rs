//! Languages told from one line of xSID: our own code and, with the feature `peers`, what others reach.

use std::collections::BTreeMap;
use std::error::Error;

use crate::{data, line, now};

/// The standard languages; the rest of the file is dialects.
const STANDARD: [&str; 14] =
    ["ar", "da", "de", "en", "id", "it", "ja", "kk", "lt", "nl", "no", "sr", "tr", "zh"];

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let lines: Vec<(String, String)> =
        data::languages()?.into_iter().filter(|l| STANDARD.contains(&l.0.as_str())).collect();
    println!("\nxSID: {} lines", lines.len());
    measured("Deskwise", &lines, &STANDARD, "≥ 96%", &|text| {
        learn::language(text).map(|l| l.code.to_owned())
    });
    #[cfg(feature = "peers")]
    peers::run(&lines);
    Ok(())
}

/// Prints the macro-averaged recall over the languages that are `known`, and each one's.
fn measured(
    name: &str,
    lines: &[(String, String)],
    known: &[&str],
    goal: &str,
    tell: &dyn Fn(&str) -> Option<String>,
) {
    // The first call builds tables.
    tell("hello");
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let start = now();
    for (language, text) in lines {
        let count = counts.entry(language).or_default();
        count.0 += usize::from(tell(text).as_ref() == Some(language));
        count.1 += 1;
    }
    let micros = start.elapsed().as_secs_f64() * 1e6 / lines.len() as f64;
    let recall = |code: &str| counts.get(code).map_or(0.0, |c| c.0 as f64 / c.1 as f64 * 100.0);
    let mean = |codes: &[&str]| codes.iter().map(|c| recall(c)).sum::<f64>() / codes.len() as f64;
    line(&format!("{name}, macro-averaged recall"), &format!("{:.1}%", mean(&STANDARD)), goal);
    if known.len() < STANDARD.len() {
        line(&format!("  over those it knows: {}", known.join(" ")), &format!("{:.1}%", mean(known)), "");
    }
    line("  one line", &format!("{micros:.0} µs"), "");
    let each: Vec<String> = STANDARD.iter().map(|c| format!("{c} {:.1}", recall(c))).collect();
    println!("  {}", each.join(", "));
}

#[cfg(feature = "peers")]
mod peers {
    use lingua::LanguageDetectorBuilder;
    use whichlang::Lang;

    use super::{STANDARD, measured};

    /// A dependency's name and version, as it was built.
    fn locked(name: &str) -> String {
        let lock = include_str!("../../../Cargo.lock");
        let after =
            lock.split_once(&format!("name = \"{name}\"\nversion = \"")).map_or("?", |(_, rest)| rest);
        format!("{name} {}", after.split('"').next().unwrap_or("?"))
    }

    pub(super) fn run(lines: &[(String, String)]) {
        for low in [false, true] {
            let mut builder = LanguageDetectorBuilder::from_all_languages();
            if low {
                builder.with_low_accuracy_mode();
            }
            let detector = builder.build();
            let name = format!("{}{}", locked("lingua"), if low { ", low accuracy" } else { "" });
            measured(&name, lines, &STANDARD, "", &|text| {
                let code = detector.detect_language_of(text)?.iso_code_639_1().to_string();
                Some(if code == "nb" { "no".to_owned() } else { code })
            });
        }
        let known = ["ar", "de", "en", "it", "ja", "nl", "tr", "zh"];
        measured(&locked("whichlang"), lines, &known, "", &|text| {
            let code = match whichlang::detect_language(text) {
                Lang::Ara => "ar",
                Lang::Cmn => "zh",
                Lang::Deu => "de",
                Lang::Eng => "en",
                Lang::Ita => "it",
                Lang::Jpn => "ja",
                Lang::Nld => "nl",
                Lang::Tur => "tr",
                _ => return None,
            };
            Some(code.to_owned())
        });
    }
}
