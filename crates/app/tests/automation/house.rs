//! An installation for tests: its clock stands still, its mail goes nowhere, its history is made up.

use std::sync::Arc;

use app::answers::AnswerChange;
use app::import::Importer;
use app::journey::intake::{NewTicket, take};
use app::ports::{Mailer, OutgoingMail, SendError, Smtp};
use app::{Actor, App, Caller, automation, jobs};
use domain::import::PastTicket;
use domain::tickets::Ticket;
use domain::time::{HOUR, ManualClock};
use domain::words::Channel;
use domain::{AnswerId, CategoryId, Millis};
use futures::future::BoxFuture;
use rand::SeedableRng;
use store::decisions::Stored;
use store::{DatabaseUrl, Db};

pub(crate) const NOW: Millis = 1_790_000_000_000;

struct NoMail;

impl Mailer for NoMail {
    fn send(&self, _: &Smtp, _: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

pub(crate) struct House {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<ManualClock>,
    url: DatabaseUrl,
    _dir: Option<tempfile::TempDir>,
}

impl House {
    pub(crate) async fn sqlite() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self::open(DatabaseUrl::in_dir(dir.path()), Some(dir)).await
    }

    pub(crate) async fn postgres() -> Self {
        Self::open(DatabaseUrl::parse(&pgtest::database()).unwrap(), None).await
    }

    async fn open(url: DatabaseUrl, dir: Option<tempfile::TempDir>) -> Self {
        let clock = ManualClock::at(NOW);
        let app = Self::process(&url, &clock, None).await;
        Self { app, clock, url, _dir: dir }
    }

    async fn process(
        url: &DatabaseUrl,
        clock: &Arc<ManualClock>,
        encoder: Option<Arc<embed::Encoder>>,
    ) -> Arc<App> {
        let db = Db::open(url).await.unwrap();
        App::new(db, clock.clone(), Arc::new(NoMail), rand::rngs::StdRng::seed_from_u64(7), encoder)
    }

    /// Another process on the same data.
    pub(crate) async fn replica(&self) -> Arc<App> {
        Self::process(&self.url, &self.clock, None).await
    }

    /// Another process on the same data, with an encoder.
    pub(crate) async fn replica_with(&self, encoder: Arc<embed::Encoder>) -> Arc<App> {
        Self::process(&self.url, &self.clock, Some(encoder)).await
    }

    pub(crate) async fn snapshot(&self) -> Arc<automation::Snapshot> {
        automation::snapshot(&self.app).await.unwrap()
    }

    /// Past tickets of three answers in two categories, with a few questions that no answer fits.
    pub(crate) async fn with_history(&self, count: i64) {
        let mut importer = Importer::new(&self.app);
        let rows: Vec<PastTicket> = (0..count).map(past).collect();
        for batch in rows.chunks(app::import::BATCH) {
            importer.write(batch.to_vec()).await.unwrap();
        }
    }

    pub(crate) async fn train(&self) -> app::models::Trained {
        app::models::train_now(&self.app, &|_, _| {}).await.unwrap()
    }

    pub(crate) async fn answer(&self, title: &str) -> AnswerId {
        self.snapshot().await.answers.iter().find(|a| a.answer.title == title).expect(title).answer.id
    }

    pub(crate) async fn category(&self, name: &str) -> CategoryId {
        self.snapshot().await.categories.iter().find(|c| c.name == name).expect(name).id
    }

    pub(crate) async fn write_text(&self, answer: AnswerId, body: &str) {
        let change = AnswerChange { body: Some(Some(body.into())), ..AnswerChange::default() };
        app::answers::change(&self.app, Actor::System, answer, change).await.unwrap();
    }

    pub(crate) fn admin() -> Caller {
        Caller::command_line()
    }

    /// A question comes in and is dealt with; time moves so that it comes after whatever was switched before.
    pub(crate) async fn ask(&self, email: &str, body: &str) -> Ticket {
        self.clock.advance(1_000);
        let taken = take(&self.app, None, NewTicket::new(Channel::Api, email, body)).await.unwrap();
        jobs::drain(&self.app).await.unwrap();
        store::tickets::by_id(&self.app.db, taken.ticket.id).await.unwrap().unwrap()
    }

    pub(crate) async fn decision(&self, ticket: &Ticket) -> Stored {
        store::decisions::of(&self.app.db, ticket.id).await.unwrap().expect("a decision")
    }
}

pub(crate) const CARD: &str = "my new card has not arrived in the mail yet";

pub(crate) fn past(i: i64) -> PastTicket {
    const ENDS: [&str; 7] =
        ["please", "thanks", "can you help", "what now", "it is urgent", "since last week", "i wonder"];
    let end = ENDS[(i % 7) as usize];
    let (body, category, answer) = match i % 10 {
        0..=3 => (format!("{CARD}, {end}"), "Cards", Some("Card delivery")),
        4..=6 => {
            (format!("i forgot my password and cannot log in, {end}"), "Access", Some("Reset the password"))
        }
        7..=8 => (format!("i want to change my home address, {end}"), "Access", Some("Change the address")),
        _ => (format!("what is the weather like on planet number {i}, {end}"), "Access", None),
    };
    let at = NOW - (4_000 - i) * HOUR;
    PastTicket {
        reference: i.to_string(),
        created_at: at,
        email: format!("past{i}@example.com"),
        name: None,
        rating: None,
        subject: None,
        body,
        category: Some(category.into()),
        answer: answer.map(str::to_owned),
        reply: None,
        language: None,
        first_reply_at: Some(at + HOUR),
        solved_at: Some(at + HOUR),
    }
}
