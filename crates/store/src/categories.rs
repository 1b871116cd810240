//! Categories: what tickets are about.

use domain::answers::{Category, category_key};
use domain::{CategoryId, Millis};

use crate::arg::args;
use crate::automation::touch;
use crate::{Read, Result, Row, Tx};

fn read(row: &Row) -> Result<Category> {
    Ok(Category {
        id: row.id("id")?,
        name: row.text("name")?,
        parent: row.opt_id("parent_id")?,
        created_at: row.int("created_at")?,
    })
}

/// All of them, by name.
pub async fn all(mut db: impl Read) -> Result<Vec<Category>> {
    let rows = db.all("SELECT * FROM categories ORDER BY name_key", args![]).await?;
    rows.iter().map(read).collect()
}

/// A name that is taken, in whatever case, is a [`crate::Error::Duplicate`].
pub async fn insert(tx: &mut Tx, category: &Category) -> Result<()> {
    tx.execute_one(
        "INSERT INTO categories (id, name, name_key, parent_id, created_at) VALUES ($1, $2, $3, $4, $5)",
        args![
            category.id,
            &category.name,
            category_key(&category.name),
            category.parent,
            category.created_at
        ],
    )
    .await?;
    touch(tx).await
}

pub async fn update(tx: &mut Tx, category: &Category) -> Result<()> {
    tx.execute_one(
        "UPDATE categories SET name = $2, name_key = $3, parent_id = $4 WHERE id = $1",
        args![category.id, &category.name, category_key(&category.name), category.parent],
    )
    .await?;
    touch(tx).await
}

/// Tickets of each category that came since a moment: (category, all of them, those resolved by a responder other
/// than an agent and confirmed, silent, failed).
pub async fn recent(mut db: impl Read, since: Millis) -> Result<Vec<Recent>> {
    let rows = db
        .all(
            "SELECT category_id, COUNT(*) AS total, \
             COUNT(CASE WHEN NOT touched_by_agent AND resolution = 'confirmed' THEN 1 END) AS confirmed, \
             COUNT(CASE WHEN NOT touched_by_agent AND resolution = 'silent' THEN 1 END) AS silent, \
             COUNT(CASE WHEN first_reply_by IN ('rules', 'learner') AND resolution = 'failed' THEN 1 END) AS failed \
             FROM tickets WHERE created_at >= $1 GROUP BY category_id",
            args![since],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Recent {
                category: row.id("category_id")?,
                total: row.int("total")?,
                confirmed: row.int("confirmed")?,
                silent: row.int("silent")?,
                failed: row.int("failed")?,
            })
        })
        .collect()
}

/// What happened lately in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recent {
    pub category: CategoryId,
    pub total: i64,
    pub confirmed: i64,
    pub silent: i64,
    pub failed: i64,
}

/// How many tickets wait for an agent, by category.
pub async fn open(mut db: impl Read) -> Result<Vec<(CategoryId, i64)>> {
    let rows = db
        .all(
            "SELECT category_id, COUNT(*) AS waiting FROM tickets WHERE status IN ('new', 'open') GROUP BY category_id",
            args![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.id("category_id")?, row.int("waiting")?))).collect()
}

/// What a category is called.
pub async fn name(mut db: impl Read, id: CategoryId) -> Result<Option<String>> {
    let row = db.optional("SELECT name FROM categories WHERE id = $1", args![id]).await?;
    row.map(|row| row.text("name")).transpose()
}
