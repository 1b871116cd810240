//! For those who run it: `/healthz`, `/readyz` and `/metrics`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use app::accounts::{Credential, authenticate};
use app::{Permission, health};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use domain::Millis;

use crate::{AppState, ClientAddress, Problem, auth};

/// Upper ends of the histogram's buckets.
const BUCKETS_MS: [Millis; 9] = [5, 10, 25, 50, 100, 250, 500, 1_000, 5_000];

pub(crate) fn router() -> Router<AppState> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// The process answers.
async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers too.
async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match health::look(&state.app).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

/// Numbers for Prometheus: for this machine, or with a token that may read numbers.
async fn metrics(
    State(state): State<AppState>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    // Behind a proxy everyone comes from this machine; its header tells.
    let local =
        from.is_loopback() && !headers.contains_key("x-forwarded-for") && !headers.contains_key("forwarded");
    if !local {
        let Some(credential @ Credential::Token(_)) = auth::credential(&headers) else {
            return Err(Problem::from(app::Error::SignedOut));
        };
        let caller = authenticate(&state.app, &credential).await?.ok_or(app::Error::SignedOut)?;
        caller.require(Permission::ReadNumbers)?;
    }
    let health = health::look(&state.app).await?;
    let mut text = String::new();
    gauge(&mut text, "deskwise_jobs_waiting", "Jobs that wait or run", health.jobs_waiting);
    gauge(&mut text, "deskwise_jobs_due", "Jobs that should be running by now", health.jobs_due);
    gauge(&mut text, "deskwise_jobs_dead", "Jobs that wait for a person", health.jobs_dead);
    gauge(&mut text, "deskwise_live_listeners", "Consoles that listen", state.live.listeners() as i64);
    state.counts.write(&mut text);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text))
}

fn gauge(text: &mut String, name: &str, help: &str, value: i64) {
    // Writing to a string cannot fail.
    _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
}

/// How many requests were answered, and how fast, since this process began.
#[derive(Debug, Default)]
pub struct Counts(Mutex<BTreeMap<(String, String, u16), Times>>);

#[derive(Debug, Default, Clone)]
struct Times {
    count: u64,
    sum_ms: Millis,
    buckets: [u64; BUCKETS_MS.len()],
}

impl Counts {
    pub(crate) fn answered(&self, method: &Method, route: &str, status: u16, ms: Millis) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let times = all.entry((method.to_string(), route.to_owned(), status)).or_default();
        times.count += 1;
        times.sum_ms += ms;
        for (bucket, most) in times.buckets.iter_mut().zip(BUCKETS_MS) {
            *bucket += u64::from(ms <= most);
        }
    }

    fn write(&self, text: &mut String) {
        const NAME: &str = "deskwise_request_duration_seconds";
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        _ = writeln!(text, "# HELP {NAME} Time until the answer began\n# TYPE {NAME} histogram");
        for ((method, route, status), times) in all {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            for (count, most) in times.buckets.iter().zip(BUCKETS_MS) {
                _ = writeln!(text, "{NAME}_bucket{{{labels},le=\"{}\"}} {count}", most as f64 / 1000.0);
            }
            _ = writeln!(text, "{NAME}_bucket{{{labels},le=\"+Inf\"}} {}", times.count);
            _ = writeln!(text, "{NAME}_sum{{{labels}}} {}", times.sum_ms as f64 / 1000.0);
            _ = writeln!(text, "{NAME}_count{{{labels}}} {}", times.count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_count_everything_up_to_their_end() {
        let counts = Counts::default();
        counts.answered(&Method::GET, "/healthz", 200, 7);
        counts.answered(&Method::GET, "/healthz", 200, 300);
        let mut text = String::new();
        counts.write(&mut text);
        let line = |le: &str| {
            let start = format!(
                "deskwise_request_duration_seconds_bucket{{method=\"GET\",route=\"/healthz\",status=\"200\",le=\"{le}\"}} "
            );
            text.lines().find_map(|l| l.strip_prefix(&start)).unwrap().to_owned()
        };
        assert_eq!(
            (line("0.005"), line("0.01"), line("0.5"), line("+Inf")),
            ("0".into(), "1".into(), "2".into(), "2".into())
        );
    }
}
