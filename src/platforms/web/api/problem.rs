//! What the API answers where it can't do what was asked: a problem as RFC 9457 has it.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Web;
use crate::replies::api::{self as words, Trouble};

/// The media type of a problem.
pub const PROBLEM: &str = "application/problem+json";

/// Why something was not done. Nothing was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What kind of problem it is. Programs may go by it; it never changes its meaning.
    #[serde(rename = "type")]
    #[schema(example = "urn:guidepost:problem:not-found")]
    kind: String,
    /// The same in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is so this time, and what to do.
    detail: String,
    /// By what the desk's operator finds a fault of ours in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// A problem as an answer.
pub struct Failed(Box<Inner>);

/// On the heap: most requests do not fail, and each would have to hold the room for it.
struct Inner {
    problem: Problem,
    status: StatusCode,
    trouble: Trouble,
    now: DateTime<Utc>,
}

impl Failed {
    /// What stands in the way, for whoever asked this desk.
    pub fn new(web: &Web, trouble: Trouble) -> Self {
        let setup = &web.inner;
        let (status, kind) = kind_of(&trouble);
        let words = words::trouble(setup.locale, &trouble);
        let reference =
            if let Trouble::Fault(reference) = &trouble { Some(reference.to_string()) } else { None };
        let problem = Problem {
            kind: format!("urn:guidepost:problem:{kind}"),
            title: words.title,
            status: status.as_u16(),
            detail: words.detail,
            reference,
        };
        Self(Box::new(Inner { problem, status, trouble, now: setup.clock.now() }))
    }

    /// The same, where something of ours failed: the log and the answer know it by one reference.
    pub fn fault(web: &Web, error: &dyn std::error::Error) -> Self {
        Self::new(web, Trouble::Fault(web.reference(error)))
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let Inner { problem, status, trouble, now } = *self.0;
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if let Some(at) = again_at(&trouble) {
            let seconds = ((at - now).num_milliseconds() + 999).div_euclid(1000).max(1);
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(challenge) = challenge(&trouble) {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The status of a trouble, and its name for programs.
const fn kind_of(trouble: &Trouble) -> (StatusCode, &'static str) {
    match trouble {
        Trouble::NoToken => (StatusCode::UNAUTHORIZED, "no-token"),
        Trouble::UnknownToken => (StatusCode::UNAUTHORIZED, "unknown-token"),
        Trouble::TokenRunOut => (StatusCode::UNAUTHORIZED, "token-run-out"),
        Trouble::Scope(_) => (StatusCode::FORBIDDEN, "scope"),
        Trouble::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Trouble::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
        Trouble::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
        Trouble::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
        Trouble::NoJson(_) => (StatusCode::BAD_REQUEST, "no-json"),
        Trouble::Body(..) => (StatusCode::UNPROCESSABLE_ENTITY, "body"),
        Trouble::Query(_) => (StatusCode::BAD_REQUEST, "query"),
        Trouble::Cursor => (StatusCode::NOT_FOUND, "cursor"),
        Trouble::Key => (StatusCode::BAD_REQUEST, "key"),
        Trouble::KeyReused => (StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
        Trouble::Text(..) => (StatusCode::UNPROCESSABLE_ENTITY, "text"),
        Trouble::Product => (StatusCode::NOT_FOUND, "product"),
        Trouble::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, "too-often"),
        Trouble::TooManyCases { .. } => (StatusCode::CONFLICT, "too-many-cases"),
        Trouble::TooSoon(_) => (StatusCode::TOO_MANY_REQUESTS, "too-soon"),
        Trouble::Case(..) => (StatusCode::CONFLICT, "case"),
        Trouble::Host => (StatusCode::MISDIRECTED_REQUEST, "host"),
        Trouble::Fault(_) => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
    }
}

/// When it is possible again.
fn again_at(trouble: &Trouble) -> Option<DateTime<Utc>> {
    if let Trouble::TooOften(at) | Trouble::TooSoon(at) = trouble { Some(*at) } else { None }
}

/// How to prove who one is, as RFC 6750 says it.
fn challenge(trouble: &Trouble) -> Option<HeaderValue> {
    let more = if let Trouble::Scope(scope) = trouble {
        format!(", error=\"insufficient_scope\", scope=\"{scope}\"")
    } else if matches!(trouble, Trouble::UnknownToken | Trouble::TokenRunOut) {
        ", error=\"invalid_token\"".to_owned()
    } else if matches!(trouble, Trouble::NoToken) {
        String::new()
    } else {
        return None;
    };
    HeaderValue::from_str(&format!("Bearer realm=\"guidepost\"{more}")).ok()
}
