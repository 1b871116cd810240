//! Watching what is sent: chosen for review, reviewed, paused when it is wrong, and switched on again.

use app::Error;
use app::guardrail::{self, Stands};
use app::journey::intake::{NewTicket, take};
use app::policies::{Scope, effective, set};
use app::reviews;
use domain::AnswerId;
use domain::policy::PolicyChange;
use domain::reviews::Standing;
use domain::time::{DAY, HOUR};
use domain::words::{Action, Channel, LabelSource, Mode, PauseKind, Role, Sample, Verdict};

use crate::house::{CARD, House, NOW};
use crate::on_both_engines;
use crate::reviewed::{HERE, ask_many, invoices_are_answered, much_is_reviewed, someone};

async fn a_uniform_sample_of_what_was_sent_is_asked_for_once(house: &House) {
    let (invoices, _) = invoices_are_answered(house).await;
    let agent = someone(house, Role::Agent).await;
    ask_many(house, 0, 60).await;
    let chosen = reviews::sample(&house.app).await.unwrap();
    // Of about 59 sent: five that watching needs, and two thirds of the ten that are left.
    assert!((2..=30).contains(&chosen), "{chosen}");
    assert_eq!(reviews::sample(&house.app).await.unwrap(), 0, "each ticket has its chance once");
    let queue = reviews::queue(&house.app, &agent).await.unwrap();
    assert_eq!(queue.len(), chosen);
    let task = &queue[0].task;
    assert_eq!((task.sample, task.sent, task.category), (Sample::Sent, Some(invoices), HERE));
    assert!(task.share > 0.1 && task.share < 0.3, "{}", task.share);
    assert_eq!(queue[0].body, "where are my invoices?");
}

async fn wrong_answers_pause_the_category_and_a_person_resumes_it(house: &House) {
    much_is_reviewed(house).await;
    let (_, refunds) = invoices_are_answered(house).await;
    let admin = someone(house, Role::Admin).await;
    ask_many(house, 0, 90).await;
    reviews::sample(&house.app).await.unwrap();
    let state = guardrail::state(&house.app, HERE).await.unwrap();
    assert!(state.reviews_a_day > 5.0 && state.finds.is_some_and(|p| p > 0.8), "{state:?}");
    house.clock.advance(DAY);
    let mut given = 0;
    for waiting in reviews::queue(&house.app, &admin).await.unwrap() {
        let revealed = reviews::give(&house.app, &admin, waiting.ticket.number, Some(refunds)).await.unwrap();
        assert_eq!(revealed.verdict, Verdict::Wrong);
        given += 1;
        if given == 2 {
            let harm = reviews::mark(&house.app, &admin, waiting.ticket.number, true).await.unwrap();
            assert_eq!(harm.verdict, Verdict::Harmful);
        }
        if guardrail::state(&house.app, HERE).await.unwrap().pause.is_some() {
            break;
        }
    }
    assert!((5..10).contains(&given), "paused after {given}");
    let state = guardrail::state(&house.app, HERE).await.unwrap();
    assert_eq!((state.stands, state.right, state.wrong, state.harmful), (Stands::Paused, 0, given - 1, 1));
    assert!(state.wealth >= state.limit);
    let pause = state.pause.unwrap();
    assert_eq!(pause.kind, PauseKind::Precision);
    assert_eq!(pause.why, format!("{given} of the last {given} reviewed answers were wrong"));
    // It suggests what it would have sent, in every process.
    let (mode, why) = effective(&*house.snapshot().await, HERE, pause.at);
    assert!(mode == Mode::Suggest && why.unwrap().starts_with("the guardrail paused it"));
    let ticket = house.ask("late@example.com", "where are my invoices?").await;
    let decision = house.decision(&ticket).await.decision;
    assert!(decision.action != Action::Auto && !decision.sends(), "{decision:?}");
    let history = app::history::page(&house.app, None, 1_000).await.unwrap();
    let told = format!("Uncategorised: paused, {}", pause.why);
    let texts: Vec<&str> = history.iter().map(|e| e.text.as_str()).collect();
    assert!(texts.contains(&told.as_str()), "{texts:?}");
    // A pause stays whatever is switched, until it is resumed.
    let on = PolicyChange { mode: Some(Mode::Auto), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::Category(HERE), on).await.unwrap();
    assert!(house.snapshot().await.pause(HERE).is_some());
    guardrail::resume(&house.app, &admin, HERE).await.unwrap();
    let again = guardrail::resume(&house.app, &admin, HERE).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let state = guardrail::state(&house.app, HERE).await.unwrap();
    assert_eq!((state.pause, state.wrong, state.wealth), (None, 0, 0.0));
    let ticket = house.ask("later@example.com", "where are my invoices?").await;
    let decision = house.decision(&ticket).await.decision;
    assert!(decision.sends() || decision.arm != domain::words::Arm::Rollout, "{decision:?}");
}

