//! The nouns and rules of Deskwise as plain values and functions: no runtime, no database, no web.
//!
//! A capability bears the same module name on every floor of the house, so whoever knows `domain::automation`
//! finds `app::automation` and `store::policies` by themselves.

pub mod answers;
pub mod arms;
pub mod certificate;
pub mod colour;
pub mod decide;
pub mod drift;
pub mod experiments;
pub mod guardrail;
pub mod help;
pub mod hours;
pub mod id;
pub mod import;
pub mod learning;
pub mod links;
pub mod metrics;
pub mod net;
pub mod numerals;
pub mod patch;
pub mod periods;
pub mod phrases;
pub mod policy;
pub mod quotes;
pub mod random;
pub mod reviews;
pub mod room;
pub mod rules;
pub mod stats;
pub mod tickets;
pub mod time;
pub mod words;

pub use id::*;
pub use time::Millis;
