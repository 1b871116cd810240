//! What keeps rendering short. There are no loops and no variables, so the work is bounded by what one output does:
//! each filter passes over the whole value, and a long chain of them over a value that grows would be quadratic.
//! Blocks within blocks are parsed and rendered by recursion. Both are therefore limited before parsing.

/// Filters in one output, counted by their bars.
pub(super) const MOST_FILTERS: usize = 12;
/// Blocks within one another.
pub(super) const MOST_DEPTH: usize = 32;

/// The line of the first thing that is too much, and what it is.
pub(super) fn broken(text: &str) -> Option<(usize, String)> {
    let (mut depth, mut rest, mut line) = (0_usize, text, 1);
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let (before, tag) = rest.split_at(start);
        line += lines(before);
        let (output, close) = if tag.starts_with("{{") { (true, "}}") } else { (false, "%}") };
        let end = tag.find(close).map_or(tag.len(), |end| end + 2);
        let inside = tag[2..end].trim_start_matches('-').trim_start();
        if output && inside.matches('|').count() > MOST_FILTERS {
            return Some((line, format!("more than {MOST_FILTERS} filters in one output")));
        }
        if !output && ["if", "unless", "case"].iter().any(|word| inside.starts_with(word)) {
            depth += 1;
            if depth > MOST_DEPTH {
                return Some((line, format!("more than {MOST_DEPTH} blocks within one another")));
            }
        } else if !output && inside.starts_with("end") {
            depth = depth.saturating_sub(1);
        }
        line += lines(&tag[..end]);
        rest = &tag[end..];
    }
    None
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::super::{MOST_TEMPLATE, Person, Template, TemplateError, Values};
    use super::*;

    /// The worst that is accepted: `MOST_TEMPLATE` bytes of outputs that each make the longest value longer and pass
    /// over it as often as is allowed, in the deepest block.
    fn worst() -> String {
        let name = "requester.name";
        let appends = format!("|append:{name}").repeat(MOST_FILTERS / 2);
        // Cut at the end, so that the limit on the text does not stop it early.
        let output = format!("{{{{{name}{appends}{}|slice:0,1}}}}", "|upcase".repeat(MOST_FILTERS / 2 - 1));
        let (open, close) = ("{% if true %}".repeat(MOST_DEPTH), "{% endif %}".repeat(MOST_DEPTH));
        let room = MOST_TEMPLATE - open.len() - close.len();
        format!("{open}{}{close}", output.repeat(room / output.len()))
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this measures how long it takes")]
    fn the_worst_template_that_is_accepted_renders_within_a_second() {
        let values =
            Values { requester: Person::new(Some(&"ß".repeat(10_000)), "a@b.example"), ..Values::default() };
        let begin = std::time::Instant::now();
        let template = Template::parse(&worst()).unwrap();
        let made = template.render(&values).unwrap();
        assert!(begin.elapsed().as_millis() < 1_000, "{:?}", begin.elapsed());
        assert!(made.chars().count() > 50);
    }

    #[test]
    fn what_would_take_long_is_refused_with_its_line() {
        let chain = format!("Hello,\n\n{{{{ ticket.subject {} }}}}", "| upcase ".repeat(MOST_FILTERS + 1));
        assert_eq!(broken(&chain), Some((3, "more than 12 filters in one output".into())));
        let nested = "{% if true %}\n".repeat(1_000);
        assert!(matches!(Template::parse(&nested), Err(TemplateError::Syntax { line: 33, .. })));
        assert_eq!(broken("{% if a %}{% endif %}".repeat(40).as_str()), None);
        assert_eq!(broken("a | b {{ ticket.number }} {% comment %} | {% endcomment %} {{"), None);
    }
}
