//! Whatever is done to a case that is there: one way for people, staff and the desk itself.

use chrono::{DateTime, Utc};

use crate::domain::case::{Attachment, By, Case, CaseNumber, Event, Refused, Verb, What, Whose, Written};
use crate::domain::{Actor, Change, Upload};
use crate::store::{Batch, CommitError, Row, StoreError};

use super::table::{CASES, DONE, Done, EVENTS, TALLIES, Tally, event_key, key, once_key, person_key};
use super::{CaseError, Cases, TRIES};
use crate::services::agenda::fault;
use crate::services::{notices, rooms};

/// What is to be done to a case.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What.
    pub verb: Verb,
    /// Files that come with what is written.
    pub files: Vec<Upload>,
    /// A name that whoever asks gives to this wish: the same one again changes nothing.
    pub once: Option<String>,
}

impl From<Verb> for Ask {
    fn from(verb: Verb) -> Self {
        Self { verb, files: Vec::new(), once: None }
    }
}

/// The same as a change has it.
pub(super) struct Wish<'a> {
    pub verb: &'a Verb,
    pub files: &'a [Upload],
    /// The name, with that of the case.
    pub once: Option<&'a str>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acted {
    /// The case as it is now.
    pub case: Case,
    /// What happened; nothing where it was so already.
    pub events: Vec<Event>,
}

