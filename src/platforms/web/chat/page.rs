//! The chat page: its turns, the field in which one types, and what it fetches.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};

use crate::chat::{ChoiceId, Reply, ReplyBlock, Ticket, Verb};
use crate::domain::Handle;
use crate::platforms::news::Speaker;
use crate::platforms::web::render::{self, Setting};
use crate::platforms::web::visitor::Visitor;
use crate::platforms::web::{Web, not_found};
use crate::replies::pages::{self, chat as words};
use crate::services::chat_log::{self, Said, Shown};
use crate::services::people::People;
use crate::store::StoreError;

use super::{EVENTS, FILES, SUGGEST, speaker};

/// How many articles are offered while somebody types.
const OFFERED: usize = 6;
/// How many turns are looked through for what was on a button.
const LOOKED_THROUGH: usize = 20;
/// The most of what was typed that articles are offered for, in characters.
const MOST_TYPED: usize = 200;

/// The page.
pub fn page(web: &Web, turns: &[Shown]) -> Response {
    let locale = web.inner.locale;
    let last = turns.last().map(|turn| turn.id);
    let main = html! {
        h1 class="unseen" { (words::title(locale)) }
        div id="turns" class="turns" role="log" tabindex="0" aria-label=(words::conversation(locale))
            data-events=(EVENTS) data-since=[turns.last().map(|turn| turn.at.timestamp_millis())] {
            @if turns.is_empty() { (greeting(web)) }
            @for shown in turns { (turn(web, shown, Some(shown.id) == last)) }
        }
        p id="trouble" class="alert" role="alert" hidden
            data-unreachable=(words::unreachable(locale)) data-away=(words::away(locale)) {}
        (composer(web))
    };
    super::document(web, &main)
}

fn greeting(web: &Web) -> Markup {
    let reply = words::greeting(web.inner.locale, &web.inner.name);
    html! { section class="turn" { (answer(web, &reply, "greeting", true)) } }
}

/// What a turn is called on the page.
pub fn name(id: Ticket) -> String {
    format!("turn-{id}")
}

/// One turn.
pub fn turn(web: &Web, shown: &Shown, is_newest: bool) -> Markup {
    let name = name(shown.id);
    html! {
        section class="turn" id=(name) data-at=(shown.at.timestamp_millis()) {
            @if let Some(text) = said(web, &shown.said) {
                div class="said" {
                    p class="unseen" { (words::says(web.inner.locale, None)) }
                    p class="typed" { (text) }
                }
            }
            (answer(web, &shown.reply, &name, is_newest))
        }
    }
}

fn said<'a>(web: &Web, said: &'a Said) -> Option<&'a str> {
    let locale = web.inner.locale;
    Some(match said {
        Said::Nothing => return None,
        Said::Unkept => words::unkept(locale),
        Said::Pressed(label) if label.is_empty() => words::pressed(locale),
        Said::Filled(title) if title.is_empty() => words::filled(locale),
        Said::Text(text) | Said::Pressed(text) | Said::Filled(text) => text,
    })
}

fn answer(web: &Web, reply: &Reply, name: &str, is_newest: bool) -> Markup {
    let id = name.strip_prefix("turn-").unwrap_or(name);
    let setting = Setting {
        look: web.look(),
        action: pages::CHAT,
        files: format!("{FILES}/{id}"),
        is_newest,
        name: name.to_owned(),
    };
    html! {
        @if !reply.is_silent() {
            div class="answer" {
                p class="unseen" { (words::says(web.inner.locale, Some(&web.inner.name))) }
                (render::reply(&setting, reply))
            }
        }
    }
}

fn composer(web: &Web) -> Markup {
    let locale = web.inner.locale;
    html! {
        form id="composer" method="post" action=(pages::CHAT) enctype="multipart/form-data" class="composer"
            data-suggest=(SUGGEST) {
            ul id="offered" role="listbox" aria-label=(words::suggestions(locale)) hidden {}
            label for="text" class="unseen" { (words::say(locale)) }
            div class="row" {
                textarea id="text" name="text" rows="1" autocomplete="off" aria-describedby="how"
                    placeholder=(words::say(locale)) {}
                button type="submit" { (words::send(locale)) }
            }
            div class="row" {
                label for="file" { (words::files(locale)) }
                input id="file" type="file" name="file" multiple;
                span id="how" class="hint" hidden { (words::how(locale)) }
            }
        }
    }
}

