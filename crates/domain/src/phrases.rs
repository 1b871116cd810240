//! Words and phrases that people list (never-lists, rules), found in what customers write: whole words, any case,
//! any accents kept, `word*` for a beginning.

/// A text made comparable: lower case, words apart by single spaces, a space at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparable(String);

impl Comparable {
    pub fn new(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + 2);
        out.push(' ');
        for c in text.chars() {
            if c.is_alphanumeric() {
                out.extend(c.to_lowercase());
            } else if !matches!(c, '\'' | '’') && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
        Self(out)
    }

    fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// A list of words and phrases, made ready once and searched for often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases(Vec<(String, String)>);

impl Phrases {
    pub fn new(listed: &[String]) -> Self {
        let ready = |phrase: &String| {
            let comparable = Comparable::new(phrase);
            if comparable.is_empty() {
                return None;
            }
            let whole = comparable.0;
            let needle = if whole.chars().any(unspaced) {
                // Scripts without spaces between words: found anywhere.
                whole.trim()
            } else if phrase.trim_end().ends_with('*') {
                whole.trim_end()
            } else {
                &whole
            };
            Some((needle.to_owned(), phrase.clone()))
        };
        Self(listed.iter().filter_map(ready).collect())
    }

    /// The first listed phrase that occurs, as it was listed.
    pub fn found_in(&self, text: &Comparable) -> Option<&str> {
        self.0.iter().find(|(needle, _)| text.0.contains(needle.as_str())).map(|(_, listed)| listed.as_str())
    }
}

/// Whether a list names this address: itself, or everything at `@domain`.
pub fn names_address(listed: &[String], email: &str) -> bool {
    let email = email.trim().to_lowercase();
    listed
        .iter()
        .map(|l| l.trim().to_lowercase())
        .filter(|l| !l.is_empty())
        .any(|l| if l.starts_with('@') { email.ends_with(&l) } else { email == l })
}

/// Han, kana, Thai, Lao, Khmer, Burmese: written without spaces.
fn unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(listed: &[&str], text: &str) -> Option<String> {
        let listed: Vec<String> = listed.iter().map(ToString::to_string).collect();
        Phrases::new(&listed).found_in(&Comparable::new(text)).map(str::to_owned)
    }

    #[test]
    fn whole_words_in_any_case_and_with_any_punctuation() {
        assert_eq!(found(&["sue you"], "I will SUE, you!"), Some("sue you".into()));
        assert_eq!(found(&["sue"], "an issue with Susan"), None);
        assert_eq!(found(&["lawyer*"], "my lawyers say"), Some("lawyer*".into()));
        assert_eq!(found(&["lawyer"], "my lawyers say"), None);
        assert_eq!(found(&["don't"], "I dont know"), Some("don't".into()));
    }

    #[test]
    fn scripts_without_spaces_are_found_inside() {
        assert_eq!(found(&["律师"], "我要找律师告你"), Some("律师".into()));
    }

    #[test]
    fn empty_phrases_match_nothing() {
        assert_eq!(found(&["", "  ", "*", "!?"], "anything at all"), None);
    }

    #[test]
    fn addresses_by_domain_or_in_full() {
        let listed = vec!["@Press.example".to_owned(), "boss@example.com".to_owned()];
        assert!(names_address(&listed, "a@press.example"));
        assert!(names_address(&listed, "BOSS@example.com"));
        assert!(!names_address(&listed, "a@example.com"));
        assert!(!names_address(&[String::new()], "a@example.com"));
    }
}
