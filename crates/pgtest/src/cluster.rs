//! Starting, sharing and ending the cluster.
//!
//! Test runners start a process per test, so the cluster belongs to no process. Everyone who uses it holds a
//! shared lock on `users` for as long as the process lives (the kernel lets go even after SIGKILL). A small
//! watchdog tries to get that lock alone; when it does twice in a row, nobody is left, and it stops the server and
//! deletes what is in `server/`. Starting happens under the lock `start`, so that one process does it.

use std::fs::{self, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::programs::{output, server_directory};

const USER: &str = "deskwise";
/// Durability is given up, because the data lives for minutes; the rest keeps many small clusters cheap.
const SETTINGS: &str = "fsync=off synchronous_commit=off full_page_writes=off max_connections=400 \
                        shared_buffers=48MB max_wal_size=256MB autovacuum_naptime=10min unix_socket_directories=''";
/// Runs until nobody has held the lock at two looks in a row. `$0` is the directory, `$1` is `pg_ctl` and `$2` how
/// long to wait between looks. What the lock guards is re-made by the next process that wants a cluster.
const WATCHDOG: &str = r#"
idle=0
while [ "$idle" -lt 2 ]; do
  sleep "$2"
  if flock --nonblock "$0/users" true; then idle=$((idle + 1)); else idle=0; fi
done
exec flock "$0/users" sh -c '"$1" -D "$0/server/data" -m immediate stop; rm -rf "$0/server/"*' "$0" "$1"
"#;
const SECONDS_BETWEEN_LOOKS: &str = "15";

/// A running server and the right to use it.
#[derive(Debug)]
pub struct Cluster {
    /// `postgres://user:password@host:port/`, to which a database's name is added.
    base: String,
    dir: PathBuf,
    _user: File,
}

/// Who the server runs as: it refuses to be root.
#[derive(Debug, Clone, Copy)]
struct Account {
    uid: u32,
    gid: u32,
}

impl Cluster {
    /// Joins the run's cluster, starting it if need be.
    pub(crate) fn join() -> Result<Self, String> {
        let dir = directory()?;
        let user = open(&dir.join("users"))?;
        user.lock_shared().map_err(|e| format!("{}: {e}", dir.display()))?;
        let base = match std::env::var("DESKWISE_TEST_POSTGRES") {
            Ok(given) => base_of(&given)?,
            Err(_) => started(&dir)?,
        };
        Ok(Self { base, dir, _user: user })
    }

    pub(crate) fn address(&self, database: &str) -> String {
        let (server, options) = self.base.split_once('?').unwrap_or((&self.base, ""));
        let mark = if options.is_empty() { "" } else { "?" };
        format!("{server}{database}{mark}{options}")
    }

    pub(crate) fn lock_templates(&self) -> Option<File> {
        let file = open(&self.dir.join("templates")).ok()?;
        file.lock().ok()?;
        Some(file)
    }
}

/// `postgres://u:p@host:port/anything?options` without the database's name.
fn base_of(address: &str) -> Result<String, String> {
    let (server, options) = address.split_once('?').unwrap_or((address, ""));
    let (host, _) = server
        .strip_prefix("postgres://")
        .or_else(|| server.strip_prefix("postgresql://"))
        .map(|rest| rest.split_once('/').unwrap_or((rest, "")))
        .ok_or_else(|| format!("DESKWISE_TEST_POSTGRES is `{address}`, but should begin with postgres://"))?;
    let mark = if options.is_empty() { "" } else { "?" };
    Ok(format!("postgres://{host}/{mark}{options}"))
}

/// One directory for each build directory, in the temporary directory, because another account has to reach it.
fn directory() -> Result<PathBuf, String> {
    let mut hasher = DefaultHasher::new();
    std::env::current_exe().ok().as_deref().and_then(Path::parent).hash(&mut hasher);
    let name = format!("deskwise-pg-{:08x}", hasher.finish() as u32);
    let dir = std::env::temp_dir().join(name);
    fs::create_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    Ok(dir)
}

fn open(path: &Path) -> Result<File, String> {
    let options = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path);
    options.map_err(|e| format!("{}: {e}", path.display()))
}

/// The address of the running server, after starting one if there is none.
fn started(dir: &Path) -> Result<String, String> {
    let lock = open(&dir.join("start"))?;
    lock.lock().map_err(|e| format!("{}: {e}", dir.display()))?;
    let note = dir.join("server/address");
    let noted = fs::read_to_string(&note).unwrap_or_default();
    if answers(&noted) {
        return Ok(noted);
    }
    let address = start(dir)?;
    fs::write(&note, &address).map_err(|e| format!("{}: {e}", note.display()))?;
    Ok(address)
}

