//! The few calls of the HTTP API that the replay makes.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::Result;

pub(crate) struct Api {
    agent: ureq::Agent,
    base: String,
    bearer: String,
}

/// What was decided about a ticket.
#[derive(Debug, Clone)]
pub(crate) struct Decided {
    pub(crate) action: String,
    /// The answer's id.
    pub(crate) answer: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) ready_at: i64,
}

impl Api {
    pub(crate) fn new(address: &str, token: &str) -> Self {
        let config =
            ureq::Agent::config_builder().max_idle_connections_per_host(64).http_status_as_error(true);
        Self {
            agent: config.build().into(),
            base: format!("http://{address}/api/v1"),
            bearer: format!("Bearer {token}"),
        }
    }

    fn get(&self, path: &str) -> Result<Value> {
        let mut response =
            self.agent.get(format!("{}{path}", self.base)).header("authorization", &self.bearer).call()?;
        Ok(response.body_mut().read_json()?)
    }

    /// Sends a ticket and returns its number.
    pub(crate) fn post_ticket(&self, requester: &str, body: &str) -> Result<i64> {
        let ticket = json!({ "requester": { "email": requester }, "body": body });
        let mut response = self
            .agent
            .post(format!("{}/tickets", self.base))
            .header("authorization", &self.bearer)
            .send_json(ticket)?;
        let ticket: Value = response.body_mut().read_json()?;
        ticket["number"].as_i64().ok_or_else(|| format!("no number in {ticket}").into())
    }

    /// Asks until the ticket has been decided, for at most two minutes.
    pub(crate) fn wait_for_decision(&self, number: i64) -> Result<Decided> {
        for _ in 0..6_000 {
            let ticket = self.get(&format!("/tickets/{number}"))?;
            let decision = &ticket["decision"];
            if let (Some(action), Some(ready_at)) =
                (decision["action"].as_str(), decision["created_at"].as_i64())
            {
                return Ok(Decided {
                    action: action.to_owned(),
                    answer: decision["answer"]["id"].as_str().map(str::to_owned),
                    created_at: ticket["created_at"].as_i64().unwrap_or(0),
                    ready_at,
                });
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(format!("ticket {number} was not decided within two minutes").into())
    }

    /// Every answer's key by its id.
    pub(crate) fn answer_keys(&self) -> Result<HashMap<String, String>> {
        let mut keys = HashMap::new();
        let mut path = "/answers?limit=100".to_owned();
        loop {
            let page = self.get(&path)?;
            for answer in page["items"].as_array().into_iter().flatten() {
                if let (Some(id), Some(key)) = (answer["id"].as_str(), answer["key"].as_str()) {
                    keys.insert(id.to_owned(), key.to_owned());
                }
            }
            match page["next"].as_str() {
                Some(next) => path = format!("/answers?limit=100&cursor={next}"),
                None => return Ok(keys),
            }
        }
    }
}
