//! Opening a case, within a person's limits and only once.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::case::{
    By, Case, CaseNumber, Event, Opening, Priority, QueueId, Subject, Text, Tried, What,
};
use crate::domain::{Actor, Change, PersonId, Place, ProductId, Staff, Upload};
use crate::store::{Batch, CommitError, StoreError};

use super::table::{CASES, COUNTER, DONE, Done, EVENTS, TALLIES, Tally, event_key, once_key, person_key};
use super::{CaseError, Cases, TRIES};
use crate::services::agenda::fault;
use crate::services::{notices, rooms};

/// What somebody wants to have a case about.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What it is about; none for the first line of the description.
    pub subject: Option<Subject>,
    /// All they say.
    pub description: Text,
    /// The product.
    pub product: Option<ProductId>,
    /// The queue that the person or the product names; none for the desk's first.
    pub queue: Option<QueueId>,
    /// How much it matters.
    pub priority: Priority,
    /// Where they say it: news go there.
    pub place: Place,
    /// What they tried before.
    pub tried: Tried,
    /// Files that come with it.
    pub files: Vec<Upload>,
    /// Cases that it has to do with.
    pub links: Vec<CaseNumber>,
    /// On whose behalf, where staff open it for somebody; none where it is theirs who ask.
    pub on_behalf: Option<OnBehalf>,
}

/// Staff who do something for somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnBehalf {
    /// Whoever it is done for.
    pub of: PersonId,
    /// Whoever does it.
    pub by: Staff,
}

/// What came of opening a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// There is a new case.
    New(Case),
    /// The same was asked for before, and this case came of it.
    Already(Case),
}

impl Opened {
    /// The case.
    #[must_use]
    pub fn case(&self) -> &Case {
        match self {
            Self::New(case) | Self::Already(case) => case,
        }
    }
}

impl Cases {
    /// Opens a case for whoever asks, or on somebody's behalf: then their limits hold nobody up, and they are told. `once` is a name that
    /// whoever asks gives to this wish (a flow, a request): the same one again opens nothing.
    pub async fn open(
        &self,
        actor: &Actor,
        draft: &Draft,
        once: &str,
        now: DateTime<Utc>,
    ) -> Result<Opened, CaseError> {
        let files = self.rules.allowed.inspect(&draft.files)?;
        let Some(queue) = self.queue(draft.queue.as_ref()) else {
            return Err(StoreError::Damaged("the settings name no queue".to_owned()).into());
        };
        let (requester, by) = match draft.on_behalf {
            Some(OnBehalf { of, by }) => (of, By::Staff(by.person())),
            None => (actor.person(), By::Requester(actor.person())),
        };
        let description = draft.description.clone();
        let opening = Opening {
            requester,
            subject: draft.subject.clone().unwrap_or_else(|| Subject::of(&description)),
            description: Some(description),
            product: draft.product.clone(),
            queue,
            priority: draft.priority,
            place: draft.place.clone(),
            tried: draft.tried.clone(),
            files,
            links: draft.links.clone(),
        };
        let (wish, whose) = (once_key(actor.person(), once), person_key(requester));
        for _ in 0..TRIES {
            // Both in one question.
            let (done, tally) =
                tokio::try_join!(DONE.get(&self.store, &wish), TALLIES.get(&self.store, &whose))?;
            if let Some(done) = done {
                return self.already(done.record.case).await;
            }
            let before = tally.as_ref().map(|row| &row.record);
            if draft.on_behalf.is_none() {
                self.within_limits(before, now)?;
            }
            let counted = Tally {
                person: requester,
                active: before.map_or(0, |tally| tally.active) + 1,
                opened_at: Some(now),
            };
            let mut batch = Batch::new();
            match &tally {
                Some(row) => TALLIES.update(&mut batch, row, &counted),
                None => TALLIES.insert(&mut batch, &counted),
            }
            batch.expect_absent(DONE.at(&wish));
            let files = self.put(&draft.files, now).await?;
            files.claim(&mut batch);
            // The number is all that is missing, and is known last, where everybody waits: the rest is made before.
            let event = first_event(opening.clone(), by, now);
            let told = notices::of_opening(&self.store, &event, now).await?;
            let (first, once, asked_by) = (event.clone(), once.to_owned(), actor.person());
            batch.numbered(COUNTER, move |number, writes| {
                let event = Event { case: CaseNumber(number), ..first.clone() };
                let Some(case) = Case::begin(&event) else { return };
                CASES.insert_new(writes, &case);
                EVENTS.insert_new(writes, &event);
                files.name(writes, &EVENTS.at(&event_key(case.number, event.number)));
                DONE.insert_new(
                    writes,
                    &Done { person: asked_by, once: once.clone(), at: now, case: case.number },
                );
                told.write(writes, &event);
                rooms::show(writes, &case);
                writes.tell(&Change::Case(case.number));
            });
            match self.store.commit(batch).await {
                Ok(committed) => {
                    let number = committed.numbers.first().copied().unwrap_or_default();
                    let case = Case::begin(&Event { case: CaseNumber(number), ..event });
                    return case.map(Opened::New).ok_or(CaseError::Unknown(CaseNumber(number)));
                }
                // The person does several things at once, or a file of theirs is being put again.
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error).into()),
            }
        }
        Err(StoreError::Unavailable("others keep changing the same things".to_owned()).into())
    }

    async fn already(&self, number: CaseNumber) -> Result<Opened, CaseError> {
        let row = self.row(number).await?.ok_or(CaseError::Unknown(number))?;
        Ok(Opened::Already(row.record))
    }

    fn within_limits(&self, tally: Option<&Tally>, now: DateTime<Utc>) -> Result<(), CaseError> {
        let Some(tally) = tally else { return Ok(()) };
        let most = self.rules.most_active;
        if tally.active >= most {
            return Err(CaseError::TooMany { active: tally.active, most });
        }
        // Where there is no wait, a case that another door opened a moment later is none either.
        let wait = Some(self.rules.cooldown).filter(|wait| *wait > TimeDelta::zero());
        match tally.opened_at.zip(wait).map(|(at, wait)| at + wait) {
            Some(again_at) if again_at > now => Err(CaseError::TooSoon { again_at }),
            Some(_) | None => Ok(()),
        }
    }
}

/// The first event of a case that has no number yet.
fn first_event(opening: Opening, by: By, at: DateTime<Utc>) -> Event {
    Event { case: CaseNumber(0), number: 1, at, by, what: What::Opened(Box::new(opening)) }
}
