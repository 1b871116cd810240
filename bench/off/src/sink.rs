//! A mail server that takes its time, and remembers when it took which automatic reply.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bench_harness::Result;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the rule's answer says.
pub(crate) const REPLY: &str = "You find your invoices under Billing.";
/// How long a mail takes that hangs.
const HANG: Duration = Duration::from_secs(12);

/// An automatic reply that was taken.
#[derive(Debug, Clone)]
pub(crate) struct Mail {
    pub(crate) to: String,
    /// When its last line came.
    pub(crate) at: Instant,
}

pub(crate) struct Sink {
    port: u16,
    mails: Arc<Mutex<Vec<Mail>>>,
}

#[derive(Clone)]
struct Pace {
    delay: Duration,
    hangs: usize,
    taken: Arc<AtomicUsize>,
}

impl Sink {
    pub(crate) async fn listen(delay: Duration, hangs: usize) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let mails: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let (kept, pace) = (mails.clone(), Pace { delay, hangs, taken: Arc::default() });
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A connection that breaks off has delivered what it delivered.
                let (kept, pace) = (kept.clone(), pace.clone());
                tokio::spawn(async move { drop(converse(stream, &pace, &kept).await) });
            }
        });
        Ok(Self { port, mails })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The replies taken since the last time.
    pub(crate) fn take(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Pace {
    /// Before the mail itself is asked for, so that it comes as late as possible.
    async fn wait(&self) {
        let n = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
        let hangs = self.hangs > 0 && n.is_multiple_of(self.hangs);
        tokio::time::sleep(if hangs { HANG } else { self.delay }).await;
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
async fn converse(stream: TcpStream, pace: &Pace, mails: &Mutex<Vec<Mail>>) -> Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut to = String::new();
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let command = line.to_ascii_uppercase();
        let answer: &[u8] = if command.starts_with("RCPT TO:") {
            to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            b"250 fine\r\n"
        } else if command.starts_with("DATA") {
            pace.wait().await;
            write.write_all(b"354 go on\r\n").await?;
            let mut mail = String::new();
            while let Some(line) = lines.next_line().await? {
                if line == "." {
                    break;
                }
                mail.push_str(&line);
                mail.push('\n');
            }
            // A long line may be wrapped with `=` at its end.
            if mail.replace("=\n", "").contains(REPLY) {
                let mail = Mail { to: to.clone(), at: Instant::now() };
                mails.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
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
