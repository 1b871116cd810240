//! Reviews: which tickets are to be looked at, and what people chose.

use domain::guardrail::Looked;
use domain::reviews::Choice;
use domain::words::{Sample, Verdict};
use domain::{AnswerId, CategoryId, Millis, TicketId, UserId};

use crate::arg::args;
use crate::{Read, Result, Row, Tx};

/// A ticket that is to be reviewed, or was.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub ticket: TicketId,
    pub category: CategoryId,
    pub sample: Sample,
    pub share: f64,
    /// None: nothing was sent or suggested.
    pub sent: Option<AnswerId>,
    pub wanted: i64,
    pub disputed: bool,
    pub created_at: Millis,
    pub settled: Option<Settled>,
    pub adjudicated_by: Option<UserId>,
}

/// What a review came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub at: Millis,
    pub verdict: Verdict,
    /// None: no answer fits.
    pub answer: Option<AnswerId>,
}

fn task(row: &Row) -> Result<Task> {
    let settled = match (row.opt_int("settled_at")?, row.opt_word("verdict")?) {
        (Some(at), Some(verdict)) => Some(Settled { at, verdict, answer: row.opt_id("answer_id")? }),
        _ => None,
    };
    Ok(Task {
        ticket: row.id("ticket_id")?,
        category: row.id("category_id")?,
        sample: row.word("sample")?,
        share: row.real("share")?,
        sent: row.opt_id("sent_answer_id")?,
        wanted: row.int("wanted")?,
        disputed: row.bool("disputed")?,
        created_at: row.int("created_at")?,
        settled,
        adjudicated_by: row.opt_id("adjudicated_by")?,
    })
}

pub async fn insert_task(tx: &mut Tx, it: &Task) -> Result<()> {
    tx.execute(
        "INSERT INTO review_tasks (ticket_id, category_id, sample, share, sent_answer_id, wanted, disputed, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ticket_id) DO NOTHING",
        args![it.ticket, it.category, it.sample, it.share, it.sent, it.wanted, it.disputed, it.created_at],
    )
    .await?;
    Ok(())
}

/// Asks no longer for the review of a ticket that nobody has begun.
pub async fn withdraw_task(tx: &mut Tx, ticket: TicketId) -> Result<()> {
    tx.execute(
        "DELETE FROM review_tasks WHERE ticket_id = $1 AND sample <> 'all' AND NOT EXISTS \
         (SELECT 1 FROM reviews WHERE reviews.ticket_id = review_tasks.ticket_id)",
        args![ticket],
    )
    .await?;
    Ok(())
}

pub async fn of_ticket(mut db: impl Read, ticket: TicketId) -> Result<Option<Task>> {
    let row = db.optional("SELECT * FROM review_tasks WHERE ticket_id = $1", args![ticket]).await?;
    row.as_ref().map(task).transpose()
}

/// Writes where a review stands. Always a change, so that of two people who choose at once the second sees the
/// first.
pub async fn put_standing(tx: &mut Tx, it: &Task) -> Result<()> {
    tx.execute_one(
        "UPDATE review_tasks SET disputed = $2, settled_at = $3, verdict = $4, answer_id = $5, adjudicated_by = $6 \
         WHERE ticket_id = $1",
        args![
            it.ticket,
            it.disputed,
            it.settled.map(|s| s.at),
            it.settled.map(|s| s.verdict),
            it.settled.and_then(|s| s.answer),
            it.adjudicated_by
        ],
    )
    .await
}

/// Tasks that wait for this person, those asked for first first. Disputed ones wait for whoever has not chosen, and
/// for those who may decide between their own choice and another's.
pub async fn waiting_for(
    mut db: impl Read,
    user: Option<UserId>,
    may_adjudicate: bool,
    limit: i64,
) -> Result<Vec<Task>> {
    let sql =
        format!("SELECT * FROM review_tasks k WHERE {MAY_REVIEW} ORDER BY created_at, ticket_id LIMIT $3");
    let rows = db.all_built(sql, args![user, may_adjudicate, limit]).await?;
    rows.iter().map(task).collect()
}

/// How many of [`waiting_for`] there are.
pub async fn count_waiting_for(mut db: impl Read, user: Option<UserId>, may_adjudicate: bool) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) AS n FROM review_tasks k WHERE {MAY_REVIEW}");
    let rows = db.all_built(sql, args![user, may_adjudicate]).await?;
    rows.first().map_or(Ok(0), |row| row.int("n"))
}

/// Open tasks that $1 has not looked at and that need another look, and those that they may decide ($2).
const MAY_REVIEW: &str = "settled_at IS NULL AND ((disputed = TRUE AND $2 = TRUE) OR \
    (NOT EXISTS (SELECT 1 FROM reviews r WHERE r.ticket_id = k.ticket_id AND r.user_id = $1) AND (disputed = TRUE \
    OR (SELECT COUNT(*) FROM reviews r WHERE r.ticket_id = k.ticket_id) < wanted)))";

/// One person's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub user: UserId,
    pub choice: Choice,
    pub created_at: Millis,
}

/// In the order in which they were given.
pub async fn choices(mut db: impl Read, ticket: TicketId) -> Result<Vec<Review>> {
    let rows = db.all("SELECT * FROM reviews WHERE ticket_id = $1 ORDER BY id", args![ticket]).await?;
    let review = |row: &Row| {
        Ok(Review {
            user: row.id("user_id")?,
            choice: Choice { answer: row.opt_id("answer_id")?, harmful: row.bool("harmful")? },
            created_at: row.int("created_at")?,
        })
    };
    rows.iter().map(review).collect()
}

