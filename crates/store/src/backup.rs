//! Backups: one SQLite file with everything in it, taken while servers run, restored into either engine.
//!
//! From SQLite it is the engine's own consistent copy; from PostgreSQL the rows of one snapshot. The index of
//! words is not copied between engines but made again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::TicketId;

use crate::arg::args;
use crate::db::Shared;
use crate::many::{chunks, values};
use crate::{Arg, DatabaseUrl, Db, Error, Read, Result, Row, Tx, migrate, search, sqlite};

/// Rows read and written together.
const ROWS: i64 = 256;

/// Is told which table is being copied.
pub type Told = Arc<dyn Fn(&str) + Send + Sync>;

/// Writes a backup to `file`, which must not exist yet.
pub async fn to_file(db: &Db, file: &Path, told: Told) -> Result<()> {
    if file.exists() {
        return Err(Error::Backup(format!("{} exists already; choose another name", file.display())));
    }
    let part = with_suffix(file, ".part");
    remove(&part)?;
    match db {
        Db::Sqlite(_) => {
            told("everything");
            let mut reader = db;
            reader.all("VACUUM INTO $1", args![part.to_string_lossy().into_owned()]).await?;
        }
        Db::Postgres(_) => {
            let copy = Db::open(&DatabaseUrl::Sqlite(part.clone())).await?;
            copy_all(db, &copy, told).await?;
            copy.close().await;
        }
    }
    keep(&part, file)
}

/// Restores a backup into a database that holds nothing yet.
pub async fn from_file(file: &Path, target: &DatabaseUrl, told: Told) -> Result<()> {
    if !file.is_file() {
        return Err(Error::Backup(format!("{} is no file", file.display())));
    }
    match target {
        DatabaseUrl::Sqlite(path) => {
            if path.exists() {
                return Err(Error::Backup(format!(
                    "{} exists already; restore into an empty place",
                    path.display()
                )));
            }
            told("everything");
            let part = with_suffix(path, ".part");
            copy_file(file, &part)?;
            // Brings an older backup up to date, and refuses a newer one before anything bears the name.
            let db = open_backup(&part).await?;
            let unsound = crate::check::unsound(&db).await?;
            db.close().await;
            match unsound.first() {
                None => keep(&part, path),
                Some(why) => Err(Error::Backup(format!("{} is damaged: {why}", file.display()))),
            }
        }
        DatabaseUrl::Postgres(_) => {
            let dir = tempdir(file)?;
            let part = dir.join("backup.db");
            copy_file(file, &part)?;
            let restored = into_postgres(&part, target, told).await;
            drop(std::fs::remove_dir_all(&dir));
            restored
        }
    }
}

async fn into_postgres(part: &Path, target: &DatabaseUrl, told: Told) -> Result<()> {
    let source = open_backup(part).await?;
    let db = Db::open(target).await?;
    for table in ["events", "users", "tickets", "settings", "answers"] {
        let mut reader = &db;
        if !reader.all_built(format!("SELECT 1 AS one FROM {table} LIMIT 1"), vec![]).await?.is_empty() {
            return Err(Error::Backup(format!(
                "the database holds {table} already; restore into an empty one"
            )));
        }
    }
    copy_all(&source, &db, told).await?;
    source.close().await;
    db.close().await;
    Ok(())
}

/// Opens a copy of a backup, after making sure that it is one.
async fn open_backup(part: &Path) -> Result<Db> {
    let shared = Arc::new(Shared::new());
    let raw = Db::Sqlite(sqlite::Sqlite::open(part, shared).await?);
    let mut reader = &raw;
    let sql = "SELECT version FROM schema_version";
    let known = reader.optional(sql, vec![]).await;
    raw.close().await;
    match known {
        Ok(Some(_)) => Db::open(&DatabaseUrl::Sqlite(part.to_owned())).await,
        Ok(None) => Err(Error::Backup("the file is a database, but no backup of Deskwise".into())),
        Err(error) if error.to_string().contains("no such table") => {
            Err(Error::Backup("the file is a database, but no backup of Deskwise".into()))
        }
        Err(error) => Err(Error::Backup(format!("the file cannot be read as a backup: {error}"))),
    }
}

/// Copies every row in one transaction; one of the two is `SQLite`, which knows its columns.
async fn copy_all(source: &Db, target: &Db, told: Told) -> Result<()> {
    let tables = tables(if matches!(source, Db::Sqlite(_)) { source } else { target }).await?;
    let (source, tables) = (source.clone(), Arc::new(tables));
    target
        .write(move |tx| {
            let (source, tables, told) = (source.clone(), tables.clone(), told.clone());
            Box::pin(async move {
                let mut snapshot = Snapshot::of(&source).await?;
                // The only rows that a fresh schema brings along.
                tx.execute("DELETE FROM categories", vec![]).await?;
                tx.execute("DELETE FROM counters", vec![]).await?;
                for table in tables.iter() {
                    told(&table.name);
                    copy_table(&mut snapshot, table, tx).await?;
                }
                told("words");
                index_all(tx).await
            })
        })
        .await
}

/// A table with the names and declared types of its columns.
#[derive(Debug)]
struct Table {
    name: String,
    columns: Vec<(String, String)>,
}

