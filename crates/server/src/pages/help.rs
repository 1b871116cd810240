//! `/`: the help centre, with search; and one published answer.

use app::help::{self, Article, Section};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use domain::AnswerId;
use serde::Deserialize;

use super::failure::PageError;
use super::text::{SafeHtml, paragraphs};
use super::{Frame, page};
use crate::AppState;

/// Characters of a query that are looked at.
const MOST_QUERY: usize = 200;

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/", get(home)).route("/help/{id}", get(article))
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
    query: String,
    found: Vec<Article>,
    sections: Vec<Section>,
}

async fn home(State(state): State<AppState>, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let query: String = asked.q.trim().chars().filter(|c| !c.is_control()).take(MOST_QUERY).collect();
    let found = if query.is_empty() { Vec::new() } else { help::search(&state.app, &query).await? };
    let sections = if query.is_empty() { help::sections(&state.app).await? } else { Vec::new() };
    page(&HelpPage { frame: Frame::load(&state).await?, query, found, sections })
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    frame: Frame,
    article: Article,
    text: SafeHtml,
}

async fn article(State(state): State<AppState>, Path(id): Path<String>) -> Result<Response, PageError> {
    let missing = || app::Error::NotFound(format!("published answer {id}"));
    let article = help::article(&state.app, id.parse::<AnswerId>().map_err(|_| missing())?).await?;
    let text = paragraphs(&article.text);
    page(&ArticlePage { frame: Frame::load(&state).await?, article, text })
}
