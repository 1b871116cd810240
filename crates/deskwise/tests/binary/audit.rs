//! `deskwise audit` on exports as they are, good and bad, and on the real month where it lies.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::evaluate::{data, file};
use crate::process::{complaint, run, stdout};

/// Audits a file; the figures and the page.
fn audited(dir: &Path, name: &str, text: &str, options: &[&str]) -> (Value, String, Output) {
    let input = file(dir, name, text);
    let (json, html) = (dir.join("out.json"), dir.join("out.html"));
    let (json, html) = (json.to_str().unwrap(), html.to_str().unwrap());
    let output = run(&[&["audit", &input, "--json", json, "--html", html], options].concat());
    assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    let page = read(html);
    sound(&page);
    (serde_json::from_str(&read(json)).unwrap(), page, output)
}

/// Loads nothing, runs nothing, and shows no number that is none.
fn sound(page: &str) {
    for never in ["<script", "http://", "https://", "src=", "NaN", "onload", "javascript:", "@import", "url("]
    {
        assert!(!page.contains(never), "the page contains {never}");
    }
    assert!(page.contains("prefers-color-scheme") || page.contains("light dark"));
    assert!(page.contains("@media print"));
}

fn month_of(rows: usize) -> String {
    let mut text = "created_at,email,question,topic,macro\n".to_owned();
    for i in 0..rows {
        let (question, topic, answer) = match i % 5 {
            0 => (format!("my card {i} has not arrived yet"), "cards", "card_arrival"),
            1 => (format!("where is the card i ordered {i} days ago"), "cards", "card_arrival"),
            2 => ("i forgot my password".to_owned(), "access", "password"),
            3 => (format!("cannot log in since {i}: wrong password"), "access", "password"),
            _ => (format!("how high is mountain number {i}"), "access", ""),
        };
        let (day, minute) = (1 + i * 29 / rows, i % 60);
        text += &format!("{day:02}/09/2026 10:{minute:02},c{i}@example.com,{question},{topic},{answer}\n");
    }
    text
}

#[test]
fn the_fields_of_the_figures_are_all_there() {
    let dir = tempfile::tempdir().unwrap();
    let (figures, page, output) =
        audited(dir.path(), "month.csv", &month_of(3_000), &["--hourly-cost", "40"]);
    assert_eq!(figures["tickets"], 3_000);
    assert!(figures["period"]["from"].as_str().unwrap().starts_with("2026-09-01T"), "{}", figures["period"]);
    assert!(figures["languages"]["en"].as_u64().unwrap() > 2_000);
    let automatable = &figures["automatable"];
    assert!(automatable["share"].as_f64().unwrap() > 0.6, "{automatable}");
    assert!(automatable["precision_measured"].as_f64().unwrap() > 0.95);
    assert_eq!((&automatable["precision_target"], &automatable["confidence"]), (&0.95.into(), &0.95.into()));
    assert!(automatable["hours_saved_per_month"].as_f64().unwrap() > 100.0);
    let categories = figures["categories"].as_array().unwrap();
    assert_eq!(categories.len(), 2);
    for category in categories {
        assert!(["auto", "suggest", "collect_more", "leave"].contains(&category["advice"].as_str().unwrap()));
        assert!(!category["why"].as_str().unwrap().is_empty());
        assert!(category["share"].is_number() && category["automatable_share"].is_number());
        assert!(category["precision_measured"].is_number() && category["median_first_reply_s"].is_null());
    }
    assert_eq!(figures["answers"]["distinct"], 2);
    assert_eq!(figures["answers"]["unused"], 0);
    assert!(figures["answers"]["near_duplicates"].is_array());
    assert!(
        ["Cards", "Access"].contains(&figures["start_with"].as_str().unwrap()),
        "{}",
        figures["start_with"]
    );
    assert!(page.contains("€40") && page.contains("Start with"));
    let said = stdout(&output);
    assert!(said.contains("text ← question") && said.contains("answer ← macro"), "{said}");
}

