//! Which n-grams a model knows, and the weighted vectors that texts become: sublinear TF-IDF (Salton & Buckley
//! 1988); words and pairs of near words together are brought to length 1, characters likewise.

use crate::error::Error;
use crate::grams::{self, KINDS, Kind};

/// What each kind of n-grams contributes to a vector's squared length: words, near words, characters. Chosen on the
/// training parts of BANKING77 and CLINC150, out of fold.
const SHARES: [f32; KINDS] = [0.5, 0.5, 1.0];

/// A text's n-grams: sorted hashes with how often each occurs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counted {
    pub(crate) grams: Vec<(u32, u16)>,
    /// Hashes of the single words, in order, with repeats.
    pub(crate) words: Vec<u32>,
}

impl Counted {
    pub(crate) fn of(clean: &str) -> Self {
        let mut hashes = Vec::with_capacity(clean.len() * 4 + 8);
        let mut words = Vec::with_capacity(clean.len() / 5 + 1);
        grams::each(clean, |gram| {
            hashes.push(gram.hash);
            if gram.word {
                words.push(gram.hash);
            }
        });
        hashes.sort_unstable();
        let mut counted: Vec<(u32, u16)> = Vec::with_capacity(hashes.len());
        for hash in hashes {
            match counted.last_mut() {
                Some(last) if last.0 == hash => last.1 = last.1.saturating_add(1),
                _ => counted.push((hash, 1)),
            }
        }
        Self { grams: counted, words }
    }
}

/// Known n-grams by hash, with their inverse document frequency.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    /// Ascending.
    pub(crate) hashes: Vec<u32>,
    pub(crate) idf: Vec<f32>,
    /// Open addressing over `hashes`: feature + 1, or 0 for an empty slot.
    slots: Vec<u32>,
    shift: u32,
}

