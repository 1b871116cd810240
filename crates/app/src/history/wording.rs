//! One sentence for each kind of event.

use serde_json::Value;
use store::events::Event;

use super::{Names, id};

pub(super) fn text(event: &Event, names: &Names) -> String {
    let data = &event.data;
    match event.kind.as_str() {
        "ticket.created" => format!("Ticket came in by {}", word(&data["channel"])),
        "ticket.imported" => "Ticket was imported".into(),
        "ticket.changed" => changes(data, names),
        "message.added" => message(data, names),
        "decision.made" => decision(data),
        "reply.withdrawn" => withdrawn(data, names),
        "rating.given" => format!("Rated {}", word(&data["value"])),
        "category.changed" => about(&event.kind, event.subject.and_then(|id| names.categories.get(&id))),
        "guardrail.changed" => guardrail(data, event.subject.and_then(|id| names.categories.get(&id))),
        "drift.changed" => drift(data, event.subject.and_then(|id| names.categories.get(&id))),
        "experiment.changed" => experiment(data),
        "review.asked" => {
            let category = event.subject.and_then(|id| names.categories.get(&id));
            let category = category.map_or("a category", String::as_str);
            format!("Chosen for review: {} of {category}", word(&data["tickets"]))
        }
        "review.given" => review(data),
        "labels.mended" => mended(data, names),
        "policy.changed" => policy(data, event.subject.and_then(|id| names.categories.get(&id))),
        "model.changed" => model(data),
        "mail.changed" => mail(data),
        "answer.changed" => about(&event.kind, event.subject.and_then(|id| names.answers.get(&id))),
        "user.changed" => about(&event.kind, event.subject.and_then(|id| names.users.get(&id))),
        kind => sentence(kind),
    }
}

fn mended(data: &Value, names: &Names) -> String {
    if data["undone"] == true {
        return "Mending of labels undone".into();
    }
    let tickets = word(&data["tickets"]);
    match id(&data["answer"]) {
        Some(answer) => {
            format!("Labels mended, of tickets: {tickets}, to “{}”", known(&names.answers, answer))
        }
        None => format!("Labels mended, of tickets: {tickets}, to no answer"),
    }
}

