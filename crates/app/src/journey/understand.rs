//! The second step: what a ticket is about, in which language, and what would answer it.
//!
//! Tickets are understood many at a time: one query, one turn on a thread for the model, one transaction with a
//! few statements over all of them. The transaction writes reading, decision, routing, events and automatic
//! replies together; a ticket that is decided already is left alone, so running twice does no harm.

use std::sync::Arc;

use domain::TicketId;
use domain::words::{CategorySource, Channel, ExperimentKind};
use store::readings::{Question, Ranked, Reading};

use super::decide::{self, Decided};
use super::respond;
use crate::automation::{BELIEVED, InUse, Snapshot};
use crate::experiments::Part;
use crate::{App, Error, Result, automation};

/// A ticket understood and decided, not yet written.
#[derive(Debug, Clone)]
pub struct Thought {
    pub(super) question: Question,
    pub(super) reading: Reading,
    pub(super) decided: Decided,
}

/// Understands, decides and answers whichever of these tickets have not been decided yet.
pub async fn understand(app: &App, tickets: &[TicketId]) -> Result<()> {
    let mut questions = store::readings::undecided(&app.db, tickets).await?;
    // Imported history causes nothing.
    questions.retain(|q| q.channel != Channel::Import);
    if questions.is_empty() {
        return Ok(());
    }
    // A switch changed meanwhile makes the decision a different one.
    while !decide_all(app, questions.clone()).await? {
        app.automation.look_again();
    }
    Ok(())
}

/// Decides, and writes what was decided if the switches are still as they were.
async fn decide_all(app: &App, questions: Vec<Question>) -> Result<bool> {
    let snapshot = automation::snapshot(app).await?;
    let now = app.now();
    let thoughts = {
        let snapshot = snapshot.clone();
        tokio::task::spawn_blocking(move || {
            let texts: Vec<String> =
                questions.iter().map(|q| learn::normalise(q.subject.as_deref(), &q.body)).collect();
            if let Some(in_use) = &snapshot.model {
                in_use.model.prepare(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            }
            let both = questions.into_iter().zip(texts);
            both.map(|(question, text)| think(&snapshot, question, &text, now)).collect::<Vec<_>>()
        })
        .await
        .map_err(|e| Error::Conflict(format!("the learner stopped: {e}")))?
    };
    let (thoughts, replies) = respond::prepare(app, &snapshot, thoughts).await?;
    let sends = !replies.is_empty();
    let (thoughts, replies, switches) = (Arc::new(thoughts), Arc::new(replies), snapshot.switches);
    let written = app
        .db
        .write(move |tx| {
            let (thoughts, replies) = (thoughts.clone(), replies.clone());
            Box::pin(async move {
                // Held until the replies are committed, so that whoever switches off finds all of them.
                if !replies.is_empty() && store::switches::hold(tx).await? != switches {
                    return Ok(false);
                }
                respond::write(tx, &thoughts, &replies, now).await.map(|()| true)
            })
        })
        .await?;
    if sends {
        app.wake();
    }
    Ok(written)
}

/// Understands and decides one ticket by its normalised text, and writes nothing.
pub fn think(snapshot: &Snapshot, question: Question, text: &str, now: domain::Millis) -> Thought {
    let detected = learn::language(text);
    let said = question.language.as_deref().map(main_part);
    let language = said.or_else(|| detected.filter(|l| l.confidence >= BELIEVED).map(|l| l.code.to_owned()));
    let mut opinion = Opinion::of(snapshot, snapshot.model.as_deref(), text, language.as_deref());
    // Where a ticket belongs is said by the model in use, so that it does not depend on the side of an experiment.
    let mut category = routed(snapshot, &question, &opinion.ranked);
    let part = snapshot
        .part(ExperimentKind::Model, category, &question)
        .filter(|_| decide::is_rolled_out(snapshot, &question, category));
    if let Some((part, model)) = part.and_then(|part| part.model().map(|model| (part, model))) {
        if Some(model.version) != opinion.version {
            opinion = Opinion::of(snapshot, Some(model), text, language.as_deref());
        }
        if part.is_everywhere() {
            category = routed(snapshot, &question, &opinion.ranked);
        }
    }
    let reading = Reading {
        ticket: question.ticket,
        language_confidence: detected.map(|l| rounded(l.confidence)),
        language,
        model_version: opinion.version,
        category,
        ranked: opinion.ranked,
        score: opinion.score,
        novelty: opinion.novelty,
        created_at: now,
    };
    let mut decided = decide::decide(snapshot, &question, &reading, text, now);
    decided.assigned.extend(part.map(Part::assigned));
    Thought { question, reading, decided }
}

/// What a model thinks of a ticket.
struct Opinion {
    version: Option<i64>,
    ranked: Vec<Ranked>,
    score: Option<f64>,
    novelty: Option<f64>,
}

impl Opinion {
    fn of(snapshot: &Snapshot, model: Option<&InUse>, text: &str, language: Option<&str>) -> Self {
        let Some(model) = model else {
            return Self { version: None, ranked: Vec::new(), score: None, novelty: None };
        };
        let read = model.model.read(text);
        let ranked = read.ranked.iter().filter_map(|r| {
            let answer = snapshot.usable(r.label.parse().ok()?, language);
            Some(Ranked { answer, probability: rounded(r.probability) })
        });
        Self {
            version: Some(model.version),
            ranked: ranked.collect(),
            score: Some(read.score),
            novelty: Some(read.novelty),
        }
    }
}

/// The requester's pick; otherwise where the likeliest answer belongs. Certificates count tickets by the same rule.
fn routed(snapshot: &Snapshot, question: &Question, ranked: &[Ranked]) -> domain::CategoryId {
    if question.category_source != CategorySource::Predicted {
        return question.category;
    }
    ranked.first().map_or(domain::CategoryId::UNCATEGORISED, |best| snapshot.category_of(best.answer))
}

/// `pt` of `pt-br`: texts and policies know languages, not regions.
pub(crate) fn main_part(language: &str) -> String {
    language.split('-').next().unwrap_or(language).to_lowercase()
}

/// Four digits are more than anyone reads, and keep stored rows short.
fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}
