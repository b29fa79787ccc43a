//! A forgotten password: asking for a link, and choosing a new one behind it.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use chrono::{DateTime, Utc};

use crate::chat::Ticket;
use crate::domain::password::{Password, Unmet};
use crate::domain::{LinkPurpose, MailAddress};
use crate::replies::pages::{self, Page, password as words, sign_in};
use crate::services::behind_links::NotDone;
use crate::services::links::{Dead, LinkToken};
use crate::services::sign_in::{NewPassword, PrepareError};
use crate::store::StoreError;

use super::cookies::Jar;
use super::visitor::Visitor;
use super::{Filled, Web, see, sent};

/// For how long a browser keeps the token of a link, in seconds: no longer than the link works.
pub const LINK_KEPT: i64 = 30 * 60;

pub async fn forgotten(State(web): State<Web>) -> Response {
    web.show(StatusCode::OK, &words::forgotten(web.inner.locale, "", Vec::new()))
}

pub async fn send(State(web): State<Web>, visitor: Visitor, form: Filled) -> Response {
    let Ok(form) = form else { return web.not_taken() };
    let (typed, locale) = (sent(&form, "mail"), web.inner.locale);
    let Ok(address) = MailAddress::parse(typed) else {
        let page = words::forgotten(locale, typed, vec![words::no_address(locale)]);
        return web.show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match web.ask(LinkPurpose::Reset, &address, &visitor).await {
        Ok(Ok(until)) => web.show(StatusCode::OK, &words::on_its_way(locale, until)),
        Ok(Err(again)) => {
            let page = pages::too_often(locale, words::forgotten(locale, typed, Vec::new()), again);
            web.show(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        Err(error) => web.fault(&error),
    }
}

impl Web {
    /// Has a link sent; until when it works, or when the next one is possible.
    pub(super) async fn ask(
        &self,
        purpose: LinkPurpose,
        address: &MailAddress,
        visitor: &Visitor,
    ) -> Result<Result<DateTime<Utc>, DateTime<Utc>>, StoreError> {
        let (now, ticket) = (self.inner.clock.now(), Ticket::new((self.inner.random)()));
        let links = self.inner.behind_links.links();
        let asked = links.ask(purpose, address, None, &visitor.caller.counted(), now, ticket).await?;
        Ok(asked.map_err(|too_often| too_often.at))
    }

    /// A new password, held against the rules and hashed; else the page that says what is wrong, made by whoever asks for it.
    pub(super) async fn prepare(
        &self,
        typed: &str,
        again: impl FnOnce(&BTreeSet<Unmet>) -> Page,
    ) -> Result<NewPassword, Response> {
        let now = self.inner.clock.now();
        match self.inner.sign_ins.prepare(Password::typed(typed), &[], now).await {
            Ok(new) => Ok(new),
            Err(PrepareError::Unacceptable { unmet }) => {
                Err(self.show(StatusCode::UNPROCESSABLE_ENTITY, &again(&unmet)))
            }
            Err(PrepareError::Unchecked) => {
                let page = again(&BTreeSet::new()).wrong(sign_in::not_checked(self.inner.locale));
                Err(self.show(StatusCode::SERVICE_UNAVAILABLE, &page))
            }
            Err(PrepareError::Fault(error)) => Err(self.fault(&error)),
        }
    }

    /// A link does not work: the browser forgets it.
    pub(super) fn dead(&self, jar: Jar, page: &Page) -> Response {
        self.dead_with(StatusCode::GONE, jar, page)
    }

    /// The same where nothing went wrong: the link did what it is for.
    pub(super) fn dead_with(&self, status: StatusCode, jar: Jar, page: &Page) -> Response {
        let mut headers = HeaderMap::new();
        jar.forget(&mut headers, self.is_https());
        (headers, self.show(status, page)).into_response()
    }
}

/// The token leaves the address bar at once, and is not used up: programs that read mail open links, too.
pub async fn arrive(State(web): State<Web>, Path(token): Path<String>) -> Response {
    let mut headers = HeaderMap::new();
    Jar::Reset.keep(&mut headers, &cookie_value(&token), Some(LINK_KEPT), web.is_https());
    see(words::NEW, headers)
}

/// Only what can be a token is handed back to a browser.
pub fn cookie_value(token: &str) -> String {
    token.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).take(200).collect()
}

/// Why a link does not work, as a page says it.
pub const fn why(dead: Dead) -> words::DeadLink {
    match dead {
        Dead::Expired => words::DeadLink::Expired,
        Dead::Used => words::DeadLink::Used,
        Dead::Replaced => words::DeadLink::Replaced,
        Dead::Unknown => words::DeadLink::Unknown,
    }
}

pub async fn choose(State(web): State<Web>, visitor: Visitor) -> Response {
    let (setup, token) = (&web.inner, token_of(&visitor, Jar::Reset));
    let found = match token {
        Some(token) => setup.behind_links.links().find(&token, setup.clock.now()).await,
        None => Ok(Err(Dead::Unknown)),
    };
    match found {
        Ok(Ok(usable)) if usable.purpose == LinkPurpose::Reset => {
            web.show(StatusCode::OK, &words::choose(setup.locale, &BTreeSet::new()))
        }
        Ok(Ok(_)) => web.dead(Jar::Reset, &words::dead(setup.locale, why(Dead::Unknown))),
        Ok(Err(dead)) => web.dead(Jar::Reset, &words::dead(setup.locale, why(dead))),
        Err(error) => web.fault(&error),
    }
}

/// The token of the link that somebody came by.
pub fn token_of(visitor: &Visitor, jar: Jar) -> Option<LinkToken> {
    LinkToken::parse(&visitor.cookie(jar)?)
}

pub async fn set(State(web): State<Web>, visitor: Visitor, form: Filled) -> Response {
    let Ok(form) = form else { return web.not_taken() };
    let setup = &web.inner;
    let Some(token) = token_of(&visitor, Jar::Reset) else {
        return web.dead(Jar::Reset, &words::dead(setup.locale, why(Dead::Unknown)));
    };
    // First: a link that does not work keeps nobody busy with hashing.
    match setup.behind_links.links().find(&token, setup.clock.now()).await {
        Ok(Ok(_)) => {}
        Ok(Err(dead)) => return web.dead(Jar::Reset, &words::dead(setup.locale, why(dead))),
        Err(error) => return web.fault(&error),
    }
    let again = |unmet: &BTreeSet<Unmet>| words::choose(setup.locale, unmet);
    let new = match web.prepare(sent(&form, "password"), again).await {
        Ok(new) => new,
        Err(page) => return page,
    };
    match setup.behind_links.reset(&token, &new, setup.clock.now()).await {
        Ok(_) => {
            let mut headers = HeaderMap::new();
            Jar::Reset.forget(&mut headers, web.is_https());
            Jar::Session.forget(&mut headers, web.is_https());
            (headers, web.show(StatusCode::OK, &words::done(setup.locale))).into_response()
        }
        Err(NotDone::Dead(dead)) => web.dead(Jar::Reset, &words::dead(setup.locale, why(dead))),
        Err(error) => web.fault(&error),
    }
}
