//! Sentence embeddings beside the n-grams: what they add to a text's vector.

use std::sync::Arc;

use embed::Encoder;

use crate::Row;

/// How long an embedding is where the words and the characters of a text have length 1 each: chosen by
/// cross-validation on training texts.
const SCALE: f32 = 2.0;

/// A text as the model sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// Weighted n-grams, features ascending.
    pub(crate) grams: Vec<(u32, f32)>,
    /// Its embedding, of length 1; empty without an encoder.
    pub(crate) meaning: Vec<f32>,
}

impl Text {
    /// One vector for the classifier: the n-grams, then the embedding as features from `width` on.
    pub(crate) fn joined(&self, width: usize) -> Vec<(u32, f32)> {
        let mut out = Vec::with_capacity(self.grams.len() + self.meaning.len());
        out.extend_from_slice(&self.grams);
        out.extend(self.meaning.iter().enumerate().map(|(i, v)| ((width + i) as u32, v * SCALE)));
        out
    }
}

/// Embeddings of training rows, end to end; nothing without an encoder.
#[derive(Debug, Default)]
pub(crate) struct Embedded {
    width: usize,
    all: Vec<f32>,
}

impl Embedded {
    pub(crate) fn of(encoder: Option<&Arc<Encoder>>, rows: &[&Row], progress: &(dyn Fn(f32) + Sync)) -> Self {
        let Some(encoder) = encoder else { return Self::default() };
        let texts: Vec<&str> = rows.iter().map(|r| r.text.as_str()).collect();
        Self { width: encoder.width(), all: encoder.embed_all(&texts, progress) }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn row(&self, i: usize) -> &[f32] {
        &self.all[i * self.width..(i + 1) * self.width]
    }
}
