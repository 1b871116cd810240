//! `deskwise import`: a history from a CSV file, as far as each row can be read.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use app::App;
use app::import::{BATCH, Imported, Importer};
use domain::import::{FIELDS, PastTicket, REQUIRED, read};

use crate::failure::Failure;
use crate::progress;

/// Bad rows that are printed one by one; the others are counted.
const SHOWN: usize = 20;

/// Import past tickets from a CSV file: no mail to anyone, and the same id is taken once
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  deskwise import tickets.csv --map requester=email --map body=description\n\n\
    Fields: id, created_at, requester and body are needed; name, subject, category, answer, reply, language,\n\
    first_reply_at, solved_at and rating are taken where the file has them. An empty answer means that no\n\
    approved answer fitted."
)]
pub(crate) struct Import {
    /// The CSV file, with column names in its first line
    file: PathBuf,
    /// Which column holds a field, where its name differs
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    map: Vec<String>,
}

impl Import {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        let map = mapping(&self.map)?;
        let file =
            File::open(&self.file).map_err(|e| Failure::failed(format!("{}: {e}", self.file.display())))?;
        let size = file.metadata().map_or(0, |m| m.len());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let columns = columns(&self.file, &mut reader, &map)?;

        let bar = progress::bytes(size, "importing");
        let mut bad = Bad::default();
        let mut importer = Importer::new(app);
        let mut total = Imported::default();
        let mut batch = Vec::with_capacity(BATCH);
        let mut record = csv::ByteRecord::new();
        loop {
            let more = reader.read_byte_record(&mut record);
            match more {
                Ok(true) => match row(&record, &columns) {
                    Ok(past) => batch.push(past),
                    Err(why) => bad.note(&bar, line(&record), &why),
                },
                Ok(false) => {}
                Err(ref error) => {
                    bad.note(&bar, error.position().map_or(0, csv::Position::line), &error.to_string());
                }
            }
            let ended = matches!(more, Ok(false)) || matches!(&more, Err(e) if e.is_io_error());
            if batch.len() == BATCH || ended {
                total += importer.write(std::mem::take(&mut batch)).await?;
                bar.set_position(reader.position().byte());
            }
            if ended {
                break;
            }
        }
        bar.finish_and_clear();
        println!("{} imported, {} already here, {} not readable", total.added, total.known, bad.count);
        if bad.count > SHOWN {
            eprintln!("only the first {SHOWN} unreadable rows were named");
        }
        if bad.count > 0 && total == Imported::default() {
            return Err(Failure::failed("no row could be imported"));
        }
        Ok(())
    }
}

/// Rows that could not be read, named by their line as long as there are few.
#[derive(Default)]
struct Bad {
    count: usize,
}

impl Bad {
    fn note(&mut self, bar: &indicatif::ProgressBar, line: u64, why: &str) {
        self.count += 1;
        if self.count <= SHOWN {
            bar.suspend(|| eprintln!("line {line}: {why}"));
        }
    }
}

fn line(record: &csv::ByteRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

/// Reads `--map FIELD=COLUMN`.
fn mapping(map: &[String]) -> Result<HashMap<&'static str, String>, Failure> {
    map.iter()
        .map(|pair| {
            let (field, column) = pair
                .split_once('=')
                .ok_or_else(|| Failure::usage(format!("--map {pair:?} is not of the form FIELD=COLUMN")))?;
            let field = FIELDS.iter().find(|known| **known == field).ok_or_else(|| {
                Failure::usage(format!(
                    "--map {pair:?}: there is no field {field:?}; the fields are {}",
                    FIELDS.join(", ")
                ))
            })?;
            Ok((*field, column.to_owned()))
        })
        .collect()
}

/// Where each field stands in a row.
fn columns(
    file: &Path,
    reader: &mut csv::Reader<File>,
    map: &HashMap<&'static str, String>,
) -> Result<HashMap<&'static str, usize>, Failure> {
    let headers = reader.byte_headers().map_err(|e| Failure::failed(format!("{}: {e}", file.display())))?;
    let names: Vec<String> = headers
        .iter()
        .map(|h| String::from_utf8_lossy(h).trim_start_matches('\u{feff}').trim().to_owned())
        .collect();
    let mut columns = HashMap::new();
    for field in FIELDS {
        let wanted = map.get(field).map_or(*field, String::as_str);
        if let Some(at) = names.iter().position(|name| name.eq_ignore_ascii_case(wanted)) {
            columns.insert(*field, at);
        } else if map.contains_key(field) || REQUIRED.contains(field) {
            return Err(Failure::failed(format!(
                "{}: there is no column {wanted:?} for {field}; the columns are {}; say which with --map {field}=COLUMN",
                file.display(),
                names.join(", ")
            )));
        }
    }
    Ok(columns)
}

fn row(record: &csv::ByteRecord, columns: &HashMap<&'static str, usize>) -> Result<PastTicket, String> {
    let mut cells: HashMap<&'static str, &str> = HashMap::new();
    for (&field, &at) in columns {
        let bytes =
            record.get(at).ok_or_else(|| format!("has {} cells; {field} is missing", record.len()))?;
        let text = std::str::from_utf8(bytes).map_err(|_| format!("{field}: is not UTF-8 text"))?;
        cells.insert(field, text);
    }
    read(|field| cells.get(field).copied())
        .map_err(|bad| bad.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}
