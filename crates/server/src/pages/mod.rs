//! The public pages: help centre, contact form, a customer's ticket, rating. They work without JavaScript; GET
//! changes nothing, because mail scanners open links.

mod assets;
mod contact;
mod failure;
mod form;
mod help;
mod rate;
mod text;
mod ticket;

use std::sync::Arc;

use app::settings::{self, Settings};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};

pub(crate) use failure::not_found;

use crate::AppState;
use failure::PageError;

/// Nothing but our own style sheets and pictures, and forms to ourselves.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

pub(crate) fn router(state: &AppState) -> Router<AppState> {
    Router::new()
        .merge(help::router())
        .merge(contact::router())
        .merge(ticket::router())
        .merge(rate::router())
        .layer(DefaultBodyLimit::max(form::MOST_BODY))
        .layer(from_fn_with_state(state.clone(), around))
        .merge(assets::router())
}

/// Gives every page its policy, and failures the look of a page.
async fn around(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    failure::dressed(&state, response).await
}

/// What every page shows around its content.
pub(crate) struct Frame {
    pub(crate) settings: Arc<Settings>,
    /// The style sheets, under names that change with what is in them.
    pub(crate) public_css: &'static str,
    pub(crate) team_css: String,
    pub(crate) icon: String,
}

impl Frame {
    async fn load(state: &AppState) -> Result<Self, PageError> {
        let settings = settings::load(&state.app).await?;
        let of_team = |kind| assets::of_team(&settings.colour, kind);
        let (team_css, icon) = (of_team("css"), of_team("svg"));
        Ok(Self { public_css: assets::public_css(), team_css, icon, settings })
    }

    pub(crate) fn company(&self) -> &str {
        &self.settings.company_name
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    pub(crate) fn time(&self, at: &domain::Millis) -> String {
        domain::time::in_words(*at, &self.settings.time_zone)
    }
}

/// A rendered page.
fn page(template: &impl Template) -> Result<Response, PageError> {
    let html = template.render().map_err(|error| PageError::internal(&error))?;
    let mut response = Html(html).into_response();
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
