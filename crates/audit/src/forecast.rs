//! What could have been automated: learnt from the earlier part of the file, measured on all tickets of the later.

use std::collections::HashMap;

use learn::{Certificate, Config, Phase, Point, Role, Row, Scored, Verdict};

use crate::tickets::{Tickets, hash};

/// Share of the tickets, from the newest, that nothing is learnt from.
const LATER: f64 = 0.3;
/// Steps of the curve.
const POINTS: usize = 80;
/// Precisions that every report shows.
pub(crate) const LEVELS: [f64; 3] = [0.90, 0.95, 0.98];

/// What came of replaying the later part.
#[derive(Debug, Clone, Default)]
pub struct Forecast {
    pub trained_on: usize,
    /// What of a text the learner reads: n-grams, or n-grams and embeddings.
    pub reads: String,
    /// The later tickets (numbers into the file's), and what the learner made of each.
    pub later: Vec<usize>,
    pub scores: Vec<Scored>,
    /// For each of them, the answer that the learner puts first.
    pub first: Vec<String>,
    /// The precision that was asked for.
    pub asked: Level,
    /// Categories with a threshold of their own, where their tickets suffice to certify one.
    pub own: HashMap<u32, f64>,
    pub levels: Vec<Level>,
    pub curve: Vec<Point>,
}

impl Forecast {
    /// Whether a ticket of this category would have been answered, were the category switched on.
    pub fn answers(&self, category: Option<u32>, scored: &Scored) -> bool {
        match category.and_then(|c| self.own.get(&c)) {
            Some(threshold) => scored.score >= *threshold,
            None => self.asked.answers(scored),
        }
    }
}

/// What may be sent at one precision.
#[derive(Debug, Clone, Default)]
pub struct Level {
    pub target: f64,
    /// Certified on tickets of the earlier part that were not learnt from.
    pub certificate: Option<Certificate>,
    /// What is missing for one.
    pub missing: Option<String>,
    /// Later tickets, those that would have been answered, and those answered as the agent did.
    pub total: usize,
    pub answered: usize,
    pub right: usize,
}

impl Level {
    pub fn share(&self) -> f64 {
        ratio(self.answered, self.total)
    }

    pub fn precision(&self) -> Option<f64> {
        (self.answered > 0).then(|| ratio(self.right, self.answered))
    }

    pub fn answers(&self, scored: &Scored) -> bool {
        self.certificate.as_ref().is_some_and(|c| scored.score >= c.threshold)
    }
}

pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Trains, certifies and measures; or says in words why nothing can be measured.
pub(crate) fn forecast(
    tickets: &Tickets,
    target: f64,
    confidence: f64,
    config: &Config,
    progress: &(dyn Fn(Phase, f32) + Sync),
) -> Result<Forecast, String> {
    if tickets.answers.is_empty() {
        return Err(
            "The file does not say how tickets were answered: give the column with the answer’s name \
                    (--answer) or with the agents’ replies (--reply)."
                .into(),
        );
    }
    let later = later(tickets, config.seed);
    let mut is_later = vec![false; tickets.all.len()];
    for &i in &later {
        is_later[i] = true;
    }
    let past: Vec<Row> = (0..tickets.all.len()).filter(|i| !is_later[*i]).map(|i| row(tickets, i)).collect();
    let next: Vec<Row> = later.iter().map(|&i| row(tickets, i)).collect();
    let model = learn::fit(&past, config, progress).map_err(|e| format!("Nothing could be learnt: {e}."))?;
    let scores = model.score_all(&next, Role::Report);
    let level = |target: f64| level(&model, &scores, target, confidence);
    let name = |s: &Scored| model.labels().get(s.predicted as usize).cloned().unwrap_or_default();
    Ok(Forecast {
        trained_on: past.len(),
        reads: model.summary().kind.clone(),
        asked: level(target),
        own: own(tickets, &model, target, confidence),
        levels: LEVELS.into_iter().map(level).collect(),
        curve: learn::curve(&scores, POINTS, confidence),
        first: scores.iter().map(name).collect(),
        later,
        scores,
    })
}

fn row(tickets: &Tickets, at: usize) -> Row {
    let ticket = &tickets.all[at];
    let label = ticket.answer.map(|a| tickets.answers[a as usize].as_str());
    // With dates, the order of the file is theirs; a ticket without one keeps its place.
    let order = tickets.dated.then_some(at as i64);
    Row { group: ticket.requester, at: order, ..Row::new(at as i64, ticket.text.clone(), label) }
}

