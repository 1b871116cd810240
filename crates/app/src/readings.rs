//! What Deskwise understood of a ticket, for the agent who works on it, unless the ticket is one of those that
//! must be answered without having seen it.

use domain::decide::Decision;
use domain::tickets::Ticket;
use domain::words::{Arm, Mode};
use domain::{AnswerId, TicketId};
use learn::Word;
use store::readings::{Ranked, Reading};

use crate::automation::Snapshot;
use crate::journey::respond::values;
use crate::{App, Caller, Error, Result, answers, automation, templates, tickets};

/// Words that speak for the likeliest answer, and past tickets, that are shown.
const WORDS: usize = 8;
const SIMILAR: usize = 5;

/// Whether a reading may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    Ready,
    /// Nothing was read.
    None,
    /// Automation was off when the ticket came.
    Off,
    /// It was watched in shadow, where nothing is suggested.
    Shadow,
    /// Hidden until the agent has chosen: what is chosen unseen is what proves the learner right or wrong.
    Blind,
}

/// A reading as it may be shown.
#[derive(Debug, Clone)]
pub struct View {
    pub shown: Shown,
    pub reading: Option<Reading>,
    pub threshold: Option<f64>,
    pub why: Vec<Word>,
    pub similar: Vec<Similar>,
}

/// A past ticket like this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    pub number: i64,
    pub subject: String,
    pub answer: Option<AnswerId>,
    pub similarity: f64,
}

/// Whether an agent may see what was suggested. Asked by everything that shows a decision or a reading.
pub fn shown(decision: &Decision, has_chosen: bool) -> Shown {
    if has_chosen || decision.shows() {
        return Shown::Ready;
    }
    match (decision.mode, decision.arm) {
        (Mode::Off, _) => Shown::Off,
        (Mode::Shadow, _) => Shown::Shadow,
        (_, Arm::Blind | Arm::Holdout | Arm::Waiting) => Shown::Blind,
        _ => Shown::None,
    }
}

/// The reading of a ticket.
pub async fn of(app: &App, number: i64) -> Result<View> {
    let ticket = tickets::by_number(app, number).await?;
    let reading = store::readings::of(&app.db, ticket.id).await?;
    let decision = store::decisions::of(&app.db, ticket.id).await?;
    let mut view =
        View { shown: Shown::None, reading, threshold: None, why: Vec::new(), similar: Vec::new() };
    let Some((reading, decision)) = view.reading.as_mut().zip(decision) else { return Ok(view) };
    view.shown = shown(&decision.decision, store::labels::exists(&app.db, ticket.id).await?);
    if view.shown != Shown::Ready {
        reading.ranked.clear();
        (reading.score, reading.novelty) = (None, None);
        return Ok(view);
    }
    view.threshold = decision.decision.threshold;
    let snapshot = automation::snapshot(app).await?;
    (view.why, view.similar) = explained(app, &snapshot, &ticket, view.reading.as_ref()).await?;
    Ok(view)
}

/// Why, by the model in use now; the numbers are those of the model that read it then.
async fn explained(
    app: &App,
    snapshot: &Snapshot,
    ticket: &Ticket,
    reading: Option<&Reading>,
) -> Result<(Vec<Word>, Vec<Similar>)> {
    let best: Option<&Ranked> = reading.and_then(|r| r.ranked.first());
    let (Some(in_use), Some(best)) = (snapshot.model.clone(), best) else { return Ok(Default::default()) };
    let Some(first) = store::messages::first(&app.db, ticket.id).await? else {
        return Ok(Default::default());
    };
    let text = learn::normalise(ticket.subject.as_deref(), &first.body);
    let label = snapshot.label(best.answer).to_string();
    let looked = tokio::task::spawn_blocking(move || {
        (in_use.model.explain(&text, &label, WORDS), in_use.model.neighbours(&text, SIMILAR + 1))
    });
    let (why, neighbours) = looked.await.map_err(|e| Error::Conflict(format!("the learner stopped: {e}")))?;
    let mut similar = Vec::with_capacity(SIMILAR);
    for near in neighbours.into_iter().filter(|n| n.id != ticket.id.0).take(SIMILAR) {
        let Some(past) = store::tickets::by_id(&app.db, TicketId(near.id)).await? else { continue };
        similar.push(Similar {
            number: past.number,
            subject: past.subject.unwrap_or(past.excerpt),
            answer: near.label.and_then(|l| l.parse().ok()),
            similarity: near.similarity,
        });
    }
    Ok((why, similar))
}

/// An answer made ready for a ticket, for the agent to edit: in the ticket's language where there is a text in it.
pub async fn draft(app: &App, caller: &Caller, number: i64, answer: AnswerId) -> Result<String> {
    let ticket = tickets::by_number(app, number).await?;
    let snapshot = automation::snapshot(app).await?;
    let answer = answers::find(&snapshot, answer)?;
    let language = ticket.language.as_deref().and_then(|l| l.split('-').next());
    let template = answer.draft(language).ok().or(answer.answer.body.as_deref());
    let template = template.or_else(|| answer.variants.first().map(|v| v.body.as_str()));
    let Some(template) = template else {
        return Err(Error::Conflict(format!("the answer {:?} has no text yet", answer.answer.title)));
    };
    let gone = || Error::NotFound(format!("requester of ticket {number}"));
    let requester = store::requesters::by_id(&app.db, ticket.requester).await?.ok_or_else(gone)?;
    let values = values(app, &ticket, &requester, Some(&caller.name)).await?;
    templates::render(template, &values).map_err(|e| Error::Conflict(e.to_string()))
}

/// All texts of an answer as they would be put before an agent for this ticket; those that cannot be rendered are left
/// out.
pub(crate) async fn texts(
    app: &App,
    snapshot: &Snapshot,
    ticket: &Ticket,
    answer: AnswerId,
    agent: Option<&str>,
) -> Result<Vec<String>> {
    let Some(answer) = snapshot.answer(answer) else { return Ok(Vec::new()) };
    let gone = || Error::NotFound(format!("requester of ticket {}", ticket.number));
    let requester = store::requesters::by_id(&app.db, ticket.requester).await?.ok_or_else(gone)?;
    let values = values(app, ticket, &requester, agent).await?;
    let all =
        answer.answer.body.as_deref().into_iter().chain(answer.variants.iter().map(|v| v.body.as_str()));
    Ok(all.filter_map(|template| templates::render(template, &values).ok()).collect())
}
