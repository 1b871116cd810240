//! The past tickets most like a text, looked up among the tickets of its likeliest answers.
//!
//! A ticket is remembered by its heaviest n-grams alone, as hashed features: similar enough to be found again, small
//! enough to keep tens of thousands in a few megabytes, and nothing that could be read.

use crate::embedded::Text;
use crate::error::Error;

/// N-grams remembered of a ticket.
const KEEP: usize = 40;
/// Most tickets remembered for one answer: the newest.
const MOST_EACH: usize = 400;

/// A ticket to remember: its id, its label (`classes` or more for none), its text.
pub(crate) type Ticket = (i64, usize, Text);

/// Remembered tickets, grouped by label; questions that no answer fits are the last group.
#[derive(Debug, Clone, Default)]
pub(crate) struct Neighbours {
    /// Where each label's tickets begin; `labels + 2` entries.
    pub(crate) groups: Vec<u32>,
    pub(crate) ids: Vec<i64>,
    /// Where each ticket's features begin; `ids + 1` entries.
    pub(crate) starts: Vec<u32>,
    pub(crate) features: Vec<u32>,
    /// Part of the ticket's vector of length 1, in 255ths.
    pub(crate) values: Vec<u8>,
    /// Numbers in an embedding, 0 without an encoder; and the tickets' embeddings, in 127ths.
    pub(crate) width: u32,
    pub(crate) meanings: Vec<i8>,
}

/// A text's vector spread out, so that a remembered ticket is compared in one pass over its own features.
#[derive(Default)]
pub(crate) struct Spread {
    dense: Vec<f32>,
    touched: Vec<u32>,
    meaning: Vec<f32>,
}

impl Spread {
    pub(crate) fn set(&mut self, text: &Text, width: usize) {
        let vector = &text.grams;
        self.meaning.clear();
        self.meaning.extend(text.meaning.iter().map(|v| v / 127.0));
        for &t in &self.touched {
            self.dense[t as usize] = 0.0;
        }
        self.touched.clear();
        if self.dense.len() < width {
            self.dense.resize(width, 0.0);
        }
        let length = vector.iter().map(|v| v.1 * v.1).sum::<f32>().sqrt().max(1e-12);
        for &(feature, value) in vector {
            self.dense[feature as usize] = value / length / 255.0;
            self.touched.push(feature);
        }
    }
}

impl Neighbours {
    /// Remembers tickets, oldest first.
    pub(crate) fn remember(tickets: &[Ticket], classes: usize, width: usize) -> Self {
        let mut by_label: Vec<Vec<usize>> = vec![Vec::new(); classes + 1];
        for (i, ticket) in tickets.iter().enumerate() {
            by_label[ticket.1.min(classes)].push(i);
        }
        let mut out = Self { starts: vec![0], width: width as u32, ..Self::default() };
        for members in by_label {
            out.groups.push(out.ids.len() as u32);
            for &i in &members[members.len().saturating_sub(MOST_EACH)..] {
                out.push(tickets[i].0, &tickets[i].2);
            }
        }
        out.groups.push(out.ids.len() as u32);
        out
    }

    fn push(&mut self, id: i64, text: &Text) {
        self.meanings.extend(text.meaning.iter().map(|v| (v * 127.0).round().clamp(-127.0, 127.0) as i8));
        let mut heaviest = text.grams.clone();
        if heaviest.len() > KEEP {
            heaviest.select_nth_unstable_by(KEEP, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            heaviest.truncate(KEEP);
        }
        heaviest.sort_unstable_by_key(|v| v.0);
        let length = heaviest.iter().map(|v| v.1 * v.1).sum::<f32>().sqrt().max(1e-12);
        for (feature, value) in heaviest {
            self.features.push(feature);
            self.values.push((value / length * 255.0).round().clamp(0.0, 255.0) as u8);
        }
        self.ids.push(id);
        self.starts.push(self.features.len() as u32);
    }

    /// The tickets of a label (or of no label, at `classes`).
    pub(crate) fn group(&self, label: usize) -> std::ops::Range<usize> {
        match (self.groups.get(label), self.groups.get(label + 1)) {
            (Some(&a), Some(&b)) => a as usize..b as usize,
            _ => 0..0,
        }
    }

    /// Cosine between the spread text and a remembered ticket, 0 to about 1.
    pub(crate) fn similarity(&self, ticket: usize, text: &Spread) -> f32 {
        let range = self.starts[ticket] as usize..self.starts[ticket + 1] as usize;
        let features = &self.features[range.clone()];
        features.iter().zip(&self.values[range]).map(|(&f, &v)| text.dense[f as usize] * f32::from(v)).sum()
    }

    /// Cosine between the spread text's embedding and the ticket's; 0 without an encoder.
    pub(crate) fn meaning(&self, ticket: usize, text: &Spread) -> f32 {
        let width = self.width as usize;
        let own = &self.meanings[ticket * width..(ticket + 1) * width];
        own.iter().zip(&text.meaning).map(|(&a, b)| f32::from(a) * b).sum()
    }

    /// Refuses stored parts that do not fit together.
    pub(crate) fn check(&self, classes: usize, width: usize) -> Result<(), Error> {
        let fits = self.groups.len() == classes + 2
            && self.groups.is_sorted()
            && self.groups.first() == Some(&0)
            && self.groups.last().copied() == Some(self.ids.len() as u32)
            && self.starts.len() == self.ids.len() + 1
            && self.starts.is_sorted()
            && self.starts.first() == Some(&0)
            && self.starts.last().copied() == Some(self.features.len() as u32)
            && self.values.len() == self.features.len()
            && self.ids.len().checked_mul(self.width as usize) == Some(self.meanings.len())
            && self.features.iter().all(|&f| (f as usize) < width);
        if fits { Ok(()) } else { Err(Error::Damaged("the remembered tickets do not fit together")) }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.groups.len() * 4 + self.ids.len() * 12 + self.features.len() * 5 + self.meanings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grams(vector: &[(u32, f32)]) -> Text {
        Text { grams: vector.to_vec(), meaning: Vec::new() }
    }

    #[test]
    fn the_same_ticket_is_nearest() {
        let tickets = vec![
            (1, 0, grams(&[(0, 1.0), (1, 1.0)])),
            (2, 0, grams(&[(2, 1.0), (3, 1.0)])),
            (3, 1, grams(&[(1, 1.0), (2, 0.2)])),
        ];
        let memory = Neighbours::remember(&tickets, 2, 0);
        memory.check(2, 4).unwrap();
        let mut text = Spread::default();
        text.set(&grams(&[(2, 2.0), (3, 2.0)]), 4);
        assert_eq!(memory.group(0), 0..2);
        assert_eq!(memory.group(2), 3..3);
        assert!((memory.similarity(1, &text) - 1.0).abs() < 0.01);
        assert!(memory.similarity(0, &text) < 0.01);
        text.set(&grams(&[(0, 1.0)]), 4);
        assert!(memory.similarity(1, &text) < 1e-6);
    }
}
