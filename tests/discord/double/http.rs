//! Takes requests in: who asks, what goes wrong, what is written down.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State as Extracted, ws::WebSocketUpgrade},
    http::{Response, header},
    routing::get,
};
use serde_json::{Value, json};

use super::{
    failure::{self, Failure},
    faults::{Fault, Reply},
    gateway,
    log::Entry,
    multipart,
    routes::{Answer, Call, dispatch},
    state::{Shared, State},
    wire::{Door, Line},
};

/// More than Discord takes in one request, so that it can say so.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Serves the API, the gateway and the files until the task is stopped.
pub async fn serve(door: Door) {
    let shared = Arc::clone(&door.shared);
    let app = Router::new().route("/", get(socket)).fallback(api).with_state(shared);
    let _ = axum::serve(door, app.into_make_service_with_connect_info::<Line>()).await;
}

async fn socket(Extracted(shared): Extracted<Arc<Shared>>, upgrade: WebSocketUpgrade) -> Response<Body> {
    upgrade.on_upgrade(|socket| gateway::serve(socket, shared))
}

async fn api(
    Extracted(shared): Extracted<Arc<Shared>>,
    ConnectInfo(line): ConnectInfo<Line>,
    request: Request,
) -> Response<Body> {
    let path = request.uri().path().to_owned();
    if shared.read(|state| state.gateway.away) {
        line.cut();
        return Response::default();
    }
    if path.starts_with("/attachments/") {
        return shared.read(|state| download(state, &path));
    }
    let query = request.uri().query().unwrap_or_default().to_owned();
    let (method, header) = (request.method().to_string(), text_header(&request, &header::AUTHORIZATION));
    let content_type = text_header(&request, &header::CONTENT_TYPE);
    let bytes = to_bytes(request.into_body(), MOST_BYTES).await.unwrap_or_default();
    let mut entry = Entry { at: shared.read(State::now), method, path, query, ..Entry::default() };
    let parsed = read_body(&content_type, &bytes);
    if let Some((body, uploads)) = &parsed {
        entry.body = body.clone();
        entry.files = uploads.iter().map(|upload| upload.name.clone()).collect();
    }
    let fault = shared.change(|state| state.faults.take(&entry.method, entry.route()));
    entry.fault = fault.as_ref().map(Fault::name);
    if let Some(Fault::HeldBefore(gate)) = &fault {
        gate.pass().await;
    }
    let refusal: Option<Reply> = fault.as_ref().and_then(Fault::refusal);
    let carried_out = !matches!(
        fault,
        Some(
            Fault::CutBefore
                | Fault::Status(_)
                | Fault::RateLimited { .. }
                | Fault::GloballyRateLimited { .. }
        )
    );
    let answer = shared.change(|state| {
        let outcome = carried_out.then(|| carry_out(state, &mut entry, parsed, &header));
        let answer = match (refusal, outcome) {
            (Some(refusal), _) => refusal,
            (None, Some(answer)) => answer,
            (None, None) => (0, Value::Null, Vec::new()),
        };
        let lost = matches!(fault, Some(Fault::CutBefore | Fault::CutAfter));
        entry.status = (!lost).then_some(answer.0);
        entry.response = answer.1.clone();
        state.log.push(entry);
        answer
    });
    match &fault {
        Some(Fault::HeldAfter(gate)) => gate.pass().await,
        Some(Fault::CutBefore | Fault::CutAfter) => {
            line.cut();
            return Response::default();
        }
        Some(_) | None => {}
    }
    respond(answer)
}

fn text_header(request: &Request, name: &header::HeaderName) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A body, read.
type Content = (Value, Vec<multipart::Upload>);

/// The JSON and the files, or nothing where there is no sense in it.
fn read_body(content_type: &str, bytes: &[u8]) -> Option<Content> {
    if bytes.is_empty() {
        return Some((Value::Null, Vec::new()));
    }
    if content_type.starts_with("multipart/form-data") {
        return multipart::read(content_type, bytes);
    }
    Some((serde_json::from_slice(bytes).ok()?, Vec::new()))
}

fn carry_out(state: &mut State, entry: &mut Entry, parsed: Option<Content>, authorization: &str) -> Reply {
    let Some((body, uploads)) = parsed else { return refused(&failure::NOT_JSON) };
    entry.interaction_type = interaction_type(state, entry.route());
    let query: BTreeMap<String, String> =
        url::form_urlencoded::parse(entry.query.as_bytes()).into_owned().collect();
    let Some(path) = entry.path.strip_prefix("/api/v10") else { return refused(&failure::NO_ROUTE) };
    let authorized = authorization == format!("Bot {}", state.token);
    let call = Call { method: entry.method.clone(), path: path.to_owned(), query, body, uploads, authorized };
    match dispatch(state, &call) {
        Ok(Answer::Json(value)) => (200, value, Vec::new()),
        Ok(Answer::Created(value)) => (201, value, Vec::new()),
        Ok(Answer::Nothing) => (204, Value::Null, Vec::new()),
        Err(failure) => refused(&failure),
    }
}

fn refused(failure: &Failure) -> Reply {
    (failure.status, failure.body(), failure.headers())
}

fn interaction_type(state: &State, route: &str) -> Option<u8> {
    let id = route.strip_prefix("/interactions/")?.split('/').next()?.parse().ok()?;
    Some(state.interactions.get(&id)?.did.number())
}

fn respond((status, body, headers): Reply) -> Response<Body> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    let body = match body {
        Value::Null => Body::empty(),
        Value::String(page) if status > 500 => {
            response = response.header(header::CONTENT_TYPE, "text/html");
            Body::from(page)
        }
        body => {
            response = response.header(header::CONTENT_TYPE, "application/json");
            Body::from(json!(body).to_string())
        }
    };
    response.body(body).unwrap()
}

fn download(state: &State, path: &str) -> Response<Body> {
    match state.files.get(path) {
        Some((kind, bytes)) => {
            Response::builder().header(header::CONTENT_TYPE, kind).body(Body::from(bytes.clone())).unwrap()
        }
        None => Response::builder().status(404).body(Body::empty()).unwrap(),
    }
}
