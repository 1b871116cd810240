//! Where a mail's own words end and the quoted mail before it begins. Nothing is ever removed from a message; the
//! quoted part is only shown folded.

/// A text, cut before what it quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut<'a> {
    pub own: &'a str,
    /// Empty when nothing is quoted.
    pub quoted: &'a str,
}

/// "wrote" in the languages of the mail programs most used.
const WROTE: &[&str] = &[
    "wrote",
    "writes",
    "schrieb",
    "a écrit",
    "escribió",
    "escribio",
    "ha scritto",
    "escreveu",
    "schreef",
    "skrev",
    "kirjoitti",
    "napisał",
    "napisal",
    "написал",
    "пише",
    "пишет",
    "yazdı",
    "写道",
    "schreven",
];
/// Headers that Outlook puts above a quoted mail, in a few languages.
const FROM: &[&str] = &["from:", "von:", "de:", "da:", "van:", "från:", "fra:", "от:"];
const SENT: &[&str] = &[
    "sent:",
    "date:",
    "gesendet:",
    "datum:",
    "envoyé:",
    "enviado:",
    "inviato:",
    "verzonden:",
    "skickat:",
    "sendt:",
    "to:",
    "an:",
    "à:",
    "para:",
    "a:",
    "aan:",
    "till:",
    "til:",
    "cc:",
    "дата:",
    "отправлено:",
];
/// How many lines an introduction ("On Monday, … wrote:") may be broken over.
const INTRODUCTION: usize = 3;

/// Cuts `text` before the quoted mail at its end. Answers between or below quoted lines stay whole, and so does
/// a text that would have nothing of its own left.
pub fn cut(text: &str) -> Cut<'_> {
    let lines = lines(text);
    let whole = Cut { own: text, quoted: "" };
    let Some(at) = (0..lines.len()).find(|&at| begins_quote(&lines[at..])) else { return whole };
    let offset = lines[at].0;
    let (own, quoted) = (text[..offset].trim_end(), text[offset..].trim_end());
    if own.is_empty() { whole } else { Cut { own, quoted } }
}

/// Each line with where it begins, without its end.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let begins = at;
            at += line.len();
            (begins, line.trim())
        })
        .collect()
}

fn begins_quote(rest: &[(usize, &str)]) -> bool {
    let Some(&(_, first)) = rest.first() else { return false };
    let after = |n: usize| rest.get(n..).unwrap_or_default();
    if first.starts_with('>') {
        return only_quotes(rest);
    }
    if is_divider(first) {
        return true;
    }
    if is_header(first, FROM) {
        return after(1).iter().take(2).any(|(_, line)| is_header(line, SENT));
    }
    introduction(rest).is_some_and(|n| only_quotes(after(n)))
}

/// Whether nothing but quoted and empty lines follow, or none is marked as quoted at all.
fn only_quotes(rest: &[(usize, &str)]) -> bool {
    let words = || rest.iter().map(|(_, line)| *line).filter(|line| !line.is_empty());
    words().all(|line| line.starts_with('>')) || !words().any(|line| line.starts_with('>'))
}

/// "-----Original Message-----" and its kind, and Outlook's long line.
fn is_divider(line: &str) -> bool {
    let bare = line.trim_matches(['-', '_', ' ']);
    let marks = line.len() - bare.len();
    if line.starts_with("--") && marks >= 4 {
        let lower = bare.to_lowercase();
        return [
            "original message",
            "original-nachricht",
            "ursprüngliche nachricht",
            "message d'origine",
            "mensaje original",
            "messaggio originale",
            "oorspronkelijk bericht",
            "reply message",
        ]
        .contains(&lower.as_str());
    }
    bare.is_empty() && line.len() >= 20 && line.chars().all(|c| c == '_')
}

fn is_header(line: &str, names: &[&str]) -> bool {
    // Some programs set the name in bold.
    let lower = line.trim_start_matches('*').to_lowercase().replace("* ", " ").replace(":*", ":");
    names.iter().any(|name| lower.starts_with(name) && lower.len() > name.len() + 1)
}

/// How many lines an introduction takes: it begins with a line that has a number (a date or a time)
/// or an address, says who wrote, and ends with a colon.
fn introduction(rest: &[(usize, &str)]) -> Option<usize> {
    let dated = |text: &str| text.contains(|c: char| c.is_ascii_digit()) || text.contains('@');
    if !rest.first().is_some_and(|(_, line)| dated(line)) {
        return None;
    }
    let mut joined = String::new();
    for (n, (_, line)) in rest.iter().take(INTRODUCTION).enumerate() {
        if line.is_empty() {
            return None;
        }
        joined.push_str(&line.to_lowercase());
        if line.ends_with([':', '：']) {
            return WROTE.iter().any(|word| joined.contains(word)).then_some(n + 1);
        }
        joined.push(' ');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quoted_mail_is_cut() {
        for text in [
            "Hello\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Megan <x@gmail.com> wrote:\n\n> Hi\n>\n> there",
            "Hello\n\nOn Mon, Apr 2, 2012 at 6:26 PM, Megan with a long\nname <x@gmail.com> wrote:\n> Hi",
            "Hello\n\nAm 02.04.2012 um 18:26 schrieb Megan <x@gmail.com>:\n> Hallo",
            "Hello\n\n-----Original Message-----\nFrom: bob\n\nHi",
            "Hello\n\nFrom: bob [mailto:b@x.org]\nSent: March-09-12\nTo: Dan\n\nHi dan",
            "Hello\n\n*Von:* bob\n*Gesendet:* Montag\nHi",
            "Hello\n\n________________________________\nFrom: bob\nSent: today\n\nHi",
            "Hello\n\n> Subject: Test\n> Hi\n",
        ] {
            let cut = cut(text);
            assert_eq!(cut.own, "Hello", "{text}");
            assert!(!cut.quoted.is_empty());
        }
    }

    #[test]
    fn answers_between_and_below_stay_whole() {
        for text in [
            "",
            "No quote at all: just this.",
            "> Does it work?\nYes.\n> And now?\nNo.",
            "On 2 April you wrote:\n> Does it work?\nYes, since 3 days.",
            "> only a quote",
            "From: the beginning it never worked.\nPlease help.",
            "I wrote to you at 5:\nno answer.",
        ] {
            assert_eq!(cut(text), Cut { own: text, quoted: "" });
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_but_space(text in "(Hello|> hi|On 2012 a wrote:|\n|From: x|Sent: y|é){0,20}") {
            let cut = cut(&text);
            let space = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
            let both = format!("{} {}", cut.own, cut.quoted);
            proptest::prop_assert_eq!(space(&both), space(&text));
        }
    }
}
