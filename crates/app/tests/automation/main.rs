//! Automation through the public functions, on both engines: every test runs once on SQLite and once on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod certified;
mod drifted;
mod editing;
mod experimented;
mod house;
mod journey;
mod meanings;
mod reviewed;
mod room;
mod scheduled;
mod switching;
mod taught;
mod watched;

/// A test for each engine.
macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(#[tokio::test] async fn $name() { super::$name(&crate::house::House::sqlite().await).await; })* }
        mod postgres { $(#[tokio::test] async fn $name() { super::$name(&crate::house::House::postgres().await).await; })* }
    };
}
pub(crate) use on_both_engines;
