//! Tickets: lists, one with its conversation, replies, changes, what happened to it.

use app::journey::intake::{self, NewAttachment, NewTicket};
use app::metrics::Question;
use app::tickets::{self, AgentReply, Change, Filter, Position};
use app::{Caller, history};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::words::{Action, Channel, Counted, MessageKind, Resolution, Responder, Side, Sort, Status, View};
use domain::{AnswerId, CategoryId, EventId, ExperimentId, Millis, UserId};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

use super::metrics::with_or_without;
use crate::extract::{Json, Path, Query};
use crate::paging::{self, Page};
use crate::{AppState, Problem, SignedIn};

pub mod dto;

use dto::{TicketRow, TicketView};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(counts))
        .routes(routes!(list, create))
        .routes(routes!(get, change))
        .routes(routes!(add_message).layer(DefaultBodyLimit::max(MOST_REPLY)))
        .routes(routes!(of_ticket))
}

/// How many tickets each view holds, counted up to 10,000
#[derive(Debug, Serialize, ToSchema)]
struct ViewCounts {
    inbox: i64,
    mine: i64,
    unassigned: i64,
    pending: i64,
    on_hold: i64,
    solved: i64,
    all: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct CountsView {
    views: ViewCounts,
    /// Mails that wait for settings or for a person.
    mailbox: i64,
    /// Work that was given up after many attempts.
    dead: i64,
}

/// The numbers beside the navigation
#[utoipa::path(get, path = "/counts", tag = "tickets", responses((status = 200, body = CountsView)))]
async fn counts(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
) -> Result<axum::Json<CountsView>, Problem> {
    let c = tickets::counts(&state.app, &caller).await?;
    let views = ViewCounts {
        inbox: c.inbox,
        mine: c.mine,
        unassigned: c.unassigned,
        pending: c.pending,
        on_hold: c.on_hold,
        solved: c.solved,
        all: c.all,
    };
    Ok(axum::Json(CountsView { views, mailbox: c.mailbox, dead: c.dead }))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct Asked {
    #[param(inline)]
    view: Option<View>,
    status: Option<Status>,
    category: Option<CategoryId>,
    /// Words that must all occur, or a ticket's number. Results come in order of age.
    q: Option<String>,
    /// The requester's address.
    requester: Option<String>,
    /// The answer that solved it.
    answer: Option<AnswerId>,
    /// What the policy decided.
    action: Option<Action>,
    resolution: Option<Resolution>,
    /// Taking part in this experiment.
    experiment: Option<ExperimentId>,
    /// On this side of it.
    #[param(inline)]
    side: Option<Side>,
    /// Created at this time or later, epoch milliseconds.
    from: Option<Millis>,
    /// Created before this time, epoch milliseconds.
    to: Option<Millis>,
    /// Only the tickets behind a number of the metrics, newest first; asks for `from` and `to`, and takes `category`
    /// with those below it.
    #[param(inline)]
    counted: Option<Counted>,
    /// With `counted`: who answered first, or `none`.
    responder: Option<String>,
    /// With `counted`: a language code, or `none`.
    language: Option<String>,
    /// With `counted`.
    #[param(inline)]
    channel: Option<Channel>,
    /// With `counted`: the person who replied last, or `none`.
    agent: Option<String>,
    /// With `counted`: the team of the person who replied last, or `none`.
    team: Option<String>,
    /// With `counted`: who had answered when it was rated.
    #[param(inline)]
    rated: Option<Responder>,
    #[param(inline)]
    sort: Option<Sort>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many tickets, at most 100.
    limit: Option<String>,
}

impl Asked {
    /// The number whose tickets are asked for.
    fn number(&self) -> Result<Option<(Question, Counted)>, Problem> {
        let Some(counted) = self.counted else { return Ok(None) };
        let (Some(from), Some(to)) = (self.from, self.to) else {
            let why = "counted needs from and to: the period of the number";
            return Err(app::Error::invalid("counted", why).into());
        };
        let question = Question {
            category: self.category,
            responder: with_or_without("responder", self.responder.clone())?,
            language: with_or_without("language", self.language.clone())?,
            channel: self.channel,
            agent: with_or_without("agent", self.agent.clone())?,
            team: with_or_without("team", self.team.clone())?,
            rated: self.rated,
            ..Question::of(from, to)
        };
        Ok(Some((question, counted)))
    }
}

/// Tickets, page by page
#[utoipa::path(get, path = "/tickets", tag = "tickets", params(Asked),
    responses((status = 200, body = Page<TicketRow>)))]
