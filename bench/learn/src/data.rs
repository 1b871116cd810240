//! The data sets, read in place.

use std::path::PathBuf;

use learn::Row;

/// Where the data lie: `DESKWISE_DATA`, or beside the repository.
pub(crate) fn folder() -> PathBuf {
    std::env::var_os("DESKWISE_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    )
}

/// Rows of files with the columns text and label, in which `oos` stands for no label; ids go on from `first`.
pub(crate) fn questions(files: &[&str], first: i64) -> Result<Vec<Row>, csv::Error> {
    let mut rows = Vec::new();
    for file in files {
        for record in csv::Reader::from_path(folder().join(file))?.into_deserialize() {
            let (text, label): (String, String) = record?;
            let label = (label != "oos").then_some(label.as_str());
            rows.push(Row::new(first + rows.len() as i64, text, label));
        }
    }
    Ok(rows)
}

/// The month's tickets with their time and requester.
pub(crate) fn month() -> Result<Vec<Row>, csv::Error> {
    let mut rows = Vec::new();
    for record in csv::Reader::from_path(folder().join("month/tickets.csv"))?.into_records() {
        let record = record?;
        let field = |i: usize| record.get(i).unwrap_or_default();
        let answer = Some(field(5)).filter(|a| !a.is_empty());
        let id = field(0).parse().unwrap_or(0);
        let mut row = Row::new(id, learn::normalise(None, field(3)), answer);
        row.group = field(2).bytes().fold(0, |h, b| h * 31 % 0xFFFF_FFFF_FFC5 + u64::from(b));
        row.at = millis(field(1));
        rows.push(row);
    }
    Ok(rows)
}

/// "2026-09-01T00:07:13+00:00", all of one month, as milliseconds within the month.
fn millis(time: &str) -> Option<i64> {
    let part = |from: usize, to: usize| time.get(from..to)?.parse::<i64>().ok();
    Some((((part(8, 10)? * 24 + part(11, 13)?) * 60 + part(14, 16)?) * 60 + part(17, 19)?) * 1_000)
}

/// Lines of xSID with their language code.
pub(crate) fn languages() -> Result<Vec<(String, String)>, csv::Error> {
    let mut lines = Vec::new();
    for record in csv::Reader::from_path(folder().join("xsid/test.csv"))?.into_records() {
        let record = record?;
        lines.push((record[0].to_owned(), record[1].to_owned()));
    }
    Ok(lines)
}
