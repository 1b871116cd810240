//! Tests through the front door: a whole Deskwise in the test's process, on either engine, with people in it.
//!
//! ```ignore
//! testkit::both_engines! {
//!     async fn an_agent_answers(t: &TestApp) {
//!         let ticket = t.customer("ada@example.org").writes("Cannot sign in", "My password is refused.").await;
//!         t.agent().await.replies(ticket, "Try the link below.").await;
//!     }
//! }
//! ```

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "this crate only serves tests")]

mod mailer;
mod people;
mod reply;
mod test_app;

pub use http;
pub use mailer::RecordingMailer;
pub use people::{Customer, PASSWORD, Staff, Visitor};
pub use reply::{Reply, Stream};
pub use test_app::{Engine, NOW, TestApp, run};

/// Each function becomes a test on `SQLite` and one on PostgreSQL. At its end no job may be left that was due.
#[macro_export]
macro_rules! both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($t:ident: &TestApp) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a test may need nothing from around it")]
            use super::*;

            async fn test($t: &$crate::TestApp) $body

            #[tokio::test]
            async fn sqlite() {
                $crate::run($crate::Engine::Sqlite, test).await;
            }

            #[tokio::test]
            async fn postgres() {
                $crate::run($crate::Engine::Postgres, test).await;
            }
        }
    )*};
}
