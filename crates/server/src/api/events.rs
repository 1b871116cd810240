//! Live events: `text/event-stream`, resumed by `Last-Event-ID`.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app::App;
use app::accounts::{Credential, authenticate};
use app::live::{self, News, Seen};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use domain::EventId;
use futures::stream::{Stream, unfold};
use serde::Serialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval_at};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::live::{Told, until_closed};
use crate::{AppState, Problem};

/// A comment keeps proxies from closing a silent stream; then it is also asked whether the listener may still
/// listen.
const HEARTBEAT: Duration = Duration::from_secs(15);

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Something changed; read again what is shown of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeView {
    pub id: EventId,
    #[schema(example = "ticket.created")]
    pub kind: String,
    /// The number of the ticket it is about.
    pub ticket: Option<i64>,
}

/// What happens, as it happens. `event: change` carries a change; `event: reset` says that some were left out and
/// everything shown is to be read again.
#[utoipa::path(get, path = "/events", tag = "events",
    params(("Last-Event-ID" = Option<String>, Header, description = "The last id seen; what came after it is told first")),
    responses((status = 200, body = ChangeView, content_type = "text/event-stream")))]
async fn events(
    State(state): State<AppState>,
    Extension(credential): Extension<Credential>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    // Listening first: what happens while the past is read comes twice rather than never.
    let receiver = state.live.listen();
    let past =
        match headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok()) {
            Some(last) => past(&state.app, last).await?,
            None => VecDeque::new(),
        };
    let mut heartbeat = interval_at(tokio::time::Instant::now() + HEARTBEAT, HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let closed = state.live.closed();
    let listener = Listener { app: state.app.clone(), credential, past, receiver, heartbeat, closed };
    Ok(Sse::new(stream(listener)))
}

async fn past(app: &App, last: i64) -> Result<VecDeque<Told>, Problem> {
    Ok(match live::news(app, &mut Seen::from(EventId(last))).await? {
        News::TooMuch => VecDeque::from([Told::Reset]),
        News::Changes(changes) => changes.into_iter().map(|change| Told::Change(Arc::new(change))).collect(),
    })
}

struct Listener {
    app: Arc<App>,
    credential: Credential,
    past: VecDeque<Told>,
    receiver: Receiver<Told>,
    heartbeat: Interval,
    closed: watch::Receiver<bool>,
}

fn stream(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })
}

impl Listener {
    /// The next event; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        if let Some(told) = self.past.pop_front() {
            return Some(written(&told));
        }
        tokio::select! {
            told = self.receiver.recv() => match told {
                Ok(told) => Some(written(&told)),
                Err(RecvError::Lagged(_)) => Some(written(&Told::Reset)),
                Err(RecvError::Closed) => None,
            },
            _ = self.heartbeat.tick() => {
                // A session that ended, or a revoked token, ends its stream.
                authenticate(&self.app, &self.credential).await.ok()??;
                Some(Event::default().comment("still here"))
            }
            () = until_closed(&mut self.closed) => None,
        }
    }
}

fn written(told: &Told) -> Event {
    match told {
        Told::Reset => Event::default().event("reset").data("{}"),
        Told::Change(change) => {
            let view = ChangeView { id: change.id, kind: change.kind.clone(), ticket: change.ticket };
            let data = serde_json::to_string(&view).unwrap_or_default();
            Event::default().event("change").id(change.id.to_string()).data(data)
        }
    }
}
