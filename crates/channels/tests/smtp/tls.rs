//! TLS from the first byte, STARTTLS, and what happens when the certificate is nobody's.
//!
//! Which authorities are trusted comes from the machine, or from `SSL_CERT_FILE`, which a process reads once. So the
//! mailer runs in a process of its own: this test program again, told by its environment what to do.

use std::process::Command;
use std::sync::Arc;

use app::ports::{Mailer, SendError, Smtp, SmtpSecurity};
use channels::SmtpMailer;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

use crate::mail;
use crate::server::{Inbox, Manner, listen};

/// `tls` or `starttls`, and the port: what the second process is to send by.
const TASK: &str = "DESKWISE_TEST_SMTP";
const NAME: &str = "tls::the_mailer_alone";

fn certificate() -> (String, TlsAcceptor) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    (made.cert.pem(), TlsAcceptor::from(Arc::new(config)))
}

/// Sends one mail from a process that trusts `authorities`, and says how that ended.
async fn sent_by(security: &str, port: u16, authorities: &std::path::Path) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", NAME, "--ignored", "--nocapture"]);
    command
        .env(TASK, format!("{security} {port}"))
        .env("SSL_CERT_FILE", authorities)
        .env_remove("SSL_CERT_DIR");
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcome = said.lines().find_map(|line| line.split_once("outcome: "));
    outcome.map_or_else(
        || format!("{said}{}", String::from_utf8_lossy(&output.stderr)),
        |(_, end)| end.to_owned(),
    )
}

#[test]
#[ignore = "a part of the tests below, which run it in a process of its own"]
fn the_mailer_alone() {
    let Ok(task) = std::env::var(TASK) else { return };
    let (security, port) = task.split_once(' ').unwrap();
    let security = if security == "tls" { SmtpSecurity::Tls } else { SmtpSecurity::Starttls };
    let smtp = Smtp {
        host: "localhost".into(),
        port: port.parse().unwrap(),
        security,
        username: Some("desk".into()),
        password: Some("right".into()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let outcome =
        runtime.block_on(async { SmtpMailer::default().send(&smtp, &mail("alice@example.com")).await });
    let told = match outcome {
        Ok(()) => "sent".to_owned(),
        Err(SendError::Temporary(why)) => format!("temporary {why}"),
        Err(SendError::Permanent(why)) => format!("permanent {why}"),
    };
    println!("outcome: {told}");
}

async fn over(security: SmtpSecurity, word: &str) {
    let dir = tempfile::tempdir().unwrap();
    let (ours, strange) = (dir.path().join("ours.pem"), dir.path().join("strange.pem"));
    let (pem, acceptor) = certificate();
    std::fs::write(&ours, pem).unwrap();
    std::fs::write(&strange, certificate().0).unwrap();
    let (inbox, port) = listen(Manner { sign_in: true, tls: Some((acceptor, security)) }).await;
    let arrived = |inbox: &Inbox| inbox.mails.lock().unwrap().len();

    let refused = sent_by(word, port, &strange).await;
    assert!(refused.starts_with("temporary") && refused.contains("ertificate"), "{refused}");
    assert_eq!(arrived(&inbox), 0, "nothing is said to a server that cannot prove who it is");

    assert_eq!(sent_by(word, port, &ours).await, "sent");
    assert_eq!(arrived(&inbox), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_leaves_over_tls_to_a_server_whose_certificate_is_trusted() {
    over(SmtpSecurity::Tls, "tls").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_leaves_after_starttls_and_never_in_the_clear() {
    over(SmtpSecurity::Starttls, "starttls").await;
    // A server that offers no STARTTLS gets no password and no mail.
    let dir = tempfile::tempdir().unwrap();
    let authorities = dir.path().join("ours.pem");
    std::fs::write(&authorities, certificate().0).unwrap();
    let (inbox, port) = listen(Manner { sign_in: true, tls: None }).await;
    let refused = sent_by("starttls", port, &authorities).await;
    assert!(!refused.starts_with("sent"), "{refused}");
    assert!(inbox.mails.lock().unwrap().is_empty());
}
