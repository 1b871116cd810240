//! Words and characters of a cleaned text as hashed n-grams.
//!
//! Words one and two at a time; characters two to four at a time within a word and its edges, which survive
//! typos and inflection. Features are known by a 32-bit hash alone (the hashing trick, Weinberger et al. 2009,
//! arXiv:0902.2206): a model holds no words of anyone's. The hash's top bit says which of the two kinds it is.

use crate::text::is_ideograph;

pub(crate) const CHARS: u32 = 1 << 31;
const LONGEST: usize = 4;

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

fn step(hash: u64, c: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(MIX)
}

fn finish(hash: u64, salt: u64) -> u32 {
    let h = (hash ^ salt.wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(MIX);
    ((h ^ (h >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33) as u32
}

/// One n-gram: its hash, and the positions of the first and last word that it spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gram {
    pub(crate) hash: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// A single whole word; these alone say how much of a text is unheard of.
    pub(crate) word: bool,
}

/// Calls `emit` for every n-gram of a text that went through [`crate::text::clean`].
pub(crate) fn each(clean: &str, mut emit: impl FnMut(Gram)) {
    let mut previous: Option<(u64, u32)> = None;
    let mut window: Vec<u32> = Vec::with_capacity(32);
    for (position, token) in clean.split(' ').enumerate() {
        let at = position as u32;
        words_of(token, |hash| {
            emit(Gram { hash: finish(hash, 1) & !CHARS, first: at, last: at, word: true });
            if let Some((before, first)) = previous {
                let pair = step(step(before, 32), (hash >> 32) as u32 ^ hash as u32);
                emit(Gram { hash: finish(pair, 2) & !CHARS, first, last: at, word: false });
            }
            previous = Some((hash, at));
        });
        window.clear();
        window.push(32);
        window.extend(token.trim_matches(|c: char| c.is_ascii_punctuation()).chars().map(u32::from));
        window.push(32);
        for start in 0..window.len() - 1 {
            let mut hash = step(0, window[start]);
            for (n, &c) in window[start + 1..].iter().take(LONGEST - 1).enumerate() {
                hash = step(hash, c);
                emit(Gram { hash: finish(hash, 3 + n as u64) | CHARS, first: at, last: at, word: false });
            }
        }
    }
}

/// The words in a token, without the signs around and between them; ideographs are words of their own.
fn words_of(token: &str, mut emit: impl FnMut(u64)) {
    let mut hash = 0;
    let mut open = false;
    for c in token.chars() {
        let alone = is_ideograph(c);
        let inside = c.is_alphanumeric() || c == '\'' || ('\u{E000}'..='\u{E002}').contains(&c);
        if open && (alone || !inside) {
            emit(hash);
            open = false;
        }
        if alone {
            emit(step(0, u32::from(c)));
        } else if inside && (open || c != '\'') {
            hash = step(if open { hash } else { 0 }, u32::from(c));
            open = true;
        }
    }
    if open {
        emit(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<Gram> {
        let mut all = Vec::new();
        each(text, |g| all.push(g));
        all
    }

    #[test]
    fn words_pairs_and_characters_are_emitted() {
        let grams = hashes("my card");
        assert_eq!(grams.iter().filter(|g| g.word).count(), 2);
        assert_eq!(grams.iter().filter(|g| g.hash & CHARS == 0).count(), 3);
        // " my " has 3+2+1 of two to four characters, " card " has 5+4+3.
        assert_eq!(grams.iter().filter(|g| g.hash & CHARS != 0).count(), 6 + 12);
    }

    #[test]
    fn signs_do_not_change_words() {
        let words = |t: &str| hashes(t).into_iter().filter(|g| g.word).map(|g| g.hash).collect::<Vec<_>>();
        assert_eq!(words("(card!)"), words("card"));
        assert_eq!(words("a-b"), words("a b"));
        assert_eq!(words("日本").len(), 2);
        assert_eq!(words("").len(), 0);
    }
}
