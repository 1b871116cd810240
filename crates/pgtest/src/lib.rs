//! A throwaway PostgreSQL for tests: the first test that asks starts it, all test processes of a run share it,
//! and it is stopped and deleted when none has used it for a while.
//!
//! `DESKWISE_TEST_POSTGRES=postgres://…` names a server to use instead; its user must be allowed to create
//! databases. Where there is neither such a server nor PostgreSQL's programs, tests fail and say what to install:
//! a test that skips itself proves nothing.

#![expect(clippy::panic, reason = "this crate only serves tests, and a test without its database has failed")]

mod cluster;
mod programs;

use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::UNIX_EPOCH;

pub use cluster::Cluster;

/// The cluster of this run.
///
/// # Panics
/// Where there is no PostgreSQL to be had.
pub fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| match Cluster::join() {
        Ok(cluster) => cluster,
        Err(why) => panic!("{why}"),
    })
}

/// A fresh, empty database of the run's cluster, as a `postgres://` address.
pub fn database() -> String {
    cluster().database()
}

impl Cluster {
    /// A fresh, empty database, as a `postgres://` address.
    pub fn database(&self) -> String {
        self.create("template1")
    }

    /// A fresh copy of the database that `prepare` filled once per cluster. The name should tell what is in it
    /// (say, the hash of the schema): whoever asks first under a name prepares it, the others copy. `prepare` must
    /// have closed its connections when it returns.
    pub fn database_from_template(&self, name: &str, prepare: impl FnOnce(&str)) -> String {
        let template = format!("template_{}", identifier(name));
        let lock = self.lock_templates();
        let known =
            format!("SELECT count(*) FROM pg_database WHERE datname = '{template}' AND NOT datallowconn");
        if self.sql(&known) != "1" {
            // What an interrupted attempt may have left is not trusted.
            self.sql(&format!("DROP DATABASE IF EXISTS {template}"));
            self.sql(&format!("CREATE DATABASE {template}"));
            prepare(&self.address(&template));
            self.sql(&format!("ALTER DATABASE {template} WITH ALLOW_CONNECTIONS false"));
        }
        drop(lock);
        self.create(&template)
    }

    fn create(&self, template: &str) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{}_{count}", std::process::id(), nanoseconds());
        self.sql(&format!("CREATE DATABASE {name} TEMPLATE {template}"));
        self.address(&name)
    }

    /// Runs one statement as the cluster's owner and returns what `psql` prints.
    fn sql(&self, statement: &str) -> String {
        let mut psql = Command::new(programs::psql());
        psql.args([
            "-X",
            "-q",
            "-t",
            "-A",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statement,
            &self.address("postgres"),
        ]);
        psql.env("PGCONNECT_TIMEOUT", "10").env("PGOPTIONS", "--client-min-messages=warning");
        match programs::output(&mut psql) {
            Ok(text) => text,
            Err(why) => panic!("the test database refused `{statement}`: {why}"),
        }
    }
}

fn identifier(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}

/// Two processes may have the same id one after the other; the time tells their databases apart.
#[expect(clippy::disallowed_methods, reason = "names need to differ, nothing is measured")]
fn nanoseconds() -> u128 {
    std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos()
}
