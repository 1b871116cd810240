//! `deskwise serve`: the web and the jobs, until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use app::accounts::first_admin;
use app::{App, settings};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::failure::Failure;
use crate::place::Place;

const LISTEN: &str = "127.0.0.1:8080";

/// Serve the console, the API and the public pages, and do the work behind them
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  deskwise serve --data /var/lib/deskwise --listen 127.0.0.1:8080")]
pub(crate) struct Serve {
    /// The address to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "DESKWISE_LISTEN", value_name = "ADDR")]
    listen: Option<String>,
}

impl Serve {
    pub(crate) async fn run(self, place: Place) -> Result<(), Failure> {
        let address = self.listen.or(place.listen.clone()).unwrap_or_else(|| LISTEN.to_owned());
        // The port first: a second server on the same data is noticed before it does anything.
        let listener = listen(&address).await?;
        let app = place.open().await?;
        serve_until_stopped(app, listener).await
    }
}

pub(crate) async fn listen(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|e| Failure::failed(format!("cannot listen on {address}: {e}")))
}

/// Tells when to stop.
pub(crate) type Stop = watch::Receiver<bool>;

/// Serves until SIGINT or SIGTERM, then lets what runs come to its end.
pub(crate) async fn serve_until_stopped(app: Arc<App>, listener: TcpListener) -> Result<(), Failure> {
    let jobs = app.clone();
    serve_beside(app, listener, async move |stop| app::jobs::run(jobs, until(stop)).await).await
}

/// The same, with something else beside it in place of the jobs.
pub(crate) async fn serve_beside<F>(
    app: Arc<App>,
    listener: TcpListener,
    work: impl FnOnce(Stop) -> F,
) -> Result<(), Failure>
where
    F: Future<Output = ()> + Send + 'static,
{
    let address = listener.local_addr().map_err(|e| Failure::failed(e.to_string()))?;
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(work(stopped.clone()));
    let live = tokio::spawn(app::live::follow(app.clone(), until(stopped.clone())));
    let mut web = tokio::spawn(server::serve(app.clone(), listener, until(stopped)));
    tracing::info!("listening on http://{address}");
    offer_first_admin(&app, address).await?;
    let web_ended = tokio::select! {
        asked = asked_to_stop() => { asked?; None }
        ended = &mut web => Some(ended),
    };
    stop.send_replace(true);
    let served = match web_ended {
        Some(ended) => ended,
        None => web.await,
    };
    let served = served.map_err(|e| Failure::failed(e.to_string()))?;
    served.map_err(|e| Failure::failed(format!("the web server ended: {e}")))?;
    for task in [jobs, live] {
        task.await.map_err(|e| Failure::failed(e.to_string()))?;
    }
    app.db.close().await;
    Ok(())
}

/// Without users, prints the link by which the first admin comes in; the same on every replica.
async fn offer_first_admin(app: &App, address: SocketAddr) -> Result<(), Failure> {
    let Some(secret) = first_admin::offer(app).await? else { return Ok(()) };
    let path = format!("/console/first/{secret}");
    let link = settings::load(app).await?.link(&path).unwrap_or_else(|| format!("http://{address}{path}"));
    println!(
        "There are no users yet. For the next 30 minutes the first admin comes in by this link:\n  {link}"
    );
    Ok(())
}

pub(crate) async fn until(mut stopped: Stop) {
    // A sender that is gone is a stop as well.
    drop(stopped.wait_for(|stop| *stop).await);
}

async fn asked_to_stop() -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())
        .map_err(|e| Failure::failed(format!("cannot wait for signals: {e}")))?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}
