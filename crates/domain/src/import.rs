//! Rows of a history to import: which columns are needed, what each cell must look like, and what it means.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::Millis;
use crate::words::RatingValue;

/// A cell that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct BadCell {
    pub field: &'static str,
    pub message: String,
}

/// The fields of a history, in the order of the documentation.
pub const FIELDS: &[&str] = &[
    "id",
    "created_at",
    "requester",
    "name",
    "subject",
    "body",
    "category",
    "answer",
    "reply",
    "language",
    "first_reply_at",
    "solved_at",
    "rating",
];
/// Without these a row is no ticket.
pub const REQUIRED: &[&str] = &["id", "created_at", "requester", "body"];

/// One ticket of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTicket {
    /// Its id where it comes from; importing the same id twice changes nothing.
    pub reference: String,
    pub created_at: Millis,
    pub email: String,
    pub name: Option<String>,
    pub subject: Option<String>,
    pub body: String,
    pub category: Option<String>,
    /// The key or title of the answer that was given; `None` when no approved answer fitted.
    pub answer: Option<String>,
    /// What the agent wrote.
    pub reply: Option<String>,
    pub language: Option<String>,
    pub first_reply_at: Option<Millis>,
    pub solved_at: Option<Millis>,
    pub rating: Option<RatingValue>,
}

/// Longest body kept, in bytes: beyond it a "ticket" is a file.
pub const BODY_MAX: usize = 1_000_000;

/// Reads one row; `cell` gives a field's text, or `None` where the file has no such column. All that is wrong with
/// the row is reported at once.
pub fn read<'a>(cell: impl Fn(&'static str) -> Option<&'a str>) -> Result<PastTicket, Vec<BadCell>> {
    let mut bad = Vec::new();
    let optional = |field| cell(field).map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned);
    let mut required = |field: &'static str| {
        optional(field).unwrap_or_else(|| {
            bad.push(BadCell { field, message: "is empty; every ticket needs one".into() });
            String::new()
        })
    };
    let (reference, created, email, body) =
        (required("id"), required("created_at"), required("requester"), required("body"));
    let mut time = |field: &'static str, text: Option<String>| {
        let text = text.filter(|t| !t.is_empty())?;
        moment(&text).map_or_else(
            |message| {
                bad.push(BadCell { field, message });
                None
            },
            Some,
        )
    };
    let created_at = time("created_at", Some(created)).unwrap_or(0);
    let first_reply_at = time("first_reply_at", optional("first_reply_at"));
    let solved_at = time("solved_at", optional("solved_at"));
    for (field, at) in [("first_reply_at", first_reply_at), ("solved_at", solved_at)] {
        if at.is_some_and(|at| at < created_at) {
            bad.push(BadCell { field, message: "is before created_at".into() });
        }
    }
    if !email.is_empty() && !is_address(&email) {
        bad.push(BadCell { field: "requester", message: format!("{email:?} is not an email address") });
    }
    if body.len() > BODY_MAX {
        bad.push(BadCell {
            field: "body",
            message: format!("has {} bytes; at most {BODY_MAX} are kept", body.len()),
        });
    }
    for field in FIELDS {
        if cell(field).is_some_and(|v| v.contains('\0')) {
            bad.push(BadCell { field, message: "contains a NUL byte".into() });
        }
    }
    let rating = rating(optional("rating")).unwrap_or_else(|cell| {
        bad.push(cell);
        None
    });
    if !bad.is_empty() {
        return Err(bad);
    }
    Ok(PastTicket {
        reference,
        created_at,
        email: email.to_lowercase(),
        name: optional("name"),
        subject: optional("subject"),
        body,
        category: optional("category"),
        answer: optional("answer"),
        reply: optional("reply"),
        language: optional("language"),
        first_reply_at,
        solved_at,
        rating,
    })
}

