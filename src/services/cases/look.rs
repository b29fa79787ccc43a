//! Looking at cases: one's own, one of them with its timeline, and what waits for staff.

use crate::domain::case::{Case, CaseNumber, Event, QueueId, Standing};
use crate::domain::{Actor, PersonId, Staff};
use crate::store::{Direction, Key, KeyRange, Row, StoreError};

use super::table::{ASSIGNED, CASES, EVENTS, OWN, WORK, event_key, key, person_key};
use super::{CaseError, Cases};

/// How many cases are read at a time where a list is looked through.
const READ_AT_ONCE: usize = 101;
/// How many are looked through for one page.
const MOST_READ: usize = 2_000;

/// A case as somebody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The case.
    pub case: Case,
    /// The timeline, oldest first; for a customer without what only staff may read.
    pub events: Vec<Event>,
    /// Whether whoever looks does so as staff.
    pub as_staff: bool,
}

/// Which cases are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Those of everybody, as far as whoever asks may see them; else their own.
    pub everybodys: bool,
    /// Only those that stand so.
    pub standing: Option<Standing>,
    /// Only those before this number.
    pub before: Option<CaseNumber>,
}

impl Cases {
    /// Cases that somebody may see, the newest first: `limit` at most; and where the list goes on, as long as it does. Where it is looked
    /// for few among many, a page may have fewer and go on all the same.
    pub async fn list(
        &self,
        actor: &Actor,
        listing: &Listing,
        limit: usize,
    ) -> Result<(Vec<Case>, Option<CaseNumber>), StoreError> {
        let of_all = listing.everybodys && actor.staff().is_some();
        let (mut found, mut before, mut read) = (Vec::new(), listing.before, 0);
        while read < MOST_READ {
            let page = if of_all {
                let past = before.map(key);
                let backward = Direction::Backward;
                records(CASES.list(&self.store, past.as_ref(), READ_AT_ONCE, backward).await?)
            } else {
                self.own(actor.person(), before, READ_AT_ONCE).await?
            };
            read += page.len();
            let is_last = page.len() < READ_AT_ONCE;
            for case in page {
                if found.len() == limit {
                    return Ok((found, before));
                }
                before = Some(case.number);
                if listing.standing.is_none_or(|standing| case.standing() == standing) {
                    found.push(case);
                }
            }
            if is_last {
                return Ok((found, None));
            }
        }
        Ok((found, before))
    }

    /// Somebody's own cases, the newest first: `limit` at most, those before a number.
    pub async fn own(
        &self,
        person: PersonId,
        before: Option<CaseNumber>,
        limit: usize,
    ) -> Result<Vec<Case>, StoreError> {
        let own = CASES.index_key(&OWN).join(&person_key(person));
        let range = KeyRange::under(&own);
        let range = match before {
            Some(number) => range.before(&own.join(&key(number))),
            None => range,
        };
        Ok(records(CASES.list_in(&self.store, &range, limit, Direction::Backward).await?))
    }

    /// A case and its timeline. A case that is somebody else's and one that is not there are the same.
    pub async fn show(&self, actor: &Actor, number: CaseNumber) -> Result<Seen, CaseError> {
        let case = self.case(actor, number).await?;
        let as_staff = actor.staff().is_some();
        let most = usize::try_from(case.events).unwrap_or(usize::MAX);
        let events = EVENTS.list_under(&self.store, &key(number), None, most, Direction::Forward).await?;
        let events = events.into_iter().map(|row| row.record);
        let events = events.filter(|event| as_staff || !event.what.is_internal()).collect();
        Ok(Seen { case, events, as_staff })
    }

    /// A case with one of its events.
    pub async fn event(
        &self,
        actor: &Actor,
        number: CaseNumber,
        event: u32,
    ) -> Result<(Case, Event), CaseError> {
        let case = self.case(actor, number).await?;
        let row = EVENTS.get(&self.store, &event_key(number, event)).await?;
        let event = row.map(|row| row.record);
        let event = event.filter(|event| actor.staff().is_some() || !event.what.is_internal());
        event.map(|event| (case, event)).ok_or(CaseError::Unknown(number))
    }

    /// A case without its timeline.
    pub async fn case(&self, actor: &Actor, number: CaseNumber) -> Result<Case, CaseError> {
        match self.row(number).await? {
            Some(row) if may_see(actor, &row.record) => Ok(row.record),
            Some(_) | None => Err(CaseError::Unknown(number)),
        }
    }

    /// What waits for staff, in one queue or in all: the most urgent first, then what waits longest.
    pub async fn work(
        &self,
        _: &Staff,
        queue: Option<&QueueId>,
        limit: usize,
    ) -> Result<Vec<Case>, StoreError> {
        let mut found = Vec::new();
        for queue in self.rules.queues.iter().filter(|one| queue.is_none_or(|only| only == *one)) {
            let under = Key::of(queue.as_str());
            let waiting = CASES.list_by(&self.store, &WORK, Some(&under), limit, Direction::Forward).await?;
            found.extend(records(waiting));
        }
        found.sort_by_key(|case| (std::cmp::Reverse(case.priority), case.waiting_since, case.number));
        found.truncate(limit);
        Ok(found)
    }

    /// How many cases wait for staff in each queue.
    pub async fn waiting(&self) -> Result<Vec<(QueueId, usize)>, StoreError> {
        let mut waiting = Vec::new();
        for queue in &self.rules.queues {
            let under = Key::of(queue.as_str());
            let all = CASES.find(&self.store, &WORK, Some(&under), usize::MAX, Direction::Forward).await?;
            waiting.push((queue.clone(), all.len()));
        }
        Ok(waiting)
    }

    /// What an agent has that is not over, what changed last first.
    pub async fn assigned(&self, staff: &Staff, limit: usize) -> Result<Vec<Case>, StoreError> {
        let under = person_key(staff.person());
        let assigned =
            CASES.list_by(&self.store, &ASSIGNED, Some(&under), limit, Direction::Backward).await?;
        Ok(records(assigned))
    }

    /// Those of somebody's newest cases that are not over.
    pub(super) async fn active(&self, person: PersonId, limit: usize) -> Result<Vec<Case>, StoreError> {
        let own = self.own(person, None, limit).await?;
        Ok(own.into_iter().filter(|case| case.standing() != Standing::Closed).collect())
    }
}

/// Whether somebody may know that a case is there.
pub(super) fn may_see(actor: &Actor, case: &Case) -> bool {
    actor.staff().is_some() || case.belongs_to(actor.person())
}

fn records(rows: Vec<Row<Case>>) -> Vec<Case> {
    rows.into_iter().map(|row| row.record).collect()
}
