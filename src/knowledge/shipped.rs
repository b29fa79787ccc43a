//! The articles that come inside the program, and how they get onto the disk where there are none.

use std::{
    borrow::Cow,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::disk::sync_folder;
use rust_embed::RustEmbed;

// One for each folder, since `knowledge/imported` and whatever else an author has lying about is not shipped.
#[derive(RustEmbed)]
#[folder = "knowledge/support"]
#[prefix = "support/"]
struct Support;

#[derive(RustEmbed)]
#[folder = "knowledge/docs"]
#[prefix = "docs/"]
struct Docs;

#[derive(RustEmbed)]
#[folder = "knowledge/tech-zone"]
#[prefix = "tech-zone/"]
struct TechZone;

const LISTS: [(&str, &str); 3] = [
    ("products.toml", include_str!("../../knowledge/products.toml")),
    ("synonyms.toml", include_str!("../../knowledge/synonyms.toml")),
    ("phone-numbers.toml", include_str!("../../knowledge/phone-numbers.toml")),
];

/// The shipped articles could not be written out.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the shipped articles to {}: {source}", path.display())]
pub struct NotWritten {
    /// The folder or file that could not be written.
    pub path: PathBuf,
    /// The system's reason.
    pub source: io::Error,
}

/// The shipped files: their paths inside the knowledge folder, and their bytes.
pub fn files() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let support = Support::iter().filter_map(|path| Some((path.clone(), Support::get(&path)?)));
    let docs = Docs::iter().filter_map(|path| Some((path.clone(), Docs::get(&path)?)));
    let tech_zone = TechZone::iter().filter_map(|path| Some((path.clone(), TechZone::get(&path)?)));
    // An editor's own files may lie beside the articles while the program is built.
    let articles = support.chain(docs).chain(tech_zone).filter(|(path, _)| {
        path.strip_suffix(".md").is_some() && !path.split('/').any(|part| part.starts_with('.'))
    });
    let lists = LISTS.map(|(path, text)| (path.to_owned(), Cow::Borrowed(text.as_bytes())));
    articles.map(|(path, file)| (path.into_owned(), file.data)).chain(lists)
}

/// Writes the shipped files to a folder that does not exist, and answers how many they are. An existing folder, even an
/// empty one, is left as it is, and the answer is 0.
///
/// They are written beside it and renamed into place, so that a crash never leaves half a folder.
pub fn write_out(folder: &Path) -> Result<usize, NotWritten> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| NotWritten { path, source }
    };
    if folder.symlink_metadata().is_ok() {
        return Ok(0);
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let beside = tempfile::Builder::new().prefix(".knowledge-").tempdir_in(parent).map_err(failed(parent))?;
    // One level down, as the temporary folder itself is readable by nobody else.
    let new = beside.path().join("new");
    let mut count = 0;
    for (path, bytes) in files() {
        let file = new.join(&path);
        write(&file, &bytes).map_err(failed(&folder.join(&path)))?;
        count += 1;
    }
    match fs::rename(&new, folder) {
        Ok(()) => {
            sync_folder(parent).map_err(failed(parent))?;
            Ok(count)
        }
        // Another desk, started at the same time, was quicker.
        Err(_) if folder.is_dir() => Ok(0),
        Err(source) => Err(failed(folder)(source)),
    }
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(file)?;
    file.write_all(bytes)?;
    // Before the rename, or a power cut could leave the folder with empty files in it.
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::knowledge::{Manifest, load};

    #[test]
    fn what_is_shipped_is_what_the_repository_holds() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        let mut expected: BTreeSet<String> = LISTS.map(|(path, _)| path.to_owned()).into();
        for folder in ["support", "docs", "tech-zone"] {
            let names = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
            let names = names.map(|name| name.into_string().unwrap());
            let articles = names.filter(|name| Path::new(name).extension().is_some_and(|end| end == "md"));
            expected.extend(articles.map(|name| format!("{folder}/{name}")));
        }
        let shipped: BTreeSet<String> = files().map(|(path, _)| path).collect();
        assert_eq!(
            shipped, expected,
            "cargo does not see new articles by itself: touch src/knowledge/shipped.rs"
        );
    }

    #[test]
    fn shipped_articles_load_without_fault_or_warning() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("some/where/knowledge");
        let written = write_out(&folder).unwrap();
        assert_eq!(written, files().count());
        let loaded = load(&folder, &Manifest::default(), &mut |_, _| {}).unwrap();
        let faults: Vec<String> = loaded.faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, [""; 0]);
        assert_eq!(loaded.articles.len(), written - LISTS.len());
        assert!(!loaded.products.is_empty() && !loaded.synonyms.groups.is_empty());
        assert!(!loaded.phone_numbers.is_empty());
    }

    #[test]
    fn a_folder_that_exists_is_left_as_it_is() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("knowledge");
        fs::create_dir(&folder).unwrap();
        assert_eq!(write_out(&folder).unwrap(), 0);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("file");
        fs::write(&file, "").unwrap();
        let error = write_out(&file.join("knowledge")).unwrap_err();
        assert_eq!(error.path, file);
    }
}
