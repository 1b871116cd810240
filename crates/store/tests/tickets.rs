//! Lists, pages, counts and search give the same on both engines.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::tickets::{Message, Ticket};
use domain::words::{Author, Channel, MessageKind, Role, Sort, Status, View};
use domain::{Millis, TicketId, UserId};
use store::tickets::{Filter, Listed, Position};
use store::users::User;
use store::{DatabaseUrl, Db, Error, Tx, messages, requesters, search, tickets, users};

const NOW: Millis = 1_790_000_000_000;
const ADA: UserId = UserId(7);

/// Runs a test on a fresh database of each engine.
async fn on_both<F: AsyncFn(Db)>(test: F) {
    let dir = tempfile::tempdir().unwrap();
    let sqlite = Db::open(&DatabaseUrl::in_dir(dir.path())).await.unwrap();
    test(sqlite.clone()).await;
    sqlite.close().await;
    let postgres = Db::open(&DatabaseUrl::parse(&pgtest::database()).unwrap()).await.unwrap();
    test(postgres.clone()).await;
    postgres.close().await;
}

fn ticket(id: TicketId, requester: domain::RequesterId, n: i64) -> Ticket {
    let status = Status::ALL[(n * 7 % 6) as usize];
    Ticket {
        status,
        subject: Some(format!("Subject {n}")),
        excerpt: "…".into(),
        assignee: (n % 3 == 0).then_some(ADA),
        secret: vec![1; 32],
        // Many at the same moment, so that the order must hold among equals.
        updated_at: NOW + n * 13 % 5,
        ..Ticket::asked(id, n + 1, Channel::Api, requester, NOW + n / 4)
    }
}

async fn add(tx: &mut Tx, n: i64, body: &str) -> Result<TicketId, Error> {
    let email = format!("person{}@example.org", n % 5);
    let requester = requesters::known(tx, &email, Some("Zoë Ångström"), None, false, NOW).await?;
    let ticket = ticket(tx.id(NOW + n / 4), requester.id, n);
    tickets::insert(tx, &ticket).await?;
    let message = Message {
        id: tx.id(NOW),
        ticket: ticket.id,
        kind: MessageKind::Public,
        author: Author::Requester,
        user: None,
        responder: None,
        body: body.to_owned(),
        html: None,
        answer: None,
        answer_version: None,
        created_at: NOW,
    };
    messages::insert(tx, &message, None).await?;
    search::index_again(tx, ticket.id).await?;
    Ok(ticket.id)
}

async fn fill(db: &Db, count: i64, body: fn(i64) -> String) {
    db.write(move |tx| {
        Box::pin(async move {
            let ada = User {
                team: None,
                id: ADA,
                email: "ada@example.org".into(),
                name: "Ada".into(),
                role: Role::Agent,
                password_hash: None,
                active: true,
                created_at: NOW,
                last_seen_at: None,
            };
            users::insert(tx, &ada).await?;
            for n in 0..count {
                add(tx, n, &body(n)).await?;
            }
            Ok::<_, Error>(())
        })
    })
    .await
    .unwrap();
}

