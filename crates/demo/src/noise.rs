//! What hurry, small keyboards and moods do to a text.

use rand::RngExt;
use rand::rngs::StdRng;

use crate::frequency::any;

const ROWS: &[&str] = &["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const FACES: &[&str] = &["😡", "😢", "🙏", "😊", "🤷", "❤️", "😭", "🙈", "👍", "😩😩"];

/// The text as it was really typed.
pub(crate) fn typed(rng: &mut StdRng, text: String) -> String {
    let mut text = text;
    if rng.random_bool(0.25) {
        text.retain(|letter| letter != '\'');
    }
    match rng.random_range(0..100) {
        0..14 => text = text.to_lowercase(),
        14..16 => text = text.to_uppercase(),
        _ => {}
    }
    let letters_a_slip = match rng.random_range(0..100) {
        0..50 => 0,
        50..85 => 90,
        _ => 30,
    };
    if letters_a_slip > 0 {
        text = with_slips(rng, &text, letters_a_slip);
    }
    if rng.random_bool(0.06) {
        text.push(' ');
        text.push_str(any(rng, FACES).copied().unwrap_or_default());
    }
    if rng.random_bool(0.04) {
        text = text.replace('.', "...");
    }
    text
}

/// One slip in about so many letters.
fn with_slips(rng: &mut StdRng, text: &str, letters: u32) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    // The distance to the next slip is drawn once, not asked at every letter: that is most of the time saved.
    let mut left = rng.random_range(1..=2 * letters);
    while let Some(letter) = chars.next() {
        left -= 1;
        if left > 0 || !letter.is_ascii_alphabetic() {
            out.push(letter);
            left = left.max(1);
            continue;
        }
        left = rng.random_range(1..=2 * letters);
        match rng.random_range(0..4) {
            0 => {}
            1 => out.extend([letter, letter]),
            2 => match chars.next_if(char::is_ascii_alphabetic) {
                Some(next) => out.extend([next, letter]),
                None => out.push(letter),
            },
            _ => out.push(neighbour(rng, letter)),
        }
    }
    out
}

/// A key beside the right one.
fn neighbour(rng: &mut StdRng, letter: char) -> char {
    let small = letter.to_ascii_lowercase();
    for row in ROWS {
        if let Some(place) = row.find(small) {
            let beside = if rng.random_bool(0.5) { place.wrapping_sub(1) } else { place + 1 };
            return row.chars().nth(beside).unwrap_or(small);
        }
    }
    letter
}
