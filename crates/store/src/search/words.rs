//! Text as search sees it: lower case, without accents, cut into words the same way for both engines.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Nothing that a person would search for is longer.
const LONGEST: usize = 40;
/// The shortest beginning that is searched for as such; shorter ones begin too many words.
const SHORTEST_BEGINNING: usize = 3;
/// Most words of one search.
const MOST: usize = 12;

/// The distinct words of some texts.
pub(super) fn distinct(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().flat_map(|text| split(text)).collect()
}

/// What a person typed: whole words, and the last one, which may be a beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) words: Vec<String>,
    pub(super) beginning: Option<String>,
}

/// `None` when there is nothing to search for.
pub(super) fn typed(text: &str) -> Option<Typed> {
    let mut words: Vec<String> = split(text).take(MOST).collect();
    let unfinished = text.chars().next_back().is_some_and(char::is_alphanumeric);
    let last = words.last()?;
    let beginning = (unfinished && last.chars().count() >= SHORTEST_BEGINNING).then(|| words.pop()).flatten();
    Some(Typed { words, beginning })
}

fn split(text: &str) -> impl Iterator<Item = String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut length = 0;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if !c.is_alphanumeric() || stands_alone(c) {
            words.push(std::mem::take(&mut word));
            length = 0;
        }
        if stands_alone(c) {
            words.push(c.to_string());
        } else if c.is_alphanumeric() && length < LONGEST {
            word.extend(c.to_lowercase());
            length += 1;
        }
    }
    words.push(word);
    words.into_iter().filter(|w| !w.is_empty())
}

/// Scripts that put no spaces between words: each character is found by itself.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_cut() {
        let words: Vec<_> = distinct(&["Crème brûlée, CRÈME! don't", "anna@example.com", "密码 Пароль"])
            .into_iter()
            .collect();
        assert_eq!(words, ["anna", "brulee", "com", "creme", "don", "example", "t", "пароль", "密", "码"]);
    }

    #[test]
    fn only_an_unfinished_last_word_is_a_beginning() {
        let typed_words = |text| typed(text).map(|t| (t.words.join(" "), t.beginning.unwrap_or_default()));
        assert_eq!(typed_words("reset passw"), Some(("reset".into(), "passw".into())));
        assert_eq!(typed_words("reset pa"), Some(("reset pa".into(), String::new())));
        assert_eq!(typed_words("\"password\""), Some(("password".into(), String::new())));
        assert_eq!(typed_words(" ' \" * "), None);
    }
}