impl Vocabulary {
    /// Learns from documents. Keeps n-grams of at least `least` documents, and of those the `most` frequent.
    pub(crate) fn learn<'a>(documents: impl Iterator<Item = &'a Counted>, least: u32, most: usize) -> Self {
        let mut all: Vec<u32> = Vec::new();
        let mut count = 0_usize;
        let mut seen: Vec<(u32, u32)> = Vec::new();
        for document in documents {
            count += 1;
            all.extend(document.grams.iter().map(|g| g.0));
            // Merged in batches, so that a long history needs no more memory than its vocabulary.
            if all.len() > 4_000_000 {
                seen = merge(&seen, &mut all);
            }
        }
        seen = merge(&seen, &mut all);
        seen.retain(|s| s.1 >= least);
        if seen.len() > most {
            let mut frequencies: Vec<u32> = seen.iter().map(|s| s.1).collect();
            frequencies.sort_unstable_by(|a, b| b.cmp(a));
            let bar = frequencies[most];
            seen.retain(|s| s.1 > bar);
        }
        let total = count as f32;
        let idf = seen.iter().map(|s| ((1.0 + total) / (1.0 + s.1 as f32)).ln() + 1.0).collect();
        Self::assemble(seen.into_iter().map(|s| s.0).collect(), idf)
    }

    /// From stored parts, which are not trusted.
    pub(crate) fn from_parts(hashes: Vec<u32>, idf: Vec<f32>) -> Result<Self, Error> {
        if hashes.len() != idf.len() || !hashes.is_sorted_by(|a, b| a < b) {
            return Err(Error::Damaged("the vocabulary is not in order"));
        }
        if idf.iter().any(|v| !v.is_finite() || *v < 0.0) {
            return Err(Error::Damaged("a word's weight is not a number"));
        }
        Ok(Self::assemble(hashes, idf))
    }

    fn assemble(hashes: Vec<u32>, idf: Vec<f32>) -> Self {
        let size = (hashes.len() * 2).next_power_of_two().max(16);
        let shift = 32 - size.trailing_zeros();
        let mut slots = vec![0_u32; size];
        for (feature, &hash) in hashes.iter().enumerate() {
            let mut slot = start(hash, shift);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = feature as u32 + 1;
        }
        Self { hashes, idf, slots, shift }
    }

    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.hashes.len() * 8 + self.slots.len() * 4
    }

    pub(crate) fn feature(&self, hash: u32) -> Option<u32> {
        let mut slot = start(hash, self.shift);
        loop {
            let feature = self.slots[slot].checked_sub(1)?;
            if self.hashes[feature as usize] == hash {
                return Some(feature);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// The text's vector, features ascending; n-grams that are not known have no place in it.
    pub(crate) fn vector(&self, counted: &Counted) -> Vec<(u32, f32)> {
        let mut out = Vec::with_capacity(counted.grams.len());
        let mut squares = [0.0_f32; KINDS];
        // Hashes ascend by kind: where each kind's features end.
        let mut ends = [0; KINDS];
        for &(hash, count) in &counted.grams {
            let Some(feature) = self.feature(hash) else { continue };
            let value = (1.0 + f32::from(count).ln()) * self.idf[feature as usize];
            let kind = Kind::of(hash) as usize;
            squares[kind] += value * value;
            out.push((feature, value));
            ends[kind] = out.len();
        }
        let mut from = 0;
        for kind in 0..KINDS {
            let scale = if squares[kind] > 0.0 { (SHARES[kind] / squares[kind]).sqrt() } else { 0.0 };
            let end = ends[kind].max(from);
            for (_, value) in &mut out[from..end] {
                *value *= scale;
            }
            from = end;
        }
        out
    }

    /// Share of the words that the vocabulary does not know; 1 for a text without words.
    pub(crate) fn unseen(&self, counted: &Counted) -> f64 {
        if counted.words.is_empty() {
            return 1.0;
        }
        let unseen = counted.words.iter().filter(|&&w| self.feature(w).is_none()).count();
        unseen as f64 / counted.words.len() as f64
    }
}

fn start(hash: u32, shift: u32) -> usize {
    (hash.wrapping_mul(0x9E37_79B1) >> shift) as usize
}

/// Sorted counts of `seen` and the unsorted hashes in `more`, which is emptied.
fn merge(seen: &[(u32, u32)], more: &mut Vec<u32>) -> Vec<(u32, u32)> {
    more.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(seen.len() + more.len() / 4);
    let mut old = seen.iter().peekable();
    let mut i = 0;
    while i < more.len() {
        let hash = more[i];
        let end = i + more[i..].iter().take_while(|&&h| h == hash).count();
        while let Some(&before) = old.next_if(|s| s.0 < hash) {
            out.push(before);
        }
        let known = old.next_if(|s| s.0 == hash).map_or(0, |s| s.1);
        out.push((hash, known + (end - i) as u32));
        i = end;
    }
    out.extend(old.copied());
    more.clear();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_share_of_a_vector() {
        let documents: Vec<Counted> =
            ["my card is lost", "my card is late", "a card"].map(Counted::of).to_vec();
        let vocabulary = Vocabulary::learn(documents.iter(), 1, 1000);
        let vector = vocabulary.vector(&documents[0]);
        let square: f32 = vector.iter().map(|v| v.1 * v.1).sum();
        assert!((square - SHARES.iter().sum::<f32>()).abs() < 1e-5, "{square}");
        assert!(vector.is_sorted_by_key(|v| v.0));
        assert!((vocabulary.unseen(&Counted::of("my unheard card of")) - 0.5).abs() < 1e-9);
        assert!(vocabulary.vector(&Counted::of("")).is_empty());
    }

    #[test]
    fn counts_merge_whatever_the_batches() {
        let mut one = vec![5, 3, 5];
        let first = merge(&[], &mut one);
        let second = merge(&first, &mut vec![3, 9, 1]);
        assert_eq!(second, vec![(1, 1), (3, 2), (5, 2), (9, 1)]);
    }
}
