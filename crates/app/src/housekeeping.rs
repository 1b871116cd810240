//! What is thrown away once nothing looks at it any more. One replica does it, once an hour.

use domain::time::{DAY, HOUR};

use crate::{App, Error, Result};

/// Runs the hourly clean-up if it is this process's turn.
pub async fn run_if_due(app: &App) -> Result<()> {
    let now = app.now();
    if !app.db.is_due("housekeeping", HOUR, now).await? {
        return Ok(());
    }
    app.db
        .write(move |tx| {
            Box::pin(async move {
                store::attempts::delete_before(tx, now - DAY).await?;
                store::users::delete_expired_sessions(tx, now).await?;
                Ok::<_, Error>(store::idempotency::delete_old(tx, now).await?)
            })
        })
        .await
}
