//! The API's description: whole, and of what is served.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use super::client::{DESCRIPTION, Program};
use crate::store::on_each_engine;
use crate::web::world::World;

/// Every object that is called so, wherever it is.
fn all<'a>(value: &'a Value, name: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| {
            if key == name {
                found.push(inner);
            }
            all(inner, name, found);
        }),
        Value::Array(items) => items.iter().for_each(|inner| all(inner, name, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_description_is_whole() {
    assert_eq!(DESCRIPTION["openapi"], "3.1.0");
    let (mut references, mut ids) = (Vec::new(), Vec::new());
    all(&DESCRIPTION, "$ref", &mut references);
    assert!(references.len() > 50, "{}", references.len());
    for reference in references {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        assert!(DESCRIPTION.pointer(pointer).is_some(), "{pointer} leads nowhere");
    }
    all(&DESCRIPTION, "operationId", &mut ids);
    let names: BTreeSet<&str> = ids.iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(names.len(), ids.len(), "no two have one name");
    for (name, schema) in DESCRIPTION["components"]["schemas"].as_object().unwrap() {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{name}");
    }
    let turn = &DESCRIPTION["components"]["schemas"]["ChatTurn"];
    assert_eq!(turn["additionalProperties"], false, "unknown fields are refused, and it says so");
}

#[test]
fn what_is_described_is_served() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let program = Program::nobody(&world);
        let served = program.get("/openapi.json").await;
        assert_eq!(served.json, *DESCRIPTION);
        for (path, item) in DESCRIPTION["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let filled = path.replace("{id}", "CTX120355").replace("{number}", "1").replace("{org}", "1");
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let request = program.request(method.clone(), &filled);
                let answer = program.send(&method.as_str().to_lowercase(), &filled, request).await;
                let expected = if operation["security"].is_array() { &[401][..] } else { &[200, 400][..] };
                assert!(expected.contains(&answer.status), "{method} {path}: {}", answer.status);
            }
        }
    });
}
