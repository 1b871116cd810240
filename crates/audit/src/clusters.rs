//! What people ask, where the file does not say: tickets grouped by their words.
//!
//! Spherical k-means (Dhillon & Modha 2001) over TF-IDF vectors of words, begun by k-means++ (Arthur & Vassilvitskii
//! 2007). The same tickets give the same groups.

use std::collections::HashMap;

use crate::words::{heading, telling, words};

/// Groups of texts; `None` where a text has no word to go by.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Clusters {
    pub names: Vec<String>,
    pub of: Vec<Option<u32>>,
}

const MOST_WORDS: usize = 20_000;
const MOST_GROUPS: usize = 24;
const ROUNDS: usize = 25;

type Vector = Vec<(u32, f32)>;

pub(crate) fn cluster(texts: &[&str], seed: u64) -> Clusters {
    let vectors = vectors(texts);
    let some: Vec<usize> = (0..vectors.len()).filter(|&i| !vectors[i].is_empty()).collect();
    let width = vectors.iter().flatten().map(|v| v.0 as usize + 1).max().unwrap_or(0);
    let k = groups_for(some.len());
    if k == 0 {
        return Clusters { names: Vec::new(), of: vec![None; texts.len()] };
    }
    let mut centres = begin(&vectors, &some, k, width, seed);
    let mut of: Vec<Option<u32>> = vec![None; texts.len()];
    for _ in 0..ROUNDS {
        let mut moved = 0;
        for &i in &some {
            let nearest = nearest(&centres, &vectors[i]);
            moved += usize::from(of[i] != Some(nearest));
            of[i] = Some(nearest);
        }
        if moved * 500 < some.len() {
            break;
        }
        centres = means(&vectors, &of, centres.len(), width);
    }
    name(texts, of, centres.len())
}

/// About the number a person can look through: 8 for 1,000 tickets, 21 for 28,000.
fn groups_for(tickets: usize) -> usize {
    ((tickets as f64).powf(0.3).round() as usize).min(MOST_GROUPS).min(tickets / 2)
}

fn vectors(texts: &[&str]) -> Vec<Vector> {
    let mut places: HashMap<String, u32> = HashMap::new();
    let mut documents: Vec<u32> = Vec::new();
    let counted: Vec<Vec<(u32, u32)>> = texts
        .iter()
        .map(|text| {
            let mut counts: HashMap<u32, u32> = HashMap::new();
            for word in words(text) {
                let next = places.len() as u32;
                let place = *places.entry(word).or_insert(next);
                *counts.entry(place).or_default() += 1;
            }
            documents.resize(places.len(), 0);
            let mut counts: Vec<(u32, u32)> = counts.into_iter().collect();
            counts.sort_unstable();
            for c in &counts {
                documents[c.0 as usize] += 1;
            }
            counts
        })
        .collect();
    let kept = kept(&documents, texts.len());
    counted
        .into_iter()
        .map(|counts| {
            let mut vector: Vector = counts
                .into_iter()
                .filter_map(|(word, count)| {
                    let place = kept[word as usize]?;
                    let idf = (texts.len() as f32 / documents[word as usize] as f32).ln() + 0.1;
                    Some((place, (1.0 + (count as f32).ln()) * idf))
                })
                .collect();
            vector.sort_unstable_by_key(|v| v.0);
            normalise(&mut vector);
            vector
        })
        .collect()
}

