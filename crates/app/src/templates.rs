//! Answers' texts are Liquid templates. Values are put in as they are, never read as a template, and escaped where
//! the text becomes HTML.
//!
//! Whatever someone writes, rendering ends soon and stays small. There are no loops, no variables to assign and no
//! filter that multiplies; filters in one output and blocks within one another are counted; template, values and text
//! are limited in size. So no clock is needed to stop it: the worst template that is accepted takes well below a second
//! (`bounds.rs` has the test).

mod bounds;

use std::io::Write;
use std::sync::LazyLock;

use liquid::{Parser, ParserBuilder};
use liquid_lib::stdlib;
use serde::Serialize;

/// The longest template, and the longest text made from one, in bytes.
pub const MOST_TEMPLATE: usize = 20_000;
pub const MOST_TEXT: usize = 50_000;
/// The longest value, in characters: a name of a megabyte is not a name.
const MOST_VALUE: usize = 500;

/// What a template can speak of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Values {
    pub requester: Person,
    pub ticket: TicketValues,
    pub company: Named,
    pub agent: Named,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    pub name: String,
    pub first_name: String,
    pub email: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TicketValues {
    pub number: i64,
    pub subject: String,
    pub link: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    pub name: String,
}

impl Person {
    pub fn new(name: Option<&str>, email: &str) -> Self {
        let name = value(name.unwrap_or_default());
        let first_name = name.split_whitespace().next().unwrap_or_default().to_owned();
        Self { first_name, name, email: value(email) }
    }
}

impl Values {
    /// For a preview.
    pub fn example(company: &str) -> Self {
        Self {
            requester: Person::new(Some("Maria Santos"), "maria@example.com"),
            ticket: TicketValues {
                number: 1234,
                subject: "How do I change my address?".into(),
                link: "https://support.example.com/t/…".into(),
            },
            company: Named { name: value(company) },
            agent: Named { name: "Alex".into() },
        }
    }
}

/// A value fit for a text: one line, no control characters, of bounded length.
pub fn value(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_VALUE).collect();
    plain.trim().to_owned()
}

/// What is wrong with a template, with the line where it is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("the text has {0} bytes; at most {MOST_TEMPLATE} are allowed")]
    TooLong(usize),
    #[error("line {line}: {why}")]
    Syntax { line: usize, why: String },
    #[error("the text could not be made: {0}")]
    Render(String),
    #[error("the text made from it is longer than {MOST_TEXT} bytes")]
    TooLarge,
}

static PARSER: LazyLock<Result<Parser, String>> = LazyLock::new(|| {
    ParserBuilder::new()
        .block(stdlib::RawBlock)
        .block(stdlib::IfBlock)
        .block(stdlib::UnlessBlock)
        .block(stdlib::CommentBlock)
        .block(stdlib::CaseBlock)
        .filter(stdlib::Append)
        .filter(stdlib::Capitalize)
        .filter(stdlib::Date)
        .filter(stdlib::Default)
        .filter(stdlib::Downcase)
        .filter(stdlib::Lstrip)
        .filter(stdlib::Prepend)
        .filter(stdlib::Remove)
        .filter(stdlib::Rstrip)
        .filter(stdlib::Size)
        .filter(stdlib::Slice)
        .filter(stdlib::Strip)
        .filter(stdlib::Truncate)
        .filter(stdlib::TruncateWords)
        .filter(stdlib::Upcase)
        .build()
        .map_err(|e| e.to_string())
});

/// A parsed template.
pub struct Template(liquid::Template);

impl Template {
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > MOST_TEMPLATE {
            return Err(TemplateError::TooLong(text.len()));
        }
        if let Some(line) = text.lines().position(|line| line.contains('\0')) {
            return Err(TemplateError::Syntax { line: line + 1, why: "a NUL character is not text".into() });
        }
        if let Some((line, why)) = bounds::broken(text) {
            return Err(TemplateError::Syntax { line, why });
        }
        let parser = PARSER.as_ref().map_err(|why| TemplateError::Render(why.clone()))?;
        parser.parse(text).map(Self).map_err(|error| syntax(text, &error.to_string()))
    }

    pub fn render(&self, values: &Values) -> Result<String, TemplateError> {
        let globals =
            liquid::to_object(values).map_err(|e| TemplateError::Render(first_line(&e.to_string())))?;
        let mut out = Limited::default();
        match self.0.render_to(&mut out, &globals) {
            _ if out.full => Err(TemplateError::TooLarge),
            Err(error) => Err(TemplateError::Render(described(&error.to_string()))),
            Ok(()) => String::from_utf8(out.text).map_err(|e| TemplateError::Render(e.to_string())),
        }
    }
}

/// Parses and renders at once, for a template whose source is at hand.
pub fn render(text: &str, values: &Values) -> Result<String, TemplateError> {
    Template::parse(text)?.render(values)
}

/// Checks a template by rendering an example, so that an unknown variable is found when it is written and not when
/// a customer waits.
pub fn check(text: &str) -> Result<(), TemplateError> {
    render(text, &Values::example("")).map(drop)
}

/// A text as HTML: everything escaped, blank lines between paragraphs, line breaks kept.
pub fn html(text: &str) -> String {
    let escaped = ammonia::clean_text(text).replace("&#10;", "\n").replace("&#32;", " ");
    let paragraphs = escaped.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
    paragraphs.map(|p| ["<p>", &p.replace('\n', "<br>"), "</p>"].concat()).collect()
}

#[derive(Default)]
struct Limited {
    text: Vec<u8>,
    full: bool,
}

