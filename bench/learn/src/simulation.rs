//! A year of deciding, learning from what was decided, and deciding again: with a blind share whose labels come
//! without a suggestion, and without one.
//!
//! Agents who see a suggestion take it over even when it is wrong, in a third of the cases. Without a blind share
//! such labels train and certify: the system grades itself. With it, only blind tickets certify, and the others
//! train with the weight of their logged chance.

use std::error::Error;

use learn::{Config, Role, Row, Scored, Verdict, certify, fit_with_roles};

use crate::{data, line, mix};

const MONTHS: usize = 12;
const TARGET: f64 = 0.95;
/// Share of tickets whose agent sees no suggestion. Larger than in production, because these months are small.
const BLIND: f64 = 0.2;
/// How often a wrong suggestion is taken over.
const SWAYED: f64 = 0.33;

pub(crate) fn run() -> Result<(), Box<dyn Error>> {
    let mut rows =
        data::questions(&["banking77/train.csv", "clinc150/oos_train.csv", "clinc150/oos_val.csv"], 0)?;
    rows.sort_by_key(|r| mix(r.id as u64 + 17));
    println!(
        "\na year's loop, {MONTHS} months of {} tickets, target {:.0}%",
        rows.len() / (MONTHS + 2),
        TARGET * 100.0
    );
    for blind in [Some(BLIND), None] {
        let (asked, answered, errors, months) = year(&rows, blind)?;
        let name = blind.map_or("without a blind share".to_owned(), |b| {
            format!("with a blind share of {:.0}%", b * 100.0)
        });
        let precision = 100.0 * (1.0 - errors as f64 / answered.max(1) as f64);
        line(
            &format!("{name}: answered by itself"),
            &format!("{:.1}%", 100.0 * answered as f64 / asked as f64),
            "",
        );
        line(
            "  precision of what was sent",
            &format!("{precision:.2}%"),
            if blind.is_some() { "≥ 95%" } else { "" },
        );
        line("  months with a certificate", &format!("{months} of {MONTHS}"), "");
    }
    Ok(())
}

/// Tickets asked, answered automatically, answered wrongly, and months with a certificate.
fn year(rows: &[Row], blind: Option<f64>) -> Result<(usize, usize, usize, usize), learn::Error> {
    let size = rows.len() / (MONTHS + 2);
    // The first two months are worked by agents alone.
    let mut history: Vec<Row> = rows[..2 * size].to_vec();
    let mut totals = (0, 0, 0, 0);
    for month in 2..MONTHS + 2 {
        // Blind tickets prove and train by turns, so that neither starves; the newest half of them proves.
        let proofs = history.iter().filter(|r| r.certifies).count();
        let mut seen = 0;
        let roles: Vec<Option<Role>> = history
            .iter()
            .map(|row| {
                seen += usize::from(row.certifies);
                Some(match row.certifies && seen * 2 > proofs {
                    false => Role::Fit,
                    true if row.id % 5 == 0 => Role::Select,
                    true => Role::Certify,
                })
            })
            .collect();
        let config = Config { folds: 2, passes: 8, ..Config::default() };
        let model = fit_with_roles(&history, &roles, &config, &|_, _| {})?;
        let threshold = match certify(model.scores(), TARGET, 0.05) {
            Verdict::Certified(c) => Some(c.threshold),
            Verdict::Need { .. } => None,
        };
        totals.3 += usize::from(threshold.is_some());
        for row in &rows[month * size..(month + 1) * size] {
            totals.0 += 1;
            let dice = |salt: u64| (mix(row.id as u64 ^ salt << 40) >> 11) as f64 / (1_u64 << 53) as f64;
            let unseen = blind.is_some_and(|b| dice(1) < b);
            let scored: Scored = model.score(row, Role::Report);
            let suggested = Some(model.labels()[scored.predicted as usize].clone());
            if unseen {
                let weight = blind.map_or(1.0, |b| (1.0 / b) as f32);
                // Among answers that would have gone out, only the blind ones have a label: they stand for the rest.
                let alone = threshold.is_some_and(|t| scored.score >= t);
                history.push(Row { weight: if alone { weight } else { 1.0 }, ..row.clone() });
            } else if threshold.is_some_and(|t| scored.score >= t) {
                totals.1 += 1;
                totals.2 += usize::from(!scored.right);
                if blind.is_none() {
                    // What went out without a complaint is taken for right.
                    history.push(Row { label: suggested, ..row.clone() });
                }
            } else {
                let label = if !scored.right && dice(2) < SWAYED { suggested } else { row.label.clone() };
                history.push(Row { label, certifies: blind.is_none(), ..row.clone() });
            }
        }
    }
    Ok(totals)
}
