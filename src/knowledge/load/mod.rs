//! Reads a knowledge folder: all of it the first time, afterwards only what has changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use crate::domain::{Article, ArticleId, PhoneNumber, SynonymGroups};

use super::{
    article_file,
    check::check,
    fault::Fault,
    manifest::{Manifest, plan},
    phone_numbers,
    products::Products,
    scan::{FileStamp, FolderUnreadable, scan},
    synonyms, text,
};

/// An article and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedArticle {
    /// What it says.
    pub article: Article,
    /// Its file, as the operator names it.
    pub file: PathBuf,
    /// The articles it links to, with the lines of the links.
    pub links: Vec<(usize, ArticleId)>,
}

/// What a folder holds, and what became different since the time before.
#[derive(Debug, Default)]
pub struct Loaded {
    /// New and changed articles, by path; after [`Manifest::default`], all of them.
    pub articles: Vec<LoadedArticle>,
    /// Articles that are there no longer.
    pub removed: Vec<ArticleId>,
    /// All products.
    pub products: Products,
    /// All synonyms.
    pub synonyms: SynonymGroups,
    /// All phone numbers, in the order of their file.
    pub phone_numbers: Vec<PhoneNumber>,
    /// Everything that is wrong, in unchanged files too, by file and line.
    pub faults: Vec<Fault>,
    /// What to hand in the next time.
    pub manifest: Manifest,
}

/// Reads the files of a folder that have changed since `before` was written, and checks all of them against each other.
/// `progress` hears how many of the files to read have been read.
///
/// A folder that can't be read at all is an error and no empty folder: a moment in which it is being replaced must not
/// cost the desk its articles.
pub fn load(
    folder: &Path,
    before: &Manifest,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Loaded, FolderUnreadable> {
    let scan = scan(folder)?;
    let changes = plan(before, &scan);
    let mut loaded = Loaded { faults: scan.faults, manifest: before.clone(), ..Loaded::default() };
    for path in &changes.removed {
        loaded.manifest.files.remove(path);
    }
    let mut fresh = BTreeMap::new();
    for (done, stamp) in changes.parse.iter().enumerate() {
        fresh.extend(read(folder, stamp, &mut loaded));
        progress(done + 1, changes.parse.len());
    }
    let places_before: BTreeMap<_, _> = before.names().paths().collect();
    for stamp in stepping_in(&places_before, &loaded.manifest, &fresh) {
        fresh.extend(read(folder, &stamp, &mut loaded));
    }
    let places: BTreeMap<ArticleId, String> =
        loaded.manifest.names().paths().map(|(id, path)| (id.clone(), path.to_owned())).collect();
    loaded.removed = places_before.into_keys().filter(|id| !places.contains_key(*id)).cloned().collect();
    let shown: BTreeSet<&str> = places.values().map(String::as_str).collect();
    fresh.retain(|path, _| shown.contains(path.as_str()));
    loaded.articles = fresh.into_values().collect();
    loaded.products = Products::read(folder, &mut loaded.faults);
    loaded.synonyms = synonyms::read(folder, &mut loaded.faults);
    loaded.phone_numbers = phone_numbers::read(folder, &mut loaded.faults);
    loaded.faults.extend(check(folder, &loaded.manifest, &loaded.products));
    loaded.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(loaded)
}

/// Reads one file into the manifest, and answers the article in it.
fn read(folder: &Path, stamp: &FileStamp, loaded: &mut Loaded) -> Option<(String, LoadedArticle)> {
    let file = folder.join(&stamp.path);
    match article_file::read(folder, stamp) {
        Ok(read) => {
            loaded.manifest.files.insert(stamp.path.clone(), read.entry);
            let (article, links) = read.article?;
            Some((stamp.path.clone(), LoadedArticle { article, file, links }))
        }
        Err(error) => {
            // Not remembered, so that it is tried again the next time.
            loaded.manifest.files.remove(&stamp.path);
            // One that is gone since the folder was looked at is no fault.
            if error.kind() != io::ErrorKind::NotFound {
                loaded.faults.push(text::unreadable(&error).in_file(&file));
            }
            None
        }
    }
}

/// Unchanged files whose articles were hidden behind others with the same id, which have gone or changed their id.
fn stepping_in(
    before: &BTreeMap<&ArticleId, &str>,
    manifest: &Manifest,
    fresh: &BTreeMap<String, LoadedArticle>,
) -> Vec<FileStamp> {
    let stamp = |path: &str| {
        let entry = manifest.files.get(path)?;
        Some(FileStamp { path: path.to_owned(), size: entry.size, modified: entry.modified })
    };
    let names = manifest.names();
    let hidden =
        names.paths().filter(|(id, path)| before.get(id) != Some(path) && !fresh.contains_key(*path));
    hidden.filter_map(|(_, path)| stamp(path)).collect()
}

#[cfg(test)]
mod tests;
