//! What is new in a chat, told to the pages that show it as it happens.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::stream;
use tokio::sync::mpsc;

use crate::chat::Ticket;
use crate::platforms::news::{News, Speaker};
use crate::platforms::web::visitor::Visitor;
use crate::platforms::web::{Web, not_found};
use crate::services::chat_log::{self, Said};
use crate::services::people::People;
use crate::store::StoreError;

use super::{keep, page, speaker};

/// After so long it looks by itself: another desk on the same server commits without a word here.
const LOOK: TimeDelta = TimeDelta::seconds(5);
/// Between two looks: a desk that is busy with others is not asked after each of its commits.
const PACE: Duration = Duration::from_millis(50);
/// Turns are kept in the order of the clock, but are not seen in it: so far back is looked again.
const OVERLAP: TimeDelta = TimeDelta::seconds(5);
/// The most turns that are told at once.
const AT_ONCE: usize = 20;

/// The turns since a moment, and then each as it comes.
pub async fn events(
    State(web): State<Web>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let speaker = match speaker::of(&web, &visitor).await {
        Ok(Some(speaker)) => speaker,
        Ok(None) => return not_found(State(web)).await,
        Err(error) => return web.fault(&error),
    };
    // A browser that comes back says what it saw last.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let since = last.or(asked.get("since").map(String::as_str)).and_then(|text| text.parse().ok());
    let since = since.and_then(DateTime::from_timestamp_millis).unwrap_or_else(|| web.inner.clock.now());
    let (tell, told) = mpsc::channel(1);
    tokio::spawn(follow(web, speaker, since, tell));
    let stream = stream::unfold(told, async |mut told| {
        let event: Event = told.recv().await?;
        Some((Ok::<_, Infallible>(event), told))
    });
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// Tells what is new until nobody listens any more or the desk stops.
async fn follow(web: Web, speaker: Speaker, since: DateTime<Utc>, tell: mpsc::Sender<Event>) {
    let News { mut commits, clock, .. } = web.inner.news.clone();
    let mut stopping = web.inner.stopping.subscribe();
    let mut following = Following { at: since, told: BTreeSet::new(), speaker };
    loop {
        // Before looking, so that what is committed while it looks makes it look again.
        commits.borrow_and_update();
        match following.look(&web).await {
            Ok(events) => {
                for event in events {
                    if tell.send(event).await.is_err() {
                        return;
                    }
                }
            }
            // The browser comes back by itself.
            Err(error) => {
                tracing::warn!(%error, "a chat could not be followed");
                return;
            }
        }
        let look = clock.now() + LOOK;
        tokio::select! {
            Ok(()) = commits.changed() => {}
            () = clock.sleep_until(look) => {}
            () = tell.closed() => return,
            _ = stopping.wait_for(|stops| *stops) => return,
        }
        tokio::time::sleep(PACE).await;
    }
}

struct Following {
    /// Up to when all was told.
    at: DateTime<Utc>,
    /// What was told of the time that is looked at again.
    told: BTreeSet<(DateTime<Utc>, Ticket)>,
    speaker: Speaker,
}

impl Following {
    async fn look(&mut self, web: &Web) -> Result<Vec<Event>, StoreError> {
        let store = &web.inner.store;
        if let Some(reply) = web.inner.news.now(&self.speaker).await {
            keep(web, &self.speaker, Said::Nothing, &reply).await?;
        }
        let Some(row) = People::new(store.clone()).known(&self.speaker.who).await? else {
            return Ok(Vec::new());
        };
        let from = self.at - OVERLAP;
        self.told.retain(|(at, _)| *at >= from);
        let turns = chat_log::since(store, row.record.id, from, AT_ONCE).await?;
        let mut events = Vec::new();
        for turn in &turns {
            self.at = self.at.max(turn.at);
            if self.told.insert((turn.at, turn.id)) {
                let markup = page::turn(web, turn, true).into_string();
                events.push(Event::default().id(turn.at.timestamp_millis().to_string()).data(markup));
            }
        }
        Ok(events)
    }
}
