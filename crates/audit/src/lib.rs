//! The audit: an export of past tickets becomes a report that says what could be automated, with proof, before
//! anything is changed. It knows no database and no clock.

pub mod table;
