//! What our mails say, apart from what agents write and answers hold.

use crate::settings::Settings;

/// Subject and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) subject: String,
    pub(super) body: String,
}

fn text(subject: impl Into<String>, body: impl Into<String>) -> Text {
    Text { subject: subject.into(), body: body.into() }
}

pub(super) fn reply(company: &str, subject: String, number: i64, body: &str, link: &str) -> Text {
    text(subject, format!("{body}\n\n-- \n{company}, question {number}\nThe whole conversation: {link}\n"))
}

/// The answer says itself that it is automatic; the link to its page is for saying whether it helped.
pub(super) fn automatic(subject: String, body: &str, before_link: &str, link: &str) -> Text {
    text(subject, format!("{body}\n\n{before_link}\n{link}\n"))
}

/// To an address that has not written to us, when the answer holds what somebody typed into a form.
pub(super) fn answer_waits(company: &str, number: i64, link: &str) -> Text {
    text(
        format!("Your question {number} has been answered"),
        format!(
            "Somebody, probably you, asked {company} a question and gave this address. The answer is here:\n{link}\n\n\
             It was written automatically. If it does not help, say so there or reply to this mail: a person will take \
             over. If you did not ask, you need not do anything.\n"
        ),
    )
}

pub(super) fn confirmation(company: &str, number: i64, link: &str) -> Text {
    text(
        format!("We have your question {number}"),
        format!(
            "{company} has received your question; it has the number {number}. We will answer by mail. You can follow \
             it and add to it here:\n{link}\n\nThis mail was sent automatically. If you did not ask, you need not do \
             anything.\n"
        ),
    )
}

pub(super) fn survey(company: &str, number: i64, link: &str) -> Text {
    text(
        format!("How did we do with your question {number}?"),
        format!(
            "Some time ago {company} answered your question {number}. Was it good or bad? One click tells us, and you \
             can add a comment:\n{link}\n\nIf it is not solved yet, just reply to this mail.\n"
        ),
    )
}

pub(super) fn invitation(settings: &Settings, name: Option<&str>, link: &str) -> Text {
    let company = &settings.company_name;
    let hello = name.map_or_else(String::new, |name| format!("Hello {name},\n\n"));
    text(
        format!("Join {company} on Deskwise"),
        format!(
            "{hello}you are invited to answer customers of {company}. Choose a password here; the link works once:\n\
             {link}\n\nIf you did not expect this, ignore it.\n"
        ),
    )
}

pub(super) fn paused(settings: &Settings, category: &str, why: &str, link: &str) -> Text {
    let company = &settings.company_name;
    text(
        format!("{company}: {category} is paused"),
        format!(
            "Deskwise has stopped answering {category} by itself: {why}. Since then answers are only suggested to agents.\n\n\
             What was looked at, and how to switch it on again:\n{link}\n"
        ),
    )
}

pub(super) fn drifted(settings: &Settings, category: Option<&str>, why: &str, link: &str) -> Text {
    let company = &settings.company_name;
    let of = category.map(|name| format!(" in {name}")).unwrap_or_default();
    text(
        format!("{company}: the questions{of} have changed"),
        format!(
            "The questions that customers ask{of} are no longer those that the model learnt from: {why}. A certificate of its own that rests on the older tickets has ended: answers are only suggested until later tickets prove it anew.\n\n\
             What moved, since when, and which tickets show it:\n{link}\n"
        ),
    )
}

pub(super) fn report(settings: &Settings, subject: &str, body: &str, link: &str) -> Text {
    let company = &settings.company_name;
    text(
        format!("{company}: {subject}"),
        format!(
            "{body}\n\nEach number, what it counts and the tickets behind it:\n{link}\n\n\
             You asked for this mail; at the foot of that page you can stop it.\n"
        ),
    )
}

pub(super) fn test(settings: &Settings) -> Text {
    let company = &settings.company_name;
    text(
        format!("{company}: mail works"),
        format!("This is the test mail you asked for. Customers of {company} can be answered by mail.\n"),
    )
}