#[test]
fn hours_are_those_of_a_zone() {
    let dir = tempfile::tempdir().unwrap();
    let busiest = |options: &[&str]| {
        let mut text = "created_at,question,answer\n".to_owned();
        for i in 0..200 {
            text += &format!("2026-09-{:02}T10:{:02}:00Z,my card {i} is late,card\n", 1 + i % 28, i % 60);
        }
        audited(dir.path(), "zoned.csv", &text, options).1
    };
    let (utc, tokyo) = (busiest(&[]), busiest(&["--time-zone", "Asia/Tokyo"]));
    assert!(utc.contains("weekday and hour (UTC)") && tokyo.contains("weekday and hour (Asia/Tokyo)"));
    let none_at = |page: &str, hour: &str| page.contains(&format!("Tue {hour}: 0<"));
    assert!(!none_at(&utc, "10:00") && none_at(&utc, "19:00"));
    assert!(none_at(&tokyo, "10:00") && !none_at(&tokyo, "19:00"));
}

#[test]
fn the_page_escapes_and_masks() {
    let dir = tempfile::tempdir().unwrap();
    let mut text = month_of(300).replace("topic", "category");
    for i in 0..40 {
        text += &format!(
            "30/09/2026 11:00,zoe{i}@example.com,\"Hi Zoe, <script>alert({i})</script> call +49 170 {i:02}3 456 or jo@x.org\",<b>bold</b>,<i>x</i>\n"
        );
    }
    let (_, page, _) = audited(dir.path(), "<img>.csv", &text, &["--currency", "<u>"]);
    for leaked in ["<script>", "<b>bold", "<i>x", "<img>", "<u>", "jo@x.org", "49 170", "3 456", "Zoe"] {
        assert!(!page.contains(leaked), "{leaked}");
    }
    assert!(page.contains("[email]") && page.contains("[number]"));
}

#[test]
fn replies_become_templates_that_can_be_imported() {
    let dir = tempfile::tempdir().unwrap();
    let mut text = "created_at,requester,body,reply\n".to_owned();
    for i in 0..600 {
        let (question, reply) = match i % 3 {
            0 => (
                "where is my parcel",
                format!("Hi Ann{i}, your parcel {i}0017 left our warehouse and arrives within three days."),
            ),
            1 => (
                "i forgot my password",
                "Hello, please reset it with the link on the sign-in page and try again.".to_owned(),
            ),
            _ => (
                "something odd",
                format!(
                    "I looked into case {} and {} is {}.",
                    "a".repeat(i % 40 + 1),
                    "b".repeat(i % 39 + 1),
                    "c".repeat(i % 38 + 1)
                ),
            ),
        };
        text += &format!("2026-09-{:02},c{i}@x.org,{question} {i},\"{reply}\"\n", 1 + i / 21);
    }
    let csv = dir.path().join("answers.csv");
    let (figures, page, _) = audited(
        dir.path(),
        "replies.csv",
        &text,
        &["--templates", csv.to_str().unwrap(), "--precision", "0.9"],
    );
    let templates = figures["templates"].as_array().unwrap();
    assert_eq!(templates.len(), 2, "{templates:?}");
    assert_eq!((&templates[0]["uses"], &figures["answers"]["distinct"]), (&200.into(), &2.into()));
    assert!(page.contains("{{ requester.first_name }}") && page.contains("Answers found in replies"));
    assert!(figures["automatable"]["share"].as_f64().unwrap() > 0.4, "{}", figures["automatable"]);
    let written = std::fs::read_to_string(csv).unwrap();
    assert!(written.starts_with("key,title,body,language\n"), "{written}");
    assert_eq!(csv_rows(&written), 2);
}

#[test]
fn zendesks_export_is_read_with_its_conversations() {
    let dir = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for i in 0..120 {
        let (question, reply) = match i % 2 {
            0 => (
                "Where is my parcel?",
                "Hi Ann,\\n\\nyour parcel left our warehouse and arrives within three days.",
            ),
            _ => (
                "I forgot my password",
                "Hello,\\n\\nplease reset it with the link on the sign-in page and try again.",
            ),
        };
        lines += &format!(
            "{{\"id\":{i},\"subject\":\"Help {i}\",\"description\":\"{question}\",\"status\":\"solved\",\"requester_id\":{i},\
             \"created_at\":\"2026-09-{:02}T10:00:00Z\",\"comments\":[{{\"author_id\":{i},\"body\":\"{question}\"}},\
             {{\"author_id\":900,\"public\":true,\"body\":\"{reply}\",\"created_at\":\"2026-09-{:02}T12:00:00Z\"}}]}}\n",
            1 + i / 5,
            1 + i / 5
        );
    }
    let (figures, _, output) = audited(dir.path(), "export.json", &lines, &[]);
    assert!(stdout(&output).contains("Zendesk’s JSON export"), "{}", stdout(&output));
    assert_eq!((&figures["tickets"], &figures["answers"]["distinct"]), (&120.into(), &2.into()));
    assert_eq!(figures["categories"][0]["median_first_reply_s"], 7_200);
}

