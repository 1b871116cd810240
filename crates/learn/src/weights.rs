//! A trained classifier made small: weights in eighths of a byte's range per feature, the least of them dropped.

use crate::error::Error;

/// The most weights that a model keeps: at three bytes each, what fits beside the rest in 20 MB.
pub(crate) const MOST: usize = 4_600_000;

/// Sparse rows by feature: for each n-gram, the answers it speaks for or against.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights {
    /// Where each feature's entries begin; `features + 1` entries.
    pub(crate) starts: Vec<u32>,
    pub(crate) labels: Vec<u16>,
    pub(crate) values: Vec<i8>,
    /// What a value of 1 means, per feature.
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Weights {
    /// From a dense matrix of `classes` weights per feature. `use_of[f]` is how much of texts feature `f` makes up
    /// (its root mean square over the training texts): a large weight on what never occurs says little.
    pub(crate) fn pack(dense: &[f32], bias: Vec<f32>, use_of: &[f32], most: usize) -> Self {
        let classes = bias.len();
        let bar = bar(dense, classes, use_of, most);
        let mut out = Self { starts: vec![0], bias, ..Self::default() };
        for (row, &used) in dense.chunks_exact(classes).zip(use_of) {
            let largest = row.iter().fold(0.0_f32, |a, w| a.max(w.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            for (label, &w) in row.iter().enumerate() {
                let value = (w / scale).round() as i8;
                if value != 0 && w.abs() * used >= bar {
                    out.labels.push(label as u16);
                    out.values.push(value);
                }
            }
            out.scales.push(scale);
            out.starts.push(out.labels.len() as u32);
        }
        out
    }

    /// Adds every known feature's say to the answers' margins.
    pub(crate) fn margins(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        let mut sums = self.bias.clone();
        for &(feature, value) in vector {
            let at = feature as usize;
            let range = self.starts[at] as usize..self.starts[at + 1] as usize;
            let unit = self.scales[at] * value;
            for (&label, &weight) in self.labels[range.clone()].iter().zip(&self.values[range]) {
                sums[label as usize] += unit * f32::from(weight);
            }
        }
        sums
    }

    /// One weight.
    pub(crate) fn weight(&self, feature: u32, label: usize) -> f32 {
        let at = feature as usize;
        let range = self.starts[at] as usize..self.starts[at + 1] as usize;
        match self.labels[range.clone()].binary_search(&(label as u16)) {
            Ok(i) => f32::from(self.values[range.start + i]) * self.scales[at],
            Err(_) => 0.0,
        }
    }

    pub(crate) fn check(&self, width: usize) -> Result<(), Error> {
        let classes = self.bias.len();
        let fits = self.starts.len() == width + 1
            && self.starts.is_sorted()
            && self.starts.first() == Some(&0)
            && self.starts.last().copied() == Some(self.labels.len() as u32)
            && self.values.len() == self.labels.len()
            && self.scales.len() == width
            && self.scales.iter().chain(&self.bias).all(|v| v.is_finite())
            && self.labels.iter().all(|&l| (l as usize) < classes);
        if fits { Ok(()) } else { Err(Error::Damaged("the weights do not fit together")) }
    }

    pub(crate) fn bytes(&self) -> usize {
        self.starts.len() * 4 + self.labels.len() * 3 + self.scales.len() * 4 + self.bias.len() * 4
    }
}

/// The importance below which weights are dropped so that no more than `most` remain.
fn bar(dense: &[f32], classes: usize, use_of: &[f32], most: usize) -> f32 {
    // A logarithmic histogram is exact enough and needs no copy of the matrix.
    const STEPS: usize = 4096;
    if dense.len() <= most {
        return 0.0;
    }
    let slot = |v: f32| (((v.max(1e-12).log2() + 40.0) * 64.0) as usize).min(STEPS - 1);
    let mut counts = vec![0_usize; STEPS];
    for (row, &used) in dense.chunks_exact(classes).zip(use_of) {
        for w in row {
            counts[slot(w.abs() * used)] += 1;
        }
    }
    let mut kept = 0;
    for (i, count) in counts.iter().enumerate().rev() {
        kept += count;
        if kept > most {
            return ((i as f32 + 1.0) / 64.0 - 40.0).exp2();
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_the_margins() {
        let dense = [0.5, -0.25, 0.0, 1.0, 0.01, -1.0];
        let packed = Weights::pack(&dense, vec![0.1, 0.2, 0.3], &[1.0, 1.0], 100);
        packed.check(2).unwrap();
        let margins = packed.margins(&[(0, 2.0), (1, 1.0)]);
        for (got, want) in margins.iter().zip([2.1, -0.29, -0.7]) {
            assert!((got - want).abs() < 0.02, "{got} {want}");
        }
        assert!((packed.weight(1, 2) + 1.0).abs() < 0.01);
        assert!(packed.weight(0, 2).abs() < 1e-9);
    }

    #[test]
    fn the_least_important_go_first() {
        let dense: Vec<f32> = (0..1000).map(|i| i as f32 / 1000.0 - 0.5).collect();
        let packed = Weights::pack(&dense, vec![0.0; 10], &[1.0; 100], 300);
        assert!(packed.labels.len() <= 300 && packed.labels.len() > 250);
    }
}
