//! Finding and running PostgreSQL's own programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The directory with `initdb` and `pg_ctl`: Debian keeps them out of PATH, newest version first.
pub(crate) fn server_directory() -> Result<PathBuf, String> {
    let found = debian_directories().into_iter().chain(path_directories()).find(|dir| has_server(dir));
    // A link into another directory would not have its neighbours beside it.
    let real = found.and_then(|dir| fs::canonicalize(dir.join("initdb")).ok());
    real.and_then(|initdb| initdb.parent().map(Path::to_path_buf)).ok_or_else(|| {
        "PostgreSQL's programs (initdb, pg_ctl) were not found; install them (Debian: apt-get install postgresql) \
         or name a server in DESKWISE_TEST_POSTGRES"
            .to_owned()
    })
}

/// `psql`, beside the server where there is one, else whatever PATH finds.
pub(crate) fn psql() -> PathBuf {
    server_directory()
        .map(|dir| dir.join("psql"))
        .ok()
        .filter(|p| p.exists())
        .unwrap_or_else(|| "psql".into())
}

fn has_server(dir: &Path) -> bool {
    dir.join("initdb").exists() && dir.join("pg_ctl").exists()
}

fn debian_directories() -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir("/usr/lib/postgresql") else { return vec![] };
    let mut versions: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    let number = |path: &PathBuf| path.file_name().and_then(|n| n.to_str()?.parse::<u32>().ok()).unwrap_or(0);
    versions.sort_by_key(|path| std::cmp::Reverse(number(path)));
    versions.into_iter().map(|version| version.join("bin")).collect()
}

fn path_directories() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// Runs a program to its end; what it says on failure becomes the error.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|e| format!("{program} did not start: {e}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(format!("{program} ended with {}: {said}", output.status))
}
