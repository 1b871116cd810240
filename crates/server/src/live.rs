//! Live events for consoles: one reader of the events table per process, while anyone listens.

use std::sync::{Arc, Weak};
use std::time::Duration;

use app::App;
use app::live::{self, Change, News, Seen};
use tokio::sync::{Notify, broadcast, watch};

/// How often the table is read while someone listens.
const EVERY: Duration = Duration::from_millis(300);
/// Changes that may wait for a slow listener before it is told to read everything again.
const WAITING: usize = 4_096;

/// What listeners are told.
#[derive(Debug, Clone)]
pub enum Told {
    Change(Arc<Change>),
    /// Something was left out: read again what is shown.
    Reset,
}

/// The listeners of this process.
#[derive(Debug)]
pub struct Live {
    sender: broadcast::Sender<Told>,
    listened: Notify,
    closed: watch::Sender<bool>,
}

impl Live {
    /// Begins to read once someone listens, and ends with the last handle.
    pub fn start(app: &Arc<App>) -> Arc<Self> {
        let live = Arc::new(Self {
            sender: broadcast::channel(WAITING).0,
            listened: Notify::new(),
            closed: watch::channel(false).0,
        });
        tokio::spawn(read(app.clone(), Arc::downgrade(&live)));
        live
    }

    pub fn listen(&self) -> broadcast::Receiver<Told> {
        let receiver = self.sender.subscribe();
        self.listened.notify_one();
        receiver
    }

    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Ends all streams, so that the server can stop.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }

    /// For [`until_closed`].
    pub fn closed(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }
}

/// Resolves when the server stops.
pub(crate) async fn until_closed(closed: &mut watch::Receiver<bool>) {
    drop(closed.wait_for(|closed| *closed).await);
}

async fn read(app: Arc<App>, live: Weak<Live>) {
    let mut seen: Option<Seen> = None;
    while let Some(live) = live.upgrade() {
        if live.sender.receiver_count() == 0 {
            seen = None;
            let mut closed = live.closed();
            let listened = live.listened.notified();
            tokio::select! {
                () = listened => {}
                () = until_closed(&mut closed) => return,
                () = tokio::time::sleep(Duration::from_secs(5)) => continue,
            }
        }
        if let Err(error) = tell(&app, &live, &mut seen).await {
            tracing::error!(%error, "cannot read live events");
        }
        drop(live);
        tokio::time::sleep(EVERY).await;
    }
}

async fn tell(app: &App, live: &Live, seen: &mut Option<Seen>) -> app::Result<()> {
    let Some(seen) = seen else {
        // The first listener may have missed what happened while nobody read.
        *seen = Some(live::begin(app).await?);
        drop(live.sender.send(Told::Reset));
        return Ok(());
    };
    match live::news(app, seen).await? {
        // Nobody left to hear it is fine.
        News::TooMuch => drop(live.sender.send(Told::Reset)),
        News::Changes(changes) => {
            for change in changes {
                drop(live.sender.send(Told::Change(Arc::new(change))));
            }
        }
    }
    Ok(())
}
