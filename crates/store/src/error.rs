//! What can go wrong with the database, and which of it is worth trying again.

/// An error of the store. `Display` is one line an operator can act on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("{0:?} is not a database address; expected sqlite:PATH or postgres://USER@HOST/NAME")]
    BadUrl(String),
    #[error("cannot open the database at {place}: {why}")]
    Open { place: String, why: String },
    #[error(
        "the database was written by a newer version (schema {found}, this version knows up to {known}); use the newer binary or restore a backup"
    )]
    NewerSchema { found: i64, known: i64 },
    #[error("migration {number} failed: {why}")]
    Migration { number: i64, why: String },
    /// A stored row that cannot be read.
    #[error("cannot read column {column} of a stored row{id}: {why}")]
    Unreadable { column: String, id: String, why: String },
    #[error("nothing was changed by: {0}")]
    NoRow(String),
    /// A uniqueness rule of the schema was hit; `what` is the engine's description.
    #[error("already exists: {what}")]
    Duplicate {
        what: String,
        /// Whether it is a primary key on PostgreSQL, and so most likely two replicas that drew the same id.
        key: bool,
    },
    /// Seen by a caller only after many attempts in a row.
    #[error("a change lost too many races: {0}")]
    Race(String),
    #[error("the disk is full; nothing of this change was kept")]
    Full,
    /// Why a backup was not taken or not restored.
    #[error("{0}")]
    Backup(String),
    #[error("the database is closing")]
    Closed,
    /// Changes that were to be made durable together were not.
    #[error("the changes were not kept: {0}")]
    Commit(String),
    #[error(transparent)]
    Engine(#[from] sqlx::Error),
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

impl Error {
    /// Translates SQLite's error into ours where we know more.
    pub(crate) fn from_sqlite(error: rusqlite::Error) -> Self {
        use rusqlite::ffi;
        let code = error.sqlite_error().map(|e| e.extended_code);
        match code {
            Some(
                ffi::SQLITE_CONSTRAINT_UNIQUE
                | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                | ffi::SQLITE_CONSTRAINT_ROWID,
            ) => Self::Duplicate { what: error.to_string(), key: false },
            Some(ffi::SQLITE_FULL) => Self::Full,
            _ => Self::Sqlite(error),
        }
    }

    /// Translates PostgreSQL's error into ours where we know more.
    pub(crate) fn from_engine(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(db) = &error {
            let code = db.code().unwrap_or_default();
            if db.is_unique_violation() {
                let key = db.constraint().is_some_and(|name| name.ends_with("_pkey"));
                return Self::Duplicate { what: db.message().to_owned(), key };
            }
            // disk_full
            if code == "53100" {
                return Self::Full;
            }
        }
        Self::Engine(error)
    }

    /// Whether running the same closure again may succeed: serialization failures, deadlocks, and an id that
    /// another replica drew as well.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Engine(sqlx::Error::Database(db)) => {
                matches!(db.code().as_deref(), Some("40001" | "40P01"))
            }
            Self::Duplicate { key, .. } => *key,
            Self::Race(_) => true,
            _ => false,
        }
    }
}
