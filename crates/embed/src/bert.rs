//! The encoder's forward pass.

use rten_simd::{SimdOp as _, SimdUnaryOp as _};
use rten_vecmath::{Gelu, Normalize, NormalizeOptions, Softmax};

use crate::config::Config;
use crate::error::Error;
use crate::linear::Linear;
use crate::tensors::Tensors;

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

struct Layer {
    /// Queries, keys and values side by side.
    attention: Linear,
    output: Linear,
    output_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

/// A loaded encoder.
pub(crate) struct Bert {
    width: usize,
    inner_width: usize,
    heads: usize,
    words: Vec<f32>,
    /// Positions from the first that a token can have, each with the one segment's embedding added.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Norm {
    fn load(tensors: &Tensors<'_>, name: &str, config: &Config) -> Result<Self, Error> {
        let shape = [config.hidden_size];
        Ok(Self {
            weight: tensors.get(&format!("{name}.weight"), &shape)?,
            bias: tensors.get(&format!("{name}.bias"), &shape)?,
            epsilon: config.layer_norm_eps,
        })
    }

    fn apply(&self, rows: &mut [f32]) {
        let width = self.weight.len();
        for row in rows.chunks_exact_mut(width) {
            let mean = row.iter().sum::<f32>() / width as f32;
            let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / width as f32;
            Normalize::new_mut(
                row,
                NormalizeOptions {
                    pre_scale_bias: mean,
                    scale: 1.0 / (variance + self.epsilon).sqrt(),
                    element_scale: Some(&self.weight),
                    element_bias: Some(&self.bias),
                    ..NormalizeOptions::default()
                },
            )
            .dispatch();
        }
    }
}

fn linear(tensors: &Tensors<'_>, names: &[String], outs: usize, ins: usize) -> Result<Linear, Error> {
    let (mut weights, mut bias) = (Vec::new(), Vec::new());
    for name in names {
        weights.extend(tensors.get(&format!("{name}.weight"), &[outs, ins])?);
        bias.extend(tensors.get(&format!("{name}.bias"), &[outs])?);
    }
    Ok(Linear::new(&weights, bias))
}

impl Layer {
    fn load(tensors: &Tensors<'_>, index: usize, config: &Config) -> Result<Self, Error> {
        let name = |part: &str| format!("encoder.layer.{index}.{part}");
        let (width, inner) = (config.hidden_size, config.intermediate_size);
        let parts = ["query", "key", "value"].map(|p| name(&format!("attention.self.{p}")));
        Ok(Self {
            attention: linear(tensors, &parts, width, width)?,
            output: linear(tensors, &[name("attention.output.dense")], width, width)?,
            output_norm: Norm::load(tensors, &name("attention.output.LayerNorm"), config)?,
            inner: linear(tensors, &[name("intermediate.dense")], inner, width)?,
            outer: linear(tensors, &[name("output.dense")], width, inner)?,
            outer_norm: Norm::load(tensors, &name("output.LayerNorm"), config)?,
        })
    }
}

impl Bert {
    pub(crate) fn load(tensors: &Tensors<'_>, config: &Config) -> Result<Self, Error> {
        let width = config.hidden_size;
        let words = tensors.get("embeddings.word_embeddings.weight", &[config.vocab_size, width])?;
        let name = "embeddings.position_embeddings.weight";
        let mut positions = tensors.get(name, &[config.max_position_embeddings, width])?;
        positions.drain(..config.first_position() * width);
        let name = "embeddings.token_type_embeddings.weight";
        let segments = tensors.get(name, &[tensors.rows(name).unwrap_or(1), width])?;
        for position in positions.chunks_exact_mut(width) {
            add(position, &segments[..width]);
        }
        Ok(Self {
            width,
            inner_width: config.intermediate_size,
            heads: config.num_attention_heads,
            words,
            positions,
            norm: Norm::load(tensors, "embeddings.LayerNorm", config)?,
            layers: (0..config.num_hidden_layers)
                .map(|i| Layer::load(tensors, i, config))
                .collect::<Result<_, _>>()?,
        })
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// One vector of length 1 for each text.
    pub(crate) fn forward(&self, texts: &[impl AsRef<[u32]>]) -> Vec<f32> {
        let width = self.width;
        let lengths: Vec<usize> = texts.iter().map(|t| t.as_ref().len()).collect();
        let tokens: usize = lengths.iter().sum();
        let mut out = vec![0.0; texts.len() * width];
        if tokens == 0 {
            return out;
        }
        let mut x = self.embed(texts, tokens);
        let mut projected = vec![0.0; tokens * width * 3];
        let mut mixed = vec![0.0; tokens * width];
        let mut inner = vec![0.0; tokens * self.inner_width];
        let mut y = vec![0.0; tokens * width];
        for layer in &self.layers {
            layer.attention.apply(&x, &mut projected);
            let mut start = 0;
            for &length in &lengths {
                let part = start * width * 3..(start + length) * width * 3;
                let to = start * width..(start + length) * width;
                self.attend(&projected[part], &mut mixed[to], length);
                start += length;
            }
            layer.output.apply(&mixed, &mut y);
            add(&mut x, &y);
            layer.output_norm.apply(&mut x);
            layer.inner.apply(&x, &mut inner);
            Gelu {}.map_mut(&mut inner);
            layer.outer.apply(&inner, &mut y);
            add(&mut x, &y);
            layer.outer_norm.apply(&mut x);
        }
        let mut start = 0;
        for (to, &length) in out.chunks_exact_mut(width).zip(&lengths) {
            for row in x[start * width..(start + length) * width].chunks_exact(width) {
                add(to, row);
            }
            start += length;
            // The mean and the sum have the same direction.
            let norm = to.iter().map(|v| v * v).sum::<f32>().sqrt();
            let scale = if norm > 0.0 && norm.is_finite() { 1.0 / norm } else { 0.0 };
            for v in to {
                *v = if scale > 0.0 { *v * scale } else { 0.0 };
            }
        }
        out
    }

    fn embed(&self, texts: &[impl AsRef<[u32]>], tokens: usize) -> Vec<f32> {
        let width = self.width;
        let mut x = Vec::with_capacity(tokens * width);
        for text in texts {
            for (place, &token) in text.as_ref().iter().enumerate() {
                let word = (token as usize).min(self.words.len() / width - 1) * width;
                let place = place.min(self.positions.len() / width - 1) * width;
                let pair = self.words[word..word + width].iter().zip(&self.positions[place..place + width]);
                x.extend(pair.map(|(w, p)| w + p));
            }
        }
        self.norm.apply(&mut x);
        x
    }

    /// Every token of one text looks at every other, head by head.
    fn attend(&self, projected: &[f32], out: &mut [f32], length: usize) {
        let width = self.width;
        let head = width / self.heads;
        let scale = 1.0 / (head as f32).sqrt();
        let mut weights = vec![0.0_f32; length];
        out.fill(0.0);
        for h in 0..self.heads {
            let at = |token: usize, part: usize| token * width * 3 + part * width + h * head;
            for i in 0..length {
                let query = &projected[at(i, 0)..][..head];
                for (j, weight) in weights.iter_mut().enumerate() {
                    *weight = dot(query, &projected[at(j, 1)..][..head]) * scale;
                }
                Softmax::new_mut(&mut weights).dispatch();
                let to = &mut out[i * width + h * head..][..head];
                for (j, &weight) in weights.iter().enumerate() {
                    for (t, v) in to.iter_mut().zip(&projected[at(j, 2)..][..head]) {
                        *t += weight * v;
                    }
                }
            }
        }
    }
}

fn add(to: &mut [f32], from: &[f32]) {
    for (t, f) in to.iter_mut().zip(from) {
        *t += f;
    }
}

/// Eight sums side by side, which the compiler keeps in vector registers.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    for (a, b) in a8.iter().zip(b8) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}
