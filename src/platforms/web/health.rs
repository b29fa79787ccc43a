//! For machines that look after the desk: whether its process lives, and whether it can do its work. Nothing here is about anybody, and
//! these are asked by whatever name and address a machine has for the desk.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::Web;
use crate::services::keeping::lacks;

/// Whether the process lives.
pub const ALIVE: &str = "/healthz";
/// Whether the desk can do its work.
pub const READY: &str = "/readyz";

/// The addresses of these.
pub fn routes() -> Router<Web> {
    Router::new().route(ALIVE, get(alive)).route(READY, get(ready))
}

async fn alive() -> Response {
    told(StatusCode::OK, json!({ "status": "alive" }))
}

async fn ready(State(web): State<Web>) -> Response {
    let setup = &web.inner;
    // Only what is lacking, and not why: a reason may name hosts and paths, and anybody can ask.
    match lacks(&setup.keeper, setup.clock.now()).await {
        lacks if lacks.is_empty() => told(StatusCode::OK, json!({ "status": "ready" })),
        lacks => told(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "not-ready", "lacks": lacks })),
    }
}

fn told(status: StatusCode, told: Value) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], Json(told)).into_response()
}
