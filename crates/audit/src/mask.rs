//! Personal data in examples: addresses, links, numbers and names give way to what they are.

/// What a word is replaced by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Address,
    Link,
    Number,
    Name,
}

impl Kind {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Address => "[email]",
            Self::Link => "[link]",
            Self::Number => "[number]",
            Self::Name => "[name]",
        }
    }
}

/// A word with what surrounds it: its place in the text, and what it is if it must be masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// With signs around it.
    pub(crate) raw: &'a str,
    /// Letters, digits and what stands between them.
    pub(crate) core: &'a str,
    /// Begins a line.
    pub(crate) first: bool,
    pub(crate) kind: Option<Kind>,
}

const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "dear",
    "hallo",
    "liebe",
    "lieber",
    "geehrte",
    "geehrter",
    "servus",
    "moin",
    "bonjour",
    "cher",
    "chère",
    "salut",
    "hola",
    "estimado",
    "estimada",
    "querido",
    "querida",
    "ciao",
    "gentile",
    "caro",
    "cara",
    "beste",
    "geachte",
    "olá",
    "prezado",
    "prezada",
    "hej",
    "hei",
    "cześć",
    "witaj",
    "merhaba",
    "привет",
    "здравствуйте",
];
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "herrn", "frau", "monsieur", "madame", "mme", "señor",
    "señora", "sr", "sra", "signor", "signora", "dhr", "mevrouw", "sir", "madam",
];
/// A name follows these where it is written with a capital.
const INTRODUCTIONS: &[&[&str]] = &[
    &["name", "is"],
    &["this", "is"],
    &["i", "am"],
    &["i'm"],
    &["name", "ist"],
    &["ich", "bin"],
    &["ich", "heiße"],
    &["je", "m'appelle"],
    &["je", "suis"],
    &["me", "llamo"],
    &["mi", "chiamo"],
    &["mijn", "naam", "is"],
];
const CLOSINGS: &[&str] = &[
    "regards",
    "wishes",
    "sincerely",
    "faithfully",
    "cheers",
    "thanks",
    "grüße",
    "grüßen",
    "gruß",
    "cordialement",
    "saludos",
    "saluti",
    "groet",
    "groeten",
    "atenciosamente",
    "mfg",
    "hilsen",
    "pozdrawiam",
    "signed",
    "best",
];

/// The text's words, with what must be masked marked. `names` are words (in lower case) of people known by name.
pub(crate) fn tokens<'a>(text: &'a str, names: &[String]) -> Vec<Token<'a>> {
    let mut out: Vec<Token<'a>> = Vec::new();
    for line in text.lines() {
        let mut first = true;
        for raw in line.split_whitespace() {
            let core = raw.trim_matches(|c: char| !c.is_alphanumeric());
            out.push(Token { raw, core, first, kind: by_itself(raw, core, names) });
            first = false;
        }
    }
    numbers(&mut out);
    people(&mut out);
    out
}

fn by_itself(raw: &str, core: &str, names: &[String]) -> Option<Kind> {
    if raw.contains("://") || raw.starts_with("www.") {
        return Some(Kind::Link);
    }
    if core.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.')) {
        return Some(Kind::Address);
    }
    let digits = core.bytes().filter(u8::is_ascii_digit).count();
    // A handle, an order number, an IBAN.
    if digits >= 3 && core.chars().any(char::is_alphabetic) {
        return Some(Kind::Number);
    }
    let lower = core.to_lowercase();
    let bare = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    names.iter().any(|n| n == bare).then_some(Kind::Name)
}

