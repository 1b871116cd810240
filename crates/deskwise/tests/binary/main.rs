//! The binary itself: started, asked over HTTP, and given things it must refuse.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod audit;
mod evaluate;
mod policies;
mod process;
mod refusals;
mod replicas;
