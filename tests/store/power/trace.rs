//! What strace recorded: writes, syncs and names of files, with when each began and ended.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// The calls that are recorded.
pub const CALLS: &[&str] = &[
    "openat",
    "close",
    "lseek",
    "write",
    "pwrite64",
    "ftruncate",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
];

/// A file, whatever it is called.
pub type Inode = usize;

/// What a call did.
#[derive(Debug, Clone)]
pub enum What {
    /// A folder was made.
    Folder(PathBuf),
    /// A file was made.
    Make(Inode, PathBuf),
    /// A file got another name.
    Rename(PathBuf, PathBuf),
    /// A name was removed.
    Remove(PathBuf),
    /// Bytes were written.
    Write { inode: Inode, at: usize, bytes: Vec<u8> },
    /// A file was cut or made longer.
    Length(Inode, usize),
    /// What had been written to a file before is on the disk.
    Sync(Inode),
    /// Which names a folder has is on the disk.
    SyncFolder(PathBuf),
    /// The program said something, to whoever has this number.
    Say(u32, Vec<u8>),
}

/// A call with the lines of the record in which it began and ended.
#[derive(Debug, Clone)]
pub struct Event {
    pub began: usize,
    pub ended: usize,
    pub what: What,
}

/// All calls, in the order in which they began.
#[derive(Debug, Default)]
pub struct Trace {
    pub events: Vec<Event>,
    lines: usize,
}

/// What a number of an open file stands for.
#[derive(Debug, Clone)]
enum Open {
    File { inode: Inode, position: usize },
    Folder(PathBuf),
}

#[derive(Default)]
struct Reading {
    root: PathBuf,
    open: HashMap<u32, Open>,
    names: HashMap<PathBuf, Inode>,
    folders: HashSet<PathBuf>,
    inodes: usize,
    events: Vec<Event>,
}

impl Trace {
    /// Reads what strace wrote; only what happened under `root` counts.
    pub fn read(text: &str, root: &Path) -> Self {
        let mut reading = Reading { root: root.to_owned(), ..Reading::default() };
        let mut unfinished: HashMap<&str, (usize, &str)> = HashMap::new();
        let mut lines = 0;
        for (line, text) in text.lines().enumerate() {
            lines = line + 1;
            let Some((thread, call)) = text.split_once(' ') else { continue };
            let call = call.trim_start();
            if let Some(start) = call.strip_suffix("<unfinished ...>") {
                unfinished.insert(thread, (line, start.trim_end()));
            } else if call.starts_with("<... ") {
                let Some((began, start)) = unfinished.remove(thread) else { continue };
                let end = call.split_once("resumed>").map_or("", |(_, end)| end);
                reading.take(began, line, &format!("{start}{end}"));
            } else {
                reading.take(line, line, call);
            }
        }
        // What had begun when the record ended never ended.
        for (began, start) in unfinished.into_values() {
            reading.take(began, usize::MAX, &format!("{start}) = 0"));
        }
        reading.events.sort_by_key(|event| event.began);
        Self { events: reading.events, lines }
    }

    /// What was said to a number, each line as JSON, with the moment in which it was said.
    pub fn said<T: DeserializeOwned>(&self, to: u32) -> impl Iterator<Item = (usize, T)> {
        let said = self.events.iter().filter_map(move |event| match &event.what {
            What::Say(number, bytes) if *number == to => Some((event.began, bytes)),
            _ => None,
        });
        said.flat_map(|(at, bytes)| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let lines: Vec<T> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            lines.into_iter().map(move |line| (at, line))
        })
    }

    /// How many syncs there were.
    pub fn syncs(&self) -> usize {
        self.events.iter().filter(|event| matches!(event.what, What::Sync(_))).count()
    }

    /// Moments at which the power may fail: just before and after syncs, and in between; each with a seed for what survives.
    pub fn moments(&self, count: usize) -> Vec<(usize, u64)> {
        let mut at: Vec<usize> = Vec::new();
        for event in
            self.events.iter().filter(|event| matches!(event.what, What::Sync(_) | What::SyncFolder(_)))
        {
            at.extend([
                event.began.saturating_sub(1),
                event.began,
                event.ended.min(self.lines),
                event.ended.min(self.lines) + 1,
            ]);
        }
        at.extend((0..self.lines).step_by((self.lines / count).max(1)));
        at.sort_unstable();
        at.dedup();
        let few = count.min(at.len());
        (0..few).map(|n| (at[n * at.len() / few], n as u64)).collect()
    }
}

