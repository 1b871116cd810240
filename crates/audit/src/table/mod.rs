//! Files as people export them, read into columns and rows of text: CSV with any usual separator, JSON, JSON lines,
//! and what help desks write. Encodings may be mixed.

mod delimited;
mod encoding;
mod json;

use std::borrow::Cow;

/// A file's rows. Every row has a cell for every column; missing ones are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub kind: Kind,
    /// Cells or lines that were not UTF-8 and were read as Windows-1252, or the whole as UTF-16.
    pub other_encoding: usize,
    /// Lines that could not be read at all.
    pub skipped: usize,
}

/// What kind of file it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Csv,
    /// One ticket a line, or an array of tickets.
    Json,
    ZendeskJson,
    ZendeskCsv,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::ZendeskJson => "Zendesk’s JSON export",
            Self::ZendeskCsv => "Zendesk’s ticket CSV",
        }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("is empty; a CSV file with column names in its first line, or JSON lines, is expected")]
    Empty,
    #[error("has column names but no rows")]
    NoRows,
    #[error("is not readable as JSON: {0}")]
    Json(String),
    #[error("is not text ({0}); a CSV or JSON file is expected")]
    Binary(&'static str),
}

/// Reads a whole file.
///
/// ```
/// let table = audit::table::read("id;question\n1;Where is my card?\n".as_bytes())?;
/// assert_eq!(table.columns, ["id", "question"]);
/// assert_eq!(table.rows[0][1], "Where is my card?");
/// # Ok::<(), audit::table::TableError>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Table, TableError> {
    for (magic, what) in [
        (&b"PK\x03\x04"[..], "a ZIP archive or spreadsheet"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"%PDF", "a PDF"),
    ] {
        if bytes.starts_with(magic) {
            return Err(TableError::Binary(what));
        }
    }
    let (whole, recoded) = encoding::whole(bytes);
    let start = whole.iter().find(|b| !b.is_ascii_whitespace());
    let mut table = match start {
        None => return Err(TableError::Empty),
        Some(b'{' | b'[') => json::read(&whole)?,
        Some(_) => delimited::read(&whole)?,
    };
    table.other_encoding += usize::from(recoded);
    if table.rows.is_empty() { Err(TableError::NoRows) } else { Ok(table) }
}

impl Table {
    /// Where a column stands, whatever the case of its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|c| c == name);
        exact.or_else(|| self.columns.iter().position(|c| c.eq_ignore_ascii_case(name.trim())))
    }

    /// The cells of a column that hold something.
    pub fn filled(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |r| r[column].as_str()).filter(|c| !c.trim().is_empty())
    }
}

/// A cell or line as text, and whether it was not UTF-8.
fn text(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    encoding::lenient(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_what_is_no_text_are_said_clearly() {
        assert_eq!(read(b""), Err(TableError::Empty));
        assert_eq!(read(b" \n\n"), Err(TableError::Empty));
        assert_eq!(read(b"id,body\n"), Err(TableError::NoRows));
        assert_eq!(read(b"[]"), Err(TableError::NoRows));
        assert!(matches!(read(b"PK\x03\x04...."), Err(TableError::Binary(_))));
        assert!(matches!(read(b"{\"a\": "), Err(TableError::Json(_))));
    }

    #[test]
    fn encodings_may_be_mixed_in_one_file() {
        let mut file = "id,body\n1,Grüße\n".as_bytes().to_vec();
        file.extend(b"2,Gr\xfc\xdfe\n");
        let table = read(&file).unwrap();
        assert_eq!((table.rows[0][1].as_str(), table.rows[1][1].as_str()), ("Grüße", "Grüße"));
        assert_eq!(table.other_encoding, 1);
        let utf16: Vec<u8> = std::iter::once(0xFEFF)
            .chain("id\tbody\n1\tGrüße\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&utf16).unwrap().rows[0], ["1", "Grüße"]);
        assert_eq!(read("\u{feff}id,body\n1,x\n".as_bytes()).unwrap().columns[0], "id");
    }
}
