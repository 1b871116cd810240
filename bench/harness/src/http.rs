//! A client for one connection: requests go out as ready bytes, of an answer only status and body are read.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Result;

/// Longer than anything a server under load should take.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Connection {
    address: String,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

pub struct Response {
    pub status: u16,
    pub body: Vec<u8>,
}

/// What a request of these benches needs.
pub fn request(method: &str, path: &str, authorization: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: {authorization}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

impl Connection {
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None, buffer: Vec::with_capacity(16 * 1024) }
    }

    /// Sends a request and reads the whole answer, on the same connection as the one before where that is kept.
    pub async fn send(&mut self, request: &[u8]) -> Result<Response> {
        let answered = tokio::time::timeout(PATIENCE, self.exchange(request)).await;
        let response = answered.unwrap_or_else(|_| Err("no answer within a minute".into()));
        if response.is_err() {
            self.stream = None;
        }
        response
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Response> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(&self.address).await?;
            stream.set_nodelay(true)?;
            stream
        };
        stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            if let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break end + 4;
            }
            more(&mut stream, &mut self.buffer).await?;
        };
        let Head { status, length, keep } = read_head(&self.buffer[..head])?;
        while self.buffer.len() < head + length {
            more(&mut stream, &mut self.buffer).await?;
        }
        self.stream = keep.then_some(stream);
        Ok(Response { status, body: self.buffer[head..head + length].to_vec() })
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    match stream.read_buf(buffer).await? {
        0 => Err("the server closed the connection".into()),
        _ => Ok(()),
    }
}

struct Head {
    status: u16,
    length: usize,
    keep: bool,
}

fn read_head(head: &[u8]) -> Result<Head> {
    let head = std::str::from_utf8(head)?.to_ascii_lowercase();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).ok_or("no status line")?.parse()?;
    let value = |name: &str| lines.clone().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let length = value("content-length:").map_or(Ok(0), str::parse)?;
    Ok(Head { status, length, keep: value("connection:") != Some("close") })
}
