//! The binary itself: started, asked over HTTP, and given things it must refuse.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod audit;
mod evaluate;
mod process;
mod refusals;
mod replicas;
