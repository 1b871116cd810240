//! django-helpdesk from `PyPI` behind gunicorn, in a virtual environment under `target/`.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bench_harness::Result;
use serde_json::json;

use crate::questions::question;
use crate::run::Target;

/// A running django-helpdesk; ended when dropped.
pub(crate) struct Peer {
    child: Child,
    address: String,
    token: String,
}

/// Installs it when needed, and starts it with its data in `work`.
pub(crate) fn start(work: &Path) -> Result<Peer> {
    let bin = std::path::absolute("target/django-helpdesk/venv/bin")?;
    if !bin.join("gunicorn").exists() {
        run(Command::new("python3").args(["-m", "venv", "target/django-helpdesk/venv"]))?;
        run(Command::new(bin.join("pip")).args(["install", "--quiet", "django-helpdesk", "gunicorn"]))?;
    }
    let folder = Path::new("bench/load/peer");
    let token = run(Command::new(bin.join("python")).arg(folder.join("desk.py")).env("DESK_DIR", work))?;
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let address = format!("127.0.0.1:{port}");
    // A process for each core, several threads each, connections kept: what its operators would run.
    let child = Command::new(bin.join("gunicorn"))
        .args(["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60"])
        .args(["--log-level", "error", "--bind", &address, "desk:application"])
        .current_dir(folder)
        .env("DESK_DIR", work)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("gunicorn: {e}"))?;
    let peer = Peer { child, address, token: token.trim().to_owned() };
    for _ in 0..200 {
        if TcpStream::connect(&peer.address).is_ok() {
            return Ok(peer);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err("gunicorn does not listen".into())
}

impl Peer {
    pub(crate) fn target(&self) -> Target {
        Target {
            address: self.address.clone(),
            authorization: format!("Token {}", self.token),
            path: "/api/tickets/",
            body: |n| {
                let text = question(n);
                let title: String = text.chars().take(60).collect();
                let email = format!("person{}@example.org", n % 5_000);
                json!({ "queue": 1, "title": title, "description": text, "submitter_email": email, "priority": 3 })
                    .to_string()
            },
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // gunicorn ends its workers when it is asked to.
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if asked.is_ok() {
            drop(self.child.wait());
        }
    }
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|e| format!("{}: {e}", command.get_program().display()))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
