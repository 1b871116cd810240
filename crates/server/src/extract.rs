//! Extractors whose refusals name the field, what was there, and what would be right.

use app::FieldError;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::problem::{Kind, Problem};

/// Largest JSON body.
pub const BODY_LIMIT: usize = 1 << 20;

/// A JSON body. Types for it deny unknown fields.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media =
            request.headers().get(header::CONTENT_TYPE).map(|v| v.to_str().unwrap_or_default().to_owned());
        if let Some(media) = media.filter(|m| !m.contains("json")) {
            return Err(Problem::new(
                Kind::MediaType,
                format!("{media:?} was sent; application/json is expected"),
            ));
        }
        let body = Bytes::from_request(request, state).await.map_err(|e| unread_body(&e))?;
        read_json(&body).map(Self)
    }
}

/// Why a body could not be taken in.
pub fn unread_body(rejection: &BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let most = BODY_LIMIT / 1024;
            Problem::new(
                Kind::TooLarge,
                format!("at most {most} KB are accepted, and 10 MB of files with a reply"),
            )
        }
        _ => Problem::new(Kind::BadRequest, rejection.body_text()),
    }
}

/// Reads a body as `T`.
pub fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::new(Kind::MalformedJson, "the body is empty; a JSON object is expected"));
    }
    if std::str::from_utf8(body).is_err() {
        return Err(Problem::new(Kind::MalformedJson, "the body is not UTF-8"));
    }
    // Escaped NULs are rare enough to look closely only then.
    if body.windows(6).any(|w| w == br"\u0000")
        && let Ok(value) = serde_json::from_slice(body)
        && let Some(field) = find_nul(&value, "")
    {
        return Err(Problem::field(field, "holds a NUL character, which text cannot have"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| from_path_error(&e))?;
    deserializer.end().map_err(|e| Problem::new(Kind::MalformedJson, e.to_string()))?;
    Ok(value)
}

fn from_path_error(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let inner = error.inner();
    let text = inner.to_string();
    if !inner.is_data() {
        return Problem::new(Kind::MalformedJson, text);
    }
    // "… at line 1 column 20" helps with broken JSON; here the field's name does.
    let message = text.split(" at line ").next().unwrap_or(&text);
    let path = error.path().to_string();
    let path = if path == "." { String::new() } else { path };
    let named = message
        .strip_prefix("missing field `")
        .or_else(|| message.strip_prefix("unknown field `"))
        .and_then(|rest| rest.split('`').next());
    let field = match named {
        Some(name) if path == name || path.ends_with(&format!(".{name}")) => path,
        Some(name) if path.is_empty() => name.to_owned(),
        Some(name) => format!("{path}.{name}"),
        None if path.is_empty() => "body".into(),
        None => path,
    };
    Problem::field(field, message)
}

fn find_nul(value: &serde_json::Value, path: &str) -> Option<String> {
    use serde_json::Value;
    let join = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::String(text) => {
            text.contains('\0').then(|| if path.is_empty() { "body".into() } else { path.to_owned() })
        }
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(i, item)| find_nul(item, &join(&i.to_string())))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, item)| {
            if name.contains('\0') { Some(join("(name)")) } else { find_nul(item, &join(name)) }
        }),
        _ => None,
    }
}

/// The query string as `T`.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        if query.contains("%00") {
            return Err(Problem::field("query", "holds a NUL character, which text cannot have"));
        }
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(from_query_error(&rejection.body_text())),
        }
    }
}

/// "Failed to deserialize query string: limit: invalid digit…" names the parameter.
fn from_query_error(text: &str) -> Problem {
    let message = text.rsplit_once("query string: ").map_or(text, |(_, rest)| rest);
    let named = |prefix: &str| message.strip_prefix(prefix).and_then(|rest| rest.split('`').next());
    if let Some(name) = named("missing field `").or_else(|| named("unknown field `")) {
        return Problem::field(name, message);
    }
    match message.split_once(": ") {
        Some((field, why)) => Problem::field(field, why),
        None => Problem::field("query", message),
    }
}

/// The variable parts of the path as `T`.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        match path {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            // A number that is none names nothing: the same answer as for one that was never given out.
            Err(_) => Err(Problem::new(Kind::NotFound, format!("there is nothing at {}", parts.uri.path()))),
        }
    }
}

/// Refuses several fields at once.
pub fn refuse(errors: Vec<FieldError>) -> Problem {
    Problem::from(app::Error::Invalid(errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the refusals are looked at")]
    struct New {
        requester: Requester,
        #[serde(default)]
        subject: Option<String>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the refusals are looked at")]
    struct Requester {
        email: String,
    }

    fn refused(body: &str) -> (Kind, String) {
        let problem = read_json::<New>(body.as_bytes()).unwrap_err();
        (problem.kind, problem.errors.first().map_or(problem.detail, |e| e.field.clone()))
    }

    #[test]
    fn refusals_name_the_field() {
        assert_eq!(refused(r#"{"requester":{"email":7}}"#), (Kind::InvalidField, "requester.email".into()));
        assert_eq!(refused(r#"{"requester":{}}"#), (Kind::InvalidField, "requester.email".into()));
        assert_eq!(
            refused(r#"{"requester":{"email":"a","x":1}}"#),
            (Kind::InvalidField, "requester.x".into())
        );
        assert_eq!(refused(r"{}"), (Kind::InvalidField, "requester".into()));
        assert_eq!(
            refused(r#"{"requester":{"email":"a"},"colour":1}"#),
            (Kind::InvalidField, "colour".into())
        );
        assert_eq!(refused("[]").0, Kind::InvalidField);
        assert_eq!(
            refused(r#"{"requester":{"email":"a"},"subject":"x\u0000"}"#),
            (Kind::InvalidField, "subject".into())
        );
    }

    #[test]
    fn broken_json_is_told_from_wrong_json() {
        for body in ["", "  ", "{", "{\"requester\":", "nonsense", "{} {}"] {
            assert_eq!(
                read_json::<serde_json::Value>(body.as_bytes()).unwrap_err().kind,
                Kind::MalformedJson,
                "{body}"
            );
        }
        assert_eq!(read_json::<New>(b"\xff\xfe").unwrap_err().kind, Kind::MalformedJson);
    }
}
