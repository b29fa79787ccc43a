//! Making an account: the address, then everything else behind the link that went there; and a case where that failed.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::chat::Ticket;
use crate::domain::account::form::{self, Faults};
use crate::domain::account::{CompanyForm, Field, OrgKind, Profile};
use crate::domain::password::{Password, Unmet};
use crate::domain::{LinkPurpose, MailAddress, NoUsername, Username};
use crate::replies::Locale;
use crate::replies::pages::{self, Page, password as links, sign_up as words};
use crate::services::behind_links::{NotDone, SignUp};
use crate::services::failed_sign_up::{self, FailedSignUp};
use crate::services::links::{Dead, LinkToken, Usable};

use super::cookies::Jar;
use super::password::{LINK_KEPT, cookie_value, token_of, why};
use super::visitor::Visitor;
use super::{Filled, Sent, Web, see, sent};

pub async fn show(State(web): State<Web>) -> Response {
    web.show(StatusCode::OK, &words::sign_up(web.inner.locale, "", Vec::new()))
}

pub async fn send(State(web): State<Web>, visitor: Visitor, form: Filled) -> Response {
    let Ok(form) = form else { return web.not_taken() };
    let (typed, locale) = (sent(&form, "mail"), web.inner.locale);
    let Ok(address) = MailAddress::parse(typed) else {
        let page = words::sign_up(locale, typed, vec![links::no_address(locale)]);
        return web.show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    match web.ask(LinkPurpose::SignUp, &address, &visitor).await {
        Ok(Ok(until)) => web.show(StatusCode::OK, &words::on_its_way(locale, until)),
        Ok(Err(again)) => {
            let page = pages::too_often(locale, words::sign_up(locale, typed, Vec::new()), again);
            web.show(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        Err(error) => failed(&web, &error, typed),
    }
}

/// Signing up failed, and not by what was typed.
fn failed(web: &Web, error: &dyn std::error::Error, address: &str) -> Response {
    let page = words::failed(web.inner.locale, web.reference(error), address);
    web.show(StatusCode::INTERNAL_SERVER_ERROR, &page)
}

pub async fn arrive(State(web): State<Web>, Path(token): Path<String>) -> Response {
    let mut headers = HeaderMap::new();
    Jar::SignUp.keep(&mut headers, &cookie_value(&token), Some(LINK_KEPT), web.is_https());
    see(words::FINISH, headers)
}

/// The link that somebody came by.
async fn link(web: &Web, visitor: &Visitor) -> Result<(LinkToken, Usable), Response> {
    let setup = &web.inner;
    let dead = |dead| web.dead(Jar::SignUp, &words::dead(setup.locale, why(dead)));
    let Some(token) = token_of(visitor, Jar::SignUp) else { return Err(dead(Dead::Unknown)) };
    match setup.behind_links.links().find(&token, setup.clock.now()).await {
        Ok(Ok(usable)) if usable.purpose == LinkPurpose::SignUp => Ok((token, usable)),
        Ok(Ok(_)) => Err(dead(Dead::Unknown)),
        Ok(Err(why)) => Err(dead(why)),
        Err(error) => Err(failed(web, &error, "")),
    }
}

pub async fn profile(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    match link(&web, &visitor).await {
        Ok((_, usable)) => {
            let typing =
                words::Typing { partner: asked.contains_key(words::PARTNER), ..words::Typing::default() };
            web.show(StatusCode::OK, &words::finish(web.inner.locale, usable.address.as_str(), &typing))
        }
        Err(page) => page,
    }
}

pub async fn finish(State(web): State<Web>, visitor: Visitor, filled: Filled) -> Response {
    let Ok(filled) = filled else { return web.not_taken() };
    let (token, usable) = match link(&web, &visitor).await {
        Ok(found) => found,
        Err(page) => return page,
    };
    let (setup, address) = (&web.inner, usable.address.as_str());
    let typing = typing(&filled);
    let page = |typing: &words::Typing| words::finish(setup.locale, address, typing);
    let (profile, username) = match read(&filled, &usable.address, typing.partner) {
        Ok(read) => read,
        Err(wrong) => {
            let unmet = match setup.sign_ins.unmet(&Password::typed(sent(&filled, "password"))).await {
                Ok(unmet) => unmet,
                Err(error) => return failed(&web, &error, address),
            };
            let typing = words::Typing { unmet, ..wrong.beside(setup.locale, typing) };
            return web.show(StatusCode::UNPROCESSABLE_ENTITY, &page(&typing));
        }
    };
    let again = |unmet: &BTreeSet<Unmet>| page(&words::Typing { unmet: unmet.clone(), ..typing.clone() });
    let new = match web.prepare(sent(&filled, "password"), again).await {
        Ok(new) => new,
        Err(page) => return page,
    };
    let company_name = profile.company.name.clone();
    let wish = wish(profile, username);
    let random = || (setup.random)();
    match setup.behind_links.sign_up(&token, &wish, &new, random, setup.clock.now()).await {
        Ok(signed_up) => {
            let mut headers = HeaderMap::new();
            Jar::SignUp.forget(&mut headers, web.is_https());
            let page = words::done(setup.locale, signed_up.org, &company_name);
            (headers, web.show(StatusCode::OK, &page)).into_response()
        }
        Err(NotDone::UsernameTaken) => {
            let username_faults = vec![links::username_taken(setup.locale)];
            let typing = words::Typing { username_faults, ..typing };
            web.show(StatusCode::UNPROCESSABLE_ENTITY, &page(&typing))
        }
        Err(NotDone::HasAccount) => web.dead(Jar::SignUp, &words::has_account(setup.locale)),
        Err(NotDone::Dead(dead)) => web.dead(Jar::SignUp, &words::dead(setup.locale, why(dead))),
        Err(error @ (NotDone::NoUsername | NotDone::Refused(_) | NotDone::Store(_))) => {
            failed(&web, &error, address)
        }
    }
}

fn typing(filled: &Sent) -> words::Typing {
    words::Typing {
        typed: filled.iter().filter(|(key, _)| Field::called(key).is_some()).map(owned).collect(),
        partner: !sent(filled, words::PARTNER).is_empty(),
        username: sent(filled, "username").trim().to_owned(),
        ..words::Typing::default()
    }
}

fn owned((key, value): (&String, &String)) -> (String, String) {
    (key.clone(), value.clone())
}

/// What is wrong with what was filled in, all of it at once.
struct Mistakes {
    faults: Option<Faults>,
    username: Option<NoUsername>,
}

impl Mistakes {
    fn beside(self, locale: Locale, typing: words::Typing) -> words::Typing {
        let username_faults = self.username.map(|why| links::no_username(locale, why)).into_iter().collect();
        let faults = self.faults.map(|faults| faults.0).unwrap_or_default();
        words::Typing { username_faults, faults, ..typing }
    }
}

fn read(filled: &Sent, address: &MailAddress, partner: bool) -> Result<(Profile, Username), Mistakes> {
    let kind = if partner { OrgKind::Partner { partner_id: None } } else { OrgKind::Customer };
    let mut typed = filled.clone();
    // The address is the one that was proved, whatever a form says.
    typed.insert(Field::Mail.key().to_owned(), address.to_string());
    match (form::profile(&kind, &typed), Username::parse(sent(filled, "username"))) {
        (Ok(profile), Ok(username)) => Ok((profile, username)),
        (profile, username) => Err(Mistakes { faults: profile.err(), username: username.err() }),
    }
}

fn wish(profile: Profile, username: Username) -> SignUp {
    let partner_id = match &profile.kind {
        OrgKind::Customer => None,
        OrgKind::Partner { partner_id } => partner_id.clone(),
    };
    SignUp {
        username,
        name: profile.creator.name,
        phone: profile.creator.phone,
        kind: profile.kind,
        company: CompanyForm { company: profile.company, partner_id },
    }
}

/// Opens a case about a sign-up that failed, for somebody who can't sign in.
pub async fn open_case(State(web): State<Web>, visitor: Visitor, form: Filled) -> Response {
    let Ok(form) = form else { return web.not_taken() };
    let setup = &web.inner;
    let (reference, typed) = (sent(&form, "reference"), sent(&form, "mail"));
    let Ok(address) = MailAddress::parse(typed) else {
        let page = words::ask_for_case(setup.locale, reference, typed, vec![links::no_address(setup.locale)]);
        return web.show(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let failed = FailedSignUp {
        description: words::case_text(setup.locale, reference, &address, sent(&form, "text")),
        visitor: Ticket::new((setup.random)()),
        from: visitor.caller.counted(),
    };
    match failed_sign_up::open_case(&setup.store, &setup.cases, failed, setup.clock.now()).await {
        Ok(Ok(case)) => web.show(StatusCode::OK, &words::case_opened(setup.locale, case)),
        Ok(Err(too_often)) => {
            let page: Page = words::ask_for_case(setup.locale, reference, typed, Vec::new());
            let page = pages::too_often(setup.locale, page, too_often.at);
            web.show(StatusCode::TOO_MANY_REQUESTS, &page)
        }
        Err(error) => web.fault(&error),
    }
}
