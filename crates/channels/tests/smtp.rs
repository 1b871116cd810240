//! The mailer against a real SMTP session (the state machine of `mailin`) on a local socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use app::ports::{Mailer, OutgoingMail, SendError, Smtp, SmtpSecurity};
use channels::SmtpMailer;
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder, response};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Recipients and the mail's text.
type Arrived = (Vec<String>, String);

/// What arrived.
#[derive(Clone, Default)]
struct Inbox {
    mails: Arc<Mutex<Vec<Arrived>>>,
    connections: Arc<Mutex<usize>>,
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

async fn serve(stream: TcpStream, ip: IpAddr, inbox: Inbox, sign_in: bool) -> io::Result<()> {
    let mut builder = SessionBuilder::new("test");
    if sign_in {
        builder.enable_auth(AuthMechanism::Plain).insecure_enable_plaintext_auth();
    }
    let mut session = builder.build(ip, inbox);
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    write.write_all(&session.greeting().buffer()?).await?;
    let mut line = Vec::new();
    while read.read_until(b'\n', &mut line).await? > 0 {
        let reply = session.process(&line);
        line.clear();
        if reply.action != Action::NoReply {
            write.write_all(&reply.buffer()?).await?;
        }
        if reply.action == Action::Close {
            break;
        }
    }
    Ok(())
}

async fn server(sign_in: bool) -> (Inbox, Smtp) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let inbox = Inbox::default();
    let handler = inbox.clone();
    tokio::spawn(async move {
        while let Ok((stream, peer)) = listener.accept().await {
            *handler.connections.lock().unwrap() += 1;
            tokio::spawn(serve(stream, peer.ip(), handler.clone(), sign_in));
        }
    });
    let smtp =
        Smtp { host: "127.0.0.1".into(), port, security: SmtpSecurity::None, username: None, password: None };
    (inbox, smtp)
}

fn mail(to: &str) -> OutgoingMail {
    OutgoingMail {
        from_name: "Pinboard help".into(),
        from_address: "help@example.org".into(),
        to: to.into(),
        reply_to: Some("help+0011@example.org".into()),
        subject: "Re: Größe\r\nBcc: evil@example.com".into(),
        body: "Grüße,\n.a line that starts with a dot\n".into(),
        message_id: "1.2@example.org".into(),
        date: 1_800_000_000_000,
        in_reply_to: Some("first@example.com".into()),
        references: vec!["first@example.com".into(), "second@example.com".into()],
        headers: vec![("Auto-Submitted".into(), "auto-replied".into())],
    }
}

#[tokio::test]
async fn a_mail_arrives_with_its_headers_fixed_and_no_header_smuggled_in() {
    let (inbox, smtp) = server(false).await;
    let mailer = SmtpMailer::default();
    mailer.send(&smtp, &mail("alice@example.com")).await.unwrap();
    // The connection is given back by a task of its own.
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
    mailer.send(&smtp, &mail("alice@example.com")).await.unwrap();
    let mails = inbox.mails.lock().unwrap();
    let (to, text) = &mails[0];
    assert_eq!(to, &["alice@example.com"]);
    for line in [
        "Message-ID: <1.2@example.org>",
        "Auto-Submitted: auto-replied",
        "Reply-To: help+0011@example.org",
        "In-Reply-To: <first@example.com>",
        "References: <first@example.com> <second@example.com>",
        "Date: Fri, 15 Jan 2027 08:00:00 +0000",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert!(!text.contains("\r\nBcc:"), "{text}");
    let parsed = mail_parser::MessageParser::default().parse(text.as_bytes()).unwrap();
    assert_eq!(
        parsed.body_text(0).unwrap().trim_end().replace("\r\n", "\n"),
        "Grüße,\n.a line that starts with a dot"
    );
    assert!(parsed.subject().unwrap().starts_with("Re: Größe"));
    assert_eq!(mails[0].1, mails[1].1, "a second attempt is the same mail");
    assert_eq!(*inbox.connections.lock().unwrap(), 1, "the connection is used again");
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let (_, smtp) = server(false).await;
    let mailer = SmtpMailer::default();
    let send = async |smtp: &Smtp, to: &str| mailer.send(smtp, &mail(to)).await;
    assert!(matches!(send(&smtp, "gone@example.com").await, Err(SendError::Permanent(_))));
    assert!(matches!(send(&smtp, "full@example.com").await, Err(SendError::Temporary(_))));
    assert!(matches!(send(&smtp, "no address").await, Err(SendError::Permanent(_))));
    let (_, mut smtp) = server(true).await;
    assert!(matches!(send(&smtp, "alice@example.com").await, Err(SendError::Temporary(_))), "must sign in");
    smtp.username = Some("desk".into());
    smtp.password = Some("wrong".into());
    assert!(matches!(send(&smtp, "alice@example.com").await, Err(SendError::Temporary(_))));
    smtp.password = Some("right".into());
    assert_eq!(send(&smtp, "alice@example.com").await, Ok(()));
    smtp.port = 1;
    assert!(matches!(send(&smtp, "alice@example.com").await, Err(SendError::Temporary(_))));
}
