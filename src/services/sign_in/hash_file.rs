//! A sorted file of the hashes of compromised passwords, of any size: a line is found by halving, and nothing else is read.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// How many characters a hash has.
const HASH: usize = 40;
/// The longest line: a hash, a colon and a count.
const LONGEST: u64 = 100;

/// Whether a hash, in capitals, is in a file of lines `HASH` or `HASH:COUNT`. A file with other lines, out of order where it is
/// looked at, or without any is an error: it would say of every password that it is sound.
pub(super) fn contains(file: &Path, hash: &str) -> io::Result<bool> {
    let mut file = File::open(file)?;
    let (mut from, mut to) = (0, file.metadata()?.len());
    if to == 0 {
        return Err(unfit("it is empty"));
    }
    let (mut before, mut after): (Option<String>, Option<String>) = (None, None);
    while from < to {
        let line = line_at(&mut file, from.midpoint(to))?;
        let is_in_order = before.as_ref().is_none_or(|before| *before < line.hash)
            && after.as_ref().is_none_or(|after| line.hash < *after);
        if !is_in_order {
            return Err(unfit("its lines are not in the order of their hashes"));
        }
        match line.hash.as_str().cmp(hash) {
            std::cmp::Ordering::Equal => return Ok(line.counts),
            std::cmp::Ordering::Less => {
                from = line.end;
                before = Some(line.hash);
            }
            std::cmp::Ordering::Greater => {
                to = line.start;
                after = Some(line.hash);
            }
        }
    }
    Ok(false)
}

/// A line, and where it stands: from its first byte to the one after its end.
struct Line {
    start: u64,
    end: u64,
    hash: String,
    counts: bool,
}

/// The line of which the byte at this place is a part; the end of a line is a part of it.
fn line_at(file: &mut File, at: u64) -> io::Result<Line> {
    let begin = at.saturating_sub(LONGEST);
    file.seek(SeekFrom::Start(begin))?;
    let mut near = Vec::new();
    file.by_ref().take(2 * LONGEST).read_to_end(&mut near)?;
    let offset = usize::try_from(at - begin).unwrap_or_default();
    let (left, right) = near.split_at_checked(offset).ok_or_else(|| unfit("it became shorter"))?;
    let start = match left.iter().rposition(|byte| *byte == b'\n') {
        Some(end_of_last) => end_of_last + 1,
        None if begin == 0 => 0,
        None => return Err(unfit("a line is too long")),
    };
    let end = match right.iter().position(|byte| *byte == b'\n') {
        Some(place) => offset + place + 1,
        None if near.len() < usize::try_from(2 * LONGEST).unwrap_or_default() => near.len(),
        None => return Err(unfit("a line is too long")),
    };
    let text = near.get(start..end).and_then(|line| std::str::from_utf8(line).ok());
    let line = text.ok_or_else(|| unfit("a line is no text"))?.trim_end();
    let (hash, count) = line.split_once(':').unwrap_or((line, "1"));
    if hash.len() != HASH || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(unfit("a line does not begin with the 40 characters of a SHA-1"));
    }
    let counts = count.trim() != "0";
    Ok(Line { start: begin + start as u64, end: begin + end as u64, hash: hash.to_ascii_uppercase(), counts })
}

fn unfit(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn looked_up(text: &str, hash: &str) -> Result<bool, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hashes.txt");
        fs::write(&file, text).unwrap();
        contains(&file, hash).map_err(|error| error.to_string())
    }

    fn hash(digit: &str) -> String {
        digit.repeat(HASH)
    }

    #[test]
    fn a_file_of_another_kind_says_nothing() {
        let [one, two, three, four] = ["1", "2", "3", "4"].map(hash);
        for (text, expected) in [
            (format!("{one}:5\r\n{two}:1\r\n"), Ok(true)),
            (format!("{one}\n{two}"), Ok(true)),
            (format!("{two}\n"), Ok(true)),
            (format!("{one}\n{three}\n"), Ok(false)),
            (format!("{one}:0\n{two}:0\n"), Ok(false)),
            (String::new(), Err("it is empty")),
            ("password\n".to_owned(), Err("a line does not begin with the 40 characters of a SHA-1")),
            (format!("{}\n", "1".repeat(32)), Err("a line does not begin with the 40 characters of a SHA-1")),
            (
                format!("{one}\n{four}\n{three}\n{four}\n"),
                Err("its lines are not in the order of their hashes"),
            ),
            (format!("{one}:{}\n", "9".repeat(500)), Err("a line is too long")),
            ("x".repeat(500), Err("a line is too long")),
        ] {
            let found = looked_up(&text, &two);
            assert_eq!(
                found.as_ref().map_err(String::as_str),
                expected.as_ref().map_err(|why| *why),
                "{text}"
            );
        }
        assert!(contains(Path::new("/nonexistent"), &two).is_err());
    }

    proptest! {
        #[test]
        fn exactly_what_is_in_it_is_found(
            hashes in prop::collection::btree_set("[0-9A-F]{40}", 1..60),
            others in prop::collection::vec("[0-9A-F]{40}", 0..20),
            counts in any::<bool>(),
            lower in any::<bool>(),
            end in prop::sample::select(vec!["\n", "\r\n"]),
            ends in any::<bool>(),
        ) {
            let line = |hash: &String| {
                let hash = if lower { hash.to_lowercase() } else { hash.clone() };
                if counts { format!("{hash}:{}", hash.len() * 7) } else { hash }
            };
            let lines: Vec<String> = hashes.iter().map(line).collect();
            let text = lines.join(end) + if ends { end } else { "" };
            let asked: BTreeSet<&String> = hashes.iter().chain(&others).collect();
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("hashes.txt");
            fs::write(&file, text).unwrap();
            for hash in asked {
                prop_assert_eq!(contains(&file, hash).unwrap(), hashes.contains(hash), "{}", hash);
            }
        }
    }
}
