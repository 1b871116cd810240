//! Both engines keep the same promises: what is acknowledged is there, what failed left nothing, jobs and events
//! stand or fall with their transaction.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::time::SECOND;
use store::events::{Actor, NewEvent};
use store::queue::{self, ATTEMPTS, LEASE, NewJob};
use store::{DatabaseUrl, Db, Error};

const NOW: i64 = 1_790_000_000_000;

/// Runs a test on a fresh database of each engine.
async fn on_both<F: AsyncFn(Db)>(test: F) {
    let dir = tempfile::tempdir().unwrap();
    let sqlite = Db::open(&DatabaseUrl::in_dir(dir.path())).await.unwrap();
    test(sqlite.clone()).await;
    sqlite.close().await;
    let url = pgtest::database();
    let postgres = Db::open(&DatabaseUrl::parse(&url).unwrap()).await.unwrap();
    test(postgres.clone()).await;
    postgres.close().await;
}

async fn enqueue(db: &Db, succeed: bool) -> Result<(), Error> {
    db.write(move |tx| {
        Box::pin(async move {
            tx.enqueue(NewJob::now("greet", &serde_json::json!({ "who": 1 }), NOW));
            tx.event(NewEvent::new(NOW, "greeting.wanted", Actor::System));
            if succeed { Ok(()) } else { Err(Error::Full) }
        })
    })
    .await
}

#[tokio::test]
async fn jobs_and_events_exist_if_and_only_if_their_transaction_commits() {
    on_both(async |db| {
        assert!(enqueue(&db, false).await.is_err());
        assert_eq!(queue::backlog(&db, NOW).await.unwrap(), (0, 0), "{}", db.engine());
        assert_eq!(store::events::last(&db).await.unwrap().0, 0);
        enqueue(&db, true).await.unwrap();
        assert_eq!(queue::backlog(&db, NOW).await.unwrap(), (1, 1));
        assert!(store::events::last(&db).await.unwrap().0 > 0);
    })
    .await;
}

#[tokio::test]
async fn a_failed_change_takes_nothing_of_its_neighbours_with_it() {
    on_both(async |db| {
        let changes = (0..200).map(|n| {
            let db = db.clone();
            async move { enqueue(&db, n % 3 != 0).await.is_ok() }
        });
        let done = futures::future::join_all(changes).await.into_iter().filter(|ok| *ok).count();
        assert_eq!(queue::backlog(&db, NOW).await.unwrap().0, done as i64, "{}", db.engine());
    })
    .await;
}

#[tokio::test]
async fn a_job_is_leased_to_one_and_claimed_again_when_the_lease_ran_out() {
    on_both(async |db| {
        for _ in 0..20 {
            enqueue(&db, true).await.unwrap();
        }
        let (a, b) = tokio::join!(db.claim(20, NOW), db.claim(20, NOW));
        let (a, b) = (a.unwrap(), b.unwrap());
        let mut ids: Vec<_> = a.iter().chain(&b).map(|job| job.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((a.len() + b.len(), ids.len()), (20, 20), "{}", db.engine());
        assert!(db.claim(20, NOW + LEASE / 2).await.unwrap().is_empty());
        let again = db.claim(20, NOW + LEASE + SECOND).await.unwrap();
        assert_eq!((again.len(), again[0].attempts), (20, 2));
        db.complete(ids).await.unwrap();
        assert_eq!(queue::backlog(&db, NOW).await.unwrap(), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_job_that_keeps_failing_becomes_a_dead_letter_and_can_be_revived() {
    on_both(async |db| {
        enqueue(&db, true).await.unwrap();
        let mut now = NOW;
        for attempt in 1..=ATTEMPTS {
            let job = db.claim(1, now).await.unwrap().pop().unwrap();
            assert_eq!(job.attempts, attempt);
            db.failed(&job, "no".into(), false, now).await.unwrap();
            assert!(db.claim(1, now).await.unwrap().is_empty(), "tried again without waiting");
            now += domain::time::DAY;
        }
        let dead = queue::dead(&db, 10).await.unwrap();
        assert_eq!((dead.len(), dead[0].error.as_deref()), (1, Some("no")));
        assert!(db.claim(1, now).await.unwrap().is_empty());
        let id = dead[0].id;
        db.write(move |tx| Box::pin(async move { queue::revive(tx, id, now).await })).await.unwrap();
        assert_eq!(db.claim(1, now).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_schedule_is_due_for_one_caller() {
    on_both(async |db| {
        let (a, b) = tokio::join!(db.is_due("sweep", SECOND, NOW), db.is_due("sweep", SECOND, NOW));
        assert!(a.unwrap() ^ b.unwrap(), "{}", db.engine());
        assert!(!db.is_due("sweep", SECOND, NOW).await.unwrap());
        assert!(db.is_due("sweep", SECOND, NOW + SECOND).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn ticket_numbers_are_unique_among_concurrent_callers() {
    on_both(async |db| {
        let numbers = futures::future::join_all((0..300).map(|_| db.next_number())).await;
        let mut numbers: Vec<_> = numbers.into_iter().map(Result::unwrap).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 300, "{}", db.engine());
        assert!(numbers[0] >= 1);
    })
    .await;
}

#[tokio::test]
async fn of_concurrent_changes_to_one_row_none_is_undone() {
    on_both(async |db| {
        let changes = (0..8).map(|_| async {
            db.write(|tx| {
                Box::pin(async move {
                    let before = store::settings::all(&mut *tx).await?;
                    let count = before.get("count").and_then(serde_json::Value::as_i64).unwrap_or(0);
                    store::settings::put(tx, "count", &serde_json::json!(count + 1), NOW).await
                })
            })
            .await
        });
        futures::future::try_join_all(changes).await.unwrap();
        assert_eq!(store::settings::all(&db).await.unwrap()["count"], 8, "{}", db.engine());
    })
    .await;
}

#[tokio::test]
async fn replicas_that_start_together_migrate_once() {
    let url = DatabaseUrl::parse(&pgtest::database()).unwrap();
    let opened = (0..4).map(|_| Db::open(&url));
    for db in futures::future::try_join_all(opened).await.unwrap() {
        db.close().await;
    }
}
