//! How often something may be tried, counted over all replicas.

use domain::Millis;
use store::Tx;

use crate::{App, Error, Result};

/// At most `most` within `window`.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub most: i64,
    pub window: Millis,
}

/// Counts one more attempt of each bucket, or refuses all of them because one is full.
pub async fn take(app: &App, buckets: Vec<(String, Limit)>) -> Result<()> {
    let now = app.now();
    app.db
        .write(move |tx| {
            let buckets = buckets.clone();
            Box::pin(async move {
                for (bucket, limit) in &buckets {
                    check(tx, bucket, *limit, now).await?;
                }
                for (bucket, _) in &buckets {
                    store::attempts::record(tx, bucket, now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Whether another attempt is allowed, inside a transaction that will record it.
pub async fn check(tx: &mut Tx, bucket: &str, limit: Limit, now: Millis) -> Result<()> {
    let (count, oldest) = store::attempts::count(&mut *tx, bucket, now - limit.window).await?;
    if count < limit.most {
        return Ok(());
    }
    let until = oldest.unwrap_or(now) + limit.window;
    Err(Error::TooMany { seconds: ((until - now) / 1000).max(1) })
}
