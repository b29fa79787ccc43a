//! Finds the documents of all sources. What can't be had is noted, and the rest goes on.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

use url::Url;

use super::{
    help_centre,
    plan::{ImportError, Plan, Progress, Source},
};
use crate::{
    knowledge::import::{Document, Entry, MAX_FILE, Outcome, Reason, Skipped, Tree, read_text},
    net::{FetchError, Fetcher, Wanted},
};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub documents: Vec<Document>,
    pub skipped: Vec<Entry>,
    /// Origins of which every source was seen: what is missing there is gone.
    pub complete: BTreeSet<String>,
    /// Sources that are still there although they gave no document this time.
    pub present: BTreeSet<String>,
}

impl Gathered {
    /// Notes that a source gave no document.
    pub(super) fn skip(&mut self, source: impl Into<String>, reason: Reason) {
        let source = source.into();
        if reason.is_trouble() {
            self.present.insert(source.clone());
        }
        self.skipped.push(Entry { source, id: None, outcome: Outcome::Skipped(reason), notes: Vec::new() });
    }

    /// Takes a document, or notes why there is none.
    pub(super) fn take(&mut self, source: &str, document: Result<Document, Reason>) {
        match document {
            Ok(document) => self.documents.push(document),
            Err(reason) => self.skip(source, reason),
        }
    }
}

/// Runs what reads people's files. A fault in one of the parsers must not take the other articles down.
pub(super) fn sheltered<T>(read: impl FnOnce() -> Result<T, Reason>) -> Result<T, Reason> {
    let failed = || Reason::Malformed("it made the importer fail; please report this".to_owned());
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(failed()))
}

/// Who is told what is going on.
pub(super) type Watch<'a> = &'a mut (dyn FnMut(Progress) + Send);

/// Gathers the documents of a plan.
pub(super) async fn all(plan: &Plan, progress: Watch<'_>) -> Result<Gathered, ImportError> {
    let base = plan.base_url.clone().map(with_slash);
    let fetcher = Fetcher::new(plan.limits)?;
    let mut gathered = Gathered::default();
    // The same page may be named twice, on the command line and in a list.
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for source in &plan.sources {
        match source {
            Source::Folder(path) => {
                progress(Progress::Reading { source: path.display().to_string() });
                folder(path, base.as_ref(), &mut gathered);
            }
            Source::PageFile(path) => {
                progress(Progress::Reading { source: path.display().to_string() });
                page_file(path, &mut gathered);
            }
            Source::Page(address) => {
                if asked.insert(address.clone()) {
                    page(&fetcher, address, address, &mut gathered, progress).await;
                }
            }
            Source::List(path) => list(&fetcher, path, &mut asked, &mut gathered, progress).await,
            Source::HelpCentreFile(path) => {
                progress(Progress::Reading { source: path.display().to_string() });
                help_centre::file(path, &mut gathered);
            }
            Source::HelpCentre(address) => help_centre::api(&fetcher, address, &mut gathered, progress).await,
        }
    }
    Ok(gathered)
}

/// `https://x.y/docs` is the folder `docs`, not a page beside its neighbours.
fn with_slash(mut url: Url) -> Url {
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    url
}

fn folder(path: &Path, base: Option<&Url>, gathered: &mut Gathered) {
    let (tree, skipped) = match Tree::open(path) {
        Ok(opened) => opened,
        Err(error) => {
            return gathered.skip(path.display().to_string(), Reason::Unreadable(error.to_string()));
        }
    };
    for Skipped { source, reason } in skipped {
        gathered.skip(source, reason);
    }
    let tree = Arc::new(tree);
    let mut files = 0;
    for (file, is_article) in tree.files() {
        files += 1;
        let key = tree.key(file);
        if is_article {
            gathered.take(&key, sheltered(|| Document::from_folder(&tree, file, base)));
        } else {
            gathered.skip(key, Reason::Part);
        }
    }
    if files == 0 {
        gathered.skip(path.display().to_string(), Reason::Empty);
    } else if tree.is_complete() {
        gathered.complete.insert(tree.name().to_owned());
    }
}

fn page_file(path: &Path, gathered: &mut Gathered) {
    let key = path.strip_prefix(".").unwrap_or(path).to_string_lossy().replace('\\', "/");
    let document =
        read_text(path, MAX_FILE).and_then(|html| sheltered(|| Document::from_page(&key, &key, &html, None)));
    gathered.take(&key, document);
}

async fn page(fetcher: &Fetcher, address: &str, origin: &str, gathered: &mut Gathered, progress: Watch<'_>) {
    progress(Progress::Fetching { address: address.to_owned(), found: gathered.documents.len() });
    match fetcher.get(address, Wanted::Page).await {
        Ok(found) => {
            let found_at = Url::parse(&found.url).ok();
            let document = sheltered(|| Document::from_page(address, origin, &found.text, found_at.as_ref()));
            gathered.take(address, document);
        }
        Err(error @ FetchError::Gone(_)) => {
            // The page is its own origin: that it is gone is all there is to know about it.
            gathered.complete.insert(origin.to_owned());
            gathered.skip(address, Reason::Gone(error.to_string()));
        }
        Err(error) => gathered.skip(address, Reason::Unfetched(error.to_string())),
    }
}

async fn list(
    fetcher: &Fetcher,
    path: &Path,
    asked: &mut BTreeSet<String>,
    gathered: &mut Gathered,
    progress: Watch<'_>,
) {
    let text = match read_text(path, MAX_FILE) {
        Ok(text) => text,
        Err(reason) => return gathered.skip(path.display().to_string(), reason),
    };
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let origin = format!("list:{name}");
    for (number, line) in text.lines().enumerate() {
        let address = line.split(" #").next().unwrap_or_default().trim();
        if address.is_empty() || address.starts_with('#') {
            continue;
        }
        if !address.starts_with("http://") && !address.starts_with("https://") {
            let reason = Reason::Malformed(format!("line {} is no http or https address", number + 1));
            gathered.skip(format!("{name}: {address}"), reason);
        } else if asked.insert(address.to_owned()) {
            page(fetcher, address, &origin, gathered, progress).await;
        } else {
            // Whoever asked first has it; it is not missing here.
            gathered.present.insert(address.to_owned());
        }
    }
    gathered.complete.insert(origin);
}
