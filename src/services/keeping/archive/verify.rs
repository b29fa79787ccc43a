//! Checks a whole backup before anything is made of it: every hash, every count, nothing missing and nothing too much.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::store::VERSION;
use crate::store::files::FileId;

use super::super::key::DeskKey;
use super::super::progress::{Progress, Step, Told};
use super::name::Name;
use super::read::{all, unreadable, walk};
use super::records::Records;
use super::unfit::Unfit;
use super::{FORMAT, Manifest};

/// A backup that was found whole.
pub struct Verified {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The desk key in it.
    pub key: DeskKey,
    hashes: BTreeMap<Name, FileId>,
}

impl Verified {
    /// Whether an entry is what it was when the backup was checked.
    #[must_use]
    pub fn holds(&self, name: &Name, bytes: &[u8]) -> bool {
        self.hashes.get(name) == Some(&FileId::of(bytes))
    }
}

/// Reads a whole backup, and writes nothing.
pub fn verify(file: &Path, progress: Told<'_>) -> Result<Verified, Unfit> {
    let mut seen = Seen::default();
    let mut bytes = 0;
    walk(file, &mut |name, length, entry| {
        seen.take(name, length, entry)?;
        bytes += length as u64;
        progress(Progress { step: Step::Verifying, done: bytes, of: None });
        Ok::<(), Unfit>(())
    })?;
    seen.verified()
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    hashes: BTreeMap<Name, FileId>,
    records: Records,
    parts: u32,
    key: Option<DeskKey>,
    manifest: Option<Manifest>,
    sums: Option<Vec<u8>>,
}

impl Seen {
    fn take(&mut self, name: Name, length: usize, entry: &mut dyn Read) -> Result<(), Unfit> {
        let hash = match &name {
            Name::File(id) => {
                let hash = hash_of(length, entry)?;
                if hash != *id {
                    return Err(Unfit::damaged(format!("{name} is not what it was")));
                }
                hash
            }
            Name::Part(_) | Name::Key | Name::Manifest | Name::Sums => {
                let bytes = all(&name, length, entry)?;
                let hash = FileId::of(&bytes);
                self.look_into(&name, bytes)?;
                hash
            }
        };
        self.hashes.insert(name, hash);
        Ok(())
    }

    fn look_into(&mut self, name: &Name, bytes: Vec<u8>) -> Result<(), Unfit> {
        match name {
            Name::Part(number) => {
                self.parts += 1;
                if *number != self.parts {
                    return Err(Unfit::damaged(format!("{name} comes out of order")));
                }
                self.records.read(&bytes, drop)?;
            }
            Name::Key => {
                let text = String::from_utf8_lossy(&bytes);
                let key = DeskKey::parse(&text).map_err(|why| Unfit::damaged(format!("desk.key: {why}")))?;
                self.key = Some(key);
            }
            Name::Manifest => self.manifest = Some(manifest(&bytes)?),
            Name::Sums => self.sums = Some(bytes),
            Name::File(_) => {}
        }
        Ok(())
    }

    /// Holds against each other what was read.
    fn verified(mut self) -> Result<Verified, Unfit> {
        let absent = |name: Name| Unfit::damaged(format!("{name} is missing"));
        let manifest = self.manifest.take().ok_or_else(|| absent(Name::Manifest))?;
        let key = self.key.take().ok_or_else(|| absent(Name::Key))?;
        let sums = self.sums.take().ok_or_else(|| absent(Name::Sums))?;
        self.hashes.remove(&Name::Sums);
        self.hold_against_sums(&sums)?;
        self.hold_against_manifest(&manifest)?;
        if self.records.key.as_ref().is_some_and(|known| *known != key.fingerprint()) {
            return Err(Unfit::damaged("desk.key is not the key of its records"));
        }
        Ok(Verified { manifest, key, hashes: self.hashes })
    }