async fn two_people_look_at_some_and_a_third_decides_between_them(house: &House) {
    much_is_reviewed(house).await;
    let (invoices, refunds) = invoices_are_answered(house).await;
    let (one, two) = (someone(house, Role::Agent).await, someone(house, Role::Agent).await);
    let three = someone(house, Role::Agent).await;
    ask_many(house, 0, 100).await;
    reviews::sample(&house.app).await.unwrap();
    let queue = reviews::queue(&house.app, &one).await.unwrap();
    let double = queue.iter().find(|w| w.task.wanted == 2).expect("a fifth is looked at by two");
    let number = double.ticket.number;
    let first = reviews::give(&house.app, &one, number, Some(invoices)).await.unwrap();
    assert_eq!((first.verdict, first.standing), (Verdict::Right, Standing::Waiting));
    let twice = reviews::give(&house.app, &one, number, Some(refunds)).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "a choice is final");
    let history = app::history::of_ticket(&house.app, number).await.unwrap();
    assert!(history.iter().any(|e| e.text == "Reviewed by the first of two"));
    let second = reviews::give(&house.app, &two, number, Some(refunds)).await.unwrap();
    assert_eq!((second.verdict, second.standing), (Verdict::Wrong, Standing::Disputed));
    let progress = reviews::progress(&house.app, &one).await.unwrap();
    assert_eq!((progress.done, progress.own), (2, 1));
    assert_eq!((progress.agreement.agreed.count, progress.agreement.agreed.of), (0, 1));
    // Both choices are shown to whoever decides, and only somebody else may.
    let seen = reviews::queue(&house.app, &three).await.unwrap();
    let disputed = seen.iter().find(|w| w.ticket.number == number).unwrap();
    assert_eq!(disputed.choices, [Some(invoices), Some(refunds)]);
    assert!(reviews::queue(&house.app, &two).await.unwrap().iter().all(|w| w.ticket.number != number));
    let own = reviews::adjudicate(&house.app, &two, number, Some(refunds)).await;
    assert!(matches!(own, Err(Error::Conflict(_))));
    let decided = reviews::adjudicate(&house.app, &three, number, Some(refunds)).await.unwrap();
    assert_eq!(decided.standing, Standing::Settled { verdict: Verdict::Wrong, answer: Some(refunds) });
    // What was settled teaches, and its chance of being chosen is known.
    let page = store::labels::examples(&house.app.db, domain::TicketId(i64::MAX), 10).await.unwrap();
    let label = page.iter().find(|e| e.ticket == double.task.ticket).unwrap();
    assert_eq!((label.answer, label.source, label.unseen), (Some(refunds), LabelSource::Review, true));
    assert!((label.propensity - 0.95 * double.task.share).abs() < 1e-9);
    assert_eq!(label.sample, Some(Sample::Sent));
}

