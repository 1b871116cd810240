//! Answers and their variants by language.

use domain::answers::{Answer, Variant};
use domain::{AnswerId, Millis};

use crate::arg::args;
use crate::automation::touch;
use crate::{Read, Result, Row, Tx};

fn read(row: &Row) -> Result<Answer> {
    Ok(Answer {
        id: row.id("id")?,
        key: row.text("key")?,
        title: row.text("title")?,
        body: row.opt_text("body")?,
        category: row.opt_id("category_id")?,
        published: row.bool("published")?,
        archived: row.bool("archived")?,
        interchangeable: row.opt_int("interchangeable")?,
        version: row.int("version")?,
        created_at: row.int("created_at")?,
        updated_at: row.int("updated_at")?,
    })
}

/// All of them, by title.
pub async fn all(mut db: impl Read) -> Result<Vec<Answer>> {
    let rows = db.all("SELECT * FROM answers ORDER BY title, id", args![]).await?;
    rows.iter().map(read).collect()
}

pub async fn exist(mut db: impl Read) -> Result<bool> {
    Ok(db.optional("SELECT id FROM answers LIMIT 1", vec![]).await?.is_some())
}

pub async fn variants(mut db: impl Read) -> Result<Vec<(AnswerId, Variant)>> {
    let rows = db.all("SELECT * FROM answer_variants ORDER BY answer_id, language", args![]).await?;
    rows.iter()
        .map(|row| {
            let variant = Variant { language: row.text("language")?, body: row.text("body")? };
            Ok((row.id("answer_id")?, variant))
        })
        .collect()
}

/// A key that is taken is a [`crate::Error::Duplicate`].
pub async fn insert(tx: &mut Tx, answer: &Answer) -> Result<()> {
    tx.execute_one(
        "INSERT INTO answers (id, key, title, body, category_id, published, archived, interchangeable, version, \
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            answer.id,
            &answer.key,
            &answer.title,
            answer.body.clone(),
            answer.category,
            answer.published,
            answer.archived,
            answer.interchangeable,
            answer.version,
            answer.created_at,
            answer.updated_at
        ],
    )
    .await?;
    touch(tx).await
}

pub async fn update(tx: &mut Tx, answer: &Answer) -> Result<()> {
    tx.execute_one(
        "UPDATE answers SET title = $2, body = $3, category_id = $4, published = $5, archived = $6, \
         interchangeable = $7, version = $8, updated_at = $9 WHERE id = $1",
        args![
            answer.id,
            &answer.title,
            answer.body.clone(),
            answer.category,
            answer.published,
            answer.archived,
            answer.interchangeable,
            answer.version,
            answer.updated_at
        ],
    )
    .await?;
    touch(tx).await
}

/// Replaces all variants of an answer.
pub async fn set_variants(tx: &mut Tx, answer: AnswerId, variants: &[Variant]) -> Result<()> {
    tx.execute("DELETE FROM answer_variants WHERE answer_id = $1", args![answer]).await?;
    for variant in variants {
        tx.execute_one(
            "INSERT INTO answer_variants (answer_id, language, body) VALUES ($1, $2, $3)",
            args![answer, &variant.language, &variant.body],
        )
        .await?;
    }
    touch(tx).await
}

/// How often each answer was given in messages sent since a moment.
pub async fn used_since(mut db: impl Read, since: Millis) -> Result<Vec<(AnswerId, i64)>> {
    let rows = db
        .all(
            "SELECT answer_id, COUNT(*) AS used FROM tickets WHERE answer_id IS NOT NULL AND created_at >= $1 \
             GROUP BY answer_id",
            args![since],
        )
        .await?;
    rows.iter().map(|row| Ok((row.id("answer_id")?, row.int("used")?))).collect()
}

/// Puts an answer into a group of interchangeable ones.
pub async fn set_group(tx: &mut Tx, answer: AnswerId, group: i64, now: Millis) -> Result<()> {
    tx.execute(
        "UPDATE answers SET interchangeable = $2, updated_at = $3 WHERE id = $1 AND interchangeable IS NULL",
        args![answer, group, now],
    )
    .await?;
    touch(tx).await
}

/// Those that the help centre shows: published, written and in use, by title.
pub async fn published(mut db: impl Read) -> Result<Vec<Answer>> {
    let rows = db
        .all(
            "SELECT * FROM answers WHERE published AND NOT archived AND body IS NOT NULL ORDER BY title, id",
            args![],
        )
        .await?;
    rows.iter().map(read).collect()
}