async fn pages(db: &Db, filter: &Filter, sort: Sort, limit: i64) -> Vec<Listed> {
    let mut all = Vec::new();
    let mut after: Option<Position> = None;
    loop {
        let page = tickets::list(db, filter, sort, after, limit).await.unwrap();
        assert!(page.items.len() as i64 <= limit);
        all.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

fn numbers(listed: &[Listed]) -> Vec<i64> {
    listed.iter().map(|l| l.ticket.number).collect()
}

#[tokio::test]
async fn pages_together_are_the_whole_list_once() {
    on_both(async |db| {
        fill(&db, 90, |n| format!("Question number {n} about boards")).await;
        for &view in View::ALL {
            for &sort in Sort::ALL {
                for words in [None, Some("boards".to_owned())] {
                    let filter = Filter { view: Some(view), me: Some(ADA), words, ..Filter::default() };
                    let whole = numbers(&pages(&db, &filter, sort, 1_000).await);
                    for limit in [1, 7, 50] {
                        let paged = numbers(&pages(&db, &filter, sort, limit).await);
                        assert_eq!(paged, whole, "{} {view} {sort} by {limit}", db.engine());
                    }
                    assert!(!whole.is_empty(), "{view}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn lists_are_in_the_order_asked_for() {
    on_both(async |db| {
        fill(&db, 60, |n| format!("Question {n}")).await;
        let by = async |sort| pages(&db, &Filter::default(), sort, 11).await;
        let newest = by(Sort::Newest).await;
        assert!(newest.is_sorted_by_key(|l| std::cmp::Reverse(l.ticket.id)));
        let mut oldest = numbers(&by(Sort::Oldest).await);
        oldest.reverse();
        assert_eq!(oldest, numbers(&newest));
        assert!(
            by(Sort::Updated)
                .await
                .is_sorted_by_key(|l| std::cmp::Reverse((l.ticket.updated_at, l.ticket.id)))
        );
    })
    .await;
}

#[tokio::test]
async fn counts_are_the_lengths_of_the_lists() {
    on_both(async |db| {
        fill(&db, 60, |n| format!("Question {n}")).await;
        let counts = tickets::counts(&db, Some(ADA)).await.unwrap();
        let length = async |view| {
            let filter = Filter { view: Some(view), me: Some(ADA), ..Filter::default() };
            pages(&db, &filter, Sort::Newest, 100).await.len() as i64
        };
        assert_eq!(counts.inbox, length(View::Inbox).await);
        assert_eq!(counts.mine, length(View::Mine).await);
        assert_eq!(counts.unassigned, length(View::Unassigned).await);
        assert_eq!(counts.pending, length(View::Pending).await);
        assert_eq!(counts.on_hold, length(View::OnHold).await);
        assert_eq!(counts.solved, length(View::Solved).await);
        assert_eq!(counts.all, 60);
    })
    .await;
}

#[tokio::test]
async fn filters_keep_what_they_say() {
    on_both(async |db| {
        fill(&db, 60, |n| format!("Question {n}")).await;
        for &status in Status::ALL {
            let found =
                pages(&db, &Filter { status: Some(status), ..Filter::default() }, Sort::Newest, 9).await;
            assert_eq!(found.len(), 10, "{status}");
            assert!(found.iter().all(|l| l.ticket.status == status));
        }
        let from = Filter { from: Some(NOW + 3), to: Some(NOW + 5), ..Filter::default() };
        let found = pages(&db, &from, Sort::Oldest, 9).await;
        assert_eq!(numbers(&found), (13..=20).collect::<Vec<_>>());
        let by = Filter { requester: Some("person3@example.org".into()), ..Filter::default() };
        let found = pages(&db, &by, Sort::Newest, 9).await;
        assert_eq!(found.len(), 12);
        assert!(found.iter().all(|l| l.requester_email == "person3@example.org"));
        let nobody = Filter { requester: Some("x' OR 1=1 --".into()), ..Filter::default() };
        assert!(pages(&db, &nobody, Sort::Newest, 9).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn words_are_found_in_every_part_of_a_ticket() {
    on_both(async |db| {
        fill(&db, 40, |n| match n {
            7 => "Mein Passwort geht nicht: ÄRGERLICH!".into(),
            8 => "我忘记了密码".into(),
            _ => format!("Pins vanish from board {n}"),
        })
        .await;
        let find = async |words: &str| {
            let filter = Filter { words: Some(words.into()), ..Filter::default() };
            numbers(&pages(&db, &filter, Sort::Newest, 6).await)
        };
        let engine = db.engine();
        assert_eq!(find("passwort ärgerlich").await, [8], "{engine}");
        assert_eq!(find("argerl").await, [8], "the beginning of a word, without its accent");
        assert_eq!(find("密码").await, [9]);
        assert_eq!(find("subject 12").await, [13]);
        assert_eq!(find("board 12").await, [13]);
        assert_eq!(find("zoe person2 example").await.len(), 8);
        assert_eq!(find("person2@example.org").await.len(), 8);
        assert!(find("passwort vanish").await.is_empty());
        for odd in
            ["\"", "' OR 1=1", "a* NOT b", "(((", "NEAR(a b)", "\u{202e}", "!!", "words: x", "^a", "& | :*"]
        {
            find(odd).await;
        }
        let open = Filter { words: Some("pins".into()), view: Some(View::Pending), ..Filter::default() };
        let found = pages(&db, &open, Sort::Newest, 2).await;
        assert!(!found.is_empty() && found.iter().all(|l| l.ticket.status == Status::Pending));
    })
    .await;
}
