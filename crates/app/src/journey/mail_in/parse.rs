//! A mail taken apart: who wrote, to whom, what, and which files came with it.

use bytes::Bytes;
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use sha2::{Digest, Sha256};

use super::machine;
use crate::fields::{MOST_BODY, MOST_LINE};
use crate::journey::intake::{MOST_ATTACHMENTS, MOST_BYTES, NewAttachment};

/// Whoever wrote a mail that does not say so. `invalid` is reserved: nothing is ever sent there.
pub(super) const UNKNOWN_SENDER: &str = "unknown-sender@mail.invalid";
/// Most addresses and Message-IDs looked at; a mail to a thousand people is no conversation.
const MOST_ADDRESSES: usize = 100;

/// What a mail says.
#[derive(Debug, Clone)]
pub(super) struct Mail {
    /// In lower case.
    pub(super) from: Option<String>,
    pub(super) from_name: Option<String>,
    pub(super) reply_to: Option<String>,
    /// All addresses it was sent or handed to.
    pub(super) recipients: Vec<String>,
    pub(super) subject: Option<String>,
    pub(super) body: String,
    pub(super) html: Option<String>,
    pub(super) attachments: Vec<NewAttachment>,
    /// Its Message-ID or, without one, a name made from its bytes.
    pub(super) message_id: String,
    /// The Message-IDs it answers.
    pub(super) answers: Vec<String>,
    /// Why it must not be answered automatically.
    pub(super) machine: Option<String>,
}

struct ParsedHeaders<'a>(&'a Message<'a>);

impl machine::Headers for ParsedHeaders<'_> {
    fn values(&self, name: &str) -> Vec<String> {
        let same = self.0.headers_raw().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        same.map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }
    fn any_with_prefix(&self, prefix: &str) -> bool {
        let same = |name: &str| name.get(..prefix.len()).is_some_and(|p| p.eq_ignore_ascii_case(prefix));
        self.0.headers_raw().any(|(name, _)| same(name))
    }
}

/// Takes a mail apart. What cannot be read as one becomes a mail that holds its original as a file.
pub(super) fn parse(raw: &[u8]) -> Mail {
    match MessageParser::default().parse(raw).filter(is_mail) {
        Some(message) => read(&message, raw),
        None => unreadable(raw),
    }
}

/// Any text with a colon has "headers"; a mail has one of those that mails have.
fn is_mail(message: &Message<'_>) -> bool {
    const USUAL: &[&str] =
        &["from", "to", "subject", "date", "message-id", "received", "return-path", "sender"];
    message.headers_raw().any(|(name, _)| USUAL.contains(&name.trim().to_ascii_lowercase().as_str()))
}

fn unreadable(raw: &[u8]) -> Mail {
    Mail {
        from: None,
        from_name: None,
        reply_to: None,
        recipients: Vec::new(),
        subject: Some("A mail that could not be read".into()),
        body: "A mail came in that could not be read. The original is attached.".into(),
        html: None,
        attachments: vec![original(raw)],
        message_id: named_by_content(raw),
        answers: Vec::new(),
        machine: Some("it could not be read".into()),
    }
}

fn read(message: &Message<'_>, raw: &[u8]) -> Mail {
    let headers = ParsedHeaders(message);
    let sender = message.from().and_then(Address::first);
    let from = sender.and_then(|a| a.address()).map(address);
    let from = from.filter(|a| domain::net::is_mail_address(a));
    let subject = message.subject().map(one_line).filter(|s| !s.is_empty());
    let machine = machine::written_by(&headers, from.as_deref(), subject.as_deref().unwrap_or_default())
        .or_else(|| from.is_none().then(|| "it does not say who wrote it".into()));
    let (body, html, complete) = texts(message);
    let bare = body.is_empty() && message.attachment_count() == 0;
    let (attachments, kept) = files(message, raw, complete && !bare);
    let body = match (kept, body.is_empty()) {
        (true, _) => body,
        (false, true) => "(This mail shows no text. The original is attached.)".into(),
        (false, false) => {
            format!("{body}\n\n(Not all of this mail could be shown. The original is attached.)")
        }
    };
    Mail {
        from_name: sender.and_then(|a| a.name()).map(one_line).filter(|n| !n.is_empty()),
        reply_to: message.reply_to().and_then(Address::first).and_then(|a| a.address()).map(address),
        recipients: recipients(message, &headers),
        subject,
        body: body.trim().to_owned(),
        html,
        attachments,
        message_id: message
            .message_id()
            .map(one_line)
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| named_by_content(raw)),
        answers: answers(&headers),
        machine,
        from,
    }
}

