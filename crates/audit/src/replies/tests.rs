//! Grouping, on replies made here and on those of the demo's company.

use std::collections::HashMap;

use super::{LEAST_USES, group};
use crate::tickets::Ticket;
use proptest::prelude::*;

fn tickets(replies: &[String]) -> Vec<Ticket> {
    replies.iter().map(|r| Ticket { reply: Some(r.clone()), ..Ticket::default() }).collect()
}

#[test]
fn replies_of_one_template_are_found() {
    let mut replies = Vec::new();
    for (i, name) in ["Ann", "Bob", "Cid", "Dan", "Eve", "Fay"].iter().enumerate() {
        replies.push(format!(
            "Hi {name},\n\nyour order {}00{i}7 left our warehouse and arrives within 14 days.\n\nBest regards,\nMia",
            i + 1
        ));
        let more = if i == 0 { " Sorry for the wait." } else { "" };
        replies.push(format!(
            "Hello {name}! Please reset the password with the link on the sign-in page, then try to log in again.{more}"
        ));
        replies.push(format!(
            "This one was {} written for a single {} case.",
            "q".repeat(i + 2),
            "z".repeat(i + 2)
        ));
    }
    let found = group(&tickets(&replies));
    assert_eq!(found.templates.len(), 2, "{found:#?}");
    assert!(found.templates.iter().all(|t| t.uses == 6));
    let order = &found.templates[found.of[0].unwrap() as usize];
    assert_eq!(
        order.body,
        "Hi {{ requester.first_name }},\n\nyour order [number] left our warehouse and arrives within 14 days."
    );
    assert_eq!(found.templates[found.of[1].unwrap() as usize].wordings, 2);
    assert_eq!(found.of[2], None);
    assert!(
        order.title.to_lowercase().contains("order") || order.title.contains("arehouse"),
        "{}",
        order.title
    );
}

#[test]
fn four_uses_are_too_few() {
    let replies = vec!["We sent it again today, free of charge".to_owned(); 4];
    assert!(group(&tickets(&replies)).templates.is_empty());
    assert!(group(&[]).of.is_empty());
}

proptest! {
    #[test]
    fn any_replies_can_be_grouped(
        replies in prop::collection::vec("(Hi |Dear |Jo|, |\n|we sent |it |1234 |@x.y |\\{\\{){0,12}|\\PC{0,30}", 0..40)
    ) {
        let found = group(&tickets(&replies));
        prop_assert_eq!(found.of.len(), replies.len());
        prop_assert!(found.of.iter().flatten().all(|g| (*g as usize) < found.templates.len()));
        prop_assert!(found.templates.iter().all(|t| t.uses >= LEAST_USES && !t.title.is_empty()));
    }
}

/// The demo's agents write their own greetings and endings around its answers, in several languages.
#[test]
fn the_demos_answers_are_found_in_its_replies() {
    const DAY: i64 = 86_400_000;
    let history: Vec<_> = demo::history(7, 4_000, 20_000 * DAY, 20_060 * DAY).collect();
    let replies: Vec<Ticket> =
        history.iter().map(|past| Ticket { reply: Some(past.reply.clone()), ..Ticket::default() }).collect();
    let found = group(&replies);
    let mut keys: Vec<HashMap<&str, usize>> = vec![HashMap::new(); found.templates.len()];
    let (mut named, mut grouped) = (0, 0);
    for (past, of) in history.iter().zip(&found.of) {
        named += usize::from(past.answer_key.is_some());
        if let Some(of) = of {
            *keys[*of as usize].entry(past.answer_key.as_deref().unwrap_or_default()).or_default() += 1;
            grouped += usize::from(past.answer_key.is_some());
        }
    }
    let pure: usize = keys.iter().filter_map(|k| k.values().max()).sum();
    let all: usize = keys.iter().flat_map(HashMap::values).sum();
    println!(
        "{} templates; {grouped} of {named} replies grouped, {pure} of {all} with their template's own",
        found.templates.len()
    );
    for template in &found.templates[..5] {
        println!("{template:?}");
    }
    assert!(pure * 100 >= all * 97, "{pure} of {all}");
    assert!(grouped * 100 >= named * 80, "{grouped} of {named}");
}
