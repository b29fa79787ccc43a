//! Keeps the search index in step with the knowledge folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::domain::{Article, PhoneNumber, Product, SynonymGroups};
use crate::knowledge::{self, Fault, FolderUnreadable, Loaded, Manifest};
use crate::search::{self, Engine, Opened, SearchError, State, Synonyms, Writer};

use super::answers::Answers;

/// Where everything is.
#[derive(Debug, Clone)]
pub struct Places {
    /// The folder of articles.
    pub knowledge: PathBuf,
    /// The folder of the article index.
    pub index: PathBuf,
    /// Memory for building an index, in bytes.
    pub memory: usize,
}

/// What is going on, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many of so many files have been read.
    Reading(usize, usize),
    /// So many of so many articles are in the index.
    Indexing(usize, usize),
}

/// What became of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// It was up to date.
    Nothing,
    /// So many articles were put in or changed, so many taken out.
    Updated(usize, usize),
    /// It was built from nothing; why, and how many articles.
    Built(String, usize),
    /// Somebody else keeps it; it was only opened.
    OnlyRead(String),
    /// It could not be written and is kept in memory; why.
    InMemory(String),
}

/// Why there are no articles to answer from.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The knowledge folder.
    #[error(transparent)]
    Folder(#[from] FolderUnreadable),
    /// The index.
    #[error(transparent)]
    Search(#[from] SearchError),
}

/// The articles of the desk, loaded and searchable.
pub struct Library {
    places: Places,
    answers: Answers,
    opened: Option<Opened>,
    writer: Option<Writer>,
    products: Vec<Product>,
    phone_numbers: Vec<PhoneNumber>,
    faults: Vec<Fault>,
    did: Did,
}

type Told<'a> = &'a mut dyn FnMut(Progress);

impl Library {
    /// Opens the index, and brings it up to date where this process may write it. `rebuild` builds it in any case.
    pub fn open(places: Places, rebuild: bool, progress: Told<'_>) -> Result<Self, LibraryError> {
        let state = search::open(&places.index, Synonyms::default())?;
        match Writer::lock(&places.index, places.memory) {
            Ok(writer) => Self::open_to_write(places, writer, state, rebuild, progress),
            Err(why) if rebuild => Err(why.into()),
            Err(why) => Self::open_to_read(places, state, &why, progress),
        }
    }

    fn open_to_write(
        places: Places,
        writer: Writer,
        state: State,
        rebuild: bool,
        progress: Told<'_>,
    ) -> Result<Self, LibraryError> {
        let usable = match state {
            _ if rebuild => Err("it was asked for".to_owned()),
            State::Ready(opened) => match serde_json::from_slice::<Manifest>(&opened.catalogue) {
                Ok(before) => Ok((*opened, before)),
                Err(error) => Err(error.to_string()),
            },
            State::Missing => Err("there was none".to_owned()),
            State::Unusable(why) => Err(why),
        };
        let (opened, loaded, did) = match usable {
            Ok((mut opened, before)) => {
                let loaded = load(&places.knowledge, &before, progress)?;
                let did = update(&writer, &mut opened, &loaded, &before)?;
                (opened, loaded, did)
            }
            Err(why) => {
                let loaded = load(&places.knowledge, &Manifest::default(), progress)?;
                let count = loaded.articles.len();
                let opened = build(&writer, &loaded, progress)?;
                (opened, loaded, Did::Built(why, count))
            }
        };
        let answers = Answers::new(engine_of(&opened.engine, &loaded.synonyms));
        Ok(Self::new(places, answers, Some(opened), Some(writer), loaded, did))
    }

    /// Another process writes the index, or nobody can: it is read as it is, or else built in memory.
    fn open_to_read(
        places: Places,
        state: State,
        why: &SearchError,
        progress: Told<'_>,
    ) -> Result<Self, LibraryError> {
        if let State::Ready(opened) = state {
            let before = serde_json::from_slice(&opened.catalogue).unwrap_or_default();
            // The texts are in the index; here only products, synonyms and faults are of use.
            let loaded = load(&places.knowledge, &before, &mut |_| {}).unwrap_or_default();
            let answers = Answers::new(engine_of(&opened.engine, &loaded.synonyms));
            return Ok(Self::new(
                places,
                answers,
                Some(*opened),
                None,
                loaded,
                Did::OnlyRead(why.to_string()),
            ));
        }
        let loaded = load(&places.knowledge, &Manifest::default(), progress)?;
        let engine = Engine::in_memory(articles(&loaded), synonyms(&loaded.synonyms))?;
        Ok(Self::new(places, Answers::new(engine), None, None, loaded, Did::InMemory(why.to_string())))
    }

    fn new(
        places: Places,
        answers: Answers,
        opened: Option<Opened>,
        writer: Option<Writer>,
        loaded: Loaded,
        did: Did,
    ) -> Self {
        let products = loaded.products.iter().cloned().collect();
        let Loaded { phone_numbers, faults, .. } = loaded;
        Self { places, answers, opened, writer, products, phone_numbers, faults, did }
    }

    /// Takes in what has changed in the folder since. Where this process does not write the index, nothing happens.
    pub fn refresh(&mut self) -> Result<&Did, LibraryError> {
        let (Some(opened), Some(writer)) = (&mut self.opened, &self.writer) else { return Ok(&self.did) };
        let before: Manifest = serde_json::from_slice(&opened.catalogue).unwrap_or_default();
        let loaded = load(&self.places.knowledge, &before, &mut |_| {})?;
        self.did = update(writer, opened, &loaded, &before)?;
        self.answers.swap(engine_of(&opened.engine, &loaded.synonyms));
        self.products = loaded.products.iter().cloned().collect();
        self.phone_numbers = loaded.phone_numbers;
        self.faults = loaded.faults;
        Ok(&self.did)
    }

    /// For asking. Clones see every later change.
    #[must_use]
    pub fn answers(&self) -> Answers {
        self.answers.clone()
    }

    /// The products, in the order of their file.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The phone numbers, in the order of their file.
    #[must_use]
    pub fn phone_numbers(&self) -> &[PhoneNumber] {
        &self.phone_numbers
    }

    /// Everything that is wrong in the folder.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What became of the index the last time.
    #[must_use]
    pub fn did(&self) -> &Did {
        &self.did
    }

    /// Whether this process keeps the index in step.
    #[must_use]
    pub fn is_writer(&self) -> bool {
        self.writer.is_some()
    }

    /// The folder of articles.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.places.knowledge
    }
}

