//! Models as bytes: a format number, a checksum, and parts that are checked against one another before use.
//! Nothing read is trusted; lengths are compared with what is there before anything is allocated.

use std::sync::Arc;

use embed::Encoder;

use crate::certify::Scored;
use crate::error::Error;
use crate::fit::MOST_LABELS;
use crate::logistic::Logistic;
use crate::model::{Judge, Model, Summary};
use crate::neighbours::Neighbours;
use crate::rerank::Rerank;
use crate::roles::Role;
use crate::signals;
use crate::vocabulary::Vocabulary;
use crate::weights::Weights;

/// Raised whenever features, signals or the layout change: an older model would misread texts.
pub(crate) const FORMAT: u16 = 3;
const MAGIC: [u8; 6] = *b"dwlrn\n";
const HEAD: usize = MAGIC.len() + 2 + 8;

impl Model {
    /// The model as bytes: what [`Self::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer(Vec::with_capacity(self.memory_bytes() + self.scores.len() * 24 + 4096));
        w.0.extend(MAGIC);
        w.0.extend(FORMAT.to_le_bytes());
        w.0.extend([0; 8]);
        w.json(&(&self.labels, &self.summary, self.encoder.as_ref().map(|e| e.id())));
        w.numbers(&[self.judge.sharpness], f64::to_le_bytes);
        w.numbers(&self.judge.rerank.weights, f64::to_le_bytes);
        w.numbers(&self.judge.reliability, f64::to_le_bytes);
        for judge in [&self.judge.gate, &self.judge.novelty] {
            w.numbers(&judge.mean, f64::to_le_bytes);
            w.numbers(&judge.scale, f64::to_le_bytes);
            w.numbers(&judge.weights, f64::to_le_bytes);
        }
        w.numbers(&self.vocabulary.hashes, u32::to_le_bytes);
        w.numbers(&self.vocabulary.idf, f32::to_le_bytes);
        w.numbers(&self.weights.starts, u32::to_le_bytes);
        w.numbers(&self.weights.labels, u16::to_le_bytes);
        w.numbers(&self.weights.values, i8::to_le_bytes);
        w.numbers(&self.weights.scales, f32::to_le_bytes);
        w.numbers(&self.weights.bias, f32::to_le_bytes);
        w.numbers(&self.memory.groups, u32::to_le_bytes);
        w.numbers(&self.memory.ids, i64::to_le_bytes);
        w.numbers(&self.memory.starts, u32::to_le_bytes);
        w.numbers(&self.memory.features, u32::to_le_bytes);
        w.numbers(&self.memory.values, u8::to_le_bytes);
        w.numbers(&[self.memory.width], u32::to_le_bytes);
        w.numbers(&self.memory.meanings, i8::to_le_bytes);
        w.numbers(&self.scores, score_bytes);
        let sum = checksum(&w.0[HEAD..]).to_le_bytes();
        w.0[HEAD - 8..HEAD].copy_from_slice(&sum);
        w.0
    }

    /// A model from bytes that nobody vouches for. One that was trained with an encoder needs the same again, known
    /// by the SHA-256 of its weights; others leave `encoder` unused.
    ///
    /// ```
    /// # use learn::Row;
    /// # let row = |i: i64| match i % 3 {
    /// #     0 => Row::new(i, format!("my card {i} has not arrived"), Some("card")),
    /// #     1 => Row::new(i, format!("i forgot my password {i}"), Some("password")),
    /// #     _ => Row::new(i, format!("who won the match on day {i}"), None),
    /// # };
    /// use learn::{Config, Error, Model, fit};
    /// let model = fit(&(0..60).map(row).collect::<Vec<_>>(), &Config::default(), &|_, _| {})?;
    /// let mut bytes = model.to_bytes();
    /// let again = Model::from_bytes(&bytes, None)?;
    /// assert_eq!(again.read("where is my card?"), model.read("where is my card?"));
    /// bytes[1_000] ^= 1;
    /// assert!(matches!(Model::from_bytes(&bytes, None), Err(Error::Damaged(_))));
    /// # Ok::<(), learn::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Format`] for another version's file, [`Error::Encoder`] for want of the encoder, [`Error::Damaged`] for
    /// anything cut off, changed or made up.
    pub fn from_bytes(bytes: &[u8], encoder: Option<&Arc<Encoder>>) -> Result<Self, Error> {
        let body = open(bytes)?;
        let mut r = Reader(body);
        let (labels, summary, wanted): (Vec<String>, Summary, Option<String>) = r.json()?;
        let encoder = match wanted {
            None => None,
            Some(wanted) => match encoder {
                Some(encoder) if encoder.id() == wanted => Some(Arc::clone(encoder)),
                other => return Err(Error::Encoder { wanted, found: other.map(|e| e.id().to_owned()) }),
            },
        };
        let judge = Judge {
            sharpness: r.numbers(f64::from_le_bytes)?.first().copied().unwrap_or(f64::NAN),
            rerank: Rerank {
                weights: r
                    .numbers(f64::from_le_bytes)?
                    .try_into()
                    .map_err(|_| Error::Damaged("the second look has other features"))?,
            },
            reliability: r.numbers(f64::from_le_bytes)?,
            gate: r.logistic()?,
            novelty: r.logistic()?,
        };
        let vocabulary =
            Vocabulary::from_parts(r.numbers(u32::from_le_bytes)?, r.numbers(f32::from_le_bytes)?)?;
        let weights = Weights {
            starts: r.numbers(u32::from_le_bytes)?,
            labels: r.numbers(u16::from_le_bytes)?,
            values: r.numbers(i8::from_le_bytes)?,
            scales: r.numbers(f32::from_le_bytes)?,
            bias: r.numbers(f32::from_le_bytes)?,
        };
        let memory = Neighbours {
            groups: r.numbers(u32::from_le_bytes)?,
            ids: r.numbers(i64::from_le_bytes)?,
            starts: r.numbers(u32::from_le_bytes)?,
            features: r.numbers(u32::from_le_bytes)?,
            values: r.numbers(u8::from_le_bytes)?,
            width: r.numbers(u32::from_le_bytes)?.first().copied().unwrap_or(0),
            meanings: r.numbers(i8::from_le_bytes)?,
        };
        let scores = r
            .numbers(score)?
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .ok_or(Error::Damaged("a score is none"))?;
        if !r.0.is_empty() {
            return Err(Error::Damaged("there is more than a model in it"));
        }
        let model = Self { labels, vocabulary, weights, memory, encoder, judge, scores, summary };
        model.check()?;
        Ok(model)
    }

    fn check(&self) -> Result<(), Error> {
        let classes = self.labels.len();
        if classes == 0 || classes > MOST_LABELS || !self.labels.is_sorted_by(|a, b| a < b) {
            return Err(Error::Damaged("the answers are not in order"));
        }
        let judge = &self.judge;
        let sound = judge.sharpness.is_finite()
            && judge.sharpness > 0.0
            && judge.rerank.weights.iter().all(|w| w.is_finite())
            && judge.reliability.len() == classes
            && judge.reliability.iter().all(|r| r.is_finite())
            && judge.gate.is_sound(signals::WIDTH)
            && judge.novelty.is_sound(signals::WIDTH);
        if !sound || self.weights.bias.len() != classes {
            return Err(Error::Damaged("the gate does not fit the answers"));
        }
        if self.scores.iter().any(|s| s.predicted as usize >= classes || !(0.0..=1.0).contains(&s.score)) {
            return Err(Error::Damaged("a score is not a probability"));
        }
        let meaning = self.encoder.as_ref().map_or(0, |e| e.width());
        if self.memory.width as usize != meaning {
            return Err(Error::Damaged("the embeddings do not fit the encoder"));
        }
        self.weights.check(self.vocabulary.len() + meaning)?;
        self.memory.check(classes, self.vocabulary.len())
    }
}

