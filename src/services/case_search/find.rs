//! One search: what somebody typed in, the cases they may see out.

use chrono::{DateTime, Utc};

use crate::domain::case::{Case, CaseNumber, Event, Text};
use crate::domain::case_query::{Note, parse};
use crate::domain::{Actor, Span};
use crate::search::cases::{Asked, Marks, Viewer};
use crate::services::cases::table::{CASES, EVENTS, key};
use crate::store::{Direction, StoreError};

use super::{CaseSearch, CaseSearchError};

/// The most cases of one answer.
const MOST: usize = 100;
/// So many of a customer's cases are held against the store, so that the count is right even before the index has heard of a change.
const CHECKED: usize = 200;
/// How many of a case's latest events are looked through for the piece that is shown, beside the first.
const LATEST: usize = 50;

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
        let mut found = Found { total: ranked.total, notes: ranked.notes, hits: Vec::new() };
        for number in ranked.cases {
            match self.seen_by(actor, number).await? {
                Some(case) if found.hits.len() < limit => {
                    found.hits.push(self.hit(actor, case, &ranked.marks).await?);
                }
                Some(_) => {}
                None => found.total = found.total.saturating_sub(1),
            }
        }
        if self.is_building() {
            found.notes.push(Note::Building);
        }
        Ok(found)
    }

    async fn seen_by(&self, actor: &Actor, number: CaseNumber) -> Result<Option<Case>, StoreError> {
        let case = CASES.get(&self.store, &key(number)).await?.map(|row| row.record);
        Ok(case.filter(|case| actor.staff().is_some() || case.belongs_to(actor.person())))
    }

    async fn hit(&self, actor: &Actor, case: Case, marks: &Marks) -> Result<Hit, StoreError> {
        let as_staff = actor.staff().is_some();
        let under = key(case.number);
        let first = EVENTS.list_under(&self.store, &under, None, 1, Direction::Forward).await?;
        let latest = EVENTS.list_under(&self.store, &under, None, LATEST, Direction::Backward).await?;
        let latest = latest.into_iter().rev().map(|row| row.record).filter(|event| event.number > 1);
        let events: Vec<Event> = first.into_iter().map(|row| row.record).chain(latest).collect();
        let read = events.iter().filter(|event| as_staff || !event.what.is_internal());
        let texts: Vec<(&str, bool)> = read.flat_map(texts).collect();
        let piece = marks.piece(texts.iter().map(|(text, _)| *text));
        let (at, piece) = piece.unwrap_or_default();
        let is_noted = texts.get(at).is_some_and(|(_, is_noted)| *is_noted);
        Ok(Hit { subject: marks.mark(case.subject.as_str()), piece, is_noted, case })
    }
}

/// What was written in an event and the names of its files, with whether only staff may read them.
fn texts(event: &Event) -> Vec<(&str, bool)> {
    let files = event.what.files().iter().map(|file| file.name.as_str());
    let is_noted = event.what.is_internal();
    event.what.text().map(Text::as_str).into_iter().chain(files).map(|text| (text, is_noted)).collect()
}
