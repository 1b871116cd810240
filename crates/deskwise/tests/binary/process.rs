//! Running the binary, and speaking to it over a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

pub(crate) fn deskwise() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskwise"));
    // A configuration or environment of the machine's must not reach a test; in tests `DESKWISE_DATA` says where the
    // shared data sets are.
    command.current_dir(std::env::temp_dir()).env_remove("DESKWISE_DATA").env_remove("DESKWISE_DATABASE");
    command
}

/// Runs a command to its end.
pub(crate) fn run(args: &[&str]) -> Output {
    deskwise().args(args).stdin(Stdio::null()).output().unwrap()
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The one line in which a command says why it failed.
pub(crate) fn complaint(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1, "one clear line, but: {text}");
    lines[0].to_owned()
}

/// A server that is ready.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// What it printed before it was ready.
    pub(crate) said: std::sync::mpsc::Receiver<String>,
}

impl Server {
    pub(crate) fn start(database: &str) -> Self {
        let mut child = deskwise()
            .args(["serve", "--listen", "127.0.0.1:0", "--database", database])
            .env("DESKWISE_LOG", "info")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let errors = lines(child.stderr.take().unwrap());
        let said = lines(child.stdout.take().unwrap());
        let address = loop {
            let line = errors.recv_timeout(Duration::from_mins(1)).expect("the server says where it listens");
            if let Some((_, address)) = line.split_once("listening on http://") {
                break address.trim().to_owned();
            }
        };
        // What comes later is read and dropped, so that the pipe never fills.
        std::thread::spawn(move || errors.iter().for_each(drop));
        Self { child, address, said }
    }

    /// Sends a request; returns status, head and body.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = self.send(method, path, headers, body);
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        stream
    }

    /// Listens to live events; each line of their data.
    pub(crate) fn listen(&self, headers: &[(&str, &str)]) -> std::sync::mpsc::Receiver<String> {
        lines(self.send("GET", "/api/v1/events", headers, ""))
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) -> bool {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        asked.success() && self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that stopped already cannot be killed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The body's JSON, which may have come in chunks.
    pub(crate) fn json(&self) -> Value {
        let (start, end) = (self.body.find('{').unwrap(), self.body.rfind('}').unwrap());
        serde_json::from_str(&self.body[start..=end]).unwrap()
    }
}

fn lines(from: impl Read + Send + 'static) -> std::sync::mpsc::Receiver<String> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
