//! Files that came with messages. Nothing that could act in a browser is shown in one.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::AttachmentId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::Path;
use crate::{AppState, Problem};

/// Pictures that hold no script.
const HARMLESS: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(get))
}

/// A file, shown only when it is a harmless picture and otherwise saved
#[utoipa::path(get, path = "/attachments/{id}", tag = "tickets", params(("id" = AttachmentId, Path,)),
    responses((status = 200, content_type = "application/octet-stream", description = "the file")))]
async fn get(State(state): State<AppState>, Path(id): Path<AttachmentId>) -> Result<Response, Problem> {
    let (attachment, content) = app::tickets::attachment(&state.app, id).await?;
    let harmless = HARMLESS.contains(&attachment.media_type.as_str());
    let media_type = if harmless { attachment.media_type.as_str() } else { "application/octet-stream" };
    let disposition = disposition(harmless, &attachment.name);
    let mut response = Response::new(Body::from(content));
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_TYPE, value(media_type));
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}

/// With the name in the form of RFC 6266 that takes any letters.
fn disposition(inline: bool, name: &str) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    let encoded = name.bytes().fold(String::new(), |text, b| {
        if plain(b) { text + char::from(b).encode_utf8(&mut [0; 4]) } else { text + &format!("%{b:02X}") }
    });
    format!("{how}; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn any_name_fits_into_a_header() {
        assert_eq!(disposition(true, "a b.png"), "inline; filename*=UTF-8''a%20b.png");
        assert_eq!(disposition(false, "é\"\r\n"), "attachment; filename*=UTF-8''%C3%A9%22%0D%0A");
    }
}
