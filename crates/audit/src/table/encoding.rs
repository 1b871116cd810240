//! Bytes to text. Old exports are Windows-1252, spreadsheets write UTF-16, and some files are both UTF-8 and not.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The file without its byte-order mark, and as UTF-8 where it was UTF-16; whether it was.
pub(super) fn whole(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    let found = Encoding::for_bom(bytes).or_else(|| unmarked(bytes).map(|e| (e, 0)));
    match found {
        Some((encoding, mark)) if encoding == UTF_8 => (Cow::Borrowed(&bytes[mark..]), false),
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
            (Cow::Owned(text.into_owned().into_bytes()), true)
        }
        None => (Cow::Borrowed(bytes), false),
    }
}

/// UTF-16 without a mark: most letters of an export's first line leave every other byte 0.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOK: usize = 400;
    let head = &bytes[..bytes.len().min(LOOK)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    if half < 4 {
        return None;
    }
    if zeros(1) * 10 > half * 8 {
        Some(UTF_16LE)
    } else if zeros(0) * 10 > half * 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-8 where it is, Windows-1252 (which takes any byte) where it is not.
pub(super) fn lenient(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, true),
    }
}
