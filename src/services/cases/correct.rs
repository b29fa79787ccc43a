//! What was said in the room of a case and is changed or taken back there: the timeline says so, too.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};

use crate::domain::case::{By, Case, CaseNumber, Correction, Event, Text, Verb, What, is_from_room};
use crate::domain::{Actor, PersonId};
use crate::store::{Direction, Key, Store, StoreError};

use super::act::Wish;
use super::look::may_see;
use super::table::{EVENTS, event_key, key};
use super::{Acted, CaseError, Cases, TRIES};

/// How many events are read at once: what is corrected was mostly said a moment ago.
const STEP: usize = 50;

impl Cases {
    /// Has what somebody wrote in the turn that the platform calls `source` say this from now on, or nothing. Nothing happens where it
    /// says so already, where nothing in the case was written in that turn, and where it is somebody else's.
    pub async fn correct(
        &self,
        actor: &Actor,
        source: &str,
        number: CaseNumber,
        text: Option<Text>,
        now: DateTime<Utc>,
    ) -> Result<Acted, CaseError> {
        for _ in 0..TRIES {
            let row = self.row(number).await?.ok_or(CaseError::Unknown(number))?;
            if !may_see(actor, &row.record) {
                return Err(CaseError::Unknown(number));
            }
            // Read after the case: where more was written meanwhile, the change is a conflict.
            let said = self.said_in(number, source).await?;
            let theirs = said.filter(|said| said.text != text && stands(actor, &row.record, said.event.by));
            let correction =
                theirs.and_then(|said| Some((said.event.by, Correction::of(&said.event, text.clone())?)));
            let Some((by, correction)) = correction else {
                return Ok(Acted { case: row.record, events: Vec::new() });
            };
            let wish = Wish { verb: &Verb::Correct(correction), files: &[], once: None };
            if let Some(acted) = self.change(row, by, &wish, now).await? {
                return Ok(acted);
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing {number}")).into())
    }

    /// Who wrote something in the turn that the platform calls `source`.
    pub async fn said_by(&self, number: CaseNumber, source: &str) -> Result<Option<PersonId>, StoreError> {
        Ok(self.said_in(number, source).await?.and_then(|said| said.event.by.person()))
    }

    /// The turns in which something was written in the room of a case and not taken back since, the newest first, `most` at most.
    pub async fn said_in_room(&self, number: CaseNumber, most: usize) -> Result<Vec<String>, StoreError> {
        let mut back = Back::from_the_end(number);
        let mut said = Vec::new();
        while said.len() < most
            && let Some(found) = back.next(&self.store).await?
        {
            if !found.is_taken_back()
                && let Some(source) = is_from_room(&found.event)
            {
                said.push(source.to_owned());
            }
        }
        Ok(said)
    }

    /// What was written last in the turn with this name, as it is by now.
    async fn said_in(&self, number: CaseNumber, source: &str) -> Result<Option<Said>, StoreError> {
        let mut back = Back::from_the_end(number);
        while let Some(said) = back.next(&self.store).await? {
            if is_from_room(&said.event) == Some(source) {
                return Ok(Some(said));
            }
        }
        Ok(None)
    }
}

/// The way back through what was written in a case, from the end.
struct Back {
    case: CaseNumber,
    past: Option<Key>,
    read: VecDeque<Event>,
    /// What events say by now that were changed or taken back.
    corrections: BTreeMap<u32, Option<Text>>,
}

impl Back {
    fn from_the_end(case: CaseNumber) -> Self {
        Self { case, past: None, read: VecDeque::new(), corrections: BTreeMap::new() }
    }

    /// The event before, as it is by now; corrections are passed over.
    async fn next(&mut self, store: &Store) -> Result<Option<Said>, StoreError> {
        loop {
            let Some(event) = self.read.pop_front() else {
                let past = self.past.as_ref();
                let rows = EVENTS.list_under(store, &key(self.case), past, STEP, Direction::Backward).await?;
                let Some(oldest) = rows.last().map(|row| row.record.number) else { return Ok(None) };
                self.past = Some(event_key(self.case, oldest));
                self.read.extend(rows.into_iter().map(|row| row.record));
                continue;
            };
            if let What::Corrected(Correction { event, text, .. }) = event.what {
                // The newest come first, and the last one holds.
                self.corrections.entry(event).or_insert(text);
                continue;
            }
            let correction = self.corrections.remove(&event.number);
            let is_corrected = correction.is_some();
            let text = correction.unwrap_or_else(|| event.what.text().cloned());
            return Ok(Some(Said { event, text, is_corrected }));
        }
    }
}

/// Something that was written, and what it says by now.
struct Said {
    event: Event,
    text: Option<Text>,
    is_corrected: bool,
}

impl Said {
    fn is_taken_back(&self) -> bool {
        self.is_corrected && self.text.is_none()
    }
}

/// Whether somebody is who did something, and still on that side of the case: what was said as staff is not changed by whoever no
/// longer works here.
fn stands(actor: &Actor, case: &Case, by: By) -> bool {
    match by {
        By::Requester(person) => person == actor.person() && case.belongs_to(person),
        By::Staff(person) => actor.staff().is_some_and(|staff| staff.person() == person),
        By::Desk => false,
    }
}
