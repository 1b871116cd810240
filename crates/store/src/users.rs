//! People who work here, their sessions, and the tokens of programs.

use domain::words::Role;
use domain::{Millis, TokenId, UserId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

/// Someone of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub password_hash: Option<String>,
    pub active: bool,
    /// Whom they work with.
    pub team: Option<String>,
    pub created_at: Millis,
    pub last_seen_at: Option<Millis>,
}

impl User {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id("id")?,
            email: row.text("email")?,
            name: row.text("name")?,
            role: row.word("role")?,
            password_hash: row.opt_text("password_hash")?,
            active: row.bool("active")?,
            team: row.opt_text("team")?,
            created_at: row.int("created_at")?,
            last_seen_at: row.opt_int("last_seen_at")?,
        })
    }
}

pub async fn all(mut db: impl Read) -> Result<Vec<User>> {
    let rows = db.all("SELECT * FROM users ORDER BY id", vec![]).await?;
    rows.iter().map(User::from_row).collect()
}

pub async fn by_id(mut db: impl Read, id: UserId) -> Result<Option<User>> {
    let row = db.optional("SELECT * FROM users WHERE id = $1", args![id]).await?;
    row.as_ref().map(User::from_row).transpose()
}

/// `email` as [`domain::net::mail_key`] writes it.
pub async fn by_email(mut db: impl Read, email: &str) -> Result<Option<User>> {
    let row = db.optional("SELECT * FROM users WHERE email = $1", args![email]).await?;
    row.as_ref().map(User::from_row).transpose()
}

pub async fn exist(mut db: impl Read) -> Result<bool> {
    Ok(db.optional("SELECT id FROM users LIMIT 1", vec![]).await?.is_some())
}

/// How many admins may still sign in.
pub async fn active_admins(mut db: impl Read) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM users WHERE role = 'admin' AND active = TRUE";
    db.one(sql, vec![]).await?.int("n")
}

pub async fn insert(tx: &mut Tx, user: &User) -> Result<()> {
    tx.execute_one(
        "INSERT INTO users (id, email, name, role, password_hash, active, created_at, last_seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            user.id,
            user.email.as_str(),
            user.name.as_str(),
            user.role,
            user.password_hash.clone(),
            user.active,
            user.created_at,
            user.last_seen_at
        ],
    )
    .await
}

/// Writes everything of a user but the address and the times.
pub async fn update(tx: &mut Tx, user: &User) -> Result<()> {
    tx.execute_one(
        "UPDATE users SET name = $2, role = $3, password_hash = $4, active = $5, team = $6 WHERE id = $1",
        args![
            user.id,
            user.name.as_str(),
            user.role,
            user.password_hash.clone(),
            user.active,
            user.team.clone()
        ],
    )
    .await
}

/// Notes that a session and its user were seen; the session holds on until `expires_at`.
pub async fn seen(
    tx: &mut Tx,
    session_hash: &[u8],
    user: UserId,
    now: Millis,
    expires_at: Millis,
) -> Result<()> {
    tx.execute(
        "UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE token_hash = $1",
        args![session_hash, now, expires_at],
    )
    .await?;
    tx.execute("UPDATE users SET last_seen_at = $2 WHERE id = $1", args![user, now]).await?;
    Ok(())
}

/// A session that has not expired, with its user.
#[derive(Debug, Clone)]
pub struct Session {
    pub user: User,
    pub seen_at: Millis,
}

/// The session with this token, if it still holds and its user is active.
pub async fn session(mut db: impl Read, token_hash: &[u8], now: Millis) -> Result<Option<Session>> {
    let row = db
        .optional(
            "SELECT users.*, sessions.last_seen_at AS seen_at FROM sessions JOIN users ON users.id = sessions.user_id \
             WHERE sessions.token_hash = $1 AND sessions.expires_at > $2 AND users.active = TRUE",
            args![token_hash, now],
        )
        .await?;
    row.map(|row| Ok(Session { user: User::from_row(&row)?, seen_at: row.int("seen_at")? })).transpose()
}

pub async fn insert_session(
    tx: &mut Tx,
    token_hash: &[u8],
    user: UserId,
    now: Millis,
    expires_at: Millis,
) -> Result<()> {
    let id: i64 = tx.id(now);
    tx.execute_one(
        "INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $4)",
        args![id, token_hash, user, now, expires_at],
    )
    .await
}

pub async fn delete_session(tx: &mut Tx, token_hash: &[u8]) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE token_hash = $1", args![token_hash]).await?;
    Ok(())
}

pub async fn delete_sessions_of(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE user_id = $1", args![user]).await?;
    Ok(())
}

pub async fn delete_expired_sessions(tx: &mut Tx, now: Millis) -> Result<()> {
    tx.execute("DELETE FROM sessions WHERE expires_at <= $1", args![now]).await?;
    Ok(())
}

/// What a program shows instead of a person's session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: TokenId,
    pub name: String,
    pub role: Role,
    pub created_at: Millis,
    pub last_used_at: Option<Millis>,
    pub revoked_at: Option<Millis>,
}

impl Token {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id("id")?,
            name: row.text("name")?,
            role: row.word("role")?,
            created_at: row.int("created_at")?,
            last_used_at: row.opt_int("last_used_at")?,
            revoked_at: row.opt_int("revoked_at")?,
        })
    }
}

/// Tokens that still hold, oldest first.
pub async fn tokens(mut db: impl Read) -> Result<Vec<Token>> {
    let rows = db.all("SELECT * FROM tokens WHERE revoked_at IS NULL ORDER BY id", vec![]).await?;
    rows.iter().map(Token::from_row).collect()
}

pub async fn token(mut db: impl Read, token_hash: &[u8]) -> Result<Option<Token>> {
    let sql = "SELECT * FROM tokens WHERE token_hash = $1 AND revoked_at IS NULL";
    db.optional(sql, args![token_hash]).await?.as_ref().map(Token::from_row).transpose()
}

pub async fn insert_token(
    tx: &mut Tx,
    token: &Token,
    token_hash: &[u8],
    created_by: Option<UserId>,
) -> Result<()> {
    tx.execute_one(
        "INSERT INTO tokens (id, name, role, token_hash, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![token.id, token.name.as_str(), token.role, token_hash, created_by, token.created_at],
    )
    .await
}

/// Whether there was such a token to revoke.
pub async fn revoke_token(tx: &mut Tx, id: TokenId, now: Millis) -> Result<bool> {
    let sql = "UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    Ok(tx.execute(sql, args![id, now]).await? > 0)
}

pub async fn token_used(tx: &mut Tx, id: TokenId, now: Millis) -> Result<()> {
    tx.execute("UPDATE tokens SET last_used_at = $2 WHERE id = $1", args![id, now]).await?;
    Ok(())
}
