//! What Deskwise does: the journey of a ticket and a module for each capability. Only functions of this crate
//! change state; the web, the mail and the command line call the same ones.

pub mod accounts;
pub mod answers;
mod app;
pub mod automation;
pub mod categories;
pub mod certificates;
pub mod customer;
pub mod drift;
pub mod error;
pub mod experiments;
pub mod fields;
pub mod guardrail;
pub mod health;
pub mod help;
pub mod history;
pub mod housekeeping;
pub mod idempotency;
pub mod import;
pub mod jobs;
pub mod journey;
pub mod keys;
pub mod learning;
pub mod limits;
pub mod live;
pub mod mailbox;
pub mod metrics;
pub mod models;
pub mod outbox;
pub mod permissions;
pub mod policies;
pub mod ports;
pub mod readings;
pub mod recall;
pub mod reviews;
pub mod room;
pub mod rules;
pub mod settings;
pub mod templates;
pub mod tickets;

pub use app::App;
pub use error::{Error, FieldError, Result, StoreError};
pub use permissions::{Caller, Permission};
pub use store::events::{Actor, NewEvent};
