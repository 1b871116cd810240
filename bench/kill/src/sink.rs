//! A mail server that takes everything and remembers which reply came under which Message-ID.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::time::Duration;

use bench_harness::Result;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// The Message-IDs under which a reply with a mark came.
type Mails = Rc<RefCell<HashMap<String, HashSet<String>>>>;

pub(crate) struct Sink {
    port: u16,
    mails: Mails,
    arrivals: RefCell<mpsc::UnboundedReceiver<(String, String)>>,
}

impl Sink {
    pub(crate) async fn listen() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let (tell, arrivals) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A connection that breaks off has delivered what it delivered.
                let tell = tell.clone();
                tokio::spawn(async move { drop(converse(stream, &tell).await) });
            }
        });
        Ok(Self { port, mails: Mails::default(), arrivals: RefCell::new(arrivals) })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    fn take_arrivals(&self) {
        while let Ok((mark, id)) = self.arrivals.borrow_mut().try_recv() {
            self.mails.borrow_mut().entry(mark).or_default().insert(id);
        }
    }

    /// Everything that came so far.
    pub(crate) fn mails(&self) -> HashMap<String, HashSet<String>> {
        self.take_arrivals();
        self.mails.borrow().clone()
    }

    /// Waits until all of these replies have come, or too long; says how many have.
    pub(crate) async fn wait_for(&self, replies: &HashMap<String, i64>, patience: Duration) -> usize {
        const STEP: Duration = Duration::from_millis(200);
        let mut waited = Duration::ZERO;
        loop {
            self.take_arrivals();
            let come = replies.keys().filter(|mark| self.mails.borrow().contains_key(*mark)).count();
            if come == replies.len() || waited >= patience {
                return come;
            }
            tokio::time::sleep(STEP).await;
            waited += STEP;
        }
    }
}

async fn converse(stream: TcpStream, tell: &mpsc::UnboundedSender<(String, String)>) -> Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let command = line.to_ascii_uppercase();
        let answer: &[u8] = if command.starts_with("DATA") {
            write.write_all(b"354 go on\r\n").await?;
            let mut mail = String::new();
            while let Some(line) = lines.next_line().await? {
                if line == "." {
                    break;
                }
                mail.push_str(&line);
                mail.push('\n');
            }
            if let Some(arrival) = read_mail(&mail) {
                tell.send(arrival)?;
            }
            b"250 taken\r\n"
        } else if command.starts_with("QUIT") {
            write.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            b"250 fine\r\n"
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

/// The mark of a reply and its Message-ID; other mails have no mark.
fn read_mail(mail: &str) -> Option<(String, String)> {
    let (head, body) = mail.split_once("\n\n")?;
    let id = head.lines().find_map(|line| line.strip_prefix("Message-ID:"))?.trim().to_owned();
    // A long line may be wrapped with `=` at its end.
    let body = body.replace("=\n", "");
    let from = body.find("It is back. mark-")? + "It is back. ".len();
    let length = body[from..].find("-end")? + "-end".len();
    Some((body[from..from + length].to_owned(), id))
}
