//! A whole Deskwise in the test's process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::App;
use bytes::Bytes;
use domain::Millis;
use domain::time::ManualClock;
use futures::future::BoxFuture;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use rand::SeedableRng;
use rand::rngs::StdRng;
use store::{DatabaseUrl, Db};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::mailer::RecordingMailer;
use crate::reply::{Reply, Stream};

/// When every test begins: a Tuesday in 2026.
pub const NOW: Millis = 1_790_000_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

type NextBytes = Box<dyn FnMut() -> BoxFuture<'static, Option<Bytes>> + Send>;
type Begun = Response<NextBytes>;
type Handler = Box<dyn Fn(Request<Bytes>) -> BoxFuture<'static, Begun> + Send + Sync>;

/// The application, its web server without a port, a clock that stands still, and a mail server that remembers.
pub struct TestApp {
    pub app: Arc<App>,
    pub clock: Arc<ManualClock>,
    pub mailer: Arc<RecordingMailer>,
    handler: Handler,
    finished: AtomicBool,
    _dir: Option<TempDir>,
}

/// Runs a test on a fresh database; afterwards no job may be left that was due.
pub async fn run<F: AsyncFn(&TestApp)>(engine: Engine, test: F) {
    let app = TestApp::on(engine).await;
    test(&app).await;
    app.finish().await;
}

/// A copy of a database whose schema was made once for all tests of a run.
fn fresh_postgres() -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hash::hash(store::SCHEMA_TEXT, &mut hasher);
    let name = format!("schema_{:x}", std::hash::Hasher::finish(&hasher));
    pgtest::cluster().database_from_template(&name, |url| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            Db::open(&DatabaseUrl::parse(url).unwrap()).await.unwrap().close().await;
        });
    })
}

impl TestApp {
    /// A fresh one. Whoever makes it calls [`TestApp::finish`] at the end; [`run`] does.
    pub async fn on(engine: Engine) -> Self {
        let (url, dir) = match engine {
            Engine::Sqlite => {
                let dir = tempfile::tempdir().unwrap();
                (DatabaseUrl::in_dir(dir.path()), Some(dir))
            }
            Engine::Postgres => {
                let url = tokio::task::spawn_blocking(fresh_postgres).await.unwrap();
                (DatabaseUrl::parse(&url).unwrap(), None)
            }
        };
        let db = Db::open(&url).await.unwrap();
        let clock = ManualClock::at(NOW);
        let mailer = Arc::new(RecordingMailer::default());
        let app = App::new(db, clock.clone(), mailer.clone(), StdRng::seed_from_u64(7), None);
        let router = server::router(app.clone());
        let handler: Handler = Box::new(move |request| {
            let router = router.clone();
            Box::pin(async move {
                let (parts, body) = request.into_parts();
                let answer = router.oneshot(Request::from_parts(parts, Full::new(body))).await;
                let (parts, body) = answer.unwrap_or_else(|never| match never {}).into_parts();
                let body = Arc::new(tokio::sync::Mutex::new(body));
                let next: NextBytes = Box::new(move || {
                    let body = body.clone();
                    Box::pin(async move {
                        loop {
                            let frame = body.lock().await.frame().await?.unwrap();
                            if let Ok(data) = frame.into_data() {
                                return Some(data);
                            }
                        }
                    })
                });
                Response::from_parts(parts, next)
            })
        });
        Self { app, clock, mailer, handler, finished: AtomicBool::new(false), _dir: dir }
    }

    /// Sends a request and takes in the whole answer.
    pub async fn send(&self, request: Request<Bytes>) -> Reply {
        let (parts, mut next) = (self.handler)(request).await.into_parts();
        let mut body = Vec::new();
        while let Some(more) = next().await {
            body.extend_from_slice(&more);
        }
        Reply { status: parts.status, headers: parts.headers, body: body.into() }
    }

    /// Sends a request whose answer goes on.
    pub async fn open(&self, request: Request<Bytes>) -> Stream {
        let (parts, next) = (self.handler)(request).await.into_parts();
        assert_eq!(parts.status, 200);
        Stream { next, text: String::new() }
    }

    /// Runs every job that is due.
    pub async fn drain(&self) {
        app::jobs::drain(&self.app).await.unwrap();
    }

    /// Lets time pass, and runs what falls due.
    pub async fn after(&self, time: Millis) {
        self.clock.advance(time);
        self.drain().await;
    }

    /// Ends the test: fails when a due or a dead job is left.
    pub async fn finish(&self) {
        self.finished.store(true, Ordering::SeqCst);
        let health = app::health::look(&self.app).await.unwrap();
        let dead = app::jobs::dead::list(&self.app).await.unwrap();
        assert_eq!(health.jobs_due, 0, "jobs are left over; drain them, or say why they may not run");
        assert!(dead.is_empty(), "jobs have failed: {dead:?}");
        self.app.db.close().await;
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        assert!(
            !(!self.finished.load(Ordering::SeqCst) && !std::thread::panicking()),
            "a TestApp was dropped without finish(): nobody knows whether jobs are left over"
        );
    }
}