/// The newest tickets; without dates, some of each answer, drawn by what they say and not by where they stand.
fn later(tickets: &Tickets, seed: u64) -> Vec<usize> {
    let all = tickets.all.len();
    if tickets.dated {
        return (all - (all as f64 * LATER).round() as usize..all).collect();
    }
    let mut by_answer: HashMap<Option<u32>, Vec<usize>> = HashMap::new();
    for (i, ticket) in tickets.all.iter().enumerate() {
        by_answer.entry(ticket.answer).or_default().push(i);
    }
    let mut out = Vec::new();
    for mut members in by_answer.into_values() {
        members.sort_by_cached_key(|&i| {
            let key = hash(&tickets.all[i].text) ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (key.wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 7, i)
        });
        out.extend(members.iter().take((members.len() as f64 * LATER).round() as usize));
    }
    out.sort_unstable();
    out
}

/// Scores on all cores; the order is the rows'.
fn level(model: &learn::Model, scores: &[Scored], target: f64, confidence: f64) -> Level {
    let (certificate, missing) = match learn::certify(model.scores(), target, 1.0 - confidence) {
        Verdict::Certified(certificate) => (Some(certificate), None),
        Verdict::Need { why, .. } => (None, Some(why)),
    };
    let level = Level { target, certificate, missing, total: scores.len(), ..Level::default() };
    let (mut answered, mut right) = (0, 0);
    for scored in scores.iter().filter(|s| level.answers(s)) {
        answered += 1;
        right += usize::from(scored.right);
    }
    Level { answered, right, ..level }
}

/// Thresholds certified on a category's tickets alone.
fn own(tickets: &Tickets, model: &learn::Model, target: f64, confidence: f64) -> HashMap<u32, f64> {
    let mut by_category: HashMap<u32, Vec<Scored>> = HashMap::new();
    for scored in model.scores() {
        if let Some(category) = tickets.all.get(scored.id as usize).and_then(|t| t.category) {
            by_category.entry(category).or_default().push(*scored);
        }
    }
    let certified = by_category.into_iter().filter_map(|(category, scores)| {
        match learn::certify(&scores, target, 1.0 - confidence) {
            Verdict::Certified(certificate) => Some((category, certificate.threshold)),
            Verdict::Need { .. } => None,
        }
    });
    certified.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::Ticket;

    fn tickets(n: usize, dated: bool) -> Tickets {
        let texts = [
            "my card is late",
            "card not here yet",
            "forgot my password",
            "password does not work",
            "mountains",
        ];
        Tickets {
            all: (0..n)
                .map(|i| Ticket {
                    text: format!("{} {i}", texts[i % 5]),
                    requester: i as u64,
                    answer: [Some(0), Some(0), Some(1), Some(1), None][i % 5],
                    ..Ticket::default()
                })
                .collect(),
            answers: vec!["card".into(), "password".into()],
            dated,
            ..Tickets::default()
        }
    }

    #[test]
    fn easy_questions_are_certified_with_and_without_dates() {
        for dated in [true, false] {
            let out = forecast(&tickets(2_000, dated), 0.95, 0.95, &Config::default(), &|_, _| {}).unwrap();
            assert_eq!((out.later.len(), out.trained_on), (600, 1_400));
            assert!(out.asked.certificate.is_some(), "{:?}", out.asked);
            assert!(out.asked.share() > 0.7 && out.asked.precision().unwrap() > 0.95);
            assert_eq!(out.levels.len(), 3);
            assert!(!out.curve.is_empty());
        }
    }

    #[test]
    fn without_answers_or_with_one_the_reason_is_said() {
        let none = Tickets::default();
        let try_it = |t: &Tickets| forecast(t, 0.95, 0.95, &Config::default(), &|_, _| {}).unwrap_err();
        assert!(try_it(&none).contains("--answer"));
        let mut one = tickets(50, true);
        for ticket in &mut one.all {
            ticket.answer = Some(0);
        }
        assert!(try_it(&one).contains("same answer"));
        let few = forecast(&tickets(10, true), 0.95, 0.95, &Config::default(), &|_, _| {});
        assert!(few.is_ok_and(|f| f.asked.certificate.is_none() && f.asked.missing.is_some()));
    }
}
