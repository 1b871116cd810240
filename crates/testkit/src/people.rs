//! The people of a test, with verbs for what they do.

use app::Caller;
use app::accounts::people::{self as users, NewUser};
use app::accounts::tokens;
use app::journey::intake::{self, FollowUp, NewTicket};
use bytes::Bytes;
use domain::UserId;
use domain::words::{Channel, Role};
use http::{HeaderName, HeaderValue, Method, Request};
use serde_json::{Value, json};

use crate::reply::{Reply, Stream};
use crate::test_app::TestApp;

pub const PASSWORD: &str = "correct horse battery";

/// Someone with a browser or a program, signed in or not.
#[derive(Clone)]
pub struct Visitor<'t> {
    t: &'t TestApp,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Visitor<'_> {
    /// The same visitor, sending one more header.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> Self {
        let mut headers = self.headers.clone();
        headers.push((HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
        Self { t: self.t, headers }
    }

    pub fn request(&self, method: Method, path: &str, body: impl Into<Bytes>) -> Request<Bytes> {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(body.into()).unwrap()
    }

    pub async fn send(&self, method: Method, path: &str, body: impl Into<Bytes>) -> Reply {
        self.t.send(self.request(method, path, body)).await
    }

    async fn send_json(&self, method: Method, path: &str, body: &Value) -> Reply {
        self.with("content-type", "application/json").send(method, path, body.to_string()).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send_json(Method::POST, path, body).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.send_json(Method::PUT, path, body).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send_json(Method::PATCH, path, body).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.send(Method::DELETE, path, "").await
    }

    /// Listens to live events.
    pub async fn listens(&self) -> Stream {
        self.t.open(self.request(Method::GET, "/api/v1/events", "")).await
    }
}

/// Someone of the team, with a token of their own role.
pub struct Staff<'t> {
    pub web: Visitor<'t>,
    pub user: UserId,
    pub email: String,
    pub caller: Caller,
}

impl Staff<'_> {
    /// The ticket as they see it.
    pub async fn sees(&self, number: i64) -> Value {
        self.web.get(&format!("/api/v1/tickets/{number}")).await.expect(200)
    }

    /// Creates a ticket for someone, as a program does.
    pub async fn files(&self, requester: &str, subject: &str, body: &str) -> Value {
        let new = json!({ "requester": { "email": requester }, "subject": subject, "body": body });
        self.web.post("/api/v1/tickets", &new).await.expect(201)
    }

    pub async fn replies(&self, number: i64, text: &str) -> Value {
        self.writes(number, json!({ "kind": "public", "body": text })).await
    }

    pub async fn notes(&self, number: i64, text: &str) -> Value {
        self.writes(number, json!({ "kind": "note", "body": text })).await
    }

    /// Replies and calls it solved.
    pub async fn solves(&self, number: i64, text: &str) -> Value {
        self.writes(number, json!({ "kind": "public", "body": text, "status": "solved" })).await
    }

    /// Starts from an approved answer and calls it solved.
    pub async fn answers_with(&self, number: i64, answer: &str, text: &str) -> Value {
        self.writes(number, json!({ "kind": "public", "body": text, "answer": answer, "status": "solved" }))
            .await
    }

    async fn writes(&self, number: i64, message: Value) -> Value {
        self.web.post(&format!("/api/v1/tickets/{number}/messages"), &message).await.expect(201)
    }

    /// Adds a category; returns its id.
    pub async fn adds_category(&self, name: &str) -> String {
        let made = self.web.post("/api/v1/categories", &json!({ "name": name })).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// Writes an answer; returns its id.
    pub async fn writes_answer(&self, title: &str, body: &str) -> String {
        let made =
            self.web.post("/api/v1/answers", &json!({ "title": title, "body": body })).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// Sets the policy of a category.
    pub async fn sets_policy(&self, category: &str, policy: Value) -> Value {
        self.web.put(&format!("/api/v1/categories/{category}/policy"), &policy).await.expect(200)
    }

    /// Changes settings.
    pub async fn sets(&self, settings: Value) -> Value {
        self.web.patch("/api/v1/settings", &settings).await.expect(200)
    }
}

/// Someone who asks.
pub struct Customer<'t> {
    t: &'t TestApp,
    pub email: String,
}

impl Customer<'_> {
    /// Asks through the contact form; returns the ticket's number.
    pub async fn writes(&self, subject: &str, body: &str) -> i64 {
        let new =
            NewTicket { subject: Some(subject.into()), ..NewTicket::new(Channel::Form, &self.email, body) };
        let taken = intake::take(&self.t.app, None, new).await.unwrap();
        taken.ticket.number
    }

    /// Writes again about a ticket of theirs.
    pub async fn writes_again(&self, number: i64, body: &str) {
        let ticket = app::tickets::by_number(&self.t.app, number).await.unwrap();
        intake::follow_up(&self.t.app, &ticket, FollowUp { body: body.into(), ..FollowUp::default() })
            .await
            .unwrap();
    }
}

impl TestApp {
    /// Someone who is not signed in.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { t: self, headers: Vec::new() }
    }

    /// A program with this token.
    pub fn with_token(&self, token: &str) -> Visitor<'_> {
        self.visitor().with("authorization", &format!("Bearer {token}"))
    }

    pub fn customer(&self, email: &str) -> Customer<'_> {
        Customer { t: self, email: email.into() }
    }

    pub async fn admin(&self) -> Staff<'_> {
        self.staff(Role::Admin).await
    }

    pub async fn agent(&self) -> Staff<'_> {
        self.staff(Role::Agent).await
    }

    pub async fn viewer(&self) -> Staff<'_> {
        self.staff(Role::Viewer).await
    }

    /// Adds someone with this role, and a token to act with.
    pub async fn staff(&self, role: Role) -> Staff<'_> {
        let n = users::list(&self.app).await.unwrap().len();
        let email = format!("{role}{n}@example.com");
        let new =
            NewUser { email: email.clone(), name: format!("{role} {n}"), role, password: PASSWORD.into() };
        let user = users::add(&self.app, app::Actor::System, new).await.unwrap();
        let caller =
            Caller { actor: app::Actor::User(user.id), role, name: user.name, ..Caller::command_line() };
        let session =
            app::accounts::sessions::sign_in(&self.app, &email, PASSWORD.into(), "test").await.unwrap();
        let web = self.signed_in(&session.token);
        Staff { web, user: user.id, email, caller }
    }

    /// A browser with this session's cookie, on our own pages.
    pub fn signed_in(&self, session: &str) -> Visitor<'_> {
        self.visitor()
            .with("cookie", &format!("deskwise_session={session}"))
            .with("origin", "http://localhost")
    }

    /// A token of this role, for programs.
    pub async fn token(&self, role: Role) -> String {
        tokens::create(&self.app, &Caller::command_line(), "test", role).await.unwrap().1
    }
}
