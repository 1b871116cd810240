//! Files that come or go with a message: how many, how large, what they may be called.

use domain::AttachmentId;
use domain::tickets::Message;
use store::Tx;
use store::attachments::{self, Attachment};

use crate::Result;
use crate::fields::Fields;

/// Most files of one message.
pub const MOST_ATTACHMENTS: usize = 20;
/// Most bytes of all files of one message together.
pub const MOST_BYTES: usize = 25 * 1024 * 1024;

/// A file as it came.
#[derive(Debug, Clone)]
pub struct NewAttachment {
    pub name: String,
    pub media_type: String,
    pub content: bytes::Bytes,
}

pub(crate) fn check(fields: &mut Fields, files: &mut [NewAttachment]) {
    if files.len() > MOST_ATTACHMENTS {
        fields.wrong("attachments", format!("{} files; at most {MOST_ATTACHMENTS} are taken", files.len()));
    }
    let total: usize = files.iter().map(|f| f.content.len()).sum();
    if total > MOST_BYTES {
        fields.wrong("attachments", format!("{total} bytes together; at most {MOST_BYTES} are taken"));
    }
    for file in files {
        file.name = safe_name(&file.name);
        file.media_type = safe_type(&file.media_type);
    }
}

/// The name alone, without folders and without what no file system or header can hold.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String =
        last.chars().filter(|c| !c.is_control() && !"\"<>:|?*".contains(*c)).take(120).collect();
    let kept = kept.trim().trim_start_matches('.');
    if kept.is_empty() { "attachment".into() } else { kept.into() }
}

/// `type/subtype` in lower case, or the type of anything.
fn safe_type(media_type: &str) -> String {
    let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let token =
        |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c));
    match bare.split_once('/') {
        Some((kind, sub)) if token(kind) && token(sub) && bare.len() <= 100 => bare,
        _ => "application/octet-stream".into(),
    }
}

pub(crate) async fn insert(
    tx: &mut Tx,
    message: &Message,
    files: &[NewAttachment],
) -> Result<Vec<Attachment>> {
    let mut stored = Vec::with_capacity(files.len());
    for file in files {
        let attachment = Attachment {
            id: tx.id::<AttachmentId>(message.created_at),
            ticket: message.ticket,
            message: message.id,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.content.len() as i64,
        };
        attachments::insert(tx, &attachment, &file.content, message.created_at).await?;
        stored.push(attachment);
    }
    Ok(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_types_are_made_harmless() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\temp\\a\"b\r\n.txt"), "ab.txt");
        assert_eq!(safe_name("...\0"), "attachment");
        assert_eq!(safe_name("Größe 🙂.png"), "Größe 🙂.png");
        assert_eq!(safe_type("IMAGE/PNG; name=x"), "image/png");
        assert_eq!(safe_type("text\r\nX: y"), "application/octet-stream");
    }
}
