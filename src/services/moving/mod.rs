//! Moving a visitor's records to the person they turned out to be, in batches of which each leaves the store sound.
//!
//! The visitor's record is marked (`Person::moved`) in the batch that gives their identity to that person, and a [`Move`] is kept with it.
//! A step looks for what is under the visitor's number still and moves some of it. So stopped after any step, the next one goes on from
//! there; and what a turn that was under way wrote meanwhile is found, too, because the move ends only an hour later.

mod cases;
mod records;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Change, Person, PersonId};
use crate::store::{Batch, CommitError, Direction, Row, Store, StoreError, Table};

use super::agenda::fault;
use super::cases::table::person_key;
use super::people::{PEOPLE, People};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 16;
/// How long what turns write that were under way is waited for.
const STRAGGLERS: TimeDelta = TimeDelta::hours(1);
/// How many steps somebody waits for who has just said who they are.
const STEPS_AT_ONCE: usize = 50;
/// How many moves are gone on with at once.
const LISTED: usize = 1_000;

/// Somebody's records on their way. It holds two numbers, and is gone within the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Whose they were: a visitor's.
    pub from: PersonId,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// All moves under way. Where to, the visitor's own record says.
pub const MOVES: Table<Move> = Table::new("person.move", |one| person_key(one.from), &[]);

/// Who gets the records, as they were read: each batch expects that they are still so.
struct To {
    row: Row<Person>,
}

impl To {
    fn id(&self) -> PersonId {
        self.row.record.id
    }

    /// A batch that applies only as long as whoever gets the records is not changed, and so not erased or moved.
    fn batch(&self) -> Batch {
        let mut batch = Batch::new();
        batch.expect(PEOPLE.key_of(&self.row.record), self.row.version);
        batch
    }
}

/// Moves some of a visitor's records by one commit; `false` where there are none to move.
pub async fn step(store: &Store, from: PersonId) -> Result<bool, StoreError> {
    for _ in 0..TRIES {
        let Some(row) = People::new(store.clone()).here(from).await? else { return Ok(false) };
        if row.record.id == from {
            return Ok(false);
        }
        let to = To { row };
        let found = match cases::next(store, from, &to).await? {
            Some(batch) => Some(batch),
            None => records::next(store, from, &to).await?,
        };
        let Some(batch) = found else { return Ok(false) };
        match store.commit(batch).await {
            Ok(_) => return Ok(true),
            // Somebody changed one of them: all are read again.
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Err(StoreError::Unavailable(format!("others keep changing what is {from}'s")))
}

/// Moves a visitor's records as far as they are few; `false` where some are left for the timer.
pub async fn at_once(store: &Store, from: PersonId) -> Result<bool, StoreError> {
    for _ in 0..STEPS_AT_ONCE {
        if !step(store, from).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Goes on with all moves, so many steps at most, and ends those of an hour ago; answers how many steps it took.
pub async fn go_on(store: &Store, now: DateTime<Utc>, most: usize) -> Result<usize, StoreError> {
    let mut taken = 0;
    for row in MOVES.list(store, None, LISTED, Direction::Forward).await? {
        while taken < most && step(store, row.record.from).await? {
            taken += 1;
        }
        if taken < most && now - row.record.at >= STRAGGLERS {
            end(store, &row).await?;
        }
    }
    Ok(taken)
}

/// Goes on by one commit with the moves that lead to somebody who is about to be erased, and ends them; `false` where all are ended.
pub async fn hasten(store: &Store, to: PersonId) -> Result<bool, StoreError> {
    for from in People::new(store.clone()).moved_to(to).await? {
        if step(store, from).await? {
            return Ok(true);
        }
        if let Some(row) = MOVES.get(store, &person_key(from)).await? {
            end(store, &row).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Nothing of the visitor is left but their number, and whose it is.
async fn end(store: &Store, row: &Row<Move>) -> Result<(), StoreError> {
    let from = row.record.from;
    let Some(person) = People::new(store.clone()).get(from).await? else { return Ok(()) };
    let mut batch = Batch::new();
    MOVES.delete(&mut batch, row);
    let left = Person { name: None, ..person.record.clone() };
    if left != person.record {
        PEOPLE.update(&mut batch, &person, &left);
        batch.tell(&Change::Person(from));
    }
    match store.commit(batch).await {
        // Somebody else ended it.
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}
