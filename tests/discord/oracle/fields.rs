//! Fields that the description does not know. It lets them pass, and Discord ignores them: a misspelled one does nothing.

use serde_json::Value;

use super::schema::description;

/// The fields of a body that no part of its schema names, with their paths.
pub fn unknown(schema: &Value, body: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(&[schema], body, "", &mut found);
    found
}

fn look(schemas: &[&Value], value: &Value, path: &str, found: &mut Vec<String>) {
    let mut all = Vec::new();
    for schema in schemas {
        gather(schema, &mut all);
    }
    match value {
        Value::Object(fields) => {
            // Names of one's own, such as languages.
            let open: Vec<&Value> = all.iter().filter_map(|one| one.get("additionalProperties")).collect();
            for (name, value) in fields {
                let path = format!("{path}/{name}");
                let mut known: Vec<&Value> =
                    all.iter().filter_map(|one| one["properties"].get(name)).collect();
                if known.is_empty() {
                    known.clone_from(&open);
                }
                if known.is_empty() {
                    found.push(format!("{path} is no field of this"));
                } else {
                    look(&known, value, &path, found);
                }
            }
        }
        Value::Array(list) => {
            let items: Vec<&Value> = all.iter().filter_map(|one| one.get("items")).collect();
            for (n, value) in list.iter().enumerate() {
                look(&items, value, &format!("{path}/{n}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A schema with everything that it refers to or that it can be.
fn gather<'a>(schema: &'a Value, all: &mut Vec<&'a Value>) {
    if let Some(pointer) = schema["$ref"].as_str() {
        gather(description().pointer(pointer.trim_start_matches('#')).unwrap(), all);
    }
    for several in ["allOf", "anyOf", "oneOf"] {
        for one in schema[several].as_array().into_iter().flatten() {
            gather(one, all);
        }
    }
    all.push(schema);
}
