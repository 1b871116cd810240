//! Finding published answers by a customer's words.

/// How well a text with a title fits `query`; 0 when not at all. Every word of the query that occurs as the
/// beginning of a word counts, more in the title, and most when all of them do.
pub fn score(query: &str, title: &str, body: &str) -> u32 {
    let asked = words(query);
    if asked.is_empty() {
        return 0;
    }
    let (title, body) = (words(title), words(body));
    let found = |text: &[String], word: &str| text.iter().any(|w| w.starts_with(word));
    let mut sum = 0;
    let mut all = true;
    for word in &asked {
        let here = 3 * u32::from(found(&title, word)) + u32::from(found(&body, word));
        // Short words are in every text and say little.
        sum += if word.chars().count() < 3 { here.min(1) } else { 2 * here };
        all &= here > 0;
    }
    if all { sum + 10 } else { sum }
}

/// A reply as a text to be read by anyone: without the "Hello Ada," above it and the "Kind regards," below.
pub fn without_salutation(text: &str) -> &str {
    let whole = text.trim();
    let mut rest = whole;
    if let Some((first, after)) = rest.split_once("\n\n")
        && is_salutation(first.trim(), 1)
    {
        rest = after.trim();
    }
    if let Some((before, last)) = rest.rsplit_once("\n\n")
        && is_salutation(last.trim(), 3)
    {
        rest = before.trim();
    }
    if rest.is_empty() { whole } else { rest }
}

/// A short first line that ends with a comma, and hardly anything after it.
fn is_salutation(paragraph: &str, most_lines: usize) -> bool {
    let first = paragraph.lines().next().unwrap_or_default().trim_end();
    first.chars().count() <= 60
        && first.ends_with([',', '，', '、'])
        && paragraph.lines().count() <= most_lines
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|w| !w.is_empty()).map(str::to_lowercase).take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_are_for_mails() {
        let bare = "Open its menu.\n\nThen choose Delete.";
        assert_eq!(without_salutation(&format!("Hi there,\n\n{bare}\n\nKind regards,\nPinwall")), bare);
        for kept in [bare, "Hi there,", "Do this,\nthen that.\n\nDone.", "First, wait,\n\nFoo,\n1\n2\n3", ""]
        {
            let whole = without_salutation(kept);
            assert!(whole == kept || kept.starts_with("First"), "{kept}");
        }
    }

    #[test]
    fn titles_count_more_and_all_words_most() {
        let title = score("delete board", "How do I delete a board?", "Open its menu.");
        let body = score("delete board", "Archive", "You can delete a board there.");
        let one = score("delete board", "Boards", "Sharing them.");
        assert!(title > body && body > one && one > 0);
        assert_eq!(score("invoice", "Boards", "Sharing them."), 0);
        assert_eq!(score(" ?! ", "Boards", "Sharing them."), 0);
        assert!(score("löschen", "Board LÖSCHEN", "") > 0);
    }
}
