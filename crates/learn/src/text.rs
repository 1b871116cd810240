//! A ticket's text as the features see it: one spelling for what is the same, one sign for each kind of thing.

use unicode_normalization::UnicodeNormalization as _;

/// Characters that are read; what a person wants stands at the beginning, and a pasted log must cost nothing.
pub(crate) const MOST_CHARS: usize = 6_000;

/// Stand for any link, mail address and number. Private-use characters, so no text can contain them by chance.
pub(crate) const LINK: char = '\u{E000}';
pub(crate) const ADDRESS: char = '\u{E001}';
pub(crate) const NUMBER: char = '\u{E002}';

/// Compatibility-normalised (NFKC), lower case, single spaces, links, addresses and numbers as kinds.
pub(crate) fn clean(text: &str) -> String {
    let read = match text.char_indices().nth(MOST_CHARS) {
        Some((at, _)) => &text[..at],
        None => text,
    };
    let mut out = String::with_capacity(read.len() + 8);
    if read.is_ascii() {
        let lower = read.to_ascii_lowercase();
        write_tokens(&lower, &mut out);
    } else {
        let lower: String = read.nfkc().flat_map(char::to_lowercase).map(plain).collect();
        write_tokens(&lower, &mut out);
    }
    out
}

/// Typographic signs that people and keyboards use for the same thing.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{00AB}' | '\u{00BB}' | '\u{201E}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        '\u{E000}'..='\u{F8FF}' | '\0' => ' ',
        c => c,
    }
}

fn write_tokens(lower: &str, out: &mut String) {
    for token in lower.split(|c: char| c.is_whitespace() || c.is_control()) {
        if token.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        write_token(token, out);
    }
}

fn write_token(token: &str, out: &mut String) {
    let core = token.trim_matches(|c: char| !c.is_alphanumeric());
    if token.contains("://") || token.starts_with("www.") {
        out.push(LINK);
    } else if is_address(core) {
        out.push(ADDRESS);
    } else if core.starts_with(|c: char| c.is_numeric()) && core.chars().all(|c| !c.is_alphabetic()) {
        // Signs around a number mean something ("$20", "5%", "10?"), its digits rarely do.
        let start = token.find(core).unwrap_or(0);
        out.push_str(&token[..start]);
        out.push(NUMBER);
        out.push_str(&token[start + core.len()..]);
    } else {
        out.push_str(token);
    }
}

fn is_address(core: &str) -> bool {
    core.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// Whether the character is written without spaces between words.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_for_links_addresses_and_numbers() {
        assert_eq!(clean("See HTTPS://a.b/c  now"), format!("see {LINK} now"));
        assert_eq!(clean("mail Me@Example.com."), format!("mail {ADDRESS}"));
        assert_eq!(clean("pay $20.50, 5% or 12/10?"), format!("pay ${NUMBER}, {NUMBER}% or {NUMBER}?"));
        assert_eq!(clean("my iphone7 and 3g"), "my iphone7 and 3g");
    }

    #[test]
    fn one_spelling_for_what_is_the_same() {
        assert_eq!(clean("ｆｕｌｌ  Ｗｉｄｔｈ"), "full width");
        assert_eq!(clean("can\u{2019}t"), "can't");
        assert_eq!(clean("a\0b\u{E000}c"), "a b c");
        assert_eq!(clean(""), "");
    }

    #[test]
    fn a_pasted_log_costs_nothing() {
        let long = "wörd ".repeat(100_000);
        assert!(clean(&long).chars().count() <= MOST_CHARS);
    }
}
