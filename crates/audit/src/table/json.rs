//! JSON: an array of tickets, one a line, or a help desk's export with its pages, users and conversations.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Kind, Table, TableError, text};

/// More columns than this are data used as names.
const MOST_COLUMNS: usize = 500;
const DEEPEST: usize = 4;

pub(super) fn read(bytes: &[u8]) -> Result<Table, TableError> {
    let mut rows = Rows::default();
    let mut lines = bytes.split(|b| *b == b'\n').filter(|l| !l.trim_ascii().is_empty());
    let by_line = lines.next().is_some_and(|l| serde_json::from_str::<Value>(&text(l).0).is_ok());
    if by_line {
        for line in bytes.split(|b| *b == b'\n').filter(|l| !l.trim_ascii().is_empty()) {
            let (line, recoded) = text(line);
            match serde_json::from_str::<Value>(&line) {
                Ok(value) => {
                    rows.table.other_encoding += usize::from(recoded);
                    rows.value(value);
                }
                Err(_) => rows.table.skipped += 1,
            }
        }
    } else {
        let (whole, recoded) = text(bytes);
        rows.table.other_encoding += usize::from(recoded);
        for value in serde_json::Deserializer::from_str(&whole).into_iter::<Value>() {
            rows.value(value.map_err(|e| TableError::Json(e.to_string()))?);
        }
    }
    Ok(rows.finish())
}

#[derive(Default)]
struct Rows {
    table: Table,
    places: HashMap<String, usize>,
    /// Users that the export brings along: id to address.
    users: HashMap<String, String>,
}

impl Rows {
    fn value(&mut self, value: Value) {
        match value {
            Value::Array(items) => items.into_iter().for_each(|item| self.value(item)),
            Value::Object(mut page) => {
                if let Some(Value::Array(users)) = page.remove("users") {
                    self.remember(&users);
                }
                if let Some(Value::Array(tickets)) = page.remove("tickets") {
                    self.table.kind = Kind::ZendeskJson;
                    for ticket in tickets {
                        self.value(ticket);
                    }
                } else if let Some(Value::Object(ticket)) = page.remove("ticket") {
                    self.ticket(ticket);
                } else if !page.is_empty() {
                    self.ticket(page);
                }
            }
            _ => self.table.skipped += 1,
        }
    }

    fn remember(&mut self, users: &[Value]) {
        for user in users {
            if let (Some(id), Some(email)) = (scalar(&user["id"]), user["email"].as_str()) {
                self.users.insert(id, email.to_owned());
            }
        }
    }

    fn ticket(&mut self, mut ticket: Map<String, Value>) {
        if ticket.contains_key("requester_id") && ticket.contains_key("status") {
            self.table.kind = Kind::ZendeskJson;
        }
        let comments = ticket.remove("comments");
        let requester = ticket.get("requester_id").and_then(scalar);
        let mut row = vec![String::new(); self.table.columns.len()];
        for (name, value) in ticket {
            self.flatten(&mut row, &name, value, 0);
        }
        if let Some(Value::Array(comments)) = comments {
            for (name, value) in conversation(&comments, requester.as_deref()) {
                self.put(&mut row, name, value);
            }
        }
        self.table.rows.push(row);
    }

    fn flatten(&mut self, row: &mut Vec<String>, name: &str, value: Value, depth: usize) {
        match value {
            Value::Object(inner) if depth < DEEPEST => {
                for (key, value) in inner {
                    self.flatten(row, &format!("{name}.{key}"), value, depth + 1);
                }
            }
            Value::Array(items)
                if items.iter().any(|i| i.get("id").is_some() && i.get("value").is_some()) =>
            {
                for item in items {
                    if let (Some(id), Some(value)) = (scalar(&item["id"]), scalar(&item["value"])) {
                        self.put(row, &format!("custom field {id}"), value);
                    }
                }
            }
            Value::Array(items) => {
                let list: Vec<String> = items.iter().filter_map(scalar).collect();
                self.put(row, name, list.join(", "));
            }
            value => {
                if let Some(text) = scalar(&value) {
                    self.put(row, name, text);
                }
            }
        }
    }

