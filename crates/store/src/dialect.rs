//! Everything in which the two engines differ: types in the schema, claiming jobs, full-text search.

use crate::{Arg, Db};

/// Which SQL a statement is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Db {
    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
}

impl Dialect {
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// A migration in this engine's words.
    pub(crate) fn schema(self, sql: &str) -> String {
        match self {
            // Anything but INTEGER PRIMARY KEY would be a second index beside the row id.
            Self::Sqlite => sql.replace(" BYTES", " BLOB").replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY"),
            Self::Postgres => sql.replace(" BYTES", " BYTEA"),
        }
    }

    /// The index of tickets by their words. It holds no text of its own.
    pub(crate) fn search_schema(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "CREATE VIRTUAL TABLE ticket_words USING fts5 (words, content='', contentless_delete=1, \
                 tokenize='unicode61 remove_diacritics 2')"
            }
            Self::Postgres => {
                "CREATE TABLE ticket_words (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL); \
                 CREATE INDEX ticket_words_words ON ticket_words USING gin (words)"
            }
        }
    }

    /// Puts a ticket into the index, in place of what was there: `$1` its id, `$2` its words.
    pub(crate) fn index_ticket(self) -> &'static str {
        match self {
            Self::Sqlite => "INSERT OR REPLACE INTO ticket_words (rowid, words) VALUES ($1, $2)",
            Self::Postgres => {
                "INSERT INTO ticket_words (id, words) VALUES ($1, to_tsvector('simple', $2)) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words"
            }
        }
    }

    /// The user's words as this engine's query: every word must occur, the last one may be a beginning. `None`
    /// when there is nothing to search for.
    pub(crate) fn search_words(self, text: &str) -> Option<Arg> {
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(12).collect();
        let (last, rest) = words.split_last()?;
        let query = match self {
            Self::Sqlite => {
                let mut all: Vec<String> = rest.iter().map(|w| format!("\"{w}\"")).collect();
                all.push(format!("\"{last}\"*"));
                all.join(" ")
            }
            Self::Postgres => {
                let mut all: Vec<String> = rest.iter().map(|w| (*w).to_lowercase()).collect();
                all.push(format!("{}:*", last.to_lowercase()));
                all.join(" & ")
            }
        };
        Some(Arg::from(query))
    }

    /// Leases up to `$1` due jobs until `$2`; `$3` is now.
    pub(crate) fn claim_jobs(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "UPDATE jobs SET lease_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM jobs \
                 WHERE dead_at IS NULL AND run_at <= $3 AND (lease_until IS NULL OR lease_until < $3) \
                 ORDER BY run_at, id LIMIT $1) RETURNING *"
            }
            Self::Postgres => {
                "UPDATE jobs SET lease_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM jobs \
                 WHERE dead_at IS NULL AND run_at <= $3 AND (lease_until IS NULL OR lease_until < $3) \
                 ORDER BY run_at, id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING *"
            }
        }
    }
}