async fn list(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Query(asked): Query<Asked>,
) -> Result<axum::Json<Page<TicketRow>>, Problem> {
    if asked.side.is_some() && asked.experiment.is_none() {
        return Err(Problem::field("side", "is of no experiment; name that with `experiment`"));
    }
    let limit = paging::limit(asked.limit.as_deref())?;
    let after = asked.cursor.as_deref().map(position).transpose()?;
    let number = asked.number()?;
    let filter = Filter {
        view: asked.view,
        me: None,
        status: asked.status,
        category: asked.category,
        requester: asked.requester.map(|r| r.trim().to_lowercase()),
        answer: asked.answer,
        action: asked.action,
        resolution: asked.resolution,
        experiment: asked.experiment.map(|id| (id, asked.side)),
        from: asked.from,
        to: asked.to,
        words: asked.q.filter(|q| !q.trim().is_empty()),
        among: None,
    };
    let page = if let Some((question, counted)) = number {
        // The question says when and in which categories.
        let filter = Filter { category: None, from: None, to: None, ..filter };
        tickets::behind(&state.app, &caller, &question, counted, filter, after, limit).await?
    } else {
        let sort = asked.sort.unwrap_or(Sort::Newest);
        tickets::list(&state.app, &caller, filter, sort, after, limit).await?
    };
    let next = page.next.map(|p| format!("{}.{}", p.updated_at, p.id));
    Ok(axum::Json(Page { items: page.items.into_iter().map(TicketRow::from).collect(), next }))
}

fn position(cursor: &str) -> Result<Position, Problem> {
    let read = |text: &str| {
        let (updated_at, id) = text.split_once('.')?;
        Some(Position { updated_at: updated_at.parse().ok()?, id: id.parse().ok()? })
    };
    read(cursor).ok_or_else(|| paging::bad_cursor(cursor))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRequester {
    #[schema(example = "sam@example.org")]
    email: String,
    name: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTicketBody {
    requester: NewRequester,
    subject: Option<String>,
    body: String,
    /// The id of the category the requester picked.
    category: Option<CategoryId>,
    /// A language code such as `en`; found out from the text when left out.
    language: Option<String>,
    /// Fields of your own, kept as they are.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    custom: serde_json::Map<String, serde_json::Value>,
}

/// Take a question in
///
/// A 201 means that the ticket survives whatever happens next. It is understood and decided right afterwards.
#[utoipa::path(post, path = "/tickets", tag = "tickets", request_body = NewTicketBody,
    responses((status = 201, body = TicketView)))]
async fn create(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Json(body): Json<NewTicketBody>,
) -> Result<(StatusCode, axum::Json<TicketView>), Problem> {
    let new = NewTicket {
        requester_name: body.requester.name,
        subject: body.subject,
        category: body.category,
        language: body.language,
        custom: body.custom,
        ..NewTicket::new(channel(&caller), body.requester.email, body.body)
    };
    let taken = intake::take(&state.app, Some(caller.actor), new).await?;
    let whole = tickets::fresh(&state.app, taken).await?;
    Ok((StatusCode::CREATED, axum::Json(TicketView::from(whole))))
}

/// An agent at the desk, or a program.
fn channel(caller: &Caller) -> Channel {
    if caller.user().is_some() { Channel::Desk } else { Channel::Api }
}

/// A ticket with its conversation
#[utoipa::path(get, path = "/tickets/{number}", tag = "tickets", params(("number" = i64, Path,)),
    responses((status = 200, body = TicketView)))]
