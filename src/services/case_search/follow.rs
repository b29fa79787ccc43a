//! Follows the change feed: what became different is put into the index anew.

use std::collections::BTreeSet;
use std::pin::pin;

use chrono::TimeDelta;
use tokio::sync::OwnedMutexGuard;

use crate::clock::Clock;
use crate::domain::case::CaseNumber;
use crate::domain::{Change, PersonId};
use crate::search::cases::CaseWriter;
use crate::services::people::{self, PEOPLE};
use crate::store::feed::{self, Told};
use crate::store::{Store, StoreError};

use super::load::document;
use super::{CaseSearch, CaseSearchError, Mark, Side, aside};

/// How many entries of the feed are dealt with in one commit.
const STEP: usize = 500;
/// While there is much to do, the index is committed at most this often.
const PAUSE: TimeDelta = TimeDelta::milliseconds(500);
/// After so long it looks by itself: other processes on the same server commit without a word.
const LOOK: TimeDelta = TimeDelta::seconds(3);

/// What was done to bring the index up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaughtUp {
    /// So many cases were put in anew.
    Read(usize),
    /// The index was built; why, and of how many cases.
    Built(String, u64),
    /// Another process keeps it, and what that one committed is seen.
    Seen,
}

impl CaseSearch {
    /// Brings the index up to date with what the store holds now.
    pub async fn catch_up(&self) -> Result<CaughtUp, CaseSearchError> {
        let mut side = self.side.clone().lock_owned().await;
        let known = match &mut *side {
            Side::Read(reader) => {
                reader.refresh(&self.index)?;
                return Ok(CaughtUp::Seen);
            }
            Side::Write { mark, .. } => mark.clone(),
        };
        let usable = match known {
            Ok(mark) if self.is_told_of_all_since(&mark).await? => Ok(mark),
            Ok(_) => Err("the change feed no longer tells what happened since".to_owned()),
            Err(why) => Err(why),
        };
        let mark = match usable {
            Ok(mark) => mark,
            Err(why) => {
                let (side, built) = self.build(side, &why, &mut |_| {}).await?;
                // What happened while it was built.
                self.read_from(side, None).await?;
                return Ok(CaughtUp::Built(why, built));
            }
        };
        Ok(CaughtUp::Read(self.read_from(side, Some(mark)).await?))
    }

    /// Reads the feed to its end; answers how many cases were put in anew.
    async fn read_from(
        &self,
        mut side: OwnedMutexGuard<Side>,
        mark: Option<Mark>,
    ) -> Result<usize, CaseSearchError> {
        let mut mark = match (mark, &*side) {
            (Some(mark), _) => mark,
            (None, Side::Write { mark: Ok(mark), .. }) => *mark,
            (None, Side::Write { mark: Err(_), .. } | Side::Read(_)) => return Ok(0),
        };
        let mut count = 0;
        loop {
            let told = feed::read(&self.store, mark.read, STEP).await?;
            let Some(last) = told.last() else { break };
            let changes = Changes::of(&told);
            let entry = self.store.get(&feed::key(last.number)).await?;
            mark = Mark {
                read: last.number,
                version: entry.map(|entry| entry.version),
                purge: mark.purge || any_erased(&self.store, &changes.people).await?,
            };
            count += changes.cases.len();
            side = self.put(side, &changes.cases, mark).await?;
        }
        if mark.purge {
            // Noted only when it is done: a process that dies does it again.
            let done = Mark { purge: false, ..mark };
            let note = done.text()?;
            let purged = aside(side, move |side| {
                let Some(writer) = side.writer() else { return Ok(()) };
                writer.purge().and_then(|()| writer.commit(&note))
            });
            (side, ()) = self.or_build(purged.await).await?;
            side.note(Ok(done));
        }
        Ok(count)
    }

