//! Whatever the file: an error in words or a report without a number that is none, and never a panic.
#![expect(clippy::unwrap_used, reason = "tests")]

use audit::{Options, Wanted, audit, table};
use proptest::prelude::*;

fn check(bytes: &[u8]) {
    let Ok(table) = table::read(bytes) else { return };
    let Ok(report) = audit(&table, &Wanted::default(), &Options::new("a.csv"), &|_, _| {}) else { return };
    let (page, json) = (report.html().unwrap(), report.json().to_string());
    for text in [&page, &json, &report.summary(), &report.templates_csv()] {
        assert!(!text.contains("NaN") && !text.contains("inf%"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
        check(&[b"body,answer\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_table_is_audited(
        rows in prop::collection::vec((
            "(where is |my card|\\PC{0,8}|Hi Jo, ){0,4}",
            "a|b|c||",
            "2026-0[1-9]-0[1-9] 1[0-9]:00|[0-3][0-9]/[01][0-9]/2026|soon|",
            "(we sent it to |Dear Ann |you [0-9]{5} ){0,4}",
        ), 0..80),
        named in any::<bool>(),
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let answer = if named { "answer" } else { "other" };
        let mut file = format!("body,{answer},created_at,reply\n");
        for (body, label, at, reply) in &rows {
            file += &[quoted(body), quoted(label), quoted(at), quoted(reply)].join(",");
            file.push('\n');
        }
        check(file.as_bytes());
    }

    #[test]
    fn any_json_is_read(keys in prop::collection::vec("tickets|users|id|body|answer|comments|custom_fields|\\PC{0,4}", 0..6)) {
        let inner: Vec<String> =
            keys.iter().map(|k| format!("{}:[{{\"id\":1,\"value\":[]}},2]", serde_json::Value::from(k.as_str()))).collect();
        check(format!("{{{}}}", inner.join(",")).as_bytes());
    }
}