impl Cases {
    /// Does something to a case. Who may not see the case learns nothing of it.
    pub async fn act(
        &self,
        actor: &Actor,
        number: CaseNumber,
        ask: &Ask,
        now: DateTime<Utc>,
    ) -> Result<Acted, CaseError> {
        let files = self.rules.allowed.inspect(&ask.files)?;
        let verb = with_files(&ask.verb, &files);
        if let Verb::Move(queue) = &verb
            && !self.rules.queues.contains(queue)
        {
            return Err(CaseError::UnknownQueue(queue.clone()));
        }
        // A name of a wish is one for each case: the same button may be under several.
        let once = ask.once.as_ref().map(|once| format!("{number} {once}"));
        let wish = Wish { verb: &verb, files: &ask.files, once: once.as_deref() };
        for _ in 0..TRIES {
            let row = self.row(number).await?.ok_or(CaseError::Unknown(number))?;
            let by = side(actor, &row.record, &verb).ok_or(CaseError::Unknown(number))?;
            if let Some(once) = wish.once
                && DONE.get(&self.store, &once_key(actor.person(), once)).await?.is_some()
            {
                return Ok(Acted { case: row.record, events: Vec::new() });
            }
            if let Some(acted) = self.change(row, by, &wish, now).await? {
                return Ok(acted);
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing {number}")).into())
    }

    /// One try of a change; `None` where somebody else was quicker.
    pub(super) async fn change(
        &self,
        row: Row<Case>,
        by: By,
        wish: &Wish<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<Acted>, CaseError> {
        let before = &row.record;
        let decided = before.decide(wish.verb, by, &self.rules.policy, now);
        let what = decided.map_err(|why| CaseError::Refused { case: Box::new(before.clone()), why })?;
        if what.is_empty() {
            return Ok(Some(Acted { case: row.record, events: Vec::new() }));
        }
        let events = numbered(before, what, by, now);
        let case = events.iter().fold(before.clone(), Case::after);
        let mut batch = Batch::new();
        CASES.update(&mut batch, &row, &case);
        for event in &events {
            EVENTS.insert_new(batch.writes(), event);
        }
        if let Some(event) = events.iter().find(|event| !event.what.files().is_empty()) {
            let files = self.put(wish.files, now).await?;
            files.claim(&mut batch);
            files.name(batch.writes(), &EVENTS.at(&event_key(case.number, event.number)));
        }
        if let (Some(once), Some(person)) = (wish.once, by.person()) {
            DONE.insert(&mut batch, &Done { person, once: once.to_owned(), at: now, case: case.number });
        }
        self.count(&mut batch, before, &case).await?;
        notices::tell(&self.store, &mut batch, &case, &events, now).await?;
        rooms::show(batch.writes(), &case);
        batch.tell(&Change::Case(case.number));
        match self.store.commit(batch).await {
            Ok(_) => Ok(Some(Acted { case, events })),
            Err(CommitError::Conflict(_)) => Ok(None),
            Err(error) => Err(fault(error).into()),
        }
    }

    /// A case with its version.
    pub(super) async fn row(&self, number: CaseNumber) -> Result<Option<Row<Case>>, StoreError> {
        CASES.get(&self.store, &key(number)).await
    }

    /// Keeps count of what is not over, where that changed.
    async fn count(&self, batch: &mut Batch, before: &Case, after: &Case) -> Result<(), StoreError> {
        let (was, is) = (before.status.is_active(), after.status.is_active());
        if was == is {
            return Ok(());
        }
        let person = after.requester;
        let row = TALLIES.get(&self.store, &person_key(person)).await?;
        let tally = row.as_ref().map(|row| row.record.clone());
        let tally = tally.unwrap_or(Tally { person, active: 0, opened_at: None });
        let active = if is { tally.active + 1 } else { tally.active.saturating_sub(1) };
        let tally = Tally { active, ..tally };
        match &row {
            Some(row) => TALLIES.update(batch, row, &tally),
            None => TALLIES.insert(batch, &tally),
        }
        Ok(())
    }
}

/// As whom somebody does something to a case: its customers as such, unless only staff can do it. `None` for whoever may not see it.
fn side(actor: &Actor, case: &Case, verb: &Verb) -> Option<By> {
    let customer = case.belongs_to(actor.person()).then(|| By::Requester(actor.person()));
    let staff = actor.staff().map(|staff| By::Staff(staff.person()));
    match verb.whose() {
        Whose::Customers | Whose::Either => customer.or(staff),
        Whose::Staffs | Whose::Desks => staff.or(customer),
    }
}

fn with_files(verb: &Verb, files: &[Attachment]) -> Verb {
    let add = |written: &Written| Written { files: files.to_vec(), ..written.clone() };
    match verb {
        Verb::Reply(written) => Verb::Reply(add(written)),
        Verb::Answer(written) => Verb::Answer(add(written)),
        Verb::Note(written) => Verb::Note(add(written)),
        Verb::Solve(written) => {
            let written = add(written.as_ref().unwrap_or(&Written::new(None)));
            Verb::Solve((written.text.is_some() || !written.files.is_empty()).then_some(written))
        }
        Verb::Prioritise(_)
        | Verb::Close { .. }
        | Verb::Rate(_)
        | Verb::Take
        | Verb::Assign(_)
        | Verb::WaitForThirdParty { .. }
        | Verb::Reopen
        | Verb::Move(_)
        | Verb::Rename(_)
        | Verb::Tag(_)
        | Verb::Untag(_)
        | Verb::Follow(_)
        | Verb::Unfollow(_)
        | Verb::Link(_)
        | Verb::Unlink(_)
        | Verb::Correct(_)
        | Verb::Nudge => verb.clone(),
    }
}

fn numbered(case: &Case, what: Vec<What>, by: By, at: DateTime<Utc>) -> Vec<Event> {
    let numbers = case.events.saturating_add(1)..;
    let event = |(number, what)| Event { case: case.number, number, at, by, what };
    numbers.zip(what).map(event).collect()
}

/// Somebody may do it, but not to this case as it is.
impl CaseError {
    /// Why the case refused, where it did.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refused> {
        match self {
            Self::Refused { why, .. } => Some(why),
            Self::Unknown(_)
            | Self::TooMany { .. }
            | Self::TooSoon { .. }
            | Self::UnknownQueue(_)
            | Self::Text(_)
            | Self::File(_)
            | Self::Store(_) => None,
        }
    }
}
