//! What policies, guardrails and experiments add to understanding and deciding a ticket: the same questions, one after
//! another, with nothing switched on and with everything, in one run.
//!
//! Everything: each category in `auto` with its certificate, watched by its guardrail, its never-list and arms, and
//! four experiments at once: with policies, models, orders and a wording. Half of the tickets are read by another model.

mod house;

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use app::automation::Snapshot;
use app::journey::understand::think;
use domain::words::{CategorySource, Channel};
use domain::{CategoryId, Millis, RequesterId, TicketId};
use house::House;
use store::readings::Question;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const PAST: usize = 6_000;
const QUESTIONS: usize = 2_000;
const ROUNDS: usize = 10;

#[tokio::main]
async fn main() -> Result<()> {
    let house = House::new().await?;
    house.history(PAST).await?;
    let bare = house.snapshot().await?;
    house.everything_on().await?;
    let full = house.snapshot().await?;
    let questions = questions(house.now());

    // Each question's fastest round: what the work takes, without what else the machine does.
    let mut best = vec![[f64::MAX; 2]; questions.len()];
    for round in 0..ROUNDS {
        for (i, (question, text)) in questions.iter().enumerate() {
            let mut pair = [0.0; 2];
            // Neither always goes first, with what the other has put into the caches.
            for which in [(i + round) % 2, (i + round + 1) % 2] {
                let snapshot: &Arc<Snapshot> = if which == 0 { &bare } else { &full };
                pair[which] = timed(snapshot, question.clone(), text, house.now());
            }
            for (best, took) in best[i].iter_mut().zip(pair) {
                *best = best.min(took);
            }
        }
    }
    let column = |pick: fn(&[f64; 2]) -> f64| best.iter().map(pick).collect::<Vec<f64>>();
    let mut times = [column(|b| b[0]), column(|b| b[1]), column(|b| b[1] - b[0])];
    println!(
        "understanding and deciding a ticket: {QUESTIONS} questions, the fastest of {ROUNDS} rounds each, milliseconds"
    );
    println!("  {:<52} {:>8} {:>8} {:>8}", "", "median", "p99", "p99.9");
    let mut p99 = [0.0; 2];
    for (i, name) in
        ["nothing on", "policies, guardrails, four experiments", "  the same ticket: more with everything on"]
            .into_iter()
            .enumerate()
    {
        times[i].sort_by(f64::total_cmp);
        let at = |share: f64| times[i][(share * (times[i].len() - 1) as f64) as usize];
        println!("  {name:<52} {:>8.3} {:>8.3} {:>8.3}", at(0.5), at(0.99), at(0.999));
        if let Some(p) = p99.get_mut(i) {
            *p = at(0.99);
        }
    }
    println!("  added at p99: {:.3} ms (< 1 ms)", p99[1] - p99[0]);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
fn timed(snapshot: &Snapshot, question: Question, text: &str, now: Millis) -> f64 {
    let began = Instant::now();
    black_box(think(snapshot, black_box(question), black_box(text), now));
    began.elapsed().as_secs_f64() * 1_000.0
}

/// Questions of different people, with their text as the learner reads it.
fn questions(now: Millis) -> Vec<(Question, String)> {
    let live = demo::Live::new(7).take(QUESTIONS).enumerate();
    live.map(|(i, ticket)| {
        let asked = ticket.question;
        let text = learn::normalise(asked.subject.as_deref(), &asked.body);
        let question = Question {
            ticket: TicketId(i as i64),
            channel: Channel::Api,
            subject: asked.subject,
            category: CategoryId::UNCATEGORISED,
            category_source: CategorySource::Predicted,
            language: None,
            requester: RequesterId(i as i64),
            email: asked.requester_email,
            body: asked.body,
            has_attachments: false,
            taken: false,
            from_machine: false,
            created_at: now,
        };
        (question, text)
    })
    .collect()
}
