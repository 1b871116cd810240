//! The facts of tickets from their rows: three statements for any number of tickets that began in a stretch of time.

use std::collections::HashMap;

use domain::arms::shows_suggestions;
use domain::metrics::{STRETCH, TicketFacts};
use domain::words::{Arm, MessageKind, Mode, Responder};
use domain::{AnswerId, Millis, TicketId};
use serde_json::Value;

use super::{BTreeMap, Read, Result, Row, args, ids};

/// The facts of all tickets created in `from..to`, sorted by id.
pub async fn facts(mut db: impl Read, from: Millis, to: Millis) -> Result<Vec<TicketFacts>> {
    let range = || args![ids::first_at(from), ids::first_at(to)];
    let rows = db
        .all(
            "SELECT t.id, t.category_id, t.channel, t.language, t.created_at, t.first_reply_at, t.first_reply_by, \
             t.solved_at, t.solved_by, t.touched_by_agent, t.resolution, t.survey_sent_at, t.recontacted_at, \
             r.value AS rating, r.responder AS rated_responder, d.mode, d.arm, d.answer_id AS suggestion, \
             d.created_at AS decided_at, k.verdict FROM tickets t LEFT JOIN ratings r ON r.ticket_id = t.id \
             LEFT JOIN decisions d ON d.ticket_id = t.id \
             LEFT JOIN review_tasks k ON k.ticket_id = t.id AND k.sample = 'sent' AND k.settled_at IS NOT NULL \
             WHERE t.id >= $1 AND t.id < $2 ORDER BY t.id",
            range(),
        )
        .await?;
    let mut facts = rows.iter().map(read).collect::<Result<BTreeMap<_, _>>>()?;
    let rows = db
        .all(
            "SELECT ticket_id, kind, responder, user_id, answer_id, created_at FROM messages \
             WHERE ticket_id >= $1 AND ticket_id < $2 AND responder IS NOT NULL ORDER BY id",
            range(),
        )
        .await?;
    for row in &rows {
        if let Some(found) = facts.get_mut(&row.id("ticket_id")?) {
            found.written(row)?;
        }
    }
    let turns = turns(&mut db, range()).await?;
    let done = |(id, Found { mut facts, .. }): (TicketId, Found)| {
        facts.turns = turns.get(&id).cloned().unwrap_or_default();
        facts.stretches.sort_unstable();
        facts.stretches.dedup();
        facts
    };
    Ok(facts.into_iter().map(done).collect())
}

/// A ticket whose messages are still to come.
struct Found {
    facts: TicketFacts,
    /// The suggested answer, and since when it was in view.
    shown: Option<(AnswerId, Millis)>,
}

fn read(row: &Row) -> Result<(TicketId, Found)> {
    let id: TicketId = row.id("id")?;
    let rating = row.opt_word("rating")?;
    let rated = row.opt_word("rated_responder")?;
    let (mode, arm): (Option<Mode>, Option<Arm>) = (row.opt_word("mode")?, row.opt_word("arm")?);
    let shows = mode.zip(arm).is_some_and(|(mode, arm)| shows_suggestions(mode, arm));
    let suggestion = row.opt_id("suggestion")?.filter(|_| shows);
    let facts = TicketFacts {
        language: row.opt_text("language")?.map(Into::into),
        first_reply_at: row.opt_int("first_reply_at")?,
        first_reply_by: row.opt_word("first_reply_by")?,
        solved_at: row.opt_int("solved_at")?,
        solved_by: row.opt_word("solved_by")?,
        touched_by_agent: row.bool("touched_by_agent")?,
        resolution: row.opt_word("resolution")?,
        surveyed: row.opt_int("survey_sent_at")?.is_some(),
        rating: rating.zip(rated),
        recontacted: row.opt_int("recontacted_at")?.is_some(),
        verdict: row.opt_word("verdict")?,
        ..TicketFacts::asked(id, row.int("created_at")?, row.id("category_id")?, row.word("channel")?)
    };
    Ok((id, Found { facts, shown: suggestion.zip(row.opt_int("decided_at")?) }))
}

impl Found {
    /// A reply or note of the team or of Deskwise, oldest first.
    fn written(&mut self, row: &Row) -> Result<()> {
        let by_agent = row.word::<Responder>("responder")? == Responder::Agent;
        let user = row.opt_id("user_id")?.filter(|_| by_agent);
        let at = row.int("created_at")?;
        self.facts.stretches.extend(user.map(|user| (user, at.div_euclid(STRETCH))));
        if row.word::<MessageKind>("kind")? != MessageKind::Public {
            return Ok(());
        }
        self.facts.replies += 1;
        self.facts.agent = user.or(self.facts.agent);
        if let Some((suggestion, since)) = self.shown.filter(|_| by_agent && self.facts.replies == 1)
            && since <= at
        {
            self.facts.suggested = true;
            self.facts.suggestion_used = row.opt_id("answer_id")? == Some(suggestion);
        }
        Ok(())
    }
}

/// When tickets that were reopened had been solved and were open again. What a reply had solved that was withdrawn
/// unseen never was solved.
async fn turns(mut db: impl Read, range: Vec<crate::Arg>) -> Result<HashMap<TicketId, Vec<Millis>>> {
    let rows = db
        .all(
            "SELECT e.ticket_id, e.at, e.kind, e.data FROM tickets t JOIN events e ON e.ticket_id = t.id \
             WHERE t.id >= $1 AND t.id < $2 AND t.reopened > 0 AND e.kind IN ('ticket.changed', 'reply.withdrawn') \
             ORDER BY e.id",
            range,
        )
        .await?;
    let mut all: HashMap<TicketId, Vec<Millis>> = HashMap::new();
    let mut withdrawn = None;
    for row in &rows {
        let (id, at, data): (TicketId, Millis, Value) =
            (row.id("ticket_id")?, row.int("at")?, row.json("data")?);
        if row.text("kind")? == "reply.withdrawn" {
            withdrawn = Some((id, at));
            continue;
        }
        let solved = |side: &str| {
            matches!(
                data.pointer(&format!("/status/{side}")).and_then(Value::as_str),
                Some("solved" | "closed")
            )
        };
        let turns = all.entry(id).or_default();
        match (solved("from"), solved("to")) {
            (false, true) => turns.push(at),
            (true, false) if withdrawn == Some((id, at)) => drop(turns.pop()),
            (true, false) => turns.push(at),
            _ => {}
        }
    }
    // The solution that stands is no turn.
    for turns in all.values_mut() {
        turns.truncate(turns.len() / 2 * 2);
    }
    Ok(all)
}
