//! What `config.json` and its neighbours say about the encoder, checked before anything is built by it.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::MOST_CONFIG;
use crate::error::{Error, read};

/// The parts of `config.json` that shape a BERT.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Config {
    pub(crate) model_type: String,
    pub(crate) hidden_size: usize,
    pub(crate) intermediate_size: usize,
    pub(crate) num_hidden_layers: usize,
    pub(crate) num_attention_heads: usize,
    pub(crate) max_position_embeddings: usize,
    pub(crate) vocab_size: usize,
    pub(crate) layer_norm_eps: f32,
    hidden_act: String,
    #[serde(default)]
    pad_token_id: usize,
    #[serde(default)]
    position_embedding_type: Option<String>,
    /// From `sentence_bert_config.json`, where there is one.
    #[serde(skip)]
    max_seq_length: Option<usize>,
}

#[derive(Deserialize)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
}

impl Config {
    pub(crate) fn read(directory: &Path) -> Result<Self, Error> {
        let file = directory.join("config.json");
        let mut config: Self = json(&file)?;
        config.check(&file)?;
        let sentence = directory.join("sentence_bert_config.json");
        if sentence.exists() {
            config.max_seq_length = json::<SentenceConfig>(&sentence)?.max_seq_length;
        }
        let pooling = directory.join("1_Pooling/config.json");
        if pooling.exists() {
            let modes: HashMap<String, serde_json::Value> = json(&pooling)?;
            let on = |mode: &String| mode.starts_with("pooling_mode_") && modes[mode] == true;
            let on: Vec<&String> = modes.keys().filter(|m| on(m)).collect();
            if on.iter().any(|m| *m != "pooling_mode_mean_tokens") || on.is_empty() {
                return Err(Error::odd(
                    &pooling,
                    "pools otherwise than by the mean, which alone is supported",
                ));
            }
        }
        Ok(config)
    }

    fn check(&self, file: &Path) -> Result<(), Error> {
        let odd = |what: String| Err(Error::odd(file, what));
        if !matches!(self.model_type.as_str(), "bert" | "roberta" | "xlm-roberta" | "camembert") {
            return odd(format!(
                "model_type {:?} is not supported; bert, roberta, xlm-roberta and camembert are",
                self.model_type
            ));
        }
        if self.hidden_act != "gelu" {
            return odd(format!("hidden_act {:?} is not supported; \"gelu\" is", self.hidden_act));
        }
        if self.position_embedding_type.as_deref().is_some_and(|t| t != "absolute") {
            return odd("position_embedding_type must be \"absolute\"".to_owned());
        }
        let bounds = [
            ("hidden_size", self.hidden_size, 8_192),
            ("intermediate_size", self.intermediate_size, 65_536),
            ("num_hidden_layers", self.num_hidden_layers, 96),
            ("num_attention_heads", self.num_attention_heads, 256),
            ("max_position_embeddings", self.max_position_embeddings, 65_536),
            ("vocab_size", self.vocab_size, 2_000_000),
        ];
        for (name, value, most) in bounds {
            if value == 0 || value > most {
                return odd(format!("{name} is {value}; between 1 and {most} is expected"));
            }
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return odd("hidden_size is not a multiple of num_attention_heads".to_owned());
        }
        if self.max_position_embeddings < self.first_position() + 8 {
            return odd("max_position_embeddings leaves no room for a text".to_owned());
        }
        if !(self.layer_norm_eps.is_finite() && self.layer_norm_eps > 0.0) {
            return odd(format!(
                "layer_norm_eps is {}; a small positive number is expected",
                self.layer_norm_eps
            ));
        }
        Ok(())
    }

    /// `RoBERTa` counts positions from after the padding token's number.
    pub(crate) fn first_position(&self) -> usize {
        if self.model_type == "bert" { 0 } else { self.pad_token_id.min(65_536) + 1 }
    }

    /// Tokens that one text may have.
    pub(crate) fn longest(&self) -> usize {
        let room = self.max_position_embeddings - self.first_position();
        self.max_seq_length.unwrap_or(512).clamp(8, room.max(8))
    }
}

fn json<T: DeserializeOwned>(file: &Path) -> Result<T, Error> {
    let bytes = read(file, MOST_CONFIG)?;
    serde_json::from_slice(&bytes).map_err(|e| Error::odd(file, e.to_string()))
}
