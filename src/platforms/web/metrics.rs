//! How the desk fares, in numbers that Prometheus reads: nothing of anybody, and as many series as there are routes and queues.
//!
//! Whoever asks from this machine gets them, and whoever has a token for them; everybody, where the settings say so.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::api::bearer;
use super::{Web, guard};
use crate::services::agenda;
use crate::services::tokens::{Scope, TokenSecret};
use crate::store::StoreError;

/// Where they are.
pub const METRICS: &str = "/metrics";
/// The media type of these numbers.
const MEDIA: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
/// The upper ends of the buckets of the time that an answer takes, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];
/// What is counted as the route of a request that has none.
const ELSEWHERE: &str = "none";

type Labels = Vec<(&'static str, String)>;

/// What is counted while the desk runs.
#[derive(Clone)]
pub struct Metrics {
    requests: Family<Labels, Counter>,
    seconds: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
        }
    }
}

/// The address of these.
pub fn routes() -> Router<Web> {
    Router::new().route(METRICS, get(show))
}

/// Counts a request, and how long it took.
pub async fn count(State(web): State<Web>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = matched.unwrap_or_else(|| ELSEWHERE.to_owned());
    let began = web.inner.clock.now();
    let response = next.run(request).await;
    // A clock that was set back meanwhile is no time at all.
    let took = (web.inner.clock.now() - began).to_std().unwrap_or_default();
    let class = format!("{}xx", response.status().as_u16() / 100);
    let labels = vec![("route", route)];
    web.metrics.seconds.get_or_create_owned(&labels).observe(took.as_secs_f64());
    let labels = labels.into_iter().chain([("status", class)]).collect();
    web.metrics.requests.get_or_create_owned(&labels).inc();
    response
}

async fn show(
    State(web): State<Web>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    match may_see(&web, peer.map(|peer| peer.0.0), &headers).await {
        Ok(true) => {}
        Ok(false) => return (StatusCode::FORBIDDEN, [(CACHE_CONTROL, "no-store")]).into_response(),
        Err(error) => return failed(&web, &error),
    }
    match text(&web).await {
        Ok(text) => ([(CONTENT_TYPE, MEDIA), (CACHE_CONTROL, "no-store")], text).into_response(),
        Err(error) => failed(&web, &error),
    }
}

fn failed(web: &Web, error: &StoreError) -> Response {
    web.reference(error);
    (StatusCode::INTERNAL_SERVER_ERROR, [(CACHE_CONTROL, "no-store")]).into_response()
}

async fn may_see(web: &Web, peer: Option<SocketAddr>, headers: &HeaderMap) -> Result<bool, StoreError> {
    let setup = &web.inner;
    // Where somebody says that they pass on for others without being trusted to, the machine itself is not who asks.
    let is_passed_on = !setup.behind_proxy && headers.contains_key("x-forwarded-for");
    let is_here =
        peer.is_some_and(|peer| guard::caller(web, peer, headers).network.to_canonical().is_loopback());
    if setup.metrics_for_all || (is_here && !is_passed_on) {
        return Ok(true);
    }
    let Some(secret) = bearer(headers).and_then(TokenSecret::parse) else { return Ok(false) };
    let taken = setup.tokens().bearer(&secret, setup.clock.now()).await?;
    Ok(taken.is_ok_and(|seen| seen.token.scopes.contains(&Scope::Metrics)))
}

/// All numbers as they are now.
async fn text(web: &Web) -> Result<String, StoreError> {
    let setup = &web.inner;
    let mut all = Registry::with_prefix("guidepost");
    all.register("http_requests", "Answers by route and status", web.metrics.requests.clone());
    all.register("http_request_seconds", "How long answers took", web.metrics.seconds.clone());
    let jobs = Family::<Labels, Gauge>::default();
    let overview = agenda::overview(&setup.store, setup.clock.now()).await?;
    for (state, count) in [
        ("waiting", overview.waiting),
        ("due", overview.due),
        ("leased", overview.leased),
        ("dead", overview.dead),
        ("mend", overview.mend),
    ] {
        jobs.get_or_create_owned(&vec![("state", state.to_owned())]).set(gauge(count));
    }
    all.register("jobs", "Effects and timers by their state", jobs);
    let waiting = Family::<Labels, Gauge>::default();
    for (queue, count) in setup.cases.waiting().await? {
        waiting.get_or_create_owned(&vec![("queue", queue.as_str().to_owned())]).set(gauge(count));
    }
    all.register("cases_waiting", "Cases that wait for staff, by queue", waiting);
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = encode(&mut text, &all);
    Ok(text)
}

fn gauge(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
