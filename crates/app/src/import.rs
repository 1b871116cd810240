//! Importing a history: no decision, no reply, no survey, no mail to anyone; the same row twice changes nothing.

use std::collections::HashMap;

use domain::import::PastTicket;
use domain::{AnswerId, CategoryId};
use serde_json::json;
use store::history::{self, Resolved};

use crate::{Actor, App, Error, NewEvent, Result};

/// Rows written in one transaction.
pub const BATCH: usize = 250;

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    pub added: usize,
    /// Already here under the same id.
    pub known: usize,
}

impl std::ops::AddAssign for Imported {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.known += other.known;
    }
}

/// An import under way. Remembers which categories and answers the names of the file stand for.
pub struct Importer<'a> {
    app: &'a App,
    categories: HashMap<String, CategoryId>,
    answers: HashMap<String, AnswerId>,
}

impl<'a> Importer<'a> {
    pub fn new(app: &'a App) -> Self {
        Self { app, categories: HashMap::new(), answers: HashMap::new() }
    }

    /// Writes a batch of at most [`BATCH`] rows in one transaction.
    pub async fn write(&mut self, batch: Vec<PastTicket>) -> Result<Imported> {
        let mut rows = Vec::with_capacity(batch.len());
        for past in batch {
            rows.push(self.resolve(past).await?);
        }
        let total = rows.len();
        let now = self.app.now();
        let added = self
            .app
            .db
            .write(move |tx| {
                let rows = rows.clone();
                Box::pin(async move {
                    let mut added = 0;
                    for row in &rows {
                        added += usize::from(history::insert(tx, row).await?);
                    }
                    if added > 0 {
                        tx.event(
                            NewEvent::new(now, "history.imported", Actor::System)
                                .data(&json!({ "tickets": added })),
                        );
                    }
                    Ok::<_, Error>(added)
                })
            })
            .await?;
        Ok(Imported { added, known: total - added })
    }

    async fn resolve(&mut self, past: PastTicket) -> Result<Resolved> {
        let category = match &past.category {
            Some(name) => self.category(name).await?,
            None => CategoryId::UNCATEGORISED,
        };
        let answer = match &past.answer {
            Some(name) => Some(self.answer(name, category).await?),
            None => None,
        };
        let excerpt = domain::tickets::excerpt(&past.body);
        let number = self.app.db.next_number().await?;
        Ok(Resolved { number, secret: rand::random::<[u8; 16]>().to_vec(), category, answer, excerpt, past })
    }

    async fn category(&mut self, name: &str) -> Result<CategoryId> {
        let name = human(name);
        let key = name.to_lowercase();
        if let Some(&id) = self.categories.get(&key) {
            return Ok(id);
        }
        let now = self.app.now();
        let search = key.clone();
        let made = self
            .app
            .db
            .write(move |tx| {
                let (name, key) = (name.clone(), search.clone());
                Box::pin(async move { Ok::<_, Error>(history::category(tx, &name, &key, now).await?) })
            })
            .await?;
        self.categories.insert(key, made);
        Ok(made)
    }

    async fn answer(&mut self, name: &str, category: CategoryId) -> Result<AnswerId> {
        if let Some(&id) = self.answers.get(name) {
            return Ok(id);
        }
        let now = self.app.now();
        let (key, title) = (name.trim().to_owned(), human(name));
        let made = self
            .app
            .db
            .write(move |tx| {
                let (key, title) = (key.clone(), title.clone());
                Box::pin(
                    async move { Ok::<_, Error>(history::answer(tx, &key, &title, category, now).await?) },
                )
            })
            .await?;
        self.answers.insert(name.to_owned(), made);
        Ok(made)
    }
}

/// A key as a person would write it: `card_not_working` becomes "Card not working"; "Sign-in" is written by a person.
fn human(name: &str) -> String {
    let name = name.trim();
    if name.contains(' ') || (name.starts_with(char::is_uppercase) && !name.contains('_')) {
        return name.to_owned();
    }
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::human;

    #[test]
    fn keys_become_names_and_names_stay() {
        assert_eq!(human("card_not_working"), "Card not working");
        assert_eq!(human("lost-board"), "Lost board");
        for name in ["Sign-in", "Lost board", "API"] {
            assert_eq!(human(name), name);
        }
    }
}