/// In the order in which they refer to each other.
async fn tables(mut sqlite: &Db) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for name in migrate::tables() {
        let rows = sqlite.all_built(format!("PRAGMA table_info({name})"), vec![]).await?;
        let columns =
            rows.iter().map(|row| Ok((row.text("name")?, row.text("type")?))).collect::<Result<_>>()?;
        tables.push(Table { name, columns });
    }
    Ok(tables)
}

/// Rows as they all were at one moment.
enum Snapshot<'d> {
    Sqlite(&'d Db),
    Postgres(Box<Tx>),
}

impl<'d> Snapshot<'d> {
    async fn of(db: &'d Db) -> Result<Self> {
        match db {
            Db::Sqlite(_) => Ok(Self::Sqlite(db)),
            Db::Postgres(postgres) => Ok(Self::Postgres(Box::new(postgres.snapshot().await?))),
        }
    }

    /// The next rows of a table, none when all were given.
    async fn next(&mut self, table: &Table, after: &mut i64) -> Result<Vec<Row>> {
        let name = &table.name;
        match self {
            Self::Sqlite(db) => {
                let mut reader: &Db = db;
                let sql =
                    format!("SELECT rowid AS place, * FROM {name} WHERE rowid > $1 ORDER BY rowid LIMIT $2");
                let rows = reader.all_built(sql, args![*after, ROWS]).await?;
                if let Some(last) = rows.last() {
                    *after = last.int("place")?;
                }
                Ok(rows)
            }
            Self::Postgres(tx) => {
                if *after < 0 {
                    let sql = format!("DECLARE copy_{name} NO SCROLL CURSOR FOR SELECT * FROM {name}");
                    tx.execute_built(sql, vec![]).await?;
                    *after = 0;
                }
                tx.all_built(format!("FETCH FORWARD {ROWS} FROM copy_{name}"), vec![]).await
            }
        }
    }
}

async fn copy_table(from: &mut Snapshot<'_>, table: &Table, to: &mut Tx) -> Result<()> {
    let mut after = -1;
    let mut later = Vec::new();
    loop {
        let rows = from.next(table, &mut after).await?;
        if rows.is_empty() {
            break;
        }
        let mut now = Vec::new();
        for row in &rows {
            let values = read(row, table)?;
            // A category goes in after its parent; there are two levels.
            let child = table.name == "categories" && row.opt_int("parent_id")?.is_some();
            if child { later.push(values) } else { now.push(values) }
        }
        insert(to, table, &now).await?;
    }
    insert(to, table, &later).await
}

fn read(row: &Row, table: &Table) -> Result<Vec<Arg>> {
    let read_one = |(name, kind): &(String, String)| match kind.as_str() {
        "BIGINT" | "INTEGER" => Ok(Arg::Int(row.opt_int(name)?)),
        "DOUBLE PRECISION" => Ok(Arg::Real(row.opt_real(name)?)),
        "BOOLEAN" => Ok(Arg::Bool(row.opt_bool(name)?)),
        "BLOB" => Ok(Arg::Bytes(row.opt_bytes(name)?)),
        _ => Ok(Arg::Text(row.opt_text(name)?)),
    };
    table.columns.iter().map(read_one).collect()
}

async fn insert(to: &mut Tx, table: &Table, rows: &[Vec<Arg>]) -> Result<()> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
    for some in chunks(rows) {
        let sql = format!(
            "INSERT INTO {} ({}) VALUES {}",
            table.name,
            names.join(", "),
            values(some.len(), names.len())
        );
        to.execute_built(sql, some.concat()).await?;
    }
    Ok(())
}

async fn index_all(tx: &mut Tx) -> Result<()> {
    let mut after = TicketId(0);
    loop {
        let sql = "SELECT id FROM tickets WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = tx.all(sql, args![after, ROWS]).await?;
        for row in &rows {
            after = row.id("id")?;
            search::index_again(tx, after).await?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error {
    let place = path.display().to_string();
    move |error| match error.kind() {
        std::io::ErrorKind::StorageFull => Error::Full,
        _ => Error::Backup(format!("{place}: {error}")),
    }
}

fn copy_file(from: &Path, to: &Path) -> Result<()> {
    remove(to)?;
    if let Some(dir) = to.parent() {
        std::fs::create_dir_all(dir).map_err(failed(dir))?;
    }
    std::fs::copy(from, to).map_err(failed(from))?;
    Ok(())
}

fn remove(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let path = with_suffix(path, suffix);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(&path)(error)),
            _ => {}
        }
    }
    Ok(())
}

/// Makes what was written durable and gives it its name, so that half a file never bears it.
fn keep(part: &Path, file: &Path) -> Result<()> {
    std::fs::File::open(part).and_then(|f| f.sync_all()).map_err(failed(part))?;
    std::fs::rename(part, file).map_err(failed(file))?;
    if let Some(dir) = file.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        std::fs::File::open(dir).and_then(|d| d.sync_all()).map_err(failed(dir))?;
    }
    Ok(())
}

/// A place for a copy that may be brought up to date, beside nothing of the operator's.
fn tempdir(file: &Path) -> Result<PathBuf> {
    let dir = std::env::temp_dir().join(format!("deskwise-restore-{:016x}", rand::random::<u64>()));
    std::fs::create_dir(&dir).map_err(failed(file))?;
    Ok(dir)
}