    fn hold_against_sums(&self, sums: &[u8]) -> Result<(), Unfit> {
        let told = String::from_utf8_lossy(sums);
        let mut named = BTreeSet::new();
        for line in told.lines() {
            let parsed = line.split_once("  ").and_then(|(hash, name)| Some((hash, Name::parse(name)?)));
            let Some((hash, name)) = parsed else {
                return Err(Unfit::damaged("SHA256SUMS can't be read"));
            };
            match self.hashes.get(&name) {
                None => return Err(Unfit::damaged(format!("{name} is missing"))),
                Some(found) if found.as_str() != hash => {
                    return Err(Unfit::damaged(format!("{name} is not what it was")));
                }
                Some(_) => named.insert(name),
            };
        }
        match self.hashes.keys().find(|name| !named.contains(name)) {
            Some(name) => Err(Unfit::damaged(format!("{name} is not in SHA256SUMS"))),
            None => Ok(()),
        }
    }

    fn hold_against_manifest(&mut self, manifest: &Manifest) -> Result<(), Unfit> {
        let records = &mut self.records;
        let of_records = (records.count, self.parts, records.data_version);
        if of_records != (manifest.records, manifest.parts, Some(manifest.data_version))
            || records.newest > manifest.clock
        {
            return Err(Unfit::damaged("its records are not those that its manifest tells of"));
        }
        let is_file = |name: &Name| match name {
            Name::File(id) => Some(id.clone()),
            Name::Part(_) | Name::Key | Name::Manifest | Name::Sums => None,
        };
        let mut files: BTreeSet<FileId> = self.hashes.keys().filter_map(is_file).collect();
        if files.len() as u64 != manifest.files || manifest.missing_files.iter().any(|id| files.contains(id))
        {
            return Err(Unfit::damaged("its files are not those that its manifest tells of"));
        }
        files.extend(manifest.missing_files.iter().cloned());
        let named: BTreeSet<FileId> = std::mem::take(&mut records.named).into_iter().collect();
        match named.symmetric_difference(&files).next() {
            Some(id) if named.contains(id) => Err(Unfit::damaged(format!("file {} is missing", id.as_str()))),
            Some(id) => Err(Unfit::damaged(format!("no record names file {}", id.as_str()))),
            None => Ok(()),
        }
    }
}

fn manifest(bytes: &[u8]) -> Result<Manifest, Unfit> {
    /// What every version of the form says.
    #[derive(serde::Deserialize)]
    struct Any {
        format: u32,
        guidepost: String,
    }
    let damaged = |error: serde_json::Error| Unfit::damaged(format!("manifest.json: {error}"));
    let any: Any = serde_json::from_slice(bytes).map_err(damaged)?;
    if !is_name(&any.guidepost) {
        return Err(Unfit::damaged("manifest.json names no program"));
    }
    let newer = |what, found, known| Unfit::Newer { program: any.guidepost.clone(), what, found, known };
    if any.format > FORMAT {
        return Err(newer("form of backups", any.format.into(), FORMAT.into()));
    }
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(damaged)?;
    if !is_name(&manifest.engine) {
        return Err(Unfit::damaged("manifest.json names no engine"));
    }
    if manifest.data_version > VERSION {
        return Err(newer("data", manifest.data_version, VERSION));
    }
    Ok(manifest)
}

/// What is shown to people is short and steers no terminal.
fn is_name(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|b| b.is_ascii_graphic())
}

/// The hash of a file, which may be too long to be held in memory only to be looked at.
fn hash_of(length: usize, entry: &mut dyn Read) -> Result<FileId, Unfit> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    let mut read = 0;
    loop {
        let count = entry.read(&mut buffer).map_err(|error| unreadable(&error))?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        hasher.update(bytes);
        read += count;
    }
    let name = hasher.finalize().iter().fold(String::with_capacity(64), |mut name, byte| {
        // Writing to a string does not fail.
        let _ = std::fmt::Write::write_fmt(&mut name, format_args!("{byte:02x}"));
        name
    });
    FileId::parse(&name).filter(|_| read == length).ok_or_else(|| Unfit::damaged("a file in it is cut off"))
}
