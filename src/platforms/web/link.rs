//! Linking a chat to whoever is signed in: the page shows a code that has to be typed in the chat.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::domain::Person;
use crate::replies::pages::{self, link as words};
use crate::services::identity::{Asking, ClaimError};

use super::cookies::Jar;
use super::password::cookie_value;
use super::visitor::Visitor;
use super::{Web, see};

/// For how long a browser keeps the token, in seconds: no longer than it counts.
const KEPT: i64 = 10 * 60;

pub async fn arrive(State(web): State<Web>, Path(token): Path<String>) -> Response {
    let mut headers = HeaderMap::new();
    Jar::Chat.keep(&mut headers, &cookie_value(&token), Some(KEPT), web.is_https());
    see(words::LINK, headers)
}

/// Who is signed in, and which chat waits; else the page that is shown instead. Whoever is not signed in does that first, and comes back.
async fn asked(web: &Web, visitor: &Visitor) -> Result<(Person, String, Asking), Response> {
    let setup = &web.inner;
    let Some(token) = visitor.cookie(Jar::Chat) else {
        return Err(web.dead(Jar::Chat, &words::dead(setup.locale)));
    };
    let person = match visitor.signed_in(web).await {
        Ok(Some((_, person))) => person,
        Ok(None) => return Err(see(pages::SIGN_IN, HeaderMap::new())),
        Err(error) => return Err(web.fault(&error)),
    };
    match setup.identities.look(&token, setup.clock.now()).await {
        Ok(asking) => Ok((person, token, asking)),
        Err(error) => Err(refused(web, error)),
    }
}

fn refused(web: &Web, error: ClaimError) -> Response {
    let locale = web.inner.locale;
    match error {
        ClaimError::Unknown | ClaimError::Expired | ClaimError::Over => {
            web.dead(Jar::Chat, &words::dead(locale))
        }
        ClaimError::Own => web.dead(Jar::Chat, &words::own(locale)),
        ClaimError::TooOften(too_often) => {
            let page = pages::too_often(locale, words::dead(locale), too_often.at);
            web.show(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        ClaimError::Store(error) => web.fault(&error),
    }
}

pub async fn show(State(web): State<Web>, visitor: Visitor) -> Response {
    let locale = web.inner.locale;
    match asked(&web, &visitor).await {
        Ok((person, _, asking)) => {
            let chat = words::called(locale, &asking.chat, asking.name.as_deref());
            let who = person.mail.as_ref().map(ToString::to_string).unwrap_or_default();
            web.show(StatusCode::OK, &words::confirm(locale, &chat, &who))
        }
        Err(page) => page,
    }
}

pub async fn claim(State(web): State<Web>, visitor: Visitor) -> Response {
    let setup = &web.inner;
    let (person, token, asking) = match asked(&web, &visitor).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    match setup.identities.claim(&token, person.id, setup.clock.now()).await {
        Ok(code) => {
            let chat = words::called(setup.locale, &asking.chat, asking.name.as_deref());
            web.dead_with(StatusCode::OK, Jar::Chat, &words::code(setup.locale, &chat, code.digits()))
        }
        Err(error) => refused(&web, error),
    }
}
