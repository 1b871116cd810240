//! An installation of the demo's company in memory of one process, with everything that decisions can rest on.

use std::sync::Arc;

use app::answers::AnswerChange;
use app::automation::{self, Snapshot};
use app::experiments::{self, NewExperiment};
use app::import::{BATCH, Importer};
use app::policies::{Scope, set};
use app::ports::{Mailer, OutgoingMail, SendError, Smtp};
use app::{Actor, App, Caller};
use domain::experiments::Subject;
use domain::import::PastTicket;
use domain::policy::PolicyChange;
use domain::time::{DAY, ManualClock};
use domain::words::{Mode, Order};
use domain::{CategoryId, Millis};
use futures::future::BoxFuture;
use rand::SeedableRng;
use store::{DatabaseUrl, Db};

use crate::Result;

const NOW: Millis = 1_790_000_000_000;

struct NoMail;

impl Mailer for NoMail {
    fn send(&self, _: &Smtp, _: &OutgoingMail) -> BoxFuture<'static, Sent<()>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

type Sent<T> = std::result::Result<T, SendError>;

pub(crate) struct House {
    app: Arc<App>,
    clock: Arc<ManualClock>,
    _dir: tempfile::TempDir,
}

impl House {
    pub(crate) async fn new() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let db = Db::open(&DatabaseUrl::in_dir(dir.path())).await?;
        let clock = ManualClock::at(NOW);
        let rng = rand::rngs::StdRng::seed_from_u64(7);
        let app = App::new(db, clock.clone(), Arc::new(NoMail), rng, None);
        Ok(Self { app, clock, _dir: dir })
    }

    pub(crate) fn now(&self) -> Millis {
        self.app.now()
    }

    pub(crate) async fn snapshot(&self) -> Result<Arc<Snapshot>> {
        Ok(automation::snapshot(&self.app).await?)
    }

    /// The company's past, two models trained on it, and a text for each answer.
    pub(crate) async fn history(&self, tickets: usize) -> Result<()> {
        let mut importer = Importer::new(&self.app);
        let past: Vec<_> = demo::history(7, tickets, NOW - 90 * DAY, NOW).map(past_ticket).collect();
        for batch in past.chunks(BATCH) {
            importer.write(batch.to_vec()).await?;
        }
        for _ in 0..2 {
            app::models::train_now(&self.app, &|_, _| {}).await?;
        }
        for answer in &self.snapshot().await?.answers {
            let body = Some(Some("Hello, here is how to do it: look into your settings.".to_owned()));
            let change = AnswerChange { body, ..AnswerChange::default() };
            app::answers::change(&self.app, Actor::System, answer.answer.id, change).await?;
        }
        Ok(())
    }

    /// Every category in `auto`, and an experiment of each kind.
    pub(crate) async fn everything_on(&self) -> Result<()> {
        let caller = Caller::command_line();
        let on = PolicyChange { mode: Some(Mode::Auto), precision: Some(0.9), ..PolicyChange::default() };
        set(&self.app, &caller, Scope::All, on).await?;
        let snapshot = self.snapshot().await?;
        let answer = snapshot.answers.first().ok_or("no answer")?.answer.id;
        let busiest = snapshot.categories.iter().map(|c| c.id).find(|&id| id != CategoryId::UNCATEGORISED);
        let busiest = busiest.ok_or("no category")?;
        let version = snapshot.policy(busiest).policy.version;
        let model = snapshot.model_version().ok_or("no model")?;
        for (category, subject) in [
            (Some(busiest), Subject::Policy { a: version, b: version }),
            (None, Subject::Model { a: model, b: model - 1 }),
            (None, Subject::Order { a: Order::RulesFirst, b: Order::LearnerFirst }),
            (None, Subject::Wording { answer, language: None, a: String::new(), b: "Another".into() }),
        ] {
            let new = NewExperiment {
                name: "A bench".into(),
                category,
                subject,
                share: 1.0,
                ends_at: None,
                reason: None,
            };
            let id = experiments::create(&self.app, &caller, new).await?;
            experiments::start(&self.app, &caller, id).await?;
        }
        self.clock.advance(1_000);
        Ok(())
    }
}

fn past_ticket(past: demo::PastTicket) -> PastTicket {
    let question = past.question;
    PastTicket {
        reference: past.reference,
        created_at: past.created_at,
        email: question.requester_email,
        name: question.requester_name,
        subject: question.subject,
        body: question.body,
        category: Some(question.true_category_key),
        answer: past.answer_key,
        reply: Some(past.reply),
        language: Some(question.language),
        first_reply_at: Some(past.first_reply_at),
        solved_at: Some(past.solved_at),
        rating: None,
    }
}
