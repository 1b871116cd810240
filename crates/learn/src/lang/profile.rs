//! Naive Bayes over words: a word is drawn from its language's common ones, or spelt letter by letter as that
//! language's words are (Cavnar & Trenkle 1994 counted letters; here they are a small Markov chain).

use std::collections::HashMap;

use super::Language;

/// What sets the known languages of a script apart.
pub(super) struct Profiles {
    codes: Vec<&'static str>,
    english: Option<usize>,
    /// For a common word, its log-probability by language (NaN where it is not common).
    common: HashMap<&'static str, Vec<f32>>,
    /// For three letters in a row, the log-probability of the third by language.
    threes: HashMap<[char; 3], Vec<f32>>,
    /// Likewise for two, where the three were never seen.
    twos: HashMap<[char; 2], Vec<f32>>,
    /// For letters that follow nothing they were seen to follow.
    unseen: f32,
}

/// Half of what is written are common words.
const COMMON: f32 = 0.5;
/// How much a single word may count: names and borrowed words are in no list.
const MOST: f32 = 5.0;
/// Titles and brands are English everywhere, and several words long: what it costs another language's text to pass into
/// English (one word in ninety), to stay there (two of three) and to come back. The first, and how sure it all is, were
/// chosen so that the training questions of BANKING77 are surely English still.
const ENTER: f32 = -4.5;
const STAY: f32 = -0.4;
const LEAVE: f32 = -1.1;
/// Strength of the shorter context in the longer one.
const BACK_OFF: f32 = 3.0;
const LETTERS: f32 = 60.0;
/// Evidence of neighbouring words is not independent.
const TEMPER: f64 = 1.2;

/// Croatian and Serbian share nearly all words; Croatian is said only when something speaks for it.
fn prior(code: &str) -> f32 {
    if code == "hr" { -2.0 } else { 0.0 }
}

impl Profiles {
    pub(super) fn learn(lists: &[(&'static str, &'static str)]) -> Self {
        let n = lists.len();
        let mut common: HashMap<&'static str, Vec<f32>> = HashMap::new();
        let mut twos: HashMap<[char; 2], Vec<f32>> = HashMap::new();
        let mut threes: HashMap<[char; 3], Vec<f32>> = HashMap::new();
        let mut ones: HashMap<char, Vec<f32>> = HashMap::new();
        for (l, (_, list)) in lists.iter().enumerate() {
            let total: f32 =
                (0..list.split_whitespace().count()).map(|rank| 1.0 / (rank as f32 + 20.0)).sum();
            for (rank, word) in list.split_whitespace().enumerate() {
                let p = (1.0 / (rank as f32 + 20.0) / total).ln();
                let entry = &mut common.entry(word).or_insert_with(|| vec![f32::NAN; n])[l];
                if entry.is_nan() {
                    *entry = p;
                }
                let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
                for pair in letters.windows(2) {
                    ones.entry(pair[0]).or_insert_with(|| vec![0.0; n])[l] += 1.0;
                    twos.entry([pair[0], pair[1]]).or_insert_with(|| vec![0.0; n])[l] += 1.0;
                }
                for three in letters.windows(3) {
                    threes.entry([three[0], three[1], three[2]]).or_insert_with(|| vec![0.0; n])[l] += 1.0;
                }
            }
        }
        let none = vec![0.0; n];
        let two = |key: &[char; 2], l: usize| {
            let seen = twos.get(key).unwrap_or(&none)[l];
            (seen + BACK_OFF / LETTERS) / (ones.get(&key[0]).unwrap_or(&none)[l] + BACK_OFF)
        };
        let three_logs = threes
            .iter()
            .map(|(key, counts)| {
                let before = twos.get(&[key[0], key[1]]).unwrap_or(&none);
                let log = |l: usize| {
                    ((counts[l] + BACK_OFF * two(&[key[1], key[2]], l)) / (before[l] + BACK_OFF)).ln()
                };
                (*key, (0..n).map(log).collect())
            })
            .collect();
        let two_logs = twos.keys().map(|key| (*key, (0..n).map(|l| two(key, l).ln()).collect())).collect();
        Self {
            codes: lists.iter().map(|l| l.0).collect(),
            english: lists.iter().position(|l| l.0 == "en"),
            common,
            threes: three_logs,
            twos: two_logs,
            unseen: (1.0 / LETTERS / 4.0).ln(),
        }
    }

    /// The likeliest language of a lower-case text.
    pub(super) fn guess(&self, text: &str) -> Option<Language> {
        let n = self.codes.len();
        // The likeliest reading so far that ends in the language itself; that ends within an English title; and that
        // has been a title since it began, which alone says nothing for the language.
        let mut own: Vec<f32> = self.codes.iter().map(|code| prior(code)).collect();
        let mut borrowed = vec![f32::NEG_INFINITY; n];
        let mut title = vec![f32::NEG_INFINITY; n];
        let mut first = true;
        let mut scores = vec![0.0_f32; n];
        let mut letters: Vec<char> = Vec::with_capacity(32);
        for word in text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’' || c == '-')) {
            let word = word.trim_matches(['\'', '’', '-']);
            if word.is_empty() {
                continue;
            }
            letters.clear();
            letters.push(' ');
            letters.extend(word.chars());
            letters.push(' ');
            self.spell(&letters, &mut scores);
            if let Some(common) = self.common.get(word) {
                for (score, &p) in scores.iter_mut().zip(common) {
                    if !p.is_nan() {
                        *score = score.max(p + COMMON.ln());
                    }
                }
            }
            let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let against = |score: f32| (score - best).max(-MOST);
            let english = self.english.map_or(f32::NEG_INFINITY, |e| against(scores[e]));
            for (l, &score) in scores.iter().enumerate() {
                let begun = own[l];
                own[l] = begun.max(borrowed[l].max(title[l]) + LEAVE) + against(score);
                borrowed[l] =
                    if first { f32::NEG_INFINITY } else { begun + ENTER }.max(borrowed[l] + STAY) + english;
                title[l] = if first { begun + ENTER } else { title[l] + STAY } + english;
            }
            first = false;
        }
        let sums: Vec<f32> = own.iter().zip(&borrowed).map(|(own, borrowed)| own.max(*borrowed)).collect();
        let (best, top) = sums.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))?;
        let all: f64 = sums.iter().map(|s| (f64::from(s - top) / TEMPER).exp()).sum();
        Some(Language { code: self.codes[best], confidence: 1.0 / all })
    }

    /// The log-probability that each language spells a word so.
    fn spell(&self, letters: &[char], scores: &mut [f32]) {
        scores.fill((1.0 - COMMON).ln());
        for i in 1..letters.len() {
            let three =
                if i >= 2 { self.threes.get(&[letters[i - 2], letters[i - 1], letters[i]]) } else { None };
            match three.or_else(|| self.twos.get(&[letters[i - 1], letters[i]])) {
                Some(logs) => scores.iter_mut().zip(logs).for_each(|(score, p)| *score += p),
                None => scores.iter_mut().for_each(|score| *score += self.unseen),
            }
        }
    }
}
