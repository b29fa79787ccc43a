//! The folder that an import writes to: only what changed, never over what a person edited, and each file at once.

use std::{
    collections::BTreeSet,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use super::{
    ids::fingerprint,
    manifest::{self, Manifest, ManifestError, Record},
    report::{Entry, Outcome, Reason},
};
use crate::domain::ArticleId;

/// How a folder is to be treated.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules {
    /// Remove articles whose source is gone.
    pub prune: bool,
    /// Write over files that were edited by hand.
    pub force: bool,
    /// Only say what would be done.
    pub dry_run: bool,
}

/// A folder of imported articles.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    rules: Rules,
    manifest: Manifest,
}

/// What stands in a file's place now.
enum Present {
    Nothing,
    /// Exactly what would be written.
    Same,
    /// What the last import wrote.
    Ours,
    /// Something else.
    Other,
}

impl Target {
    /// Opens a folder, which need not exist yet.
    pub fn open(folder: &Path, rules: Rules) -> Result<Self, ManifestError> {
        Ok(Self { folder: folder.to_path_buf(), rules, manifest: Manifest::load(folder)? })
    }

    /// What the last import left in the folder.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Whether this article may have this place: no file that an import did not write is in the way.
    pub fn accepts(&self, key: &str, id: &ArticleId, text: &str) -> Result<(), Reason> {
        let is_new = !self.manifest.articles.contains_key(key) && !self.rules.force;
        match self.present(id, text, None)? {
            Present::Other | Present::Ours if is_new => Err(Reason::Foreign { id: id.clone() }),
            Present::Other | Present::Ours | Present::Same | Present::Nothing => Ok(()),
        }
    }

    /// Puts an article in its place.
    pub fn put(&mut self, key: &str, origin: &str, id: &ArticleId, text: &str) -> Result<Outcome, Reason> {
        let recorded = self.manifest.articles.get(key).map(|record| record.sha256.clone());
        let present = self.present(id, text, recorded.as_deref())?;
        let outcome = match (present, &recorded) {
            (Present::Same, _) => Outcome::Unchanged,
            (Present::Nothing, _) => Outcome::Imported,
            (Present::Ours, _) => Outcome::Updated,
            (Present::Other, _) if self.rules.force => Outcome::Updated,
            (Present::Other, Some(_)) => return Ok(Outcome::Edited),
            (Present::Other, None) => return Err(Reason::Foreign { id: id.clone() }),
        };
        if outcome != Outcome::Unchanged {
            self.write(&file_name(id), text).map_err(|error| Reason::Unwritten(error.to_string()))?;
        }
        let record = Record { id: id.clone(), origin: origin.to_owned(), sha256: fingerprint(text) };
        self.manifest.articles.insert(key.to_owned(), record);
        Ok(outcome)
    }

    fn present(&self, id: &ArticleId, text: &str, recorded: Option<&str>) -> Result<Present, Reason> {
        match fs::read(self.folder.join(file_name(id))) {
            Ok(bytes) if bytes == text.as_bytes() => Ok(Present::Same),
            Ok(bytes) => {
                let now = String::from_utf8(bytes).map(|text| fingerprint(&text)).ok();
                Ok(if now.as_deref() == recorded && recorded.is_some() {
                    Present::Ours
                } else {
                    Present::Other
                })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Present::Nothing),
            Err(error) => Err(Reason::Unwritten(error.to_string())),
        }
    }

    /// Reports the articles whose source was not `seen`, and removes them where that was asked for.
    ///
    /// Only sources of `origins` are looked at: those that were read completely.
    pub fn settle(&mut self, origins: &BTreeSet<String>, seen: &BTreeSet<String>) -> Vec<Entry> {
        let gone: Vec<(String, Record)> = self
            .manifest
            .articles
            .iter()
            .filter(|(key, record)| origins.contains(&record.origin) && !seen.contains(*key))
            .map(|(key, record)| (key.clone(), record.clone()))
            .collect();
        gone.into_iter()
            .map(|(source, record)| {
                let outcome = self.remove(&source, &record);
                Entry { source, id: Some(record.id), outcome, notes: Vec::new() }
            })
            .collect()
    }

    fn remove(&mut self, key: &str, record: &Record) -> Outcome {
        if !self.rules.prune {
            return Outcome::Vanished;
        }
        let path = self.folder.join(file_name(&record.id));
        let edited = fs::read_to_string(&path).is_ok_and(|text| fingerprint(&text) != record.sha256);
        if edited && !self.rules.force {
            return Outcome::Edited;
        }
        if !self.rules.dry_run
            && let Err(error) = fs::remove_file(&path)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Outcome::Skipped(Reason::Unwritten(error.to_string()));
        }
        self.manifest.articles.remove(key);
        Outcome::Pruned
    }

    /// Writes the manifest, unless it is as it was.
    pub fn finish(self) -> io::Result<()> {
        let text = self.manifest.text().map_err(io::Error::other)?;
        let path = self.folder.join(manifest::FILE);
        let as_it_was =
            fs::read_to_string(path).map_or(self.manifest.articles.is_empty(), |present| present == text);
        if as_it_was { Ok(()) } else { self.write(manifest::FILE, &text) }
    }

    /// The file appears whole or not at all; loaders and watchers never see half of it.
    fn write(&self, name: &str, text: &str) -> io::Result<()> {
        if self.rules.dry_run {
            return Ok(());
        }
        fs::create_dir_all(&self.folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".import-").suffix(".tmp");
        #[cfg(unix)]
        {
            // What others may read is for the umask to say, as with any file.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(&self.folder)?;
        file.write_all(text.as_bytes())?;
        file.persist(self.folder.join(name))?;
        Ok(())
    }
}

fn file_name(id: &ArticleId) -> String {
    format!("{id}.md")
}
