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

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|w| !w.is_empty()).map(str::to_lowercase).take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
