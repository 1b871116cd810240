//! Every SQL statement of this crate is understood by the engines it is for. The statements are found by reading
//! the crate's own source, so that none can be forgotten.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use sqlx::{AssertSqlSafe, Connection, Executor, SqlSafeStr};
use store::{DatabaseUrl, Db};
use syn::visit::Visit;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Debug)]
struct Statement {
    sql: String,
    file: PathBuf,
    /// Inside a match arm for one engine; `None`: for both.
    only: Option<Engine>,
}

#[derive(Default)]
struct Finder {
    file: PathBuf,
    only: Option<Engine>,
    found: Vec<Statement>,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let before = self.only;
        if let syn::Pat::Path(path) = &arm.pat {
            match path.path.segments.last().unwrap().ident.to_string().as_str() {
                "Sqlite" => self.only = Some(Engine::Sqlite),
                "Postgres" => self.only = Some(Engine::Postgres),
                _ => {}
            }
        }
        syn::visit::visit_arm(self, arm);
        self.only = before;
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        let sql = literal.value();
        let whole = match sql.split_whitespace().next() {
            Some("SELECT" | "WITH") => sql.contains(" FROM "),
            Some("INSERT" | "UPDATE" | "DELETE") => true,
            _ => false,
        };
        if whole {
            self.found.push(Statement { sql, file: self.file.clone(), only: self.only });
        }
    }
}

fn statements() -> Vec<Statement> {
    let mut finder = Finder::default();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                finder
                    .visit_file(&syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap_in(&path));
            }
        }
    }
    finder.found
}

trait In<T> {
    fn unwrap_in(self, path: &Path) -> T;
}

impl<T> In<T> for syn::Result<T> {
    fn unwrap_in(self, path: &Path) -> T {
        self.unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }
}

/// What is for this engine.
fn of(engine: Engine, all: &[Statement]) -> impl Iterator<Item = &Statement> {
    all.iter().filter(move |s| s.only.is_none_or(|only| only == engine))
}

fn refusal(engine: Engine, statement: &Statement, error: &dyn std::fmt::Display) -> String {
    format!("{engine:?}, {}: {error}\n  {}", statement.file.display(), statement.sql)
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    let all = statements();
    assert!(all.len() > 80, "only {} statements were found in the source", all.len());
    assert!(all.iter().any(|s| s.only.is_some()), "the dialects' own statements were not found");

    let dir = tempfile::tempdir().unwrap();
    Db::open(&DatabaseUrl::in_dir(dir.path())).await.unwrap().close().await;
    let path = dir.path().join("deskwise.db");
    let sqlite = rusqlite::Connection::open(path).unwrap();
    let mut wrong = Vec::new();
    for statement in of(Engine::Sqlite, &all) {
        wrong.extend(
            sqlite.prepare(&statement.sql).err().map(|error| refusal(Engine::Sqlite, statement, &error)),
        );
    }

    let url = pgtest::database();
    Db::open(&DatabaseUrl::parse(&url).unwrap()).await.unwrap().close().await;
    let mut postgres = sqlx::PgConnection::connect(&url).await.unwrap();
    for statement in of(Engine::Postgres, &all) {
        let sql = AssertSqlSafe(statement.sql.clone()).into_sql_str();
        if let Err(error) = (&mut postgres).prepare(sql).await {
            wrong.push(refusal(Engine::Postgres, statement, &error));
        }
    }

    assert!(wrong.is_empty(), "{} of {} statements:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}
