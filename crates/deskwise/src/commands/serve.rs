//! `deskwise serve`: the web and the jobs, until it is told to stop.

use std::sync::Arc;

use app::App;
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

/// Serves until SIGINT or SIGTERM, then lets what runs come to its end.
pub(crate) async fn serve_until_stopped(app: Arc<App>, listener: TcpListener) -> Result<(), Failure> {
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(app::jobs::run(app.clone(), until(stopped.clone())));
    if let Ok(address) = listener.local_addr() {
        tracing::info!("listening on http://{address}");
    }
    let web = tokio::spawn(server::serve(app.clone(), listener, until(stopped)));
    asked_to_stop().await?;
    stop.send_replace(true);
    let served = web.await.map_err(|e| Failure::failed(e.to_string()))?;
    served.map_err(|e| Failure::failed(format!("the web server ended: {e}")))?;
    jobs.await.map_err(|e| Failure::failed(e.to_string()))?;
    app.db.close().await;
    Ok(())
}

async fn until(mut stopped: watch::Receiver<bool>) {
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
