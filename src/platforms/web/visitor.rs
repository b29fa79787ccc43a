//! Whoever looks at a page: from where, with which cookies, and who they are where they are signed in.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::domain::Person;
use crate::services::sign_in::{Caller, Session, SessionToken};
use crate::store::StoreError;

use super::cookies::Jar;
use super::{Web, guard};

/// Whoever looks at a page.
pub struct Visitor {
    /// From where.
    pub caller: Caller,
    headers: HeaderMap,
    is_https: bool,
}

impl FromRequestParts<Web> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        // Every connection comes with it; without, limits count it as nobody's in particular.
        let nowhere = SocketAddr::from(([0, 0, 0, 0], 0));
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(nowhere, |peer| peer.0);
        let caller = guard::caller(web, peer, &parts.headers);
        Ok(Self { caller, headers: parts.headers.clone(), is_https: web.is_https() })
    }
}

impl Visitor {
    /// What one of our cookies holds.
    pub fn cookie(&self, jar: Jar) -> Option<String> {
        jar.read(&self.headers, self.is_https)
    }

    /// The token of their session, whatever it is worth.
    pub fn token(&self) -> Option<SessionToken> {
        SessionToken::parse(&self.cookie(Jar::Session)?)
    }

    /// Who they are, where they are signed in.
    pub async fn signed_in(&self, web: &Web) -> Result<Option<(Session, Person)>, StoreError> {
        match self.token() {
            Some(token) => web.inner.sign_ins.session(&token, web.inner.clock.now()).await,
            None => Ok(None),
        }
    }
}
