//! The throwaway cluster itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot ask has failed")]

use std::process::Command;

fn ask(address: &str, sql: &str) -> String {
    let output = Command::new("psql").args(["-X", "-q", "-t", "-A", "-c", sql, address]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn databases_are_fresh_and_apart() {
    let (one, other) = (pgtest::database(), pgtest::database());
    assert_ne!(one, other);
    ask(&one, "CREATE TABLE t (n INT)");
    assert_eq!(ask(&other, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
}

#[test]
fn a_template_is_prepared_once_and_copied() {
    let cluster = pgtest::cluster();
    let name = format!("own-{}", std::process::id());
    let first = cluster.database_from_template(&name, |url| {
        ask(url, "CREATE TABLE t AS SELECT 7 AS n");
    });
    ask(&first, "UPDATE t SET n = 8");
    let second = cluster.database_from_template(&name, |_| panic!("prepared twice"));
    assert_eq!(ask(&second, "SELECT n FROM t"), "7");
}
