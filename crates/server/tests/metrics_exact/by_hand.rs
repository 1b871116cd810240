//! Every number counted in the simplest way, and held against the report's.

use std::collections::BTreeSet;

use domain::Millis;
use domain::metrics::{Key, Numbers, TicketFacts, Times};
use domain::stats::{Rate, quantile};
use domain::time::DAY;
use domain::words::{Channel, Dimension, RatingValue, Resolution, Responder, Verdict};

/// The simplest way to count each number.
pub(crate) fn by_hand(all: &[&TicketFacts], waiting: i64) -> Numbers {
    let live: Vec<_> = all.iter().copied().filter(|f| f.channel != Channel::Import).collect();
    let n =
        |of: &[&TicketFacts], is: &dyn Fn(&TicketFacts) -> bool| of.iter().filter(|f| is(f)).count() as i64;
    let auto = |f: &TicketFacts| f.first_reply_by.is_some_and(|by| by != Responder::Agent);
    let untouched = |f: &TicketFacts, r| auto(f) && !f.touched_by_agent && f.resolution == r;
    let failed = |f: &TicketFacts| auto(f) && f.resolution == Some(Resolution::Failed);
    let mut folded = empty();
    folded.tickets = all.len() as i64;
    let a = &mut folded.automation;
    a.tickets = live.len() as i64;
    a.automatic = n(&live, &auto);
    a.confirmed = n(&live, &|f| untouched(f, Some(Resolution::Confirmed)));
    a.silent = n(&live, &|f| untouched(f, Some(Resolution::Silent)));
    a.undecided = n(&live, &|f| untouched(f, None));
    a.failed = n(&live, &failed);
    a.agent = n(&live, &|f| f.touched_by_agent && !failed(f));
    a.open = n(&live, &|f| f.first_reply_by.is_none() && !f.touched_by_agent);
    let good = |f: &TicketFacts| f.rating.is_some_and(|(value, _)| value == RatingValue::Good);
    folded.csat = Rate::new(n(all, &good), n(all, &|f| f.rating.is_some()));
    folded.response_rate = Rate::new(n(all, &|f| f.surveyed && f.rating.is_some()), n(all, &|f| f.surveyed));
    folded.reviewed =
        Rate::new(n(all, &|f| f.verdict == Some(Verdict::Right)), n(all, &|f| f.verdict.is_some()));
    let solved = |f: &TicketFacts| f.solved_at.is_some();
    let ever = |f: &TicketFacts| solved(f) || !f.turns.is_empty();
    let one_touch = |f: &TicketFacts| solved(f) && f.replies == 1 && f.turns.is_empty();
    folded.one_touch = Rate::new(n(&live, &one_touch), n(&live, &solved));
    folded.recontact = Rate::new(n(&live, &|f| ever(f) && f.recontacted), n(&live, &ever));
    folded.suggestions = Rate::new(n(all, &|f| f.suggestion_used), n(all, &|f| f.suggested));
    let stretches: BTreeSet<_> = all.iter().flat_map(|f| &f.stretches).collect();
    folded.agent_hours.solved = n(&live, &|f| f.solved_by == Some(Responder::Agent));
    folded.agent_hours.hours = stretches.len() as f64 / 4.0;
    folded.backlog = waiting;
    folded
}

fn empty() -> Numbers {
    let plan = domain::metrics::Plan {
        before: 0,
        from: 0,
        to: 1,
        starts: vec![],
        selection: domain::metrics::Selection::default(),
        by: Dimension::Channel,
        work: app::settings::Settings::default().work(),
    };
    domain::metrics::Fold::new(&plan).done().numbers
}

fn same_times(found: Times, all: &[&TicketFacts], end: fn(&TicketFacts) -> Option<Millis>) {
    let mut times: Vec<i64> =
        all.iter().filter_map(|f| Some((end(f)? - f.created_at).clamp(0, 14 * DAY))).collect();
    times.sort_unstable();
    assert_eq!(found.n, times.len() as i64);
    for (found, q) in [(found.median_ms, 0.5), (found.p90_ms, 0.9)] {
        let exact = quantile(&times, q);
        assert_eq!(found.is_some(), exact.is_some());
        let (found, exact) = (found.unwrap_or(0), exact.unwrap_or(0));
        assert!((found - exact).abs() as f64 <= 0.01 * exact as f64 + 1.0, "{found} instead of {exact}");
    }
}

pub(crate) fn same(found: &Numbers, all: &[&TicketFacts], waiting: i64, what: &str) {
    let hand = by_hand(all, waiting);
    let (a, b) = (found.automation, hand.automation);
    assert_eq!(domain::metrics::Automation { low: 0.0, high: 0.0, ..a }, b, "{what}");
    assert!((a.low * a.tickets as f64 - a.confirmed as f64).abs() < 1e-6);
    assert!((a.high * a.tickets as f64 - (a.confirmed + a.silent) as f64).abs() < 1e-6);
    let rates = |n: &Numbers| [n.csat, n.response_rate, n.reviewed, n.one_touch, n.recontact, n.suggestions];
    assert_eq!(rates(found), rates(&hand), "{what}");
    assert_eq!((found.tickets, found.backlog), (hand.tickets, hand.backlog), "{what}");
    let hours = |n: &Numbers| (n.agent_hours.solved, n.agent_hours.hours);
    assert_eq!(hours(found), hours(&hand), "{what}");
    let saved = (5.0 * a.confirmed as f64 - 10.0 * a.failed as f64) / 60.0;
    assert!((found.saved.hours_low - saved).abs() < 1e-9, "{what}");
    same_times(found.first_reply, all, |f| f.first_reply_at);
    same_times(found.resolution, all, |f| f.solved_at);
    for one in &found.responders {
        let by = |f: &&&TicketFacts| f.solved_by == Some(one.responder);
        assert_eq!(one.answered, all.iter().filter(by).count() as i64);
        let rated = |f: &&&TicketFacts| f.rating.is_some_and(|(_, by)| by == one.responder);
        assert_eq!(one.csat.of, all.iter().filter(rated).count() as i64);
    }
}

pub(crate) fn key(by: Dimension, f: &TicketFacts, night: domain::UserId) -> String {
    let team = f.agent.filter(|agent| *agent == night).map(|_| "Night".into());
    match by {
        Dimension::Category => Key::Category(f.category),
        Dimension::Responder => Key::Responder(f.first_reply_by),
        Dimension::Language => Key::Text(f.language.clone()),
        Dimension::Channel => Key::Channel(f.channel),
        Dimension::Team => Key::Text(team),
        Dimension::Agent => Key::Agent(f.agent),
    }
    .to_string()
}

/// Whether it had come before `at` and was not solved then.
pub(crate) fn waited(f: &TicketFacts, at: Millis) -> bool {
    let mut steps = f.turns.clone();
    steps.extend(f.solved_at);
    f.channel != Channel::Import
        && f.created_at < at
        && steps.iter().filter(|&&step| step < at).count() % 2 == 0
}
