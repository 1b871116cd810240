//! Database addresses: an unknown one is refused, not guessed.

use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Which engine, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads `sqlite:PATH` or `postgres://…`.
    pub fn parse(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches("//").is_empty() => {
                Ok(Self::Sqlite(PathBuf::from(path.strip_prefix("//").unwrap_or(path))))
            }
            _ => Err(Error::BadUrl(url.to_owned())),
        }
    }

    /// The embedded default inside a data directory.
    pub fn in_dir(dir: &Path) -> Self {
        Self::Sqlite(dir.join("deskwise.db"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_engines_are_accepted() {
        assert_eq!(DatabaseUrl::parse("sqlite:/x/y.db").unwrap(), DatabaseUrl::Sqlite("/x/y.db".into()));
        assert_eq!(DatabaseUrl::parse("sqlite://y.db").unwrap(), DatabaseUrl::Sqlite("y.db".into()));
        assert!(matches!(DatabaseUrl::parse("postgres://u@h/d").unwrap(), DatabaseUrl::Postgres(_)));
        for bad in ["", "mysql://h/d", "sqlite:", "deskwise.db"] {
            assert!(matches!(DatabaseUrl::parse(bad), Err(Error::BadUrl(_))), "{bad}");
        }
    }
}
