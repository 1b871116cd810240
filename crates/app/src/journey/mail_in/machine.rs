//! Whether a mail was written by a machine, which is never answered (RFC 3834): answering one may start a loop.

/// A mail's headers, asked by name.
pub(super) trait Headers {
    /// The raw values of all headers of this name, unfolded.
    fn values(&self, name: &str) -> Vec<String>;
    /// Whether any header's name begins so.
    fn any_with_prefix(&self, prefix: &str) -> bool;
}

/// Local parts that belong to programs.
const PROGRAMS: &[&str] = &[
    "mailer-daemon",
    "postmaster",
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "bounce",
    "bounces",
    "daemon",
    "autoreply",
    "notifications",
];
/// Headers that only programs set.
const MARKS: &[&str] =
    &["x-autoreply", "x-autorespond", "x-autoresponse", "x-mail-autoreply", "x-auto-response-suppress"];
/// How vacation programs without a proper header begin a subject.
const SUBJECTS: &[&str] = &[
    "automatic reply:",
    "autoreply:",
    "auto-reply:",
    "auto reply:",
    "out of office:",
    "abwesenheitsnotiz:",
    "réponse automatique",
];

/// Why this mail must not be answered, in words for the agents; `None` for a person's.
pub(super) fn written_by(headers: &impl Headers, sender: Option<&str>, subject: &str) -> Option<String> {
    let first = |name: &str| headers.values(name).into_iter().next().map(|v| v.trim().to_lowercase());
    if let Some(value) = first("Auto-Submitted").filter(|v| !v.starts_with("no")) {
        return Some(format!("it says Auto-Submitted: {}", short(&value)));
    }
    if let Some(value) =
        first("Precedence").filter(|v| ["bulk", "junk", "list", "auto_reply"].contains(&v.as_str()))
    {
        return Some(format!("it says Precedence: {value}"));
    }
    if headers.any_with_prefix("List-") {
        return Some("it came over a mailing list".into());
    }
    if let Some(mark) = MARKS.iter().find(|mark| !headers.values(mark).is_empty()) {
        return Some(format!("it has the header {mark}"));
    }
    if first("Return-Path").is_some_and(|v| v == "<>" || v.is_empty()) {
        return Some("it says that no answer is wanted (empty Return-Path)".into());
    }
    if first("Content-Type").is_some_and(|v| v.starts_with("multipart/report")) {
        return Some("it is a delivery report".into());
    }
    let local = sender.and_then(|s| s.split_once('@')).map(|(local, _)| local.to_lowercase());
    if local.is_some_and(|local| PROGRAMS.contains(&local.split('+').next().unwrap_or_default())) {
        return Some(format!("it was sent by {}", sender.unwrap_or_default()));
    }
    let subject = subject.trim().to_lowercase();
    SUBJECTS
        .iter()
        .any(|s| subject.starts_with(s))
        .then(|| "its subject is that of an automatic reply".into())
}

fn short(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pairs(Vec<(&'static str, &'static str)>);

    impl Headers for Pairs {
        fn values(&self, name: &str) -> Vec<String> {
            let same = self.0.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
            same.map(|(_, value)| (*value).to_owned()).collect()
        }
        fn any_with_prefix(&self, prefix: &str) -> bool {
            self.0.iter().any(|(n, _)| n.to_lowercase().starts_with(&prefix.to_lowercase()))
        }
    }

    #[test]
    fn machines_are_told_from_people() {
        let machine = |headers: &[(&'static str, &'static str)], sender: &str, subject: &str| {
            written_by(&Pairs(headers.to_vec()), Some(sender), subject).is_some()
        };
        assert!(machine(&[("Auto-Submitted", "auto-replied")], "a@b.example", ""));
        assert!(machine(&[("precedence", " Bulk")], "a@b.example", ""));
        assert!(machine(&[("List-Unsubscribe", "<x>")], "a@b.example", ""));
        assert!(machine(&[("X-Auto-Response-Suppress", "All")], "a@b.example", ""));
        assert!(machine(&[("Return-Path", "<>")], "a@b.example", ""));
        assert!(machine(&[("Content-Type", "multipart/report; report-type=x")], "a@b.example", ""));
        assert!(machine(&[], "MAILER-DAEMON@b.example", ""));
        assert!(machine(&[], "no-reply+12@b.example", ""));
        assert!(machine(&[], "a@b.example", "Out of Office: Re: my board"));
        assert!(!machine(
            &[("Auto-Submitted", "no"), ("Return-Path", "<a@b.example>")],
            "a@b.example",
            "Out of order"
        ));
    }
}
