//! The JSON API: what people do by talking and on pages, for programs. Each resource is one file, and one line makes a route of a handler
//! and describes it, so the description at [`OPENAPI`] can't say otherwise.
//!
//! Programs prove who they speak for by a token. Cookies count for nothing here, so no browser can be led to do anything.

mod accounts;
mod articles;
mod case_shown;
mod cases;
mod chat;
mod description;
mod extract;
mod paging;
mod problem;

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::{Web, guard};
use crate::replies::api::Trouble;
pub use extract::bearer;
use problem::{Failed, PROBLEM, Problem};

/// Where the API begins.
pub const BASE: &str = "/api/v1";
/// The description of the API, within it.
pub const OPENAPI: &str = "/openapi.json";
/// The largest body, in bytes.
const MOST_BYTES: usize = 1024 * 1024;

/// The API with all that it answers.
pub fn routes(web: &Web) -> Router<Web> {
    let (router, _) = described();
    let inner = router
        .fallback(not_found)
        .method_not_allowed_fallback(no_method)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn_with_state(web.clone(), slow_down));
    // Nesting leaves out the address that only ends with a slash.
    Router::new().nest(BASE, inner).route(&format!("{BASE}/"), any(not_found))
}

/// The routes of all resources, and their description.
fn described() -> (Router<Web>, OpenApi) {
    let (router, mut api) = OpenApiRouter::with_openapi(description::about())
        .merge(articles::routes())
        .merge(chat::routes())
        .merge(cases::routes())
        .merge(accounts::routes())
        .merge(description::routes())
        .split_for_parts();
    description::complete(&mut api);
    (router, api)
}

/// The description of the API.
#[must_use]
pub fn openapi() -> OpenApi {
    described().1
}

/// What the API answers whoever comes by a name that is not the desk's.
pub(super) fn misdirected(web: &Web) -> Response {
    Failed::new(web, Trouble::Host).into_response()
}

/// Whether a request is for the API.
pub(super) fn is_for_api(path: &str) -> bool {
    path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Turns away whoever asks too often, before anything is looked up.
async fn slow_down(State(web): State<Web>, request: Request, next: Next) -> Response {
    let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(nowhere, |peer| peer.0);
    let caller = guard::caller(&web, peer, request.headers());
    match web.inner.rates.as_ref().map_or(Ok(()), |rates| rates.count(caller.network)) {
        Ok(()) => next.run(request).await,
        Err(again) => Failed::new(&web, Trouble::TooOften(again)).into_response(),
    }
}

async fn not_found(State(web): State<Web>) -> Failed {
    Failed::new(&web, Trouble::NotFound)
}

async fn no_method(State(web): State<Web>) -> Failed {
    Failed::new(&web, Trouble::Method)
}
