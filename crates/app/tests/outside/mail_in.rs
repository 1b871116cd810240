//! Mail that comes in: none is lost, none is answered that a machine wrote, no stranger gets into a thread.

use std::fmt::Write;

use app::Error;
use app::journey::mail_in::{MOST_MAIL, Taken, mail_in};
use domain::tickets::Ticket;
use domain::words::{Channel, MessageKind, Responder, Status};

use crate::{Desk, on_both};

async fn take(desk: &Desk, mail: &str) -> Taken {
    mail_in(&desk.app, mail.replace('\n', "\r\n").as_bytes()).await.unwrap()
}

async fn ticket(desk: &Desk, mail: &str) -> Ticket {
    match take(desk, mail).await {
        Taken::Ticket(ticket) => *ticket,
        other => panic!("no new ticket: {other:?}"),
    }
}

fn plain(id: &str, from: &str, to: &str, more: &str, body: &str) -> String {
    format!("From: {from}\nTo: {to}\nSubject: My board\nMessage-ID: <{id}>\n{more}\n{body}\n")
}

#[tokio::test]
async fn a_mail_becomes_a_ticket_once_with_text_html_and_files() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        let mail = "From: \"Alice Ünlü\" <Alice@Example.com>\nTo: help@example.org\nSubject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\n\
            Message-ID: <1@example.com>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
            Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain; charset=utf-8\n\nIt is gone.\n\
            --c\nContent-Type: text/html\n\n<p onclick=x()>It is <b>gone</b>.<script>steal()</script><img src=http://e/></p>\n\
            --c--\n--b\nContent-Type: image/png\nContent-Disposition: attachment; filename=\"../../shot.png\"\n\
            Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n";
        let ticket = ticket(&desk, mail).await;
        assert_eq!((ticket.channel, ticket.subject.as_deref()), (Channel::Mail, Some("Größe")));
        let requester = store::requesters::by_id(&desk.app.db, ticket.requester).await.unwrap().unwrap();
        assert_eq!((requester.email.as_str(), requester.name.as_deref()), ("alice@example.com", Some("Alice Ünlü")));
        assert!(requester.has_written && !ticket.from_machine);
        let message = store::messages::first(&desk.app.db, ticket.id).await.unwrap().unwrap();
        assert_eq!(message.body, "It is gone.");
        assert_eq!(message.html.as_deref(), Some("<p>It is <b>gone</b>.</p>"));
        let files = store::attachments::of_ticket(&desk.app.db, ticket.id).await.unwrap();
        assert_eq!((files.len(), files[0].name.as_str(), files[0].size), (1, "shot.png", 8));
        assert_eq!(take(&desk, mail).await, Taken::Again);
    })
    .await;
}

#[tokio::test]
async fn a_reply_finds_its_thread_and_a_stranger_does_not() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        let first =
            ticket(&desk, &plain("1@x.example", "a@x.example", "help@example.org", "", "Gone.")).await;
        desk.answer(&first, Responder::Learner, "Under Archive.").await;
        desk.drain().await;
        let ours = desk.sent().pop().unwrap();
        assert_eq!((ours.in_reply_to.as_deref(), ours.references.len()), (Some("1@x.example"), 1));
        let back = ours.reply_to.unwrap();
        let stranger = plain("2@y.example", "b@y.example", &back, "", "Let me in.");
        assert_ne!(ticket(&desk, &stranger).await.id, first.id);
        let delivered = format!("Delivered-To: {}\n", back.to_uppercase());
        let reply = plain(
            "3@x.example",
            "A@x.example",
            "help@example.org",
            &delivered,
            "No.\n\nOn 3 May we wrote:\n> Under",
        );
        let Taken::Message(message) = take(&desk, &reply).await else { panic!("not in its thread") };
        assert_eq!((message.ticket, message.kind), (first.id, MessageKind::Public));
        assert_eq!(domain::quotes::cut(&message.body).own, "No.");
        assert!(message.body.contains("> Under"), "the quoted text is kept");
        assert_eq!(desk.now(&first).await.status, Status::Open);
        let threaded = format!("In-Reply-To: <{}>\n", ours.message_id);
        let reply = plain("4@x.example", "a@x.example", "help@example.org", &threaded, "And?");
        assert!(matches!(take(&desk, &reply).await, Taken::Message(m) if m.ticket == first.id));
        let (local, host) = back.split_once('@').unwrap();
        let (rest, last) = local.split_at(local.len() - 1);
        let forged = format!("{rest}{}@{host}", if last == "0" { "1" } else { "0" });
        let forged = plain("5@x.example", "a@x.example", &forged, "", "Hm.");
        assert!(matches!(take(&desk, &forged).await, Taken::Ticket(_)));
    })
    .await;
}

