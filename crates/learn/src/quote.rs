//! What the customer wrote, without what their mail program added: quoted replies, signatures, and a subject that
//! only repeats the body.

/// The learner's text of a message: the subject, unless it only repeats the body's start, and the body without
/// quoted replies and signatures. Never empty unless both are.
///
/// ```
/// let body = "Where is my parcel?\n\n-- \nJo\n\nOn Mon, 2 Apr 2012, Shop wrote:\n> Hello";
/// assert_eq!(learn::normalise(Some("Re: Parcel"), body), "Parcel\nWhere is my parcel?");
/// assert_eq!(learn::normalise(Some("Where is my…"), body), "Where is my parcel?");
/// ```
pub fn normalise(subject: Option<&str>, body: &str) -> String {
    let written = written(body);
    let subject = bare_subject(subject.unwrap_or_default());
    if subject.is_empty() || repeats(subject, &written) {
        return written;
    }
    if written.is_empty() { subject.to_owned() } else { format!("{subject}\n{written}") }
}

/// Without "Re:", "Fwd:" and their like in other languages.
fn bare_subject(subject: &str) -> &str {
    const PREFIXES: [&str; 14] =
        ["re", "fwd", "fw", "aw", "wg", "sv", "vs", "tr", "rv", "antw", "res", "enc", "回复", "答复"];
    let mut rest = subject.trim();
    while let Some((head, tail)) = rest.split_once([':', '：']) {
        let head = head.trim().to_lowercase();
        // "Re[2]:" counts replies.
        let head = head.split('[').next().unwrap_or_default();
        if !PREFIXES.contains(&head) {
            break;
        }
        rest = tail.trim();
    }
    rest
}

fn repeats(subject: &str, body: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(400).collect()
    };
    letters(body).starts_with(&letters(subject))
}

/// The message's own words. When everything looks quoted, the whole is kept: better too much than nothing.
fn written(body: &str) -> String {
    let lines: Vec<&str> = body.lines().map(|l| l.trim_end_matches(['\r', ' ', '\t'])).collect();
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut i = 0;
    while i < lines.len() {
        let line = lines[i].trim_start();
        if line.starts_with('>') {
            i += 1;
        } else if let Some(height) = attribution(&lines[i..]) {
            // A quote with marks may be followed by the answer; one without ends the message.
            if !next_text(&lines[i + height..]).is_some_and(|l| l.trim_start().starts_with('>')) {
                break;
            }
            i += height;
        } else if is_original(line) || is_header_block(&lines[i..]) {
            break;
        } else if is_signature_mark(lines[i]) {
            i = after_signature(&lines, i);
        } else {
            kept.push(lines[i]);
            i += 1;
        }
    }
    let own = trim_lines(cut_closing(trim_lines(&kept)));
    let text = own.join("\n");
    if text.trim().is_empty() { body.trim().to_owned() } else { text.trim().to_owned() }
}

fn next_text<'a>(lines: &[&'a str]) -> Option<&'a str> {
    lines.iter().copied().find(|l| !l.trim().is_empty())
}

fn trim_lines<'a, 'b>(mut lines: &'b [&'a str]) -> &'b [&'a str] {
    while let Some((_, rest)) = lines.split_first().filter(|(l, _)| l.trim().is_empty()) {
        lines = rest;
    }
    while let Some((_, rest)) = lines.split_last().filter(|(l, _)| l.trim().is_empty()) {
        lines = rest;
    }
    lines
}

/// "On …, … wrote:" in the languages of common mail programs, over up to three lines; how many lines it takes.
fn attribution(lines: &[&str]) -> Option<usize> {
    const ENDS: [&str; 18] = [
        "wrote",
        "schrieb",
        "écrit",
        "escribió",
        "scritto",
        "schreef",
        "escreveu",
        "написал",
        "написала",
        "пишет",
        "skrev",
        "napisał",
        "napisał(a)",
        "kirjoitti",
        "yazdı",
        "写道",
        "のメール",
        "geschreven",
    ];
    const MOST_LETTERS: usize = 300;
    // It begins with a date, perhaps after a short word: "On", "Am", "Le", "Den", "пн,".
    let first = lines.first()?.trim();
    let opening = first.split_whitespace().next()?;
    let short = opening.chars().count() <= 4 && first.chars().any(|c| c.is_ascii_digit());
    if !short && !opening.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut joined = String::new();
    for (height, line) in lines.iter().take(3).enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('>') {
            return None;
        }
        joined.push_str(line);
        joined.push(' ');
        if joined.len() > MOST_LETTERS {
            return None;
        }
        let text = joined.trim_end();
        if !text.ends_with([':', '：']) {
            continue;
        }
        let text = text.trim_end_matches([':', '：']).trim_end().to_lowercase();
        let says =
            ENDS.iter().any(|e| text.ends_with(e)) || (text.starts_with("am ") && text.contains(" schrieb "));
        return says.then_some(height + 1);
    }
    None
}

/// "-----Original Message-----" and the like.
fn is_original(line: &str) -> bool {
    const SAYS: [&str; 9] = [
        "original message",
        "originalnachricht",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
        "messaggio originale",
        "oorspronkelijk bericht",
        "forwarded message",
        "mensagem original",
    ];
    let lower = line.to_lowercase();
    let core = lower.trim_matches(['-', '_', ' ', '*']);
    (lower.starts_with("--") || lower.starts_with("begin forwarded"))
        && (SAYS.contains(&core) || core.starts_with("begin forwarded"))
}