async fn a_token_and_an_unknown_answer_are_refused(house: &House) {
    invoices_are_answered(house).await;
    let agent = someone(house, Role::Agent).await;
    let ticket = house.ask("a@example.com", "where are my invoices?").await;
    let by_program = reviews::give(&house.app, &House::admin(), ticket.number, None).await;
    assert!(matches!(by_program, Err(Error::Conflict(_))));
    let unknown = reviews::give(&house.app, &agent, ticket.number, Some(AnswerId(9))).await;
    assert!(matches!(unknown, Err(Error::Invalid(_))), "{unknown:?}");
    let not_asked = reviews::give(&house.app, &agent, ticket.number, None).await;
    assert!(matches!(not_asked, Err(Error::NotFound(_))), "{not_asked:?}");
}

async fn reviews_left_undone_pause_until_they_are_done(house: &House) {
    much_is_reviewed(house).await;
    let (invoices, _) = invoices_are_answered(house).await;
    let admin = someone(house, Role::Admin).await;
    ask_many(house, 0, 60).await;
    assert!(reviews::sample(&house.app).await.unwrap() >= 5);
    house.clock.advance(72 * HOUR);
    guardrail::look_at_all(&house.app).await.unwrap();
    assert!(house.snapshot().await.pause(HERE).is_none(), "not late yet");
    house.clock.advance(HOUR);
    guardrail::look_at_all(&house.app).await.unwrap();
    let state = guardrail::state(&house.app, HERE).await.unwrap();
    assert_eq!(state.pause.as_ref().map(|p| p.kind), Some(PauseKind::Unwatched));
    assert!(state.blocked.is_some());
    let early = guardrail::resume(&house.app, &admin, HERE).await;
    assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
    for waiting in reviews::queue(&house.app, &admin).await.unwrap() {
        reviews::give(&house.app, &admin, waiting.ticket.number, Some(invoices)).await.unwrap();
    }
    guardrail::resume(&house.app, &admin, HERE).await.unwrap();
    assert!(house.snapshot().await.pause(HERE).is_none());
}

async fn after_a_pause_only_later_tickets_prove_it_anew(house: &House) {
    much_is_reviewed(house).await;
    house.with_history(1_000).await;
    house.train().await;
    let cards = house.category("Cards").await;
    let delivery = house.answer("Card delivery").await;
    house.write_text(delivery, "Please wait for a week.").await;
    let on = PolicyChange { mode: Some(Mode::Auto), precision: Some(0.9), ..PolicyChange::default() };
    set(&house.app, &House::admin(), Scope::Category(cards), on).await.unwrap();
    let admin = someone(house, Role::Admin).await;
    for i in 0..40 {
        house.ask(&format!("customer{i}@example.com"), CARD).await;
    }
    assert!(reviews::sample(&house.app).await.unwrap() > 0);
    house.clock.advance(DAY);
    for waiting in reviews::queue(&house.app, &admin).await.unwrap() {
        reviews::give(&house.app, &admin, waiting.ticket.number, None).await.unwrap();
    }
    assert!(house.snapshot().await.pause(cards).is_some());
    let lapsed = house.snapshot().await.certificate(cards).unwrap().clone();
    assert!(lapsed.lapsed_at.is_some(), "what the reviews refuted no longer holds");
    // A paused category does not try by itself.
    assert_eq!(app::certificates::ensure(&house.app).await.unwrap(), 0);
    // Now all tickets have their chance, whatever would have been done with them.
    for i in 40..75 {
        house.ask(&format!("customer{i}@example.com"), CARD).await;
    }
    reviews::sample(&house.app).await.unwrap();
    let mut proofs = 0;
    for waiting in reviews::queue(&house.app, &admin).await.unwrap() {
        assert_eq!(waiting.task.sample, Sample::All);
        reviews::give(&house.app, &admin, waiting.ticket.number, Some(delivery)).await.unwrap();
        proofs += 1;
    }
    guardrail::resume(&house.app, &admin, cards).await.unwrap();
    let anew = house.snapshot().await.certificate(cards).unwrap().clone();
    assert!(proofs > 5 && proofs < lapsed.total, "{proofs} {lapsed:?}");
    assert_eq!((anew.attempt, anew.total, anew.threshold), (lapsed.attempt + 1, proofs, None));
    assert!(anew.need.is_some(), "{anew:?}");
    assert_eq!(guardrail::state(&house.app, cards).await.unwrap().stands, Stands::Uncertified);
    // Reviews of what was sent teach without certifying.
    let page = store::labels::examples(&house.app.db, domain::TicketId(i64::MAX), 200).await.unwrap();
    assert!(page.iter().any(|e| e.sample == Some(Sample::Sent) && e.unseen));
}