fn answers(address: &str) -> bool {
    let host = address.rsplit_once('@').map(|(_, rest)| rest.trim_end_matches('/'));
    host.is_some_and(|host| TcpStream::connect(host).is_ok())
}

fn start(dir: &Path) -> Result<String, String> {
    let programs = server_directory()?;
    let account = account(dir)?;
    let password = random_word()?;
    let server = prepare(&dir.join("server"), account, &password)
        .map_err(|e| format!("{}: {e}", dir.join("server").display()))?;
    let data = server.join("data");
    let mut initdb = command(&programs.join("initdb"), account);
    initdb.arg("-D").arg(&data).arg("--pwfile").arg(server.join("password"));
    output(initdb.args(["-U", USER, "-A", "password", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]))?;
    let address = run_server(&programs.join("pg_ctl"), &data, account, &password)?;
    watch(dir, &programs.join("pg_ctl"), account)?;
    Ok(address)
}

/// An empty directory that only the server's account can read, with the password that initdb is to set.
fn prepare(server: &Path, account: Option<Account>, password: &str) -> std::io::Result<PathBuf> {
    if server.exists() {
        fs::remove_dir_all(server)?;
    }
    fs::create_dir(server)?;
    fs::set_permissions(server, fs::Permissions::from_mode(0o700))?;
    fs::write(server.join("password"), password)?;
    if let Some(Account { uid, gid }) = account {
        chown(server.join("password"), Some(uid), Some(gid))?;
        chown(server, Some(uid), Some(gid))?;
    }
    Ok(server.to_owned())
}

/// Another program may take the free port first, so a second and a third are tried.
fn run_server(
    pg_ctl: &Path,
    data: &Path,
    account: Option<Account>,
    password: &str,
) -> Result<String, String> {
    let mut last = String::new();
    for _ in 0..3 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port: {e}"))?;
        let port = listener.local_addr().map_err(|e| e.to_string())?.port();
        drop(listener);
        let settings: Vec<String> = SETTINGS.split_whitespace().map(|s| format!("-c {s}")).collect();
        let options = format!("-c listen_addresses=127.0.0.1 -c port={port} {}", settings.join(" "));
        let mut command = command(pg_ctl, account);
        command
            .arg("-D")
            .arg(data)
            .arg("-l")
            .arg(data.join("log"))
            .args(["-w", "-t", "60", "-o", &options, "start"]);
        // The server would keep our pipes open, so it gets none.
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        match status {
            Ok(status) if status.success() => {
                return Ok(format!("postgres://{USER}:{password}@127.0.0.1:{port}/"));
            }
            Ok(_) => last = fs::read_to_string(data.join("log")).unwrap_or_default(),
            Err(error) => last = error.to_string(),
        }
    }
    Err(format!("the test PostgreSQL did not start: {last}"))
}

/// Leaves the watchdog behind, in a process group of its own so that Ctrl-C does not reach it.
fn watch(dir: &Path, pg_ctl: &Path, account: Option<Account>) -> Result<(), String> {
    let mut shell = command(Path::new("sh"), account);
    shell.args(["-c", WATCHDOG]).arg(dir).arg(pg_ctl).arg(SECONDS_BETWEEN_LOOKS).process_group(0);
    shell.stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().map(drop).map_err(|e| format!("the watchdog did not start: {e}"))
}

fn command(program: &Path, account: Option<Account>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/").stdin(Stdio::null());
    if let Some(Account { uid, gid }) = account {
        command.uid(uid).gid(gid);
    }
    command
}

/// Our own account, or, for root, `postgres` where the package has made it, else `nobody`.
fn account(dir: &Path) -> Result<Option<Account>, String> {
    let owner = fs::metadata(dir).map_err(|e| format!("{}: {e}", dir.display()))?.uid();
    if owner != 0 {
        return Ok(None);
    }
    let passwd = fs::read_to_string("/etc/passwd").map_err(|e| format!("/etc/passwd: {e}"))?;
    let find = |name: &str| {
        let fields = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|f| f[0] == name)?;
        Some(Account { uid: fields.get(2)?.parse().ok()?, gid: fields.get(3)?.parse().ok()? })
    };
    let found = find("postgres").or_else(|| find("nobody"));
    found.map(Some).ok_or_else(|| "no account to run PostgreSQL as".to_owned())
}

fn random_word() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    File::open("/dev/urandom").and_then(|mut f| f.read_exact(&mut bytes)).map_err(|e| e.to_string())?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
