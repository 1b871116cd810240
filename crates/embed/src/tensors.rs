//! Tensors of a safetensors file, each with the shape that is expected of it.

use std::path::Path;

use safetensors::{Dtype, SafeTensors};

use crate::error::Error;

pub(crate) struct Tensors<'a> {
    file: &'a Path,
    all: SafeTensors<'a>,
    prefix: &'static str,
}

impl<'a> Tensors<'a> {
    pub(crate) fn read(file: &'a Path, bytes: &'a [u8]) -> Result<Self, Error> {
        let all = SafeTensors::deserialize(bytes)
            .map_err(|e| Error::odd(file, format!("is not a whole safetensors file: {e}")))?;
        // Some are saved with the name of the model around the encoder.
        let prefix = ["", "bert.", "roberta."]
            .into_iter()
            .find(|p| all.tensor(&format!("{p}embeddings.word_embeddings.weight")).is_ok())
            .ok_or_else(|| Error::odd(file, "has no embeddings.word_embeddings.weight: it is not a BERT"))?;
        Ok(Self { file, all, prefix })
    }

    /// The numbers of a tensor of exactly this shape, all finite.
    pub(crate) fn get(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let odd = |what: String| Error::odd(self.file, what);
        let tensor =
            self.all.tensor(&format!("{}{name}", self.prefix)).map_err(|_| odd(format!("has no {name}")))?;
        if tensor.shape() != shape {
            return Err(odd(format!(
                "{name} has shape {:?}; config.json asks for {shape:?}",
                tensor.shape()
            )));
        }
        if tensor.dtype() != Dtype::F32 {
            return Err(odd(format!("{name} has numbers of type {:?}; F32 is supported", tensor.dtype())));
        }
        let (numbers, _) = tensor.data().as_chunks::<4>();
        let numbers: Vec<f32> = numbers.iter().map(|b| f32::from_le_bytes(*b)).collect();
        if numbers.iter().any(|n| !n.is_finite()) {
            return Err(odd(format!("{name} holds something that is not a number")));
        }
        Ok(numbers)
    }

    /// Rows that `config.json` does not count.
    pub(crate) fn rows(&self, name: &str) -> Option<usize> {
        self.all.tensor(&format!("{}{name}", self.prefix)).ok().and_then(|t| t.shape().first().copied())
    }
}
