//! Wrong requests and answers, planted one by one: each has to be found, and nothing else.

use serde_json::{Value, json};

use super::{super::double::Entry, check::entry};

const POST: &str = "POST /channels/1/messages";
const CALLBACK: &str = "POST /interactions/1/token-1/callback";
const COMMANDS: &str = "PUT /applications/1/commands";

/// What is found in a request that was carried out without an answer.
fn found(route: &str, body: &Value) -> Vec<String> {
    let (method, path) = route.split_once(' ').unwrap();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let request = Entry {
        method: method.to_owned(),
        path: format!("/api/v10{path}"),
        query: query.to_owned(),
        body: body.clone(),
        ..Entry::default()
    };
    entry(&request).into_iter().map(|violation| violation.what).collect()
}

/// A message with one more field, or with another value in it.
fn message(field: &str, value: Value) -> Value {
    let mut message = json!({ "content": "c", "allowed_mentions": { "parse": [] } });
    message[field] = value;
    message
}

fn button(id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "l", "custom_id": id })
}

fn row(controls: &[Value]) -> Value {
    json!({ "type": 1, "components": controls })
}

fn menu(options: usize) -> Value {
    let options: Vec<Value> = (0..options).map(|n| json!({ "label": "l", "value": n.to_string() })).collect();
    json!({ "type": 3, "custom_id": "m", "options": options })
}

fn modal(inputs: usize, title: usize) -> Value {
    let input = |n| json!({ "type": 4, "style": 1, "label": "l", "custom_id": format!("{n}") });
    let rows: Vec<Value> = (0..inputs).map(|n| row(&[input(n)])).collect();
    json!({ "type": 9, "data": { "title": "t".repeat(title), "custom_id": "m", "components": rows } })
}

fn command(name: &str, options: &Value) -> Value {
    json!([{ "name": name, "description": "d", "options": options }])
}

fn option(name: &str, required: bool) -> Value {
    json!({ "type": 3, "name": name, "description": "d", "required": required })
}

#[test]
fn what_is_right_is_not_held_against_anybody() {
    let rows: Vec<Value> = (0..5).map(|n| row(&[button(&format!("{n}"))])).collect();
    let embed = json!([{ "title": "t".repeat(256), "description": "d".repeat(4096) }]);
    for (route, body) in [
        (POST, message("content", json!("c".repeat(2000)))),
        (POST, message("components", json!(rows))),
        (POST, message("components", json!([row(&[menu(25)])]))),
        (POST, message("embeds", embed)),
        ("PATCH /channels/1/messages/2", json!({ "components": [], "allowed_mentions": { "parse": [] } })),
        (CALLBACK, json!({ "type": 4, "data": message("flags", json!(64)) })),
        (CALLBACK, json!({ "type": 5 })),
        (CALLBACK, json!({ "type": 6 })),
        (CALLBACK, modal(5, 45)),
        (COMMANDS, command("ask", &json!([option("a", true), option("b", false)]))),
        (COMMANDS, json!([{ "name": "Open a case from this", "type": 3 }])),
        ("GET /channels/1/messages?after=5&limit=100", Value::Null),
        ("GET /gateway/bot", Value::Null),
    ] {
        assert!(found(route, &body).is_empty(), "{route} {body}: {:?}", found(route, &body));
    }
}

/// Requests that are wrong by the rules beside the description, or by both.
fn wrong_by_rule() -> Vec<(&'static str, Value, &'static str)> {
    let rows: Vec<Value> = (0..6).map(|n| row(&[button(&format!("{n}"))])).collect();
    let embeds = json!([{ "description": "d".repeat(3001) }, { "description": "d".repeat(3000) }]);
    let answers: Vec<Value> = (0..26).map(|n| json!({ "name": "n", "value": n.to_string() })).collect();
    vec![
        (POST, message("components", json!(rows)), "6 rows"),
        (POST, message("components", json!([row(&[button("a"), button("a")])])), "is there twice"),
        (
            POST,
            message("components", json!([row(&[json!({ "type": 2, "style": 1, "custom_id": "a" })])])),
            "label",
        ),
        (POST, message("components", json!([row(&[button("a"), menu(1)])])), "row of its own"),
        (POST, message("components", json!([row(&[menu(26)])])), "26 options"),
        (POST, message("components", json!([row(&[button(&"i".repeat(101))])])), "101 characters"),
        (POST, message("components", json!([row(&[])])), "the row is empty"),
        (POST, message("embeds", embeds), "6001 characters"),
        (POST, message("embeds", json!([{ "title": "t".repeat(257) }])), "257 characters"),
        (
            POST,
            message("embeds", json!([{ "title": "t", "fields": [{ "name": "", "value": "v" }] }])),
            "required",
        ),
        (POST, message("content", json!("")), "empty"),
        (POST, message("content", json!("c".repeat(2001))), "2001 characters"),
        (POST, message("flags", json!(1 << 15)), "flags"),
        (POST, message("nonce", json!("n".repeat(26))), "25"),
        (CALLBACK, modal(6, 1), "6 inputs"),
        (CALLBACK, modal(1, 46), "46 characters"),
        (CALLBACK, json!({ "type": 8, "data": { "choices": answers } }), "25 choices"),
        (COMMANDS, command("Ask", &json!([])), "lower-case"),
        (COMMANDS, command("ask", &json!([option("a", false), option("b", true)])), "after an optional one"),
        (COMMANDS, command("ask", &json!([option("a", true), option("a", true)])), "twice"),
    ]
}

