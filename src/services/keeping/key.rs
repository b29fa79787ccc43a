//! The desk key: what links, codes and sealed values are derived from. It belongs to the records, and is never printed.

use std::fmt::{self, Write as _};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::disk::{create_folder, folder_of, keep_new};
use crate::domain::Digest;
use crate::store::{Batch, CommitError, Key, Store, StoreError};

/// The name of its file, beside the store.
const FILE: &str = "desk.key";
/// Shorter keys could be guessed.
const SHORTEST: usize = 32;
/// What is longer is no key but some other file.
const LONGEST: usize = 1024;

/// The desk key. Its `Debug` is "…", and it has neither `Display` nor `Serialize`.
#[derive(Clone, PartialEq, Eq)]
pub struct DeskKey(String);

/// Why there is no desk key to work with. No variant holds the key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// What was set or written is no key.
    #[error(
        "{place} holds no desk key: {why}. It is a text of {SHORTEST} to {LONGEST} letters and digits without spaces, as `openssl rand -hex 32` prints one; nothing was changed"
    )]
    NoKey {
        /// The variable or the file.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// Its file can't be read or written.
    #[error("the desk key in {} can't be used: {error}; nothing was changed", file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The system gave no random bytes.
    #[error("the system gave no random bytes for a desk key: {0}; nothing was changed")]
    Random(io::Error),
    /// The records were made with a key that is not there.
    #[error(
        "the desk key that belongs to the records is missing: put {} back from a backup, or set GUIDEPOST_SECRET_KEY; nothing was changed",
        .0.display()
    )]
    Missing(PathBuf),
    /// The records were made with another key.
    #[error(
        "{0} is not the desk key that belongs to the records: put the right one back, for example from a backup; nothing was changed"
    )]
    Other(String),
    /// There is another key where records are to come that were made with theirs.
    #[error(
        "{0} is another desk key than the one that the records were made with: move it away, or choose another place; nothing was written"
    )]
    Taken(String),
}

impl DeskKey {
    /// A key as it was set or written; else why it is none.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        match text.len() {
            0 => Err("it is empty"),
            1..SHORTEST => Err("it is too short"),
            SHORTEST..=LONGEST if text.bytes().all(|b| b.is_ascii_graphic()) => Ok(Self(text.to_owned())),
            SHORTEST..=LONGEST => Err("it has spaces or other signs in it"),
            _ => Err("it is too long"),
        }
    }

    /// The key itself, for the few places that derive something from it.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// What the store keeps of the key to know it again; nothing leads back from it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        Digest::of(&format!("the desk key\n{}", self.0)).to_string()
    }

    fn of_bytes(bytes: [u8; 32]) -> Self {
        let mut text = String::with_capacity(64);
        for byte in bytes {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }
}

impl fmt::Debug for DeskKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Where the desk key of a store comes from: the environment, else a file beside the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPlace {
    environment: Option<DeskKey>,
    file: PathBuf,
}

impl KeyPlace {
    /// Where the key is for the store of this path. `secret` is what `GUIDEPOST_SECRET_KEY` says.
    pub fn new(secret: Option<&str>, store: &Path) -> Result<Self, KeyError> {
        let parsed = secret.map(DeskKey::parse).transpose();
        let environment = parsed.map_err(|why| KeyError::NoKey {
            place: "GUIDEPOST_SECRET_KEY".to_owned(),
            why: why.to_owned(),
        })?;
        Ok(Self { environment, file: folder_of(store).join(FILE) })
    }

