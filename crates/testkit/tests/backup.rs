//! A backup of either engine is restored into either engine, complete.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use serde_json::json;
use store::{DatabaseUrl, Db, Read, backup};

const TABLES: [&str; 9] =
    ["users", "settings", "keys", "categories", "tickets", "messages", "events", "sessions", "requesters"];

async fn counts(mut db: &Db) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in TABLES {
        let row = &db.all_built(format!("SELECT COUNT(*) AS n FROM {table}"), vec![]).await.unwrap()[0];
        counts.push(row.int("n").unwrap());
    }
    counts
}

fn silent() -> backup::Told {
    Arc::new(|_| {})
}

testkit::both_engines! {
    async fn everything_comes_back(t: &TestApp) {
        let admin = t.admin().await;
        let parent = admin.adds_category("Accounts").await;
        admin.web.post("/api/v1/categories", &json!({ "name": "Sign-in", "parent": parent })).await.expect(201);
        let number = t.customer("ada@example.com").writes("Cannot sign in", "The ünïcode pâssword is refused 🙂").await;
        admin.replies(number, "Try the link.").await;
        app::keys::secret(&t.app, "links").await.unwrap();
        t.drain().await;

        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("backup.deskwise");
        backup::to_file(&t.app.db, &file, silent()).await.unwrap();
        assert!(backup::to_file(&t.app.db, &file, silent()).await.unwrap_err().to_string().contains("exists already"));

        let sqlite = DatabaseUrl::in_dir(&dir.path().join("restored"));
        let postgres = DatabaseUrl::parse(&tokio::task::spawn_blocking(pgtest::database).await.unwrap()).unwrap();
        let expected = counts(&t.app.db).await;
        for target in [sqlite, postgres] {
            backup::from_file(&file, &target, silent()).await.unwrap();
            let db = Db::open(&target).await.unwrap();
            assert_eq!(counts(&db).await, expected, "{}", db.engine());
            assert_eq!(store::check::unsound(&db).await.unwrap(), Vec::<String>::new());
            let app = app::App::new(db, t.clock.clone(), t.mailer.clone(), t.app.fork_random(), None);
            assert_eq!(app::keys::secret(&app, "links").await.unwrap(), app::keys::secret(&t.app, "links").await.unwrap());
            let ticket = app::tickets::by_number(&app, number).await.unwrap();
            assert_eq!(ticket.subject.as_deref(), Some("Cannot sign in"));
            assert!(backup::from_file(&file, &target, silent()).await.is_err(), "never over what is there");
            app.db.close().await;
        }
    }

    async fn what_is_no_backup_is_refused(t: &TestApp) {
        let dir = tempfile::tempdir().unwrap();
        let target = DatabaseUrl::in_dir(&dir.path().join("restored"));
        let file = dir.path().join("notes.txt");
        std::fs::write(&file, "not a database at all, but long enough to be looked at\n".repeat(100)).unwrap();
        for file in [file, dir.path().join("missing")] {
            let error = backup::from_file(&file, &target, silent()).await.unwrap_err().to_string();
            assert!(error.contains("no file") || error.contains("cannot"), "{error}");
        }
        assert!(!dir.path().join("restored").join("deskwise.db").exists(), "{}", t.app.db.engine());
    }
}