async fn what_comes_back_in_time_is_counted(house: &House) {
    invoices_are_answered(house).await;
    let mut sent = Vec::new();
    for i in 0..20 {
        let ticket = house.ask(&format!("customer{i}@example.com"), "where are my invoices?").await;
        if house.decision(&ticket).await.decision.sends() {
            sent.push(ticket);
        }
    }
    reviews::sample(&house.app).await.unwrap();
    let says_no = async |ticket: &domain::tickets::Ticket| {
        let path = app::customer::page_link(&house.app, ticket).await.unwrap();
        app::customer::not_helped(&house.app, path.strip_prefix("/t/").unwrap()).await.unwrap();
    };
    let returns = async || {
        let returns = guardrail::state(&house.app, HERE).await.unwrap().returns;
        (returns.sent, returns.back)
    };
    for ticket in &sent[..3] {
        says_no(ticket).await;
    }
    assert_eq!(returns().await, (0, 0), "failures must not be counted before successes can be");
    house.clock.advance(2 * DAY + HOUR);
    assert_eq!(returns().await, (sent.len() as i64, 3));
    says_no(&sent[5]).await;
    assert_eq!(returns().await, (sent.len() as i64, 3), "too late to count");
}

async fn a_pause_stops_what_was_decided_before_it(house: &House) {
    invoices_are_answered(house).await;
    house.ask("first@example.com", "where are my invoices?").await;
    reviews::sample(&house.app).await.unwrap();
    // This process has looked a moment ago and believes that it may send.
    let late = house.replica().await;
    let before = app::automation::snapshot(&late).await.unwrap();
    assert!(before.pause(HERE).is_none() && before.guardrail(HERE).is_some());
    let pause = domain::guardrail::Pause { kind: PauseKind::Precision, at: NOW, why: "too many".into() };
    let paused = house.app.db.write(move |tx| {
        let pause = pause.clone();
        Box::pin(async move { store::guardrails::pause(tx, HERE, &pause).await })
    });
    assert!(paused.await.unwrap());
    house.clock.advance(1_000);
    let new = NewTicket::new(Channel::Api, "second@example.com", "where are my invoices?");
    let taken = take(&late, None, new).await.unwrap();
    app::jobs::drain(&late).await.unwrap();
    let decision = house.decision(&taken.ticket).await.decision;
    assert!(decision.action != Action::Auto, "{decision:?}");
    let ticket = app::tickets::by_number(&late, taken.ticket.number).await.unwrap();
    assert_eq!(ticket.messages_count, 1, "nothing was sent");
}

on_both_engines!(
    what_comes_back_in_time_is_counted,
    a_pause_stops_what_was_decided_before_it,
    a_uniform_sample_of_what_was_sent_is_asked_for_once,
    wrong_answers_pause_the_category_and_a_person_resumes_it,
    two_people_look_at_some_and_a_third_decides_between_them,
    a_token_and_an_unknown_answer_are_refused,
    reviews_left_undone_pause_until_they_are_done,
    after_a_pause_only_later_tickets_prove_it_anew,
);