/// Text and HTML, and whether they are all there was.
fn texts(message: &Message<'_>) -> (String, Option<String>, bool) {
    let all = |count: usize, part: &dyn Fn(usize) -> Option<String>| {
        (0..count.min(MOST_ATTACHMENTS)).filter_map(part).collect::<Vec<_>>().join("\n\n")
    };
    let mut text = clean(&all(message.text_body_count(), &|i| message.body_text(i).map(Into::into)));
    if text.is_empty() {
        // Text that hides deep among other parts counts as an attachment.
        let hidden = message.attachments().find_map(|part| match &part.body {
            PartType::Text(text) => Some(clean(text)),
            _ => None,
        });
        text = hidden.unwrap_or_default();
    }
    let own_html = message.html_bodies().any(|part| matches!(part.body, PartType::Html(_)));
    let html =
        own_html.then(|| clean(&all(message.html_body_count(), &|i| message.body_html(i).map(Into::into))));
    let shown = shortened(&text);
    let complete = shown.len() == text.len() && message.text_body_count() <= MOST_ATTACHMENTS;
    (shown.to_owned(), html.filter(|html| html.len() <= MOST_BODY), complete)
}

fn shortened(text: &str) -> &str {
    // Room for a remark below it.
    let mut end = text.len().min(MOST_BODY - 1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The files, or the original mail when they are too many or too large to be kept apart; and whether all of the
/// mail can be seen without the original.
fn files(message: &Message<'_>, raw: &[u8], complete: bool) -> (Vec<NewAttachment>, bool) {
    let count = message.attachment_count();
    let bytes: usize = message.attachments().map(|part| part.contents().len()).sum();
    if !complete || count > MOST_ATTACHMENTS || bytes > MOST_BYTES {
        return (vec![original(raw)], false);
    }
    let kept = message.attachments().map(|part| {
        let kind =
            part.content_type().map(|t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or("octet-stream")));
        let fallback = if matches!(part.body, PartType::Message(_)) { "message.eml" } else { "attachment" };
        NewAttachment {
            name: part.attachment_name().map_or_else(|| fallback.to_owned(), one_line),
            media_type: kind.unwrap_or_else(|| "application/octet-stream".into()),
            content: Bytes::copy_from_slice(part.contents()),
        }
    });
    (kept.collect(), true)
}

fn original(raw: &[u8]) -> NewAttachment {
    NewAttachment {
        name: "original.eml".into(),
        media_type: "message/rfc822".into(),
        content: Bytes::copy_from_slice(raw),
    }
}

fn recipients(message: &Message<'_>, headers: &ParsedHeaders<'_>) -> Vec<String> {
    use machine::Headers as _;
    let lists = message.all_to().chain(message.all_cc());
    let mut all: Vec<String> =
        lists.flat_map(Address::iter).filter_map(|a| a.address()).map(address).collect();
    for name in ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"] {
        let split = |value: String| value.split([',', ' ', '<', '>']).map(address).collect::<Vec<_>>();
        all.extend(headers.values(name).into_iter().flat_map(split).filter(|a| a.contains('@')));
    }
    all.truncate(MOST_ADDRESSES);
    all
}

fn answers(headers: &ParsedHeaders<'_>) -> Vec<String> {
    use machine::Headers as _;
    let values = headers.values("In-Reply-To").into_iter().chain(headers.values("References"));
    let ids = values.flat_map(|v| v.split(['<', '>', ' ']).map(str::to_owned).collect::<Vec<_>>());
    ids.filter(|id| id.contains('@')).take(MOST_ADDRESSES).collect()
}

fn address(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Without what no database keeps.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "").trim().to_owned()
}

fn one_line(text: &str) -> String {
    let line =
        text.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    line.trim().chars().take(MOST_LINE).collect()
}

/// A mail without a Message-ID is known again by its bytes.
fn named_by_content(raw: &[u8]) -> String {
    let digest = Sha256::digest(raw);
    format!("sha256-{}@mail.invalid", domain::numerals::hex(&digest[..16]))
}
