//! Writes a backup file: in a thread of its own, which takes the entries as they come.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, EntryType, Header};
use tempfile::NamedTempFile;
use tokio::sync::mpsc;

use crate::disk::{folder_of, keep_new};
use crate::store::files::FileId;

use super::name::Name;

/// What the writing thread is told.
pub enum Message {
    /// Write an entry.
    Entry(Name, Vec<u8>),
    /// That was all: the hashes, and the file gets its name.
    Finish,
}

/// Writes what comes to a file beside `file`, which gets its name at the end; the answer is its size in bytes. Where the sender
/// goes without [`Message::Finish`], nothing is left. Blocks the thread that runs it.
pub fn write(file: &Path, made: DateTime<Utc>, mut messages: mpsc::Receiver<Message>) -> io::Result<u64> {
    // On Unix only its owner may read what this makes.
    let beside = NamedTempFile::new_in(folder_of(file))?;
    let mut archive = Archive {
        tar: Builder::new(GzEncoder::new(BufWriter::new(beside), Compression::default())),
        sums: String::new(),
        made: u64::try_from(made.timestamp()).unwrap_or(0),
    };
    while let Some(message) = messages.blocking_recv() {
        match message {
            Message::Entry(name, bytes) => archive.add(&name, &bytes)?,
            Message::Finish => {
                let sums = std::mem::take(&mut archive.sums).into_bytes();
                archive.add(&Name::Sums, &sums)?;
                let beside = archive.tar.into_inner()?.finish()?.into_inner()?;
                let size = beside.as_file().metadata()?.len();
                keep_new(beside, file)?;
                return Ok(size);
            }
        }
    }
    Err(io::Error::other("it was broken off"))
}

struct Archive<W: Write> {
    tar: Builder<W>,
    sums: String,
    made: u64,
}

impl<W: Write> Archive<W> {
    fn add(&mut self, name: &Name, bytes: &[u8]) -> io::Result<()> {
        let mut header = Header::new_ustar();
        header.set_path(name.to_string())?;
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.made);
        header.set_cksum();
        self.tar.append(&header, bytes)?;
        // Writing to a string does not fail.
        let _ = writeln!(self.sums, "{}  {name}", FileId::of(bytes).as_str());
        Ok(())
    }
}
