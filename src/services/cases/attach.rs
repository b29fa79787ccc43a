//! Files on their way into a case: what is taken, and under which name and type.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::Upload;
use crate::domain::case::{Attachment, FileKind, Unlike, extension, safe_name};
use crate::store::files::{FileId, Put};
use crate::store::{Batch, Key, StoreError, Writes};

use super::{CaseError, Cases};

/// Which files are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The largest, in bytes.
    pub most_bytes: u64,
    /// The most at once.
    pub most_files: usize,
    /// The extensions, in lower case, without the dot.
    pub extensions: Vec<String>,
}

/// Why a file can't be taken. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    /// It is too large.
    #[error("{name} has {size} bytes; a file may have {most}")]
    TooLarge {
        /// Its name, made harmless.
        name: String,
        /// Its size.
        size: u64,
        /// The most.
        most: u64,
    },
    /// There is nothing in it.
    #[error("{name} is empty")]
    Empty {
        /// Its name, made harmless.
        name: String,
    },
    /// Files of its type are not taken.
    #[error("{name} is of a type that is not taken")]
    Type {
        /// Its name, made harmless.
        name: String,
        /// The extensions that are.
        allowed: Vec<String>,
    },
    /// It is not what its name says: a program that calls itself a picture.
    #[error("{name} is not what its name says")]
    Disguised {
        /// Its name, made harmless.
        name: String,
    },
    /// There are too many at once.
    #[error("{count} files at once; {most} are taken")]
    TooMany {
        /// How many.
        count: usize,
        /// The most.
        most: usize,
    },
}

impl Allowed {
    /// Looks at files as they come in; what they are called and what they are.
    pub fn inspect(&self, uploads: &[Upload]) -> Result<Vec<Attachment>, FileRefused> {
        if uploads.len() > self.most_files {
            return Err(FileRefused::TooMany { count: uploads.len(), most: self.most_files });
        }
        uploads.iter().map(|upload| self.inspect_one(upload)).collect()
    }

    /// The files that are taken, as many as may come at once, and why each of the others is not.
    #[must_use]
    pub fn sorted(&self, uploads: &[Upload]) -> (Vec<Upload>, Vec<FileRefused>) {
        let mut taken = Vec::new();
        let mut refused = Vec::new();
        for upload in uploads.iter().take(self.most_files) {
            match self.inspect_one(upload) {
                Ok(_) => taken.push(upload.clone()),
                Err(why) => refused.push(why),
            }
        }
        if uploads.len() > self.most_files {
            refused.push(FileRefused::TooMany { count: uploads.len(), most: self.most_files });
        }
        (taken, refused)
    }

    fn inspect_one(&self, upload: &Upload) -> Result<Attachment, FileRefused> {
        let name = safe_name(&upload.name);
        let size = upload.bytes.len() as u64;
        if size == 0 {
            return Err(FileRefused::Empty { name });
        }
        if size > self.most_bytes {
            return Err(FileRefused::TooLarge { name, size, most: self.most_bytes });
        }
        let is_taken =
            |extension: &&str| self.extensions.iter().any(|one| one.eq_ignore_ascii_case(extension));
        let Some(extension) = extension(&name).filter(is_taken) else {
            return Err(FileRefused::Type { name, allowed: self.extensions.clone() });
        };
        match FileKind::of(extension, &upload.bytes) {
            Ok(kind) => {
                let file = FileId::of(&upload.bytes).as_str().to_owned();
                Ok(Attachment { file, name, size, media: kind.media().to_owned() })
            }
            Err(Unlike::Program | Unlike::Name) => Err(FileRefused::Disguised { name }),
        }
    }
}

/// Files that were put and wait for the record that names them.
#[derive(Clone)]
pub(super) struct Waiting(Vec<Put>);

impl Cases {
    /// Keeps the bytes of files, each once. To be done anew for each try of a batch.
    pub(super) async fn put(&self, uploads: &[Upload], now: DateTime<Utc>) -> Result<Waiting, StoreError> {
        let unique: BTreeMap<FileId, &Upload> =
            uploads.iter().map(|upload| (FileId::of(&upload.bytes), upload)).collect();
        let mut puts = Vec::new();
        for upload in unique.into_values() {
            puts.push(self.files.put(upload.bytes.clone(), now).await?);
        }
        Ok(Waiting(puts))
    }

    /// Keeps files for a day, for a case that is about to be opened.
    pub async fn put_aside(
        &self,
        uploads: &[Upload],
        now: DateTime<Utc>,
    ) -> Result<Vec<Attachment>, CaseError> {
        let files = self.rules.allowed.inspect(uploads)?;
        self.put(uploads, now).await?;
        Ok(files)
    }

    /// The bytes of a file in a case that somebody may see.
    pub async fn bytes(&self, attachment: &Attachment) -> Result<Option<Vec<u8>>, StoreError> {
        match FileId::parse(&attachment.file) {
            Some(id) => self.files.get(&id).await,
            None => Ok(None),
        }
    }
}

impl Waiting {
    /// Has a batch expect that the files are still there.
    pub fn claim(&self, batch: &mut Batch) {
        self.0.iter().for_each(|put| put.claim(batch));
    }

    /// Names the files, for the record with this key.
    pub fn name(&self, writes: &mut Writes, record: &Key) {
        self.0.iter().for_each(|put| put.name_new(writes, record));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inspected(name: &str, bytes: &[u8]) -> Result<Attachment, FileRefused> {
        let extensions = ["png", "txt", "gz"].map(str::to_owned).to_vec();
        let allowed = Allowed { most_bytes: 100, most_files: 2, extensions };
        let upload = Upload { name: name.to_owned(), bytes: bytes.to_vec() };
        allowed.inspect(&[upload]).map(|mut found| found.remove(0))
    }

    #[test]
    fn a_file_is_taken_by_the_end_of_its_name_and_is_what_its_bytes_say() {
        for (name, bytes, media) in [
            ("notes.txt", b"all is well".as_slice(), "text/plain"),
            ("NOTES.TXT", b"all is well", "text/plain"),
            ("trace.tar.gz", b"\x1F\x8B\x08\0", "application/gzip"),
            ("screen.png", b"GIF89a", "image/gif"),
        ] {
            let attachment = inspected(name, bytes).unwrap();
            assert_eq!((attachment.name.as_str(), attachment.media.as_str()), (name, media));
            assert_eq!(attachment.may_be_shown_inline(), media.starts_with("image/"));
        }
    }

    #[test]
    fn what_is_not_taken_is_told_apart() {
        let kind = |name: &str, bytes: &[u8]| inspected(name, bytes).unwrap_err();
        for name in ["notes", "notes.", "txt", ".txt", "notes.txt.exe", "notes.tx", "notes.svg", ""] {
            assert!(matches!(kind(name, b"text"), FileRefused::Type { .. }), "{name:?}");
        }
        assert!(
            matches!(kind("notes.svg", b"<svg/>"), FileRefused::Type { allowed, .. } if allowed.len() == 3)
        );
        assert!(
            matches!(kind("screen.png", b"MZ\x90\0"), FileRefused::Disguised { name } if name == "screen.png")
        );
        assert!(matches!(kind("notes.txt", b""), FileRefused::Empty { .. }));
        assert!(matches!(
            kind("notes.txt", &[b'x'; 101]),
            FileRefused::TooLarge { size: 101, most: 100, .. }
        ));
    }
}
