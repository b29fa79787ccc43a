//! A disk as a power cut at some moment could have left it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::trace::{Event, Inode, Trace, What, moved};

/// What a disk writes at once, in bytes: a write may be cut at such a border, and parts of it may come before others.
const SECTOR: usize = 512;

/// Files and folders.
pub struct Disk {
    contents: BTreeMap<Inode, Vec<u8>>,
    names: BTreeMap<PathBuf, Inode>,
    folders: Vec<PathBuf>,
    seed: u64,
}

impl Disk {
    /// What is left after a cut at `moment`: all that was synced, and of the rest what the seed says.
    pub fn at(trace: &Trace, moment: usize, seed: u64) -> Self {
        let mut disk = Self {
            contents: BTreeMap::new(),
            names: BTreeMap::new(),
            folders: Vec::new(),
            seed: seed.wrapping_add(1),
        };
        let begun: Vec<&Event> = trace.events.iter().filter(|event| event.began <= moment).collect();
        let is_synced = |event: &Event, sync: &dyn Fn(&What) -> bool| {
            let done =
                |other: &&&Event| other.ended <= moment && other.began > event.ended && sync(&other.what);
            begun.iter().find(done).is_some()
        };
        // Names in a folder come in their order: those after the first one that is lost are lost, too.
        let mut lost: Vec<PathBuf> = Vec::new();
        for event in &begun {
            match &event.what {
                What::Folder(path) | What::Make(_, path) | What::Rename(_, path) | What::Remove(path) => {
                    let folder = path.parent().unwrap_or(Path::new("/")).to_owned();
                    // What came before a name that is known to be synced is synced as well.
                    let safe = is_synced(
                        event,
                        &|what| matches!(what, What::SyncFolder(synced) if *synced == folder),
                    );
                    if safe || (!lost.contains(&folder) && disk.chance(2)) {
                        disk.name(&event.what);
                    } else {
                        lost.push(folder);
                    }
                }
                What::Write { inode, .. } | What::Length(inode, _) => {
                    let safe =
                        is_synced(event, &|what| matches!(what, What::Sync(synced) if synced == inode));
                    disk.change(&event.what, safe);
                }
                What::Sync(_) | What::SyncFolder(_) | What::Say(..) => {}
            }
        }
        disk
    }

    fn name(&mut self, what: &What) {
        match what {
            What::Folder(path) => self.folders.push(path.clone()),
            What::Make(inode, path) => {
                self.names.insert(path.clone(), *inode);
            }
            What::Rename(from, to) => {
                let names = std::mem::take(&mut self.names);
                self.names = names.into_iter().map(|(path, inode)| (moved(&path, from, to), inode)).collect();
                self.folders.iter_mut().for_each(|path| *path = moved(path, from, to));
            }
            What::Remove(path) => {
                self.names.remove(path);
            }
            _ => {}
        }
    }

    fn change(&mut self, what: &What, safe: bool) {
        // Not synced: a third is there, a third is not, a third is torn.
        let luck = if safe { 0 } else { self.random() % 3 };
        match what {
            What::Length(inode, length) if luck == 0 => {
                self.contents.entry(*inode).or_default().resize(*length, 0);
            }
            What::Write { inode, at, bytes } if luck != 1 => {
                for (sector, part) in bytes.chunks(SECTOR).enumerate() {
                    if luck == 2 && self.chance(2) {
                        continue;
                    }
                    let from = at + sector * SECTOR;
                    let file = self.contents.entry(*inode).or_default();
                    file.resize(file.len().max(from + part.len()), 0);
                    file[from..from + part.len()].copy_from_slice(part);
                }
            }
            _ => {}
        }
    }

    /// The files by their names.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let content = |inode| self.contents.get(inode).cloned().unwrap_or_default();
        self.names.iter().map(|(path, inode)| (path.clone(), content(inode))).collect()
    }

    /// Writes files and folders that were under `from` into the folder `to`.
    pub fn write(&self, from: &Path, to: &Path) {
        for folder in &self.folders {
            fs::create_dir_all(to.join(folder.strip_prefix(from).unwrap())).unwrap();
        }
        for (path, bytes) in self.files() {
            let place = to.join(path.strip_prefix(from).unwrap());
            // A file in a folder that was lost is lost with it.
            if place.parent().is_some_and(Path::is_dir) {
                fs::write(place, bytes).unwrap();
            }
        }
    }

    fn chance(&mut self, of: u64) -> bool {
        self.random().is_multiple_of(of)
    }

    fn random(&mut self) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 33
    }
}
