//! Where somebody is signed in.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::domain::Person;
use crate::replies::pages::{self, account as words};
use crate::services::sign_in::{Session, SessionId};
use crate::store::StoreError;

use super::cookies::Jar;
use super::visitor::Visitor;
use super::{Filled, Web, see, sent};

pub async fn show(State(web): State<Web>, visitor: Visitor) -> Response {
    match visitor.signed_in(&web).await {
        Ok(Some((session, person))) => match page(&web, &session, &person).await {
            Ok(page) => web.show(StatusCode::OK, &page),
            Err(error) => web.fault(&error),
        },
        Ok(None) => see(pages::SIGN_IN, HeaderMap::new()),
        Err(error) => web.fault(&error),
    }
}

async fn page(web: &Web, here: &Session, person: &Person) -> Result<pages::Page, StoreError> {
    let setup = &web.inner;
    let accounts = setup.accounts.account_of(person.id).await?;
    let companies: Vec<String> = accounts
        .iter()
        .map(|known| &known.account.organisation)
        .map(|organisation| words::company(setup.locale, &organisation.company.name, organisation.id))
        .collect();
    let sessions = setup.sign_ins.sessions(person.id, setup.clock.now()).await?;
    let sign_ins: Vec<words::SignedIn> = sessions
        .into_iter()
        .map(|session| words::SignedIn {
            here: session.id == here.id,
            id: session.id.as_str().to_owned(),
            from: session.from,
            begun: session.begun,
            seen: session.seen,
        })
        .collect();
    Ok(words::account(setup.locale, person, &companies, &sign_ins))
}

pub async fn end(State(web): State<Web>, visitor: Visitor, form: Filled) -> Response {
    let Ok(form) = form else { return web.not_taken() };
    let ended = async {
        let Some((_, person)) = visitor.signed_in(&web).await? else { return Ok(()) };
        if let Some(id) = SessionId::parse(sent(&form, "id")) {
            web.inner.sign_ins.end_one(person.id, &id).await?;
        }
        Ok::<_, StoreError>(())
    };
    match ended.await {
        Ok(()) => see(pages::ACCOUNT, HeaderMap::new()),
        Err(error) => web.fault(&error),
    }
}

pub async fn end_all(State(web): State<Web>, visitor: Visitor) -> Response {
    let setup = &web.inner;
    let ended = async {
        let Some((_, person)) = visitor.signed_in(&web).await? else { return Ok(()) };
        setup.sign_ins.end_all(person.id, setup.clock.now()).await.map(|_| ())
    };
    match ended.await {
        Ok::<(), StoreError>(()) => {
            let mut headers = HeaderMap::new();
            Jar::Session.forget(&mut headers, web.is_https());
            (headers, web.show(StatusCode::OK, &words::ended(setup.locale))).into_response()
        }
        Err(error) => web.fault(&error),
    }
}
