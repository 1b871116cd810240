//! Tickets as the API writes them.

use app::tickets::{Spoken, Whole, author_name};
use domain::words::{
    Action, Arm, Author, Channel, Delivery, MessageKind, Mode, RatingValue, Resolution, Responder, Side,
    Status,
};
use domain::{AnswerId, AttachmentId, CategoryId, ExperimentId, MessageId, Millis, RequesterId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use app::tickets::{Attachment, Listed, ListedDecision, Part};

#[derive(Debug, Serialize, ToSchema)]
pub struct RequesterView {
    pub id: RequesterId,
    pub name: Option<String>,
    pub email: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryName {
    pub id: CategoryId,
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AssigneeName {
    pub id: UserId,
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerTitle {
    pub id: AnswerId,
    pub title: String,
}

/// What a policy did with a ticket, or in shadow would have done.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    pub mode: Mode,
    pub action: Action,
    pub arm: Arm,
    pub responder: Responder,
    pub answer: Option<AnswerTitle>,
    pub probability: Option<f64>,
    pub threshold: Option<f64>,
    pub model_version: Option<i64>,
    pub reason: String,
    pub created_at: Millis,
    /// Answer and probability stay hidden until an agent has chosen by themselves.
    pub blind: bool,
}

/// What is known of a ticket, in a list as beside its conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketFacts {
    pub number: i64,
    pub subject: Option<String>,
    /// The beginning of the first message.
    pub excerpt: String,
    pub status: Status,
    pub channel: Channel,
    pub requester: RequesterView,
    pub category: CategoryName,
    pub language: Option<String>,
    pub assignee: Option<AssigneeName>,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub first_reply_at: Option<Millis>,
    pub solved_at: Option<Millis>,
    pub solved_by: Option<Responder>,
    pub resolution: Option<Resolution>,
    pub messages_count: i64,
    /// Null until the policy has decided.
    pub decision: Option<DecisionView>,
}

/// A ticket as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketRow {
    #[serde(flatten)]
    pub facts: TicketFacts,
    pub rating: Option<RatingValue>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AttachmentView {
    pub id: AttachmentId,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    pub state: Delivery,
    pub error: Option<String>,
}

/// A public reply or an internal note.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    pub id: MessageId,
    pub kind: MessageKind,
    pub author: Author,
    pub author_name: String,
    pub responder: Option<Responder>,
    pub body: String,
    /// Sanitised; null when the message came without.
    pub html: Option<String>,
    pub answer: Option<AnswerTitle>,
    pub created_at: Millis,
    pub attachments: Vec<AttachmentView>,
    /// How its mail fares; null when none is sent for it.
    pub delivery: Option<DeliveryView>,
    /// An automatic reply that was withdrawn before it was sent; null for all others.
    pub withdrawn: Option<WithdrawnView>,
}

/// Why a reply was withdrawn, and when.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawnView {
    pub at: Millis,
    pub why: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RatingView {
    pub value: RatingValue,
    pub comment: Option<String>,
    pub at: Millis,
}

/// An experiment that a ticket takes part in, and on which side.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExperimentPart {
    pub id: ExperimentId,
    pub name: String,
    pub side: Side,
}

/// A ticket with its conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketView {
    #[serde(flatten)]
    pub facts: TicketFacts,
    pub rating: Option<RatingView>,
    /// The company's own fields.
    #[schema(value_type = std::collections::BTreeMap<String, serde_json::Value>)]
    pub custom: serde_json::Value,
    pub messages: Vec<MessageView>,
    /// Experiments that it takes part in.
    pub experiments: Vec<ExperimentPart>,
    /// Where the requester follows the ticket; null until the public address is set.
    pub link: Option<String>,
}

impl From<ListedDecision> for DecisionView {
    fn from(d: ListedDecision) -> Self {
        Self {
            mode: d.mode,
            action: d.action,
            arm: d.arm,
            responder: d.responder,
            answer: d.answer.map(|(id, title)| AnswerTitle { id, title: title.unwrap_or_default() }),
            probability: d.probability,
            threshold: d.threshold,
            model_version: d.model_version,
            reason: d.reason,
            created_at: d.created_at,
            blind: d.hidden,
        }
    }
}

impl From<Listed> for TicketRow {
    fn from(listed: Listed) -> Self {
        let rating = listed.rating;
        Self { facts: TicketFacts::from(listed), rating }
    }
}

impl From<Listed> for TicketFacts {
    fn from(listed: Listed) -> Self {
        let t = listed.ticket;
        Self {
            number: t.number,
            subject: t.subject,
            excerpt: t.excerpt,
            status: t.status,
            channel: t.channel,
            requester: RequesterView {
                id: t.requester,
                name: listed.requester_name,
                email: listed.requester_email,
            },
            category: CategoryName { id: t.category, name: listed.category_name },
            language: t.language,
            assignee: t
                .assignee
                .map(|id| AssigneeName { id, name: listed.assignee_name.unwrap_or_default() }),
            created_at: t.created_at,
            updated_at: t.updated_at,
            first_reply_at: t.first_reply_at,
            solved_at: t.solved_at,
            solved_by: t.solved_by,
            resolution: t.resolution,
            messages_count: t.messages_count,
            decision: listed.decision.map(DecisionView::from),
        }
    }
}

impl From<Whole> for TicketView {
    fn from(whole: Whole) -> Self {
        let messages = whole.messages.iter().map(|spoken| message(&whole, spoken)).collect();
        let custom = whole.listed.ticket.custom.clone();
        let rating = whole.rating.map(|r| RatingView { value: r.value, comment: r.comment, at: r.at });
        let part = |p: Part| ExperimentPart { id: p.experiment, name: p.name, side: p.side };
        let experiments = whole.experiments.into_iter().map(part).collect();
        let facts = TicketFacts::from(whole.listed);
        Self { facts, rating, custom, messages, experiments, link: whole.link }
    }
}

fn message(whole: &Whole, spoken: &Spoken) -> MessageView {
    let m = &spoken.message;
    let title = || spoken.answer_title.clone().unwrap_or_default();
    let files = whole.attachments.iter().filter(|a| a.message == m.id);
    MessageView {
        id: m.id,
        kind: m.kind,
        author: m.author,
        author_name: author_name(&whole.listed, spoken).to_owned(),
        responder: m.responder,
        body: m.body.clone(),
        html: m.html.clone(),
        answer: m.answer.map(|id| AnswerTitle { id, title: title() }),
        created_at: m.created_at,
        attachments: files.map(AttachmentView::from).collect(),
        delivery: spoken.delivery.clone().map(|(state, error)| DeliveryView { state, error }),
        withdrawn: spoken.withdrawn.clone().map(|(at, why)| WithdrawnView { at, why }),
    }
}

impl From<&Attachment> for AttachmentView {
    fn from(a: &Attachment) -> Self {
        Self { id: a.id, name: a.name.clone(), media_type: a.media_type.clone(), size: a.size }
    }
}