fn load(folder: &Path, before: &Manifest, progress: Told<'_>) -> Result<Loaded, FolderUnreadable> {
    knowledge::load(folder, before, &mut |done, of| progress(Progress::Reading(done, of)))
}

fn update(
    writer: &Writer,
    opened: &mut Opened,
    loaded: &Loaded,
    before: &Manifest,
) -> Result<Did, LibraryError> {
    if loaded.manifest == *before {
        return Ok(Did::Nothing);
    }
    let (changed, removed) = (loaded.articles.len(), loaded.removed.len());
    writer.update(opened, articles(loaded).collect(), &loaded.removed, &catalogue(&loaded.manifest)?)?;
    Ok(Did::Updated(changed, removed))
}

fn build(writer: &Writer, loaded: &Loaded, progress: Told<'_>) -> Result<Opened, LibraryError> {
    let of = loaded.articles.len();
    let mut told = |done: u64| progress(Progress::Indexing(done as usize, of));
    Ok(writer.rebuild(articles(loaded), &catalogue(&loaded.manifest)?, Synonyms::default(), &mut told)?)
}

fn articles(loaded: &Loaded) -> impl Iterator<Item = Article> + '_ {
    loaded.articles.iter().map(|loaded| loaded.article.clone())
}

fn catalogue(manifest: &Manifest) -> Result<Vec<u8>, LibraryError> {
    Ok(serde_json::to_vec(manifest).map_err(SearchError::from)?)
}

fn synonyms(groups: &SynonymGroups) -> Synonyms {
    Synonyms::new(&groups.groups, &groups.replacements)
}

fn engine_of(engine: &Arc<Engine>, groups: &SynonymGroups) -> Engine {
    engine.with_synonyms(synonyms(groups))
}
