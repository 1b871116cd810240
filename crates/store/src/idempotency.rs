//! Requests that may be sent twice: what was made is remembered under the client's key, by the very transaction
//! that made it.
//!
//! The server opens a [`Claim`] around a request; the first transaction in it that records an event writes the
//! claim's row. If another request with the same key was faster, that transaction is refused as a whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Millis;
use domain::time::DAY;

use crate::arg::args;
use crate::{Error, Read, Result, Tx};

/// How long a key is remembered.
pub const KEPT: Millis = DAY;

/// A request that carries a key.
#[derive(Debug)]
pub struct Claim {
    /// Whose key it is.
    pub credential: String,
    pub route: String,
    pub key: String,
    pub body_hash: Vec<u8>,
    pub at: Millis,
    written: AtomicBool,
    committed: AtomicBool,
    lost: AtomicBool,
}

impl Claim {
    pub fn new(credential: String, route: String, key: String, body_hash: Vec<u8>, at: Millis) -> Arc<Self> {
        let (written, committed, lost) =
            (AtomicBool::new(false), AtomicBool::new(false), AtomicBool::new(false));
        Arc::new(Self { credential, route, key, body_hash, at, written, committed, lost })
    }

    /// Whether something was made under this key, durably.
    pub fn is_committed(&self) -> bool {
        self.committed.load(Ordering::SeqCst)
    }

    /// Whether another request with the same key was faster.
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::SeqCst)
    }

    pub(crate) fn begin(&self) {
        self.written.store(false, Ordering::SeqCst);
    }

    pub(crate) fn committed(&self) {
        if self.written.load(Ordering::SeqCst) {
            self.committed.store(true, Ordering::SeqCst);
        }
    }
}

tokio::task_local! {
    static CLAIM: Arc<Claim>;
}

/// Runs a request under its claim.
pub async fn under<F: Future>(claim: Arc<Claim>, request: F) -> F::Output {
    CLAIM.scope(claim, request).await
}

/// The claim of the request that is running, unless it has been written already.
pub(crate) fn current() -> Option<Arc<Claim>> {
    let claim = CLAIM.try_with(Arc::clone).ok().filter(|claim| !claim.is_committed())?;
    claim.begin();
    Some(claim)
}

/// Writes the claim's row inside the transaction that made something.
pub(crate) async fn write(tx: &mut Tx, claim: &Claim) -> Result<()> {
    let written = tx
        .execute(
            "INSERT INTO idempotency (credential, route, key, body_hash, status, response, created_at) \
             VALUES ($1, $2, $3, $4, 0, '', $5) ON CONFLICT (credential, route, key) DO UPDATE \
             SET body_hash = excluded.body_hash, status = 0, response = '', created_at = excluded.created_at \
             WHERE idempotency.created_at <= $6",
            args![
                claim.credential.as_str(),
                claim.route.as_str(),
                claim.key.as_str(),
                claim.body_hash.as_slice(),
                claim.at,
                claim.at - KEPT
            ],
        )
        .await?;
    if written == 0 {
        claim.lost.store(true, Ordering::SeqCst);
        return Err(Error::Duplicate { what: "the idempotency key".into(), key: false });
    }
    claim.written.store(true, Ordering::SeqCst);
    Ok(())
}

/// What is remembered under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub body_hash: Vec<u8>,
    /// The answer, once it is known: its status and body.
    pub response: Option<(i64, String)>,
}

pub async fn find(
    mut db: impl Read,
    credential: &str,
    route: &str,
    key: &str,
    now: Millis,
) -> Result<Option<Kept>> {
    let row = db
        .optional(
            "SELECT body_hash, status, response FROM idempotency \
             WHERE credential = $1 AND route = $2 AND key = $3 AND created_at > $4",
            args![credential, route, key, now - KEPT],
        )
        .await?;
    row.map(|row| {
        let (status, text) = (row.int("status")?, row.text("response")?);
        Ok(Kept { body_hash: row.bytes("body_hash")?, response: (status != 0).then_some((status, text)) })
    })
    .transpose()
}

/// Remembers the answer to a request that made something.
pub async fn answered(tx: &mut Tx, claim: &Claim, status: i64, response: &str) -> Result<()> {
    tx.execute(
        "UPDATE idempotency SET status = $4, response = $5 WHERE credential = $1 AND route = $2 AND key = $3",
        args![claim.credential.as_str(), claim.route.as_str(), claim.key.as_str(), status, response],
    )
    .await?;
    Ok(())
}

/// Forgets keys that are too old to be asked for.
pub async fn delete_old(tx: &mut Tx, now: Millis) -> Result<()> {
    tx.execute("DELETE FROM idempotency WHERE created_at <= $1", args![now - KEPT]).await?;
    Ok(())
}
