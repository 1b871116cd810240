//! A template's text from the replies that follow it.

use crate::mask::{Kind, Token, tokens};
use crate::tickets::Ticket;

/// The wording that these tickets share, as a template: what differs between them gives way to a variable or a gap.
pub(super) fn of(tickets: &[Ticket], which: &[usize]) -> String {
    const COMPARED: usize = 20;
    const LONGEST: usize = 4_000;
    let texts: Vec<(String, &[String])> = which
        .iter()
        .take(COMPARED)
        .filter_map(|&i| {
            Some((learn::normalise(None, tickets[i].reply.as_deref()?), tickets[i].names.as_slice()))
        })
        .collect();
    let split: Vec<Vec<Token<'_>>> = texts.iter().map(|(text, names)| tokens(text, names)).collect();
    let Some(first) = split.first() else { return String::new() };
    let same_shape: Vec<&Vec<Token<'_>>> = split.iter().filter(|t| t.len() == first.len()).collect();
    let mut out = String::new();
    let mut before = None;
    let line_starts = texts.first().map(|t| paragraphs(&t.0)).unwrap_or_default();
    let mut line = 0;
    for (at, token) in first.iter().enumerate() {
        let varies = same_shape.iter().any(|other| other[at].core != token.core);
        let digits = token.core.chars().any(|c| c.is_ascii_digit());
        let kind = token.kind.filter(|kind| varies || matches!(kind, Kind::Name)).or({
            // A date or an amount that is another one in each reply.
            if varies && digits { Some(Kind::Number) } else { None }
        });
        if kind.is_some() && kind == before {
            continue;
        }
        if token.first {
            out.push_str(if line == 0 { "" } else { line_starts.get(line).copied().unwrap_or("\n") });
            line += 1;
        } else if !out.is_empty() {
            out.push(' ');
        }
        let start = token.raw.find(token.core).unwrap_or(0);
        match kind {
            Some(Kind::Name) => {
                out.push_str("{{ requester.first_name }}");
                out.push_str(&token.raw[start + token.core.len()..]);
            }
            Some(kind) => {
                out.push_str(kind.sign());
                out.push_str(&token.raw[start + token.core.len()..]);
            }
            None => out.push_str(&token.raw.replace("{{", "").replace("{%", "")),
        }
        before = kind;
        if out.len() > LONGEST {
            break;
        }
    }
    out
}

/// What stands before each line that is not empty: one line's end or two.
fn paragraphs(text: &str) -> Vec<&'static str> {
    let mut out = Vec::new();
    let mut gap = "\n";
    for line in text.lines() {
        if line.trim().is_empty() {
            gap = "\n\n";
        } else {
            out.push(gap);
            gap = "\n";
        }
    }
    out
}
