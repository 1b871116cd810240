//! Counting, beside a count of the same by hand.

use super::*;
use crate::words::Dimension;

fn work() -> Work {
    Work {
        minutes_per_ticket: 5.0,
        minutes_per_mistake: 10.0,
        money_per_hour: Some(40.0),
        currency: "EUR".into(),
    }
}

fn count<'f>(tickets: impl IntoIterator<Item = &'f TicketFacts>) -> Numbers {
    let plan = Plan {
        before: 0,
        from: 0,
        to: 1_000_000_000,
        starts: vec![0],
        selection: Selection::default(),
        by: Dimension::Channel,
        work: work(),
    };
    let mut fold = Fold::new(&plan);
    for f in tickets {
        fold.add(f);
    }
    fold.done().numbers
}

fn facts(solved_by: Responder, resolution: Option<Resolution>) -> TicketFacts {
    TicketFacts {
        first_reply_at: Some(60_000),
        first_reply_by: Some(solved_by),
        solved_at: Some(120_000),
        solved_by: Some(solved_by),
        touched_by_agent: solved_by == Responder::Agent,
        resolution,
        surveyed: true,
        replies: 1,
        ..TicketFacts::asked(TicketId(1), 0, CategoryId(1), Channel::Mail)
    }
}

#[test]
fn silence_is_not_success() {
    let tickets = [
        facts(Responder::Learner, Some(Resolution::Confirmed)),
        facts(Responder::Learner, Some(Resolution::Silent)),
        facts(Responder::Rules, None),
        facts(Responder::Agent, Some(Resolution::Confirmed)),
    ];
    let numbers = count(&tickets);
    let a = numbers.automation;
    assert_eq!((a.confirmed, a.silent, a.undecided, a.agent, a.automatic), (1, 1, 1, 1, 3));
    assert!((a.low - 0.25).abs() < 1e-9 && (a.high - 0.5).abs() < 1e-9);
    assert!((numbers.saved.hours_high - 10.0 / 60.0).abs() < 1e-9);
    assert!((numbers.saved.money_low.unwrap() - 5.0 / 60.0 * 40.0).abs() < 1e-9);
}

#[test]
fn history_counts_in_times_and_ratings_and_not_in_automation() {
    let mut past = facts(Responder::Agent, None);
    past.channel = Channel::Import;
    past.rating = Some((RatingValue::Good, Responder::Agent));
    let n = count([&past, &facts(Responder::Learner, Some(Resolution::Confirmed))]);
    assert_eq!((n.tickets, n.automation.tickets, n.csat.of, n.resolution.n), (2, 1, 1, 2));
    assert_eq!((n.one_touch.of, n.recontact.of), (1, 1));
    assert!((n.automation.low - 1.0).abs() < 1e-9);
}

#[test]
fn a_failed_answer_counts_as_failed_after_an_agent_took_over() {
    let mut taken_over = facts(Responder::Agent, Some(Resolution::Failed));
    taken_over.first_reply_by = Some(Responder::Learner);
    let a = count([&taken_over]).automation;
    assert_eq!((a.failed, a.agent), (1, 0));
}

#[test]
fn csat_goes_to_whoever_had_answered() {
    let mut ticket = facts(Responder::Agent, None);
    ticket.rating = Some((RatingValue::Bad, Responder::Learner));
    let numbers = count([&ticket]);
    let learner = numbers.responders.iter().find(|r| r.responder == Responder::Learner).unwrap();
    assert_eq!((learner.bad, learner.good, learner.csat.of), (1, 0, 1));
}

#[test]
fn a_reopened_ticket_waits_twice() {
    let mut ticket = facts(Responder::Agent, None);
    (ticket.created_at, ticket.turns, ticket.solved_at) = (10, vec![20, 30], Some(40));
    let waits: Vec<_> = (0..60).step_by(5).filter(|&at| ticket.waits_at(at)).collect();
    assert_eq!(waits, [15, 20, 35, 40]);
    assert!(!ticket.is_one_touch());
}

