//! Words and characters of a cleaned text as hashed n-grams.
//!
//! Words one and two at a time; two words that stand near each other, in whatever order; characters two to four at a
//! time within a word and its edges, which survive typos and inflection. Features are known by a 32-bit hash alone
//! (the hashing trick, Weinberger et al. 2009, arXiv:0902.2206): a model holds no words of anyone's. The hash's two
//! top bits say of which [`Kind`] it is.

use std::collections::VecDeque;

use crate::text::is_ideograph;

/// The kinds of n-grams, in the order of their hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Words,
    Near,
    Chars,
}

pub(crate) const KINDS: usize = 3;
const CHARS: u32 = 1 << 31;
const NEAR: u32 = 1 << 30;
/// The most characters of an n-gram.
const LONGEST: usize = 4;
/// How many words before it a word is paired with, those next to it apart: questions are short, and in a long text
/// words far from each other have little to do with one another.
const REACH: usize = 8;

impl Kind {
    pub(crate) fn of(hash: u32) -> Self {
        match (hash & CHARS, hash & NEAR) {
            (0, 0) => Self::Words,
            (0, _) => Self::Near,
            _ => Self::Chars,
        }
    }

    fn mark(self, hash: u32) -> u32 {
        match self {
            Self::Words => hash & !(CHARS | NEAR),
            Self::Near => hash & !CHARS | NEAR,
            Self::Chars => hash | CHARS,
        }
    }
}

const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

fn step(hash: u64, c: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(MIX)
}

fn finish(hash: u64, salt: u64) -> u32 {
    let h = (hash ^ salt.wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(MIX);
    ((h ^ (h >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33) as u32
}

fn pair(one: u64, other: u64) -> u64 {
    step(step(one, 32), (other >> 32) as u32 ^ other as u32)
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
    let mut before: VecDeque<(u64, u32)> = VecDeque::with_capacity(REACH + 2);
    let mut window: Vec<u32> = Vec::with_capacity(32);
    for (position, token) in clean.split(' ').enumerate() {
        let at = position as u32;
        words_of(token, |word| {
            emit(Gram { hash: Kind::Words.mark(finish(word, 1)), first: at, last: at, word: true });
            for (distance, &(other, first)) in before.iter().rev().enumerate() {
                let hash = if distance == 0 {
                    Kind::Words.mark(finish(pair(other, word), 2))
                } else {
                    Kind::Near.mark(finish(pair(other.min(word), other.max(word)), 9))
                };
                emit(Gram { hash, first, last: at, word: false });
            }
            if before.len() > REACH {
                before.pop_front();
            }
            before.push_back((word, at));
        });
        window.clear();
        window.push(32);
        window.extend(token.trim_matches(|c: char| c.is_ascii_punctuation()).chars().map(u32::from));
        window.push(32);
        for start in 0..window.len() - 1 {
            let mut hash = step(0, window[start]);
            for (n, &c) in window[start + 1..].iter().take(LONGEST - 1).enumerate() {
                hash = step(hash, c);
                emit(Gram {
                    hash: Kind::Chars.mark(finish(hash, 3 + n as u64)),
                    first: at,
                    last: at,
                    word: false,
                });
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
        assert_eq!(of(&grams, Kind::Words).len(), 3);
        assert_eq!(of(&grams, Kind::Near).len(), 0);
        // " my " has 3+2+1 of two to four characters, " card " has 5+4+3.
        assert_eq!(of(&grams, Kind::Chars).len(), 6 + 12);
    }

    fn of(grams: &[Gram], kind: Kind) -> Vec<u32> {
        grams.iter().filter(|g| Kind::of(g.hash) == kind).map(|g| g.hash).collect()
    }

    #[test]
    fn words_near_each_other_are_paired_in_whatever_order() {
        let near = |text: &str| of(&hashes(text), Kind::Near);
        assert_eq!(near("card was lost").len(), 1);
        assert_eq!(near("card was lost"), near("lost was card"));
        assert_ne!(near("card was lost"), near("card was late"));
        // Each word with the eight before the one next to it.
        let long = near(&["word"; 40].join(" "));
        assert_eq!(long.len(), (1..=7).sum::<usize>() + (40 - 9) * REACH);
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
