//! Everything in which the two engines differ: types in the schema, claiming jobs, full-text search.

use crate::Db;

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
    /// A migration in this engine's words.
    pub(crate) fn schema(self, sql: &str) -> String {
        match self {
            // Anything but INTEGER PRIMARY KEY would be a second index beside the row id.
            Self::Sqlite => {
                sql.replace(" BYTES", " BLOB").replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY")
            }
            Self::Postgres => sql.replace(" BYTES", " BYTEA"),
        }
    }

    /// The index of tickets by their words. It holds no text of its own.
    pub(crate) fn search_schema(self) -> &'static str {
        match self {
            Self::Sqlite => {
                // Words come folded and separated by spaces; nothing is left for the tokenizer to decide.
                "CREATE VIRTUAL TABLE ticket_words USING fts5 (words, content='', contentless_delete=1, \
                 detail=none, tokenize='ascii')"
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
                "INSERT INTO ticket_words (id, words) VALUES ($1, array_to_tsvector(string_to_array($2, ' '))) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words"
            }
        }
    }

    /// The newest ids (as `id`) of tickets with the words `$1`, after `$2` and before `$3`, at most `$4`.
    pub(crate) fn find_newest(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT rowid AS id FROM ticket_words WHERE ticket_words MATCH $1 AND rowid > $2 AND rowid < $3 \
                 ORDER BY rowid DESC LIMIT $4"
            }
            Self::Postgres => {
                "SELECT id FROM ticket_words WHERE words @@ CAST($1 AS tsquery) AND id > $2 AND id < $3 \
                 ORDER BY id DESC LIMIT $4"
            }
        }
    }

    /// Like [`Self::find_newest`], the oldest.
    pub(crate) fn find_oldest(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT rowid AS id FROM ticket_words WHERE ticket_words MATCH $1 AND rowid > $2 AND rowid < $3 \
                 ORDER BY rowid LIMIT $4"
            }
            Self::Postgres => {
                "SELECT id FROM ticket_words WHERE words @@ CAST($1 AS tsquery) AND id > $2 AND id < $3 \
                 ORDER BY id LIMIT $4"
            }
        }
    }

    /// Folded words as this engine's query: all must occur, one that is a `beginning` as the beginning of a word.
    pub(crate) fn words_query(self, words: &[String], beginning: Option<&str>) -> String {
        let (open, close, and) = match self {
            Self::Sqlite => ("\"", "\"*", " "),
            Self::Postgres => ("'", "':*", " & "),
        };
        let mut all: Vec<String> = words.iter().map(|w| format!("{open}{w}{open}")).collect();
        all.extend(beginning.map(|w| format!("{open}{w}{close}")));
        all.join(and)
    }

    /// A whole number that stands in the list `$n`, written with commas.
    pub(crate) fn among(self, column: &str, n: usize) -> String {
        match self {
            Self::Sqlite => format!("{column} IN (SELECT value FROM json_each('[' || ${n} || ']'))"),
            Self::Postgres => format!("{column} = ANY(CAST(string_to_array(${n}, ',') AS BIGINT[]))"),
        }
    }

    /// Waits for whoever changes a switch, before [`Self::read_switches`] and in the order of asking: row locks alone
    /// would let many who decide keep out the one who switches.
    pub(crate) fn queue_for_switches(self, alone: bool) -> Option<&'static str> {
        match (self, alone) {
            // There is one writer.
            (Self::Sqlite, _) => None,
            (Self::Postgres, false) => Some("SELECT pg_advisory_xact_lock_shared(7391265)"),
            (Self::Postgres, true) => Some("SELECT pg_advisory_xact_lock(7391265)"),
        }
    }

    /// How often a switch was changed, which does not change until the transaction ends. One that began before the
    /// last change is run again.
    pub(crate) fn read_switches(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT next FROM counters WHERE name = 'switches'",
            Self::Postgres => "SELECT next FROM counters WHERE name = 'switches' FOR SHARE",
        }
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