async fn get(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
) -> Result<axum::Json<TicketView>, Problem> {
    Ok(axum::Json(tickets::whole(&state.app, &caller, number).await?.into()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeBody {
    status: Option<Status>,
    category: Option<CategoryId>,
    /// The id of a person, or null to take the ticket from whoever has it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<UserId>)]
    assignee: Option<Option<UserId>>,
}

/// Tells a null from a field that is not there.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(d).map(Some)
}

/// Change status, category or assignee
#[utoipa::path(patch, path = "/tickets/{number}", tag = "tickets", params(("number" = i64, Path,)),
    request_body = ChangeBody, responses((status = 200, body = TicketView)))]
async fn change(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
    Json(body): Json<ChangeBody>,
) -> Result<axum::Json<TicketView>, Problem> {
    let change = Change { status: body.status, category: body.category, assignee: body.assignee };
    tickets::change(&state.app, caller.actor, number, change).await?;
    Ok(axum::Json(tickets::whole(&state.app, &caller, number).await?.into()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMessageBody {
    kind: MessageKind,
    body: String,
    /// The id of the answer it was started from.
    answer: Option<AnswerId>,
    /// The status afterwards.
    status: Option<Status>,
    /// Files that go along, up to 10 MB together.
    #[serde(default)]
    attachments: Vec<NewFile>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewFile {
    #[schema(example = "invoice.pdf")]
    name: String,
    #[schema(example = "application/pdf")]
    media_type: String,
    /// Base64.
    #[schema(format = Byte)]
    content: String,
}

/// Bytes of all files of a reply together, and of the JSON that carries them as Base64.
const MOST_FILES: usize = 10 * 1024 * 1024;
const MOST_REPLY: usize = MOST_FILES / 3 * 4 + (1 << 20);

fn files(given: Vec<NewFile>) -> Result<Vec<NewAttachment>, Problem> {
    let mut files = Vec::with_capacity(given.len());
    let mut total = 0;
    for (index, file) in given.into_iter().enumerate() {
        let Ok(content) = BASE64_STANDARD.decode(&file.content) else {
            return Err(Problem::field(format!("attachments.{index}.content"), "is not Base64"));
        };
        total += content.len();
        files.push(NewAttachment { name: file.name, media_type: file.media_type, content: content.into() });
    }
    if total > MOST_FILES {
        let most = MOST_FILES / 1024 / 1024;
        return Err(Problem::field(
            "attachments",
            format!("hold {total} bytes together; at most {most} MB are taken"),
        ));
    }
    Ok(files)
}

/// Reply, or add an internal note
#[utoipa::path(post, path = "/tickets/{number}/messages", tag = "tickets", params(("number" = i64, Path,)),
    request_body = NewMessageBody, responses((status = 201, body = TicketView)))]
async fn add_message(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(number): Path<i64>,
    Json(body): Json<NewMessageBody>,
) -> Result<(StatusCode, axum::Json<TicketView>), Problem> {
    let attachments = files(body.attachments)?;
    let NewMessageBody { kind, body, answer, status, .. } = body;
    let reply = AgentReply { kind, body, answer, status, attachments };
    tickets::reply(&state.app, caller.actor, number, reply).await?;
    let whole = tickets::whole(&state.app, &caller, number).await?;
    Ok((StatusCode::CREATED, axum::Json(whole.into())))
}

#[derive(Debug, Serialize, ToSchema)]
struct HistoryEntry {
    id: EventId,
    at: Millis,
    kind: String,
    actor: String,
    text: String,
}

/// What happened to a ticket, oldest first
#[utoipa::path(get, path = "/tickets/{number}/history", tag = "tickets", params(("number" = i64, Path,)),
    responses((status = 200, body = Page<HistoryEntry>)))]
async fn of_ticket(
    State(state): State<AppState>,
    Path(number): Path<i64>,
) -> Result<axum::Json<Page<HistoryEntry>>, Problem> {
    let entries = history::of_ticket(&state.app, number).await?.into_iter();
    let items =
        entries.map(|e| HistoryEntry { id: e.id, at: e.at, kind: e.kind, actor: e.actor, text: e.text });
    Ok(axum::Json(Page::whole(items.collect())))
}
