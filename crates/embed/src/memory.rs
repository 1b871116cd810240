//! Embeddings that were computed before, within a bound of bytes: the same question comes again, and a retraining
//! reads what the last one read.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

/// Half of a text's SHA-256: no two texts will ever share it.
pub(crate) type Key = [u8; 16];

pub(crate) fn key(text: &str) -> Key {
    let mut out = [0; 16];
    out.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
    out
}

/// What an entry takes beside its numbers, about.
const OVERHEAD: usize = 64;

/// Two generations: when the younger is full it becomes the older, and what was not asked for since is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    young: HashMap<Key, Box<[f32]>>,
    old: HashMap<Key, Box<[f32]>>,
    /// Entries of a generation.
    most: usize,
}

impl Memory {
    /// Of at most about `bytes`, for embeddings of `width` numbers.
    pub(crate) fn new(bytes: usize, width: usize) -> Self {
        Self { most: (bytes / 2 / (width * size_of::<f32>() + OVERHEAD)).max(1), ..Self::default() }
    }

    pub(crate) fn get(&mut self, key: &Key) -> Option<&[f32]> {
        if let Some(vector) = self.old.remove(key) {
            self.put(*key, vector);
        }
        self.young.get(key).map(AsRef::as_ref)
    }

    pub(crate) fn put(&mut self, key: Key, vector: Box<[f32]>) {
        if self.young.len() >= self.most && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, vector);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_is_forgotten() {
        let mut memory = Memory::new(2 * 10 * (4 + OVERHEAD), 1);
        let kept = key("asked for all the time");
        memory.put(kept, Box::new([0.5]));
        let keys: Vec<Key> = (0..100).map(|i: i32| key(&i.to_string())).collect();
        for k in &keys {
            memory.put(*k, Box::new([0.0]));
            assert_eq!(memory.get(&kept), Some([0.5].as_slice()));
            assert!(memory.young.len() + memory.old.len() <= 20);
        }
        assert_eq!(memory.get(&keys[0]), None);
        assert!(memory.get(&keys[99]).is_some());
    }
}
