//! Plain text as HTML: paragraphs, line breaks, and addresses of pages as links. Nothing in a text becomes markup.

use askama::filters::{Html, escape};

/// Text ready to be put into a page.
pub(super) struct SafeHtml(String);

impl std::fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

/// Paragraphs between empty lines, line breaks within them.
pub(super) fn paragraphs(text: &str) -> SafeHtml {
    let text = text.replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let html = blocks.map(|block| {
        let lines: Vec<String> = block.lines().map(linked).collect();
        format!("<p>{}</p>", lines.join("<br>"))
    });
    SafeHtml(html.collect())
}

fn linked(line: &str) -> String {
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    let begins = word.find("https://").or_else(|| word.find("http://"));
    let Some(at) = begins else { return escaped(word) };
    let (before, rest) = word.split_at(at);
    let address = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
    let after = &rest[address.len()..];
    if address.len() <= "https://".len() {
        return escaped(word);
    }
    let shown = escaped(address);
    format!(
        "{}<a href=\"{shown}\" rel=\"nofollow noopener noreferrer\">{shown}</a>{}",
        escaped(before),
        escaped(after)
    )
}

fn escaped(text: &str) -> String {
    escape(text, Html).map(|safe| safe.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let html = paragraphs(
            "a <b> & \"c\"\nd\n\n\nhttps://x.example/?a=1&b=2. (http://y.example) https://\"onload=x",
        );
        assert_eq!(
            html.to_string(),
            "<p>a &#60;b&#62; &#38; &#34;c&#34;<br>d</p><p><a href=\"https://x.example/?a=1&#38;b=2\" \
             rel=\"nofollow noopener noreferrer\">https://x.example/?a=1&#38;b=2</a>. (<a href=\"http://y.example\" \
             rel=\"nofollow noopener noreferrer\">http://y.example</a>) <a href=\"https://&#34;onload=x\" \
             rel=\"nofollow noopener noreferrer\">https://&#34;onload=x</a></p>"
        );
    }
}
