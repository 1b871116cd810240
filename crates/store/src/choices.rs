//! Agents' own choices: which answer, what had been suggested, and how much of it they rewrote. Kept whatever label
//! a review gives the ticket later.

use domain::words::Choice;
use domain::{AnswerId, Millis, TicketId, UserId};

use crate::arg::args;
use crate::{Result, Tx};

#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    pub ticket: TicketId,
    /// None: written freely.
    pub answer: Option<AnswerId>,
    /// What was suggested first, where the agent had been shown anything.
    pub suggested: Option<AnswerId>,
    pub kind: Choice,
    /// Share of words that differ from the answer's text, 0 to 1.
    pub edited: Option<f64>,
    pub unseen: bool,
    pub user: Option<UserId>,
    pub created_at: Millis,
}

/// Keeps the first choice of a ticket; says whether this was it.
pub async fn insert(tx: &mut Tx, chosen: &Chosen) -> Result<bool> {
    let changed = tx
        .execute(
            "INSERT INTO choices (ticket_id, answer_id, suggested_answer_id, kind, edited, unseen, user_id, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ticket_id) DO NOTHING",
            args![
                chosen.ticket,
                chosen.answer,
                chosen.suggested,
                chosen.kind,
                chosen.edited,
                chosen.unseen,
                chosen.user,
                chosen.created_at
            ],
        )
        .await?;
    Ok(changed > 0)
}