    /// The key; `None` where there is none yet.
    pub fn read(&self) -> Result<Option<DeskKey>, KeyError> {
        if let Some(key) = &self.environment {
            return Ok(Some(key.clone()));
        }
        let text = match fs::read(&self.file) {
            Ok(text) => String::from_utf8_lossy(&text).into_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.fault(error)),
        };
        self.warn_if_open();
        let no_key =
            |why: &str| KeyError::NoKey { place: self.file.display().to_string(), why: why.to_owned() };
        DeskKey::parse(&text).map(Some).map_err(no_key)
    }

    /// Whether this key could be kept here: only where there is none, or the same.
    pub fn accepts(&self, key: &DeskKey) -> Result<(), KeyError> {
        match self.read()? {
            Some(present) if present != *key => Err(KeyError::Taken(self.name())),
            Some(_) | None => Ok(()),
        }
    }

    /// Keeps a key, durably and for the owner's eyes only, where there is none yet; the answer is the key that is in force,
    /// which is another one where somebody else was faster.
    pub fn keep(&self, key: &DeskKey) -> Result<DeskKey, KeyError> {
        if let Some(present) = self.read()? {
            return Ok(present);
        }
        match self.write(key) {
            Ok(()) => Ok(key.clone()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.read()?.ok_or_else(|| self.fault(error))
            }
            Err(error) => Err(self.fault(error)),
        }
    }

    fn write(&self, key: &DeskKey) -> io::Result<()> {
        let folder = folder_of(&self.file);
        create_folder(folder)?;
        // On Unix only its owner may read what this makes.
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        writeln!(beside, "{}", key.0)?;
        keep_new(beside, &self.file)
    }

    /// What messages call the place.
    fn name(&self) -> String {
        match self.environment {
            Some(_) => "GUIDEPOST_SECRET_KEY".to_owned(),
            None => self.file.display().to_string(),
        }
    }

    fn fault(&self, error: io::Error) -> KeyError {
        KeyError::File { file: self.file.clone(), error }
    }

    fn warn_if_open(&self) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&self.file).map(|meta| meta.permissions().mode());
            if mode.is_ok_and(|mode| mode & 0o077 != 0) {
                tracing::warn!(file = %self.file.display(), "others can read the desk key; chmod 600 it");
            }
        }
    }
}

/// The key of an open store. At the first start one is made of `fresh` bytes; from then on the store knows its key again, so
/// that none is ever made in the place of one that was lost.
pub async fn open(
    store: &Store,
    place: &KeyPlace,
    fresh: impl FnOnce() -> io::Result<[u8; 32]>,
) -> Result<DeskKey, super::KeepingError> {
    let known = store.get(&known_as()).await?;
    let key = match (place.read()?, &known) {
        (Some(key), _) => key,
        (None, Some(_)) => return Err(KeyError::Missing(place.file.clone()).into()),
        (None, None) => place.keep(&DeskKey::of_bytes(fresh().map_err(KeyError::Random)?))?,
    };
    let fingerprint = key.fingerprint();
    let Some(known) = known else { return bind(store, place, key, &fingerprint).await };
    if known.value.text().as_ref() == Some(&fingerprint) {
        Ok(key)
    } else {
        Err(KeyError::Other(place.name()).into())
    }
}

/// Notes in the store which key is its own.
async fn bind(
    store: &Store,
    place: &KeyPlace,
    key: DeskKey,
    fingerprint: &str,
) -> Result<DeskKey, super::KeepingError> {
    let mut batch = Batch::new();
    batch.expect_absent(known_as());
    batch.put(known_as(), &fingerprint);
    match store.commit(batch).await {
        Ok(_) => Ok(key),
        // Another desk on the same server was faster: its key counts.
        Err(CommitError::Conflict(_)) => match store.get(&known_as()).await? {
            Some(known) if known.value.text().as_deref() == Some(fingerprint) => Ok(key),
            Some(_) | None => Err(KeyError::Other(place.name()).into()),
        },
        Err(CommitError::Store(error)) => Err(error.into()),
        Err(error @ CommitError::Wrong(_)) => Err(StoreError::Damaged(error.to_string()).into()),
    }
}

/// Where the store keeps the fingerprint of its key.
#[must_use]
pub fn known_as() -> Key {
    Key::of("store").text("desk-key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_long_enough_and_of_one_piece() {
        let long = "k".repeat(SHORTEST);
        for (text, is_key) in [
            ("", false),
            ("short", false),
            (long.as_str(), true),
            (format!(" {long}\n").as_str(), true),
            (format!("{long} {long}").as_str(), false),
            (format!("{long}é").as_str(), false),
            ("k".repeat(LONGEST).as_str(), true),
            ("k".repeat(LONGEST + 1).as_str(), false),
        ] {
            assert_eq!(DeskKey::parse(text).is_ok(), is_key, "{text}");
        }
        assert_eq!(DeskKey::parse(&format!(" {long}\n")), DeskKey::parse(&long));
    }

    #[test]
    fn a_key_is_never_printed() {
        let secret = "s3cret".repeat(8);
        let place = KeyPlace::new(Some(&secret), Path::new("data/store")).unwrap();
        let other = DeskKey::parse(&"k".repeat(40)).unwrap();
        let told = format!("{place:?} {:?} {}", place.read(), place.accepts(&other).unwrap_err());
        assert!(!told.contains("s3cret"), "{told}");
        let refused = KeyPlace::new(Some("s3cret"), Path::new("data/store")).unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("s3cret"));
    }
}