fn changes(data: &Value, names: &Names) -> String {
    let Some(fields) = data.as_object() else { return "Changed".into() };
    let told = fields.iter().filter_map(|(field, change)| {
        let named = |value: &Value| match field.as_str() {
            "category" => name(&names.categories, value),
            "assignee" if value.is_null() => "nobody".into(),
            "assignee" => name(&names.users, value),
            _ => word(value),
        };
        let (from, to) = (named(&change["from"]), named(&change["to"]));
        match field.as_str() {
            "status" => Some(format!("Status changed from {from} to {to}")),
            "category" => Some(format!("Category changed from {from} to {to}")),
            "assignee" => Some(format!("Assigned to {to}")),
            "resolution" => Some(format!("Resolution is {to}")),
            "recontacted" => Some("Its requester came back".into()),
            _ => None,
        }
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "Changed".into() } else { told.join("; ") }
}

fn message(data: &Value, names: &Names) -> String {
    let what = match (data["kind"].as_str(), data["author"].as_str()) {
        (Some("note"), _) => "Internal note",
        (_, Some("requester")) => "Message from the requester",
        (_, Some("automatic")) => "Automatic reply",
        _ => "Reply",
    };
    match id(&data["answer"]) {
        Some(answer) => format!("{what} with the answer “{}”", known(&names.answers, answer)),
        None => what.into(),
    }
}

fn withdrawn(data: &Value, names: &Names) -> String {
    let category = id(&data["category"]).map_or("the category".into(), |id| known(&names.categories, id));
    let what = match data["seen"] == true {
        true => "Mail with the automatic reply withdrawn before it was sent",
        false => "Automatic reply withdrawn before it was sent",
    };
    format!("{what}. {category}: {}", word(&data["why"]))
}

/// Without the answer: a history is also read by those who must not see it yet.
fn decision(data: &Value) -> String {
    let action = match data["action"].as_str() {
        Some("auto") => "answer automatically",
        Some("suggest") => "suggest an answer",
        Some("crowd") => "ask the crowd",
        _ => "leave it to an agent",
    };
    let mode = data["mode"].as_str().map(|mode| format!(" (mode {mode})")).unwrap_or_default();
    format!("Decided to {action}{mode}")
}

/// A switch, or what an attempt at a certificate came to.
fn policy(data: &Value, category: Option<&String>) -> String {
    let category = category.map_or("Later categories", String::as_str);
    if data["attempt"].is_i64() {
        let proved = if data["threshold"].is_null() { "not proved" } else { "proved" };
        return format!("{category}: certificate {proved}");
    }
    let (from, to) = (word(&data["mode"]["from"]), word(&data["mode"]["to"]));
    if from == to {
        format!("{category}: policy changed, still {to}")
    } else {
        format!("{category}: {from} to {to}")
    }
}

fn guardrail(data: &Value, category: Option<&String>) -> String {
    let category = category.map_or("A category", String::as_str);
    match data["paused"].as_str() {
        Some(_) => format!("{category}: paused, {}", word(&data["why"])),
        None => format!("{category}: resumed by hand"),
    }
}

fn drift(data: &Value, category: Option<&String>) -> String {
    let category = category.map_or("All tickets", String::as_str);
    match data["why"].as_str() {
        Some(why) => format!("{category}: the questions have changed, {why}"),
        None => format!("{category}: the questions are like those before again"),
    }
}

fn experiment(data: &Value) -> String {
    let name = word(&data["name"]);
    match (data["state"].as_str(), data["why"].as_str()) {
        (Some("running"), _) => format!("Experiment “{name}” started"),
        (Some("ended"), Some(why)) => format!("Experiment “{name}” ended: {why}"),
        _ => format!("Experiment “{name}” made"),
    }
}

/// Without what was chosen while others have yet to choose.
fn review(data: &Value) -> String {
    match data["standing"].as_str() {
        Some("settled") => format!("Reviewed: {}", word(&data["verdict"])),
        Some("disputed") => "Reviewed by two who chose differently".into(),
        _ => "Reviewed by the first of two".into(),
    }
}

fn model(data: &Value) -> String {
    let Some(version) = data["version"].as_i64() else { return "Model changed".into() };
    if data["in_use"] == false {
        format!("Model {version} was made, but not taken into use")
    } else {
        format!("Model {version} is in use")
    }
}

fn mail(data: &Value) -> String {
    let what = match data["kind"].as_str() {
        Some("reply") => "Mail with the reply",
        Some("automatic") => "Mail with the automatic reply",
        Some("survey") => "Mail that asks for a rating",
        Some("confirmation") => "Mail that confirms the question",
        Some("invitation") => "Mail with an invitation",
        Some("test") => "Test mail",
        Some("notice") => "Mail about a paused category",
        _ => "Mail",
    };
    match data["state"].as_str() {
        Some("waiting") => format!("{what}: waiting to be sent"),
        Some("sent") => format!("{what}: sent"),
        Some("mailbox") => format!("{what}: kept in the mailbox"),
        Some("held") => format!("{what}: held back"),
        Some("withdrawn") => format!("{what}: withdrawn, not sent"),
        Some("dead") => format!("{what}: given up"),
        _ => format!("{what}: changed"),
    }
}

fn about(kind: &str, name: Option<&String>) -> String {
    match name {
        Some(name) => format!("{}: {name}", sentence(kind)),
        None => sentence(kind),
    }
}

/// `model.changed` as `Model changed`.
fn sentence(kind: &str) -> String {
    let words = kind.replace(['.', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn name(names: &std::collections::HashMap<i64, String>, value: &Value) -> String {
    id(value).map_or_else(|| "none".into(), |id| known(names, id))
}

fn known(names: &std::collections::HashMap<i64, String>, id: i64) -> String {
    names.get(&id).cloned().unwrap_or_else(|| format!("#{id}"))
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::String(text) => text.replace('_', " "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{EventId, Millis};
    use serde_json::json;

    use super::*;

    fn told(kind: &str, data: Value) -> String {
        let names = Names {
            categories: [(1, "Uncategorised".into()), (5, "Sign-in".into())].into(),
            answers: [(9, "Reset the password".into())].into(),
            users: [(7, "Ada".into())].into(),
        };
        let at: Millis = 0;
        let event = Event {
            id: EventId(1),
            at,
            kind: kind.into(),
            actor_kind: "system".into(),
            actor_id: None,
            ticket: None,
            subject: Some(9),
            data,
        };
        text(&event, &names)
    }

    #[test]
    fn events_are_told_in_words() {
        let change =
            json!({ "status": { "from": "on_hold", "to": "open" }, "assignee": { "from": null, "to": "7" } });
        assert_eq!(told("ticket.changed", change), "Assigned to Ada; Status changed from on hold to open");
        let reply = json!({ "kind": "public", "author": "agent", "answer": "9" });
        assert_eq!(told("message.added", reply), "Reply with the answer “Reset the password”");
        assert_eq!(told("answer.changed", json!({})), "Answer changed: Reset the password");
        assert_eq!(told("model.changed", json!({ "version": 4, "in_use": true })), "Model 4 is in use");
        let switch = json!({ "mode": { "from": "off", "to": "auto" } });
        assert_eq!(told("policy.changed", switch), "Later categories: off to auto");
        let review = json!({ "standing": "settled", "verdict": "harmful" });
        assert_eq!(told("review.given", review), "Reviewed: harmful");
        assert_eq!(told("review.given", json!({ "standing": "waiting" })), "Reviewed by the first of two");
        let pause = json!({ "paused": "precision", "why": "9 of the last 41 reviewed answers were wrong" });
        assert_eq!(
            told("guardrail.changed", pause),
            "A category: paused, 9 of the last 41 reviewed answers were wrong"
        );
        let off = json!({ "why": "it was switched to off by Ada", "seen": false, "category": "5" });
        assert_eq!(
            told("reply.withdrawn", off),
            "Automatic reply withdrawn before it was sent. Sign-in: it was switched to off by Ada"
        );
        let drifted = json!({ "why": "12% of the words are new to the model, 2% before" });
        assert_eq!(
            told("drift.changed", drifted),
            "All tickets: the questions have changed, 12% of the words are new to the model, 2% before"
        );
        let ended = json!({ "name": "Shorter", "state": "ended", "why": "its time was over" });
        assert_eq!(told("experiment.changed", ended), "Experiment “Shorter” ended: its time was over");
        let sent = json!({ "kind": "survey", "state": "mailbox" });
        assert_eq!(told("mail.changed", sent), "Mail that asks for a rating: kept in the mailbox");
    }
}