#[tokio::test]
async fn a_loop_with_an_autoresponder_ends() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        let first =
            ticket(&desk, &plain("1@x.example", "a@x.example", "help@example.org", "", "Gone.")).await;
        desk.answer(&first, Responder::Learner, "Under Archive.").await;
        desk.drain().await;
        let ours = desk.sent().pop().unwrap();
        // A polite one is kept as a note and leaves the ticket as it is.
        let polite = plain(
            "2@x.example",
            "a@x.example",
            ours.reply_to.as_ref().unwrap(),
            "Auto-Submitted: auto-replied\n",
            "Away.",
        );
        let Taken::Message(note) = take(&desk, &polite).await else { panic!("a ticket") };
        assert_eq!(note.kind, MessageKind::Note);
        assert_eq!(desk.now(&first).await.status, Status::Solved);
        // A rude one that answers every mail with a new one is not answered for ever.
        for n in 0..40 {
            let rude = plain(&format!("rude{n}@x.example"), "a@x.example", "help@example.org", "", "Away.");
            if let Taken::Ticket(ticket) = take(&desk, &rude).await {
                desk.answer(&ticket, Responder::Learner, "Under Archive.").await;
            }
            desk.drain().await;
        }
        assert_eq!(desk.sent().len(), app::outbox::MOST_AUTOMATIC);
        // One that keeps the thread is heard ten times an hour, and then only noted.
        for n in 0..15 {
            let rude = plain(
                &format!("kept{n}@x.example"),
                "a@x.example",
                ours.reply_to.as_ref().unwrap(),
                "",
                "Away.",
            );
            assert!(matches!(take(&desk, &rude).await, Taken::Message(_)));
        }
        let all = store::messages::of_ticket(&desk.app.db, first.id).await.unwrap();
        assert!(all.iter().filter(|m| m.kind == MessageKind::Public).count() <= 12);
        assert_eq!(all.len(), 18, "and nothing is lost");
    })
    .await;
}