/// The words that may tell groups apart, numbered anew: neither in one text alone nor in a third of them.
fn kept(documents: &[u32], texts: usize) -> Vec<Option<u32>> {
    let least = if texts < 50 { 1 } else { 2 };
    let fits = |d: u32| d >= least && (texts < 20 || (d as usize) * 3 <= texts);
    let mut frequencies: Vec<u32> = documents.iter().copied().filter(|d| fits(*d)).collect();
    frequencies.sort_unstable_by(|a, b| b.cmp(a));
    let bar = frequencies.get(MOST_WORDS).map_or(0, |f| f + 1);
    let mut next = 0;
    documents
        .iter()
        .map(|&d| {
            (fits(d) && d >= bar).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

fn normalise(vector: &mut [(u32, f32)]) {
    let length = vector.iter().map(|v| v.1 * v.1).sum::<f32>().sqrt();
    if length > 0.0 {
        for v in vector.iter_mut() {
            v.1 /= length;
        }
    }
}

fn similarity(centre: &[f32], vector: &[(u32, f32)]) -> f32 {
    vector.iter().map(|&(word, value)| centre[word as usize] * value).sum()
}

fn nearest(centres: &[Vec<f32>], vector: &[(u32, f32)]) -> u32 {
    let mut best = (0, f32::MIN);
    for (i, centre) in centres.iter().enumerate() {
        let similarity = similarity(centre, vector);
        if similarity > best.1 {
            best = (i as u32, similarity);
        }
    }
    best.0
}

/// Centres far from one another: each drawn in proportion to its distance from those before.
fn begin(vectors: &[Vector], some: &[usize], k: usize, width: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut random = seed;
    let mut uniform = move || {
        // SplitMix64 (Steele, Lea and Flood 2014).
        random = random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (random ^ (random >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    let spread = |i: usize| {
        let mut centre = vec![0.0; width];
        for &(word, value) in &vectors[i] {
            centre[word as usize] = value;
        }
        centre
    };
    let first = some[((uniform() * some.len() as f64) as usize).min(some.len() - 1)];
    let mut centres = vec![spread(first)];
    let mut distance: Vec<f64> = vec![f64::MAX; some.len()];
    while centres.len() < k {
        let Some(last) = centres.last() else { break };
        for (d, &i) in distance.iter_mut().zip(some) {
            *d = d.min(f64::from(1.0 - similarity(last, &vectors[i])).max(0.0));
        }
        let total: f64 = distance.iter().sum();
        if total < 1e-9 {
            break;
        }
        let mut left = uniform() * total;
        let drawn = distance.iter().position(|d| {
            left -= d;
            left <= 0.0
        });
        centres.push(spread(some[drawn.unwrap_or(some.len() - 1)]));
    }
    centres
}

fn means(vectors: &[Vector], of: &[Option<u32>], k: usize, width: usize) -> Vec<Vec<f32>> {
    let mut centres = vec![vec![0.0_f32; width]; k];
    for (vector, group) in vectors.iter().zip(of) {
        if let Some(centre) = group.and_then(|g| centres.get_mut(g as usize)) {
            for &(word, value) in vector {
                centre[word as usize] += value;
            }
        }
    }
    for centre in &mut centres {
        let length = centre.iter().map(|v| v * v).sum::<f32>().sqrt();
        if length > 0.0 {
            for v in centre.iter_mut() {
                *v /= length;
            }
        }
    }
    centres
}

/// Names groups by their telling words, largest first; what is too small to be a category is one group together.
fn name(texts: &[&str], of: Vec<Option<u32>>, k: usize) -> Clusters {
    let mut sizes = vec![0_usize; k];
    of.iter().flatten().for_each(|&g| sizes[g as usize] += 1);
    let least = (texts.len() / 200).max(2);
    let mut ranked: Vec<usize> = (0..k).filter(|&g| sizes[g] >= least).collect();
    ranked.sort_by_key(|&g| (std::cmp::Reverse(sizes[g]), g));
    let small = sizes.iter().any(|&s| s > 0 && s < least);
    let mut place = vec![ranked.len() as u32; k];
    ranked.iter().enumerate().for_each(|(new, &old)| place[old] = new as u32);
    let of: Vec<Option<u32>> = of.into_iter().map(|g| g.map(|g| place[g as usize])).collect();
    let grouped = of.iter().zip(texts).filter_map(|(g, text)| g.map(|g| (g, *text)));
    let told = telling(grouped, ranked.len() + 1, 3);
    let mut names: Vec<String> = Vec::new();
    for (i, words) in told.iter().take(ranked.len()).enumerate() {
        let heading = heading(words);
        let taken = heading.is_empty() || names.contains(&heading);
        names.push(if taken { format!("Group {}", i + 1) } else { heading });
    }
    if small {
        names.push("Other questions".into());
    }
    Clusters { names, of }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn questions_about_the_same_come_together() {
        let topics = [
            ["card delivery late", "card arrived late today", "delivery of my card"],
            ["forgot password login", "login password wrong", "reset password"],
            ["invoice tax number", "tax on the invoice", "wrong invoice number"],
        ];
        let texts: Vec<&str> = (0..300).map(|i| topics[i % 3][i / 3 % 3]).collect();
        let out = cluster(&texts, 1);
        assert_eq!(out, cluster(&texts, 1));
        for topic in 0..3 {
            let groups: Vec<_> = (topic..300).step_by(3).map(|i| out.of[i]).collect();
            let others: Vec<_> = (0..300).filter(|i| i % 3 != topic).map(|i| out.of[i]).collect();
            assert!(groups.iter().all(|g| !others.contains(g)), "{out:?}");
        }
    }

    #[test]
    fn nothing_to_group_is_no_group() {
        assert_eq!(cluster(&[], 1), Clusters::default());
        assert_eq!(cluster(&["", "42", "the"], 1).of, [None, None, None]);
        assert!(cluster(&["same words here"; 40], 1).names.len() <= 1);
    }

    proptest! {
        #[test]
        fn any_texts_can_be_clustered(texts in prop::collection::vec("([a-e]{2} ){0,6}|\\PC{0,20}", 0..60)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let out = cluster(&texts, 7);
            prop_assert_eq!(out.of.len(), texts.len());
            prop_assert!(out.of.iter().flatten().all(|g| (*g as usize) < out.names.len()));
        }
    }
}
