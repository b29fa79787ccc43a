//! Signing in and out.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::domain::password::Password;
use crate::domain::{Identity, PersonId};
use crate::replies::pages::{self, link, sign_in as words};
use crate::services::moving;
use crate::services::people::People;
use crate::services::sign_in::{Reason, SignInError, SignedIn};
use crate::store::StoreError;

use super::chat::speaker;
use super::cookies::Jar;
use super::visitor::Visitor;
use super::{Filled, Web, see, sent};

pub async fn show(State(web): State<Web>, visitor: Visitor) -> Response {
    match visitor.signed_in(&web).await {
        Ok(Some(_)) => see(onward(&visitor), HeaderMap::new()),
        Ok(None) => web.show(StatusCode::OK, &words::sign_in(web.inner.locale, "")),
        Err(error) => web.fault(&error),
    }
}

/// Where somebody goes who is signed in: on with the chat that they came to link, else to their account.
fn onward(visitor: &Visitor) -> &'static str {
    if visitor.cookie(Jar::Chat).is_some() { link::LINK } else { pages::ACCOUNT }
}

pub async fn sign_in(State(web): State<Web>, visitor: Visitor, form: Filled) -> Response {
    let Ok(form) = form else { return web.not_taken() };
    let (name, setup) = (sent(&form, "name"), &web.inner);
    let password = Password::typed(sent(&form, "password"));
    let fresh = match (setup.fresh)() {
        Ok(fresh) => fresh,
        Err(error) => return web.fault(&error),
    };
    let now = setup.clock.now();
    let before = visitor.token();
    let (status, page) = match setup.sign_ins.sign_in(name, password, &visitor.caller, now, fresh).await {
        Ok(SignedIn { token, person, .. }) => {
            // Whoever was signed in at this browser before is not any more.
            if let Some(before) = before
                && let Err(error) = setup.sign_ins.end(&before).await
            {
                return web.fault(&error);
            }
            let mut headers = HeaderMap::new();
            Jar::Session.keep(&mut headers, &token.expose(), None, web.is_https());
            // What they said here before they signed in is theirs, and no longer of whoever sits here next.
            if let Some(visitor) = speaker::visitor(&visitor) {
                if let Err(error) = adopt(&web, &visitor, person).await {
                    return web.fault(&error);
                }
                Jar::Visitor.forget(&mut headers, web.is_https());
            }
            return see(onward(&visitor), headers);
        }
        Err(SignInError::Wrong) => (StatusCode::UNPROCESSABLE_ENTITY, words::wrong(setup.locale, name)),
        Err(SignInError::TooOften { at }) => {
            let page = pages::too_often(setup.locale, words::sign_in(setup.locale, name), at);
            (StatusCode::TOO_MANY_REQUESTS, page)
        }
        Err(SignInError::Stopped { reasons, .. }) => {
            (StatusCode::FORBIDDEN, words::stopped(setup.locale, name, &stopped(&reasons)))
        }
        Err(SignInError::Unchecked) => (StatusCode::SERVICE_UNAVAILABLE, words::unknown(setup.locale, name)),
        Err(SignInError::Fault(error)) => return web.fault(&error),
    };
    web.show(status, &page)
}

/// The records of a visitor become those of whoever they turned out to be.
async fn adopt(web: &Web, visitor: &Identity, person: PersonId) -> Result<(), StoreError> {
    let (store, now) = (&web.inner.store, web.inner.clock.now());
    if let Some(from) = People::new(store.clone()).adopt(visitor, person, now).await? {
        // What is left is moved by the timer.
        moving::at_once(store, from).await?;
    }
    Ok(())
}

fn stopped(reasons: &[Reason]) -> words::Stopped {
    let mut why = words::Stopped::default();
    for reason in reasons {
        match reason {
            Reason::Unmet(unmet) => {
                why.unmet.insert(*unmet);
            }
            Reason::LongSince { .. } => why.long_since = true,
        }
    }
    why
}

pub async fn sign_out(State(web): State<Web>, visitor: Visitor) -> Response {
    if let Some(token) = visitor.token()
        && let Err(error) = web.inner.sign_ins.end(&token).await
    {
        return web.fault(&error);
    }
    let mut headers = HeaderMap::new();
    Jar::Session.forget(&mut headers, web.is_https());
    (headers, web.show(StatusCode::OK, &words::signed_out(web.inner.locale))).into_response()
}