#[tokio::test]
async fn bounces_and_our_own_mail_are_never_answered() {
    on_both(async |desk| {
        desk.open_for_mail().await;
        for (n, from, more) in [
            (1, "MAILER-DAEMON@mx.example", ""),
            (2, "a@x.example", "Return-Path: <>\n"),
            (3, "help@example.org", ""),
            (4, "a@x.example", "List-Id: <news.example>\n"),
            (5, "a@x.example", "Precedence: bulk\n"),
        ] {
            let ticket =
                ticket(&desk, &plain(&format!("{n}@m"), from, "help@example.org", more, "Hello")).await;
            assert!(ticket.from_machine, "{from} {more}");
            app::journey::deliver::confirm(&desk.app, ticket.id).await.unwrap();
        }
        desk.drain().await;
        assert!(desk.sent().is_empty());
        let form = plain(
            "6@m",
            "help@example.org",
            "help@example.org",
            "Reply-To: Cus <c@z.example>\n",
            "From the form",
        );
        let ticket = ticket(&desk, &form).await;
        let requester = store::requesters::by_id(&desk.app.db, ticket.requester).await.unwrap().unwrap();
        assert_eq!(requester.email, "c@z.example");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_with_its_original() {
    on_both(async |desk| {
        for raw in
            [&b"\xff\xfe\x00\x00garbage without a header"[..], b"just a line", b"From: nobody\r\n\r\n\0\xff"]
        {
            let Taken::Ticket(ticket) = mail_in(&desk.app, raw).await.unwrap() else { panic!("lost") };
            assert!(ticket.from_machine);
            assert_eq!(mail_in(&desk.app, raw).await.unwrap(), Taken::Again, "without a Message-ID, too");
        }
        let files = store::attachments::of_ticket(&desk.app.db, {
            let Taken::Ticket(ticket) = mail_in(&desk.app, b"no header here either").await.unwrap() else {
                panic!()
            };
            ticket.id
        });
        let files = files.await.unwrap();
        let (_, content) = store::attachments::content(&desk.app.db, files[0].id).await.unwrap().unwrap();
        assert_eq!(content, b"no header here either");
        for raw in [b"".to_vec(), b" \r\n".to_vec(), vec![b'x'; MOST_MAIL + 1]] {
            assert!(matches!(mail_in(&desk.app, &raw).await, Err(Error::Invalid(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn nested_long_and_crowded_mails_are_kept_whole() {
    on_both(async |desk| {
        let mut nested = String::from("From: a@x.example\nMessage-ID: <n@x>\nMIME-Version: 1.0\n");
        for n in 0..1000 {
            write!(nested, "Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n").unwrap();
        }
        nested += "Content-Type: text/plain\n\nDeep inside.\n";
        let kept = ticket(&desk, &nested).await;
        assert!(kept.excerpt.contains("Deep inside."), "{}", kept.excerpt);

        let long = format!("From: a@x.example\nMessage-ID: <l@x>\n\n{}", "All work and no play. ".repeat(40_000));
        let kept = ticket(&desk, &long).await;
        let files = store::attachments::of_ticket(&desk.app.db, kept.id).await.unwrap();
        assert_eq!((files.len(), files[0].name.as_str()), (1, "original.eml"));

        let mut crowded = String::from("From: a@x.example\nMessage-ID: <c@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee files.\n");
        for n in 0..50 {
            write!(crowded, "--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename={n}.csv\n\na,b\n").unwrap();
        }
        let kept = ticket(&desk, &(crowded + "--b--\n")).await;
        let files = store::attachments::of_ticket(&desk.app.db, kept.id).await.unwrap();
        assert_eq!((files.len(), files[0].name.as_str()), (1, "original.eml"));
        assert!(kept.excerpt.starts_with("See files."));
    })
    .await;
}

#[tokio::test]
async fn real_mails_of_many_programs_show_their_own_words() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let dir = std::path::PathBuf::from(std::env::var_os("DESKWISE_DATA").unwrap_or_else(|| beside.into()));
    if !dir.is_dir() {
        eprintln!("SKIPPED: no data in {}; set DESKWISE_DATA", dir.display());
        return;
    }
    on_both(async |desk| {
        let mut seen = 0;
        for entry in std::fs::read_dir(dir.join("mail/standard_replies")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "eml") {
                continue;
            }
            let raw = std::fs::read(&path).unwrap();
            let Taken::Ticket(ticket) = mail_in(&desk.app, &raw).await.unwrap() else {
                panic!("{}", path.display())
            };
            let message = store::messages::first(&desk.app.db, ticket.id).await.unwrap().unwrap();
            let wanted = std::fs::read_to_string(
                path.with_file_name(format!("{}_reply_text", path.file_stem().unwrap().display())),
            )
            .unwrap_or_else(|_| "Hello".into());
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let own = words(domain::quotes::cut(&message.body).own);
            // An answer below what it quotes stays with it.
            let below = own.starts_with("On ") && own.ends_with(&words(&wanted));
            assert!(own == words(&wanted) || below, "{}\n{}", path.display(), message.body);
            seen += 1;
        }
        assert!(seen >= 10, "{seen}");
    })
    .await;
}
