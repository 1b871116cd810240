//! Tickets as people read them: lists, one ticket with its conversation, and what may be shown of a decision.

use domain::arms::shows_suggestions;
use domain::links::{Purpose, sign};
use domain::time::DAY;
use domain::words::{Arm, Author, Counted, Responder, Sort};
use domain::{AttachmentId, TicketId};
use store::attachments;
pub use store::attachments::Attachment;
use store::experiments;
pub use store::experiments::Part;
pub use store::tickets::{Counts, Filter, Listed, ListedDecision, Page, Position, Rating, Spoken};

use crate::journey::intake::Taken;
use crate::{Actor, App, Caller, Error, Result, keys, metrics, settings};

/// How long a link to a ticket holds that is made for showing it.
const LINK_HOLDS: i64 = 90 * DAY;

/// A ticket with everything about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    pub listed: Listed,
    pub messages: Vec<Spoken>,
    pub attachments: Vec<Attachment>,
    pub rating: Option<Rating>,
    /// Experiments that it takes part in.
    pub experiments: Vec<Part>,
    /// Where its requester follows it, once the public address is known.
    pub link: Option<String>,
}

/// The ticket with this number as `caller` may see it.
pub async fn whole(app: &App, caller: &Caller, number: i64) -> Result<Whole> {
    let listed = store::tickets::listed(&app.db, number).await?;
    let mut listed = listed.ok_or_else(|| Error::NotFound(format!("ticket {number}")))?;
    hide_suggestion(caller, &mut listed);
    let id = listed.ticket.id;
    Ok(Whole {
        messages: store::tickets::conversation(&app.db, id).await?,
        attachments: attachments::of_ticket(&app.db, id).await?,
        rating: store::tickets::rating(&app.db, id).await?,
        experiments: experiments::of_ticket(&app.db, id).await?,
        link: link(app, &listed).await?,
        listed,
    })
}

/// A ticket that has just been taken in. Nothing is read again that is known already: many come in at once.
pub async fn fresh(app: &App, taken: Taken) -> Result<Whole> {
    let Taken { ticket, requester, message, attachments, .. } = taken;
    let category_name = store::categories::name(&app.db, ticket.category).await?.unwrap_or_default();
    let listed = Listed {
        ticket,
        requester_email: requester.email,
        requester_name: requester.name,
        category_name,
        assignee_name: None,
        rating: None,
        decision: None,
    };
    let spoken = Spoken { message, user_name: None, answer_title: None, delivery: None, withdrawn: None };
    let link = link(app, &listed).await?;
    Ok(Whole { listed, messages: vec![spoken], attachments, rating: None, experiments: Vec::new(), link })
}

/// A file with its content.
pub async fn attachment(app: &App, id: AttachmentId) -> Result<(Attachment, Vec<u8>)> {
    let found = attachments::content(&app.db, id).await?;
    found.ok_or_else(|| Error::NotFound(format!("attachment {id}")))
}

/// A page of tickets as `caller` may see them.
pub async fn list(
    app: &App,
    caller: &Caller,
    filter: Filter,
    sort: Sort,
    after: Option<Position>,
    limit: i64,
) -> Result<Page> {
    let filter = Filter { me: caller.user(), ..filter };
    let mut page = store::tickets::list(&app.db, &filter, sort, after, limit).await?;
    for listed in &mut page.items {
        hide_suggestion(caller, listed);
    }
    Ok(page)
}

/// Tickets behind a number looked through for one page, when there are other conditions.
const PORTION: usize = 2_000;

/// A page of the tickets behind a number of the metrics, newest first. Where other conditions leave few of those
/// looked through, the page is short and `next` goes on behind them.
pub async fn behind(
    app: &App,
    caller: &Caller,
    question: &metrics::Question,
    counted: Counted,
    filter: Filter,
    after: Option<Position>,
    limit: i64,
) -> Result<Page> {
    let before = after.map(|position| TicketId(position.id));
    let ids = metrics::tickets(app, question, counted, before, PORTION).await?;
    let last = ids.last().filter(|_| ids.len() == PORTION).map(|id| Position { updated_at: 0, id: id.0 });
    let filter = Filter { among: Some(ids), ..filter };
    let mut page = list(app, caller, filter, Sort::Newest, None, limit).await?;
    page.next = page.next.or(last);
    Ok(page)
}

/// How many tickets there are in each view of `caller`.
pub async fn counts(app: &App, caller: &Caller) -> Result<Counts> {
    Ok(store::tickets::counts(&app.db, caller.user()).await?)
}

/// An agent who has seen a suggestion no longer chooses freely: until they have answered, what was thought about a
/// blind ticket is shown to no one, and what was thought in shadow only to programs, which measure it.
fn hide_suggestion(caller: &Caller, listed: &mut Listed) {
    let chosen = listed.ticket.first_reply_by == Some(Responder::Agent) || listed.ticket.status.is_solved();
    let Some(decision) = &mut listed.decision else { return };
    let is_person = matches!(caller.actor, Actor::User(_));
    let hidden = !shows_suggestions(decision.mode, decision.arm) && (is_person || decision.arm == Arm::Blind);
    if hidden && !chosen {
        decision.answer = None;
        decision.probability = None;
        decision.hidden = true;
    }
}

async fn link(app: &App, listed: &Listed) -> Result<Option<String>> {
    let key = keys::secret(app, "links").await?;
    let token = sign(&key, Purpose::Ticket, &listed.ticket, app.now() + LINK_HOLDS);
    Ok(settings::load(app).await?.link(&format!("/t/{token}")))
}

/// Who is shown as the author of a message.
pub fn author_name<'a>(listed: &'a Listed, spoken: &'a Spoken) -> &'a str {
    let requester = || listed.requester_name.as_deref().unwrap_or(&listed.requester_email);
    match spoken.message.author {
        Author::Requester => requester(),
        Author::Agent => spoken.user_name.as_deref().unwrap_or("Agent"),
        Author::Automatic => "Automatic",
    }
}