    /// Puts cases in as they are now, or takes them out.
    async fn put(
        &self,
        side: OwnedMutexGuard<Side>,
        cases: &BTreeSet<CaseNumber>,
        mark: Mark,
    ) -> Result<OwnedMutexGuard<Side>, CaseSearchError> {
        let mut found = Vec::with_capacity(cases.len());
        for number in cases {
            found.push((*number, document(&self.store, *number).await?));
        }
        let note = mark.text()?;
        let put = aside(side, move |side| {
            let Some(writer) = side.writer() else { return Ok(()) };
            for (number, document) in &found {
                match document {
                    Some(document) => writer.put(document)?,
                    None => writer.remove(*number)?,
                }
            }
            writer.commit(&note)
        });
        let (mut side, ()) = self.or_build(put.await).await?;
        side.note(Ok(mark));
        Ok(side)
    }

    /// After a failed write the index is built anew at the next try: nobody knows what of it was written.
    async fn or_build<T>(&self, done: Result<T, CaseSearchError>) -> Result<T, CaseSearchError> {
        if let Err(error) = &done {
            self.side.lock().await.note(Err(error.to_string()));
        }
        done
    }

    /// Whether the feed still has everything after what was read last: that entry is there, and is the same.
    async fn is_told_of_all_since(&self, mark: &Mark) -> Result<bool, StoreError> {
        if mark.read == 0 {
            let first = feed::read(&self.store, 0, 1).await?;
            return Ok(first.first().is_none_or(|told| told.number == 1));
        }
        let entry = self.store.get(&feed::key(mark.read)).await?;
        Ok(entry.is_some_and(|entry| Some(entry.version) == mark.version))
    }

    /// Has no file of the index hold what is no longer in the store: for whoever erased something. Other machines do it when the feed
    /// tells them of an erased person.
    pub async fn purge(&self) -> Result<(), CaseSearchError> {
        self.catch_up().await?;
        let side = self.side.clone().lock_owned().await;
        let purged = aside(side, |side| side.writer().map_or(Ok(()), CaseWriter::purge)).await;
        self.or_build(purged).await.map(|_| ())
    }

    /// Keeps the index in step until `stop` ends. What fails is told of and tried again.
    pub async fn follow(&self, clock: &Clock, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut commits = self.store.watch();
        let mut is_failing = false;
        loop {
            // Before looking, so that what is committed while it looks makes it look again.
            commits.borrow_and_update();
            let looked = tokio::select! {
                biased;
                () = &mut stop => return,
                looked = self.catch_up() => looked,
            };
            if let Err(error) = &looked
                && !is_failing
            {
                tracing::error!(%error, "the index of cases can't be kept in step; it is tried again");
            }
            is_failing = looked.is_err();
            let (pause, look) = (clock.now() + PAUSE, clock.now() + LOOK);
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = clock.sleep_until(pause) => {}
            }
            tokio::select! {
                biased;
                () = &mut stop => return,
                Ok(()) = commits.changed(), if !is_failing => {}
                () = clock.sleep_until(look) => {}
            }
        }
    }
}

/// What entries of the feed speak of, each once.
#[derive(Default)]
struct Changes {
    cases: BTreeSet<CaseNumber>,
    people: BTreeSet<PersonId>,
}

impl Changes {
    fn of(told: &[Told]) -> Self {
        let mut changes = Self::default();
        for entry in told {
            match entry.entry.read() {
                Ok(Change::Case(number)) => {
                    changes.cases.insert(number);
                }
                Ok(Change::Person(person)) => {
                    changes.people.insert(person);
                }
                // What a newer or another part tells of is nothing to this one.
                Ok(Change::Account(_)) | Err(_) => {}
            }
        }
        changes
    }
}

async fn any_erased(store: &Store, people: &BTreeSet<PersonId>) -> Result<bool, StoreError> {
    for person in people {
        if let Some(row) = PEOPLE.get(store, &people::key(*person)).await?
            && row.record.erased.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}
