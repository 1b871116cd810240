//! Approved replies, with their variants by language, and the categories tickets are sorted into.

use crate::{AnswerId, CategoryId, Millis};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub id: CategoryId,
    pub name: String,
    pub parent: Option<CategoryId>,
    pub created_at: Millis,
}

/// How names are compared: case and spaces around them make no difference.
pub fn category_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An approved reply: what agents pick and the learner predicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub id: AnswerId,
    /// What imports know it by.
    pub key: String,
    pub title: String,
    /// A Liquid template. None until someone writes it: it can be predicted, but not sent.
    pub body: Option<String>,
    pub category: Option<CategoryId>,
    /// Shown in the help centre.
    pub published: bool,
    pub archived: bool,
    /// Answers of one group are interchangeable.
    pub interchangeable: Option<i64>,
    pub version: i64,
    pub created_at: Millis,
    pub updated_at: Millis,
}

/// An answer's text in another language.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Variant {
    pub language: String,
    pub body: String,
}
