//! The demo begins anew each time, and only where nothing but an earlier demo lies.

use std::path::Path;

use app::App;
use store::DatabaseUrl;

use crate::failure::Failure;
use crate::place::Place;

/// Marks a directory as the demo's own.
const MARK: &str = "demo.txt";
const MARK_TEXT: &str =
    "The data of `deskwise demo`. It is made anew each time; this directory may be deleted.\n";

/// Removes an earlier demo's data, and refuses a directory that holds anything else.
pub(crate) fn clear(place: &Place) -> Result<(), Failure> {
    let dir = &place.data;
    let failed = |e: std::io::Error| Failure::failed(format!("{}: {e}", dir.display()));
    std::fs::create_dir_all(dir).map_err(failed)?;
    let mark = dir.join(MARK);
    if !mark.exists() {
        if std::fs::read_dir(dir).map_err(failed)?.next().is_some() {
            return Err(Failure::failed(format!(
                "{} holds something that is not the demo's; give it a directory of its own with --data",
                dir.display()
            )));
        }
        std::fs::write(&mark, MARK_TEXT).map_err(failed)?;
    }
    if let DatabaseUrl::Sqlite(database) = &place.database
        && database.parent() == Some(dir.as_path())
    {
        remove_database(database).map_err(failed)?;
    }
    Ok(())
}

fn remove_database(database: &Path) -> std::io::Result<()> {
    for end in ["", "-wal", "-shm"] {
        let mut path = database.as_os_str().to_owned();
        path.push(end);
        match std::fs::remove_file(Path::new(&path)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

/// A database elsewhere is never emptied: it must be empty.
pub(crate) async fn refuse_real_data(app: &App) -> Result<(), Failure> {
    if !app::accounts::people::list(app).await?.is_empty() || app::tickets::any(app).await? {
        return Err(Failure::failed(
            "the database already holds tickets or people; give the demo an empty one",
        ));
    }
    Ok(())
}
