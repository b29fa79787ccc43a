//! A folder of articles: which files are in it, and their text.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;
use walkdir::{DirEntry, WalkDir};

use super::{
    paths,
    patterns::pattern,
    report::{Reason, Skipped},
};

/// The largest file that is read; no help article comes near it.
pub const MAX_FILE: u64 = 4 * 1024 * 1024;
/// The largest export of a help centre, which holds all its articles.
pub const MAX_EXPORT: u64 = 512 * 1024 * 1024;

/// Folders that hold parts and settings, never articles.
const PARTS: [&str; 8] =
    ["includes", "_includes", "_layouts", "_partials", "_snippets", "_data", "_site", "node_modules"];

/// A folder and the articles in it, by their paths.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    name: String,
    files: BTreeSet<String>,
    /// Whether every folder inside could be listed; what was not listed may still be there.
    complete: bool,
}

impl Tree {
    /// Lists a folder; a single file counts as a folder with nothing else in it.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<Skipped>)> {
        let path = fs::canonicalize(path)?;
        let name =
            path.file_name().map_or_else(|| "folder".to_owned(), |name| name.to_string_lossy().into_owned());
        let root = if path.is_file() {
            path.parent().map(Path::to_path_buf).unwrap_or_default()
        } else {
            path.clone()
        };
        let mut tree = Self { root, name, files: BTreeSet::new(), complete: true };
        let mut skipped = Vec::new();
        for entry in WalkDir::new(&path).sort_by_file_name().into_iter().filter_entry(is_visible) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => tree.add(entry.path(), &mut skipped),
                Ok(_) => {}
                Err(error) => {
                    tree.complete = false;
                    let source = error.path().unwrap_or(&tree.root).display().to_string();
                    skipped.push(Skipped::new(source, Reason::Unreadable(error.to_string())));
                }
            }
        }
        Ok((tree, skipped))
    }

    fn add(&mut self, file: &Path, skipped: &mut Vec<Skipped>) {
        let Ok(relative) = file.strip_prefix(&self.root) else { return };
        let Some(path) = relative.to_str() else {
            let source = relative.to_string_lossy().into_owned();
            skipped.push(Skipped::new(source, Reason::Unreadable("its name is not UTF-8".to_owned())));
            return;
        };
        let path = path.replace(std::path::MAIN_SEPARATOR, "/");
        if paths::is_markdown(&path) || paths::is_html(&path) {
            self.files.insert(path);
        }
    }

    /// The last part of the folder's own path.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the manifest and the report call a file.
    #[must_use]
    pub fn key(&self, path: &str) -> String {
        // A single file is a folder of its own name.
        if self.name == path { path.to_owned() } else { format!("{}/{path}", self.name) }
    }

    /// Whether everything in the folder was seen.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The files in order, each with whether it is an article of its own.
    pub fn files(&self) -> impl Iterator<Item = (&str, bool)> {
        self.files.iter().map(|path| (path.as_str(), !is_part(path)))
    }

    /// Whether a file with this path was listed.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    /// The part of this name, from the folder for parts that is nearest to `from`.
    pub(super) fn part(&self, name: &str, from: &str) -> Option<String> {
        let end = format!("includes/{name}");
        let shared =
            |path: &str| path.bytes().zip(from.bytes()).take_while(|(one, other)| one == other).count();
        let found =
            self.files.iter().filter(|path| !name.is_empty() && path.ends_with(&end) && is_part(path));
        found.max_by_key(|path| shared(path)).cloned()
    }

    /// The text of a listed file.
    pub fn read(&self, path: &str) -> Result<String, Reason> {
        if !self.contains(path) {
            return Err(Reason::Unreadable("it is not in the folder".to_owned()));
        }
        read_text(&self.root.join(path), MAX_FILE)
    }
}

/// The text of a file, with its lines ended by `\n` and without control characters.
pub fn read_text(path: &Path, limit: u64) -> Result<String, Reason> {
    let unreadable = |error: io::Error| Reason::Unreadable(error.to_string());
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > limit {
        return Err(Reason::TooLarge { bytes: size });
    }
    let text = String::from_utf8(fs::read(path).map_err(unreadable)?).map_err(|_| Reason::NotUtf8)?;
    Ok(clean(&text))
}

/// Colours and the like, as terminals write them into logs.
static TERMINAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\x1b(?:\[[0-9;?]*[A-Za-z]|%[@G]|[()][0-9A-Z])"));

/// Lines ended by `\n`; no byte order mark, no control characters but tab and newline.
pub(super) fn clean(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let text = TERMINAL.replace_all(&text, "");
    if text.chars().any(is_control) { text.replace(is_control, "") } else { text.into_owned() }
}

fn is_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\n' | '\t')
}

/// Hidden folders (`.git`) hold no articles.
fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

/// A file that others include, a table of contents, or a paper about the folder itself.
fn is_part(path: &str) -> bool {
    let mut folders: Vec<&str> = path.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    folders.iter().any(|folder| PARTS.contains(&folder.to_ascii_lowercase().as_str()))
        || ["_sidebar", "_navbar"].contains(&stem)
        || stem.eq_ignore_ascii_case("toc")
        // In lower case these are likely to be real pages.
        || ["SUMMARY", "LICENSE", "CONTRIBUTING", "CODE_OF_CONDUCT"].contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_housekeeping_are_no_articles() {
        for path in ["includes/a.md", "a/_includes/b.md", "_sidebar.md", "TOC.md", "CODE_OF_CONDUCT.md"] {
            assert!(is_part(path), "{path}");
        }
        for path in
            ["a.md", "docs/_index.md", "summary.md", "_posts/2020-01-02-a.md", "windows/includes-foo.md"]
        {
            assert!(!is_part(path), "{path}");
        }
    }

    #[test]
    fn text_is_cleaned_of_what_no_reader_sees() {
        assert_eq!(clean("\u{feff}a\r\nb\u{0}\rc\td\u{1b}[0;32mOK\u{1b}[0m"), "a\nb\nc\tdOK");
    }

    #[test]
    fn hidden_folders_and_other_files_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        for path in [".git/a.md", "b.md", "c.png", "sub/d.mdx"] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let (tree, skipped) = Tree::open(folder.path()).unwrap();
        assert_eq!(tree.files().collect::<Vec<_>>(), [("b.md", true), ("sub/d.mdx", true)]);
        assert!(skipped.is_empty());
        assert!(tree.read("../b.md").is_err());
    }
}