impl Write for Limited {
    fn write(&mut self, some: &[u8]) -> std::io::Result<usize> {
        if self.text.len() + some.len() > MOST_TEXT {
            self.full = true;
            return Err(std::io::Error::other("the text is too long"));
        }
        self.text.extend_from_slice(some);
        Ok(some.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The line of the first opening that is never closed, with what is missing. The library names the line before it.
fn unclosed(text: &str) -> Option<(usize, &'static str)> {
    let mut at = 0;
    while let Some(found) = text[at..].find("{{").into_iter().chain(text[at..].find("{%")).min() {
        let open = at + found;
        let close = if text[open..].starts_with("{{") { "}}" } else { "%}" };
        match text[open..].find(close) {
            Some(end) => at = open + end + close.len(),
            None => return Some((text[..open].matches('\n').count() + 1, close)),
        }
    }
    None
}

/// The library says where in the form ` --> 3:7`, followed by the line and what it expected there.
fn syntax(text: &str, error: &str) -> TemplateError {
    if let Some((line, close)) = unclosed(text) {
        return TemplateError::Syntax {
            line,
            why: format!("what is opened here is not closed with “{close}”"),
        };
    }
    let line = error
        .lines()
        .find_map(|l| l.trim().strip_prefix("--> "))
        .and_then(|at| at.split(':').next()?.parse().ok());
    let said = error.lines().map(str::trim).find_map(|l| l.strip_prefix("= ")).map(str::to_owned);
    let why = said.unwrap_or_else(|| first_line(error));
    // Errors about unknown tags and filters name what is unknown, not where.
    let named = || {
        let unknown = requested(error)?;
        text.lines().position(|line| line.contains(unknown)).map(|at| (at + 1, unknown))
    };
    // Errors about a block that is never closed name its end, and where the text ended or began.
    if error.contains("Unclosed block")
        && let Some(block) = error.split("{% end").nth(1).and_then(|rest| rest.split_whitespace().next())
    {
        let opens = |line: &str| line.contains("{%") && line.contains(block);
        let line =
            text.lines().collect::<Vec<_>>().iter().rposition(|line| opens(line)).map_or(1, |at| at + 1);
        return TemplateError::Syntax { line, why };
    }
    match (line, named()) {
        (_, Some((line, unknown))) => {
            TemplateError::Syntax { line, why: format!("{} “{unknown}”", first_line(error)) }
        }
        (Some(line), None) => TemplateError::Syntax { line, why },
        (None, None) => TemplateError::Syntax { line: 1, why },
    }
}

/// The error with what was asked for and is not there.
fn described(error: &str) -> String {
    let name = requested(error).map(|name| format!(" “{name}”")).unwrap_or_default();
    format!("{}{name}", first_line(error))
}

/// The name that the library did not find, in its lines `requested=` or `requested filter=`.
fn requested(error: &str) -> Option<&str> {
    let asked = error.lines().map(str::trim).find(|l| l.starts_with("requested") && l.contains('='))?;
    asked.split_once('=').map(|(_, name)| name)
}

fn first_line(error: &str) -> String {
    error.lines().next().unwrap_or_default().trim_start_matches("liquid: ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values {
            requester: Person::new(Some("{{company.name}} <b>Eve</b>"), "eve@example.com"),
            ..Values::example("Pinboard")
        }
    }

    #[test]
    fn values_are_put_in_and_never_parsed() {
        let text = render("Hi {{ requester.name }}, ticket {{ticket.number}}.", &values()).unwrap();
        assert_eq!(text, "Hi {{company.name}} <b>Eve</b>, ticket 1234.");
    }

    #[test]
    fn conditions_and_filters_work() {
        let template = "{% if requester.first_name == '' %}Hello{% else %}Dear {{ requester.first_name | default: 'you' | upcase }}{% endif %}";
        let named = Values { requester: Person::new(Some("ann b"), "a@b.example"), ..Values::default() };
        assert_eq!(render(template, &named).unwrap(), "Dear ANN");
        assert_eq!(render(template, &Values::default()).unwrap(), "Hello");
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (template, line, part) in [
            ("Hello\n{{ requester.name", 2, ""),
            ("Hello\n\n{% for x in (1..9) %}{% endfor %}", 3, "for"),
            ("a\n{{ requester.name | replace: 'a', 'b' }}", 2, "replace"),
            ("a\n{% if x %}", 2, ""),
            ("a\0", 1, "NUL"),
        ] {
            let error = check(template).unwrap_err();
            let TemplateError::Syntax { line: found, why } = &error else { panic!("{template:?}: {error}") };
            assert_eq!(*found, line, "{template:?}: {error}");
            assert!(why.contains(part) && !why.contains('\n'), "{template:?}: {error}");
        }
        assert!(check("{{ requester.nme }}").unwrap_err().to_string().contains("nme"));
    }

    #[test]
    fn it_ends_and_stays_small() {
        assert_eq!(check(&"x".repeat(MOST_TEMPLATE + 1)), Err(TemplateError::TooLong(MOST_TEMPLATE + 1)));
        let long = Values { company: Named { name: "n".repeat(400) }, ..Values::default() };
        assert_eq!(render(&"{{company.name}}".repeat(1000), &long), Err(TemplateError::TooLarge));
        assert!(check("{% assign a = 'x' %}").is_err());
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(html("a <b>\nc & d\n\ne f"), "<p>a &lt;b&gt;<br>c &amp; d</p><p>e f</p>");
    }

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(value(" a\nb\0c "), "a b c");
        assert_eq!(value(&"é".repeat(2000)).chars().count(), MOST_VALUE);
    }
}
