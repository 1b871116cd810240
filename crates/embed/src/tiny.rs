//! A made-up encoder of a few kilobytes for tests: one layer, eight words, weights from a sine. What it makes of a
//! text means nothing, but is the same every time.

use std::path::Path;
use std::{fs, io};

/// How many numbers its embeddings have.
pub const WIDTH: usize = 8;
const INNER: usize = 16;
const WORDS: [&str; 8] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "my", "card", "is", "lost"];

/// What `config.json` says.
pub fn config() -> serde_json::Value {
    serde_json::json!({
        "model_type": "bert", "hidden_size": WIDTH, "intermediate_size": INNER, "num_hidden_layers": 1,
        "num_attention_heads": 2, "max_position_embeddings": 16, "vocab_size": WORDS.len(),
        "layer_norm_eps": 1e-12, "hidden_act": "gelu",
    })
}

fn tokenizer() -> serde_json::Value {
    let vocabulary: serde_json::Map<String, serde_json::Value> =
        WORDS.iter().enumerate().map(|(i, w)| ((*w).to_owned(), i.into())).collect();
    serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": null, "lowercase": true},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
        "decoder": null,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocabulary},
    })
}

/// What `model.safetensors` holds; `broken` takes the place of the third number of each tensor.
pub fn weights(broken: Option<f32>) -> Vec<u8> {
    let mut shapes: Vec<(String, Vec<usize>)> = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![WORDS.len(), WIDTH]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![16, WIDTH]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![2, WIDTH]),
    ];
    let layer = "encoder.layer.0.";
    let mut dense = |name: &str, outs: usize, ins: usize| {
        shapes.push((format!("{name}.weight"), if ins == 0 { vec![outs] } else { vec![outs, ins] }));
        shapes.push((format!("{name}.bias"), vec![outs]));
    };
    dense("embeddings.LayerNorm", WIDTH, 0);
    for part in
        ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]
    {
        dense(&format!("{layer}{part}"), WIDTH, WIDTH);
    }
    dense(&format!("{layer}attention.output.LayerNorm"), WIDTH, 0);
    dense(&format!("{layer}intermediate.dense"), INNER, WIDTH);
    dense(&format!("{layer}output.dense"), WIDTH, INNER);
    dense(&format!("{layer}output.LayerNorm"), WIDTH, 0);
    let mut header = serde_json::Map::new();
    let mut data = Vec::new();
    for (name, shape) in shapes {
        let start = data.len();
        for i in 0..shape.iter().product::<usize>() {
            let value = ((start + i * 7) as f32 * 0.37).sin();
            data.extend(broken.filter(|_| i == 3).unwrap_or(value).to_le_bytes());
        }
        let entry = serde_json::json!({"dtype": "F32", "shape": shape, "data_offsets": [start, data.len()]});
        header.insert(name, entry);
    }
    let header = serde_json::Value::Object(header).to_string().into_bytes();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.extend(data);
    file
}

/// Writes the directory's three files.
pub fn write(directory: &Path, config: &serde_json::Value, weights: &[u8]) -> io::Result<()> {
    fs::write(directory.join("config.json"), config.to_string())?;
    fs::write(directory.join("tokenizer.json"), tokenizer().to_string())?;
    fs::write(directory.join("model.safetensors"), weights)
}
