//! Live events reach those who listen, and those who come back.
#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

testkit::both_engines! {
    async fn changes_are_told_and_told_again_to_those_who_missed_them(t: &TestApp) {
        let (admin, agent) = (t.admin().await, t.agent().await);
        let mut stream = agent.web.listens().await;
        assert_eq!(stream.event().await.unwrap().0, "reset", "a first listener may have missed something");
        admin.sets(json!({ "company_name": "Pinwall" })).await;
        let (event, change) = stream.event().await.unwrap();
        assert_eq!((event.as_str(), &change["kind"]), ("change", &json!("settings.changed")));
        admin.sets(json!({ "company_name": "Pinwall 2" })).await;
        stream.event().await.unwrap();
        drop(stream);
        let last = change["id"].as_str().unwrap();
        let mut back = agent.web.with("last-event-id", last).listens().await;
        loop {
            let (_, change) = back.event().await.unwrap();
            if change["kind"] == "settings.changed" && change["id"] != last {
                break;
            }
        }
    }

    async fn a_strangers_stream_is_refused(t: &TestApp) {
        assert_eq!(t.visitor().get("/api/v1/events").await.status, 401);
    }
}