/// "From: … Sent: … To: … Subject: …", of which at least three follow one another.
fn is_header_block(lines: &[&str]) -> bool {
    const NAMES: [&str; 21] = [
        "from", "sent", "to", "subject", "date", "cc", "von", "gesendet", "an", "betreff", "datum", "de",
        "envoyé", "à", "objet", "para", "asunto", "enviado", "da", "inviato", "oggetto",
    ];
    let is_header = |line: &str| {
        let line = line.trim_start_matches(['*', ' ', '\t']);
        line.split_once(':')
            .is_some_and(|(name, _)| NAMES.contains(&name.trim_matches(['*', ' ']).to_lowercase().as_str()))
    };
    let Some(first) = lines.first() else { return false };
    is_header(first)
        && lines.iter().filter(|l| !l.trim().is_empty()).take(5).filter(|l| is_header(l)).count() >= 3
}

fn is_signature_mark(line: &str) -> bool {
    matches!(line, "--" | "-- " | "—" | "__")
}

/// A signature reaches to the quote below it, or to the end.
fn after_signature(lines: &[&str], mark: usize) -> usize {
    (mark + 1..lines.len())
        .find(|&i| {
            let line = lines[i].trim_start();
            line.starts_with('>') || attribution(&lines[i..]).is_some() || is_original(line)
        })
        .unwrap_or(lines.len())
}

/// Cuts what mail programs on telephones add, and a closing formula with the few short lines after it.
fn cut_closing<'a, 'b>(lines: &'b [&'a str]) -> &'b [&'a str] {
    const DEVICES: [&str; 8] = [
        "sent from",
        "sent with",
        "sent using",
        "get outlook for",
        "von meinem",
        "gesendet von",
        "envoyé de",
        "enviado desde",
    ];
    const CLOSINGS: [&str; 22] = [
        "best",
        "best regards",
        "kind regards",
        "regards",
        "warm regards",
        "many thanks",
        "thanks",
        "thank you",
        "cheers",
        "sincerely",
        "yours sincerely",
        "yours faithfully",
        "br",
        "mfg",
        "viele grüße",
        "mit freundlichen grüßen",
        "freundliche grüße",
        "cordialement",
        "saludos",
        "cordiali saluti",
        "met vriendelijke groet",
        "atenciosamente",
    ];
    const MOST_LINES: usize = 6;
    const LONGEST: usize = 60;
    let mut lines = lines;
    while let Some((last, rest)) = lines.split_last() {
        let lower = last.trim().to_lowercase();
        let device = lower.len() < 80 && DEVICES.iter().any(|d| lower.starts_with(d));
        if !lower.is_empty() && !device {
            break;
        }
        lines = rest;
    }
    let start = lines.len().saturating_sub(MOST_LINES).max(1);
    for i in start..lines.len() {
        let lower = lines[i].trim().trim_end_matches([',', '.', '!', '-']).to_lowercase();
        let short =
            lines[i + 1..].iter().all(|l| l.chars().count() <= LONGEST && !l.trim_end().ends_with('?'));
        if CLOSINGS.contains(&lower.as_str()) && short && next_text(&lines[..i]).is_some() {
            return &lines[..i];
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_cut_wherever_the_answer_stands() {
        for body in [
            "Hello\n\nOn Apr 3, 2012, at 4:19 PM, bob <bob@example.com> wrote:\n\n> Hi",
            "On 04/02/2012 06:26 PM, Megan One wrote:\n> Hi \nHello",
            "Hello\n\n-----Original Message-----\nFrom: bob <bob@example.com>\nHi",
            "Hello\nFrom: a@b.c [mailto:a@b.c]\nSent: March-09-12 4:22 PM\nTo: Dan Le\nSubject: Your loop\n\nHi",
            "Hello\r\n\r\n-- \r\nxxx\r\nSent with Sparrow\r\n\r\nOn Tuesday, April 3, 2012 at 4:55 PM, xxx wrote:\r\n\r\n> Hi\r\n",
            "Hello\n\nSent from my iPhone\n",
            "Hello\n\n> Subject: Test\n> From: x@y.z\n> \n> Hi",
            "Hello\n02.04.2012 14:20 пользователь \"bob@xxx.mailgun.org\" <\nbob@xxx.mailgun.org> написал:\n\n> Hi",
            "Hello\n\nAm 02.04.2012 um 18:22 schrieb Bob <bob@example.com>:\n\n> Hi",
            "Hello\n\nKind regards,\nJo Doe\nSales",
        ] {
            assert_eq!(normalise(None, body), "Hello", "{body:?}");
        }
    }

    #[test]
    fn nothing_is_lost_when_all_looks_quoted() {
        assert_eq!(normalise(None, "> only a quote"), "> only a quote");
        assert_eq!(normalise(Some("Help"), ""), "Help");
        assert_eq!(normalise(None, "Thanks"), "Thanks");
        assert_eq!(normalise(None, "Thanks\nJo"), "Thanks\nJo");
        assert_eq!(normalise(None, ""), "");
    }

    #[test]
    fn what_a_customer_says_is_not_a_quote() {
        for body in
            ["My boss wrote:\nwhy is this so slow?", "From: and To: are mixed up", "- one\n-- two\nthree"]
        {
            assert_eq!(normalise(None, body), body);
        }
    }

    #[test]
    fn subjects_that_say_something_stay() {
        assert_eq!(normalise(Some("Re: AW: Refund"), "Please."), "Refund\nPlease.");
        assert_eq!(normalise(Some("please, help"), "Please help me"), "Please help me");
        assert_eq!(normalise(Some("Order 12: late"), "Hi"), "Order 12: late\nHi");
    }
}
