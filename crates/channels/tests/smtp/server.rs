//! An SMTP server on a local socket, in the clear or over TLS.

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use app::ports::{Smtp, SmtpSecurity};
use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// Recipients and the mail's text.
pub(crate) type Arrived = (Vec<String>, String);

/// What arrived.
#[derive(Clone, Default)]
pub(crate) struct Inbox {
    pub(crate) mails: Arc<Mutex<Vec<Arrived>>>,
    pub(crate) connections: Arc<Mutex<usize>>,
    current: (Vec<String>, Vec<u8>),
}

impl Handler for Inbox {
    fn rcpt(&mut self, to: &str) -> Response {
        match to {
            "full@example.com" => response::OUT_OF_SPACE,
            "gone@example.com" => response::NO_MAILBOX,
            _ => response::OK,
        }
    }
    fn data_start(&mut self, _: &str, _: &str, _: bool, to: &[String]) -> Response {
        self.current = (to.to_vec(), Vec::new());
        response::OK
    }
    fn data(&mut self, line: &[u8]) -> io::Result<()> {
        self.current.1.extend_from_slice(line);
        Ok(())
    }
    fn data_end(&mut self) -> Response {
        let (to, text) = std::mem::take(&mut self.current);
        self.mails.lock().unwrap().push((to, String::from_utf8(text).unwrap()));
        response::OK
    }
    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        if (user, password) == ("desk", "right") { response::AUTH_OK } else { response::INVALID_CREDENTIALS }
    }
}

/// How a server wants to be spoken to.
#[derive(Clone, Default)]
pub(crate) struct Manner {
    pub(crate) sign_in: bool,
    /// TLS, from the first byte or after STARTTLS.
    pub(crate) tls: Option<(TlsAcceptor, SmtpSecurity)>,
}

async fn serve(stream: TcpStream, ip: IpAddr, inbox: Inbox, manner: Manner) -> io::Result<()> {
    let mut builder = SessionBuilder::new("test");
    if manner.sign_in {
        builder.enable_auth(AuthMechanism::Plain).insecure_enable_plaintext_auth();
    }
    match manner.tls {
        None => {
            let mut session = builder.build(ip, inbox);
            converse(stream, &mut session, true).await.map(drop)
        }
        Some((acceptor, SmtpSecurity::Starttls)) => {
            let mut session = builder.enable_start_tls().build(ip, inbox);
            let Some(stream) = converse(stream, &mut session, true).await? else { return Ok(()) };
            session.tls_active();
            converse(acceptor.accept(stream).await?, &mut session, false).await.map(drop)
        }
        Some((acceptor, _)) => {
            let mut session = builder.build(ip, inbox);
            converse(acceptor.accept(stream).await?, &mut session, true).await.map(drop)
        }
    }
}

/// Speaks until the connection ends, or until the other side wants TLS: then it hands the connection back.
async fn converse<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    session: &mut Session<Inbox>,
    greets: bool,
) -> io::Result<Option<S>> {
    let mut stream = BufReader::new(stream);
    if greets {
        stream.write_all(&session.greeting().buffer()?).await?;
    }
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).await? > 0 {
        let reply = session.process(&line);
        line.clear();
        if reply.action != Action::NoReply {
            stream.write_all(&reply.buffer()?).await?;
            stream.flush().await?;
        }
        match reply.action {
            Action::Close => break,
            Action::UpgradeTls => return Ok(Some(stream.into_inner())),
            _ => {}
        }
    }
    Ok(None)
}

pub(crate) async fn server(sign_in: bool) -> (Inbox, Smtp) {
    let (inbox, port) = listen(Manner { sign_in, tls: None }).await;
    let smtp =
        Smtp { host: "127.0.0.1".into(), port, security: SmtpSecurity::None, username: None, password: None };
    (inbox, smtp)
}

pub(crate) async fn listen(manner: Manner) -> (Inbox, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let inbox = Inbox::default();
    let handler = inbox.clone();
    tokio::spawn(async move {
        while let Ok((stream, peer)) = listener.accept().await {
            *handler.connections.lock().unwrap() += 1;
            tokio::spawn(serve(stream, peer.ip(), handler.clone(), manner.clone()));
        }
    });
    (inbox, port)
}
