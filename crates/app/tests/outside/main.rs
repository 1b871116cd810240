//! The outside, on both engines: mail that comes in, mail that goes out, and what customers do with signed links.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod customer;
mod mail_in;
mod outbox;

use std::sync::{Arc, Mutex};

use app::journey::intake::{self, NewTicket};
use app::ports::{Mailer, OutgoingMail, SendError, Smtp};
use app::settings::{self, SettingsChange};
use app::tickets::{Reply, add_reply};
use app::{Actor, App, Error};
use domain::tickets::{Ticket, Waits};
use domain::time::{HOUR, ManualClock};
use domain::words::{Channel, MessageKind, Responder, Status};
use futures::FutureExt;
use futures::future::BoxFuture;
use rand::SeedableRng;
use rand::rngs::StdRng;
use store::{DatabaseUrl, Db};

const NOW: i64 = 1_790_000_000_000;
const WAITS: Waits = Waits { survey: 2 * HOUR, silence: 10 * HOUR };

/// A mail server that keeps what it takes, and refuses as told.
#[derive(Default)]
struct Post {
    taken: Mutex<Vec<OutgoingMail>>,
    refuse: Mutex<Option<SendError>>,
}

impl Mailer for Post {
    fn send(&self, _: &Smtp, mail: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>> {
        self.taken.lock().unwrap().push(mail.clone());
        let end = self.refuse.lock().unwrap().clone().map_or(Ok(()), Err);
        async move { end }.boxed()
    }
}

/// An installation with a clock and a mail server of its own.
struct Desk {
    app: Arc<App>,
    clock: Arc<ManualClock>,
    post: Arc<Post>,
}

impl Desk {
    fn new(db: Db) -> Self {
        let (clock, post) = (ManualClock::at(NOW), Arc::new(Post::default()));
        let app = App::new(db, clock.clone(), post.clone(), StdRng::seed_from_u64(7), None);
        Self { app, clock, post }
    }

    async fn set(&self, json: serde_json::Value) {
        let change: SettingsChange = serde_json::from_value(json).unwrap();
        settings::change(&self.app, Actor::System, change).await.unwrap();
    }

    /// With addresses and a mail server.
    async fn open_for_mail(&self) {
        self.set(serde_json::json!({
            "company_name": "Pinboard", "public_url": "https://help.example.org", "reply_address": "help@example.org",
            "smtp": { "host": "mail.example.org", "port": 25, "security": "none" }
        }))
        .await;
    }

    async fn ask(&self, channel: Channel, email: &str, subject: &str) -> Ticket {
        let mut new = NewTicket::new(channel, email, "My board is gone. Where is it?");
        new.subject = Some(subject.into());
        new.requester_name = Some("Mallory Pills".into());
        intake::take(&self.app, None, new).await.unwrap().ticket
    }

    async fn answer(&self, ticket: &Ticket, responder: Responder, body: &str) {
        let (id, now) = (ticket.id, self.app.now());
        let reply = Reply {
            actor: Actor::System,
            responder,
            kind: MessageKind::Public,
            body: body.into(),
            answer: None,
            answer_version: None,
            status: Some(Status::Solved),
            waits: WAITS,
            attachments: Vec::new(),
        };
        self.app
            .db
            .write(move |tx| {
                let reply = reply.clone();
                Box::pin(async move { add_reply(tx, now, id, reply).await.map(drop) })
            })
            .await
            .unwrap_or_else(|error: Error| panic!("{error}"));
    }

    /// Runs jobs until none is due.
    async fn drain(&self) {
        app::jobs::drain(&self.app).await.unwrap();
    }

    async fn now(&self, ticket: &Ticket) -> Ticket {
        store::tickets::by_id(&self.app.db, ticket.id).await.unwrap().unwrap()
    }

    fn sent(&self) -> Vec<OutgoingMail> {
        self.post.taken.lock().unwrap().clone()
    }

    async fn mails(&self) -> Vec<store::mails::StoredMail> {
        let all = app::mailbox::page(&self.app, None, None, 100).await.unwrap();
        all.into_iter().rev().map(|mail| mail.mail).collect()
    }
}

/// Runs a test on a fresh database of each engine.
async fn on_both<F: AsyncFn(Desk)>(test: F) {
    let dir = tempfile::tempdir().unwrap();
    let sqlite = Db::open(&DatabaseUrl::in_dir(dir.path())).await.unwrap();
    test(Desk::new(sqlite.clone())).await;
    sqlite.close().await;
    let postgres = Db::open(&DatabaseUrl::parse(&pgtest::database()).unwrap()).await.unwrap();
    test(Desk::new(postgres.clone())).await;
    postgres.close().await;
}

/// The token at the end of the first link in `text` that begins with `path`.
fn token(text: &str, path: &str) -> String {
    let after = text.split_once(path).unwrap_or_else(|| panic!("no {path} in {text}")).1;
    after.split_whitespace().next().unwrap().to_owned()
}
