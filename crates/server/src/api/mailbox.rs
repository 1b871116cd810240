//! Mail on its way out: what left, what waits, what was given up; and the test mail.

use app::accounts::people;
use app::{Error, mailbox, outbox};
use axum::Json;
use axum::extract::State;
use domain::words::{Delivery, MailKind};
use domain::{MailId, Millis};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Path, Query};
use crate::paging::{Page, PageQuery, limit};
use crate::{AppState, Problem, SignedIn};

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(retry))
        .routes(routes!(test))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MailRow {
    pub id: MailId,
    pub kind: MailKind,
    pub to: String,
    pub subject: String,
    pub state: Delivery,
    pub error: Option<String>,
    pub attempts: i64,
    pub created_at: Millis,
    pub sent_at: Option<Millis>,
    pub ticket_number: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MailView {
    #[serde(flatten)]
    pub row: MailRow,
    pub text: String,
    /// Name and value, in the order in which they are sent.
    pub headers: Vec<(String, String)>,
    pub message_id: String,
}

impl From<mailbox::Mail> for MailRow {
    fn from(mail: mailbox::Mail) -> Self {
        let mailbox::Mail { mail, ticket_number } = mail;
        Self {
            id: mail.id,
            kind: mail.kind,
            to: mail.to,
            subject: mail.subject,
            state: mail.state,
            error: mail.error,
            attempts: mail.attempts,
            created_at: mail.created_at,
            sent_at: mail.sent_at,
            ticket_number,
        }
    }
}

impl From<mailbox::Mail> for MailView {
    fn from(mail: mailbox::Mail) -> Self {
        let (text, headers) = (mail.mail.body.clone(), mail.headers());
        let message_id = mail.mail.message_id.clone();
        Self { row: mail.into(), text, headers, message_id }
    }
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Asked {
    state: Option<Delivery>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// How many items, at most 100.
    limit: Option<String>,
}

/// Mails, newest first.
#[utoipa::path(get, path = "/mailbox", tag = "mail", params(Asked), responses((status = 200, body = Page<MailRow>)))]
async fn list(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
) -> Result<Json<Page<MailRow>>, Problem> {
    let limit = limit(asked.limit.as_deref())?;
    let before = PageQuery { cursor: asked.cursor, limit: None }.id()?;
    let mails = mailbox::page(&state.app, asked.state, before, limit + 1).await?;
    let rows = mails.into_iter().map(MailRow::from).collect();
    Ok(Json(Page::of(rows, limit, |mail: &MailRow| mail.id.to_string())))
}

/// One mail as it leaves.
#[utoipa::path(get, path = "/mailbox/{id}", tag = "mail", params(("id" = MailId, Path)),
    responses((status = 200, body = MailView), (status = 404)))]
async fn show(State(state): State<AppState>, Path(id): Path<MailId>) -> Result<Json<MailView>, Problem> {
    Ok(Json(mailbox::by_id(&state.app, id).await?.into()))
}

/// Sends a mail again that did not leave.
#[utoipa::path(post, path = "/mailbox/{id}/retry", tag = "mail", params(("id" = MailId, Path)),
    responses((status = 200, body = MailView), (status = 404), (status = 409)))]
async fn retry(
    State(state): State<AppState>,
    SignedIn(caller): SignedIn,
    Path(id): Path<MailId>,
) -> Result<Json<MailView>, Problem> {
    Ok(Json(mailbox::retry(&state.app, caller.actor, id).await?.into()))
}

/// Where the test mail went.
#[derive(Debug, Serialize, ToSchema)]
pub struct TestMail {
    pub state: Delivery,
    pub to: String,
}

/// Sends a test mail to whoever asks, at once.
#[utoipa::path(post, path = "/settings/test-mail", tag = "mail",
    responses((status = 200, body = TestMail), (status = 409), (status = 502)))]
async fn test(State(state): State<AppState>, SignedIn(caller): SignedIn) -> Result<Json<TestMail>, Problem> {
    let to = people::find(&state.app, caller.person()?).await?.ok_or(Error::SignedOut)?.email;
    let sent = outbox::test_mail(&state.app, &to).await?;
    Ok(Json(TestMail { state: sent, to }))
}
