//! What was said in the room of a case and is changed or taken back there: the timeline says so, too.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::case::{By, Case, CaseNumber, Correction, Event, Text, Verb, What, is_from_room};
use crate::domain::{Actor, PersonId};
use crate::store::{Direction, StoreError};

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

    /// What was written last in the turn with this name, as it is by now.
    async fn said_in(&self, number: CaseNumber, source: &str) -> Result<Option<Said>, StoreError> {
        let mut corrections = BTreeMap::new();
        let mut past = None;
        loop {
            let rows = EVENTS
                .list_under(&self.store, &key(number), past.as_ref(), STEP, Direction::Backward)
                .await?;
            let Some(oldest) = rows.last().map(|row| row.record.number) else { return Ok(None) };
            past = Some(event_key(number, oldest));
            for event in rows.into_iter().map(|row| row.record) {
                if let What::Corrected(Correction { event, text, .. }) = event.what {
                    // The newest come first, and the last one holds.
                    corrections.entry(event).or_insert(text);
                } else if is_from_room(&event) == Some(source) {
                    let text =
                        corrections.remove(&event.number).unwrap_or_else(|| event.what.text().cloned());
                    return Ok(Some(Said { event, text }));
                }
            }
        }
    }
}

/// Something that was written, and what it says by now.
struct Said {
    event: Event,
    text: Option<Text>,
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