#[test]
fn hours_are_stretches_of_the_clock_each_counted_once() {
    let mut one = facts(Responder::Agent, None);
    one.stretches = vec![(UserId(1), 5), (UserId(2), 5)];
    let mut two = one.clone();
    two.stretches = vec![(UserId(1), 5), (UserId(1), 700), (UserId(1), 2)];
    let hours = count([&one, &two]).agent_hours;
    assert_eq!((hours.solved, hours.hours, hours.per_hour), (2, 1.0, Some(2.0)));
}

proptest::proptest! {
    #[test]
    fn bounds_are_ordered_and_parts_add_up(kinds in proptest::collection::vec((0usize..4, 0usize..4), 0..60)) {
        let resolutions = [None, Some(Resolution::Confirmed), Some(Resolution::Silent), Some(Resolution::Failed)];
        let all: Vec<_> = kinds.iter().map(|&(r, s)| facts(Responder::ALL[r], resolutions[s])).collect();
        let a = count(&all).automation;
        proptest::prop_assert!(0.0 <= a.low && a.low <= a.high && a.high <= 1.0);
        proptest::prop_assert_eq!(a.confirmed + a.silent + a.failed + a.undecided + a.agent + a.open, a.tickets);
    }

    #[test]
    fn parts_counted_apart_come_to_the_same(
        lives in proptest::collection::vec((0i64..100, 0usize..4, 0usize..4, proptest::collection::vec((1i64..4, 0i64..300), 0..4)), 0..40),
        cut in 0usize..40,
    ) {
        let resolutions = [None, Some(Resolution::Confirmed), Some(Resolution::Silent), Some(Resolution::Failed)];
        let tickets: Vec<_> = lives.iter().map(|(created, by, outcome, stretches)| TicketFacts {
            created_at: *created,
            category: CategoryId(created % 3),
            rating: (created % 2 == 0).then_some((RatingValue::Good, Responder::ALL[*by])),
            stretches: stretches.iter().map(|&(who, stretch)| (UserId(who), stretch)).collect(),
            ..facts(Responder::ALL[*by], resolutions[*outcome])
        }).collect();
        let plan = Plan {
            before: 10, from: 30, to: 85, starts: vec![30, 50, 70], selection: Selection::default(),
            by: Dimension::Category, work: work(),
        };
        let fold = |some: &[TicketFacts]| {
            let mut fold = Fold::new(&plan);
            for f in some {
                fold.add(f);
            }
            fold
        };
        let (one, other) = tickets.split_at(cut.min(tickets.len()));
        let mut parts = fold(other);
        parts.merge(fold(one));
        proptest::prop_assert_eq!(parts.done(), fold(&tickets).done());
    }

    /// The backlog of the chart's buckets is what looking at each of their ends finds.
    #[test]
    fn the_backlog_of_each_bucket_is_what_waits_at_its_end(
        lives in proptest::collection::vec((0i64..100, proptest::collection::vec(0i64..30, 0..6)), 0..20),
    ) {
        let tickets: Vec<TicketFacts> = lives.iter().map(|(created, steps)| {
            let mut f = TicketFacts::asked(TicketId(1), *created, CategoryId(1), Channel::Form);
            let times: Vec<Millis> = steps.iter().scan(*created, |at, step| { *at += step; Some(*at) }).collect();
            f.turns = times[..times.len() / 2 * 2].to_vec();
            f.solved_at = (times.len() % 2 == 1).then(|| times[times.len() - 1]);
            f
        }).collect();
        let plan = Plan {
            before: 10, from: 30, to: 85, starts: vec![30, 45, 50, 70], selection: Selection::default(),
            by: Dimension::Channel, work: work(),
        };
        let mut fold = Fold::new(&plan);
        for f in &tickets {
            fold.add(f);
        }
        let folded = fold.done();
        let waiting = |at: Millis| {
            tickets.iter().filter(|f| f.created_at < plan.to && f.waits_at(at)).count() as i64
        };
        let found: Vec<i64> = folded.points.iter().map(|p| p.numbers.backlog).collect();
        proptest::prop_assert_eq!(found, [45, 50, 70, 85].map(waiting));
        proptest::prop_assert_eq!((folded.numbers.backlog, folded.before.backlog), (waiting(85), waiting(30)));
    }
}
