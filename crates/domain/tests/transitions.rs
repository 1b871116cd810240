//! Whatever is done to a ticket, in whatever order, it stays consistent.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::tickets::{Addition, Ticket};
use domain::words::{Channel, MessageKind, Resolution, Responder, Status};
use domain::{RequesterId, TicketId};
use proptest::prelude::*;

fn ticket() -> Ticket {
    Ticket::asked(TicketId(1), 1, Channel::Form, RequesterId(1), 0)
}

#[derive(Debug, Clone)]
enum Step {
    Move(Status, Responder),
    Add(Addition),
    Hear,
}

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

fn step() -> impl Strategy<Value = Step> {
    let responder = || any_of(Responder::ALL);
    let status = || any_of(Status::ALL);
    prop_oneof![
        (status(), responder()).prop_map(|(to, by)| Step::Move(to, by)),
        (any_of(MessageKind::ALL), responder(), prop::option::of(status())).prop_map(
            |(kind, responder, status)| Step::Add(Addition { kind, responder, answer: None, status })
        ),
        Just(Step::Hear),
    ]
}

proptest! {
    #[test]
    fn a_ticket_stays_consistent(steps in prop::collection::vec(step(), 0..40)) {
        let mut now = ticket();
        for (at, step) in (1..).zip(steps) {
            let before = now.clone();
            let result = match step {
                Step::Move(to, by) => now.clone().moved(to, by, at),
                Step::Add(addition) => now.clone().answered(addition, at),
                Step::Hear => Ok(now.clone().heard_again(at)),
            };
            now = match result {
                Ok(after) => after,
                Err(invalid) => {
                    prop_assert_eq!(invalid.from, before.status);
                    prop_assert!(before.status.may_become(invalid.to).is_err());
                    continue;
                }
            };
            // Solved exactly when it says since when and by whom.
            prop_assert_eq!(now.status.is_solved(), now.solved_at.is_some());
            prop_assert_eq!(now.solved_at.is_some(), now.solved_by.is_some());
            prop_assert_eq!(now.status == Status::Closed, now.closed_at.is_some());
            prop_assert_eq!(now.first_reply_at.is_some(), now.first_reply_by.is_some());
            // Nothing that was counted is uncounted.
            prop_assert!(now.messages_count >= before.messages_count && now.reopened >= before.reopened);
            prop_assert!(now.touched_by_agent || !before.touched_by_agent);
            prop_assert!(before.first_reply_at.is_none() || now.first_reply_at == before.first_reply_at);
            // Only leaving the solved statuses is reopening.
            let left = before.status.is_solved() && !now.status.is_solved();
            prop_assert_eq!(now.reopened - before.reopened, i64::from(left));
            prop_assert!(now.status != Status::New || before.status == Status::New);
        }
    }

    #[test]
    fn a_customer_who_writes_again_always_finds_it_open(steps in prop::collection::vec(step(), 0..20)) {
        let mut now = ticket();
        for (at, step) in (1..).zip(steps) {
            if let Step::Move(to, by) = step {
                now = now.clone().moved(to, by, at).unwrap_or(now);
            }
        }
        let after = now.clone().heard_again(99);
        prop_assert!(matches!(after.status, Status::New | Status::Open));
        prop_assert_eq!(after.messages_count, now.messages_count + 1);
    }
}

#[test]
fn what_was_solved_without_an_agent_has_failed_when_the_customer_writes_again() {
    let automatic = Addition {
        kind: MessageKind::Public,
        responder: Responder::Learner,
        answer: None,
        status: Some(Status::Solved),
    };
    let solved = ticket().answered(automatic, 10).unwrap();
    assert_eq!((solved.status, solved.solved_by), (Status::Solved, Some(Responder::Learner)));
    let again = solved.heard_again(20);
    assert_eq!((again.status, again.resolution), (Status::Open, Some(Resolution::Failed)));
    assert_eq!((again.resolved_at, again.solved_at), (Some(20), None));

    let by_agent = Addition { responder: Responder::Agent, ..automatic };
    let again = ticket().answered(by_agent, 10).unwrap().heard_again(20);
    assert_eq!(again.resolution, None, "an agent's solution is no failure of automation");
}

#[test]
fn what_the_rules_forbid_says_why() {
    let error = ticket().moved(Status::Closed, Responder::Agent, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a ticket that is new cannot become closed: only a solved ticket is closed"
    );
    let open = ticket().moved(Status::Open, Responder::Agent, 1).unwrap();
    assert!(open.moved(Status::New, Responder::Agent, 2).is_err());
}

#[test]
fn a_withdrawn_reply_leaves_the_question_unanswered() {
    let automatic = Addition {
        kind: MessageKind::Public,
        responder: Responder::Learner,
        answer: Some(domain::AnswerId(4)),
        status: Some(Status::Solved),
    };
    let solved = ticket().answered(automatic, 10).unwrap();
    let back = solved.clone().reply_withdrawn(20);
    assert_eq!((back.status, back.solved_at, back.solved_by), (Status::New, None, None));
    assert_eq!((back.first_reply_at, back.first_reply_by, back.answer), (None, None, None));
    assert_eq!((back.resolution, back.reopened), (None, 0), "it is no failure: nobody had the answer");

    let note = Addition { kind: MessageKind::Note, responder: Responder::Agent, answer: None, status: None };
    let noted = solved.clone().answered(note, 15).unwrap().reply_withdrawn(20);
    assert_eq!((noted.status, noted.solved_by), (Status::Open, None), "an agent has it already");

    let pending = solved.moved(Status::Pending, Responder::Agent, 15).unwrap().reply_withdrawn(20);
    assert_eq!(pending.status, Status::Pending, "it stays where an agent put it");
}