fn rating(text: Option<String>) -> Result<Option<RatingValue>, BadCell> {
    match text.as_deref().map(str::to_lowercase).as_deref() {
        None | Some("unoffered" | "offered") => Ok(None),
        Some("good" | "1" | "yes" | "true") => Ok(Some(RatingValue::Good)),
        Some("bad" | "0" | "no" | "false") => Ok(Some(RatingValue::Bad)),
        Some(other) => {
            Err(BadCell { field: "rating", message: format!("{other:?} is neither good nor bad") })
        }
    }
}

/// One `@` with something on both sides and no blanks: what a mail server would accept is its own business.
pub fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && !host.is_empty()
        && text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';'))
        && !host.starts_with('.')
        && !host.ends_with('.')
}

/// Reads a moment: RFC 3339, `2026-09-01 07:13[:05]` or a date (both taken as UTC), or epoch seconds or
/// milliseconds.
pub fn moment(text: &str) -> Result<Millis, String> {
    moment_in(text, TimeZone::UTC)
}

/// As [`moment`], with times that name no offset taken as those of a zone.
pub fn moment_in(text: &str, zone: TimeZone) -> Result<Millis, String> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        // Seconds reach this size in the year 5138, milliseconds had it in 1973.
        return Ok(if number.abs() < 100_000_000_000 { number.saturating_mul(1000) } else { number });
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_millisecond());
    }
    if let Ok(at) = text.parse::<Zoned>() {
        return Ok(at.timestamp().as_millisecond());
    }
    let civil = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|d| d.at(0, 0, 0, 0)));
    let civil =
        civil.or_else(|_| jiff::fmt::strtime::parse("%d.%m.%Y %H:%M", text).and_then(|t| t.to_datetime()));
    if let Ok(at) = civil.and_then(|c| c.to_zoned(zone)) {
        return Ok(at.timestamp().as_millisecond());
    }
    if let Ok(at) = jiff::fmt::rfc2822::parse(text) {
        return Ok(at.timestamp().as_millisecond());
    }
    Err(format!("{text:?} is not a time; write it like 2026-09-01T07:13:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'a>(cells: &'a [(&'static str, &'a str)]) -> Result<PastTicket, Vec<BadCell>> {
        read(|field| cells.iter().find(|(name, _)| *name == field).map(|(_, value)| *value))
    }

    #[test]
    fn times_in_six_formats_mean_the_same() {
        let at = moment("2026-09-01T07:13:00Z").unwrap();
        for text in [
            "2026-09-01T09:13:00+02:00",
            "2026-09-01 07:13:00",
            "2026-09-01 07:13",
            "1788246780",
            "1788246780000",
            "Tue, 1 Sep 2026 07:13:00 +0000",
            "01.09.2026 07:13",
        ] {
            assert_eq!(moment(text), Ok(at), "{text}");
        }
        assert!(moment("yesterday").unwrap_err().contains("yesterday"));
    }

    #[test]
    fn everything_wrong_with_a_row_is_named() {
        let bad =
            row(&[("id", "1"), ("created_at", "soon"), ("requester", "nobody"), ("body", "")]).unwrap_err();
        let fields: Vec<_> = bad.iter().map(|b| b.field).collect();
        assert_eq!(fields, ["body", "created_at", "requester"]);
        let bad = row(&[("id", "1"), ("created_at", "2026-09-01"), ("requester", "a@b.c"), ("body", "x\0y")])
            .unwrap_err();
        assert!(bad[0].message.contains("NUL"));
    }

    #[test]
    fn a_row_without_answer_is_a_question_that_none_fits() {
        let ticket = row(&[
            ("id", "1"),
            ("created_at", "2026-09-01"),
            ("requester", "A@Example.com"),
            ("body", "hi"),
            ("answer", " "),
        ]);
        let ticket = ticket.unwrap();
        assert_eq!((ticket.answer, ticket.email.as_str()), (None, "a@example.com"));
    }
}
