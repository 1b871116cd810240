//! What commands that read files and write reports share: tables in, JSON and text out, with clear failures.

use std::io::Write;
use std::path::Path;

use audit::table::{self, Table};
use serde::Serialize;

use crate::failure::Failure;

/// Reads a file of rows.
pub(crate) fn table(file: &Path) -> Result<Table, Failure> {
    let bytes = std::fs::read(file).map_err(|e| Failure::failed(format!("{}: {e}", file.display())))?;
    table::read(&bytes).map_err(|e| Failure::failed(format!("{}: {e}", file.display())))
}

pub(crate) fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map_err(|e| Failure::failed(format!("cannot write JSON: {e}")))
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|e| Failure::failed(format!("{}: {e}", path.display())))
}

/// A line or more on standard output. Whoever closes it early has read enough.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::failed(format!("standard output: {e}")))
        }
        _ => Ok(()),
    }
}

/// An option's value that lies between 0 and 1.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value < 1.0 => Ok(value),
        _ => Err("a number between 0 and 1 is expected, like 0.95".to_owned()),
    }
}
