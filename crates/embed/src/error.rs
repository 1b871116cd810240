//! What can be wrong with a model directory, in words that name the file and what would be right.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The one error type of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the directory is missing or cannot be read.
    #[error(
        "{}: cannot be read ({source}); a sentence-transformers directory has config.json, tokenizer.json and model.safetensors", file.display()
    )]
    #[expect(missing_docs, reason = "the message says it all")]
    Unreadable { file: PathBuf, source: std::io::Error },
    /// A file was read, but does not hold what an encoder needs; `what` says what was found.
    #[error("{}: {what}", file.display())]
    #[expect(missing_docs, reason = "the message says it all")]
    Odd { file: PathBuf, what: String },
}

impl Error {
    pub(crate) fn odd(file: &Path, what: impl Into<String>) -> Self {
        Self::Odd { file: file.to_owned(), what: what.into() }
    }
}

/// A file's bytes, if there are no more than `most`.
pub(crate) fn read(file: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let unreadable = |source| Error::Unreadable { file: file.to_owned(), source };
    let opened = File::open(file).map_err(unreadable)?;
    let mut bytes = Vec::new();
    opened.take(most + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(Error::odd(file, format!("is longer than {most} bytes, more than such a file ever is")));
    }
    Ok(bytes)
}
