//! Migrations: run by themselves when a database is opened, each in one transaction; a newer schema is refused.

use crate::arg::args;
use crate::dialect::Dialect;
use crate::{Db, Error, Read, Result, Tx};

const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_journey.sql"),
    include_str!("../migrations/0002_reviews.sql"),
    include_str!("../migrations/0003_versions.sql"),
    include_str!("../migrations/0004_drift.sql"),
    include_str!("../migrations/0005_experiments.sql"),
    include_str!("../migrations/0006_learning.sql"),
    include_str!("../migrations/0007_metrics.sql"),
    include_str!("../migrations/0008_late.sql"),
    include_str!("../migrations/0009_report_mails.sql"),
    include_str!("../migrations/0010_dismissals.sql"),
];

/// The newest migration, for whoever must notice that it changed.
pub const SCHEMA_TEXT: &str = MIGRATIONS[MIGRATIONS.len() - 1];

/// The schema this version knows.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

pub(crate) async fn run(db: &Db) -> Result<()> {
    let dialect = db.dialect();
    db.write(move |tx| Box::pin(bring_up_to_date(tx, dialect))).await
}

/// Every table that holds rows of its own, in the order in which they refer to each other; one that was dropped and
/// made anew stands at its last place.
pub(crate) fn tables() -> Vec<String> {
    let mut tables = Vec::new();
    for line in MIGRATIONS.iter().flat_map(|sql| sql.lines()) {
        let name = |start| line.strip_prefix(start)?.split([' ', '(', ';']).next().map(str::to_owned);
        if let Some(dropped) = name("DROP TABLE ") {
            tables.retain(|table| *table != dropped);
        }
        tables.extend(name("CREATE TABLE "));
    }
    tables
}

/// Several replicas may start at once: PostgreSQL serialises them by the lock on `schema_version`.
async fn bring_up_to_date(tx: &mut Tx, dialect: Dialect) -> Result<()> {
    if dialect == Dialect::Postgres {
        // Whoever waited for the lock must see what the one before did.
        tx.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", vec![]).await?;
        tx.execute("SELECT pg_advisory_xact_lock(7391264)", vec![]).await?;
    }
    tx.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)", vec![]).await?;
    let row = tx.one("SELECT COALESCE(MAX(version), 0) AS version FROM schema_version", vec![]).await?;
    let found = row.int("version")?;
    if found > SCHEMA {
        return Err(Error::NewerSchema { found, known: SCHEMA });
    }
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(found as usize) {
        let number = index as i64 + 1;
        apply(tx, dialect, sql).await.map_err(|e| Error::Migration { number, why: e.to_string() })?;
        if number == 1 {
            apply(tx, dialect, dialect.search_schema()).await?;
        }
        tx.execute("INSERT INTO schema_version (version) VALUES ($1)", args![number]).await?;
    }
    Ok(())
}

/// Statements end with a semicolon at the end of a line; comments are left out first.
async fn apply(tx: &mut Tx, dialect: Dialect, sql: &str) -> Result<()> {
    let code: Vec<&str> = sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    for statement in dialect.schema(&code.join("\n")).split(';').map(str::trim).filter(|s| !s.is_empty()) {
        tx.execute_built(statement.to_owned(), vec![]).await?;
    }
    Ok(())
}
