//! What is in the knowledge folder, without reading any of it.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::fault::{Fault, Remark, Severity};

/// Folders deeper than this are left alone; only links that lead in circles get there.
const DEEPEST: usize = 32;

/// The folder itself can't be read, so nothing is known about what is in it.
#[derive(Debug, thiserror::Error)]
#[error("the knowledge folder {} cannot be read: {source}", folder.display())]
pub struct FolderUnreadable {
    /// The folder.
    pub folder: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

/// By what a changed file is told from an unchanged one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// The path inside the folder, with `/` on every system.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: u64,
}

/// The article files of a folder.
#[derive(Debug, Default)]
pub struct Scan {
    /// Sorted by path.
    pub stamps: Vec<FileStamp>,
    /// Paths below which nothing could be listed now; what was there before may still be.
    pub unlisted: Vec<String>,
    /// What could not be listed, and why.
    pub faults: Vec<Fault>,
}

/// Looks at every `.md` file of a folder. Hidden files and folders and every `README.md` are left out.
pub fn scan(folder: &Path) -> Result<Scan, FolderUnreadable> {
    // Asked for first, as the walk below would tell the loss of the whole folder like that of a part.
    fs::read_dir(folder).map_err(|source| FolderUnreadable { folder: folder.to_owned(), source })?;
    let mut scan = Scan::default();
    let walk = WalkDir::new(folder).follow_links(true).max_depth(DEEPEST);
    for entry in walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => scan.add(folder, &entry),
            Ok(_) => {}
            Err(error) => scan.report(folder, &error),
        }
    }
    scan.stamps.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(scan)
}

impl Scan {
    fn add(&mut self, folder: &Path, entry: &DirEntry) {
        let Some(path) = relative(folder, entry.path()) else {
            let remark = Remark::whole_file("the file's name is not UTF-8", "rename it");
            self.faults.push(remark.in_file(entry.path()));
            return;
        };
        match entry.metadata() {
            Ok(metadata) => {
                self.stamps.push(FileStamp { path, size: metadata.len(), modified: modified(&metadata) });
            }
            Err(error) => self.report(folder, &error),
        }
    }

    fn report(&mut self, folder: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(folder);
        if path.file_name().is_some_and(is_hidden) {
            return;
        }
        if error.loop_ancestor().is_some() {
            let remark =
                Remark::whole_file("this link leads to a folder around it", "remove it, as it adds nothing");
            self.faults.push(Remark { severity: Severity::Warning, ..remark }.in_file(path));
            return;
        }
        // A file that was removed while the folder was read, or a link to nothing.
        if fs::symlink_metadata(path).is_err() {
            return;
        }
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        let remedy = "check that it exists and that the desk may read it";
        self.faults.push(Remark::whole_file(format!("this cannot be read: {reason}"), remedy).in_file(path));
        self.unlisted.extend(relative(folder, path));
    }
}

/// The path inside the folder; none where it is not UTF-8.
fn relative(folder: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(folder).ok()?.iter().map(OsStr::to_str);
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        && !path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

/// Zero for times that no file has.
fn modified(metadata: &fs::Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default()
}
