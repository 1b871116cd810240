//! The judge: probabilities, the gate and novelty, learnt from out-of-fold looks.

use super::rounds::{Material, OutOfFold};
use crate::Row;
use crate::linear::NO_LABEL;
use crate::logistic::Logistic;
use crate::model::{Judge, reliability};
use crate::rerank::{Choice, Rerank};
use crate::roles::Role;

/// How much more an unknown question counts for the gate, so that they make up their share of the stream.
fn lift(unknown: usize, all: usize, share: Option<f64>) -> f64 {
    const MOST: f64 = 30.0;
    match share {
        Some(share) if unknown > 0 && share > 0.0 && share < 1.0 => {
            let wanted = share / (1.0 - share) * (all - unknown) as f64;
            (wanted / unknown as f64).clamp(1.0 / MOST, MOST)
        }
        _ => 1.0,
    }
}

/// The stream's share of unknown questions, by the tickets that select, where there are enough to say.
pub(super) fn stream_share(rows: &[Row], roles: &[Option<Role>]) -> Option<f64> {
    const LEAST: usize = 200;
    let select: Vec<&Row> =
        rows.iter().zip(roles).filter(|(_, role)| **role == Some(Role::Select)).map(|r| r.0).collect();
    let unknown = select.iter().filter(|r| r.label.is_none()).count();
    (select.len() >= LEAST).then(|| unknown as f64 / select.len() as f64)
}

pub(super) fn judge(
    material: &Material<'_>,
    sharpness: f64,
    seen: &mut [OutOfFold],
    unknown_share: Option<f64>,
) -> Judge {
    let truth = |s: &OutOfFold| material.labels[s.row] as usize;
    let choices: Vec<Choice> = seen
        .iter()
        .map(|s| Choice {
            candidates: s.look.candidates.iter().map(|c| c.features).collect(),
            right: s.look.candidates.iter().position(|c| c.label == truth(s)),
            importance: f64::from(material.importance[s.row]),
        })
        .collect();
    let rerank = Rerank::fit(&choices, sharpness);
    for s in seen.iter_mut() {
        s.look.rerank(&rerank);
    }
    let predicted: Vec<(usize, bool)> =
        seen.iter().map(|s| (s.look.label(), s.look.label() == truth(s))).collect();
    let nothing = Logistic::fit(&[], &[], &[]);
    let mut judge = Judge {
        sharpness,
        rerank,
        reliability: reliability(&predicted, material.classes),
        gate: nothing.clone(),
        novelty: nothing,
    };
    let rows: Vec<Vec<f64>> = seen.iter().map(|s| judge.signals(&s.look)).collect();
    let right: Vec<bool> = predicted.iter().map(|p| p.1).collect();
    let unknown: Vec<bool> = seen.iter().map(|s| material.labels[s.row] == NO_LABEL).collect();
    let lift = lift(unknown.iter().filter(|u| **u).count(), unknown.len(), unknown_share);
    let importance: Vec<f64> = seen
        .iter()
        .zip(&unknown)
        .map(|(s, unknown)| f64::from(material.importance[s.row]) * if *unknown { lift } else { 1.0 })
        .collect();
    judge.gate = Logistic::fit(&rows, &right, &importance);
    judge.novelty = Logistic::fit(&rows, &unknown, &importance);
    judge
}
