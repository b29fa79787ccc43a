//! Takes backups apart and puts them together again, as a fault or an enemy would.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use guidepost::store::files::FileId;
use tar::{Archive, EntryType, Header};

/// An entry of an archive.
#[derive(Debug, Clone)]
pub struct Item {
    pub name: String,
    pub bytes: Vec<u8>,
    pub kind: EntryType,
    /// The length that the header tells, where it is another one.
    pub told: Option<u64>,
}

impl Item {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), kind: EntryType::Regular, told: None }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// Changes a text within the entry.
    pub fn replace(&mut self, old: &str, new: &str) {
        let text = self.text();
        assert!(text.contains(old), "{} has no {old}", self.name);
        self.bytes = text.replacen(old, new, 1).into_bytes();
    }
}

/// The entries of an archive.
pub fn unpack(file: &Path) -> Vec<Item> {
    let mut archive = Archive::new(GzDecoder::new(File::open(file).unwrap()));
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        Item::new(entry.path().unwrap().to_str().unwrap(), bytes)
    });
    entries.collect()
}

/// Writes an archive of these entries, whatever they are called.
pub fn pack(items: &[Item], file: &Path) {
    let mut tar = Vec::new();
    for Item { name, bytes, kind, told } in items {
        let mut header = Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(told.unwrap_or(bytes.len() as u64));
        header.set_mode(0o600);
        header.set_mtime(0);
        header.set_cksum();
        tar.extend(header.as_bytes());
        tar.extend(bytes);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    fs::write(file, squeeze(&tar)).unwrap();
}

pub fn squeeze(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// The hashes as they should be for these entries.
pub fn sums(items: &[Item]) -> Item {
    let others = items.iter().filter(|item| item.name != "SHA256SUMS");
    let lines = others.map(|item| format!("{}  {}\n", FileId::of(&item.bytes).as_str(), item.name));
    Item::new("SHA256SUMS", lines.collect::<String>())
}

/// Puts the right hashes at the end.
pub fn with_sums(mut items: Vec<Item>) -> Vec<Item> {
    items.retain(|item| item.name != "SHA256SUMS");
    let sums = sums(&items);
    items.push(sums);
    items
}
