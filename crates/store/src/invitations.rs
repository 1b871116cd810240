//! Invitations of colleagues, and the one-time link for the first admin.

use domain::words::Role;
use domain::{Millis, UserId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

/// Someone asked to join; the link's secret is kept as a hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: i64,
    pub email: String,
    pub name: Option<String>,
    pub role: Role,
    pub created_by: Option<UserId>,
    pub created_at: Millis,
    pub expires_at: Millis,
}

impl Invitation {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.int("id")?,
            email: row.text("email")?,
            name: row.opt_text("name")?,
            role: row.word("role")?,
            created_by: row.opt_id("created_by")?,
            created_at: row.int("created_at")?,
            expires_at: row.int("expires_at")?,
        })
    }
}

/// Invitations that can still be accepted, oldest first.
pub async fn open(mut db: impl Read, now: Millis) -> Result<Vec<Invitation>> {
    let sql = "SELECT * FROM invitations WHERE accepted_at IS NULL AND expires_at > $1 ORDER BY id";
    db.all(sql, args![now]).await?.iter().map(Invitation::from_row).collect()
}

/// The open invitation with this secret.
pub async fn by_token(mut db: impl Read, token_hash: &[u8], now: Millis) -> Result<Option<Invitation>> {
    let sql = "SELECT * FROM invitations WHERE token_hash = $1 AND accepted_at IS NULL AND expires_at > $2";
    db.optional(sql, args![token_hash, now]).await?.as_ref().map(Invitation::from_row).transpose()
}

pub async fn insert(tx: &mut Tx, invitation: &Invitation, token_hash: &[u8]) -> Result<()> {
    tx.execute_one(
        "INSERT INTO invitations (id, email, name, role, token_hash, created_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            invitation.id,
            invitation.email.as_str(),
            invitation.name.clone(),
            invitation.role,
            token_hash,
            invitation.created_by,
            invitation.created_at,
            invitation.expires_at
        ],
    )
    .await
}

/// Whether this was the one time it could be accepted.
pub async fn accept(tx: &mut Tx, id: i64, now: Millis) -> Result<bool> {
    let sql = "UPDATE invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL";
    Ok(tx.execute(sql, args![id, now]).await? > 0)
}

/// Withdraws what was not accepted yet; whether there was such a thing.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<bool> {
    let sql = "DELETE FROM invitations WHERE id = $1 AND accepted_at IS NULL";
    Ok(tx.execute(sql, args![id]).await? > 0)
}

/// Withdraws open invitations of an address, so that only the newest link works.
pub async fn delete_of(tx: &mut Tx, email: &str) -> Result<()> {
    tx.execute("DELETE FROM invitations WHERE email = $1 AND accepted_at IS NULL", args![email]).await?;
    Ok(())
}

/// What the first admin's link is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAdmin {
    pub nonce: Vec<u8>,
    pub expires_at: Millis,
}

pub async fn first_admin(mut db: impl Read) -> Result<Option<FirstAdmin>> {
    let row = db.optional("SELECT nonce, expires_at FROM first_admin WHERE id = 1", vec![]).await?;
    row.map(|row| Ok(FirstAdmin { nonce: row.bytes("nonce")?, expires_at: row.int("expires_at")? }))
        .transpose()
}

/// Offers a link, unless one that still holds was offered by another replica.
pub async fn offer_first_admin(tx: &mut Tx, offer: &FirstAdmin, now: Millis) -> Result<()> {
    tx.execute(
        "INSERT INTO first_admin (id, nonce, expires_at) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE \
         SET nonce = excluded.nonce, expires_at = excluded.expires_at WHERE first_admin.expires_at <= $3",
        args![offer.nonce.as_slice(), offer.expires_at, now],
    )
    .await?;
    Ok(())
}

/// Takes the offer; false when another took it first.
pub async fn take_first_admin(tx: &mut Tx) -> Result<bool> {
    Ok(tx.execute("DELETE FROM first_admin WHERE id = 1", vec![]).await? > 0)
}
