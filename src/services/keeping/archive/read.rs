//! Reads a backup file from its beginning to its end, and trusts nothing in it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::GzDecoder;
use tar::{Archive, Entry, EntryType};

use super::name::Name;
use super::unfit::Unfit;

/// What may follow the last entry: tar fills its last block of 10 KiB with zeros.
const PADDING: usize = 10 << 10;

/// Takes an entry: its name, its length, its bytes.
pub type Visit<'a, E> = &'a mut dyn FnMut(Name, usize, &mut dyn Read) -> Result<(), E>;

/// Hands each entry with its length to `visit`, in the order of the file. What no backup has is refused: names it does not
/// know or knows already, anything but plain files, entries that are too long, something after the end.
pub fn walk<E: From<Unfit>>(file: &Path, visit: Visit<'_, E>) -> Result<(), E> {
    let opened = File::open(file).map_err(|error| Unfit::Unreadable(error.to_string()))?;
    let mut archive = Archive::new(GzDecoder::new(BufReader::new(opened)));
    let mut seen = BTreeSet::new();
    // Raw: entries that only carry a longer name or other attributes are not followed, but refused like all strangers.
    for entry in archive.entries().map_err(|error| unreadable(&error))?.raw(true) {
        let mut entry = entry.map_err(|error| unreadable(&error))?;
        let (name, length) = identify(&entry)?;
        if seen.contains(&Name::Sums) {
            return Err(Unfit::damaged(format!("{name} follows the hashes, which are last")).into());
        }
        if !seen.insert(name.clone()) {
            return Err(Unfit::damaged(format!("{name} is in it twice")).into());
        }
        visit(name, length, &mut entry)?;
    }
    Ok(end(archive.into_inner())?)
}

/// All bytes of an entry.
pub fn all(name: &Name, length: usize, entry: &mut dyn Read) -> Result<Vec<u8>, Unfit> {
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() == length { Ok(bytes) } else { Err(Unfit::damaged(format!("{name} is cut off"))) }
}

/// What the system or the archive's form says, as a reason.
pub fn unreadable(error: &io::Error) -> Unfit {
    Unfit::damaged(error.to_string())
}

fn identify<R: Read>(entry: &Entry<'_, R>) -> Result<(Name, usize), Unfit> {
    let header = entry.header();
    let bytes = header.path_bytes();
    let known = std::str::from_utf8(&bytes).ok().and_then(Name::parse);
    let Some(name) = known else {
        let name = String::from_utf8_lossy(&bytes).escape_debug().to_string();
        return Err(Unfit::Foreign(format!("a backup has no \"{name}\"")));
    };
    if header.entry_type() != EntryType::Regular {
        return Err(Unfit::Foreign(format!("{name} is no plain file")));
    }
    let length = usize::try_from(entry.size()).unwrap_or(usize::MAX);
    if length > name.most() {
        return Err(Unfit::damaged(format!("{name} has {length} bytes and may have {}", name.most())));
    }
    Ok((name, length))
}

/// Behind the last entry there are only zeros, and then the end of the file; so the checksum of the whole is read, too.
fn end(mut rest: GzDecoder<BufReader<File>>) -> Result<(), Unfit> {
    let mut padding = Vec::new();
    let read = rest.by_ref().take(PADDING as u64 + 1).read_to_end(&mut padding);
    read.map_err(|error| unreadable(&error))?;
    let mut file = rest.into_inner();
    let is_at_end = file.fill_buf().map_err(|error| unreadable(&error))?.is_empty();
    if padding.len() > PADDING || padding.iter().any(|byte| *byte != 0) || !is_at_end {
        return Err(Unfit::damaged("something follows its end"));
    }
    Ok(())
}
