//! The mailer against a real SMTP session (the state machine of `mailin`) on a local socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod server;
mod tls;

use app::ports::{MailFile, Mailer, OutgoingMail, SendError, Smtp};
use channels::SmtpMailer;
use mail_parser::MimeHeaders;
use server::server;

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
        files: Vec::new(),
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
async fn files_go_along_whatever_they_are_called() {
    let (inbox, smtp) = server(false).await;
    let file = |name: &str, media_type: &str, content: &[u8]| MailFile {
        name: name.into(),
        media_type: media_type.into(),
        content: content.to_vec(),
    };
    let bytes: Vec<u8> = (0..=255).collect();
    let files = vec![
        file("Größe 🙂.png", "image/png", &bytes),
        file("a\"b\r\nBcc: c.txt", "no type", b"line\n.\nline"),
    ];
    let mail = OutgoingMail { files, ..mail("alice@example.com") };
    SmtpMailer::default().send(&smtp, &mail).await.unwrap();
    let mails = inbox.mails.lock().unwrap();
    let text = &mails[0].1;
    let parsed = mail_parser::MessageParser::default().parse(text.as_bytes()).unwrap();
    assert!(parsed.body_text(0).unwrap().starts_with("Grüße,"));
    let sent: Vec<_> = parsed.attachments().collect();
    assert_eq!(sent.len(), 2, "{text}");
    assert_eq!((sent[0].attachment_name(), sent[0].contents()), (Some("Größe 🙂.png"), &bytes[..]));
    assert_eq!(sent[1].contents(), b"line\n.\nline");
    assert!(!text.contains("\nBcc:"), "{text}");
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
