//! One-vs-rest linear support vector machines with squared hinge loss, trained by dual coordinate descent
//! (Hsieh et al. 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM", the method of liblinear).
//!
//! Sixteen answers are trained side by side: a feature's sixteen weights share a cache line, so that one pass over
//! a ticket's features serves all of them. Blocks are independent, so the result does not depend on threads.

use rayon::prelude::*;

use crate::random::Random;

/// Answers trained side by side.
pub(crate) const LANES: usize = 16;
pub(crate) type Lane = [f32; LANES];
/// The label of a row that no answer fits: an example against every answer.
pub(crate) const NO_LABEL: u32 = u32::MAX;

/// Sparse rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sparse {
    pub(crate) starts: Vec<usize>,
    pub(crate) columns: Vec<u32>,
    pub(crate) values: Vec<f32>,
    pub(crate) width: usize,
}

impl Sparse {
    pub(crate) fn new(width: usize) -> Self {
        Self { starts: vec![0], width, ..Self::default() }
    }

    pub(crate) fn push(&mut self, row: &[(u32, f32)]) {
        self.columns.extend(row.iter().map(|r| r.0));
        self.values.extend(row.iter().map(|r| r.1));
        self.starts.push(self.columns.len());
    }

    pub(crate) fn row(&self, i: usize) -> (&[u32], &[f32]) {
        let range = self.starts[i]..self.starts[i + 1];
        (&self.columns[range.clone()], &self.values[range])
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

/// How hard to fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// C: the weight of an example's loss against the size of the weights.
    pub(crate) cost: f32,
    /// Largest violation of the optimality conditions that is left standing.
    pub(crate) tolerance: f32,
    pub(crate) passes: usize,
    pub(crate) seed: u64,
}

/// The weights of up to [`LANES`] answers, `first` and the following.
pub(crate) struct Block {
    pub(crate) first: usize,
    pub(crate) weights: Vec<Lane>,
    pub(crate) bias: Lane,
}

impl Block {
    pub(crate) fn margins(&self, columns: &[u32], values: &[f32]) -> Lane {
        dot(&self.weights, self.bias, columns, values)
    }
}

#[inline]
fn dot(weights: &[Lane], bias: Lane, columns: &[u32], values: &[f32]) -> Lane {
    let mut sum = bias;
    for (&c, &v) in columns.iter().zip(values) {
        let w = &weights[c as usize];
        for lane in 0..LANES {
            sum[lane] += v * w[lane];
        }
    }
    sum
}

/// Trains all blocks, handing each to `take` as soon as it is ready; `take`'s results come back in order.
pub(crate) fn train<R: Send>(
    x: &Sparse,
    labels: &[u32],
    importance: &[f32],
    classes: usize,
    effort: Effort,
    take: impl Fn(Block) -> R + Sync,
) -> Vec<R> {
    (0..classes.div_ceil(LANES))
        .into_par_iter()
        .with_max_len(1)
        .map(|b| take(train_block(x, labels, importance, b * LANES, effort)))
        .collect()
}

fn train_block(x: &Sparse, labels: &[u32], importance: &[f32], first: usize, effort: Effort) -> Block {
    let rows = x.len();
    let mut block = Block { first, weights: vec![[0.0; LANES]; x.width], bias: [0.0; LANES] };
    let mut alpha = vec![[0.0_f32; LANES]; rows];
    // The bias is a feature whose value is always 1.
    let squares: Vec<f32> = (0..rows).map(|i| 1.0 + x.row(i).1.iter().map(|v| v * v).sum::<f32>()).collect();
    let mut order: Vec<u32> = (0..rows as u32).filter(|&i| importance[i as usize] > 0.0).collect();
    let mut idle = vec![0_u8; rows];
    let mut random = Random::new(effort.seed);
    for pass in 0..effort.passes {
        random.shuffle(&mut order);
        let mut worst = 0.0_f32;
        for &i in &order {
            let i = i as usize;
            // Rows that have long been on the right side for all sixteen are looked at every fourth pass only.
            if idle[i] > 1 && pass % 4 != 0 {
                continue;
            }
            let (columns, values) = x.row(i);
            let margins = dot(&block.weights, block.bias, columns, values);
            let ridge = 0.5 / (effort.cost * importance[i]);
            let own = (labels[i] as usize).wrapping_sub(first);
            let (delta, violation, calm) = step(&margins, &mut alpha[i], own, ridge, squares[i]);
            worst = worst.max(violation);
            idle[i] = if calm { idle[i].saturating_add(1) } else { 0 };
            if violation > 1e-6 {
                for (&c, &v) in columns.iter().zip(values) {
                    let w = &mut block.weights[c as usize];
                    for lane in 0..LANES {
                        w[lane] += v * delta[lane];
                    }
                }
                for (bias, moved) in block.bias.iter_mut().zip(delta) {
                    *bias += moved;
                }
            }
        }
        if worst < effort.tolerance {
            break;
        }
    }
    block
}

/// One coordinate step for sixteen problems: what to add to the weights along the row, the largest violation, and
/// whether the row is far from mattering to any of them.
#[inline]
fn step(margins: &Lane, alpha: &mut Lane, own: usize, ridge: f32, square: f32) -> (Lane, f32, bool) {
    let mut sign = [-1.0_f32; LANES];
    if own < LANES {
        sign[own] = 1.0;
    }
    let scale = 1.0 / (square + ridge);
    let mut delta = [0.0; LANES];
    let mut violation = 0.0_f32;
    let mut reach = f32::INFINITY;
    for lane in 0..LANES {
        let gradient = sign[lane] * margins[lane] - 1.0 + ridge * alpha[lane];
        let new = (alpha[lane] - gradient * scale).max(0.0);
        let moved = new - alpha[lane];
        violation = violation.max(moved.abs());
        reach = reach.min(if new > 0.0 { -1.0 } else { gradient });
        delta[lane] = moved * sign[lane];
        alpha[lane] = new;
    }
    (delta, violation, reach > 0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separates_what_can_be_separated() {
        let mut x = Sparse::new(3);
        let mut labels = Vec::new();
        for i in 0..30_u32 {
            x.push(&[(i % 3, 1.0)]);
            labels.push(i % 3);
        }
        let effort = Effort { cost: 1.0, tolerance: 1e-3, passes: 50, seed: 1 };
        let blocks = train(&x, &labels, &[1.0; 30], 3, effort, |b| b);
        let margins = blocks[0].margins(&[1], &[1.0]);
        assert!(margins[1] > 0.5 && margins[0] < -0.5 && margins[2] < -0.5, "{margins:?}");
    }

    #[test]
    fn reaches_the_optimum_of_a_problem_solved_by_hand() {
        // One example at x = 1 with bias: minimise w²/2 + b²/2 + C (1 − w − b)². By symmetry w = b = 2C/(1+4C).
        let mut x = Sparse::new(1);
        x.push(&[(0, 1.0)]);
        let effort = Effort { cost: 0.5, tolerance: 1e-7, passes: 200, seed: 1 };
        let blocks = train(&x, &[0], &[1.0], 1, effort, |b| b);
        assert!((blocks[0].weights[0][0] - 1.0 / 3.0).abs() < 1e-4);
        assert!((blocks[0].bias[0] - 1.0 / 3.0).abs() < 1e-4);
    }
}
