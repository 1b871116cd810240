//! Who may come in: people with a session, programs with a token.

pub mod credentials;

pub use credentials::{Credential, authenticate};
