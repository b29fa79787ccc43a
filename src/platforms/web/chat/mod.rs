//! The chat: a page that is a plain form, and goes on by itself where a browser runs scripts.

mod events;
mod page;
mod sent;
pub mod speaker;

pub use events::events;
pub use page::{file, suggest};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use chrono::TimeDelta;
use maud::html;

use crate::chat::{Input, Reply, Ticket};
use crate::handlers::Answer;
use crate::platforms::news::Speaker;
use crate::replies::pages::{self, chat as words};
use crate::services::chat_log::{self, Said, Shown};
use crate::services::people::People;
use crate::store::StoreError;

use super::visitor::Visitor;
use super::{Web, see};
use sent::NotTaken;

/// How many turns a page shows.
const SHOWN: usize = 40;
/// What a script asks for: only the turn, and no page around it.
const TURN_ONLY: &str = "x-turn-only";
/// Where the files of a turn are: its name and the number of the file follow.
pub const FILES: &str = "/chat/files";
/// Where new turns are told to an open page.
pub const EVENTS: &str = "/chat/events";
/// Where articles are offered while somebody types.
pub const SUGGEST: &str = "/chat/suggest";

pub async fn show(State(web): State<Web>, visitor: Visitor) -> Response {
    match shown(&web, &visitor).await {
        Ok(response) => response,
        Err(error) => web.fault(&error),
    }
}

async fn shown(web: &Web, visitor: &Visitor) -> Result<Response, StoreError> {
    let mut turns = Vec::new();
    if let Some(speaker) = speaker::of(web, visitor).await?
        && let Some(row) = People::new(web.inner.store.clone()).known(&speaker.who).await?
    {
        if let Some(reply) = web.inner.news.now(&speaker).await {
            keep(web, &speaker, Said::Nothing, &reply).await?;
        }
        turns = chat_log::newest(&web.inner.store, row.record.id, SHOWN).await?;
    }
    Ok(page::page(web, &turns))
}

/// One turn: what was typed, pressed or filled in, and files.
pub async fn say(State(web): State<Web>, visitor: Visitor, request: Request) -> Response {
    let is_turn_only = request.headers().contains_key(TURN_ONLY);
    let sent = match sent::read(&web, request).await {
        Ok(sent) => sent,
        Err(NotTaken::Empty) => return see(pages::CHAT, HeaderMap::new()),
        Err(NotTaken::Wrong) => return web.not_taken(),
    };
    match turn(&web, &visitor, sent, is_turn_only).await {
        Ok(response) => response,
        Err(error) => web.fault(error.as_ref()),
    }
}

async fn turn(
    web: &Web,
    visitor: &Visitor,
    sent: sent::Sent,
    is_turn_only: bool,
) -> Result<Response, Box<dyn std::error::Error + Send + Sync>> {
    let mut headers = HeaderMap::new();
    let speaker = match speaker::of(web, visitor).await? {
        Some(speaker) => speaker,
        None => speaker::new(web, &mut headers)?,
    };
    let request = sent.request(&speaker);
    let desk = &web.inner.news.desk;
    let Answer { reply, said, rest } = desk.answer(&request).await;
    let files: Vec<&str> = request.files.iter().map(|file| file.name.as_str()).collect();
    let said = match (request.input, said) {
        (_, Some(text)) => Said::Text(words::with_files(web.inner.locale, text, &files)),
        (Input::Press(id), None) => Said::Pressed(page::label(web, &speaker, &id).await?),
        (Input::Form { id, .. }, None) => Said::Filled(page::title(web, &speaker, &id).await?),
        (_, None) => Said::Unkept,
    };
    let kept = keep(web, &speaker, said, &reply).await;
    if let Some(rest) = rest {
        rest.keep().await;
    }
    let Some(turn) = kept? else { return Ok(see(pages::CHAT, headers)) };
    if is_turn_only {
        return Ok((headers, Html(page::turn(web, &turn, true).into_string())).into_response());
    }
    Ok(see(&format!("{}#{}", pages::CHAT, page::name(turn.id)), headers))
}

/// Has what was said shown by every page of this chat; `None` where the desk doesn't know whose chat it is.
async fn keep(web: &Web, speaker: &Speaker, said: Said, reply: &Reply) -> Result<Option<Shown>, StoreError> {
    let people = People::new(web.inner.store.clone());
    let Some(row) = people.known(&speaker.who).await? else { return Ok(None) };
    let store = &web.inner.store;
    // Turns are shown in the order in which they were, also when two come within a millisecond.
    let before = chat_log::newest(store, row.record.id, 1).await?;
    let now = web.inner.clock.now();
    let at = before.last().map_or(now, |last| now.max(last.at + TimeDelta::milliseconds(1)));
    let turn = Shown {
        person: row.record.id,
        at,
        id: Ticket::new((web.inner.random)()),
        said,
        reply: reply.clone(),
    };
    chat_log::add(store, &turn).await?;
    Ok(Some(turn))
}

/// The chat as part of a document.
fn document(web: &Web, main: &maud::Markup) -> Response {
    let title = words::title(web.inner.locale);
    web.document(StatusCode::OK, title, pages::CHAT, html! {}, main)
}
