//! Decisions: written once for a ticket, never rewritten.

use domain::decide::Decision;
use domain::words::{Action, Arm, Mode, Responder};
use domain::{AnswerId, CategoryId, CertificateId, DecisionId, Millis, RuleId, TicketId};

use crate::arg::args;
use crate::many::{chunks, values};
use crate::{Read, Result, Row, Tx};

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub ticket: TicketId,
    pub category: CategoryId,
    pub decision: Decision,
    pub model_version: Option<i64>,
    pub policy_version: i64,
    pub created_at: Millis,
}

fn read(row: &Row) -> Result<Stored> {
    let mode: Mode = row.word("mode")?;
    let action: Action = row.word("action")?;
    let responder: Responder = row.word("responder")?;
    let arm: Arm = row.word("arm")?;
    Ok(Stored {
        ticket: row.id("ticket_id")?,
        category: row.id("category_id")?,
        decision: Decision {
            mode,
            action,
            responder,
            arm,
            answer: row.opt_id::<AnswerId>("answer_id")?,
            rule: row.opt_id::<RuleId>("rule_id")?,
            probability: row.opt_real("probability")?,
            threshold: row.opt_real("threshold")?,
            certificate: row.opt_id::<CertificateId>("certificate_id")?,
            propensity: row.real("propensity")?,
            reason: row.text("reason")?,
        },
        model_version: row.opt_int("model_version")?,
        policy_version: row.int("policy_version")?,
        created_at: row.int("created_at")?,
    })
}

pub async fn of(mut db: impl Read, ticket: TicketId) -> Result<Option<Stored>> {
    let row = db.optional("SELECT * FROM decisions WHERE ticket_id = $1", args![ticket]).await?;
    row.as_ref().map(read).transpose()
}

/// Writes decisions and returns the tickets for which they are the first; the others keep what they have.
pub async fn insert(tx: &mut Tx, decisions: &[Stored]) -> Result<Vec<TicketId>> {
    let mut first = Vec::with_capacity(decisions.len());
    for some in chunks(decisions) {
        let mut args = Vec::with_capacity(some.len() * 17);
        for it in some {
            let id: DecisionId = tx.id(it.created_at);
            let d = &it.decision;
            args.extend(args![
                id,
                it.ticket,
                it.category,
                d.mode,
                d.action,
                d.responder,
                d.arm,
                d.answer,
                d.probability,
                d.threshold,
                it.model_version,
                d.certificate,
                it.policy_version,
                d.propensity,
                d.rule,
                &d.reason,
                it.created_at
            ]);
        }
        let sql = format!(
            "INSERT INTO decisions (id, ticket_id, category_id, mode, action, responder, arm, answer_id, probability, \
             threshold, model_version, certificate_id, policy_version, propensity, rule_id, reason, created_at) \
             VALUES {} ON CONFLICT (ticket_id) DO NOTHING RETURNING ticket_id",
            values(some.len(), 17)
        );
        for row in tx.all_built(sql, args).await? {
            first.push(row.id("ticket_id")?);
        }
    }
    Ok(first)
}
