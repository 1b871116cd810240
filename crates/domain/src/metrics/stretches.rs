//! In which stretches of the clock somebody was at work.

/// A set of stretches of the clock: one bit each, from the first 64 that came.
#[derive(Debug, Clone, Default)]
pub(super) struct Stretches {
    first: i64,
    bits: Vec<u64>,
}

impl Stretches {
    pub(super) fn insert(&mut self, stretch: i64) {
        *self.word(stretch.div_euclid(64)) |= 1 << stretch.rem_euclid(64);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (index, &bits) in other.bits.iter().enumerate() {
            *self.word(other.first + index as i64) |= bits;
        }
    }

    /// The bits of a word, which there are from now on.
    fn word(&mut self, word: i64) -> &mut u64 {
        if self.bits.is_empty() {
            self.first = word;
        }
        if word < self.first {
            let more = (self.first - word) as usize;
            self.bits.splice(0..0, std::iter::repeat_n(0, more));
            self.first = word;
        }
        let index = (word - self.first) as usize;
        if index >= self.bits.len() {
            self.bits.resize(index + 1, 0);
        }
        &mut self.bits[index]
    }

    pub(super) fn count(&self) -> i64 {
        self.bits.iter().map(|word| i64::from(word.count_ones())).sum()
    }
}
