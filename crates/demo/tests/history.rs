//! The history is the same for the same seed, uneven, varied and in order, and quick to make.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use demo::{Live, PastTicket, company, history};
use domain::time::DAY;

const TO: i64 = 1_750_000_000_000;
const FROM: i64 = TO - 60 * DAY;

fn past(seed: u64, tickets: usize) -> Vec<PastTicket> {
    history(seed, tickets, FROM, TO).collect()
}

#[test]
fn the_same_seed_gives_the_same_history() {
    assert_eq!(past(7, 500), past(7, 500));
    assert_ne!(past(7, 500), past(8, 500));
    let live = |seed| Live::new(seed).take(200).collect::<Vec<_>>();
    assert_eq!(live(7), live(7));
}

#[test]
fn times_are_in_order_and_in_range() {
    let tickets = past(1, 4_000);
    assert_eq!(tickets.len(), 4_000);
    assert!(tickets.is_sorted_by_key(|ticket| ticket.created_at));
    for ticket in &tickets {
        assert!(FROM <= ticket.created_at && ticket.created_at <= ticket.first_reply_at);
        assert!(ticket.first_reply_at <= ticket.solved_at && ticket.solved_at <= TO, "{}", ticket.reference);
    }
}

#[test]
fn nights_and_weekends_are_quiet() {
    let tickets = past(1, 8_000);
    let between = |hours: std::ops::Range<i64>| {
        tickets.iter().filter(|ticket| hours.contains(&(ticket.created_at % DAY / 3_600_000))).count()
    };
    assert!(between(12..18) > 3 * between(0..6));
}

#[test]
fn categories_are_of_very_uneven_size() {
    let tickets = past(1, 8_000);
    let mut sizes = BTreeMap::<String, usize>::new();
    for ticket in &tickets {
        *sizes.entry(ticket.question.true_category_key.clone()).or_default() += 1;
    }
    let share = |count: usize| count as f64 / tickets.len() as f64;
    let (largest, smallest) = (sizes.values().max().unwrap(), sizes.values().min().unwrap());
    assert_eq!(sizes.len(), 24);
    assert!((0.15..0.22).contains(&share(*largest)), "{sizes:?}");
    assert!((0.001..0.006).contains(&share(*smallest)), "{sizes:?}");
}

#[test]
fn bodies_differ_and_say_something() {
    let tickets = past(1, 8_000);
    let bodies: BTreeSet<_> = tickets.iter().map(|ticket| ticket.question.body.as_str()).collect();
    let share = bodies.len() as f64 / tickets.len() as f64;
    assert!(share > 0.97, "{share}");
    for ticket in &tickets {
        assert!(ticket.question.body.trim().len() > 3, "{:?}", ticket.question.body);
        assert!(!ticket.question.body.contains(['[', ']', '{', '}']), "{}", ticket.question.body);
        assert!(!ticket.reply.contains("{{") && ticket.reply.len() > 40, "{}", ticket.reply);
        let domain = ticket.question.requester_email.split_once('@').unwrap().1;
        assert!(
            ["com", "net", "org"].iter().any(|end| domain.ends_with(&format!("example.{end}"))),
            "{domain}"
        );
    }
}

#[test]
fn all_answers_are_used() {
    let used: BTreeSet<_> = past(1, 8_000).into_iter().filter_map(|ticket| ticket.answer_key).collect();
    let written: BTreeSet<_> = company().answers.into_iter().map(|answer| answer.key).collect();
    assert_eq!(used, written);
}

#[test]
fn customers_write_in_several_languages_and_about_unknown_things() {
    let tickets = past(1, 8_000);
    let share = |count: usize| count as f64 / tickets.len() as f64;
    let of =
        |language: &str| share(tickets.iter().filter(|ticket| ticket.question.language == language).count());
    assert!((0.74..0.84).contains(&of("en")), "{}", of("en"));
    for language in ["de", "fr", "es", "pt", "it", "nl"] {
        assert!(of(language) > 0.003, "{language}: {}", of(language));
    }
    let unknown = share(tickets.iter().filter(|ticket| ticket.question.fitting_answer_key.is_none()).count());
    assert!((0.05..0.07).contains(&unknown), "{unknown}");
    let slipped = |ticket: &&PastTicket| {
        ticket.answer_key.is_some() && ticket.answer_key != ticket.question.fitting_answer_key
    };
    let wrong = share(tickets.iter().filter(slipped).count());
    assert!((0.02..0.04).contains(&wrong), "{wrong}");
}

#[test]
fn only_the_fitting_answer_helps() {
    for ticket in Live::new(3).take(300) {
        let helping = company().answers.into_iter().filter(|answer| ticket.would_help(&answer.key)).count();
        assert_eq!(helping, usize::from(ticket.question.fitting_answer_key.is_some()));
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the time it takes is what is tested")]
fn a_full_month_is_made_in_seconds() {
    let start = std::time::Instant::now();
    assert_eq!(history(1, 28_000, FROM, TO).count(), 28_000);
    // About one second; the rest is room for a busy machine.
    assert!(start.elapsed().as_secs_f64() < 4.0, "{:?}", start.elapsed());
}
