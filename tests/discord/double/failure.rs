//! The answers that say no, with Discord's status, code and sentence.

use serde_json::{Map, Value, json};

use super::super::oracle::Flaw;

/// A refusal.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    pub status: u16,
    code: u32,
    message: &'static str,
    /// What is wrong with the body, by field.
    errors: Option<Value>,
    /// Seconds to wait, and whether that holds for every route.
    wait: Option<(f64, bool)>,
}

const fn of(status: u16, code: u32, message: &'static str) -> Failure {
    Failure { status, code, message, errors: None, wait: None }
}

pub const UNAUTHORIZED: Failure = of(401, 0, "401: Unauthorized");
pub const NO_ROUTE: Failure = of(404, 0, "404: Not Found");
pub const NOT_JSON: Failure = of(400, 50109, "The request body contains invalid JSON.");
pub const UNKNOWN_CHANNEL: Failure = of(404, 10003, "Unknown Channel");
pub const UNKNOWN_GUILD: Failure = of(404, 10004, "Unknown Guild");
pub const UNKNOWN_MEMBER: Failure = of(404, 10007, "Unknown Member");
pub const UNKNOWN_MESSAGE: Failure = of(404, 10008, "Unknown Message");
pub const UNKNOWN_USER: Failure = of(404, 10013, "Unknown User");
pub const UNKNOWN_WEBHOOK: Failure = of(404, 10015, "Unknown Webhook");
pub const UNKNOWN_INTERACTION: Failure = of(404, 10062, "Unknown interaction");
pub const TOO_MANY_COMMANDS: Failure = of(400, 30032, "Maximum number of application commands reached (100)");
pub const ALREADY_ANSWERED: Failure = of(400, 40060, "Interaction has already been acknowledged.");
pub const MISSING_ACCESS: Failure = of(403, 50001, "Missing Access");
pub const OTHERS_MESSAGE: Failure = of(403, 50005, "Cannot edit a message authored by another user");
pub const EMPTY_MESSAGE: Failure = of(400, 50006, "Cannot send an empty message");
pub const DMS_CLOSED: Failure = of(403, 50007, "Cannot send messages to this user");
pub const MISSING_PERMISSIONS: Failure = of(403, 50013, "Missing Permissions");
pub const SYSTEM_MESSAGE: Failure = of(403, 50021, "Cannot execute action on a system message");
pub const WRONG_CHANNEL: Failure = of(403, 50024, "Cannot execute action on this channel type");
pub const INVALID_TOKEN: Failure = of(401, 50027, "Invalid Webhook Token");
pub const ARCHIVED: Failure = of(400, 50083, "Thread is archived");
pub const NO_HISTORY: Failure = of(403, 160_002, "Cannot reply without permission to read message history");
pub const THREAD_EXISTS: Failure = of(400, 160_004, "A thread has already been created for this message");
pub const LOCKED: Failure = of(403, 160_005, "Thread is locked");
pub const TOO_MANY_THREADS: Failure = of(400, 160_006, "Maximum number of active threads reached");
pub const TOO_LARGE: Failure = of(413, 40005, "Request entity too large");

impl Failure {
    /// A body with these flaws.
    pub fn form(flaws: &[Flaw]) -> Self {
        let mut errors = json!({});
        for flaw in flaws {
            let mut at = &mut errors;
            for part in flaw.path.split('.').filter(|part| !part.is_empty()) {
                at = object(at).entry(part).or_insert_with(|| json!({}));
            }
            let list = object(at).entry("_errors").or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                // Discord's codes here are words, though its description says numbers.
                list.push(json!({ "code": "BASE_TYPE_BAD", "message": flaw.what }));
            }
        }
        Self { errors: Some(errors), ..of(400, 50035, "Invalid Form Body") }
    }

    /// "Later": after so many seconds, on this route or on all.
    pub fn rate_limited(seconds: f64, global: bool) -> Self {
        Self { wait: Some((seconds, global)), ..of(429, 0, "You are being rate limited.") }
    }

    /// The answer's body.
    pub fn body(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            body["errors"] = errors.clone();
        }
        if let Some((seconds, global)) = self.wait {
            body["retry_after"] = json!(seconds);
            body["global"] = json!(global);
        }
        body
    }

    /// The answer's headers beyond its type.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let Some((seconds, global)) = self.wait else { return Vec::new() };
        let mut headers = vec![
            ("retry-after", format!("{}", seconds.ceil())),
            ("x-ratelimit-reset-after", format!("{seconds:.3}")),
            ("x-ratelimit-scope", if global { "global" } else { "user" }.to_owned()),
        ];
        if global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        } else {
            // A limit of one route tells its bucket, which is empty now.
            headers.push(("x-ratelimit-bucket", "abcd1234".to_owned()));
            headers.push(("x-ratelimit-limit", "5".to_owned()));
            headers.push(("x-ratelimit-remaining", "0".to_owned()));
        }
        headers
    }
}

fn object(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().unwrap()
}