/// What was on a button that somebody pressed, as the newest turns show it; nothing where they don't.
pub async fn label(web: &Web, of: &Speaker, id: &ChoiceId) -> Result<String, StoreError> {
    let turns = newest(web, of).await?;
    let greeting = words::greeting(web.inner.locale, &web.inner.name);
    let replies = turns.iter().map(|turn| &turn.reply).rev().chain([&greeting]);
    Ok(replies.into_iter().find_map(|reply| on_button(reply, id)).unwrap_or_default())
}

/// What stood above a form that somebody filled in; nothing where the newest turns don't show it.
pub async fn title(web: &Web, of: &Speaker, id: &ChoiceId) -> Result<String, StoreError> {
    let turns = newest(web, of).await?;
    let forms = turns.iter().rev().filter_map(|turn| turn.reply.form.as_ref());
    Ok(forms.into_iter().find(|form| form.id == *id).map(|form| form.title.clone()).unwrap_or_default())
}

async fn newest(web: &Web, of: &Speaker) -> Result<Vec<Shown>, StoreError> {
    let store = &web.inner.store;
    match People::new(store.clone()).known(&of.who).await? {
        Some(row) => chat_log::newest(store, row.record.id, LOOKED_THROUGH).await,
        None => Ok(Vec::new()),
    }
}

fn on_button(reply: &Reply, id: &ChoiceId) -> Option<String> {
    let choices = reply.choices.iter().map(|choice| (&choice.id, choice.label.clone()));
    let listed = reply.blocks.iter().flat_map(|block| match block {
        ReplyBlock::Articles(mentions) | ReplyBlock::Also(mentions) => {
            mentions.iter().map(|mention| (&mention.press, mention.title.clone())).collect::<Vec<_>>()
        }
        ReplyBlock::Products(products) => {
            products.iter().map(|product| (&product.press, product.name.clone())).collect()
        }
        ReplyBlock::Cases(cases) => {
            cases.iter().map(|case| (&case.press, format!("{} {}", case.number, case.subject))).collect()
        }
        ReplyBlock::Paragraph(_)
        | ReplyBlock::Text(_)
        | ReplyBlock::Card(_)
        | ReplyBlock::Commands(_)
        | ReplyBlock::Timeline(_)
        | ReplyBlock::File(_)
        | ReplyBlock::Pickers(_)
        | ReplyBlock::Progress(_) => Vec::new(),
    });
    choices.chain(listed).find(|(own, _)| *own == id).map(|(_, label)| label)
}

/// Articles while somebody types, as options that a script shows.
pub async fn suggest(State(web): State<Web>, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let typed: String =
        asked.get("q").map(String::as_str).unwrap_or_default().chars().take(MOST_TYPED).collect();
    let offered = web.inner.news.desk.suggest(&typed, OFFERED);
    let options = html! {
        @for (number, article) in offered.iter().enumerate() {
            li role="option" id=(format!("offered-{number}")) aria-selected="false"
                data-press=(ChoiceId::of(&Verb::Article(Handle::from(&article.id)))) {
                @if article.id.is_numbered() { span class="about" { (article.id) " " } }
                (article.title)
            }
        }
    };
    Html(options.into_string()).into_response()
}

/// A file that the desk made in one of the reader's own turns.
pub async fn file(
    State(web): State<Web>,
    visitor: Visitor,
    Path((id, number)): Path<(String, usize)>,
) -> Response {
    match document(&web, &visitor, &id, number).await {
        Ok(Some(response)) => response,
        Ok(None) => not_found(State(web)).await,
        Err(error) => web.fault(&error),
    }
}

async fn document(
    web: &Web,
    visitor: &Visitor,
    id: &str,
    number: usize,
) -> Result<Option<Response>, StoreError> {
    let (Some(id), Some(speaker)) = (Ticket::parse(id), speaker::of(web, visitor).await?) else {
        return Ok(None);
    };
    let store = &web.inner.store;
    let Some(row) = People::new(store.clone()).known(&speaker.who).await? else { return Ok(None) };
    let Some(turn) = chat_log::one(store, row.record.id, id).await? else { return Ok(None) };
    let blocks = turn.reply.blocks.into_iter();
    let mut documents =
        blocks.filter_map(|block| if let ReplyBlock::File(document) = block { Some(document) } else { None });
    let Some(document) = documents.nth(number) else { return Ok(None) };
    // It is saved and never shown: what people wrote in a case is no page of ours.
    let name = format!("attachment; filename=\"{}\"", document.name.replace(['"', '\\'], "_"));
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let media = HeaderValue::from_str(&document.media)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    Ok(Some(([(CONTENT_TYPE, media), (CONTENT_DISPOSITION, name)], document.text).into_response()))
}
