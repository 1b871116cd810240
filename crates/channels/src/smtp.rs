//! Mail leaves over SMTP: one mail at a time over a pool of connections that lasts as long as the settings do.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use app::ports::{MAILS_AT_ONCE, Mailer, OutgoingMail, SendError, Smtp, SmtpSecurity};
use futures::future::{BoxFuture, FutureExt};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// How long one command of the conversation may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Connections to one server at the same time.
const CONNECTIONS: u32 = MAILS_AT_ONCE as u32;

/// Sends over SMTP with `lettre`.
#[derive(Default)]
pub struct SmtpMailer {
    /// The pool of the settings last seen. Changed settings replace it.
    current: Mutex<Option<Pool>>,
}

struct Pool {
    smtp: Smtp,
    hello: String,
    transport: Transport,
}

impl SmtpMailer {
    fn transport(&self, smtp: &Smtp, hello: &str) -> Result<Transport, SendError> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = current.as_ref().filter(|pool| pool.smtp == *smtp && pool.hello == hello) {
            return Ok(pool.transport.clone());
        }
        let transport = connect(smtp, hello)?;
        *current = Some(Pool { smtp: smtp.clone(), hello: hello.to_owned(), transport: transport.clone() });
        Ok(transport)
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, smtp: &Smtp, mail: &OutgoingMail) -> BoxFuture<'static, Result<(), SendError>> {
        let prepared = message(mail).and_then(|message| {
            let (_, hello) = mail.from_address.rsplit_once('@').unwrap_or(("", "localhost"));
            Ok((self.transport(smtp, hello)?, message))
        });
        let server = format!("{}:{}", smtp.host, smtp.port);
        async move {
            let (transport, message) = prepared?;
            transport.send(message).await.map(drop).map_err(|error| classified(&server, &error))
        }
        .boxed()
    }
}

fn connect(smtp: &Smtp, hello: &str) -> Result<Transport, SendError> {
    let tls = || {
        TlsParameters::new(smtp.host.clone())
            .map_err(|error| SendError::Temporary(format!("cannot speak TLS with {}: {error}", smtp.host)))
    };
    let tls = match smtp.security {
        SmtpSecurity::Tls => Tls::Wrapper(tls()?),
        SmtpSecurity::Starttls => Tls::Required(tls()?),
        SmtpSecurity::None => Tls::None,
    };
    let mut builder = Transport::builder_dangerous(smtp.host.clone())
        .port(smtp.port)
        .tls(tls)
        .timeout(Some(TIMEOUT))
        .hello_name(ClientId::Domain(hello.to_owned()))
        .pool_config(PoolConfig::new().max_size(CONNECTIONS));
    if let Some(username) = &smtp.username {
        let password = smtp.password.clone().unwrap_or_default();
        builder = builder.credentials(Credentials::new(username.clone(), password));
    }
    Ok(builder.build())
}

/// The mail as it goes over the wire.
fn message(mail: &OutgoingMail) -> Result<Message, SendError> {
    let date = UNIX_EPOCH + Duration::from_millis(mail.date.max(0).unsigned_abs());
    let from_name = Some(mail.from_name.clone()).filter(|name| !name.is_empty());
    let mut builder = Message::builder()
        .from(Mailbox::new(from_name, address("sender", &mail.from_address)?))
        .to(Mailbox::new(None, address("recipient", &mail.to)?))
        .subject(one_line(&mail.subject))
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date(date);
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address("reply", reply_to)?));
    }
    if let Some(id) = &mail.in_reply_to {
        builder = builder.in_reply_to(format!("<{id}>"));
    }
    if !mail.references.is_empty() {
        let all: Vec<String> = mail.references.iter().map(|id| format!("<{id}>")).collect();
        builder = builder.references(all.join(" "));
    }
    for (name, value) in &mail.headers {
        let header = HeaderName::new_from_ascii(name.clone())
            .map_err(|_| SendError::Permanent(format!("{name:?} is not the name of a header")))?;
        builder = builder.raw_header(HeaderValue::new(header, one_line(value)));
    }
    let body = SinglePart::builder()
        .header(ContentType::TEXT_PLAIN)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(mail.body.clone());
    let written = if mail.files.is_empty() {
        builder.singlepart(body)
    } else {
        let whole = mail.files.iter().fold(MultiPart::mixed().singlepart(body), |whole, file| {
            let media_type = ContentType::parse(&file.media_type).unwrap_or(ContentType::TEXT_PLAIN);
            // Every byte arrives as it is; other encodings change the ends of lines.
            let content = Body::new_with_encoding(file.content.clone(), ContentTransferEncoding::Base64)
                .unwrap_or_else(Body::new);
            whole.singlepart(Attachment::new(one_line(&file.name)).body(content, media_type))
        });
        builder.multipart(whole)
    };
    written.map_err(|error| SendError::Permanent(format!("cannot be written as a mail: {error}")))
}

fn address(what: &str, text: &str) -> Result<Address, SendError> {
    text.parse()
        .map_err(|error| SendError::Permanent(format!("the {what} address {text:?} is not valid: {error}")))
}

/// A header never has more than one line of ours: what came from outside must not start another header.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A refusal of this very mail is for good; everything else, a wrong password included, can be put right.
fn classified(server: &str, error: &SmtpError) -> SendError {
    let why = format!("{server}: {error}");
    let about_us = error.status().is_some_and(|code| matches!(u16::from(code), 500..=504 | 530..=538));
    if error.is_permanent() && !about_us { SendError::Permanent(why) } else { SendError::Temporary(why) }
}
