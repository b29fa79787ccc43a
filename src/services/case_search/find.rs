//! One search: what somebody typed in, the cases they may see out.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::domain::case::{Case, CaseNumber, Event, Text, corrected};
use crate::domain::case_query::{Note, parse};
use crate::domain::{Actor, Span};
use crate::search::cases::{Asked, Marks, Viewer};
use crate::services::cases::table::{CASES, EVENTS, event_key, key};
use crate::store::{Key, StoreError};

use super::{CaseSearch, CaseSearchError};

/// The most cases of one answer.
const MOST: usize = 100;
/// So many of a customer's cases are held against the store, so that the count is right even before the index has heard of a change.
const CHECKED: usize = 200;
/// How many of a case's latest events are looked through for the piece that is shown, beside the first.
const LATEST: u32 = 50;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The cases, the best first.
    pub hits: Vec<Hit>,
    /// How many cases there are in all.
    pub total: usize,
    /// What was not understood, or otherwise than it was written.
    pub notes: Vec<Note>,
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The case as it is now.
    pub case: Case,
    /// Its subject, with what matched marked.
    pub subject: Vec<Span>,
    /// The piece of what was written that matches best, on one line; none where nothing was written beside the subject.
    pub piece: Vec<Span>,
    /// Whether only staff may read the piece.
    pub is_noted: bool,
}

impl CaseSearch {
    /// Finds cases for somebody: `limit` of them at most. Every text is some search; what was not understood is noted. What is answered
    /// was held against the store a moment ago.
    pub async fn search(
        &self,
        actor: &Actor,
        text: &str,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Found, CaseSearchError> {
        let query = parse(text, now);
        let limit = limit.clamp(1, MOST);
        let (viewer, checked) = match actor.staff() {
            Some(staff) => (Viewer::Staff(staff.person()), limit),
            None => (Viewer::Customer(actor.person()), CHECKED),
        };
        let ranked = self.index.search(&Asked { viewer, query: &query, limit: checked, now })?;
        let mut cases = self.seen_by(actor, &ranked.cases).await?;
        let unseen = ranked.cases.len() - cases.len();
        cases.truncate(limit);
        let mut events = self.events(&cases).await?;
        let hits = cases.into_iter().map(|case| {
            let events = events.remove(&case.number).unwrap_or_default();
            hit(actor, case, &events, &ranked.marks)
        });
        let mut found =
            Found { hits: hits.collect(), total: ranked.total.saturating_sub(unseen), notes: ranked.notes };
        if self.is_building() {
            found.notes.push(Note::Building);
        }
        Ok(found)
    }

    /// Those of the cases that somebody may see, in their order.
    async fn seen_by(&self, actor: &Actor, numbers: &[CaseNumber]) -> Result<Vec<Case>, StoreError> {
        let keys: Vec<_> = numbers.iter().map(|number| key(*number)).collect();
        let cases = CASES.get_all(&self.store, &keys).await?.into_iter().map(|row| row.record);
        Ok(cases.filter(|case| actor.staff().is_some() || case.belongs_to(actor.person())).collect())
    }

    /// The events of each case among which the piece is looked for: how many there are says their keys.
    async fn events(&self, cases: &[Case]) -> Result<HashMap<CaseNumber, Vec<Event>>, StoreError> {
        let keys: Vec<_> = cases.iter().flat_map(read_of).collect();
        let mut events = HashMap::<CaseNumber, Vec<Event>>::new();
        for row in EVENTS.get_all(&self.store, &keys).await? {
            events.entry(row.record.case).or_default().push(row.record);
        }
        Ok(events)
    }
}

/// The keys of the first event and the latest ones.
fn read_of(case: &Case) -> impl Iterator<Item = Key> {
    let (number, latest) = (case.number, case.events.saturating_sub(LATEST).max(1) + 1);
    std::iter::once(1).chain(latest..=case.events).map(move |event| event_key(number, event))
}

fn hit(actor: &Actor, case: Case, events: &[Event], marks: &Marks) -> Hit {
    let as_staff = actor.staff().is_some();
    let read = events.iter().filter(|event| as_staff || !event.what.is_internal());
    let corrected = corrected(events);
    let texts: Vec<(&str, bool)> =
        read.flat_map(|event| texts(event, !corrected.contains(&event.number))).collect();
    let (at, piece) = marks.piece(texts.iter().map(|(text, _)| *text)).unwrap_or_default();
    let is_noted = texts.get(at).is_some_and(|(_, is_noted)| *is_noted);
    Hit { subject: marks.mark(case.subject.as_str()), piece, is_noted, case }
}

/// What was written in an event, where that still holds, and the names of its files, with whether only staff may read them.
fn texts(event: &Event, holds: bool) -> Vec<(&str, bool)> {
    let files = event.what.files().iter().map(|file| file.name.as_str());
    let is_noted = event.what.is_internal();
    let words = event.what.text().filter(|_| holds).map(Text::as_str);
    words.into_iter().chain(files).map(|text| (text, is_noted)).collect()
}
