//! The one process that writes an index folder.

use std::fs;
use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::{Index as TantivyIndex, IndexWriter, Term};

use crate::disk::{Lock, write_durably};
use crate::domain::{Article, ArticleId};

use super::SearchError;
use super::folder::{self, Opened, State};
use super::generations::Generations;
use super::given;
use super::meaning::Vectors;
use super::schema;
use super::synonyms::Synonyms;
use super::words::Stems;

/// Writes the index of a folder; as long as it lives, nobody else does.
pub struct Writer {
    generations: Generations,
    memory: usize,
    _lock: Lock,
}

impl Writer {
    /// Locks the folder, which is made where it is missing. `memory` is for building, in bytes.
    pub fn lock(folder: &Path, memory: usize) -> Result<Self, SearchError> {
        let generations = folder::generations(folder);
        let lock = generations.lock()?;
        Ok(Self { generations, memory, _lock: lock })
    }

    /// Builds the index anew and makes it current. `progress` hears how many articles are in.
    pub fn rebuild(
        &self,
        articles: impl IntoIterator<Item = Article>,
        catalogue: &[u8],
        synonyms: Synonyms,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Opened, SearchError> {
        let name = self.generations.begin()?;
        let generation = self.generations.at(&name);
        let (schema, _) = schema::schema();
        let directory = MmapDirectory::open(&generation).map_err(tantivy::TantivyError::from)?;
        let index = TantivyIndex::create(directory, schema, tantivy::IndexSettings::default())?;
        self.write(&index, &generation, articles, &[], catalogue, true, progress)?;
        self.generations.make_current(&name)?;
        match folder::open(self.generations.folder(), synonyms)? {
            State::Ready(opened) => Ok(*opened),
            State::Missing | State::Unusable(_) => Err(SearchError::Damaged(generation)),
        }
    }

    /// Puts in what changed and takes out what is gone; searches see it at once.
    pub fn update(
        &self,
        opened: &mut Opened,
        changed: Vec<Article>,
        removed: &[ArticleId],
        catalogue: &[u8],
    ) -> Result<(), SearchError> {
        let generation = opened.generation.clone();
        self.write(&opened.index, &generation, changed, removed, catalogue, false, &mut |_| {})?;
        opened.catalogue = catalogue.to_vec();
        opened.engine.reload()
    }

    #[expect(clippy::too_many_arguments, reason = "one commit, whoever asks for it")]
    fn write(
        &self,
        index: &TantivyIndex,
        generation: &Path,
        articles: impl IntoIterator<Item = Article>,
        removed: &[ArticleId],
        catalogue: &[u8],
        merge: bool,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), SearchError> {
        let fault = |error| SearchError::Folder { folder: generation.to_owned(), error };
        let (_, fields) = schema::schema();
        let (stems, vectors) = (Stems::default(), Vectors::english());
        given::teach(index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, self.memory.max(15_000_000))?;
        for id in removed {
            writer.delete_term(Term::from_field_text(fields.id, id.as_str()));
        }
        let mut done = 0;
        for article in articles {
            writer.delete_term(Term::from_field_text(fields.id, article.about.id.as_str()));
            writer.add_document(schema::document(&article, &stems, &vectors, fields)?)?;
            done += 1;
            progress(done);
        }
        let old = index.load_metas()?.payload;
        let named = format!("catalogue-{}", writer.commit_opstamp() + done + removed.len() as u64 + 1);
        write_durably(&generation.join(&named), catalogue).map_err(fault)?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&named);
        commit.commit()?;
        let segments = index.searchable_segment_ids()?;
        if merge && segments.len() > 1 {
            // One segment is searched fastest, and its statistics are exact.
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        if let Some(old) = old.filter(|old| *old != named) {
            // Left behind after a crash it is only a file too many.
            let _ = fs::remove_file(generation.join(old));
        }
        Ok(())
    }
}