impl Reading {
    fn take(&mut self, began: usize, ended: usize, call: &str) {
        let Some((name, rest)) = call.split_once('(') else { return };
        let Some((arguments, result)) = rest.rsplit_once(" = ") else { return };
        let Some(arguments) = arguments.trim_end().strip_suffix(')') else { return };
        let result: i64 = result.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(-1);
        if result < 0 {
            return;
        }
        let arguments: Vec<&str> = arguments.split(", ").collect();
        if let Some(what) = self.what(name, &arguments, result) {
            self.events.push(Event { began, ended, what });
        }
    }

    fn what(&mut self, name: &str, a: &[&str], result: i64) -> Option<What> {
        let number = |at: usize| a.get(at).and_then(|n| n.trim().parse::<u32>().ok());
        match name {
            "openat" => return self.opened(a, result),
            "close" => {
                self.open.remove(&number(0)?);
                return None;
            }
            "mkdir" => return self.folder(a.first()?),
            "mkdirat" => return self.folder(a.get(1)?),
            "rename" => return self.renamed(a.first()?, a.get(1)?),
            "renameat" | "renameat2" => return self.renamed(a.get(1)?, a.get(3)?),
            "unlink" => return self.removed(a.first()?),
            "unlinkat" => return self.removed(a.get(1)?),
            _ => {}
        }
        let of = number(0)?;
        let bytes = || a.get(1).map(|text| unhex(text));
        if name == "write" && !self.open.contains_key(&of) {
            return Some(What::Say(of, bytes()?));
        }
        match (name, self.open.get_mut(&of)?) {
            ("fsync" | "fdatasync", Open::Folder(path)) => Some(What::SyncFolder(path.clone())),
            ("fsync" | "fdatasync", Open::File { inode, .. }) => Some(What::Sync(*inode)),
            ("ftruncate", Open::File { inode, .. }) => Some(What::Length(*inode, number(1)? as usize)),
            ("lseek", Open::File { position, .. }) => {
                *position = usize::try_from(result).ok()?;
                None
            }
            ("write", Open::File { inode, position }) => {
                let (at, bytes) = (*position, bytes()?);
                *position += usize::try_from(result).ok()?;
                Some(What::Write { inode: *inode, at, bytes })
            }
            ("pwrite64", Open::File { inode, .. }) => {
                let at = a.get(3)?.trim().parse().ok()?;
                Some(What::Write { inode: *inode, at, bytes: bytes()? })
            }
            _ => None,
        }
    }

    fn folder(&mut self, path: &str) -> Option<What> {
        let path = self.path(path)?;
        self.folders.insert(path.clone());
        Some(What::Folder(path))
    }

    fn opened(&mut self, a: &[&str], result: i64) -> Option<What> {
        let path = self.path(a.get(1)?)?;
        let of = u32::try_from(result).ok()?;
        if a.get(2)?.contains("O_DIRECTORY") || self.folders.contains(&path) || path.is_dir() {
            self.open.insert(of, Open::Folder(path));
            return None;
        }
        let known = self.names.get(&path).copied();
        let inode = known.unwrap_or(self.inodes);
        self.open.insert(of, Open::File { inode, position: 0 });
        if known.is_some() {
            return a.get(2)?.contains("O_TRUNC").then_some(What::Length(inode, 0));
        }
        self.inodes += 1;
        self.names.insert(path.clone(), inode);
        Some(What::Make(inode, path))
    }

    fn renamed(&mut self, from: &str, to: &str) -> Option<What> {
        let (from, to) = (self.path(from)?, self.path(to)?);
        self.names = self.names.drain().map(|(path, inode)| (moved(&path, &from, &to), inode)).collect();
        self.folders = self.folders.drain().map(|path| moved(&path, &from, &to)).collect();
        Some(What::Rename(from, to))
    }

    fn removed(&mut self, path: &str) -> Option<What> {
        let path = self.path(path)?;
        self.names.remove(&path);
        Some(What::Remove(path))
    }

    /// A path under the root; others are of no interest.
    fn path(&self, argument: &str) -> Option<PathBuf> {
        let text = String::from_utf8(unhex(argument)).ok()?;
        let path: PathBuf = self.root.join(text).components().collect();
        path.starts_with(&self.root).then_some(path)
    }
}

/// A path after `from` was renamed to `to`: what was in a folder goes with it.
pub fn moved(path: &Path, from: &Path, to: &Path) -> PathBuf {
    match path.strip_prefix(from) {
        Ok(rest) if rest.as_os_str().is_empty() => to.to_owned(),
        Ok(rest) => to.join(rest),
        Err(_) => path.to_owned(),
    }
}

/// The bytes of a text that strace wrote as `"\x61\x62"`.
fn unhex(text: &str) -> Vec<u8> {
    let inner = text.trim().trim_start_matches('"');
    let inner = inner.split('"').next().unwrap_or_default();
    inner.split("\\x").skip(1).filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}
