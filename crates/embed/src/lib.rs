//! Sentence embeddings: a text becomes a vector of length 1, and texts that mean the same lie close together.
//!
//! Reads any directory of the sentence-transformers layout that holds a BERT-like encoder (`config.json`,
//! `tokenizer.json`, `model.safetensors`) and takes the mean over a text's tokens (Reimers and Gurevych 2019,
//! arXiv:1908.10084). The forward pass (Devlin et al. 2018, arXiv:1810.04805) stands here, on matrix multiplication
//! that picks the processor's best instructions when the program runs; texts are laid end to end, so that nothing
//! is computed for padding. Nothing read from the directory is trusted.

#![warn(missing_docs)]

mod bert;
mod config;
mod error;
mod linear;
mod memory;
mod tensors;
#[cfg(feature = "tiny")]
pub mod tiny;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use tokenizers::Tokenizer;

pub use error::Error;

use bert::Bert;
use config::Config;
use memory::{Key, Memory, key};
use tensors::Tensors;

/// Tokens that go through the encoder together: enough to keep the multiplication busy, few enough for the caches.
const TOGETHER: usize = 512;
/// Bytes of embeddings that are remembered: some 42,000 texts at 384 numbers each.
const REMEMBERED: usize = 64 << 20;
/// No configuration file is longer than this, no tokenizer, no model.
const MOST_CONFIG: u64 = 1 << 20;
const MOST_TOKENIZER: u64 = 64 << 20;
const MOST_MODEL: u64 = 4 << 30;

/// A loaded encoder. Cheap to share behind an `Arc`; embedding needs no lock but the short one of its memory.
pub struct Encoder {
    id: String,
    tokenizer: Tokenizer,
    bert: Bert,
    longest: usize,
    memory: Mutex<Memory>,
}

impl Encoder {
    /// Reads the directory: `config.json` (at most 1 MiB), `tokenizer.json` (64 MiB) and `model.safetensors` (4 GiB).
    /// Fails if one is missing or holds what this crate cannot compute, naming the file.
    ///
    /// ```
    /// let error = embed::Encoder::open("/no/such/directory".as_ref()).unwrap_err();
    /// assert!(error.to_string().contains("config.json"));
    /// ```
    pub fn open(directory: &Path) -> Result<Self, Error> {
        let config = Config::read(directory)?;
        let bytes = error::read(&directory.join("tokenizer.json"), MOST_TOKENIZER)?;
        let mut tokenizer = Tokenizer::from_bytes(&bytes)
            .map_err(|e| Error::odd(&directory.join("tokenizer.json"), e.to_string()))?;
        // Cutting and padding are done here, so that no text pays for another's length.
        tokenizer.with_padding(None);
        tokenizer
            .with_truncation(None)
            .map_err(|e| Error::odd(&directory.join("tokenizer.json"), e.to_string()))?;
        let file = directory.join("model.safetensors");
        let bytes = error::read(&file, MOST_MODEL)?;
        let id: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        let bert = Bert::load(&Tensors::read(&file, &bytes)?, &config)?;
        let memory = Mutex::new(Memory::new(REMEMBERED, bert.width()));
        Ok(Self { id, tokenizer, bert, longest: config.longest(), memory })
    }

    /// Which model this is: the SHA-256 of its weights file, in hexadecimal.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many numbers an embedding has, e.g. 384.
    pub fn width(&self) -> usize {
        self.bert.width()
    }

    /// One text's embedding: [`Self::width`] numbers whose squares sum to 1 (all zeros for a text without a token).
    /// What lies beyond the encoder's longest input is not read. Never fails.
    pub fn embed(&self, text: &str) -> Vec<f32> {
        let key = key(text);
        if let Some(known) = self.memory.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.to_vec();
        }
        let vector = self.bert.forward(&[self.tokens(text)]);
        self.remember([(key, vector.clone())]);
        vector
    }

    /// Embeddings of many texts, one row of [`Self::width`] after the other, in their order. Equal texts are
    /// computed once; texts of like length go together, over all cores of the current pool. `progress` is told the
    /// share that is done, from 0 to 1.
    pub fn embed_all(&self, texts: &[&str], progress: &(dyn Fn(f32) + Sync)) -> Vec<f32> {
        let width = self.width();
        let keys: Vec<Key> = texts.par_iter().map(|t| key(t)).collect();
        let mut out = vec![0.0; texts.len() * width];
        let mut missing: HashMap<Key, usize> = HashMap::new();
        {
            let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            for (i, key) in keys.iter().enumerate() {
                match memory.get(key) {
                    Some(known) => out[i * width..][..width].copy_from_slice(known),
                    None => {
                        missing.entry(*key).or_insert(i);
                    }
                }
            }
        }
        let mut wanted: Vec<(usize, Vec<u32>)> = missing
            .values()
            .copied()
            .collect::<Vec<_>>()
            .par_iter()
            .map(|&i| (i, self.tokens(texts[i])))
            .collect();
        wanted.sort_unstable_by_key(|w| (w.1.len(), w.0));
        let batches = batches(&wanted);
        let total = batches.len().max(1) as f32;
        let done = Mutex::new(0.0);
        let vectors: Vec<Vec<f32>> = batches
            .par_iter()
            .map(|batch| {
                let tokens: Vec<&[u32]> = batch.iter().map(|w| w.1.as_slice()).collect();
                let vectors = self.bert.forward(&tokens);
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                *done += 1.0;
                progress(*done / total);
                vectors
            })
            .collect();
        let mut fresh: HashMap<Key, Vec<f32>> = HashMap::with_capacity(wanted.len());
        for (batch, vectors) in batches.iter().zip(&vectors) {
            for (w, vector) in batch.iter().zip(vectors.chunks_exact(width)) {
                fresh.insert(keys[w.0], vector.to_vec());
            }
        }
        for (row, key) in out.chunks_exact_mut(width).zip(&keys) {
            if let Some(vector) = fresh.get(key) {
                row.copy_from_slice(vector);
            }
        }
        self.remember(fresh);
        out
    }

    /// What `tokenizer.json` makes of the text, cut where the encoder ends, the closing token kept.
    fn tokens(&self, text: &str) -> Vec<u32> {
        // A token has at least a byte or so; what lies far beyond the end need not be looked at.
        let most = self.longest * 32;
        let read = text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at]);
        let Ok(encoding) = self.tokenizer.encode_fast(read, true) else { return Vec::new() };
        let mut ids = encoding.get_ids().to_vec();
        if ids.len() > self.longest {
            let last = ids.last().copied();
            ids.truncate(self.longest - 1);
            ids.extend(last);
        }
        ids
    }

    fn remember(&self, vectors: impl IntoIterator<Item = (Key, Vec<f32>)>) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, vector) in vectors {
            memory.put(key, vector.into_boxed_slice());
        }
    }
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").field("id", &self.id).field("width", &self.width()).finish_non_exhaustive()
    }
}

impl PartialEq for Encoder {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Stretches of `wanted` with about [`TOGETHER`] tokens each.
fn batches(wanted: &[(usize, Vec<u32>)]) -> Vec<&[(usize, Vec<u32>)]> {
    let mut out = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (i, w) in wanted.iter().enumerate() {
        if i > start && tokens + w.1.len() > TOGETHER {
            out.push(&wanted[start..i]);
            (start, tokens) = (i, 0);
        }
        tokens += w.1.len();
    }
    if start < wanted.len() {
        out.push(&wanted[start..]);
    }
    out
}
