//! Opens the index of cases in its folder, for the one process that writes it and for others that only read.

use std::path::Path;

use crate::disk::Lock;
use crate::domain::case::CaseNumber;

use super::super::SearchError;
use super::super::generations::{Current, Generations, open_checked};
use super::generation::Generation;
use super::schema::VERSION;
use super::{CaseDocument, CaseIndex};

/// An index, and what may be done with it.
pub enum Opened {
    /// This process writes it. The note of the last commit, or why the index has to be built.
    Write(CaseIndex, Box<CaseWriter>, Result<String, String>),
    /// Another process writes it: why this one does not.
    Read(CaseIndex, CaseReader, SearchError),
}

/// The generations of the index in a folder.
pub(in crate::search) fn generations(folder: &Path) -> Generations {
    Generations::new(folder, VERSION)
}

/// Opens the index in a folder, which is made where it is missing. `memory` is for building, in bytes. Where the folder can't be
/// written at all, the index is kept in memory.
pub fn open(folder: &Path, memory: usize) -> Result<Opened, SearchError> {
    let generations = generations(folder);
    let index = CaseIndex::empty()?;
    let lock = match generations.lock() {
        Ok(lock) => lock,
        Err(why @ SearchError::Locked { .. }) => {
            let reader = CaseReader { generations, name: None };
            return Ok(Opened::Read(index, reader, why));
        }
        Err(why) => {
            tracing::warn!(%why, "the index of cases can't be written and is kept in memory");
            return in_memory(memory);
        }
    };
    let mut writer = CaseWriter {
        index: index.clone(),
        home: Home::Folder(generations, lock),
        memory,
        at: None,
        next: None,
    };
    let state = writer.open_current();
    Ok(Opened::Write(index, Box::new(writer), state))
}

/// An index that is kept in memory, and has to be built.
pub fn in_memory(memory: usize) -> Result<Opened, SearchError> {
    let index = CaseIndex::empty()?;
    let writer = CaseWriter { index: index.clone(), home: Home::Memory, memory, at: None, next: None };
    Ok(Opened::Write(index, Box::new(writer), Err("it is kept in memory".to_owned())))
}

enum Home {
    Folder(Generations, #[expect(dead_code, reason = "held as long as the writer lives")] Lock),
    Memory,
}

/// Writes an index; as long as it lives, nobody else does.
pub struct CaseWriter {
    index: CaseIndex,
    home: Home,
    memory: usize,
    /// The generation in use.
    at: Option<Generation>,
    /// The one that is being built, with its name.
    next: Option<(String, Generation)>,
}

impl CaseWriter {
    fn open_current(&mut self) -> Result<String, String> {
        let Home::Folder(generations, _) = &self.home else { return Err("it is kept in memory".to_owned()) };
        let name = match generations.current().map_err(|error| error.to_string())? {
            Current::Named(name) => name,
            Current::Missing => return Err("there was none".to_owned()),
            Current::Unusable(why) => return Err(why),
        };
        let opened = open_checked(&generations.at(&name)).and_then(|(index, note)| {
            self.index.show(&index)?;
            Ok((Generation::open(index, self.memory)?, note))
        });
        let (generation, note) = opened.map_err(|error| error.to_string())?;
        self.at = Some(generation);
        Ok(note)
    }

    /// Begins to build the index anew. What was there goes on being searched; where there was nothing, what is committed is found at once.
    pub fn begin(&mut self) -> Result<(), SearchError> {
        self.next = None;
        let (name, folder) = match &self.home {
            Home::Folder(generations, _) => {
                let name = generations.begin()?;
                let folder = generations.at(&name);
                (name, Some(folder))
            }
            Home::Memory => (String::new(), None),
        };
        let generation = Generation::create(folder.as_deref(), self.memory)?;
        if self.at.is_none() {
            self.index.show(&generation.index)?;
        }
        self.next = Some((name, generation));
        Ok(())
    }

    /// Puts a case in the place of what was there of it.
    pub fn put(&mut self, document: &CaseDocument) -> Result<(), SearchError> {
        self.generation()?.put(document)
    }

    /// Takes a case out.
    pub fn remove(&mut self, case: CaseNumber) -> Result<(), SearchError> {
        self.generation()?.remove(case);
        Ok(())
    }

    /// Makes durable what was done, with a note that is given back when the index is opened; searches then see it.
    pub fn commit(&mut self, note: &str) -> Result<(), SearchError> {
        self.generation()?.commit(note)?;
        self.index.reload()
    }

    /// Ends what was begun: from now on the new index is the one in use.
    pub fn finish(&mut self, note: &str) -> Result<(), SearchError> {
        let Some((name, mut generation)) = self.next.take() else { return Ok(()) };
        generation.commit(note)?;
        generation.settle()?;
        self.index.show(&generation.index)?;
        generation.clear()?;
        // The old one is closed before its files go.
        self.at = Some(generation);
        match &self.home {
            Home::Folder(generations, _) => generations.make_current(&name),
            Home::Memory => Ok(()),
        }
    }

    /// Has no file of the index hold what was replaced or taken out before the last commit. A search under way may go on reading it.
    pub fn purge(&mut self) -> Result<(), SearchError> {
        let Some(generation) = self.at.take() else { return Ok(()) };
        let renewed = generation.renew()?;
        // Searches let go of the old files first.
        self.index.reload()?;
        renewed.clear()?;
        self.at = Some(renewed);
        Ok(())
    }

    fn generation(&mut self) -> Result<&mut Generation, SearchError> {
        let next = self.next.as_mut().map(|(_, generation)| generation);
        next.or(self.at.as_mut()).ok_or_else(|| SearchError::Damaged("current".into()))
    }
}

/// Reads an index that another process writes.
pub struct CaseReader {
    generations: Generations,
    name: Option<String>,
}

impl CaseReader {
    /// Sees what the other process has committed since; answers whether there is an index at all.
    pub fn refresh(&mut self, index: &CaseIndex) -> Result<bool, SearchError> {
        let Current::Named(name) = self.generations.current()? else { return Ok(self.name.is_some()) };
        if self.name.as_ref() == Some(&name) {
            index.reload()?;
        } else {
            let (opened, _) = open_checked(&self.generations.at(&name))?;
            index.show(&opened)?;
            self.name = Some(name);
        }
        Ok(true)
    }
}
