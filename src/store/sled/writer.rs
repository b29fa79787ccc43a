//! The one thread that writes: rounds of waiting batches, and what happens when the disk fails.

use std::collections::{BTreeMap, HashMap};
use std::sync::{PoisonError, mpsc};

use super::super::batch::Batch;
use super::super::error::{CommitError, StoreError};
use super::super::key::Key;
use super::super::round::{self, Outcome};
use super::super::value::{Version, Versioned};
use super::super::waiting::{Waiting, gather};
use super::Shared;
use super::disk::{CLOCK, Disk, decode, encode};
use super::views::Before;

/// Writes rounds until nobody can commit any more.
pub fn run(shared: &Shared, receiver: &mpsc::Receiver<Waiting>) {
    while let Ok(first) = receiver.recv() {
        let all = gather(first, || receiver.try_recv().ok());
        let batches: Vec<&Batch> = all.iter().map(|waiting| &waiting.batch).collect();
        let answers = match write(shared, &batches) {
            Ok(answers) => answers,
            Err(error) => vec![Err(CommitError::Store(error)); batches.len()],
        };
        for (waiting, answer) in all.into_iter().zip(answers) {
            waiting.answer(answer);
        }
    }
}

type Answers = Vec<Result<super::super::batch::Committed, CommitError>>;

fn write(shared: &Shared, batches: &[&Batch]) -> Result<Answers, StoreError> {
    if shared.disk().is_err() {
        reopen(shared)?;
    }
    let (outcome, written) = {
        let disk = shared.disk();
        let disk = disk.as_ref().map_err(Clone::clone)?;
        let clock = disk.clock()?;
        let mut before = read(disk, batches)?;
        let outcome = round::apply(batches, states(&before)?, clock);
        if outcome.writes.is_empty() {
            return Ok(outcome.answers);
        }
        let mut replaced = BTreeMap::new();
        let mut batch = sled::Batch::default();
        for (key, state) in &outcome.writes {
            let before = before.remove(key).map_or_else(|| disk.get(key.as_bytes()), Ok)?;
            replaced.insert(key.clone(), before);
            match state {
                Some(state) => batch.insert(key.as_bytes(), encode(state)),
                None => batch.remove(key.as_bytes()),
            }
        }
        batch.insert(CLOCK, &outcome.clock.0.to_be_bytes());
        shared.views.write().unwrap_or_else(PoisonError::into_inner).begin(replaced, clock);
        let written = disk.commit(batch);
        (outcome, written)
    };
    match written {
        Ok(()) => {
            shared.views.write().unwrap_or_else(PoisonError::into_inner).end();
            Ok(outcome.answers)
        }
        Err(error) => Ok(after_failure(shared, outcome, &error.to_string())),
    }
}

/// The bytes of what the batches need, before the round.
fn read(disk: &Disk, batches: &[&Batch]) -> Result<BTreeMap<Key, Before>, StoreError> {
    round::needs(batches)
        .into_iter()
        .map(|key| {
            let before = disk.get(key.as_bytes())?;
            Ok((key, before))
        })
        .collect()
}

fn states(before: &BTreeMap<Key, Before>) -> Result<HashMap<Key, Versioned>, StoreError> {
    let there = before.iter().filter_map(|(key, bytes)| bytes.as_ref().map(|bytes| (key, bytes)));
    there.map(|(key, bytes)| Ok((key.clone(), decode(key, bytes)?))).collect()
}

/// The write failed. The store is opened again, and what is then on the disk decides: the round as a whole is there or it is
/// not. Where the store can't be opened, nobody can know yet.
fn after_failure(shared: &Shared, outcome: Outcome, why: &str) -> Answers {
    tracing::error!(why, "the store could not be written; it is opened again");
    *shared.disk.write().unwrap_or_else(PoisonError::into_inner) =
        Err(StoreError::Unavailable(format!("it could not be written ({why})")));
    let kept = reopen(shared).map(|clock| clock >= outcome.clock);
    let answers = outcome.answers.into_iter();
    answers
        .map(|answer| match (answer, &kept) {
            (Ok(committed), Ok(true)) => Ok(committed),
            (Ok(_), Ok(false)) => Err(CommitError::Store(StoreError::Unavailable(why.to_owned()))),
            (Ok(_), Err(_)) => Err(CommitError::Store(StoreError::Unsure(why.to_owned()))),
            (Err(error), _) => Err(error),
        })
        .collect()
}

/// Opens the database again; the answer is its clock. Until it is open, readers are told why, and nothing is acknowledged.
fn reopen(shared: &Shared) -> Result<Version, StoreError> {
    let mut place = shared.disk.write().unwrap_or_else(PoisonError::into_inner);
    // The old one goes first: sled locks its folder.
    let before =
        std::mem::replace(&mut *place, Err(StoreError::Unavailable("it is being opened".to_owned())));
    drop(before);
    let opened = Disk::open(&shared.folder).and_then(|disk| {
        let clock = disk.clock()?;
        // Whether it can be written again shows only when it is.
        let mut probe = sled::Batch::default();
        probe.insert(CLOCK, &clock.0.to_be_bytes());
        disk.commit(probe).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok((disk, clock))
    });
    match opened {
        Ok((disk, clock)) => {
            *place = Ok(disk);
            shared.views.write().unwrap_or_else(PoisonError::into_inner).end();
            tracing::warn!("the store can be written again");
            Ok(clock)
        }
        Err(error) => {
            *place = Err(error.clone());
            Err(error)
        }
    }
}