/// Four digits or more, in one piece or in pieces one after the other: phone, card, account and order numbers.
fn numbers(tokens: &mut [Token<'_>]) {
    const LONG: usize = 4;
    let digits = |t: &Token<'_>| t.raw.chars().filter(char::is_ascii_digit).count();
    let numeric = |t: &Token<'_>| digits(t) > 0 && !t.core.chars().any(char::is_alphabetic);
    let mut from = 0;
    while from < tokens.len() {
        let run = tokens[from..].iter().take_while(|t| numeric(t)).count();
        if tokens[from..from + run].iter().map(digits).sum::<usize>() >= LONG {
            for token in &mut tokens[from..from + run] {
                token.kind = token.kind.or(Some(Kind::Number));
            }
        }
        from += run.max(1);
    }
}

/// Capitalised words after greetings, titles, introductions and closings.
fn people(tokens: &mut [Token<'_>]) {
    const MOST_NAMES: usize = 3;
    for i in 0..tokens.len() {
        let word = tokens[i].core.to_lowercase();
        let word = word.as_str();
        let greeting = GREETINGS.contains(&word) && (tokens[i].first || i < 4);
        let title = TITLES.contains(&word);
        let introduced = INTRODUCTIONS.iter().any(|words| ends_with(&tokens[..=i], words));
        let closing = CLOSINGS.contains(&word) && tokens.len() - i <= 8;
        if !(greeting || title || introduced || closing) {
            continue;
        }
        // "Thanks, Jo" and a name on the next line; but "Hi! Where is" greets nobody.
        if !closing && tokens[i].raw.ends_with(['!', '.', ',']) && !title {
            continue;
        }
        for at in i + 1..(i + 1 + MOST_NAMES).min(tokens.len()) {
            let next = tokens[at];
            let lower = next.core.to_lowercase();
            let named = next.core.chars().next().is_some_and(char::is_uppercase)
                && !TITLES.contains(&lower.as_str())
                && !COMMON.contains(&lower.as_str());
            if TITLES.contains(&lower.as_str()) {
                continue;
            }
            if !named || (next.first && !closing) {
                break;
            }
            tokens[at].kind = tokens[at].kind.or(Some(Kind::Name));
            if next.raw.ends_with([',', '!', '.', ':', ';', '?']) {
                break;
            }
        }
    }
}

/// Begin sentences with a capital, or are always written with one, and are nobody's name.
const COMMON: &[&str] = &[
    "i", "i'm", "i've", "we", "you", "there", "team", "support", "all", "everyone", "the", "my", "your",
    "it", "this", "can", "could", "please", "what", "where", "when", "how", "why", "is", "do", "does",
    "thank", "thanks", "damen", "herren", "customer", "kunde", "sie", "ich", "madam", "sir", "not", "no",
    "yes",
];

fn ends_with(tokens: &[Token<'_>], words: &[&str]) -> bool {
    tokens.len() >= words.len()
        && tokens[tokens.len() - words.len()..].iter().zip(words).all(|(t, w)| t.core.to_lowercase() == *w)
}

/// The text on one line with personal data masked, at most `most` characters of it.
pub(crate) fn masked(text: &str, names: &[String], most: usize) -> String {
    let read = text.char_indices().nth(most * 4).map_or(text, |(at, _)| &text[..at]);
    let mut out = String::new();
    let mut before = None;
    for token in tokens(read, names) {
        // A number in pieces, a name of several words: one sign.
        if token.kind.is_some() && token.kind == before {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        match token.kind {
            Some(kind) => {
                let start = token.raw.find(token.core).unwrap_or(0);
                out.push_str(kind.sign());
                out.push_str(token.raw[start + token.core.len()..].trim_end_matches(char::is_alphanumeric));
            }
            None => out.extend(token.raw.chars().filter(|c| !c.is_control())),
        }
        before = token.kind;
    }
    match out.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", out[..at].trim_end()),
        None => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_personal_is_masked() {
        for (text, expected) in [
            ("Mail me at jo.doe@example.com.", "Mail me at [email]."),
            ("see https://x.org/a?b=jo now", "see [link] now"),
            ("call +49 170 123 45 67 please", "call [number] please"),
            ("card 4111-1111-1111-1111!", "card [number]!"),
            ("order AB-123456, 2 pieces", "order [number], 2 pieces"),
            ("it took 14 days and 20.5 $", "it took 14 days and 20.5 $"),
            ("my card ending 1234", "my card ending [number]"),
            ("Hi Maria,\nwhere is it?", "Hi [name], where is it?"),
            ("Dear Mr Smith, where is it?", "Dear Mr [name], where is it?"),
            ("Sehr geehrte Frau Müller,\nIch warte", "Sehr geehrte Frau [name], Ich warte"),
            ("My name is Ann Lee and I wait", "My name is [name] and I wait"),
            ("Where is it?\nThanks,\nJo Doe", "Where is it? Thanks, [name]"),
            ("Hi there, I wait", "Hi there, I wait"),
            ("Hello! Where is it", "Hello! Where is it"),
            ("ann's card, says Ann", "[name] card, says [name]"),
        ] {
            assert_eq!(masked(text, &["ann".into()], 200), expected, "{text}");
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "wörd ".repeat(20_000);
        assert!(masked(&long, &[], 100).chars().count() <= 101);
        assert_eq!(masked("", &[], 100), "");
    }

    proptest! {
        #[test]
        fn any_text_can_be_masked(text in any::<String>(), words in "(Hi |Dear |Jo |@|1234 |\n|name is |Ää ){0,30}") {
            for text in [&text, &words] {
                let out = masked(text, &[], 80);
                prop_assert!(out.chars().count() <= 81);
            }
        }
    }
}