/// Requests that ping, or don't say that they don't.
fn wrong_by_mention() -> Vec<(&'static str, Value, &'static str)> {
    let silent = json!({ "content": "c" });
    let parse = "does not say";
    let replied = json!({ "parse": [], "replied_user": true });
    vec![
        (POST, silent.clone(), parse),
        ("PATCH /channels/1/messages/2", silent.clone(), parse),
        ("POST /webhooks/1/token-1", silent.clone(), parse),
        ("PATCH /webhooks/1/token-1/messages/@original", silent.clone(), parse),
        ("PATCH /webhooks/1/token-1/messages/5", silent.clone(), parse),
        (CALLBACK, json!({ "type": 4, "data": silent }), parse),
        (CALLBACK, json!({ "type": 7, "data": { "components": [] } }), parse),
        (CALLBACK, json!({ "type": 5, "data": { "flags": 64 } }), parse),
        (POST, message("allowed_mentions", json!({ "parse": ["users"] })), parse),
        (POST, message("allowed_mentions", json!({ "parse": [], "users": ["1"] })), "lists somebody"),
        (POST, message("allowed_mentions", json!({ "parse": [], "roles": ["1"] })), "lists somebody"),
        (POST, message("allowed_mentions", replied), "lets a reply ping"),
    ]
}

/// Requests that only the description finds.
fn wrong_by_description() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("GET /channels/1/secrets", Value::Null, "not in Discord's description"),
        ("PUT /channels/1/messages", message("content", json!("c")), "not in Discord's description"),
        ("GET /channels/1/messages?limit=101", Value::Null, "101"),
        ("GET /channels/1/messages?since=5", Value::Null, "no parameter since"),
        ("GET /channels/1", json!({ "a": 1 }), "takes no body"),
        (POST, message("content", json!(5)), "/content"),
        (POST, message("attachments", json!([{ "id": "not an id" }])), "/attachments/0/id"),
        (CALLBACK, json!({ "type": 10 }), "not valid under any"),
        (CALLBACK, json!({ "type": 4, "data": message("tts", json!("yes")) }), "/data/tts"),
        ("POST /channels/1/threads", json!({ "type": 12 }), "\"name\" is a required"),
        ("POST /channels/1/messages/2/threads", json!({ "name": "n".repeat(101) }), "/name"),
        ("PATCH /channels/1", json!({ "archive": true }), "/archive is no field"),
        (POST, message("embed", json!({ "title": "t" })), "/embed is no field"),
        (POST, message("embeds", json!([{ "title": "t", "text": "t" }])), "/embeds/0/text is no field"),
        ("POST /users/@me/channels", json!({ "recipient_id": "alice" }), "/recipient_id"),
    ]
}

#[test]
fn every_planted_violation_is_found() {
    for (route, body, what) in [wrong_by_rule(), wrong_by_mention(), wrong_by_description()].concat() {
        let found = found(route, &body);
        assert!(found.iter().any(|violation| violation.contains(what)), "{route} {body}: {found:?}");
        let about_mentions =
            found.iter().filter(|violation| violation.starts_with("allowed_mentions")).count();
        let expected = usize::from(wrong_by_mention().iter().any(|one| one.1 == body && one.0 == route));
        assert_eq!(about_mentions, expected, "{route} {body}: {found:?}");
    }
}

#[test]
fn a_wrong_answer_of_the_double_is_found() {
    let answer = |status: u16, response: Value| {
        let request = Entry {
            method: "GET".to_owned(),
            path: "/api/v10/channels/1/messages/2".to_owned(),
            status: Some(status),
            response,
            ..Entry::default()
        };
        entry(&request).len()
    };
    let refusal = json!({ "message": "Unknown Message", "code": 10008 });
    let mut form = refusal.clone();
    form["code"] = json!(50035);
    form["errors"] = json!({ "limit": { "_errors": [{ "code": "NUMBER_TYPE_MAX", "message": "m" }] } });
    assert_eq!(answer(404, refusal), 0);
    assert_eq!(answer(400, form), 0);
    assert_eq!(answer(429, json!({ "message": "m", "code": 0, "retry_after": 1.5, "global": false })), 0);
    assert_eq!(answer(502, json!("<html>")), 0);
    assert_eq!(answer(429, json!({ "message": "m", "code": 0 })), 2, "retry_after and global");
    assert_eq!(answer(404, json!({ "message": "m" })), 1, "the code");
    assert_eq!(answer(204, Value::Null), 1, "a message has a body");
    assert_ne!(answer(200, json!({ "id": "2", "content": "c" })), 0, "half a message");
}

#[test]
fn a_field_that_an_event_lacks_is_found() {
    let frames: Value = serde_json::from_str(include_str!("../../data/discord/frames.json")).unwrap();
    let mut seen = 0;
    for (name, frame) in frames.as_object().unwrap().iter().filter(|(name, _)| name.starts_with("gw:")) {
        assert!(super::lacking(frame).is_empty(), "{name}: {:?}", super::lacking(frame));
        if frame["d"]["id"].is_string() {
            let mut frame = frame.clone();
            frame["d"].as_object_mut().unwrap().remove("id");
            assert_eq!(super::lacking(&frame), ["d/id"], "{name}");
            seen += 1;
        }
    }
    assert_eq!(seen, 8);
    let mut guild = frames["gw:GUILD_CREATE"].clone();
    guild["d"]["members"][1].as_object_mut().unwrap().remove("roles");
    assert_eq!(super::lacking(&guild), ["d/members/0/roles"], "in every member");
}
