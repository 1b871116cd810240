//! Questions that a rule answers, each from another address, over all replicas.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use bench_harness::http::{Connection, request};
use serde_json::{Value, json};

pub(crate) struct Load {
    addresses: Vec<String>,
    bearer: String,
    next: Cell<usize>,
    /// The ticket of each address.
    numbers: RefCell<HashMap<String, i64>>,
}

impl Load {
    pub(crate) fn new(addresses: Vec<String>, bearer: String) -> Self {
        Self { addresses, bearer, next: Cell::new(0), numbers: RefCell::default() }
    }

    pub(crate) fn count(&self) -> usize {
        self.numbers.borrow().len()
    }

    pub(crate) fn number(&self, email: &str) -> Option<i64> {
        self.numbers.borrow().get(email).copied()
    }

    /// Asks a question now and then, or as fast as they are taken, until told to stop.
    pub(crate) async fn run(&self, connection: usize, every: Duration, stop: &Cell<bool>) {
        let mut to = Connection::new(&self.addresses[connection % self.addresses.len()]);
        let mut pace = tokio::time::interval(every.max(Duration::from_millis(1)));
        while !stop.get() {
            pace.tick().await;
            let n = self.next.replace(self.next.get() + 1);
            let email = format!("person{n}@example.org");
            let body = json!({ "requester": { "email": email }, "body": "Where do I find my invoices?" });
            let post = request("POST", "/api/v1/tickets", &self.bearer, &body.to_string());
            let Ok(answer) = to.send(&post).await else { continue };
            let made: Option<Value> = serde_json::from_slice(&answer.body).ok();
            if let Some(number) = made.and_then(|ticket| ticket["number"].as_i64()) {
                self.numbers.borrow_mut().insert(email, number);
            }
        }
    }
}
