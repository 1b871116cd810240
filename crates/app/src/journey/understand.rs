//! The second step: what a ticket is about, in which language, and what would answer it.
//!
//! Tickets are understood many at a time: one query, one turn on a thread for the model, one transaction with a
//! few statements over all of them. The transaction writes reading, decision, routing, events and automatic
//! replies together; a ticket that is decided already is left alone, so running twice does no harm.

use std::sync::Arc;

use domain::TicketId;
use domain::words::{CategorySource, Channel};
use store::decisions::Stored;
use store::readings::{Question, Ranked, Reading};

use super::{decide, respond};
use crate::automation::{BELIEVED, Snapshot};
use crate::{App, Error, Result, automation};

/// A ticket understood and decided, not yet written.
#[derive(Debug, Clone)]
pub(super) struct Thought {
    pub question: Question,
    pub reading: Reading,
    pub decision: Stored,
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

fn think(snapshot: &Snapshot, question: Question, text: &str, now: domain::Millis) -> Thought {
    let detected = learn::language(text);
    let said = question.language.as_deref().map(main_part);
    let language = said.or_else(|| detected.filter(|l| l.confidence >= BELIEVED).map(|l| l.code.to_owned()));
    let (ranked, score, novelty) = match &snapshot.model {
        None => (Vec::new(), None, None),
        Some(in_use) => {
            let read = in_use.model.read(text);
            let ranked = read.ranked.iter().filter_map(|r| {
                let answer = snapshot.usable(r.label.parse().ok()?, language.as_deref());
                Some(Ranked { answer, probability: rounded(r.probability) })
            });
            (ranked.collect(), Some(read.score), Some(read.novelty))
        }
    };
    let reading = Reading {
        ticket: question.ticket,
        language_confidence: detected.map(|l| rounded(l.confidence)),
        language,
        model_version: snapshot.model_version(),
        category: routed(snapshot, &question, &ranked),
        ranked,
        score,
        novelty,
        created_at: now,
    };
    let decision = decide::decide(snapshot, &question, &reading, text, now);
    Thought { question, reading, decision }
}

/// The requester's pick; otherwise where the likeliest answer belongs. Certificates count tickets by the same rule.
fn routed(snapshot: &Snapshot, question: &Question, ranked: &[Ranked]) -> domain::CategoryId {
    if question.category_source != CategorySource::Predicted {
        return question.category;
    }
    ranked.first().map_or(domain::CategoryId::UNCATEGORISED, |best| snapshot.category_of(best.answer))
}

/// `pt` of `pt-br`: texts and policies know languages, not regions.
fn main_part(language: &str) -> String {
    language.split('-').next().unwrap_or(language).to_lowercase()
}

/// Four digits are more than anyone reads, and keep stored rows short.
fn rounded(probability: f64) -> f64 {
    (probability * 10_000.0).round() / 10_000.0
}
