//! A day of made-up live tickets of a large team: what became of each, as the metrics keep it.

use domain::metrics::{STRETCH, TicketFacts};
use domain::random::Random;
use domain::time::{DAY, HOUR, MINUTE};
use domain::words::{Channel, RatingValue, Resolution, Responder, Verdict};
use domain::{CategoryId, Millis, TicketId, UserId};

/// Categories, agents and languages that occur.
const CATEGORIES: f64 = 40.0;
const AGENTS: f64 = 40.0;
const LANGUAGES: [&str; 6] = ["en", "es", "pt", "de", "fr", "ja"];
const CHANNELS: [Channel; 3] = [Channel::Form, Channel::Mail, Channel::Api];

/// When the tickets of a day came, oldest first.
pub(crate) fn moments(random: &mut Random, day: i64, tickets: usize) -> Vec<Millis> {
    let mut moments: Vec<_> =
        (0..tickets).map(|_| day * DAY + (random.unit() * DAY as f64) as Millis).collect();
    moments.sort_unstable();
    moments
}

fn chance(random: &mut Random, share: f64) -> bool {
    random.unit() < share
}

fn pick<T: Copy>(random: &mut Random, of: &[T]) -> Option<T> {
    of.get((random.unit() * of.len() as f64) as usize).copied()
}

/// Half are answered by themselves; the rest by agents, some of them after days; a few come back.
pub(crate) fn ticket(random: &mut Random, id: TicketId, at: Millis) -> TicketFacts {
    // A few categories are asked about most.
    let category = CategoryId(1 + (random.unit().powi(2) * CATEGORIES) as i64);
    let channel = pick(random, &CHANNELS).unwrap_or(Channel::Form);
    let mut f = TicketFacts::asked(id, at, category, channel);
    f.language = pick(random, &LANGUAGES).map(Into::into);
    f.surveyed = chance(random, 0.9);
    if chance(random, 0.5) {
        automatic(random, &mut f);
    } else {
        by_agent(random, &mut f);
    }
    if f.surveyed && chance(random, 0.25) {
        let value = if chance(random, 0.7) { RatingValue::Good } else { RatingValue::Bad };
        f.rating = Some((value, f.first_reply_by.unwrap_or(Responder::Agent)));
    }
    f.recontacted = chance(random, 0.1);
    f
}

fn automatic(random: &mut Random, f: &mut TicketFacts) {
    let by = if chance(random, 0.2) { Responder::Rules } else { Responder::Learner };
    (f.first_reply_by, f.solved_by) = (Some(by), Some(by));
    (f.first_reply_at, f.solved_at) = (Some(f.created_at + 900), Some(f.created_at + 900));
    f.replies = 1;
    f.resolution = pick(random, &[Resolution::Confirmed, Resolution::Silent, Resolution::Failed]);
    f.verdict = chance(random, 0.02).then_some(Verdict::Right);
    if f.resolution == Some(Resolution::Failed) {
        f.turns = vec![f.created_at + 900, f.created_at + HOUR];
        touched(random, f, f.created_at + 3 * HOUR);
    }
}

fn by_agent(random: &mut Random, f: &mut TicketFacts) {
    let replied = f.created_at + 5 * MINUTE + (random.unit().powi(3) * 3.0 * DAY as f64) as Millis;
    f.first_reply_by = Some(Responder::Agent);
    f.first_reply_at = Some(replied);
    f.suggested = chance(random, 0.6);
    f.suggestion_used = f.suggested && chance(random, 0.5);
    touched(random, f, replied);
    if chance(random, 0.95) {
        f.solved_by = Some(Responder::Agent);
        f.solved_at = Some(replied + (random.unit() * DAY as f64) as Millis);
    }
}

/// An agent writes, once or a few times.
fn touched(random: &mut Random, f: &mut TicketFacts, at: Millis) {
    let agent = UserId(1 + (random.unit() * AGENTS) as i64);
    (f.touched_by_agent, f.agent) = (true, Some(agent));
    let times = 1 + (random.unit() * 3.0) as i64;
    f.replies += times as u32;
    f.stretches = (0..times).map(|n| (agent, (at + n * HOUR) / STRETCH)).collect();
    f.solved_at = f.solved_at.map(|solved| solved.max(at));
}
