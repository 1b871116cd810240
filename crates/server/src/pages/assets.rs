//! Style sheets: ours, with the console's tokens, and the team's colour, which the tab's icon bears too. Their names tell what is in them, so that
//! browsers keep them.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::colour::Colour;
use sha2::{Digest, Sha256};

use crate::AppState;

/// Colours and measures by meaning, shared with the console.
const TOKENS: &str = include_str!("../../../../web/src/tokens.css");
const PUBLIC: &str = include_str!("../../assets/public.css");
const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
/// The papers of the tokens, light and dark.
const PAPER: Colour = Colour::WHITE;
const PAPER_DARK: Colour = Colour([0x17, 0x18, 0x1b]);
/// When the setting is no colour.
const FALLBACK: Colour = Colour([0x3b, 0x5b, 0xdb]);

static PUBLIC_PATH: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::new().chain_update(TOKENS).chain_update(PUBLIC).finalize();
    let hash = domain::numerals::hex(&digest[..6]);
    format!("/assets/public-{hash}.css")
});

pub(super) fn router() -> Router<AppState> {
    Router::new().route("/assets/{name}", get(style))
}

pub(super) fn public_css() -> &'static str {
    &PUBLIC_PATH
}

/// Where what bears the team's colour lies: `css`, or `svg` for the icon of the tab.
pub(super) fn of_team(colour: &str, kind: &str) -> String {
    let colour = Colour::parse(colour).unwrap_or(FALLBACK).to_string();
    format!("/assets/team-{}.{kind}", colour.trim_start_matches('#'))
}

async fn style(Path(name): Path<String>) -> Response {
    let of_team = |end: &str| name.strip_prefix("team-")?.strip_suffix(end).and_then(Colour::parse);
    let (kind, text) = if let Some(colour) = of_team(".css") {
        (CSS, team_style(colour))
    } else if let Some(colour) = of_team(".svg") {
        (SVG, team_icon(colour))
    } else if PUBLIC_PATH.ends_with(&format!("/{name}")) {
        (CSS, format!("{TOKENS}\n{PUBLIC}"))
    } else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, text).into_response()
}

/// The mark beside the team's name.
fn team_icon(colour: Colour) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect x=\"3\" y=\"3\" width=\"26\" \
         height=\"26\" rx=\"7\" fill=\"{colour}\"/></svg>"
    )
}

/// The team's colour as the one accent, readable on either paper.
fn team_style(colour: Colour) -> String {
    let (light, dark) = (colour.readable_on(PAPER), colour.readable_on(PAPER_DARK));
    let pair = |name: &str, light: Colour, dark: Colour| format!("--{name}:light-dark({light},{dark});");
    let all = [
        pair("accent", light, dark),
        pair("accent-hover", light.mixed(Colour::BLACK, 0.15), dark.mixed(Colour::WHITE, 0.15)),
        pair("accent-ink", light.ink(), dark.ink()),
        pair("accent-wash", light.mixed(PAPER, 0.92), dark.mixed(PAPER_DARK, 0.85)),
    ];
    format!(":root{{{}}}\n", all.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheets_are_light() {
        assert!(TOKENS.len() + PUBLIC.len() < 20_000);
        assert!(of_team("#3B5BDB", "css").ends_with("team-3b5bdb.css"));
        assert!(of_team("nonsense", "svg").ends_with("team-3b5bdb.svg"));
        assert!(team_icon(FALLBACK).contains("#3b5bdb"));
        assert!(team_style(FALLBACK).contains("--accent-ink:light-dark(#ffffff,"));
    }
}
