//! Policies as files: what is exported, applied and compared, on both engines.

use crate::process::{run, stdout};

/// Other than the default in everything that a policy says.
const WHOLE: &str = r#"{
  "Uncategorised": {
    "mode": "shadow", "precision": 0.97, "confidence": 0.9, "rollout": 0.1, "holdout": 0.2, "blind": 0.08,
    "languages": ["en", "de"], "hours": { "zone": "Europe/Berlin", "days": [0, 4], "from": "09:00", "to": "17:00" },
    "never": { "words": ["refund"], "requesters": ["@evil.example"], "attachments": false }, "pooled": true,
    "reason": "the pilot"
  },
  "*": { "mode": "suggest", "precision": 0.9 }
}"#;

fn round_trip(place: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let (whole, exported) = (dir.path().join("whole.json"), dir.path().join("exported.json"));
    let (whole, exported) = (whole.to_str().unwrap(), exported.to_str().unwrap());
    std::fs::write(whole, WHOLE).unwrap();
    let policy = |arguments: &[&str]| run(&[&["policy"], arguments, place].concat());

    let before = policy(&["diff", whole]);
    assert_eq!(before.status.code(), Some(1));
    let told = stdout(&before);
    for line in
        ["  Mode from off to shadow", "  Hours from any time to 09:00–17:00 on Mon, Fri (Europe/Berlin)"]
    {
        assert!(told.contains(line), "{told}");
    }
    assert!(stdout(&policy(&["apply", whole])).starts_with("2 changed\n"));
    let after = policy(&["diff", whole]);
    assert_eq!((after.status.code(), stdout(&after).as_str()), (Some(0), ""));

    let export = stdout(&policy(&["export"]));
    let is: serde_json::Value = serde_json::from_str(&export).unwrap();
    let asked: serde_json::Value = serde_json::from_str(WHOLE).unwrap();
    for (field, value) in asked["Uncategorised"].as_object().unwrap() {
        if field != "reason" {
            assert_eq!(&is["Uncategorised"][field], value, "{field}");
        }
    }
    std::fs::write(exported, export).unwrap();
    assert_eq!(policy(&["diff", exported]).status.code(), Some(0));
    assert_eq!(stdout(&policy(&["apply", exported])), "0 changed\n");

    // One mistake, and nothing is applied.
    std::fs::write(whole, r#"{ "*": { "mode": "off" }, "Uncategorised": { "rollout": 7 } }"#).unwrap();
    let refused = policy(&["apply", whole]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("Uncategorised: rollout: 7 is not between 0 and 1")
    );
    assert_eq!(policy(&["diff", exported]).status.code(), Some(0));
}

#[test]
fn a_file_says_everything_on_sqlite() {
    let data = tempfile::tempdir().unwrap();
    round_trip(&["--data", data.path().to_str().unwrap()]);
}

#[test]
fn a_file_says_everything_on_postgres() {
    round_trip(&["--database", &pgtest::database()]);
}
