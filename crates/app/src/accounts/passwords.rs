//! Passwords: argon2id, off the threads that serve requests.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::{App, Error, Result};

const LEAST: usize = 10;
const MOST: usize = 200;

/// The hash of a password that is long enough.
pub(super) async fn hash(app: &App, password: String) -> Result<String> {
    let n = password.chars().count();
    if !(LEAST..=MOST).contains(&n) {
        return Err(Error::invalid("password", format!("{n} characters; {LEAST} to {MOST} are expected")));
    }
    let salt = app.secret();
    off_thread(move || {
        let hash: Result<PasswordHash, _> =
            Argon2::default().hash_password_with_salt(password.as_bytes(), &salt[..16]);
        hash.map(|hash| hash.to_string()).map_err(|e| Error::Outside(format!("argon2: {e}")))
    })
    .await?
}

/// Whether the password belongs to the hash. Without a hash the work is done all the same, so that the time
/// taken does not tell whether an account exists.
pub(super) async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    off_thread(move || {
        let Some(hash) = hash else {
            let spent: Result<PasswordHash, _> =
                Argon2::default().hash_password_with_salt(password.as_bytes(), &[0; 16]);
            drop(spent);
            return false;
        };
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Outside(format!("hashing a password: {e}")))
}
