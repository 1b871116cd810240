//! What can go wrong in the learner, in words a person can act on.

/// The one error type of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each message says what it is and what would be right")]
pub enum Error {
    #[error("there are no tickets to learn from; at least two answers with an example each are needed")]
    NoRows,
    #[error(
        "all {rows} tickets have the same answer {label:?}; at least two answers, or one answer and questions that no answer fits, are needed"
    )]
    OneLabel { label: String, rows: usize },
    #[error("none of the {rows} tickets has an answer; tickets with an answer are needed to learn from")]
    NoLabels { rows: usize },
    #[error(
        "the tickets have {labels} different answers, more than {most}; is the answer column a free text?"
    )]
    TooManyLabels { labels: usize, most: usize },
    #[error("ticket {id} has the weight {weight}; a finite number of 0 or more is expected")]
    Weight { id: i64, weight: String },
    #[error("the worker threads could not be started: {0}")]
    Threads(String),
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
    #[error(
        "the model was trained with the encoder whose weights have SHA-256 {wanted}; {}; name its directory, or train again",
        .found.as_ref().map_or("no encoder is configured".to_owned(), |f| format!("the one configured has {f}"))
    )]
    Encoder { wanted: String, found: Option<String> },
    #[error("the model file has format {found}, this version reads format {expected}; train again")]
    Format { found: u16, expected: u16 },
}