fn csv_rows(text: &str) -> usize {
    csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap).count()
}

#[test]
fn odd_files_give_a_sensible_report() {
    let dir = tempfile::tempdir().unwrap();
    let long = "word ".repeat(20_000);
    let same = "same question,same answer\n".repeat(50);
    let distinct: String =
        (0..80).map(|i| format!("question number {i},Dear customer we did thing {i} for you\n")).collect();
    for (name, text, word) in [
        ("one.csv", "question\nwhere is it\n".to_owned(), "how tickets were answered"),
        ("class.csv", format!("question,answer\n{same}"), "same answer"),
        ("single.csv", format!("question,answer\n{same}only once,rare\n"), "same answer"),
        ("long.csv", format!("question,answer\n{long},a\n{long}x,b\nshort one,a\n"), "nothing proved"),
        ("empty.csv", "question,answer\n\"\",a\n\"\",b\nwhat is it,\n".repeat(3), "have no text"),
        ("text.csv", format!("question,label\n{distinct}"), "free text"),
        (
            "nodates.csv",
            month_of(400).replace("created_at", "nothing").replace("/09/2026 10:", "x"),
            "at 95%",
        ),
        (
            "lines.jsonl",
            "{\"question\":\"where is it\",\"answer\":\"a\"}\nbroken\n".repeat(9),
            "9 lines could not be read",
        ),
    ] {
        let (figures, _, output) = audited(dir.path(), name, &text, &[]);
        assert!(figures["tickets"].as_u64().unwrap() > 0, "{name}");
        assert!(stdout(&output).contains(word), "{name}: {}", stdout(&output));
    }
}

#[test]
fn what_cannot_be_audited_is_said_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let empty = file(dir.path(), "empty.csv", "");
    let numbers = file(dir.path(), "numbers.csv", "a,b\n1,2\n");
    let good = file(dir.path(), "good.csv", "question,answer\na b c,x\n");
    for (args, code, word) in [
        (&["audit", "/no/such/file.csv"][..], 1, "/no/such/file.csv"),
        (&["audit", &empty], 1, "is empty"),
        (&["audit", &numbers], 1, "say which with --text"),
        (
            &["audit", &good, "--answer", "macro"],
            1,
            "the columns are question, answer; say which with --answer",
        ),
        (&["audit", &good, "--html", "/no/such/dir/x.html"], 1, "/no/such/dir"),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert!(complaint(&output).contains(word), "{}", complaint(&output));
    }
    for wrong in [
        &["--precision", "2"][..],
        &["--minutes-per-ticket", "-1"],
        &["--hourly-cost", "much"],
        &["--time-zone", "Mars/Olympus"],
    ] {
        assert_eq!(run(&[&["audit", &good], wrong].concat()).status.code(), Some(2), "{wrong:?}");
    }
    assert_eq!(run(&["audit"]).status.code(), Some(2));
}

#[test]
fn the_month_is_audited() {
    let Some(path) = data("month/tickets.csv") else { return };
    let dir = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let (figures, page, _) = audited(dir.path(), "tickets.csv", &text, &[]);
    assert_eq!(figures["tickets"], 28_000);
    assert!(figures["automatable"]["share"].as_f64().unwrap() > 0.5, "{}", figures["automatable"]);
    assert!(figures["automatable"]["precision_measured"].as_f64().unwrap() > 0.94);
    assert!(figures["start_with"].is_string());
    assert!(figures["categories"][0]["median_first_reply_s"].as_i64().unwrap() > 60);
    assert!(page.len() < 200_000, "{}", page.len());
}
