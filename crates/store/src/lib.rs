//! Where Deskwise remembers: the only crate that names the database drivers.
//!
//! One SQL text serves SQLite (embedded default) and PostgreSQL; what differs stands in [`dialect`]. Changes go
//! through [`Db::write`], a closure that can be run again; what it records (events) and what must happen later
//! (jobs) are part of the same transaction. Repositories are free functions in modules named after capabilities,
//! and take anything that can [`Read`], so that the same function serves inside and outside a transaction.

pub mod answers;
mod arg;
pub mod attachments;
pub mod attempts;
pub mod automation;
pub mod backup;
pub mod categories;
pub mod certificates;
pub mod check;
pub mod choices;
mod conditions;
mod db;
pub mod decisions;
mod dialect;
pub mod dismissals;
pub mod drifts;
mod error;
pub mod events;
pub mod experiments;
pub mod guardrails;
pub mod history;
pub mod idempotency;
mod ids;
pub mod invitations;
pub mod keys;
pub mod labelled;
pub mod labels;
pub mod mails;
mod many;
pub mod mends;
pub mod messages;
pub mod metrics;
mod migrate;
pub mod models;
pub mod policies;
mod postgres;
pub mod queue;
pub mod ratings;
pub mod readings;
pub mod replies;
pub mod report_mails;
pub mod requesters;
pub mod reviews;
pub mod room;
mod row;
pub mod rules;
pub mod search;
pub mod settings;
mod sqlite;
pub mod switches;
pub mod tickets;
mod tx;
mod url;
pub mod users;

pub use arg::Arg;
pub use db::{Db, Read};
pub use error::Error;
pub use migrate::{SCHEMA, SCHEMA_TEXT};
pub use row::Row;
pub use tx::Tx;
pub use url::DatabaseUrl;

pub type Result<T, E = Error> = std::result::Result<T, E>;
