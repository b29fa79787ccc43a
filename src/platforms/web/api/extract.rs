//! What a program sends, read strictly: whatever is not understood is a problem that names it.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Json, Path, Query, Request};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::problem::Failed;
use super::{MOST_BYTES, Web};
use crate::domain::Person;
use crate::replies::api::Trouble;
use crate::services::tokens::{NotTaken, Scope, Token, TokenSecret};

/// The header by which a wish is known when it is sent again.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// The most characters of such a key.
const MOST_KEY: usize = 200;

/// A query.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Web> for Asked<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failed> {
        match Query::<T>::from_request_parts(parts, web).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(QueryRejection::FailedToDeserializeQueryString(wrong)) => {
                Err(Failed::new(web, Trouble::Query(reason(&wrong.body_text()))))
            }
            Err(wrong) => Err(Failed::new(web, Trouble::Query(reason(&wrong.body_text())))),
        }
    }
}

/// A part of the path. What can't be one is an address where nothing is.
pub struct Named(pub String);

impl FromRequestParts<Web> for Named {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failed> {
        let named: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, web).await;
        named.map(|Path(name)| Self(name)).map_err(|_| Failed::new(web, Trouble::NotFound))
    }
}

/// A body of JSON.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Failed> {
        let trouble = match Json::<T>::from_request(request, web).await {
            Ok(Json(body)) => return Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Trouble::MediaType,
            Err(JsonRejection::JsonDataError(wrong)) => {
                let (at, why) = place(&wrong.body_text());
                Trouble::Body(at, why)
            }
            Err(JsonRejection::JsonSyntaxError(wrong)) => Trouble::NoJson(reason(&wrong.body_text())),
            Err(wrong) if wrong.status() == StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge(MOST_BYTES),
            Err(wrong) => Trouble::NoJson(reason(&wrong.body_text())),
        };
        Err(Failed::new(web, trouble))
    }
}

/// What the library says after its own sentence, on one line and not too long: some of it may be what was sent.
fn reason(told: &str) -> String {
    let why = told.split_once(": ").map_or(told, |(_, why)| why);
    why.chars().filter(|c| !c.is_control()).take(300).collect::<String>().trim_end_matches('.').to_owned()
}

/// Where in a body something is wrong, and what.
fn place(told: &str) -> (String, String) {
    let why = reason(told);
    match why.split_once(": ") {
        Some((at, why)) if !at.contains(' ') => (at.to_owned(), why.to_owned()),
        _ => (String::new(), why),
    }
}

/// Whoever speaks by a token.
pub struct Bearer {
    /// The token.
    pub token: Token,
    /// For whom it speaks.
    pub person: Person,
}

impl FromRequestParts<Web> for Bearer {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failed> {
        let setup = &web.inner;
        let Some(sent) = bearer(&parts.headers) else { return Err(Failed::new(web, Trouble::NoToken)) };
        let Some(secret) = TokenSecret::parse(sent) else {
            return Err(Failed::new(web, Trouble::UnknownToken));
        };
        match setup.tokens().bearer(&secret, setup.clock.now()).await {
            Ok(Ok(seen)) => Ok(Self { token: seen.token, person: seen.person }),
            Ok(Err(NotTaken::Unknown)) => Err(Failed::new(web, Trouble::UnknownToken)),
            Ok(Err(NotTaken::RunOut)) => Err(Failed::new(web, Trouble::TokenRunOut)),
            Err(error) => Err(Failed::fault(web, &error)),
        }
    }
}

impl Bearer {
    /// That the token is for this.
    pub fn needs(&self, web: &Web, scope: Scope) -> Result<(), Failed> {
        if self.token.scopes.contains(&scope) {
            return Ok(());
        }
        Err(Failed::new(web, Trouble::Scope(scope.name())))
    }
}

/// The token in a request, whatever it is worth.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The name that a program gives to a wish, where it gives one, as the desk keeps it.
pub struct Once(pub Option<String>);

impl FromRequestParts<Web> for Once {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failed> {
        let mut sent = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(key) = sent.next() else { return Ok(Self(None)) };
        let fits = |key: &str| {
            (1..=MOST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
        };
        match key.to_str() {
            Ok(key) if fits(key) && sent.next().is_none() => {
                // Of one length, and in no key of the store as somebody chose it.
                let hash = Sha256::new().chain_update("once\0").chain_update(key).finalize();
                Ok(Self(Some(format!("api-{}", URL_SAFE_NO_PAD.encode(hash)))))
            }
            Ok(_) | Err(_) => Err(Failed::new(web, Trouble::Key)),
        }
    }
}