fn open(bytes: &[u8]) -> Result<&[u8], Error> {
    let (head, body) = bytes.split_at_checked(HEAD).ok_or(Error::Damaged("it is too short"))?;
    if head[..MAGIC.len()] != MAGIC {
        return Err(Error::Damaged("it is not a model file"));
    }
    let found = u16::from_le_bytes([head[6], head[7]]);
    if found != FORMAT {
        return Err(Error::Format { found, expected: FORMAT });
    }
    if head[8..] != checksum(body).to_le_bytes() {
        return Err(Error::Damaged("its checksum does not match"));
    }
    Ok(body)
}

/// Finds damage, not malice: eight bytes at a time, multiplied and rotated.
fn checksum(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut sum = bytes.len() as u64 ^ PRIME;
    let chunks = bytes.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        sum = (sum.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(PRIME);
    }
    for &byte in rest {
        sum = (sum.rotate_left(23) ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    sum ^ (sum >> 31)
}

struct Writer(Vec<u8>);

impl Writer {
    fn json(&mut self, value: &impl serde::Serialize) {
        // Strings, finite numbers and lists: there is nothing in it that JSON cannot say.
        let text = serde_json::to_vec(value).unwrap_or_default();
        self.numbers(&text, u8::to_le_bytes);
    }

    fn numbers<T: Copy, const N: usize>(&mut self, items: &[T], bytes: impl Fn(T) -> [u8; N]) {
        self.0.extend((items.len() as u64).to_le_bytes());
        for &item in items {
            self.0.extend(bytes(item));
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn numbers<T, const N: usize>(&mut self, number: impl Fn([u8; N]) -> T) -> Result<Vec<T>, Error> {
        let short = Error::Damaged("it ends too early");
        let (head, rest) = self.0.split_first_chunk::<8>().ok_or(short.clone())?;
        let count = usize::try_from(u64::from_le_bytes(*head)).map_err(|_| short.clone())?;
        let size = count.checked_mul(N).ok_or(short.clone())?;
        let (data, rest) = rest.split_at_checked(size).ok_or(short)?;
        self.0 = rest;
        let (chunks, _) = data.as_chunks::<N>();
        Ok(chunks.iter().map(|c| number(*c)).collect())
    }

    fn logistic(&mut self) -> Result<Logistic, Error> {
        Ok(Logistic {
            mean: self.numbers(f64::from_le_bytes)?,
            scale: self.numbers(f64::from_le_bytes)?,
            weights: self.numbers(f64::from_le_bytes)?,
        })
    }

    fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Error> {
        let text = self.numbers(u8::from_le_bytes)?;
        serde_json::from_slice(&text).map_err(|_| Error::Damaged("its description cannot be read"))
    }
}

const SCORE: usize = 22;

fn score_bytes(s: Scored) -> [u8; SCORE] {
    let mut out = [0; SCORE];
    out[..8].copy_from_slice(&s.id.to_le_bytes());
    out[8..12].copy_from_slice(&s.predicted.to_le_bytes());
    out[12..20].copy_from_slice(&s.score.to_le_bytes());
    out[20] = s.role as u8;
    out[21] = u8::from(s.right) | u8::from(s.known) << 1;
    out
}

fn score(b: [u8; SCORE]) -> Option<Scored> {
    let role = [Role::Fit, Role::Select, Role::Certify, Role::Report].get(usize::from(b[20])).copied()?;
    if b[21] > 3 {
        return None;
    }
    Some(Scored {
        id: i64::from_le_bytes(b[..8].try_into().ok()?),
        role,
        predicted: u32::from_le_bytes(b[8..12].try_into().ok()?),
        score: f64::from_le_bytes(b[12..20].try_into().ok()?),
        right: b[21] & 1 != 0,
        known: b[21] & 2 != 0,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::{Config, Row, fit};

    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let rows: Vec<Row> = (0..60)
            .map(|i| {
                Row::new(
                    i,
                    format!("word{} and number{i}", i % 3),
                    (i % 4 > 0).then_some(["a", "b", "c"][i as usize % 3]),
                )
            })
            .collect();
        fit(&rows, &Config { threads: 1, folds: 2, ..Config::default() }, &|_, _| {}).unwrap().to_bytes()
    });

    /// Reads, and uses what could be read: it must be safe to use.
    fn try_bytes(bytes: &[u8]) {
        if let Ok(model) = Model::from_bytes(bytes, None) {
            let reading = model.read("word1 and something new");
            assert!((0.0..=1.0).contains(&reading.score));
            model.neighbours("word2", 3);
            model.explain("word2 and", "a", 3);
        }
    }

    #[test]
    fn a_whole_model_is_read_and_a_changed_one_refused() {
        assert!(Model::from_bytes(&BYTES, None).is_ok());
        assert!(matches!(Model::from_bytes(b"PK", None), Err(Error::Damaged(_))));
        let mut newer = BYTES.clone();
        newer[6] = 99;
        assert_eq!(
            Model::from_bytes(&newer, None).unwrap_err(),
            Error::Format { found: 99, expected: FORMAT }
        );
        let mut flipped = BYTES.clone();
        flipped[HEAD + 100] ^= 1;
        assert_eq!(
            Model::from_bytes(&flipped, None).unwrap_err(),
            Error::Damaged("its checksum does not match")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn truncated_files_are_refused(keep in 0.0..1.0_f64) {
            let end = (BYTES.len() as f64 * keep) as usize;
            prop_assert!(Model::from_bytes(&BYTES[..end], None).is_err());
        }

        #[test]
        fn hostile_files_with_a_right_checksum_do_no_harm(
            changes in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 1..8),
            keep in 0.5..1.5_f64,
        ) {
            let mut bytes = BYTES.clone();
            for (place, value) in changes {
                let at = HEAD + ((bytes.len() - HEAD) as f64 * place) as usize;
                bytes[at] = value;
            }
            bytes.truncate(((bytes.len() as f64 * keep) as usize).max(HEAD));
            let sum = checksum(&bytes[HEAD..]).to_le_bytes();
            bytes[HEAD - 8..HEAD].copy_from_slice(&sum);
            try_bytes(&bytes);
        }

        #[test]
        fn hostile_lengths_allocate_nothing(length in any::<u64>(), section in 0..12_usize) {
            let mut bytes = BYTES.clone();
            // The start of a section: lengths stand right before their data.
            let mut at = HEAD;
            for _ in 0..section {
                let mut word = [0; 8];
                word.copy_from_slice(&bytes[at..at + 8]);
                at = (at + 8 + u64::from_le_bytes(word) as usize).min(bytes.len() - 8);
            }
            bytes[at..at + 8].copy_from_slice(&length.to_le_bytes());
            let sum = checksum(&bytes[HEAD..]).to_le_bytes();
            bytes[HEAD - 8..HEAD].copy_from_slice(&sum);
            try_bytes(&bytes);
        }
    }
}
