//! The people who ask.

use domain::tickets::Requester;
use domain::{Millis, RequesterId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

impl Row {
    fn requester(&self) -> Result<Requester> {
        Ok(Requester {
            id: self.id("id")?,
            email: self.text("email")?,
            name: self.opt_text("name")?,
            language: self.opt_text("language")?,
            has_written: self.bool("has_written")?,
        })
    }
}

/// The requester with this address (in lower case), made if there is none. A name that is known stays; that an
/// address has written to us is never forgotten.
pub async fn known(
    tx: &mut Tx,
    email: &str,
    name: Option<&str>,
    language: Option<&str>,
    has_written: bool,
    now: Millis,
) -> Result<Requester> {
    let id: RequesterId = tx.id(now);
    tx.one(
        "INSERT INTO requesters (id, email, name, language, created_at, has_written) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (email) DO UPDATE SET name = COALESCE(requesters.name, excluded.name), \
         language = COALESCE(requesters.language, excluded.language), \
         has_written = requesters.has_written OR excluded.has_written RETURNING *",
        args![id, email, name, language, now, has_written],
    )
    .await?
    .requester()
}

pub async fn by_id(mut db: impl Read, id: RequesterId) -> Result<Option<Requester>> {
    let row = db.optional("SELECT * FROM requesters WHERE id = $1", args![id]).await?;
    row.map(|row| row.requester()).transpose()
}

/// `email` in lower case.
pub async fn by_email(mut db: impl Read, email: &str) -> Result<Option<Requester>> {
    let row = db.optional("SELECT * FROM requesters WHERE email = $1", args![email]).await?;
    row.map(|row| row.requester()).transpose()
}

/// Notes that a message has come from this address through a channel that shows who wrote.
pub async fn has_written(tx: &mut Tx, id: RequesterId) -> Result<()> {
    tx.execute("UPDATE requesters SET has_written = TRUE WHERE id = $1 AND has_written = FALSE", args![id])
        .await?;
    Ok(())
}
