//! Sentences with choices and slots: `I [can't|cannot] sign in on {device}`. A choice may be empty and may hold
//! further choices.

use std::iter::Peekable;
use std::str::Chars;

use rand::RngExt;
use rand::rngs::StdRng;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(String),
    Choice(Vec<Template>),
}

/// Finds what a slot is filled with.
pub(crate) trait Fill {
    fn fill(&mut self, rng: &mut StdRng, slot: &str, out: &mut String);
}

impl Template {
    /// Reads a line; an unclosed bracket ends with the line, which the test of the texts looks for.
    pub(crate) fn parse(line: &str) -> Self {
        sequence(&mut line.chars().peekable(), false)
    }

    pub(crate) fn write(&self, rng: &mut StdRng, slots: &mut impl Fill, out: &mut String) {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Slot(slot) => slots.fill(rng, slot, out),
                Piece::Choice(choices) => choices[rng.random_range(0..choices.len())].write(rng, slots, out),
            }
        }
    }

    /// The slots that are named anywhere in it.
    #[cfg(test)]
    pub(crate) fn slots(&self) -> Vec<&str> {
        let of = |piece| match piece {
            &Piece::Text(_) => Vec::new(),
            Piece::Slot(slot) => vec![slot.as_str()],
            Piece::Choice(choices) => choices.iter().flat_map(Self::slots).collect(),
        };
        self.0.iter().flat_map(of).collect()
    }
}

/// One template a line; empty lines are skipped.
pub(crate) fn lines(text: &str) -> Vec<Template> {
    text.lines().filter(|line| !line.trim().is_empty()).map(Template::parse).collect()
}

fn sequence(chars: &mut Peekable<Chars<'_>>, inside: bool) -> Template {
    let mut pieces = Vec::new();
    let mut text = String::new();
    while let Some(&next) = chars.peek() {
        if inside && matches!(next, '|' | ']') {
            break;
        }
        chars.next();
        match next {
            '[' => {
                flush(&mut text, &mut pieces);
                pieces.push(choice(chars));
            }
            '{' => {
                flush(&mut text, &mut pieces);
                pieces.push(Piece::Slot(chars.by_ref().take_while(|&c| c != '}').collect()));
            }
            // A line break inside one template, whose lines are otherwise templates of their own.
            '¶' => text.push('\n'),
            _ => text.push(next),
        }
    }
    flush(&mut text, &mut pieces);
    Template(pieces)
}

fn choice(chars: &mut Peekable<Chars<'_>>) -> Piece {
    let mut choices = vec![sequence(chars, true)];
    while chars.next() == Some('|') {
        choices.push(sequence(chars, true));
    }
    Piece::Choice(choices)
}

fn flush(text: &mut String, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    struct Loud;

    impl Fill for Loud {
        fn fill(&mut self, _: &mut StdRng, slot: &str, out: &mut String) {
            out.push_str(&slot.to_uppercase());
        }
    }

    #[test]
    fn choices_and_slots_are_written() {
        let template = Template::parse("[a|[b|c]|] on {device}!");
        let mut rng = StdRng::seed_from_u64(1);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..100 {
            let mut out = String::new();
            template.write(&mut rng, &mut Loud, &mut out);
            seen.insert(out);
        }
        let seen: Vec<_> = seen.iter().map(String::as_str).collect();
        assert_eq!(seen, [" on DEVICE!", "a on DEVICE!", "b on DEVICE!", "c on DEVICE!"]);
    }
}