    fn put(&mut self, row: &mut Vec<String>, name: &str, value: String) {
        let place = match self.places.get(name) {
            Some(&place) => place,
            None if self.table.columns.len() >= MOST_COLUMNS => return,
            None => {
                self.table.columns.push(name.to_owned());
                self.places.insert(name.to_owned(), self.table.columns.len() - 1);
                self.table.columns.len() - 1
            }
        };
        if row.len() <= place {
            row.resize(place + 1, String::new());
        }
        row[place] = value;
    }

    fn finish(mut self) -> Table {
        if let Some(&id) = self.places.get("requester_id").filter(|_| !self.users.is_empty()) {
            for row in &mut self.table.rows {
                if let Some(email) = row.get(id).and_then(|id| self.users.get(id)) {
                    row[id].clone_from(email);
                }
            }
        }
        let width = self.table.columns.len();
        for row in &mut self.table.rows {
            row.resize(width, String::new());
        }
        self.table
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// What the customer wrote first, and the first public words of somebody else with their time.
fn conversation(comments: &[Value], requester: Option<&str>) -> Vec<(&'static str, String)> {
    let body = |comment: &Value| {
        ["plain_body", "body"].iter().find_map(|k| comment[*k].as_str()).unwrap_or_default().to_owned()
    };
    let mut out = Vec::new();
    let Some(first) = comments.first() else { return out };
    out.push(("first_message", body(first)));
    let asker = requester.map(str::to_owned).or_else(|| scalar(&first["author_id"]));
    let reply = comments.iter().skip(1).find(|c| {
        c["public"].as_bool() != Some(false) && asker.is_some() && scalar(&c["author_id"]) != asker
    });
    if let Some(reply) = reply {
        out.push(("reply", body(reply)));
        if let Some(at) = reply["created_at"].as_str() {
            out.push(("first_reply_at", at.to_owned()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'a>(table: &'a Table, row: usize, column: &str) -> &'a str {
        &table.rows[row][table.column(column).unwrap()]
    }

    #[test]
    fn lines_arrays_and_broken_lines() {
        let table = read(b"{\"q\":\"a\",\"n\":1}\nnot json\n{\"q\":\"b\",\"extra\":true}\n").unwrap();
        assert_eq!((table.rows.len(), table.skipped), (2, 1));
        assert_eq!(cell(&table, 1, "extra"), "true");
        assert_eq!(cell(&table, 0, "extra"), "");
        assert_eq!(read(b"[{\"q\":\"a\"},\n{\"q\":\"b\"}]").unwrap().rows.len(), 2);
    }

    #[test]
    fn zendesk_exports_in_pages_or_lines() {
        let ticket =
            r#"{"id":7,"subject":"Card","description":"Where is it?","status":"solved","requester_id":5,
            "created_at":"2026-09-01T07:13:00Z","tags":["a","b"],"via":{"channel":"email"},
            "custom_fields":[{"id":99,"value":"Billing"}],
            "comments":[{"author_id":5,"body":"Where is it?"},{"author_id":9,"public":false,"body":"hm"},
            {"author_id":9,"public":true,"plain_body":"On its way","created_at":"2026-09-01T08:13:00Z"}]}"#
                .replace('\n', "");
        let page = format!(r#"{{"tickets":[{ticket}],"users":[{{"id":5,"email":"a@b.c"}}],"count":1}}"#);
        for file in [ticket.clone() + "\n" + &ticket, page.clone(), page.replace(",\"", ",\n\"")] {
            let table = read(file.as_bytes()).unwrap();
            assert_eq!(table.kind, Kind::ZendeskJson);
            assert_eq!(cell(&table, 0, "reply"), "On its way");
            assert_eq!(cell(&table, 0, "first_reply_at"), "2026-09-01T08:13:00Z");
            assert_eq!(cell(&table, 0, "tags"), "a, b");
            assert_eq!(cell(&table, 0, "custom field 99"), "Billing");
            assert_eq!(cell(&table, 0, "via.channel"), "email");
        }
        assert_eq!(cell(&read(page.as_bytes()).unwrap(), 0, "requester_id"), "a@b.c");
    }
}
