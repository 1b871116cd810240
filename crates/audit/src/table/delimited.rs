//! CSV in its dialects: comma, semicolon, tab or bar.

use csv::ByteRecord;

use super::{Kind, Table, TableError, text};

pub(super) fn read(bytes: &[u8]) -> Result<Table, TableError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let mut table = Table::default();
    let mut record = ByteRecord::new();
    loop {
        // Reading from memory, a record fails for no other reason than itself.
        match reader.read_byte_record(&mut record) {
            Ok(true) => take(&mut table, &record),
            Ok(false) => break,
            Err(_) => table.skipped += 1,
        }
    }
    if table.columns.is_empty() {
        return Err(TableError::Empty);
    }
    if is_zendesk(&table) {
        table.kind = Kind::ZendeskCsv;
    }
    Ok(table)
}

fn take(table: &mut Table, record: &ByteRecord) {
    if record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
        return;
    }
    let mut cells = Vec::with_capacity(record.len().max(table.columns.len()));
    let mut other = 0;
    for cell in record {
        let (cell, recoded) = text(cell);
        other += usize::from(recoded);
        cells.push(cell.into_owned());
    }
    table.other_encoding += other;
    if table.columns.is_empty() {
        table.columns = cells
            .into_iter()
            .enumerate()
            .map(|(i, name)| match name.trim() {
                "" => format!("column {}", i + 1),
                name => name.to_owned(),
            })
            .collect();
    } else {
        // Cells beyond the header have no name; those short of it are empty.
        cells.resize(table.columns.len(), String::new());
        table.rows.push(cells);
    }
}

/// The separator that stands most often outside quotes in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    const LOOK: usize = 20_000;
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    for &b in bytes.iter().take(LOOK) {
        match b {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && counts.iter().any(|c| c.1 > 0) => break,
            _ if quoted => {}
            b => counts.iter_mut().filter(|c| c.0 == b).for_each(|c| c.1 += 1),
        }
    }
    counts.iter().rev().max_by_key(|c| c.1).filter(|c| c.1 > 0).map_or(b',', |c| c.0)
}

fn is_zendesk(table: &Table) -> bool {
    ["Requester", "Assignee", "Subject", "Created at", "Status", "Via"]
        .iter()
        .filter(|wanted| table.columns.iter().any(|c| c.eq_ignore_ascii_case(wanted)))
        .count()
        >= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_recognised() {
        for separator in [",", ";", "\t", "|"] {
            let file = ["id", "\"a,b;c\"", "body"].join(separator) + "\n" + &["1", "2", "x"].join(separator);
            let table = read(file.as_bytes()).unwrap();
            assert_eq!(table.columns, ["id", "a,b;c", "body"], "{separator:?}");
        }
        assert_eq!(read(b"question\nWhere?\n").unwrap().rows, [["Where?"]]);
    }

    #[test]
    fn rows_of_any_length_fit() {
        let table = read(b"a,b,\n1\n1,2,3,4\n,,\n\n\"open\n").unwrap();
        assert_eq!(table.columns, ["a", "b", "column 3"]);
        assert!(table.rows.iter().all(|r| r.len() == 3));
        assert_eq!(table.rows.len(), 3);
    }

    #[test]
    fn zendesk_is_recognised() {
        let file = b"\"Id\",\"Requester\",\"Assignee\",\"Subject\",\"Status\",\"Via\",\"Created at\"\n1,a,b,c,d,e,f\n";
        assert_eq!(read(file).unwrap().kind, Kind::ZendeskCsv);
    }
}
