//! One generation of the index while it is written: documents in, durable commits out.

use std::cmp::Reverse;
use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index as TantivyIndex, IndexSettings, IndexWriter, Term};

use crate::domain::case::CaseNumber;

use super::super::words::Stems;
use super::super::{SearchError, given};
use super::CaseDocument;
use super::schema::{self, Fields};
use super::search::at_once;

/// The least memory that tantivy builds with, in bytes.
const LEAST_MEMORY: usize = 15_000_000;
/// Segments of which so much is out of date are written anew, so that cases that change often don't let the index grow.
const OUT_OF_DATE: f32 = 0.3;

/// A generation that is open for writing.
pub struct Generation {
    /// Its tantivy index.
    pub index: TantivyIndex,
    writer: IndexWriter,
    fields: Fields,
    stems: Stems,
    memory: usize,
}

impl Generation {
    /// An empty one, in a folder or in memory. Nothing is merged before [`Generation::settle`].
    pub fn create(folder: Option<&Path>, memory: usize) -> Result<Self, SearchError> {
        let (schema, _) = schema::schema();
        let index = match folder {
            Some(folder) => {
                let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
                TantivyIndex::create(directory, schema, IndexSettings::default())?
            }
            None => TantivyIndex::create_in_ram(schema),
        };
        Self::alone(index, memory)
    }

    /// One that is there.
    pub fn open(index: TantivyIndex, memory: usize) -> Result<Self, SearchError> {
        let generation = Self::alone(index, memory)?;
        generation.keep_merging();
        Ok(generation)
    }

    fn alone(index: TantivyIndex, memory: usize) -> Result<Self, SearchError> {
        given::teach(&index);
        let writer: IndexWriter = index.writer_with_num_threads(1, memory.max(LEAST_MEMORY))?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let (_, fields) = schema::schema();
        Ok(Self { index, writer, fields, stems: Stems::default(), memory })
    }

    fn keep_merging(&self) {
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(OUT_OF_DATE);
        self.writer.set_merge_policy(Box::new(policy));
    }

    /// Puts a case in the place of what was there of it.
    pub fn put(&mut self, document: &CaseDocument) -> Result<(), SearchError> {
        self.remove(document.case.number);
        self.writer.add_document(document.document(&self.stems, self.fields))?;
        Ok(())
    }

    /// Takes a case out.
    pub fn remove(&mut self, case: CaseNumber) {
        self.writer.delete_term(Term::from_field_u64(self.fields.number, case.0));
    }

    /// Makes durable what was put in and taken out, with a note of the one who writes.
    pub fn commit(&mut self, note: &str) -> Result<(), SearchError> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(note);
        commit.commit()?;
        Ok(())
    }

    /// Merges all into as few segments as are searched at once, about equally large; from now on segments are merged as they come.
    pub fn settle(&mut self) -> Result<(), SearchError> {
        let mut segments = self.index.searchable_segment_metas()?;
        segments.sort_by_key(|segment| Reverse(segment.num_docs()));
        let mut merged: Vec<(u32, Vec<SegmentId>)> = vec![(0, Vec::new()); at_once()];
        for segment in segments {
            if let Some((documents, ids)) = merged.iter_mut().min_by_key(|(documents, _)| *documents) {
                *documents += segment.num_docs();
                ids.push(segment.id());
            }
        }
        for (_, ids) in merged.iter().filter(|(_, ids)| ids.len() > 1) {
            self.writer.merge(ids).wait()?;
        }
        self.keep_merging();
        Ok(())
    }

    /// Writes every segment anew in which something was replaced or taken out. What was put in since the last commit is lost.
    pub fn renew(self) -> Result<Self, SearchError> {
        // Merges that are under way would be in the way of these.
        self.writer.set_merge_policy(Box::new(NoMergePolicy));
        self.writer.wait_merging_threads()?;
        let mut renewed = Self::alone(self.index, self.memory)?;
        for segment in renewed.index.searchable_segment_metas()? {
            if segment.has_deletes() {
                renewed.writer.merge(&[segment.id()]).wait()?;
            }
        }
        renewed.keep_merging();
        Ok(renewed)
    }

    /// Removes the files that no segment in use has.
    pub fn clear(&self) -> Result<(), SearchError> {
        self.writer.garbage_collect_files().wait()?;
        Ok(())
    }
}