pub async fn insert(tx: &mut Tx, ticket: TicketId, review: &Review) -> Result<()> {
    let id: i64 = tx.id(review.created_at);
    let Choice { answer, harmful } = review.choice;
    tx.execute_one(
        "INSERT INTO reviews (id, ticket_id, user_id, answer_id, harmful, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, ticket, review.user, answer, harmful, review.created_at],
    )
    .await
}

pub async fn set_harmful(tx: &mut Tx, ticket: TicketId, user: UserId, harmful: bool) -> Result<()> {
    let sql = "UPDATE reviews SET harmful = $3 WHERE ticket_id = $1 AND user_id = $2";
    tx.execute_one(sql, args![ticket, user, harmful]).await
}

/// The settled reviews of a category's uniform sample since `since`, in the order in which they were settled.
pub async fn looked(
    mut db: impl Read,
    category: CategoryId,
    since: Millis,
) -> Result<Vec<(Looked, Verdict)>> {
    let rows = db
        .all(
            "SELECT settled_at, verdict FROM review_tasks WHERE category_id = $1 AND sample = 'sent' AND settled_at >= $2 \
             AND created_at >= $2 ORDER BY settled_at, ticket_id",
            args![category, since],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let verdict: Verdict = row.word("verdict")?;
            Ok((Looked { at: row.int("settled_at")?, right: verdict == Verdict::Right }, verdict))
        })
        .collect()
}

/// A category's settled reviews since `since` that call what was sent wrong or harmful, newest first.
pub async fn wrong(
    mut db: impl Read,
    category: CategoryId,
    since: Millis,
    limit: i64,
) -> Result<Vec<(i64, Task)>> {
    let rows = db
        .all(
            "SELECT t.number, k.* FROM review_tasks k JOIN tickets t ON t.id = k.ticket_id WHERE k.category_id = $1 \
             AND k.sample = 'sent' AND k.settled_at >= $2 AND k.created_at >= $2 AND k.verdict <> 'right' \
             ORDER BY k.settled_at DESC, k.ticket_id DESC LIMIT $3",
            args![category, since, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.int("number")?, task(row)?))).collect()
}

/// What two people chose independently since `since`: both of each pair.
pub async fn pairs(mut db: impl Read, since: Millis) -> Result<Vec<(Option<AnswerId>, Option<AnswerId>)>> {
    let rows = db
        .all(
            "SELECT a.answer_id AS one, b.answer_id AS other FROM reviews a \
             JOIN reviews b ON b.ticket_id = a.ticket_id AND b.id > a.id WHERE a.created_at >= $1 ORDER BY a.id",
            args![since],
        )
        .await?;
    rows.iter().map(|row| Ok((row.opt_id("one")?, row.opt_id("other")?))).collect()
}

/// Choices made since `since` by anyone, and by one person.
pub async fn done_since(mut db: impl Read, user: Option<UserId>, since: Millis) -> Result<(i64, i64)> {
    let row = db
        .one(
            "SELECT COUNT(*) AS done, COUNT(CASE WHEN user_id = $1 THEN 1 END) AS own FROM reviews WHERE created_at >= $2",
            args![user, since],
        )
        .await?;
    Ok((row.int("done")?, row.int("own")?))
}

/// Tasks not settled, and those of them asked for before `late`.
pub async fn open(mut db: impl Read, late: Millis) -> Result<(i64, i64)> {
    let row = db
        .one(
            "SELECT COUNT(*) AS waiting, COUNT(CASE WHEN created_at < $1 THEN 1 END) AS late FROM review_tasks \
             WHERE settled_at IS NULL",
            args![late],
        )
        .await?;
    Ok((row.int("waiting")?, row.int("late")?))
}

/// A ticket that could be reviewed.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub ticket: TicketId,
    pub answer: Option<AnswerId>,
    /// How far the probability was above the threshold; None for a rule's answer.
    pub margin: Option<f64>,
}

fn candidate(row: &Row) -> Result<Candidate> {
    let (probability, threshold) = (row.opt_real("probability")?, row.opt_real("threshold")?);
    Ok(Candidate {
        ticket: row.id("ticket_id")?,
        answer: row.opt_id("answer_id")?,
        margin: probability.zip(threshold).map(|(p, t)| p - t),
    })
}

/// Automatic answers sent in a category after `after` and until `until`.
pub async fn sent(
    mut db: impl Read,
    category: CategoryId,
    after: Millis,
    until: Millis,
) -> Result<Vec<Candidate>> {
    let rows = db
        .all(
            "SELECT ticket_id, answer_id, probability, threshold FROM decisions WHERE category_id = $1 AND created_at > $2 \
             AND created_at <= $3 AND mode = 'auto' AND arm = 'rollout' AND action = 'auto' \
             AND ticket_id NOT IN (SELECT ticket_id FROM replies_withdrawn WHERE category_id = $1) ORDER BY ticket_id",
            args![category, after, until],
        )
        .await?;
    rows.iter().map(candidate).collect()
}

/// All tickets decided in a category in that time that an agent does not see blind anyway.
pub async fn decided(
    mut db: impl Read,
    category: CategoryId,
    after: Millis,
    until: Millis,
) -> Result<Vec<Candidate>> {
    let rows = db
        .all(
            "SELECT ticket_id, answer_id, probability, threshold FROM decisions WHERE category_id = $1 AND created_at > $2 \
             AND created_at <= $3 AND arm <> 'blind' ORDER BY ticket_id",
            args![category, after, until],
        )
        .await?;
    rows.iter().map(candidate).collect()
}
