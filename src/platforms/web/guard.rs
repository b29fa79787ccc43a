//! What every request passes and every answer carries: whose host it is, whose form, how large, and what a browser may do with a page.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, USER_AGENT,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Web, api};
use crate::replies::pages;
use crate::services::sign_in::Caller;

/// Everything of a page comes from the desk itself, nothing within it is run, and nobody frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const FETCH_SITE: &str = "sec-fetch-site";
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Turns away what is for another host or from another site, and says on each answer what a browser may do with it.
pub async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    let is_for_api = api::is_for_api(request.uri().path());
    let mut response = if !is_for_us(&web, request.headers()) && is_for_api {
        api::misdirected(&web)
    } else if !is_for_us(&web, request.headers()) {
        (
            StatusCode::MISDIRECTED_REQUEST,
            "This desk is not reached under this name. Its operator sets the name as web.public_url.\n",
        )
            .into_response()
    // Nobody is anybody to the API by what a browser has, so it does not matter to it who led one there.
    } else if request.method() == Method::POST && !is_for_api && !is_own_form(&web, request.headers()) {
        web.show(StatusCode::FORBIDDEN, &pages::not_taken(web.inner.locale))
    } else {
        next.run(request).await
    };
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        // Nobody else learns where somebody was. With `no-referrer` browsers would call the origin of our own forms null.
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    let headers = response.headers_mut();
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages are somebody's; what is the same for all says so itself.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A name that leads here without being ours may be somebody's who wants a page of ours to be theirs.
fn is_for_us(web: &Web, headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    web.inner.hosts().iter().any(|own| own.eq_ignore_ascii_case(host))
}

/// Browsers say where a form comes from. What says nothing is no browser, and has no cookie of somebody's to misuse.
fn is_own_form(web: &Web, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let origin = text(ORIGIN).is_none_or(|origin| web.inner.origins().iter().any(|own| own == origin));
    let site = text(HeaderName::from_static(FETCH_SITE)).is_none_or(|site| site == "same-origin");
    origin && site
}

/// From where somebody speaks: the nearest address that is not our own proxy's.
pub fn caller(web: &Web, peer: SocketAddr, headers: &HeaderMap) -> Caller {
    let mut forwarded = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|address| address.trim().parse::<IpAddr>().ok());
    // What stands before the last one was written by whoever asks.
    let told = if web.inner.behind_proxy { forwarded.next_back() } else { None };
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Caller { network: told.unwrap_or(peer.ip()), agent: agent.to_owned() }
}
