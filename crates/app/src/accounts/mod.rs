//! Who may come in: people with a session, programs with a token.

pub mod credentials;
pub mod first_admin;
pub mod invitations;
mod passwords;
pub mod people;
pub mod sessions;
pub mod setup;
pub mod tokens;

pub use credentials::{Credential, authenticate};
