//! An invited contact makes their sign-in.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::domain::Username;
use crate::domain::password::Unmet;
use crate::replies::pages::Page;
use crate::replies::pages::password as words;
use crate::services::accounts::{Invitation, InvitationToken};
use crate::services::behind_links::NotDone;
use crate::services::links::Dead;

use super::cookies::Jar;
use super::password::{LINK_KEPT, cookie_value, why};
use super::visitor::Visitor;
use super::{Filled, Web, see, sent};

pub async fn arrive(State(web): State<Web>, Path(token): Path<String>) -> Response {
    let mut headers = HeaderMap::new();
    Jar::Invitation.keep(&mut headers, &cookie_value(&token), Some(LINK_KEPT), web.is_https());
    see(words::INVITATION, headers)
}

/// The invitation that somebody came by, with the username that they have already.
async fn invitation(
    web: &Web,
    visitor: &Visitor,
) -> Result<(InvitationToken, Invitation, Option<Username>), Response> {
    let setup = &web.inner;
    let dead = |dead| web.dead(Jar::Invitation, &words::dead_invitation(setup.locale, why(dead)));
    let token = visitor.cookie(Jar::Invitation).and_then(|text| InvitationToken::parse(&text));
    let Some(token) = token else { return Err(dead(Dead::Unknown)) };
    match setup.behind_links.invitation(&token, setup.clock.now()).await {
        Ok(Ok((invitation, username))) => Ok((token, invitation, username)),
        Ok(Err(why)) => Err(dead(why)),
        Err(error) => Err(web.fault(&error)),
    }
}

fn form(
    web: &Web,
    invitation: &Invitation,
    username: &str,
    username_faults: Vec<String>,
    unmet: &BTreeSet<Unmet>,
) -> Page {
    let name = invitation.contact.name.as_str();
    let invited = words::Invited { company: &invitation.company, name, username, username_faults, unmet };
    words::invitation(web.inner.locale, &invited)
}

pub async fn show(State(web): State<Web>, visitor: Visitor) -> Response {
    match invitation(&web, &visitor).await {
        Ok((_, invitation, own)) => {
            let own = own.map(|name| name.to_string()).unwrap_or_default();
            web.show(StatusCode::OK, &form(&web, &invitation, &own, Vec::new(), &BTreeSet::new()))
        }
        Err(page) => page,
    }
}

pub async fn accept(State(web): State<Web>, visitor: Visitor, sent_form: Filled) -> Response {
    let Ok(filled) = sent_form else { return web.not_taken() };
    let setup = &web.inner;
    let (token, invitation, own) = match invitation(&web, &visitor).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let typed = sent(&filled, "username").trim();
    let refused = |fault: String, unmet: &BTreeSet<Unmet>| {
        let page = form(&web, &invitation, typed, vec![fault], unmet);
        web.show(StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    let username = match Username::parse(typed) {
        Ok(name) => Some(name),
        Err(_) if typed.is_empty() && own.is_some() => None,
        Err(error) => return refused(words::no_username(setup.locale, error), &BTreeSet::new()),
    };
    let again = |unmet: &BTreeSet<Unmet>| form(&web, &invitation, typed, Vec::new(), unmet);
    let new = match web.prepare(sent(&filled, "password"), again).await {
        Ok(new) => new,
        Err(page) => return page,
    };
    let now = setup.clock.now();
    match setup.behind_links.accept_invitation(&token, username.as_ref(), &new, now).await {
        Ok(_) => {
            let mut headers = HeaderMap::new();
            Jar::Invitation.forget(&mut headers, web.is_https());
            Jar::Session.forget(&mut headers, web.is_https());
            let page = words::joined(setup.locale, &invitation.company, username.or(own).as_ref());
            (headers, web.show(StatusCode::OK, &page)).into_response()
        }
        Err(NotDone::UsernameTaken) => refused(words::username_taken(setup.locale), &BTreeSet::new()),
        Err(NotDone::NoUsername) => refused(words::username_missing(setup.locale), &BTreeSet::new()),
        Err(NotDone::Dead(dead)) => {
            web.dead(Jar::Invitation, &words::dead_invitation(setup.locale, why(dead)))
        }
        Err(NotDone::HasAccount | NotDone::Refused(_)) => {
            web.dead(Jar::Invitation, &words::dead_invitation(setup.locale, why(Dead::Unknown)))
        }
        Err(NotDone::Store(error)) => web.fault(&error),
    }
}
