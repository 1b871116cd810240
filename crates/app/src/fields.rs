//! Checks what a person sent us: every wrong field is named, with what would be right.

use crate::{Error, FieldError, Result};

/// The longest text of one message, in bytes.
pub const MOST_BODY: usize = 256 * 1024;
/// The longest subject, name or title, in characters.
pub const MOST_LINE: usize = 500;

/// Collects what is wrong with the fields of one request.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    pub fn wrong(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError::new(field, message));
    }

    /// An address we can write to, in lower case.
    pub fn email(&mut self, field: &str, value: &str) -> String {
        let value = value.trim().to_lowercase();
        if value.is_empty() {
            self.wrong(field, "is missing; an address like name@example.com is expected");
        } else if !looks_like_email(&value) {
            let shown: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
            self.wrong(field, format!("{shown:?} is not an address like name@example.com"));
        }
        value
    }

    /// One line of text; `None` and blank are the same.
    pub fn line(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let value = value.map(str::trim).filter(|v| !v.is_empty())?;
        if let Some(c) = value.chars().find(|c| c.is_control() && *c != '\t') {
            self.wrong(
                field,
                format!("holds the control character U+{:04X}; one line of text is expected", c as u32),
            );
        } else if value.chars().count() > MOST_LINE {
            let n = value.chars().count();
            self.wrong(field, format!("is {n} characters long; at most {MOST_LINE} are allowed"));
        }
        Some(value.to_owned())
    }

    /// A text of any number of lines that must not be blank.
    pub fn body(&mut self, field: &str, value: &str) -> String {
        if value.trim().is_empty() {
            self.wrong(field, "is empty; some text is expected");
        }
        self.text(field, value)
    }

    /// A text of any number of lines.
    pub fn text(&mut self, field: &str, value: &str) -> String {
        if value.contains('\0') {
            self.wrong(field, "holds a NUL byte (U+0000), which is not text");
        }
        if value.len() > MOST_BODY {
            self.wrong(field, format!("is {} bytes long; at most {MOST_BODY} are allowed", value.len()));
        }
        value.replace("\r\n", "\n").trim_end().to_owned()
    }

    /// A language code such as `de` or `pt-br`.
    pub fn language(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let value = self.line(field, value)?.to_ascii_lowercase().replace('_', "-");
        let part = |p: &str| (2..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric());
        let main = value.split('-').next().unwrap_or_default();
        let fits = matches!(main.len(), 2 | 3) && main.chars().all(|c| c.is_ascii_alphabetic());
        if !fits || !value.split('-').all(part) || value.len() > 20 {
            self.wrong(field, format!("{value:?} is not a language code like \"en\" or \"pt-br\""));
        }
        Some(value)
    }

    /// The customer's own fields of a ticket.
    pub fn custom(&mut self, field: &str, value: &serde_json::Map<String, serde_json::Value>) {
        const MOST: usize = 16 * 1024;
        if value.is_empty() {
            return;
        }
        let bytes = serde_json::to_string(value).map_or(0, |text| text.len());
        if bytes > MOST {
            self.wrong(field, format!("is {bytes} bytes of JSON; at most {MOST} are allowed"));
        }
    }

    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

/// The shape only; whether it exists shows when mail comes back.
fn looks_like_email(value: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\@".contains(c);
    let Some((local, host)) = value.rsplit_once('@') else { return false };
    let label = |l: &str| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-');
    let local_fits = !local.is_empty() && local.len() <= 64 && !local.contains(odd);
    let host_fits = host.contains('.') && host.split('.').all(label) && !host.contains(odd);
    local_fits && host_fits && value.len() <= 254
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_shape() {
        for good in ["a@b.co", "ünï@exämple.org", "a.b+c@sub.example.com", "o'neill@x.ie"] {
            assert!(looks_like_email(good), "{good}");
        }
        for bad in [
            "", "a", "a@b", "@b.co", "a@", "a b@c.de", "a@b..c", "a@-b.c", "x@y@z.de", "<a@b.co>", "a\0@b.co",
        ] {
            assert!(!looks_like_email(bad), "{bad}");
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let mut fields = Fields::default();
        fields.email("requester.email", "nobody");
        fields.body("body", "a\0b");
        fields.line("subject", Some("two\nlines"));
        let Err(Error::Invalid(errors)) = fields.done() else { panic!("three fields are wrong") };
        let names: Vec<_> = errors.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(names, ["requester.email", "body", "subject"]);
    }

    #[test]
    fn emoji_and_right_to_left_text_are_fine() {
        let mut fields = Fields::default();
        assert_eq!(fields.body("body", "שלום 🙂 مرحبا\r\nline"), "שלום 🙂 مرحبا\nline");
        assert_eq!(fields.line("subject", Some(" 👩‍👩‍👧 ")).as_deref(), Some("👩‍👩‍👧"));
        assert!(fields.done().is_ok());
    }
}
