//! The server under measurement: commands on its data, starting, stopping, and how much memory it holds.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;

/// A binary with its data.
pub struct Server {
    binary: PathBuf,
    data: PathBuf,
    database: Option<String>,
}

impl Server {
    pub fn new(binary: &Path, data: &Path, database: Option<String>) -> Self {
        Self { binary: binary.to_owned(), data: data.to_owned(), database }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--data").arg(&self.data);
        if let Some(url) = &self.database {
            command.arg("--database").arg(url);
        }
        command
    }

    /// Runs a command to its end and says how many seconds it took.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
    pub fn run(&self, arguments: &[&str]) -> Result<f64> {
        let begin = Instant::now();
        self.output(arguments)?;
        Ok(begin.elapsed().as_secs_f64())
    }

    pub fn output(&self, arguments: &[&str]) -> Result<String> {
        let output =
            self.command(arguments).output().map_err(|e| format!("{}: {e}", self.binary.display()))?;
        if !output.status.success() {
            return Err(
                format!("{}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into()
            );
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Starts the server on a free port and waits until it says that it is ready.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
    pub fn start(&self) -> Result<Running> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let address = format!("127.0.0.1:{port}");
        let begin = Instant::now();
        let child = self
            .command(&["serve", "--listen", &address])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut running = Running { child, address, ready_ms: 0.0 };
        while begin.elapsed() < Duration::from_secs(30) {
            if running.is_ready() {
                running.ready_ms = begin.elapsed().as_secs_f64() * 1000.0;
                return Ok(running);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err("the server was not ready within 30 s".into())
    }
}

/// A running server; killed when dropped.
pub struct Running {
    child: Child,
    address: String,
    ready_ms: f64,
}

impl Running {
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn ready_ms(&self) -> f64 {
        self.ready_ms
    }

    fn is_ready(&self) -> bool {
        let ask = || -> std::io::Result<bool> {
            let mut stream = TcpStream::connect(&self.address)?;
            stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer.starts_with("HTTP/1.1 200"))
        };
        ask().unwrap_or(false)
    }

    /// A figure of `/proc/PID/status`, in MB of 10⁶ bytes.
    pub fn memory_mb(&self, field: &str) -> Result<f64> {
        let status = std::fs::File::open(format!("/proc/{}/status", self.child.id()))?;
        for line in BufReader::new(status).lines() {
            let line = line?;
            if let Some(rest) = line.strip_prefix(field) {
                let kib: f64 = rest.trim_matches(|c: char| !c.is_ascii_digit()).parse()?;
                return Ok(kib * 1024.0 / 1e6);
            }
        }
        Err(format!("no {field} in the process's status").into())
    }

    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        // It may have ended by itself; either way nothing is left behind.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}
