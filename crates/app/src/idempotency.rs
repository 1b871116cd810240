//! Requests with an `Idempotency-Key`: the same key and body give the same answer, and make nothing twice.

use std::sync::Arc;

use crate::{App, Error, Result};

pub use store::idempotency::{Claim, Kept, under};

/// What is remembered under a claim's key.
pub async fn find(app: &App, claim: &Claim) -> Result<Option<Kept>> {
    Ok(store::idempotency::find(&app.db, &claim.credential, &claim.route, &claim.key, app.now()).await?)
}

/// Remembers the answer to a request that made something.
pub async fn answered(app: &App, claim: Arc<Claim>, status: u16, response: String) -> Result<()> {
    app.db
        .write(move |tx| {
            let (claim, response) = (claim.clone(), response.clone());
            Box::pin(async move {
                Ok::<_, Error>(store::idempotency::answered(tx, &claim, i64::from(status), &response).await?)
            })
        })
        .await
}
