//! Makes the OpenAPI document as exact as the server is: what it answers with has all its fields, always; a value
//! that may be missing is null. What a client sends may leave out what is optional.

use std::collections::BTreeSet;

use serde_json::Value;
use utoipa::openapi::schema::ArrayItems;
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// The one answer that leaves fields out: an error without details.
const LEAVES_OUT: &str = "Problem";

/// Marks every field of every answer as required.
pub(super) fn exact(mut document: OpenApi) -> OpenApi {
    let sent = sent_by_clients(&document);
    if let Some(components) = document.components.as_mut() {
        for (name, schema) in &mut components.schemas {
            if name != LEAVES_OUT && !sent.contains(name) {
                require_all(schema);
            }
        }
    }
    document
}

fn require_all(schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::Object(object) => {
            object.required = object.properties.keys().cloned().collect();
            object.properties.values_mut().for_each(require_all);
        }
        Schema::Array(array) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                require_all(items);
            }
        }
        Schema::AllOf(all) => all.items.iter_mut().for_each(require_all),
        _ => {}
    }
}

/// Names of the schemas that request bodies hold, and of those within them.
fn sent_by_clients(document: &OpenApi) -> BTreeSet<String> {
    let written = serde_json::to_value(document).unwrap_or_default();
    let mut names = BTreeSet::new();
    bodies(&written["paths"], &mut names);
    loop {
        let before = names.len();
        for name in names.clone() {
            references(&written["components"]["schemas"][name.as_str()], &mut names);
        }
        if names.len() == before {
            return names;
        }
    }
}

fn bodies(value: &Value, names: &mut BTreeSet<String>) {
    for (key, inner) in value.as_object().into_iter().flatten() {
        if key == "requestBody" { references(inner, names) } else { bodies(inner, names) }
    }
}

fn references(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                match inner.as_str().and_then(|path| path.strip_prefix("#/components/schemas/")) {
                    Some(name) if key == "$ref" => {
                        names.insert(name.to_owned());
                    }
                    _ => references(inner, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        _ => {}
    }
}
