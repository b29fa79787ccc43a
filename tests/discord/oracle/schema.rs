//! Discord's own description of its API, and whether something fits it.

use std::{
    collections::HashMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use jsonschema::{Draft, Registry, ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Value, json};

use super::fields;

/// What the description is called within itself.
const NAME: &str = "https://discord.invalid/openapi.json";

pub fn description() -> &'static Value {
    static DESCRIPTION: OnceLock<Value> = OnceLock::new();
    DESCRIPTION.get_or_init(|| serde_json::from_str(include_str!("../../data/discord/openapi.json")).unwrap())
}

fn registry() -> &'static Registry<'static> {
    static REGISTRY: OnceLock<Registry<'static>> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        Registry::new().draft(Draft::Draft202012).add(NAME, description()).unwrap().prepare().unwrap()
    })
}

/// The validator of the part at this pointer. Each is made once for all tests, because that takes some milliseconds.
fn validator(pointer: &str) -> &'static Validator {
    static VALIDATORS: OnceLock<Mutex<HashMap<String, &'static Validator>>> = OnceLock::new();
    let mut all = VALIDATORS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = all.get(pointer) {
        return validator;
    }
    let fragment = pointer.replace('{', "%7B").replace('}', "%7D").replace('@', "%40");
    let options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_registry(registry())
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true);
    let built = options.build(&json!({ "$ref": format!("{NAME}#{fragment}") })).unwrap();
    let validator: &'static Validator = Box::leak(Box::new(built));
    all.insert(pointer.to_owned(), validator);
    validator
}

/// One entry of the description: a path and a method.
pub struct Operation {
    pointer: String,
    content: &'static Value,
}

/// The operation that a request is for.
pub fn operation(method: &str, path: &str) -> Option<Operation> {
    let paths = description()["paths"].as_object()?;
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let wanted = template.split('/');
        wanted.clone().count() == parts.len()
            && wanted.zip(&parts).all(|(wanted, part)| wanted == *part || wanted.starts_with('{'))
    };
    let fitting = paths.keys().filter(|template| fits(template));
    // Words are meant before parameters.
    let template = fitting.min_by_key(|template| template.matches('{').count())?;
    let method = method.to_lowercase();
    let content = paths[template].get(&method)?;
    Some(Operation { pointer: format!("/paths/{}/{method}", escaped(template)), content })
}

fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

const JSON: &str = "application~1json";

impl Operation {
    /// What is wrong with a request's body.
    pub fn of_request(&self, body: &Value) -> Vec<String> {
        let content = &self.content["requestBody"];
        if content.is_null() {
            return if body.is_null() { Vec::new() } else { vec!["takes no body".to_owned()] };
        }
        let schema = &content["content"]["application/json"]["schema"];
        let pointer = format!("{}/requestBody/content/{JSON}/schema", self.pointer);
        let body = as_described(body.clone());
        let mut wrong = errors(&branch(schema, &body).unwrap_or(pointer), &body);
        wrong.extend(fields::unknown(schema, &body));
        wrong
    }

    /// What is wrong with a request's query.
    pub fn of_query(&self, query: &str) -> Vec<String> {
        let parameters = self.content["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        let mut wrong = Vec::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let known = |one: &Value| one["name"] == *name && one["in"] == "query";
            let Some(n) = parameters.iter().position(known) else {
                wrong.push(format!("there is no parameter {name}"));
                continue;
            };
            let read = match parameters[n]["schema"]["type"].as_str() {
                Some("integer" | "boolean") => serde_json::from_str(&value).unwrap_or(json!(value)),
                _ => json!(value),
            };
            wrong.extend(errors(&format!("{}/parameters/{n}/schema", self.pointer), &read));
        }
        wrong
    }

    /// What is wrong with an answer.
    pub fn of_answer(&self, status: u16, body: &Value) -> Vec<String> {
        let responses = &self.content["responses"];
        let key = if status == 429 || status < 400 { status.to_string() } else { "4XX".to_owned() };
        let Some(response) = responses.get(&key) else {
            return vec![format!("{status} is no answer to this")];
        };
        let pointer = match response["$ref"].as_str() {
            Some(shared) => shared.trim_start_matches('#').to_owned(),
            None => format!("{}/responses/{key}", self.pointer),
        };
        if description().pointer(&pointer).is_none_or(|response| response["content"].is_null()) {
            return if body.is_null() { Vec::new() } else { vec![format!("{status} has no body")] };
        }
        // Its codes within a form's flaws are words, though the description says numbers.
        let mut body = body.clone();
        if body["code"] == 50035
            && let Some(fields) = body.as_object_mut()
        {
            fields.remove("errors");
        }
        errors(&format!("{pointer}/content/{JSON}/schema"), &body)
    }
}

/// The one kind of body that is meant among several, by the `type` it names, so that what is wrong is said of that one.
fn branch(schema: &Value, body: &Value) -> Option<String> {
    let kinds = schema["anyOf"].as_array()?.iter().filter_map(|kind| kind["$ref"].as_str());
    let mut meant = kinds.map(|kind| kind.trim_start_matches('#')).filter(|pointer| {
        let types = description().pointer(&format!("{pointer}/properties/type/enum"));
        types.and_then(Value::as_array).is_some_and(|types| types.contains(&body["type"]))
    });
    meant.next().filter(|_| meant.next().is_none()).map(str::to_owned)
}

/// A body, with what Discord takes otherwise than its description says written as the description says: permissions as text,
/// the ids of files in the same request as numbers, and `nsfw` of commands, which only the documentation names.
fn as_described(mut body: Value) -> Value {
    for command in body.as_array_mut().into_iter().flatten() {
        let rights = command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
        if let Some(bits) = rights {
            command["default_member_permissions"] = json!(bits);
        }
        if let Some(fields) = command.as_object_mut() {
            fields.remove("nsfw");
        }
    }
    for place in ["/attachments", "/data/attachments"] {
        for file in body.pointer_mut(place).and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(id) = file["id"].as_u64() {
                file["id"] = json!(id.to_string());
            }
        }
    }
    body
}

fn errors(pointer: &str, body: &Value) -> Vec<String> {
    let validator = validator(pointer);
    if validator.is_valid(body) {
        return Vec::new();
    }
    validator.iter_errors(body).flat_map(|error| said(&error)).collect()
}

/// What an error says. Of several alternatives the one is taken that the body is meant to be.
fn said(error: &ValidationError) -> Vec<String> {
    let here = error.instance_path().as_str();
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) =
        error.kind()
    else {
        return plainly(error);
    };
    // An alternative that wants another type, or another `type` field, is not meant.
    let fitting = context.iter().filter(|errors| {
        let not_meant = |error: &ValidationError| {
            let path = error.instance_path().as_str();
            path == format!("{here}/type") || (path == here && error.kind().keyword() == "type")
        };
        !errors.is_empty() && !errors.iter().any(not_meant)
    });
    if let Some(errors) = fitting.min_by_key(|errors| errors.len()) {
        return errors.iter().flat_map(said).collect();
    }
    plainly(error)
}

fn plainly(error: &ValidationError) -> Vec<String> {
    let what: String = error.to_string().chars().take(400).collect();
    vec![format!("at {:?}: {what}", error.instance_path().as_str())]
}
