//! Labels: what answered a ticket, said by someone who had or had not seen a suggestion.

use domain::words::{CategorySource, Channel, Choice, CustomerWord, LabelSource, Sample};
use domain::{AnswerId, CategoryId, Millis, RequesterId, TicketId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub ticket: TicketId,
    /// None: no answer fits.
    pub answer: Option<AnswerId>,
    pub source: LabelSource,
    /// Whether it was given without having seen a suggestion.
    pub unseen: bool,
    /// How likely it was that the ticket would be labelled this way (see `domain::arms`).
    pub propensity: f64,
    pub created_at: Millis,
}

/// Keeps the first label of a ticket; says whether this was it.
pub async fn insert(tx: &mut Tx, label: &Label) -> Result<bool> {
    let changed = tx
        .execute(
            "INSERT INTO labels (ticket_id, answer_id, source, unseen, propensity, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ticket_id) DO NOTHING",
            args![label.ticket, label.answer, label.source, label.unseen, label.propensity, label.created_at],
        )
        .await?;
    Ok(changed > 0)
}

/// Writes a label in place of the one that the ticket may have; what the customer said of that one went with it.
/// `domain::learning::wins` says when.
pub async fn put(tx: &mut Tx, label: &Label) -> Result<()> {
    tx.execute_one(
        "INSERT INTO labels (ticket_id, answer_id, source, unseen, propensity, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ticket_id) DO UPDATE SET answer_id = excluded.answer_id, \
         source = excluded.source, unseen = excluded.unseen, propensity = excluded.propensity, \
         created_at = excluded.created_at, customer = NULL, customer_at = NULL",
        args![label.ticket, label.answer, label.source, label.unseen, label.propensity, label.created_at],
    )
    .await
}

/// What the customer now says of what the ticket's label answered with; a ticket without a label keeps nothing.
pub async fn put_customer(tx: &mut Tx, ticket: TicketId, word: CustomerWord, now: Millis) -> Result<()> {
    let sql = "UPDATE labels SET customer = $2, customer_at = $3 WHERE ticket_id = $1";
    tx.execute(sql, args![ticket, word, now]).await?;
    Ok(())
}

/// Source of a ticket's label, and whether it was given without having seen a suggestion.
pub async fn standing(mut db: impl Read, ticket: TicketId) -> Result<Option<(LabelSource, bool)>> {
    let row = db.optional("SELECT source, unseen FROM labels WHERE ticket_id = $1", args![ticket]).await?;
    row.map(|row| Ok((row.word("source")?, row.bool("unseen")?))).transpose()
}

pub async fn exists(mut db: impl Read, ticket: TicketId) -> Result<bool> {
    let row = db.optional("SELECT 1 AS one FROM labels WHERE ticket_id = $1", args![ticket]).await?;
    Ok(row.is_some())
}

/// What a mended ticket is to teach instead of its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mended {
    /// None: no answer fits.
    pub answer: Option<AnswerId>,
}

/// A labelled ticket as the learner is taught by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub ticket: TicketId,
    pub subject: Option<String>,
    pub body: String,
    pub answer: Option<AnswerId>,
    pub source: LabelSource,
    pub unseen: bool,
    pub propensity: f64,
    /// Of which sample the review was that gave it.
    pub sample: Option<Sample>,
    pub choice: Option<Choice>,
    pub customer: Option<CustomerWord>,
    pub mended: Option<Mended>,
    pub requester: RequesterId,
    pub created_at: Millis,
}

fn example(row: &Row) -> Result<Example> {
    Ok(Example {
        ticket: row.id("id")?,
        subject: row.opt_text("subject")?,
        body: row.text("body")?,
        answer: row.opt_id("answer_id")?,
        source: row.word("source")?,
        unseen: row.bool("unseen")?,
        propensity: row.real("propensity")?,
        sample: row.opt_word("sample")?,
        choice: row.opt_word("choice")?,
        customer: row.opt_word("customer")?,
        mended: mended(row)?,
        requester: row.id("requester_id")?,
        created_at: row.int("created_at")?,
    })
}

pub(crate) fn mended(row: &Row) -> Result<Option<Mended>> {
    let is_mended = row.opt_int("mend_id")?.is_some();
    is_mended.then(|| Ok(Mended { answer: row.opt_id("mended_answer_id")? })).transpose()
}

/// Labelled tickets before `before`, newest first, a page at a time.
pub async fn examples(mut db: impl Read, before: TicketId, limit: i64) -> Result<Vec<Example>> {
    let rows = db
        .all(
            "SELECT t.id, t.subject, t.requester_id, t.created_at, l.answer_id, l.source, l.unseen, l.propensity, \
             l.customer, k.sample, c.kind AS choice, d.id AS mend_id, d.answer_id AS mended_answer_id, m.body \
             FROM labels l JOIN tickets t ON t.id = l.ticket_id \
             LEFT JOIN choices c ON c.ticket_id = l.ticket_id AND l.source = 'agent' \
             LEFT JOIN mends d ON d.id = (SELECT MAX(e.mend_id) FROM mended e JOIN mends f ON f.id = e.mend_id \
             WHERE e.ticket_id = l.ticket_id AND f.undone_at IS NULL) \
             LEFT JOIN review_tasks k ON k.ticket_id = l.ticket_id AND l.source = 'review' \
             JOIN messages m ON m.id = (SELECT MIN(id) FROM messages WHERE ticket_id = l.ticket_id) \
             WHERE l.ticket_id < $1 ORDER BY l.ticket_id DESC LIMIT $2",
            args![before, limit],
        )
        .await?;
    rows.iter().map(example).collect()
}

/// Where a labelled ticket was sent, for certificates by category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    pub ticket: TicketId,
    /// None when the prediction alone decides: history, and tickets whose requester picked nothing.
    pub picked: Option<CategoryId>,
    pub language: Option<String>,
    /// When the ticket came in.
    pub created_at: Millis,
}

/// All labelled tickets with the requester's pick, if there was one.
pub async fn routed(mut db: impl Read) -> Result<Vec<Routed>> {
    let rows = db
        .all(
            "SELECT t.id, t.channel, t.category_source, t.routed_category_id, t.language, t.created_at \
             FROM labels l JOIN tickets t ON t.id = l.ticket_id",
            args![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let source: CategorySource = row.word("category_source")?;
            let channel: Channel = row.word("channel")?;
            let routed: CategoryId = row.id("routed_category_id")?;
            let picked = channel != Channel::Import && source == CategorySource::Requester;
            Ok(Routed {
                ticket: row.id("id")?,
                picked: picked.then_some(routed),
                language: row.opt_text("language")?,
                created_at: row.int("created_at")?,
            })
        })
        .collect()
}

/// Labels given or mended since a moment.
pub async fn count_since(mut db: impl Read, since: Millis) -> Result<i64> {
    let row = db
        .one(
            "SELECT (SELECT COUNT(*) FROM labels WHERE created_at > $1) + (SELECT CAST(COALESCE(SUM(tickets), 0) AS BIGINT) \
             FROM mends WHERE created_at > $1 OR undone_at > $1) AS given",
            args![since],
        )
        .await?;
    row.int("given")
}
